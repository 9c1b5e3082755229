import Model

/// How the metrics go together in the records of the look-back period.
public struct CorrelationResult: Sendable, Hashable {
    /// The records.
    public var group: Group
    /// The look-back period.
    public var period: Period
    /// Whether every record was used or a sample.
    public var exactness: Exactness
    /// The metrics in the catalogue's order.
    public var metrics: [String]
    /// Every pair, x before y in that order.
    public var pairs: [CorrelationPair]
    /// Metrics whose values are made of those of others, up to rounding.
    public var composites: [Composite] = []
}

/// A metric whose values are a constant plus weights times those of others, up to rounding (`ExactCombination`).
public struct Composite: Sendable, Hashable {
    /// The metric.
    public var metric: String
    /// The constant.
    public var constant: Double
    /// What it is made of, in the catalogue's order.
    public var parts: [Part]

    /// A metric and its weight.
    public struct Part: Sendable, Hashable {
        /// The metric.
        public var metric: String
        /// What its value is multiplied with.
        public var weight: Double
    }
}

/// Two metrics in the records that have both.
public struct CorrelationPair: Sendable, Hashable {
    /// The first metric.
    public var x: String
    /// The second metric.
    public var y: String
    /// Records that have both.
    public var n: Int
    /// The columns that both metrics are made of (a sum and its summand, one column in two units), or the metric that the
    /// other is made of by its values: with any, they go together by definition, whatever was measured. Such a pair has coefficients, but is no claim: its p is
    /// neither corrected with others nor told.
    public var sharedColumns: [String] = []
    /// Pearson's r with Fisher's interval.
    public var pearson: Answer<CorrelationFigures>
    /// Spearman's ρ.
    public var spearman: Answer<CorrelationFigures>
    /// Kendall's τ-b; fails with `.notDeclared` where it was not asked for.
    public var kendall: Answer<CorrelationFigures>
    /// Spearman's p after Benjamini and Hochberg's correction among these pairs; nil without a test and by definition.
    public var pBH: Double?

    /// Whether the two share a column.
    public var isByDefinition: Bool { !sharedColumns.isEmpty }
}

/// A correlation coefficient.
public struct CorrelationFigures: Sendable, Hashable {
    /// −1 to 1.
    public var coefficient: Double
    /// Its interval where the method gives one.
    public var interval: Interval?
    /// The test of no correlation.
    public var test: TestFigures
}
