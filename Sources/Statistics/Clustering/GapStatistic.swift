/// How much tighter k-means makes the clusters of data than those of points without any clusters, for each number of
/// clusters from 1 on.
///
/// Gap(k) = mean log W*ₖ − log Wₖ, W being the sum of squared distances to the centres and W* that of as many points drawn
/// evenly from the box around the data along their principal axes. Source: R. Tibshirani, G. Walther, T. Hastie, J. R.
/// Stat. Soc. B 63 (2001) 411–423, doi:10.1111/1467-9868.00293.
public struct GapStatistic: Sendable, Hashable {
    /// How many sets of points were drawn.
    public let draws: Int
    /// Gap(1), Gap(2) …
    public let gaps: [Double]
    /// The error of Gap(k) − Gap(1): the standard deviation of the same difference over the draws times √(1 + 1/draws).
    public let errors: [Double]

    /// Whether some number of clusters gains more over a single one than even points would, at `alpha`.
    ///
    /// A gain counts beyond its error times the upper quantile of Student's t with draws − 1 degrees of freedom at
    /// `alpha` over the numbers that were tried (Bonferroni); the source takes one error, which finds clusters in even
    /// points one time in five where the best of several numbers is looked for.
    public func hasClusters(alpha: Double = 0.05) -> Bool {
        guard gaps.count > 1 else { return false }
        let bound = StudentT.upperQuantile(alpha / Double(gaps.count - 1), df: Double(draws - 1))
        return gaps.indices.dropFirst().contains { gaps[$0] - gaps[0] > bound * errors[$0] }
    }

    /// Clusters rows and `draws` sets of as many even points with each k up to `largest`.
    ///
    /// Throws as `KMeans`, and `.outOfDomain` without clusters or with less than two draws. Cost: (draws + 1) · largest
    /// runs of `KMeans` with two starts, and the principal axes, columns³.
    public init(_ rows: [[Double]], largest: Int, draws: Int = 10, seed: UInt64) throws(Undefined) {
        guard largest >= 1, draws >= 2 else { throw .outOfDomain("one cluster and two draws are the least") }
        try Undefined.require(rows.count, atLeast: largest)
        let turned = PrincipalAxes(rows).turned(rows)
        let own = try Self.logSums(turned, largest, seed)
        let bounds = turned[0].indices.map { column in
            let values = turned.lazy.map { $0[column] }
            return (low: values.min() ?? 0, high: values.max() ?? 0)
        }
        var generator = SeededGenerator(seed: seed)
        var drawn: [[Double]] = []
        for draw in 0..<draws {
            let even = turned.map { _ in bounds.map { $0.low + generator.uniform() * ($0.high - $0.low) } }
            drawn.append(try Self.logSums(even, largest, seed &+ UInt64(draw)))
        }
        self.draws = draws
        gaps = (0..<largest).map { k in Moments(drawn.map { $0[k] }).mean - own[k] }
        errors = (0..<largest).map { k in
            let variance = Moments(drawn.map { $0[0] - $0[k] }).variance ?? 0
            return (variance * (1 + 1 / Double(draws))).squareRoot()
        }
    }

    /// log W for each k, W being at least the rounding of what one cluster leaves.
    private static func logSums(_ rows: [[Double]], _ largest: Int, _ seed: UInt64) throws(Undefined) -> [Double] {
        var sums: [Double] = []
        for k in 1...largest { sums.append(try KMeans(rows, k: k, starts: 2, seed: seed).inertia) }
        return sums.map { log(max($0, 1e-12 * sums[0], 1e-300)) }
    }
}

/// The principal axes of rows: the eigenvectors of their covariance, by Jacobi's rotations.
///
/// Source: C. G. J. Jacobi, J. reine angew. Math. 30 (1846) 51–94, doi:10.1515/crll.1846.30.51.
struct PrincipalAxes {
    /// One axis of unit length for each column, in no order.
    let axes: [[Double]]

    /// Turns until nothing is left beside the diagonal but rounding, at most 60 sweeps. Cost: rows · columns², and
    /// columns³ a sweep.
    init(_ rows: [[Double]]) {
        let width = rows.first?.count ?? 0
        let means = (0..<width).map { column in rows.reduce(0) { $0 + $1[column] } / Double(max(1, rows.count)) }
        var matrix = (0..<width).map { i in
            (0..<width).map { j in rows.reduce(0) { $0 + ($1[i] - means[i]) * ($1[j] - means[j]) } }
        }
        var axes = (0..<width).map { i in (0..<width).map { $0 == i ? 1.0 : 0 } }
        let scale = (0..<width).reduce(0) { $0 + matrix[$1][$1] }
        for _ in 0..<60 {
            var rest = 0.0
            for i in 0..<width {
                for j in stride(from: i + 1, to: width, by: 1) where abs(matrix[i][j]) > 1e-15 * scale {
                    rest += abs(matrix[i][j])
                    Self.rotate(&matrix, &axes, i, j)
                }
            }
            if rest == 0 { break }
        }
        self.axes = axes
    }

    /// Rows in coordinates along the axes.
    func turned(_ rows: [[Double]]) -> [[Double]] {
        rows.map { row in axes.map { axis in zip(row, axis).reduce(0) { $0 + $1.0 * $1.1 } } }
    }

    /// The rotation in the plane of two axes that takes matrix[i][j] to 0.
    private static func rotate(_ matrix: inout [[Double]], _ axes: inout [[Double]], _ i: Int, _ j: Int) {
        let theta = (matrix[j][j] - matrix[i][i]) / (2 * matrix[i][j])
        let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        let s = t * c
        for k in matrix.indices {
            let (a, b) = (matrix[k][i], matrix[k][j])
            (matrix[k][i], matrix[k][j]) = (c * a - s * b, s * a + c * b)
        }
        for k in matrix.indices {
            let (a, b) = (matrix[i][k], matrix[j][k])
            (matrix[i][k], matrix[j][k]) = (c * a - s * b, s * a + c * b)
        }
        let (first, second) = (axes[i], axes[j])
        axes[i] = zip(first, second).map { c * $0 - s * $1 }
        axes[j] = zip(first, second).map { s * $0 + c * $1 }
    }
}
