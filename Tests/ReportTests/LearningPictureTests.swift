import Analysis
import Charts
import Model
import Testing

@testable import Report

/// Heat maps with their legends, and goals day by day.
@Suite struct LearningPictureTests {
    private func figures() throws -> LearningFigures {
        let day = try #require(Day(iso: "2026-11-20"))
        return LearningFigures(days: Period(days: 30, through: day))
    }

    /// min(4, ⌊4c ÷ 6⌋ + 1) by hand.
    @Test func shadesFollowTheirFormula() {
        #expect((0...6).map { LearningFigures.level($0, of: 6) } == [0, 1, 2, 3, 3, 4, 4])
        #expect(LearningFigures.level(0, of: 0) == 0)
    }

    @Test func aHeatMapHasALegendAndOpensOnItsNewestDays() throws {
        let first = try #require(Day(iso: "2026-11-01"))
        let counts = (0..<20).map { (day: first.advanced(by: $0), sessions: [0, 1, 2, 3, 4, 5, 6][$0 % 7]) }
        let blocks = try figures().calendar(counts, title: "Sessions by day", caption: "here")
        #expect(blocks.map(\.opensOnNewest) == [true, false])
        #expect(blocks[1].figure.x.scale == .names(["none", "1", "2", "3 to 4", "5 to 6"]))
    }

    @Test func oneShadeIsNoRangeOfShades() throws {
        let first = try #require(Day(iso: "2026-11-01"))
        let counts = (0..<14).map { (day: first.advanced(by: $0), sessions: $0 % 2) }
        let blocks = try figures().calendar(counts, title: "Sessions by day", caption: "here")
        #expect(blocks[1].caption.plain == "Shaded: one session a day.")
    }

    @Test func barsNameWhatTheyShowAndCountWholeThings() throws {
        let block = try #require(
            try figures().bars(
                "Sessions by hour", [("07:00", 3, nil, nil), ("08:00", 3, nil, nil), ("09:00", 1, nil, nil)],
                of: "Hour",
                ticks: ["7", "8", "9"], axis: "Sessions", caption: "here", isCount: true
            ) { "\(Int($0))" })
        #expect(block.figure.description == "Highest: 07:00, 08:00 with 3.")
        #expect(block.figure.x.scale == .names(["7", "8", "9"]) && block.figure.y.isCount)
        #expect(block.data?.columns.first?.title == "Hour")
    }

    /// 20 of 40 sessions on 20 November at one a day, the deadline ten days on: two a day are needed.
    @Test func aGoalDayByDayShowsStartNeedAndPace() throws {
        let asOf = try #require(Day(iso: "2026-11-20"))
        let start = try #require(Day(iso: "2026-11-01"))
        let goal = LearningGoal(
            id: "g", title: "Forty", kind: .sessions, target: 40, start: start, deadline: asOf.advanced(by: 10))
        let sessions = (0..<20).map { step -> LearningSession in
            let day = start.advanced(by: step)
            return LearningSession(
                learner: "a", session: "s\(step)", day: day, started: Int64(day.number) * 86_400 + 64_800, offset: 0)
        }
        let state = LearnerState(
            LearnerLog(learner: "a", zone: .utc, sessions: sessions), asOf: asOf, goals: [goal],
            settings: AnalysisSettings())
        let block = LearnerBurnUp(state: try #require(state.goals.first), asOf: asOf, figures: try figures()).block
        #expect(block.opensOnNewest)
        #expect(block.figure.y.title == "Sessions" && block.figure.y.unit == "")
        var ends: [String: Mark.Point] = [:]
        var rules: [String] = []
        for mark in block.figure.marks {
            if case .line(let points, _, true, let label?) = mark { ends[label] = points.last }
            if case .rule(_, _, _, let label?) = mark { rules.append(label) }
        }
        #expect(Set(rules) == ["target", "start", "deadline"])
        #expect(ends["needed"]?.y == 40 && ends["needed"]?.x == Double(asOf.number + 10))
        #expect(ends["at this pace"]?.y == 30 && ends["at this pace"]?.x == Double(asOf.number + 10))
        let words = block.caption.plain
        #expect(words.contains("needed: 2 a day") && words.contains("at this pace: 1 a day"), "\(words)")
    }
}
