import Statistics

/// Rows in groups of their own by k-means on standardised columns.
public struct ClusterResult: Sendable, Hashable {
    /// Rows that have every column.
    public var n: Int
    /// Rows that were left out because a value is missing.
    public var leftOut: Int
    /// The number of clusters.
    public var k: Int
    /// The mean silhouette for each k that was tried, from 2 on; on a spread of at most `silhouetteSample` rows.
    public var silhouettes: [Double]
    /// The mean adjusted Rand index between the clustering and those from other starts, 1 for always the same.
    public var stability: Double
    /// Below this adjusted Rand index two clusterings agree poorly (D. Steinley, Psychological Methods 9 (2004) 386–396,
    /// doi:10.1037/1082-989X.9.3.386).
    public static let fairAgreement = 0.65
    /// Whether the gap statistic speaks for more than one cluster; nil where k was given.
    public var hasClusters: Bool?
    /// The clusters, the largest first; all rows as one where there is no evidence of several.
    public var clusters: [Cluster]
    /// The cluster of each row by its place in `clusters`, nil for rows that were left out.
    public var labels: [Int?]

    /// One cluster.
    public struct Cluster: Sendable, Hashable {
        /// Its rows.
        public var n: Int
        /// The mean of each column, in its unit.
        public var centre: [Double]
        /// The same in standard deviations from the mean of all rows.
        public var standardised: [Double]
    }

    /// The places of the columns that tell rows apart: those with different values. A column of equal values has no standard
    /// deviation to measure distances by, and would add nothing to any.
    public static func varying(_ columns: [[Double]]) -> [Int] {
        columns.indices.filter { place in
            let values = columns[place].lazy.filter(\.isFinite)
            return values.first.map { first in values.contains { $0 != first } } ?? true
        }
    }

    private static let silhouetteSample = 1_000

    /// Clusters rows.
    ///
    /// - Parameters:
    ///   - columns: of equal length; NaN is missing.
    ///   - k: the number of clusters; nil takes one where the gap statistic does not speak for more, else the number
    ///     from 2 to 8 with the best silhouette.
    ///
    /// Source: `GapStatistic`; D. Arthur and S. Vassilvitskii 2007 (k-means++); P. J. Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7.
    public init(columns: [[Double]], k: Int?, seed: UInt64) throws(Absence) {
        let count = columns.first?.count ?? 0
        let kept = (0..<count).filter { row in columns.allSatisfy { $0[row].isFinite } }
        let needed = max(k ?? 2, 2) + 1
        guard kept.count >= needed else {
            throw kept.isEmpty ? .noRecords : .tooFew(.records, found: kept.count, needed: needed)
        }
        var scales: [(mean: Double, sd: Double)] = []
        for column in columns {
            let moments = Moments(kept.map { column[$0] })
            guard let sd = moments.summarySD, sd > 0 else { throw .constant }
            scales.append((moments.mean, sd))
        }
        let rows = kept.map { row in zip(columns, scales).map { ($0[row] - $1.mean) / $1.sd } }
        let every = max(1, rows.count / Self.silhouetteSample)
        let sampled = rows.indices.filter { $0 % every == 0 }
        var (tried, best): ([Double], (k: Int, mean: Double)?) = ([], nil)
        let range = k.map { $0...$0 } ?? 2...min(8, rows.count - 1)
        for number in range {
            let mean: Answer<Double> = computed { () throws(Undefined) in
                let made = try KMeans(rows, k: number, seed: seed)
                return try Silhouette(sampled.map { rows[$0] }, labels: sampled.map { made.labels[$0] }).mean
            }
            tried.append(mean.value ?? .nan)
            if let value = mean.value, value > best?.mean ?? -.infinity { best = (number, value) }
        }
        let gap: Answer<Bool>? =
            k != nil
            ? nil
            : computed { () throws(Undefined) in
                let spread = sampled.map { rows[$0] }
                let largest = min(8, spread.count - 1, Set(spread).count)
                return try GapStatistic(spread, largest: largest, seed: seed).hasClusters()
            }
        if case .failure(let absence)? = gap { throw absence }
        let chosen = k ?? (gap?.value == true ? best?.k ?? 2 : 1)
        let made: Answer<(KMeans, Double)> = computed { () throws(Undefined) in
            let first = try KMeans(rows, k: chosen, seed: seed)
            var agreement = 0.0
            for other in 1...5 {
                let again = try KMeans(rows, k: chosen, starts: 1, seed: seed &+ UInt64(other))
                agreement += try AdjustedRand(first.labels, again.labels).index
            }
            return (first, agreement / 5)
        }
        let (clustering, agreement) = try made.get()
        let order = clustering.sizes.indices.sorted { (clustering.sizes[$1], $0) < (clustering.sizes[$0], $1) }
        var labels: [Int?] = Array(repeating: nil, count: count)
        for (place, row) in kept.enumerated() { labels[row] = order.firstIndex(of: clustering.labels[place]) }
        self.init(
            n: kept.count, leftOut: count - kept.count, k: chosen, silhouettes: tried, stability: agreement,
            hasClusters: gap?.value,
            clusters: order.map { cluster in
                Cluster(
                    n: clustering.sizes[cluster],
                    centre: zip(clustering.centres[cluster], scales).map { $0 * $1.sd + $1.mean },
                    standardised: clustering.centres[cluster])
            }, labels: labels)
    }

    private init(
        n: Int, leftOut: Int, k: Int, silhouettes: [Double], stability: Double, hasClusters: Bool?,
        clusters: [Cluster], labels: [Int?]
    ) {
        self.n = n
        self.leftOut = leftOut
        self.k = k
        self.silhouettes = silhouettes
        self.stability = stability
        self.hasClusters = hasClusters
        self.clusters = clusters
        self.labels = labels
    }
}
