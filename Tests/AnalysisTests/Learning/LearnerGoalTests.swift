import Analysis
import Model
import Testing

/// Goals of every kind, their pace and what is suggested.
@Suite struct LearnerGoalTests {
    private func judged(
        _ kind: LearningGoal.Kind, _ target: Double, deadline: String? = nil, asOf: String = "2026-11-20"
    ) -> GoalState {
        let goal = LearningGoal(
            id: "g", title: "g", kind: kind, target: target, start: SmallLog.day("2026-11-01"),
            deadline: deadline.map(SmallLog.day))
        var sessions = SmallLog.daily(20, through: "2026-11-20", quality: 0.8)
        for place in sessions.indices {
            sessions[place].topics = ["t\(place % 4)"]
            sessions[place].positiveFeedback = 1
        }
        return SmallLog.state(sessions, asOf: asOf, goals: [goal]).goals[0]
    }

    /// Ten exchanges, twenty minutes, one item of feedback and quality 0.8 a day.
    @Test(arguments: [
        (LearningGoal.Kind.streak, 10.0, "2026-11-10"), (.sessions, 10, "2026-11-10"), (.topics, 4, "2026-11-04"),
        (.quality, 80, "2026-11-05"), (.exchanges, 95, "2026-11-10"), (.minutes, 200, "2026-11-10"),
        (.feedback, 7, "2026-11-07"),
    ]) func everyKindIsReachedOnItsDay(kind: LearningGoal.Kind, target: Double, day: String) {
        #expect(judged(kind, target).completed == SmallLog.day(day))
    }

    @Test func statusesAreRecomputed() {
        #expect(judged(.sessions, 40, deadline: "2026-11-30").status == .active)
        #expect(judged(.sessions, 40, deadline: "2026-11-19").status == .expired)
        #expect(judged(.sessions, 10, deadline: "2026-11-10").status == .completed)
        // Reached a day too late.
        #expect(judged(.sessions, 10, deadline: "2026-11-09").status == .expired)
        #expect(judged(.custom, 10).status == .active)
    }

    /// The last session was on 20 November: 28 days with the report's own go back to it on 17 December and no further.
    @Test func noStreakIsExpectedOfWhoHasStopped() {
        #expect(judged(.streak, 40, asOf: "2026-12-17").finish.value?.day == SmallLog.day("2027-01-26"))
        #expect(
            judged(.streak, 40, asOf: "2026-12-18").finish.absence
                == .undefined("nothing was done in the last 28 days"))
    }

    /// A session a day from 1 to 20 November: on its deadline, the 8th, the streak had eight days.
    @Test func anExpiredStreakKeepsWhatStoodAtItsDeadline() {
        let state = judged(.streak, 10, deadline: "2026-11-08")
        #expect(state.status == .expired)
        #expect(state.value == 8)
        #expect(state.progress == 0.8)
    }

    /// 20 of 40 sessions, ten days left: two a day. At one a day the fortieth comes twenty days later.
    @Test func paceAndFinish() throws {
        let state = judged(.sessions, 40, deadline: "2026-11-30")
        #expect(state.daysLeft == 10)
        #expect(state.neededPerDay == 2)
        #expect(state.progress == 0.5)
        let finish = try #require(state.finish.value)
        #expect(finish.perDay == 1)
        #expect(finish.day == SmallLog.day("2026-12-10"))
        #expect(state.milestones.map(\.share) == [0.1, 0.25, 0.5, 0.75, 0.9, 1])
        #expect(state.milestones.map { $0.reached?.iso } == ["2026-11-04", "2026-11-10", "2026-11-20", nil, nil, nil])
    }

    @Test(arguments: [(5.0, 0), (10, 2), (30, 4), (31, 6)]) func checkPointsFollowTheSize(target: Double, count: Int) {
        #expect(judged(.sessions, target).milestones.count == count)
    }

    /// The last session is on 1 January 2026: 90 days later is 1 April, 28 days later 29 April. A deadline on 10 April moves the pages on the
    /// day after it.
    @Test(
        arguments: [
            ("2026-03-31", nil, "2026-03-31"), ("2026-04-01", nil, "2026-04-01"), ("2026-04-02", nil, "2026-04-01"),
            ("2026-04-28", nil, "2026-04-01"), ("2026-04-29", nil, "2026-04-29"), ("2026-04-30", nil, "2026-04-29"),
            ("2026-04-10", "2026-04-10", "2026-04-01"), ("2026-04-20", "2026-04-10", "2026-04-11"),
        ] as [(String, String?, String)]) func pagesOfWhoRestsDescribeADayThatStands(
            asOf: String, deadline: String?, described: String
        )
    {
        let log = SmallLog.log(SmallLog.daily(3, through: "2026-01-01"))
        let goals = deadline.map {
            [
                LearningGoal(
                    id: "g", title: "g", kind: .sessions, target: 9, start: SmallLog.day("2026-01-01"),
                    deadline: SmallLog.day($0))
            ]
        }
        let day = log.describedDay(asOf: SmallLog.day(asOf), goals: goals ?? [], settings: LearningSettings())
        #expect(day == SmallLog.day(described))
    }

    @Test func nothingIsSuggestedOfAKindThatIsPursued() {
        let goal = LearningGoal(id: "g", title: "g", kind: .sessions, target: 100, start: SmallLog.day("2026-11-01"))
        let state = SmallLog.state(SmallLog.daily(5, through: "2026-11-05"), asOf: "2026-11-05", goals: [goal])
        let report = LearnerReport(state, settings: AnalysisSettings())
        #expect(!report.suggestions.contains { $0.kind == .sessions })
        #expect(report.suggestions.contains { $0.kind == .streak && $0.target == 7 })
        #expect(report.suggestions.contains { $0.kind == .quality && $0.target == 90 })
    }

    /// A session of ten exchanges a day: 140 exchanges in 14 days, so that 100 would be no aim; 50 in five days.
    @Test(arguments: [(20, 200.0, 140.0), (5, 100, 50)])
    func suggestionsLieAboveThePaceOfTheLearner(days: Int, target: Double, current: Double) throws {
        let state = SmallLog.state(SmallLog.daily(days, through: "2026-11-20"), asOf: "2026-11-20")
        let suggestions = LearnerReport(state, settings: AnalysisSettings()).suggestions
        let exchanges = try #require(suggestions.first { $0.kind == .exchanges })
        #expect(exchanges.target == target && exchanges.current == current && exchanges.days == 14)
        let sessions = try #require(suggestions.first { $0.kind == .sessions })
        #expect(sessions.current == Double(days) && sessions.target == (days < 10 ? 10 : 50))
    }

    @Test func aQualityThatNobodyMeasuredIsNotNought() {
        let goal = LearningGoal(id: "g", title: "g", kind: .quality, target: 80, start: SmallLog.day("2026-11-01"))
        let state = SmallLog.state(
            SmallLog.daily(5, through: "2026-11-05", quality: nil), asOf: "2026-11-05", goals: [goal]
        ).goals[0]
        #expect(state.value == nil && state.history.isEmpty && state.status == .active)
    }

    /// Five sessions from 1 January 2027 on, 31 days for them, and one a day so far.
    @Test func aGoalOfNextYearIsNotExpectedThisYear() throws {
        var goal = LearningGoal(id: "g", title: "g", kind: .sessions, target: 5, start: SmallLog.day("2027-01-01"))
        goal.deadline = SmallLog.day("2027-01-31")
        let state = SmallLog.state(SmallLog.daily(20, through: "2026-11-20"), asOf: "2026-11-20", goals: [goal]).goals[
            0]
        #expect(try #require(state.finish.value).day == SmallLog.day("2027-01-05"))
        #expect(state.neededPerDay == 5.0 / 31)
    }

    /// Topics that were tried before the goal are new for it: one a day, two are missing.
    @Test func theTopicsOfAGoalAreThoseThatAreNewForIt() throws {
        let goal = LearningGoal(id: "g", title: "g", kind: .topics, target: 12, start: SmallLog.day("2026-11-11"))
        var sessions = SmallLog.daily(20, through: "2026-11-20")
        for place in sessions.indices { sessions[place].topics = ["t\(place % 10)"] }
        let state = SmallLog.state(sessions, asOf: "2026-11-20", goals: [goal]).goals[0]
        #expect(state.value == 10)
        let finish = try #require(state.finish.value)
        #expect(finish.perDay == 1 && finish.days == 10 && finish.day == SmallLog.day("2026-11-22"))
    }
}
