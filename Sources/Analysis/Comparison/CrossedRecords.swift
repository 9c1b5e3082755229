import Model
import Partials
import Statistics

/// How far two dimensions go together, which is how far the groups of one may differ because of the other.
public struct Entanglement: Sendable, Hashable {
    /// The other dimension's name.
    public var dimension: String
    /// Cramér's V, from 0 (independent of each other) to 1 (one tells the other).
    public var cramersV: Double
    /// Records that have both.
    public var n: Int
    /// Whether these are all records or a sample.
    public var exactness: Exactness
}

/// Whole records by two dimensions at a time: what differences among like records are read from where no pair of
/// dimensions is declared.
///
/// Only pairs that go together are kept: a Cramér's V of at least `AnalysisSettings.entangled` whose χ² is below α, and of
/// each dimension the `AnalysisSettings.maximumEntangled` closest.
/// Cost: for each pair of dimensions one pass over the records, and one for each metric that is asked for.
struct CrossedRecords {
    private let records: RecordBatch
    private let catalogue: Catalogue
    private let exactness: Exactness
    private let closest: Int
    private var crossings: [Crossing] = []
    private var codes: [[String: Int]] = []

    /// Two dimensions that go together.
    private struct Crossing {
        let first: Int
        let second: Int
        let width: Int
        let cells: Int
        /// The cell of each record, −1 where it lacks one of the two.
        let place: [Int]
        let n: Int
        let cramersV: Double
    }

    /// Tables of more cells than this are left out: nearly every record would be alone in its cell.
    private static let mostCells = 20_000

    init(_ sample: RecordSample, catalogue: Catalogue, settings: AnalysisSettings) {
        records = sample.records
        self.catalogue = catalogue
        closest = settings.maximumEntangled
        exactness = sample.isComplete ? .exact : .sampled(n: sample.count, of: sample.population)
        for place in catalogue.dimensions.indices {
            codes.append(
                Dictionary(
                    zip(records.dictionaries[place].dropFirst(), 0...), uniquingKeysWith: { first, _ in first }))
        }
        for first in catalogue.dimensions.indices {
            for second in catalogue.dimensions.indices.dropFirst(first + 1) {
                if let found = crossing(first, second, settings) { crossings.append(found) }
            }
        }
    }

    private func crossing(_ first: Int, _ second: Int, _ settings: AnalysisSettings) -> Crossing? {
        guard let left = records.dimensions[first], let right = records.dimensions[second] else { return nil }
        let height = records.dictionaries[first].count - 1
        let width = records.dictionaries[second].count - 1
        guard height > 1, width > 1, height * width <= Self.mostCells else { return nil }
        let place = zip(left, right).map { (row: UInt32, column: UInt32) -> Int in
            row > 0 && column > 0 ? (Int(row) - 1) * width + Int(column) - 1 : -1
        }
        var counts = Array(repeating: 0, count: height * width)
        for cell in place where cell >= 0 { counts[cell] += 1 }
        let used = (0..<width).filter { column in (0..<height).contains { counts[$0 * width + column] > 0 } }
        var table: [[Int]] = []
        for row in 0..<height {
            let line = used.map { (column: Int) -> Int in counts[row * width + column] }
            if line.contains(where: { $0 > 0 }) { table.append(line) }
        }
        let found: Answer<ChiSquaredTest> = computed { () throws(Undefined) in try ChiSquaredTest(table) }
        guard let test = found.value, test.cramersV >= settings.entangled, test.p < settings.alpha else { return nil }
        return Crossing(
            first: first, second: second, width: width, cells: height * width, place: place, n: test.n,
            cramersV: test.cramersV)
    }

    /// The dimensions that go together with this one, the closest first.
    func entanglements(of dimension: String) -> [Entanglement] {
        guard let own = catalogue.dimensions.firstIndex(where: { $0.name == dimension }) else { return [] }
        return closest(to: own).map { crossing, other in
            Entanglement(
                dimension: catalogue.dimensions[other].name, cramersV: crossing.cramersV, n: crossing.n,
                exactness: exactness)
        }
    }

    /// The closest crossings of a dimension, each with the other one.
    private func closest(to own: Int) -> [(crossing: Crossing, other: Int)] {
        let found = crossings.compactMap { crossing -> (crossing: Crossing, other: Int)? in
            crossing.first == own
                ? (crossing, crossing.second) : crossing.second == own ? (crossing, crossing.first) : nil
        }
        let sorted = found.sorted { left, right in
            left.crossing.cramersV != right.crossing.cramersV
                ? left.crossing.cramersV > right.crossing.cramersV
                : catalogue.dimensions[left.other].name < catalogue.dimensions[right.other].name
        }
        return Array(sorted.prefix(closest))
    }

    /// The differences of pairs of groups among records that are alike in each dimension that goes together with theirs.
    ///
    /// - Parameter leavingOut: pairs of dimensions for which there are figures of all records.
    func adjustments(
        of metric: String, dimension: String, pairs: [(a: String, b: String)], leavingOut known: Set<String>,
        level: Double
    ) -> [[MixAdjusted]] {
        var found = pairs.map { _ in [MixAdjusted]() }
        guard let index = catalogue.metrics.firstIndex(where: { $0.name == metric }),
            let column = records.metrics[index],
            let own = catalogue.dimensions.firstIndex(where: { $0.name == dimension })
        else { return found }
        for (crossing, other) in closest(to: own) {
            let name = catalogue.dimensions[other].name
            guard !known.contains(name) else { continue }
            let moments = Self.moments(column, crossing)
            let strata = records.dictionaries[other].count - 1
            let cell = { (value: Int, stratum: Int) in
                crossing.first == own
                    ? moments[value * crossing.width + stratum] : moments[stratum * crossing.width + value]
            }
            for (place, pair) in pairs.enumerated() {
                guard let a = codes[own][pair.a], let b = codes[own][pair.b] else { continue }
                let made = caught { () throws(Absence) in
                    try MixAdjusted(
                        dimension: name,
                        strata: (0..<strata).map { MixAdjusted.Stratum(a: cell(a, $0), b: cell(b, $0)) },
                        within: catalogue.metrics[index].range, exactness: exactness, level: level)
                }
                if let value = made.value { found[place].append(value) }
            }
        }
        return found
    }

    private static func moments(_ column: [Double], _ crossing: Crossing) -> [Moments] {
        var n = Array(repeating: 0, count: crossing.cells)
        var mean = Array(repeating: 0.0, count: crossing.cells)
        var squares = mean
        for (row, cell) in crossing.place.enumerated() where cell >= 0 && column[row].isFinite {
            n[cell] += 1
            let gap = column[row] - mean[cell]
            mean[cell] += gap / Double(n[cell])
            squares[cell] += gap * (column[row] - mean[cell])
        }
        return n.indices.map { Moments(n: n[$0], mean: mean[$0], m2: squares[$0], m3: 0, m4: 0) }
    }
}
