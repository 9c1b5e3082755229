import Model
import Statistics
import Testing

@testable import Analysis

/// One test for each mistake of earlier tools of this kind, named for it.
@Suite struct LearningMistakeTests {
    // MARK: Streaks

    @Test func graceAndMasterySettingsAreRead() {
        let sessions = [SmallLog.session("2026-11-01", 20, 0), SmallLog.session("2026-11-03", 7, 0)]
        var settings = LearningSettings()
        settings.graceHours = 12
        #expect(SmallLog.streaks(sessions, asOf: "2026-11-03").currentLength == 2)
        #expect(SmallLog.streaks(sessions, asOf: "2026-11-03", settings: settings).currentLength == 1)
        var analysis = AnalysisSettings()
        let daily = SmallLog.daily(12, through: "2026-11-12", quality: 0.9)
        #expect(SmallLog.state(daily, asOf: "2026-11-12").mastered == 0)
        analysis.learning.levels = [MasteryLevel(name: "done", score: 0.7, sessions: 10, isMastered: true)]
        #expect(SmallLog.state(daily, asOf: "2026-11-12", settings: analysis).mastered == 1)
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64]) func outOfOrderAndLateSessionsChangeNothing(seed: UInt64) {
        let sessions = SmallLog.daily(9, through: "2026-11-09") + SmallLog.daily(4, through: "2026-11-20")
        let whole = SmallLog.state(sessions, asOf: "2026-11-20")
        var random = SeededGenerator(seed: seed)
        var shuffled = sessions
        random.shuffle(&shuffled)
        #expect(SmallLog.state(shuffled, asOf: "2026-11-20") == whole)
        // A row that comes later repairs history: what was two streaks without it is one with it.
        let missing = sessions.filter { $0.day != SmallLog.day("2026-11-05") }
        let before = SmallLog.state(missing, asOf: "2026-11-20")
        #expect(before.streaks.history.map(\.length) == [4, 4, 4])
        #expect(whole.streaks.history.map(\.length) == [9, 4])
        let repaired = SmallLog.state(
            missing + sessions.filter { $0.day == SmallLog.day("2026-11-05") }, asOf: "2026-11-20")
        #expect(repaired == whole)
    }

    @Test func longestIsNotCurrent() {
        let account = SmallLog.streaks(
            SmallLog.daily(9, through: "2026-11-09") + SmallLog.daily(2, through: "2026-11-20"), asOf: "2026-11-20")
        #expect(account.currentLength == 2)
        #expect(account.longest?.length == 9)
    }

    @Test func streaksExpireWhenTheLearnerStops() {
        #expect(SmallLog.streaks(SmallLog.daily(9, through: "2026-11-09"), asOf: "2026-11-20").currentLength == 0)
    }

    // MARK: Mastery

    @Test func successIsNotAlwaysTrue() {
        let weak = SmallLog.state(SmallLog.daily(12, through: "2026-11-12", quality: 0.3), asOf: "2026-11-12").topics[0]
        #expect(weak.successes == 0)
        #expect((weak.score.value ?? 1) < 0.4)
        var failed = SmallLog.daily(12, through: "2026-11-12", quality: 0.9)
        for place in failed.indices { failed[place].isSuccess = false }
        #expect(SmallLog.state(failed, asOf: "2026-11-12").topics[0].successes == 0)
    }

    /// One session of quality 0.9 on its day: N = 1, k = 4, m = 0.5. Success (2 + 1)/5 = 0.6, quality (2 + 0.9)/5 = 0.58,
    /// score 0.6 · 0.6 + 0.4 · 0.58 = 0.592. From an average that starts at 0 it would be 0.6 + 0.4 · 0.18 = 0.672.
    @Test func earlyScoresAreNotBiased() {
        let topic = SmallLog.state([SmallLog.session("2026-11-12", quality: 0.9)], asOf: "2026-11-12").topics[0]
        #expect(abs((topic.score.value ?? 0) - 0.592) < 1e-12)
        // Equal qualities: the smoothed quality is that quality from the first session on.
        var settings = AnalysisSettings()
        settings.learning.priorSessions = 0
        settings.learning.decayPerDay = 0
        for count in [1, 2, 7] {
            let state = SmallLog.state(
                SmallLog.daily(count, through: "2026-11-12", quality: 0.9), asOf: "2026-11-12", settings: settings)
            #expect(abs((state.topics[0].score.value ?? 0) - (0.6 + 0.4 * 0.9)) < 1e-12)
        }
    }

    /// N = 0.99^10 for a session ten days ago; a topic goes back to the prior.
    @Test func masteryDecays() {
        let one = [SmallLog.session("2026-11-02", quality: 0.9)]
        let aged = SmallLog.state(one, asOf: "2026-11-12").topics[0]
        #expect(abs(aged.evidence - 0.904_382_075_008_804_5) < 1e-12)  // Python: 0.99 ** 10
        let daily = SmallLog.daily(30, through: "2026-06-30", quality: 0.95)
        let fresh = SmallLog.state(daily, asOf: "2026-06-30").topics[0]
        let old = SmallLog.state(daily, asOf: "2027-06-30").topics[0]
        #expect(fresh.level.isMastered)
        #expect(!old.level.isMastered)
        #expect(old.hasFaded)
        #expect(old.mastered == SmallLog.day("2026-06-25"))
        // Python: w = [0.99 ** a for a in range(365, 395)], N = sum(w), the formula with q = 0.95.
        #expect(abs((old.score.value ?? 0) - 0.568356638524) < 1e-9)
    }

    // MARK: Goals

    @Test func qualityGoalsHaveOneUnit() {
        let start = SmallLog.day("2026-11-01")
        let percent = LearningGoal(id: "p", title: "p", kind: .quality, target: 80, start: start)
        let share = LearningGoal(id: "s", title: "s", kind: .quality, target: 0.8, start: start)
        let state = SmallLog.state(
            SmallLog.daily(6, through: "2026-11-06", quality: 0.85), asOf: "2026-11-06", goals: [percent, share])
        #expect(state.goals.map(\.goal.target) == [80, 80])
        #expect(state.goals.allSatisfy { $0.status == .completed && abs(($0.value ?? 0) - 85) < 1e-9 })
        #expect(state.goals[0].completed == SmallLog.day("2026-11-05"))
    }

    @Test func aReachedGoalIsNotActive() {
        let goal = LearningGoal(id: "g", title: "g", kind: .sessions, target: 3, start: SmallLog.day("2026-11-01"))
        let state = SmallLog.state(SmallLog.daily(5, through: "2026-11-05"), asOf: "2026-11-05", goals: [goal]).goals[0]
        #expect(state.status == .completed)
        #expect(state.completed == SmallLog.day("2026-11-03"))
    }

    @Test func aStreakGoalDoesNotFallAfterItWasReached() {
        let goal = LearningGoal(id: "g", title: "g", kind: .streak, target: 5, start: SmallLog.day("2026-11-01"))
        let state = SmallLog.state(SmallLog.daily(5, through: "2026-11-05"), asOf: "2026-11-30", goals: [goal])
        #expect(state.streaks.currentLength == 0)
        #expect(state.goals[0].status == .completed)
        #expect(state.goals[0].completed == SmallLog.day("2026-11-05"))
        #expect(state.goals[0].progress == 1)
    }

    // MARK: Means and calendars

    /// 0.9 once, then 0.5 three times on one day: over sessions 0.6; a mean of daily means would say 0.7.
    @Test func meansAreWeightedBySessions() {
        let sessions =
            [SmallLog.session("2026-11-02", quality: 0.9)]
            + (0..<3).map { SmallLog.session("2026-11-03", 8 + $0, quality: 0.5) }
        let week = SmallLog.state(sessions, asOf: "2026-11-03").progress(by: .week, limit: 1)[0]
        #expect(abs((week.totals.meanQuality ?? 0) - 0.6) < 1e-12)
        #expect(week.totals.activeDays == 2)
    }

    @Test func monthsHaveNoDaysOfTheirNeighbours() {
        let sessions = ["2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01"].map { SmallLog.session($0) }
        let months = SmallLog.state(sessions, asOf: "2026-11-02").progress(by: .month, limit: 12)
        #expect(months.map(\.totals.sessions) == [1, 2, 1])
        #expect(months.map(\.period.length) == [30, 31, 30])
        #expect(LearningSpan.year.period(containing: SmallLog.day("2028-07-01")).length == 366)
    }

    @Test func missingDaysAreZerosAndMissingQualityIsAGap() {
        let sessions = [SmallLog.session("2026-11-02", quality: nil), SmallLog.session("2026-11-06", quality: 0.9)]
        let days = SmallLog.state(sessions, asOf: "2026-11-08").progress(by: .day, limit: 30)
        #expect(days.map(\.totals.sessions) == [1, 0, 0, 0, 1, 0, 0])
        #expect(days.map(\.totals.meanQuality) == [nil, nil, nil, nil, 0.9, nil, nil])
    }

    // MARK: Statistics

    @Test func confidenceIsNotRSquaredAndFlatDataProveNothing() {
        let state = SmallLog.state(SmallLog.daily(40, through: "2026-11-12", quality: 0.8), asOf: "2026-11-12")
        let report = LearnerReport(state, settings: AnalysisSettings())
        #expect(report.trend(.quality)?.trend.line.absence == .constant)
        #expect(report.trend(.quality)?.direction == .flat)
        #expect(!report.insights.contains { $0.category == .trend })
        for insight in report.insights where insight.test != nil {
            #expect(insight.confidence == 1 - (insight.test?.pAdjusted ?? 1))
        }
    }

    @Test func aZeroBaseIsNoPercentage() {
        let sessions = SmallLog.daily(5, through: "2026-11-12") + [SmallLog.session("2026-10-01")]
        let report = LearnerReport(SmallLog.state(sessions, asOf: "2026-11-12"), settings: AnalysisSettings())
        #expect(report.health.parts.first { $0.kind == .exchanges }?.figure.value == nil)
        let change = report.trend(.exchanges)?.comparisons.first?.change.value
        #expect(change?.relative == nil)
        #expect(change?.difference ?? 0 > 0)
    }

    @Test func milestonesAreNotLostInAJump() {
        let sessions = (0..<30).map { SmallLog.session("2026-11-02", $0 % 24, $0 / 24 * 30, id: "s\($0)") }
        let marks = SmallLog.state(sessions, asOf: "2026-11-02").milestones.filter { $0.subject == "sessions" }.map(
            \.mark)
        #expect(marks == [10, 25])
    }

    @Test func spansHaveRealTotalsAndTopics() {
        let state = SmallLog.state(
            SmallLog.daily(10, through: "2026-11-12", topics: ["algebra", "music"]), asOf: "2026-11-12")
        for span in LearningSpan.allCases {
            let totals = state.progress(by: span, limit: 100).reduce(0) { $0 + $1.totals.sessions }
            #expect(totals == 10, "\(span)")
        }
        #expect(state.progress(by: .week, limit: 1)[0].topics == 2)
        #expect(state.topics.map(\.sessions) == [10, 10])
    }

    /// 40 days on one topic, then 20 of the last 30 days on another: it emerges by the test of two shares with weeks as clusters.
    ///
    /// By hand: pooled share 20 ÷ 80; Σ e² = 2 · 0.07² + 0.055² + 0.035² + 0.01² + 4 · (1.75 ÷ 30)² + (0.5 ÷ 30)², times 10 ÷ 9;
    /// 0.4 over its root.
    @Test func emergingTopicsAreFound() {
        let sessions =
            SmallLog.daily(60, through: "2026-11-12", topics: ["algebra"])
            + SmallLog.daily(20, through: "2026-11-12", topics: ["music"]).map { session in
                var other = session
                other.session += "-music"
                return other
            }
        let report = LearnerReport(SmallLog.state(sessions, asOf: "2026-11-12"), settings: AnalysisSettings())
        #expect(report.growth["music"]?.value?.isEmerging(alpha: 0.05) == true)
        #expect(report.growth["algebra"]?.value?.isEmerging(alpha: 0.05) == false)
        #expect(abs((report.growth["music"]?.value?.test.statistic ?? 0) - 2.26621) < 1e-5)
    }

    /// Two topics in runs of ten days, in turn. Each day for itself, 20 of 30 against 10 of 30 days would have z = 2.58 and p below 0.01.
    @Test func runsOfDaysAreNoEmergingTopic() {
        let sessions = (0..<60).map { back -> LearningSession in
            let isMusic = back < 30 ? back < 10 || back >= 20 : back < 40
            return SmallLog.session(
                SmallLog.day("2026-11-12").advanced(by: -back).iso, topics: [isMusic ? "music" : "algebra"])
        }
        let report = LearnerReport(SmallLog.state(sessions, asOf: "2026-11-12"), settings: AnalysisSettings())
        #expect(report.growth["music"]?.value.map { $0.recent - $0.before > 0.33 } == true)
        #expect(report.growth["music"]?.value?.isEmerging(alpha: 0.05) == false)
    }

    @Test func trendsCanFall() {
        let sessions = (0..<40).map { back in
            SmallLog.session(
                SmallLog.day("2026-11-12").advanced(by: -back).iso,
                quality: 0.5 + 0.01 * Double(back) + (back % 2 == 0 ? 0.01 : 0))
        }
        let report = LearnerReport(SmallLog.state(sessions, asOf: "2026-11-12"), settings: AnalysisSettings())
        #expect(report.trend(.quality)?.direction == .falling)
        #expect(report.insights.contains { if case .trend(.quality, _, _, false) = $0.claim { true } else { false } })
    }

    @Test func daysAreNotAlwaysUTC() {
        let tokyo = SmallLog.tokyo
        let sessions = [
            SmallLog.session("2026-11-11", 7, 30, zone: tokyo), SmallLog.session("2026-11-12", 7, 30, zone: tokyo),
        ]
        let state = SmallLog.state(sessions, asOf: "2026-11-12", zone: tokyo)
        #expect(state.days.map(\.day.iso) == ["2026-11-11", "2026-11-12"])
        #expect(state.hours[7] == 2)
    }

    // MARK: Achievements

    /// Every requirement is computed, on the first day on which it held.
    @Test func everyRequirementIsComputed() {
        var sessions = SmallLog.daily(7, through: "2026-11-07", quality: 0.9, topics: ["a", "b"])
        sessions.append(
            SmallLog.session("2026-11-05", 6, 30, minutes: 45, quality: 0.97, exchanges: 100, topics: ["c"]))
        sessions.append(SmallLog.session("2026-11-06", 22, 0, topics: ["d"]))
        sessions[0].positiveFeedback = 10
        let wanted: [(AchievementDefinition.Requirement, String?)] = [
            (.sessions(5), "2026-11-05"), (.streak(7), "2026-11-07"), (.startBefore(minute: 480), "2026-11-05"),
            (.startFrom(minute: 1320), "2026-11-06"), (.qualityDays(5, atLeast: 0.9), "2026-11-05"),
            (.qualitySessions(1, atLeast: 0.95), "2026-11-05"), (.topics(3), "2026-11-05"),
            (.topicExchanges(100), "2026-11-05"), (.exchanges(150), "2026-11-05"), (.sessionMinutes(45), "2026-11-05"),
            (.minutes(150), "2026-11-06"), (.feedback(10), "2026-11-07"), (.activeDays(6), "2026-11-06"),
            (.sessions(100), nil),
        ]
        var settings = AnalysisSettings()
        settings.learning.achievements = wanted.enumerated().map { place, item in
            AchievementDefinition(
                id: "a\(place)", title: "a\(place)", category: "c", rarity: .rare, points: 1, isHidden: item.1 == nil,
                requirement: item.0)
        }
        let state = SmallLog.state(sessions, asOf: "2026-11-07", settings: settings)
        for (item, found) in zip(wanted, state.achievements) { #expect(found.met?.iso == item.1, "\(item.0)") }
        #expect(state.points == 13)
        #expect(state.achievements.last?.isShown == false)
    }
}
