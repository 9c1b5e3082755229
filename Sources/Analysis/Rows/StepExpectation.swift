import Statistics

/// One step of a series against what the steps before it led us to expect.
public struct StepExpectation: Sendable, Hashable {
    /// What was expected; nil for the first steps.
    public var expected: Double?
    /// The lower bound of what is usual; nil until enough errors are known.
    public var low: Double?
    /// The upper bound of what is usual; nil until enough errors are known.
    public var high: Double?
    /// How unusual the value is, 0 to 1; 0 where it is not judged.
    public var score: Double
    /// Whether it is called an anomaly.
    public var isAnomaly: Bool
    /// Whether it could be judged: false for a gap and for the first steps, which are only learnt from.
    public var isJudged: Bool

    /// Every step by what came before it and nothing else (`StreamingAnomalyScores`).
    ///
    /// - Parameter season: steps in a season; 1 for none.
    ///
    /// Fails without values, and for values beyond ±10³⁰⁰.
    public static func streamed(_ values: [Double?], season: Int) -> Answer<[StepExpectation]> {
        guard values.contains(where: { $0 != nil }) else { return .failure(.noRecords) }
        return computed { () throws(Undefined) in
            try StreamingAnomalyScores.scores(values, period: max(1, season)).map {
                StepExpectation(
                    expected: $0.expected, low: $0.interval?.low, high: $0.interval?.high, score: $0.score ?? 0,
                    isAnomaly: $0.isAnomaly, isJudged: $0.isJudged)
            }
        }
    }
}
