import Model
import Statistics
import Testing

@testable import Analysis

@Suite("What still has to be done, days after a gap, and figures of what does not vary")
struct LearnerReturnTests {
    private func achievement(_ id: String, _ requirement: AchievementDefinition.Requirement) -> AchievementDefinition {
        AchievementDefinition(
            id: id, title: id, category: "streak", rarity: .rare, points: 50, requirement: requirement)
    }

    private func report(_ sessions: [LearningSession], asOf: String = "2026-11-19") -> LearnerReport {
        var settings = AnalysisSettings()
        settings.learning.achievements = [
            achievement("three", .streak(3)), achievement("seven", .streak(7)),
            achievement("half-hour", .sessionMinutes(30)),
        ]
        return LearnerReport(SmallLog.state(sessions, asOf: asOf, settings: settings), settings: settings)
    }

    /// Six days to 11 November and one on the 19th: seven days in a row begin on the 19th, so one of seven is there.
    @Test("Of a streak that ended nothing is left towards a longer one")
    func streaksBeginAgain() throws {
        let report = report(SmallLog.daily(6, through: "2026-11-11") + [SmallLog.session("2026-11-19")])
        let seven = report.state.achievements[1]
        #expect(seven.value == 1 && seven.needed == 7 && seven.longest == 6 && abs(seven.progress - 1.0 / 7) < 1e-12)
        #expect(!report.recommendations.contains { if case .finish = $0.action { true } else { false } })
        // What was met stays met, on its first day.
        let three = report.state.achievements[0]
        #expect(three.met == SmallLog.day("2026-11-08") && three.progress == 1 && three.longest == nil)
    }

    @Test("A streak that goes on and is the longest is its own progress")
    func aRunningStreakCounts() {
        let seven = report(SmallLog.daily(6, through: "2026-11-19")).state.achievements[1]
        #expect(seven.value == 6 && seven.longest == nil)
    }

    /// A session of 29 minutes is not a part of one of 30.
    @Test("What one session has to do is done or not")
    func aSessionIsWhole() {
        let short = report([SmallLog.session("2026-11-19", minutes: 29)])
        #expect(short.state.achievements[2].value == 0 && short.state.achievements[2].needed == 1)
        #expect(!short.next.contains { $0.definition.id == "half-hour" })
        #expect(report([SmallLog.session("2026-11-19", minutes: 30)]).state.achievements[2].met != nil)
    }

    /// Sessions of 18, 20 and 22 minutes in turn, every `step` days up to 27 October, then on 17 and 19 November.
    private func returning(every step: Int, last minutes: Double = 20) -> LearnerReport {
        let gone = SmallLog.day("2026-10-27")
        let before = (0..<60 / step).map { back in
            SmallLog.session(gone.advanced(by: -back * step).iso, minutes: [18, 20, 22][back % 3], quality: 0.8)
        }
        return report(
            before + [SmallLog.session("2026-11-17", minutes: 20), SmallLog.session("2026-11-19", minutes: minutes)])
    }

    @Test("Who comes back after three weeks and does what was usual did nothing unusual", arguments: [1, 2, 3])
    func comingBack(every step: Int) {
        let report = returning(every: step)
        #expect(report.anomalies.isEmpty, "\(report.anomalies)")
        #expect(report.health.parts.last?.figure == .success(0))
    }

    /// The median of 18, 20 and 22 in turn is 20.
    @Test("Five hours are unusual among sessions of twenty minutes", arguments: [1, 2, 3])
    func unusualAfterAGap(every step: Int) throws {
        let found = returning(every: step, last: 300).anomalies
        let wild = try #require(found.first)
        #expect(found.count == 1 && wild.kind == .minutes && wild.day == SmallLog.day("2026-11-19"))
        #expect(wild.value == 300 && abs(wild.expected - 20) < 2.01 && wild.severity == .critical)
    }

    @Test("Too few days with a session are no days without anything unusual")
    func tooFewToJudge() {
        let parts = report(SmallLog.daily(5, through: "2026-11-19")).health.parts
        #expect(parts.last?.kind == .anomalies && parts.last?.points == 0)
        #expect(parts.last?.figure.absence == .tooFew(.periods, found: 5, needed: 10))
    }

    @Test("Equal qualities have no best weekday", arguments: [0.93, 0.1, 0.7])
    func constantQuality(quality: Double) {
        let trend = report(SmallLog.daily(60, through: "2026-11-19", quality: quality)).trend(.quality)
        #expect(trend?.trend.behaviour.season.value == nil)
    }

    /// A rise without scatter is told exactly by the line, and late by a level.
    @Test("Of two forecasts the one with the smaller error is drawn")
    func theBetterForecast() throws {
        let day = SmallLog.day("2026-11-19")
        let sessions = (0..<80).map { back in
            SmallLog.session(day.advanced(by: -back).iso, quality: 0.9 - 0.005 * Double(back))
        }
        let trend = try #require(report(sessions).trend(.quality))
        let best = try #require(trend.bestForecast)
        #expect(best.figures.model == "line" && best.isChosen)
        #expect(trend.forecasts.last?.value?.model == "smoothed level")
    }

    /// Mean 0.95, standard deviation 0.05 √2, Student's t 12.706 with one degree of freedom: 0.95 ± 0.635.
    @Test("A mean of qualities is not above 1")
    func intervalsOfQualities() throws {
        let interval = try #require(Moments([0.9, 1.0]).learningInterval(level: 0.95))
        #expect(abs(interval.low - 0.3147) < 1e-3 && interval.high == 1)
    }
}
