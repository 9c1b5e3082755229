/// One step of a series of rows against what the steps before (or around) it led us to expect.
public struct StepExpectation: Sendable, Hashable {
    /// What was expected.
    public var expected: Double
    /// The lower bound of what is usual.
    public var low: Double
    /// The upper bound of what is usual.
    public var high: Double
    /// How unusual the value is, 0 to 1.
    public var score: Double
    /// Whether it is called an anomaly.
    public var isAnomaly: Bool

    /// Describes a step.
    public init(expected: Double, low: Double, high: Double, score: Double, isAnomaly: Bool) {
        self.expected = expected
        self.low = low
        self.high = high
        self.score = score
        self.isAnomaly = isAnomaly
    }
}
