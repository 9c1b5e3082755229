import Model
import Statistics
import Testing

@testable import Analysis

@Suite("Momentum, forecasts of quality and unusual days of a learner")
struct LearningTrendFigureTests {
    /// 60 days of one session, the last seven of quality 0.9, the others of 0.5.
    @Test("Momentum is the mean of seven days less that of thirty: 0.9 − (7 · 0.9 + 23 · 0.5) / 30")
    func momentum() throws {
        let day = SmallLog.day("2026-11-19")
        let sessions = (0..<60).map { back in
            SmallLog.session(day.advanced(by: -back).iso, quality: back < 7 ? 0.9 : 0.5)
        }
        let report = LearnerReport(SmallLog.state(sessions, asOf: day.iso), settings: AnalysisSettings())
        let momentum = try #require(report.trend(.quality)?.momentum)
        let expected: Double = 0.9 - 17.8 / 30
        #expect(abs(momentum - expected) < 1e-12)
        #expect(report.trend(.minutes)?.momentum == 0)
    }

    /// A session every other day; quality rises by 0.004 a day around 0.3 on the first, 0.01 above and below in turn.
    @Test("Days without a session are no gaps of quality: its line is 0.3 + 0.004 · 132 two weeks after the 119th day")
    func sparseQuality() throws {
        let day = SmallLog.day("2026-11-19")
        let sessions = (0..<60).map { place -> LearningSession in
            let scatter: Double = place % 2 == 0 ? 0.01 : -0.01
            let quality: Double = 0.3 + 0.008 * Double(place) + scatter
            return SmallLog.session(day.advanced(by: 2 * place - 118).iso, quality: quality)
        }
        let report = LearnerReport(SmallLog.state(sessions, asOf: day.iso), settings: AnalysisSettings())
        let forecasts = try #require(report.trend(.quality)).forecasts
        let line = try #require(forecasts.first?.value?.points.first { $0.step == 14 })
        #expect(abs(line.value - 0.828) < 0.005, "\(line)")
        #expect(line.interval.low > 0.79 && line.interval.high < 0.87)
        #expect(forecasts.last?.value != nil)
    }

    /// By chance about one in three weeks has a day beyond z = 2, one in twenty one that stands after correction.
    @Test("Of a hundred learners whose minutes are noise few are told of a surely unusual day; others stay in the list")
    func noise() throws {
        let day = SmallLog.day("2026-11-19")
        var generator = SeededGenerator(seed: 20_261_119)
        var (listed, claimed) = (0, 0)
        for _ in 0..<100 {
            let sessions = (0..<70).map { back -> LearningSession in
                // Twelve uniform numbers: nearly normal, mean 60, standard deviation 10.
                var sum = 0.0
                for _ in 0..<12 { sum += Double(generator.below(10_000)) / 10_000 }
                return SmallLog.session(day.advanced(by: -back).iso, minutes: 60 + 10 * (sum - 6), quality: nil)
            }
            let report = LearnerReport(SmallLog.state(sessions, asOf: day.iso), settings: AnalysisSettings())
            let unusual = report.insights.filter { $0.anomaly != nil }
            listed += unusual.isEmpty ? 0 : 1
            claimed += unusual.contains { $0.importance > 1 } ? 1 : 0
            for insight in unusual {
                let test = try #require(insight.test)
                let p = try #require(test.pAdjusted)
                #expect(abs(insight.confidence - (1 - p)) < 1e-12 && insight.confidence < 1)
                #expect(insight.importance == 1 || p < 0.05)
            }
        }
        #expect(listed >= 20 && claimed <= 15, "\(listed) listed, \(claimed) claimed")
        print("unusual days: \(listed) of 100 listed, \(claimed) claimed")
    }
}
