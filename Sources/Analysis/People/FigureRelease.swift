import Model
import Statistics

/// What is told of people beside the counts of tables: means of cohorts, and segments.
///
/// It is made of the people of the tables that it is published with, and stands as it was published as long as they do. A figure moves when k or
/// more of its people came, went or changed, and with tables alone: a mean that moved with one person would tell the cohort of whoever
/// came, and two of them the value.
public struct FigureRelease: Sendable, Hashable, Codable {
    /// What cohorts have means of.
    public enum Measure: String, Sendable, Hashable, Codable, CodingKeyRepresentable, CaseIterable {
        case engagement, goals, hours
    }

    /// A mean and a standard deviation as they are published. Intervals, differences, p and effect sizes are computed from them.
    public struct Figure: Sendable, Hashable, Codable {
        /// The mean, rounded to the step.
        public var mean: Double
        /// The standard deviation, rounded up to the step and at least one, so that it is never told as too small.
        public var deviation: Double
        /// The step (`CoarseMean`).
        public var step: Double
        /// The fewest people with a value that the published tables leave possible.
        public var n: Int
        /// What stands for each person's value, sorted; never published.
        public var values: [UInt32]

        func summary() throws(Undefined) -> GroupSummary {
            try GroupSummary(n: n, mean: mean, variance: deviation * deviation)
        }
    }

    /// The figures of each published cohort that has any.
    public var cohorts: [String: [Measure: Figure]]
    /// The segments.
    public var segments: SegmentRelease
}

/// Segments as they are published, with what stands for the features of each person.
public struct SegmentRelease: Sendable, Hashable, Codable {
    /// The segments; nil where there are none.
    public var figures: SegmentFigures?
    /// How many people were too few for segments, rounded as it is told; nil where that is not why.
    public var tooFew: TooFew?
    /// What stands for each person's features, sorted; never published.
    public var values: [UInt32]

    /// How many there were and how many it takes.
    public struct TooFew: Sendable, Hashable, Codable {
        var found: Int
        var needed: Int
    }

    var answer: Answer<SegmentFigures> {
        if let figures { return .success(figures) }
        return .failure(tooFew.map { .tooFew(.people, found: $0.found, needed: $0.needed) } ?? .constant)
    }
}

extension FigureRelease {
    /// What is told of people of today.
    init(
        _ people: [PersonSummary], names: [String], sizes: PublishedTable, known: [Measure: KnownValues],
        settings: PeopleSettings
    ) {
        let rows = sizes.table.value?.rows ?? []
        var members: [String: [PersonSummary]] = [:]
        for (name, person) in zip(names, people) {
            members[rows.contains(name) ? name : "other cohorts", default: []].append(person)
        }
        cohorts = [:]
        for row in rows {
            for (measure, known) in known {
                let least = known.least(row)
                let values = (members[row] ?? []).compactMap(measure.value)
                guard least >= settings.k, values.count >= least else { continue }
                cohorts[row, default: [:]][measure] = Figure(values, n: least)
            }
        }
        segments = SegmentRelease(people, settings: settings)
    }

    /// Whether some figure and a later one differ by fewer than k people. Cohorts of the same name are held against each other, and the pool of
    /// small ones against whatever it has people in common with.
    func isTold(by later: FigureRelease, k: Int) -> Bool {
        func areFew(_ a: [UInt32], _ b: [UInt32]) -> Bool {
            let common = Self.common(a, b)
            return (1..<k).contains(max(a.count, b.count) - common)
        }
        if areFew(segments.values, later.segments.values) { return true }
        let pool = "other cohorts"
        return Measure.allCases.contains { measure in
            cohorts.contains { name, figures in
                later.cohorts.contains { other, laterFigures in
                    guard let a = figures[measure]?.values, let b = laterFigures[measure]?.values else { return false }
                    return name == other
                        ? areFew(a, b)
                        : (name == pool || other == pool) && Self.common(a, b) >= k && areFew(a, b)
                }
            }
        }
    }

    /// How many values two sorted lists have in common, each as often as in both.
    private static func common(_ a: [UInt32], _ b: [UInt32]) -> Int {
        var (i, j, found) = (0, 0, 0)
        while i < a.count, j < b.count {
            if a[i] == b[j] { found += 1 }
            (i, j) = (i + (a[i] <= b[j] ? 1 : 0), j + (b[j] <= a[i] ? 1 : 0))
        }
        return found
    }

    /// What stands for numbers: the same for the same ones. Half of FNV-1a's bits, of which the numbers cannot be computed.
    static func mark(_ numbers: [Double]) -> UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for number in numbers {
            for shift in stride(from: 0, to: 64, by: 8) {
                hash = (hash ^ (number.bitPattern >> UInt64(shift) & 0xFF)) &* 0x0000_0100_0000_01B3
            }
        }
        return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    }
}

extension FigureRelease.Measure {
    func value(_ person: PersonSummary) -> Double? {
        switch self {
        case .engagement: person.engagement
        case .goals: person.goalRate
        case .hours: person.hours
        }
    }
}

extension FigureRelease.Figure {
    /// - Parameter n: how many values the tables tell of at least; at most as many as there are.
    init?(_ values: [Double], n: Int) {
        let made = computed { () throws(Undefined) in try GroupSummary(values) }
        guard let made = made.value else { return nil }
        step = CoarseMean.step(values)
        mean = CoarseMean.rounded(made.mean, to: step)
        deviation = max(1, (made.variance.squareRoot() / step - 1e-9).rounded(.up)) * step
        self.n = n
        self.values = values.map { FigureRelease.mark([$0]) }.sorted()
    }
}

/// How many people of a row have a value at least, for whoever reads a table that has a column of those without one.
///
/// Whether a mean is told says nothing beyond this table, because nothing else decides it.
struct KnownValues {
    let table: PublishedTable
    let lacking: String
    /// Whether some people but fewer than k lack one, for which the table pools their column.
    let areFew: Bool

    init(_ table: PublishedTable, lacking: String, count: Int, k: Int) {
        self.table = table
        self.lacking = lacking
        areFew = (1..<k).contains(count)
    }

    /// The fewest people of a row with a value; 0 where the table is not published.
    func least(_ name: String) -> Int {
        guard let row = table.row(name), let guarded = table.table.value else { return 0 }
        let isLacking = guarded.columns.map { $0.split(separator: " or ").contains { $0 == lacking } }
        guard let place = isLacking.firstIndex(of: true) else { return guarded.rowTotals[row] }
        let known = guarded.columns.indices.filter { !isLacking[$0] }.reduce(0) { sum, column in
            switch guarded.cells[row][column] {
            case .count(let count): sum + count
            case .small: sum
            case .withheld: sum + guarded.k
            }
        }
        let butFew = guarded.rowTotals[row] - guarded.k + 1
        return switch guarded.cells[row][place] {
        case .count(let count): max(guarded.rowTotals[row] - count, areFew ? butFew : 0)
        case .small: max(known, butFew)
        case .withheld: max(known, areFew ? butFew : 0)
        }
    }
}
