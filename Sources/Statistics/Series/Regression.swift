/// One estimated coefficient with its t test against zero.
public struct Coefficient: Sendable, Hashable {
    /// The estimate, in units of y per unit of its column.
    public let estimate: Double
    /// The standard error.
    public let standardError: Double
    /// estimate/standardError.
    public let t: Double
    /// The two-sided p-value.
    public let p: Double
    /// The interval.
    public let interval: Interval

    init(estimate: Double, variance: Double, df: Double, level: Double) {
        let error = max(0, variance).squareRoot()
        self.estimate = estimate
        standardError = error
        t = estimate == 0 ? 0 : estimate / error
        p = estimate == 0 ? 1 : error == 0 ? 0 : Tail.twoSided.studentP(estimate / error, df: df)
        interval = Interval(centre: estimate, reach: StudentT.critical(level: level, df: df) * error, level: level)
    }
}

/// Multiple linear regression by Householder QR with one step of iterative refinement.
///
/// A constant is a column of ones that the caller gives. With Newey–West errors the rows must stand in time order.
/// Sources: G. H. Golub, Numer. Math. 7 (1965) 206–216, doi:10.1007/BF01436075; W. K. Newey, K. D. West, Econometrica
/// 55 (1987) 703–708, doi:10.2307/1913610.
public struct Regression: Sendable, Hashable {
    /// The number of rows.
    public let n: Int
    /// n less the number of columns.
    public let df: Int
    /// The degrees of freedom of tests and intervals: `df`, or less where rows depend on those before.
    public let effectiveDF: Double
    /// How much each error was taken to depend on the one before; 0 but for an autoregressive fit.
    public let phi: Double
    /// The coefficients in the order of the columns.
    public let coefficients: [Coefficient]
    /// The covariance matrix of the estimates.
    public let covariance: [[Double]]
    /// y − fitted, in the order of the rows.
    public let residuals: [Double]
    /// √(Σ residual²/df).
    public let residualSD: Double
    /// 1 − Σ residual²/Σ(y − ȳ)², meaningful with a constant column; 0 for constant y.
    public let rSquared: Double
    /// How the errors were found; a Newey–West lag is always given here. `.classical` stands for the transformed rows of an
    /// autoregressive fit.
    public let errors: LinearFit.Errors
    /// The level of the intervals.
    public let level: Double

    /// Fits y to columns of equal length.
    ///
    /// Newey–West errors are scaled by n/(n − k) when `smallSample` is true. Throws `.empty` without columns,
    /// `.unequalLengths`, `.tooFew` unless there are more rows than columns, `.nonFinite`, `.collinear`, and `.outOfDomain`
    /// for a lag outside 0..<n. Cost: n·k², and n·k²·lag for Newey–West.
    public init(
        columns: [[Double]], y: [Double], errors: LinearFit.Errors = .classical, smallSample: Bool = true,
        level: Double = 0.95
    ) throws(Undefined) {
        try Undefined.requireLevel(level)
        guard !columns.isEmpty else { throw .empty }
        for column in columns { try Undefined.requirePairs(column, y, atLeast: columns.count + 1) }
        let qr = try HouseholderQR(columns: columns)
        let first = qr.backSolve(qr.project(y))
        let correction = qr.backSolve(qr.project(Self.residuals(columns, y, first)))
        let estimates: [Double]
        (estimates, residuals) = Self.settled(columns, y, zip(first, correction).map(+))
        let rss = residuals.lazy.map { $0 * $0 }.compensatedSum
        (n, df, self.level, phi) = (y.count, y.count - columns.count, level, 0)
        effectiveDF = Double(y.count - columns.count)
        residualSD = (rss / Double(df)).squareRoot()
        let total = try CentralMoments(y, shape: false).sum2
        rSquared = total > 0 ? 1 - rss / total : 0
        self.errors = try LinearFit.resolve(errors, n: y.count)
        let covariance = Self.covariance(qr, residuals, self.errors, variance: rss / Double(df), smallSample)
        coefficients = estimates.indices.map { [df] in
            Coefficient(estimate: estimates[$0], variance: covariance[$0][$0], df: Double(df), level: level)
        }
        self.covariance = covariance
    }

    /// A fit of transformed rows, told in terms of the rows themselves.
    init(_ fit: Regression, columns: [[Double]], y: [Double], phi: Double, effectiveDF: Double) {
        (n, df, level, errors, covariance) = (fit.n, fit.df, fit.level, fit.errors, fit.covariance)
        (self.phi, self.effectiveDF) = (phi, effectiveDF)
        coefficients = fit.coefficients.indices.map {
            Coefficient(
                estimate: fit.coefficients[$0].estimate, variance: fit.covariance[$0][$0], df: effectiveDF,
                level: fit.level)
        }
        residuals = Self.residuals(columns, y, fit.coefficients.map(\.estimate))
        let rss = residuals.lazy.map { $0 * $0 }.compensatedSum
        residualSD = (rss / Double(fit.df)).squareRoot()
        let mean = y.compensatedSum / Double(y.count)
        let total = y.lazy.map { ($0 - mean) * ($0 - mean) }.compensatedSum
        rSquared = total > 0 ? 1 - rss / total : 0
    }

    /// The fitted mean for one row of column values, with its interval. Throws `.unequalLengths`.
    public func mean(at row: [Double]) throws(Undefined) -> Coefficient {
        guard row.count == coefficients.count else { throw .unequalLengths(row.count, coefficients.count) }
        let estimate = zip(row, coefficients).map { $0 * $1.estimate }.compensatedSum
        let terms = row.indices.flatMap { i in row.indices.map { row[i] * row[$0] * covariance[i][$0] } }
        return Coefficient(estimate: estimate, variance: terms.compensatedSum, df: effectiveDF, level: level)
    }

    /// The estimates and what they leave. A fit that leaves nothing but rounding (16 last places of the largest y) is
    /// exact, and what a column adds to it below that is none: rounding is not tested against rounding.
    private static func settled(
        _ columns: [[Double]], _ y: [Double], _ estimates: [Double]
    ) -> (estimates: [Double], residuals: [Double]) {
        let residuals = residuals(columns, y, estimates)
        let grain = Rounding.grain(of: y)
        guard residuals.allSatisfy({ abs($0) <= grain }) else { return (estimates, residuals) }
        let plain = zip(columns, estimates).map { column, estimate in
            abs(estimate) * column.reduce(0) { max($0, abs($1)) } <= grain ? 0 : estimate
        }
        return (plain, y.map { _ in 0 })
    }

    private static func residuals(_ columns: [[Double]], _ y: [Double], _ b: [Double]) -> [Double] {
        y.indices.map { t in
            var sum = CompensatedSum()
            sum.add(y[t])
            for (column, estimate) in zip(columns, b) {
                let product = column[t] * estimate
                sum.add(-product)
                sum.add(-(-product).addingProduct(column[t], estimate))
            }
            return sum.value
        }
    }

    private static func covariance(
        _ qr: HouseholderQR, _ residuals: [Double], _ errors: LinearFit.Errors, variance: Double, _ smallSample: Bool
    ) -> [[Double]] {
        let rows = qr.influences
        let (n, k) = (residuals.count, rows.count)
        guard case .neweyWest(let lag?) = errors else {
            return rows.map { a in rows.map { b in variance * zip(a, b).lazy.map(*).compensatedSum } }
        }
        let scale = smallSample ? Double(n) / Double(n - k) : 1
        let parts = rows.map { zip($0, residuals).map(*) }
        return parts.map { a in parts.map { b in scale * NeweyWest.longRunSum(a, b, lag: lag) } }
    }
}
