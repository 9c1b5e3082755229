/// Pearson's χ² test of independence in a table of counts.
///
/// χ² = Σ(observed − expected)²/expected with (rows − 1)(columns − 1) degrees of freedom. Source: K. Pearson, Philos.
/// Mag. 50 (1900) 157–175, doi:10.1080/14786440009463897.
public struct ChiSquaredTest: Sendable, Hashable {
    /// The number of observations.
    public let n: Int
    /// The number of rows and columns.
    public let rows: Int, columns: Int
    /// Σ(observed − expected)²/expected.
    public let statistic: Double
    /// (rows − 1)(columns − 1).
    public let df: Int
    /// P(χ² > statistic).
    public let p: Double
    /// The smallest expected count; below 5 the p-value is rough and Fisher's exact test is to be preferred for 2 × 2.
    public let smallestExpected: Double
    /// Whether Yates' correction was applied.
    public let corrected: Bool

    /// Cramér's V = √(χ²/(n·min(rows − 1, columns − 1))), from 0 to 1.
    /// Source: H. Cramér, Mathematical Methods of Statistics (1946), 21.9, ISBN 0-691-08004-6.
    public var cramersV: Double {
        (statistic / (Double(n) * Double(Swift.min(rows, columns) - 1))).squareRoot()
    }

    /// Tests a table of rows of equal length, at least 2 × 2.
    ///
    /// - Parameters:
    ///   - table: The counts, none negative.
    ///   - yates: For 2 × 2, whether each |observed − expected| is lessened by up to ½; off by default.
    ///
    /// Throws `.tooFew` for one row or column, `.unequalLengths`, `.outOfDomain` for a negative count, `.empty` for a
    /// row or column without any observation. Cost: the cells of the table.
    public init(_ table: [[Int]], yates: Bool = false) throws(Undefined) {
        let width = table.first?.count ?? 0
        try Undefined.require(Swift.min(table.count, width), atLeast: 2)
        for row in table where row.count != width { throw .unequalLengths(width, row.count) }
        for row in table where row.contains(where: { $0 < 0 }) { throw .outOfDomain("a count is not negative") }
        let rowSums = table.map { Double($0.reduce(0, +)) }
        let columnSums = (0..<width).map { j in Double(table.reduce(0) { $0 + $1[j] }) }
        guard !rowSums.contains(0), !columnSums.contains(0) else { throw .empty }
        let total = rowSums.reduce(0, +)
        corrected = yates && table.count == 2 && width == 2
        var sum = CompensatedSum()
        var smallest = Double.infinity
        for (i, row) in table.enumerated() {
            for (j, count) in row.enumerated() {
                let expected = rowSums[i] * columnSums[j] / total
                smallest = Swift.min(smallest, expected)
                let gap = abs(Double(count) - expected)
                let used = corrected ? gap - Swift.min(0.5, gap) : gap
                sum.add(used * used / expected)
            }
        }
        (n, rows, columns, df) = (Int(total), table.count, width, (table.count - 1) * (width - 1))
        statistic = sum.value
        smallestExpected = smallest
        p = ChiSquared.upperTail(statistic, df: Double(df))
    }
}
