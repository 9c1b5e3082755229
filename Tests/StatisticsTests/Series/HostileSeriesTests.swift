import Testing

@testable import Statistics

/// Series of extreme values: each method gives finite numbers in its range or says why not, and never stops the program.
@Suite struct HostileSeriesTests {
    static let extremes: [Double] = [
        0, -0.0, 1, -1, 1e-300, .leastNonzeroMagnitude, 1e150, -1e150, 1e300, -1e300, .greatestFiniteMagnitude, 0.1,
        1 + 1e-15,
    ]

    static func series(_ seed: UInt64) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        let kinds = generator.below(4) + 1
        let values = (0..<kinds).map { _ in extremes[generator.below(extremes.count)] }
        return (0..<(1 + generator.below(70))).map { _ in values[generator.below(kinds)] }
    }

    @Test(arguments: 1...100) func finiteOrAReason(seed: UInt64) throws {
        let data = Self.series(seed)
        let period = Int(seed % 14) + 1
        if let scores = try? StreamingAnomalyScores.scores(data, period: period) {
            for score in scores { #expect((0...1).contains(score.score ?? -1)) }
        }
        if let found = try? AutomaticChangePoints(data) {
            #expect(found.segments.count == found.indices.count + 1)
            for (left, right) in zip([0] + found.indices, found.indices + [data.count]) {
                #expect(right - left >= AutomaticChangePoints.minimumLength)
            }
        }
        if let found = try? AutomaticForecast(data, period: period % 5 + 1).forecast(steps: 9) {
            for (value, interval) in zip(found.values, found.intervals) {
                #expect(value.isFinite && interval.low <= value && value <= interval.high)
            }
        }
    }

    /// A one among zeros is as new as can be; a zero after it is not, though no mean of ten values was ever what it is now. Before,
    /// nothing could be judged.
    @Test func whatWasUsualIsUsualAgain() throws {
        let scores = try StreamingAnomalyScores.scores((0..<90).map { $0 == 45 ? 1 : 0 })
        #expect(scores[45].score == 1 && scores[45].isJudged)
        #expect(scores.indices.allSatisfy { $0 == 45 || (scores[$0].score ?? 0) == 0 })
        #expect(scores[..<45].allSatisfy { !$0.isJudged } && scores[46...].allSatisfy(\.isJudged))
    }
}
