import Model
import Testing

@testable import Analysis
@testable import Report

@Suite("Words and numbers of few")
struct SmallWordsTests {
    @Test(
        "A milestone of one hour is no “1 hours”, and one of quality no “0.9 quality”",
        arguments: [
            ("hours", 1, "1 hour"), ("hours", 5, "5 hours"), ("sessions", 10, "10 sessions"),
            ("active days", 30, "30 active days"), ("quality", 0.9, "a day with a mean quality of 0.90"),
            ("streak days", 7, "a streak of 7 days"),
        ])
    func marks(subject: String, mark: Double, words: String) {
        let item = LearningMilestone(kind: .volume, subject: subject, mark: mark, day: Day(number: 20_000))
        #expect(LearningWording.mark(item) == words)
    }

    @Test(
        "Reasons of suggestions count one as one",
        arguments: [
            (LearningGoal.Kind.topics, 1.0, "1 topic so far"), (.topics, 3, "3 topics so far"),
            (.sessions, 1, "1 session in the last 10 days; this would be 2.0 a day"),
            (.exchanges, 1, "1 exchange in the last 10 days; this would be 2.0 a day"),
        ])
    func reasons(kind: LearningGoal.Kind, current: Double, words: String) {
        let item = GoalSuggestion(kind: kind, target: 20, days: 10, current: current, difficulty: 2)
        #expect(LearningWording.reason(item) == words)
    }

    @Test("A mean is not reached to a share, and what is counted has no number of days behind it")
    func insights() {
        let day = Day(number: 20_000)
        let goal = LearningGoal(id: "q", title: "Good", kind: .quality, target: 80, start: day)
        var insight = LearningInsight(
            claim: .goalNear(goal, value: 72.25), category: .milestone, importance: 3, confidence: 1, n: nil,
            validUntil: day)
        #expect(LearningWording.sentence(insight) == "“Good” stands at 72.3\u{202F}%; its target is 80\u{202F}%.")
        // 0.57 · 100 is 56.99999999999999.
        let share = LearningGoal(id: "s", title: "s", kind: .quality, target: 0.57 * 100, start: day)
        #expect(LearningWording.target(share) == "57\u{202F}%" && LearningWording.value(75, share) == "75.0\u{202F}%")
        #expect(LearningWording.evidence(insight) == "milestone · importance 3 of 5 · counted · until 4 October 2024")
        insight.claim = .trend(
            .minutes, perDay: -0.3, interval: Interval(low: -0.4, high: -0.2, level: 0.95), isRising: false)
        #expect(LearningWording.sentence(insight).hasPrefix("Minutes per day falls by 2.1\u{202F}min a week (−2.8"))
    }

    @Test("Progress of a streak names the one that goes on and the longest")
    func progress() {
        let definition = AchievementDefinition(
            id: "w", title: "w", category: "streak", rarity: .rare, points: 1, requirement: .streak(7))
        var state = AchievementState(definition: definition, met: nil, value: 1, longest: 6, needed: 7)
        #expect(LearningWording.progress(state) == "1 of 7, longest 6")
        state.longest = nil
        #expect(LearningWording.progress(state) == "1 of 7")
    }

    @Test(
        "Rows of files about people are told in steps of 1, 2 and 5",
        arguments: [(0, 0), (1, 1), (4, 2), (9, 5), (10, 10), (270, 200), (532, 500), (1_999, 1_000)])
    func steps(rows: Int, told: Int) {
        let file = DataAccount.FileAccount(
            delivery: 1, name: "a", table: "a", sha256: "", rows: rows, accepted: rows, rejected: 0)
        #expect(file.coarse.rows == told && file.coarse.accepted == told && file.coarse.isCoarse)
        #expect(file.rows == rows && !file.isCoarse)
    }
}
