import Model
import Testing

@testable import Analysis

/// Figures that sessions without a value, or goals that nothing can hurry, must not bend.
@Suite struct LearningFigureTests {
    /// Of 25 sessions the last has no quality. Advanced asks for 25 sessions and 0.75: after the 24th the score has long been above
    /// that (all succeed with 0.95), so the 25th is the day on which the topic is mastered.
    @Test func aSessionWithoutAQualityCompletesALevel() throws {
        var sessions = SmallLog.daily(25, through: "2026-10-25", quality: 0.95)
        sessions[0].quality = nil
        let log = SmallLog.log(sessions)
        let settings = LearningSettings()
        let mastery = try #require(
            TopicMastery.all(
                TopicState.all(log, settings), asOf: SmallLog.day("2026-10-25"), settings: settings,
                analysis: AnalysisSettings()
            ).first)
        #expect(sessions[0].day == SmallLog.day("2026-10-25") && mastery.sessions == 25 && mastery.judged == 24)
        #expect(mastery.level.isMastered && mastery.mastered == SmallLog.day("2026-10-25"))
    }

    /// One learner with a quality of 0.9 and two sessions without any, another with one of 0.5: (0.9 + 0.5) / 2 = 0.7.
    /// If the silent sessions weighed in, it were (3 · 0.9 + 0.5) / 4 = 0.8.
    @Test func theQualityOfATopicCountsSessionsThatHaveOne() throws {
        let logs = [
            ("a", [0.9, nil, nil] as [Double?]), ("b", [0.5]),
        ].map { learner, qualities in
            LearnerLog(
                learner: learner, zone: .utc,
                sessions: qualities.enumerated().map { place, quality in
                    SmallLog.session("2026-11-0\(place + 1)", quality: quality, learner: learner)
                })
        }
        let day = SmallLog.day("2026-11-05")
        let settings = AnalysisSettings()
        var tally = LearnersTally(asOf: day, settings: settings, shows: 2)
        let states = logs.map { LearnerState($0, asOf: day, goals: [], settings: settings) }
        for state in states { tally.add(state) }
        let reports = SmallLog.reports(of: tally.shown(), among: states, settings)
        let topic = try #require(tally.result(reports: reports)?.topics.first)
        #expect(topic.sessions == 4 && topic.qualitySessions == 2)
        #expect(abs(try #require(topic.meanQuality) - 0.7) < 1e-12)
    }

    /// Ten exchanges in an hour; fifty in a session of unknown length and an hour of unknown exchanges tell nothing of the pace.
    @Test func paceIsOfSessionsThatTellBoth() {
        let totals = SmallLog.state(
            [
                SmallLog.session("2026-11-01", minutes: 60, exchanges: 10),
                SmallLog.session("2026-11-02", minutes: nil, exchanges: 50),
                SmallLog.session("2026-11-03", minutes: 60, exchanges: nil),
            ], asOf: "2026-11-03"
        ).totals
        #expect(totals.velocity == 10)
        #expect(totals.exchanges == 60 && totals.minutes == 120)
    }

    /// Two days of thirty with five days left: 28 further days are needed at one a day, so it is late, and no haste helps.
    @Test func aStreakCannotBeHurried() throws {
        var goal = LearningGoal(id: "g", title: "g", kind: .streak, target: 30, start: SmallLog.day("2026-11-01"))
        goal.deadline = SmallLog.day("2026-11-10")
        let state = SmallLog.state(SmallLog.daily(2, through: "2026-11-05"), asOf: "2026-11-05", goals: [goal])
        #expect(state.goals[0].neededPerDay == nil)
        #expect(try #require(state.goals[0].finish.value).day == SmallLog.day("2026-12-03"))
        let report = LearnerReport(state, settings: AnalysisSettings())
        #expect(report.insights.contains { if case .goalLate = $0.claim { true } else { false } })
        #expect(!report.recommendations.contains { if case .hurry = $0.action { true } else { false } })
    }

    @Test func aStreakThatGoesOnForLongerIsNotProposed() throws {
        let proposed = { (days: Int) in
            LearnerReport(
                SmallLog.state(SmallLog.daily(days, through: "2026-11-20"), asOf: "2026-11-20"),
                settings: AnalysisSettings()
            ).suggestions.first { $0.kind == .streak }
        }
        let next = try #require(proposed(12))
        #expect(next.target == 30 && next.current == 12 && next.longest == 12)
        #expect(proposed(40) == nil)
    }

    /// Twelve learners with a session on each of 60 days, three on each of four topics; one of c and two of b stay away in the last 30. Of
    /// 270 topic days a and d then have 90, of 360 before 90: z = 2.29, p = 0.022, if each day stood for itself. Yet nobody has changed
    /// topic, and learners who stay away are three of twelve: t = 1.39 with 11 degrees of freedom, p = 0.191 (NumPy and SciPy, from the formula).
    @Test func whoStaysAwayMakesNoTopicEmerge() throws {
        let result = try learners(of: "abcd", awayOf: ["b": 2, "c": 1])
        let topic = try #require(result.topics.first { $0.topic == "a" }?.growth.value)
        #expect(abs(topic.before - 0.25) < 1e-12 && abs(topic.recent - 1.0 / 3) < 1e-12)
        #expect(abs(topic.test.statistic - 1.3932610920384718) < 1e-9)
        #expect(abs(topic.test.p - 0.19105429809656932) < 1e-9)
        #expect(!result.topics.contains { $0.growth.value?.isEmerging(alpha: 0.05) ?? false })
        // Nine of twelve take up a topic that nobody had: it emerges.
        let later = try learners(of: "abcd", awayOf: [:], takingUp: 9)
        #expect(later.topics.filter { $0.growth.value?.isEmerging(alpha: 0.05) ?? false }.map(\.topic) == ["new"])
    }

    private func learners(of topics: String, awayOf away: [String: Int], takingUp count: Int = 0) throws
        -> LearnersResult
    {
        let day = SmallLog.day("2026-11-20")
        let settings = AnalysisSettings()
        var tally = LearnersTally(asOf: day, settings: settings, shows: 12)
        var states: [LearnerState] = []
        for place in 0..<12 {
            let topic = String(topics[topics.index(topics.startIndex, offsetBy: place / 3)])
            let isAway = place % 3 < away[topic] ?? 0
            let sessions = (0..<60).filter { $0 >= 30 || !isAway }.map { back in
                SmallLog.session(
                    day.advanced(by: -back).iso, topics: [back < 15 && place < count ? "new" : topic],
                    learner: "l\(place)")
            }
            let log = LearnerLog(learner: "l\(place)", zone: .utc, sessions: sessions)
            states.append(LearnerState(log, asOf: day, goals: [], settings: settings))
        }
        for state in states.sorted(by: { $0.learner < $1.learner }) { tally.add(state) }
        let reports = SmallLog.reports(of: tally.shown(), among: states, settings)
        let result = tally.result(reports: reports)
        return try #require(result)
    }
}
