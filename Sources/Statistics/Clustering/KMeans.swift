/// k-means clustering of rows by Lloyd's iterations from k-means++ starts.
///
/// Columns are compared as they are: standardise them first where their units differ. The best of several seeded starts is
/// kept. Source: D. Arthur, S. Vassilvitskii, "k-means++", SODA 2007; S. Lloyd 1982, doi:10.1109/TIT.1982.1056489.
public struct KMeans: Sendable, Hashable {
    /// The centres, ordered by their first column (then the next, on ties).
    public let centres: [[Double]]
    /// For each row the position of its centre.
    public let labels: [Int]
    /// Σ squared distance of each row to its centre.
    public let inertia: Double
    /// The iterations of the best start.
    public let iterations: Int

    /// The number of rows at each centre.
    public var sizes: [Int] {
        labels.reduce(into: [Int](repeating: 0, count: centres.count)) { $0[$1] += 1 }
    }

    /// Clusters rows of equal length.
    ///
    /// - Parameters:
    ///   - rows: The points.
    ///   - k: The number of clusters, 1 to the number of different rows.
    ///   - starts: How many seeded starts are tried, at least 1.
    ///   - seed: Same seed, same result.
    ///
    /// Throws `.empty`, `.unequalLengths`, `.nonFinite`, `.outOfDomain`, `.tooFew` when fewer than k rows differ,
    /// `.notConverged` after 1,000 iterations. Cost: starts × iterations × rows × k × columns.
    public init(_ rows: [[Double]], k: Int, starts: Int = 10, seed: UInt64) throws(Undefined) {
        guard k >= 1, starts >= 1 else { throw .outOfDomain("at least one cluster and one start") }
        try Self.check(rows)
        let different = Set(rows).count
        guard different >= k else { throw .tooFew(found: different, needed: k) }
        var generator = SeededGenerator(seed: seed)
        var best: KMeans?
        for _ in 0..<starts {
            let found = try KMeans(rows, from: Self.spreadStart(rows, k, &generator))
            if found.inertia < best?.inertia ?? .infinity { best = found }
        }
        guard let best else { throw .overflow }
        self = best
    }

    /// Lloyd's iterations from given centres until no row moves. Throws as the other initializer. Cost: rows × k ×
    /// columns per iteration.
    public init(_ rows: [[Double]], from start: [[Double]]) throws(Undefined) {
        try Self.check(rows)
        try Self.check(start)
        guard start[0].count == rows[0].count else { throw .unequalLengths(rows[0].count, start[0].count) }
        guard start.count <= rows.count else { throw .tooFew(found: rows.count, needed: start.count) }
        var centres = start
        var labels: [Int] = []
        for iteration in 1...1000 {
            let (next, distances) = Self.assign(rows, centres)
            if next == labels {
                self.init(centres: centres, labels: labels, inertia: distances.compensatedSum, iterations: iteration)
                return
            }
            labels = next
            centres = Self.means(rows, &labels, distances, k: start.count)
        }
        throw .notConverged(iterations: 1000)
    }

    private init(centres: [[Double]], labels: [Int], inertia: Double, iterations: Int) {
        let order = centres.indices.sorted { centres[$0].lexicographicallyPrecedes(centres[$1]) }
        var place = [Int](repeating: 0, count: centres.count)
        for (position, index) in order.enumerated() { place[index] = position }
        self.centres = order.map { centres[$0] }
        self.labels = labels.map { place[$0] }
        (self.inertia, self.iterations) = (inertia, iterations)
    }

    private static func check(_ rows: [[Double]]) throws(Undefined) {
        guard let first = rows.first else { throw .empty }
        for row in rows {
            guard row.count == first.count else { throw .unequalLengths(first.count, row.count) }
            try Undefined.requireFinite(row)
        }
    }

    /// The first centre at random, each further one in proportion to the squared distance to the nearest so far.
    private static func spreadStart(
        _ rows: [[Double]], _ k: Int, _ generator: inout SeededGenerator
    ) throws(Undefined) -> [[Double]] {
        var centres = [rows[generator.below(rows.count)]]
        var nearest = rows.map { $0.squaredDistance(to: centres[0]) }
        while centres.count < k {
            let centre = rows[try generator.index(weights: nearest)]
            centres.append(centre)
            for index in rows.indices { nearest[index] = min(nearest[index], rows[index].squaredDistance(to: centre)) }
        }
        return centres
    }

    private static func assign(_ rows: [[Double]], _ centres: [[Double]]) -> (labels: [Int], distances: [Double]) {
        var labels: [Int] = []
        var distances: [Double] = []
        for row in rows {
            var (label, least) = (0, Double.infinity)
            for (index, centre) in centres.enumerated() {
                let distance = row.squaredDistance(to: centre)
                if distance < least { (label, least) = (index, distance) }
            }
            labels.append(label)
            distances.append(least)
        }
        return (labels, distances)
    }

    /// The mean of each cluster; an empty cluster takes the row that lies farthest from its centre.
    private static func means(_ rows: [[Double]], _ labels: inout [Int], _ distances: [Double], k: Int) -> [[Double]] {
        var sizes = labels.reduce(into: [Int](repeating: 0, count: k)) { $0[$1] += 1 }
        var far = rows.indices.sorted { distances[$0] > distances[$1] }.makeIterator()
        for cluster in 0..<k where sizes[cluster] == 0 {
            while let row = far.next() {
                guard sizes[labels[row]] > 1 else { continue }
                sizes[labels[row]] -= 1
                labels[row] = cluster
                sizes[cluster] = 1
                break
            }
        }
        var sums = [[CompensatedSum]](
            repeating: [CompensatedSum](repeating: CompensatedSum(), count: rows[0].count), count: k)
        for (row, label) in zip(rows, labels) { for j in row.indices { sums[label][j].add(row[j]) } }
        return zip(sums, sizes).map { sum, size in sum.map { $0.value / Double(size) } }
    }
}

extension [Double] {
    /// The squared Euclidean distance to a row of the same length.
    func squaredDistance(to other: [Double]) -> Double {
        var sum = 0.0
        for index in indices {
            let d = self[index] - other[index]
            sum += d * d
        }
        return sum
    }
}
