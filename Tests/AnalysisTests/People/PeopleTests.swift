import Model
import Statistics
import Testing

@testable import Analysis

/// People in two cohorts of 30 and one of 3, with sessions in two months.
private func facts(_ people: Int = 60, and small: Int = 3, change: (inout [PersonFact], Int) -> Void = { _, _ in })
    -> [PersonFact]
{
    var facts: [PersonFact] = []
    for number in 0..<people + small {
        let id = "p" + String(100_000_000_000_000 + number)
        let isHigh = number % 2 == 0
        let focus = number >= people ? "stress" : isHigh ? "anxiety" : "general"
        var rows = [
            PersonFact(
                kind: .profile, person: id, key: 0, day: Day(number: 20_700),
                words: [.focus: focus, .frequency: "low", .engagementLevel: "low"])
        ]
        for session in 0..<6 {
            // 2026-09-20 and on, then 2026-10-10 and on.
            let day = Day(number: 20_716 + Int32(session * 4))
            rows.append(
                PersonFact(
                    kind: .session, person: id, key: UInt64(session), day: day,
                    measures: [
                        .minutes: isHigh ? 40 + Double(number % 5) : 12 + Double(number % 3),
                        .interactions: isHigh ? 25 + Double(number % 4) : 6 + Double(number % 2),
                        .engagement: (isHigh ? 0.7 : 0.4) + Double(number % 7) / 100,
                    ]))
        }
        rows.append(
            PersonFact(
                kind: .outcome, person: id, key: 1, day: Day(number: 20_740),
                words: [
                    .category: isHigh ? (number % 3 == 0 ? "neutral" : "good") : (number % 3 == 0 ? "good" : "neutral")
                ]))
        change(&rows, number)
        facts += rows
    }
    return facts
}

@Suite("What is said about people, and the mistakes of earlier tools")
struct PeopleTests {
    private static let asOf = Day(number: 20_776)

    private func result(
        _ facts: [PersonFact], earlier: [String: TableRelease] = [:], asOf: Day = PeopleTests.asOf
    ) throws -> PeopleResult {
        try #require(
            PeopleResult(facts, scores: [], settings: PeopleSettings(), asOf: asOf, level: 0.95, earlier: earlier))
    }

    @Test("Mistake: report body from mock rows. Figures are those of the rows, nothing is said without any")
    func mistakeMockRows() throws {
        let result = try result(facts())
        let table = try #require(result.success.table.value)
        // Of two cohorts of 30 the one beside that of 3 joins it, which would else be told by the total.
        #expect(table.rows == ["anxiety, low frequency, low engagement", "other cohorts"])
        #expect(table.rowTotals == [30, 33])
        // Of even numbers below 60 those that 3 divides are neutral, the others good: 20 of 30.
        #expect(result.cohorts[0].success.value?.successes == 20)
        // Wilson 20 of 30 by SciPy 1.16: binomtest(20, 30).proportion_ci(method='wilson').
        let interval = try #require(result.cohorts[0].success.value?.interval)
        #expect(abs(interval.low - 0.487_801) < 1e-5)
        #expect(abs(interval.high - 0.807_695) < 1e-5)
        #expect(
            PeopleResult([], scores: [], settings: PeopleSettings(), asOf: Self.asOf, level: 0.95, earlier: [:]) == nil)
    }

    @Test("Mistake: no suppression of small cohorts. A cohort of 3 stands nowhere by itself")
    func mistakeSmallCohorts() throws {
        let result = try result(facts())
        #expect(result.success.small == ["stress, low frequency, low engagement"])
        for table in [result.success, result.engagement, result.progress] {
            #expect(table.table.value?.rows.contains { $0.contains("stress") } != true)
            for row in table.table.value?.cells ?? [] {
                for case .count(let count) in row { #expect(count >= 5) }
            }
        }
    }

    @Test("Mistake: patterns carry a label instead of the cohort, and confidence is the number of samples")
    func mistakePatterns() throws {
        let patterns = try result(facts()).patterns
        let found = try #require(patterns.first { $0.kind == "outcome" && $0.column == "success" })
        #expect(found.cohort == "anxiety, low frequency, low engagement")
        #expect(abs(found.share - 0.666_667) < 1e-6)
        // Three times as many sessions say nothing more of how sure it is.
        let more = try result(
            facts { rows, _ in
                for row in rows where row.kind == .session {
                    var another = row
                    another.key += 100
                    rows.append(another)
                }
            }
        ).patterns.first { $0.kind == "outcome" && $0.column == "success" }
        #expect(more?.confidence == found.confidence)
        #expect(found.confidence < 1 && found.confidence >= 0.7)
    }

    @Test("Mistake: 3 rows with k 4 crash; there is no choice of k. Few people are refused, silhouettes choose")
    func mistakeClusters() throws {
        #expect(try result(facts(3, and: 0)).segments.value == nil)
        let found = try #require(try result(facts()).segments.value)
        #expect(found.segments.count == 2)
        #expect(found.segments[0].n == 30)
        #expect(try #require(found.silhouette) > 0.8)
        #expect(found.stability == 1)
        // Profiles are in minutes, not in standard deviations.
        #expect(found.segments.map { $0.centre[0] }.max() ?? 0 > 40)
        #expect(Set(found.segments.map(\.name)).count == 2)
    }

    @Test("Mistake: the same alert every time. A rule counts a person once, however often it holds")
    func mistakeDuplicates() throws {
        let result = try result(
            facts { rows, number in
                for index in rows.indices where rows[index].kind == .session {
                    rows[index].day = Day(number: 20_770)
                    if number < 8 { rows[index].measures[.minutes] = 130 }
                }
            })
        let long = try #require(result.triggers.first { $0.name.contains("a session above") })
        #expect(long.severity == "high")
        #expect(long.table.table.value?.rows == ["named", "not named"])
        #expect(long.table.table.value?.rowTotals == [8, 55])
    }

    @Test("Between nights: one person more publishes the table of before, k more a new one")
    func nights() throws {
        let first = try result(facts())
        #expect(first.releases["cohorts_success"]?.day == Self.asOf)
        let next = Self.asOf.advanced(by: 1)
        let one = try result(facts(61), earlier: first.releases, asOf: next)
        #expect(one.success.table == first.success.table)
        #expect(one.success.day == Self.asOf)
        #expect(one.engagement.table == first.engagement.table)
        #expect(one.releases.isEmpty)
        let many = try result(facts(100), earlier: first.releases, asOf: next)
        #expect(many.success.day == next)
        #expect(many.success.table.value?.rowTotals.reduce(0, +) == 103)
    }

    @Test("A table that leaves out few of all people is not published: the totals would tell of them")
    func subsets() throws {
        let result = try result(
            facts { rows, number in
                if number < 2 { rows.removeAll { $0.kind == .session } }
            })
        #expect(result.success.table.value?.rowTotals.reduce(0, +) == 63)
        for age in result.retention { #expect(age.table.table.value == nil) }
    }

    @Test("Retention: of the people of September all are active a month later, which tells of nobody")
    func retention() throws {
        let result = try result(
            facts { rows, number in
                // Every third of 60 does not come back.
                if number % 3 == 0 { rows.removeAll { $0.kind == .session && $0.day.number >= 20_727 } }
            })
        let first = try #require(result.retention.first)
        #expect(first.table.table.value?.rowTotals == [63])
        #expect(first.shares.first?.value?.successes == 42)
    }

    @Test("Attributes are made as coarse as every group needs, and checked again")
    func attributes() throws {
        let result = try result(
            facts { rows, number in
                rows[0].words[.ageBand] = number % 31 == 0 ? "50+" : "30–49"
                rows[0].words[.region] = "DE-\(["BY", "HH"][number % 2])"
                rows[0].words[.gender] = ["f", "m"][number / 2 % 2]
            })
        // Two people are 50 or above, so that below and from 30 is as fine as it may be.
        #expect(result.attributes.steps == [1, 0, 0])
        #expect(try #require(result.attributes.smallest) >= 5)
    }

    private func card(_ counts: [Int]?, _ supplied: [String: Double] = [:], n: Int? = nil) -> ModelCard {
        let matrix = counts.map {
            ModelScore.Counts(
                truePositives: $0[0], falsePositives: $0[1], falseNegatives: $0[2], trueNegatives: $0[3])
        }
        return ModelCard(
            ModelScore(
                name: "m", version: "1", purpose: "", day: Self.asOf, counts: matrix, supplied: supplied, n: n),
            level: 0.95)
    }

    /// 2 · 0.8 · 0.6 ÷ 1.4 = 0.685714…; from 0.795 and 0.595 to 0.805 and 0.605 it is 0.6806 to 0.6908, so 0.69 is rounding, 0.9 not.
    @Test("A supplied F1 that supplied precision and recall do not give stands beside what they give")
    func contradictory() throws {
        let wrong = card(nil, ["precision": 0.8, "recall": 0.6, "f1": 0.9]).figures[3]
        #expect(wrong.value.value == 0.9 && abs((wrong.implied ?? 0) - 0.685_714_286) < 1e-9)
        #expect(card(nil, ["precision": 0.8, "recall": 0.6, "f1": 0.69]).figures[3].implied == nil)
        #expect(card(nil, ["precision": 0.8, "f1": 0.9]).figures[3].implied == nil)
    }

    @Test("A scorecard has Wilson's intervals, and F1 the one of J = TP ÷ (TP + FP + FN)")
    func models() throws {
        let figures = card([42, 8, 6, 144]).figures
        let values: [Double?] = figures.prefix(3).map { $0.value.value }
        let expected: [Double?] = [0.93, 0.84, 0.875]
        #expect(values == expected)
        // 2·42 ÷ (2·42 + 8 + 6) = 6/7.
        #expect(abs((figures[3].value.value ?? 0) - 0.857_142_857) < 1e-9)
        // By hand: of 42 of 56, z² = 3.841459, (42 + z²/2 ∓ z √(42·14/56 + z²/4)) ÷ (56 + z²) = 0.623073 and 0.844829;
        // 2J ÷ (1 + J) of them.
        let interval = try #require(figures[3].interval.value)
        #expect(abs(interval.low - 0.767_769) < 2e-6 && abs(interval.high - 0.915_889) < 2e-6, "\(interval)")
    }

    /// Binomial by hand: of every outcome of TP given 40 cases that are positive or taken for it, the chance that the interval
    /// holds the F1 of J = 0.6, which is 0.75.
    @Test func theIntervalOfF1HoldsWhatItPromises() {
        var (covered, chance) = (0.0, (0..<40).reduce(1.0) { power, _ in power * 0.4 })
        for tp in 0...40 {
            if let interval = card([tp, 40 - tp, 0, 10]).figures[3].interval.value, interval.contains(0.75) {
                covered += chance
            }
            chance *= Double(40 - tp) / Double(tp + 1) * 1.5
        }
        #expect((0.93...0.975).contains(covered), "\(covered)")
    }

    @Test("Supplied figures stay as supplied, and what is missing says why")
    func suppliedModels() throws {
        let figures = card(nil, ["accuracy": 0.853, "precision": 0.7], n: 200).figures
        // 0.853 × 200 is no whole number: the share is not rounded to one of 200.
        #expect(figures[0].value.value == 0.853 && figures[0].n == 200)
        #expect(figures[0].interval.value?.contains(0.853) == true)
        #expect(figures[1].value.value == 0.7 && figures[1].interval.value == nil)
        #expect(figures[1].interval.absence?.reason == "the counts that an interval takes were not supplied")
        #expect(
            figures[2].value.absence?.reason
                == "neither it nor the counts of its predictions were supplied, or they were refused")
        let idle = card([0, 0, 5, 95]).figures
        #expect(idle[1].value.absence?.reason == "nothing was taken for positive")
        #expect(idle[2].value.value == 0 && idle[3].value.value == 0)
        #expect(card([0, 0, 0, 95]).figures[2].value.absence?.reason == "there were no positive cases")
        // 0.93 by the counts.
        let told = card([42, 8, 6, 144], ["accuracy": 0.91, "recall": 0.88]).figures.map(\.contradictsCounts)
        #expect(told == [true, false, false, false])
    }

    /// Sessions are on 2026-09-20, 24, 28, 10-02, 06 and 10, of 63 people each.
    @Test func engagementIsToldByDayWeekAndMonth() throws {
        let weeks = try result(facts(), asOf: Day(number: 20_740)).weeks
        #expect(weeks.engagement.map(\.grain) == [.day, .week, .month])
        let days = zip(weeks.engagement[0].periods, weeks.engagement[0].means).filter { $1.value != nil }
        #expect(days.map(\.0.start.number) == [20_716, 20_720, 20_724, 20_728, 20_732, 20_736])
        let values = (0..<63).map { number -> Double in
            let level = number % 2 == 0 ? 0.7 : 0.4
            return level + Double(number % 7) / 100
        }
        let exact = values.reduce(0, +) / 63
        for day in days { #expect(abs((day.1.value?.mean ?? 0) - exact) <= 0.005 + 1e-9) }
        let months = zip(weeks.engagement[2].periods, weeks.engagement[2].means).filter { $1.value != nil }
        #expect(months.map(\.0.start.iso) == ["2026-09-01"])
        #expect(weeks.engagement[1].course.p.absence != nil)
    }

    /// By hand: S = 10 of five figures, Var S = 5·4·15 ÷ 18, z = 9 ÷ 4.0825, two-sided.
    @Test func aCourseIsTestedOverItsGaps() throws {
        let course = MonotoneCourse([1, 2, 3, nil, 5, 6])
        #expect(abs(try #require(course.p.value) - 0.027_486) < 1e-5)
        #expect(course.slope.value == 1)
        #expect(MonotoneCourse([1, 2, nil, 3, 4]).p.absence == .tooFew(.periods, found: 4, needed: 5))
    }

    @Test func cohortsAreComparedByGoalsAndHours() throws {
        let pair = try #require(try result(facts()).pairs.first)
        // 30 people of 6 · 42 min on average, and 33 of 48.5 h together: 4.2 and 1.470 h, told in steps of 0.1.
        let hours = try #require(pair.hours.value)
        #expect(abs(abs(hours.difference) - 2.7) < 1e-9 && hours.pHolm < 1e-6)
        #expect(pair.goals.absence == .hidden)
    }

    /// 31 good and 32 neutral outcomes; small words are told with another of their kind, and none where two people have no outcome.
    @Test func outcomesAreToldByCategory() throws {
        func categories(_ change: @escaping (inout [PersonFact], Int) -> Void) throws -> [Answer<GuardedTable>] {
            try result(facts(change: change)).weeks.categories.map(\.table)
        }
        let whole = try categories { _, _ in }.map { $0.value }
        #expect(whole.map { $0?.columns } == [["good"], ["neutral"]])
        #expect(whole.map { $0?.rowTotals } == [[31], [32]])
        let pooled = try categories { rows, number in
            if number == 2 || number == 4 { rows[rows.count - 1].words[.category] = "positive" }
        }
        #expect(pooled[0].value?.columns == ["good or positive"] && pooled[0].value?.rowTotals == [31])
        let open = try categories { rows, number in if number < 2 { rows.removeLast() } }
        #expect(open.allSatisfy { $0.value == nil })
    }

    /// Five people, then six: from both means and numbers the newcomer's value is told no nearer than the others lie apart.
    @Test(arguments: [0.1, 0.35, 0.62, 0.9]) func twoNightsOfMeansDoNotTellANewcomer(value: Double) throws {
        let before = [0.2, 0.4, 0.5, 0.7, 0.8]
        let a = try #require(CohortGroups.mean(before, k: 5, level: 0.95).value)
        let b = try #require(CohortGroups.mean(before + [value], k: 5, level: 0.95).value)
        #expect(abs(a.mean - 0.52) <= 0.1 && CoarseMean.step(before) == 0.2)
        let reach = 6 * CoarseMean.step(before + [value]) / 2 + 5 * CoarseMean.step(before) / 2
        #expect(reach >= 0.6 && abs(6 * b.mean - 5 * a.mean - value) <= reach + 1e-9)
    }

    @Test(arguments: [(0.0, 5, 0.01), (0.04, 5, 0.01), (0.1, 5, 0.02), (4, 60, 0.1), (30, 10, 5)])
    func stepsFollowSpreadAndNumber(spread: Double, n: Int, step: Double) {
        #expect(abs(CoarseMean.step(spread: spread, n: n) - step) < 1e-12)
    }
}

@Suite("What of people cannot be told takes nothing else with it")
struct RefusedTableTests {
    private func result(_ facts: [PersonFact]) throws -> PeopleResult {
        try #require(
            PeopleResult(
                facts, scores: [], settings: PeopleSettings(), asOf: Day(number: 20_776), level: 0.95, earlier: [:]))
    }

    /// Twelve cohorts of exactly five, each with one success: four and one of five, of which one is hidden, can only be five or less.
    @Test("Outcomes that cannot be told leave the cohorts, their sizes and their means")
    func outcomes() throws {
        let result = try result(
            facts(60, and: 0) { rows, number in
                rows[0].words[.focus] = "focus \(number / 5)"
                for place in rows.indices where rows[place].kind == .outcome {
                    rows[place].words[.category] = number % 5 == 0 ? "good" : "neutral"
                }
            })
        #expect(result.success.table.absence == .notPublishable)
        #expect(result.cohorts.map(\.n) == Array(repeating: 5, count: 12))
        #expect(result.cohorts.allSatisfy { $0.engagement.value != nil && $0.success.absence == .notPublishable })
    }

    @Test("Without ages, regions and genders nothing is said to be hidden")
    func noAttributes() throws {
        #expect(try result(facts()).attributes.table.table.absence == .noRecords)
    }

    @Test("Two who have no session in the last days are not named by a rule, and hide nothing")
    func resting() throws {
        let result = try result(
            facts(60, and: 0) { rows, number in
                for place in rows.indices where rows[place].kind == .session {
                    rows[place].day = Day(number: number < 2 ? 20_700 : 20_770)
                    rows[place].measures[.minutes] = number >= 50 ? 130 : 40
                }
            })
        let long = try #require(result.triggers.first { $0.name == "a session above 120 minutes" })
        #expect(long.table.table.value?.rowTotals == [10, 50])
    }

    @Test("The names of small cohorts stay while tables stand")
    func standing() throws {
        let first = try result(facts())
        let next = try #require(
            PeopleResult(
                facts(61), scores: [], settings: PeopleSettings(), asOf: Day(number: 20_777), level: 0.95,
                earlier: first.releases))
        #expect(next.success.day == Day(number: 20_776))
        #expect(next.success.small == ["stress, low frequency, low engagement"])
    }

    /// 10 of 30 against 25 of 30: p = 0.000181 (SciPy 1.17.1, `fisher_exact([[10, 20], [25, 5]])`); success and no success, of one cohort and of
    /// the other, are one test, so that Holm has nothing to multiply.
    @Test("Success and no success of two cohorts are one test")
    func oneTest() throws {
        let counts = GuardedTable.Counts(
            rows: ["a", "b"], columns: ["success", "no success"], counts: [[10, 20], [25, 5]])
        let table = PublishedTable(
            name: "cohorts_success", table: .success(try #require(GuardedTable(counts, k: 5))),
            day: Day(number: 20_776),
            small: [])
        let patterns = CohortPattern.all([("outcome", table)], atLeast: 0.7)
        #expect(patterns.map(\.cohort) == ["a"] && patterns.map(\.column) == ["success"])
        #expect(abs(patterns[0].confidence - (1 - 0.000_181_000_062_444_596_6)) < 1e-12)
    }
}
