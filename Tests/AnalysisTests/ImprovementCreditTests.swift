import Model
import Testing

@testable import Analysis

/// What an intervention is credited with, beside a control group and beside other interventions. Expected numbers: means
/// of the rows themselves.
@Suite struct ImprovementCreditTests {
    static let tiers = ["gold", "basic"]

    static func value(_ day: Int, _ record: Int, _ tier: Int) -> Double {
        let shift: Int = tier * 13 * (day % 5)
        let place: Int = day * 31 + record * 17 + day * day * 7 + shift
        return 0.3 + Double(place % 23) / 230
    }

    /// Sixty days of four records in each tier; from day 31 on each tier lies higher by its step.
    static func rows(gold: Double, basic: Double) -> [Row] {
        var rows: [Row] = []
        for day in 1...60 {
            for record in 0..<8 {
                let tier = record % 2
                let step: Double = day < 31 ? 0 : [gold, basic][tier]
                rows.append(
                    Row(day: november(day), values: [value(day, record, tier) + step], groups: [tiers[tier]]))
            }
        }
        return rows
    }

    /// (after − before) in gold less the same in basic: every day has as many records, so plain means.
    static func byHand(_ rows: [Row]) -> Double {
        func mean(_ tier: String, _ isAfter: Bool) -> Double {
            var values: [Double] = []
            for row in rows where row.groups[0] == tier && (row.day >= november(31)) == isAfter {
                values += row.values.compactMap { $0 }
            }
            return values.reduce(0, +) / Double(values.count)
        }
        let gold: Double = mean("gold", true) - mean("gold", false)
        let basic: Double = mean("basic", true) - mean("basic", false)
        return gold - basic
    }

    static func intervention(
        _ id: String = "I", scope: Group = .value(dimension: "tier", value: "gold"), start: Int = 31,
        end: Int? = nil, status: Intervention.Status = .active
    ) -> Intervention {
        Intervention(
            id: id, name: id, kind: "training", metric: "quality", scope: scope, start: november(start),
            end: end.map(november), expectedChange: 0.1, status: status)
    }

    static func analysed(
        _ rows: [Row], _ interventions: [Intervention], _ measurements: [Measurement] = []
    ) throws -> ReportAnalyses {
        try analyse(
            table(rows, catalogue([score("quality")], by: ["tier"])), asOf: november(60),
            interventions: interventions, measurements: measurements)
    }

    @Test func whatTheControlGroupHadAsWellIsNobodysEffect() throws {
        let rows = Self.rows(gold: 0.1, basic: 0.1)
        let made = try Self.analysed(rows, [Self.intervention()])
        let found = try #require(made.improvements.first)
        let credit = try found.credit.get()
        #expect(credit.basis == .control && near(credit.estimate, Self.byHand(rows), 1e-6))
        #expect(credit.interval?.contains(0) == true)
        // The days before and after differ beyond doubt, but those of the others do as well.
        #expect(try found.figures.get().byDay.get().test.p < 1e-6)
        #expect(!found.isClaimed(made.settings) && found.outcome == .unclear)
        #expect(near(found.targetAchievement, Self.byHand(rows) / 0.1, 1e-6))
        let rates = made.rollUp()
        #expect(rates.judged == 1 && rates.claimed == 0 && rates.succeeded == 0 && rates.reached == 0)
        #expect(!made.findings.contains { $0.kind == .intervention })
    }

    @Test func whatTheScopeAloneHasIsClaimed() throws {
        let rows = Self.rows(gold: 0.1, basic: 0)
        let made = try Self.analysed(rows, [Self.intervention()])
        let found = try #require(made.improvements.first)
        #expect(try near(found.credit.get().estimate, Self.byHand(rows), 1e-6))
        #expect(found.isClaimed(made.settings) && found.outcome == .held && found.seenFollowUps == [7, 14, 28])
        let claim = try #require(made.findings.first { $0.kind == .intervention })
        #expect(near(claim.estimate, Self.byHand(rows), 1e-6))
    }

    /// A change of the others is no change of the scope: it lies lower than they do, although it stayed where it was.
    @Test func aChangeOfTheOthersAloneTurnsTheSign() throws {
        let rows = Self.rows(gold: 0, basic: 0.1)
        let found = try #require(try Self.analysed(rows, [Self.intervention()]).improvements.first)
        let figures = try found.figures.get()
        #expect(abs(figures.difference) < 0.02)
        #expect(try near(found.credit.get().estimate, Self.byHand(rows), 1e-6))
        #expect(try found.credit.get().estimate < -0.08)
    }

    /// Sixty days on which gold has two or twelve records, basic four: gold lies higher on its large days, and basic higher on
    /// each third one. By hand: means over gold's records, and basic's means of each day counted as often.
    @Test func whatIsShownAddsUp() throws {
        var rows: [Row] = []
        for day in 1...60 {
            let size: Int = day % 2 == 0 ? 12 : 2
            let step: Double = day < 31 ? 0 : 0.1
            for record in 0..<size {
                let value: Double = Self.value(day, record, 0) + step + (day % 2 == 0 ? 0.05 : 0)
                rows.append(Row(day: november(day), values: [value], groups: ["gold"]))
            }
            for record in 0..<4 {
                let value: Double = Self.value(day, record, 1) + (day % 3 == 0 ? 0.1 : 0) + (day == 40 ? 0.2 : 0)
                rows.append(Row(day: november(day), values: [value], groups: ["basic"]))
            }
        }
        func means(_ days: ClosedRange<Int>) -> (gold: Double, basic: Double) {
            var (gold, basic, n) = (0.0, 0.0, 0.0)
            for day in days {
                let here = rows.filter { $0.day == november(day) }
                let own = here.filter { $0.groups[0] == "gold" }.compactMap { $0.values[0] }
                let others = here.filter { $0.groups[0] == "basic" }.compactMap { $0.values[0] }
                gold += own.reduce(0, +)
                basic += others.reduce(0, +) / Double(others.count) * Double(own.count)
                n += Double(own.count)
            }
            return (gold / n, basic / n)
        }
        let (before, after) = (means(1...30), means(31...60))
        let found = try #require(try Self.analysed(rows, [Self.intervention()]).improvements.first)
        let control = try found.control.get()
        #expect(try near(found.figures.get().difference, after.gold - before.gold, 1e-6))
        #expect(near(control.treatedChange, after.gold - before.gold, 1e-6))
        #expect(near(control.controlChange, after.basic - before.basic, 1e-6))
        let own: Double = after.gold - before.gold
        #expect(try near(found.credit.get().estimate, own - (after.basic - before.basic), 1e-6))
    }

    /// Gold falls by 0.1 where a rise was expected: it stands and lasts, and is neither a success nor of the size hoped for.
    @Test func theWrongWayIsNoSuccess() throws {
        let made = try Self.analysed(Self.rows(gold: -0.1, basic: 0), [Self.intervention()])
        let found = try #require(made.improvements.first)
        #expect(found.isClaimed(made.settings) && found.outcome == .held)
        #expect(try abs(found.credit.get().standardised ?? 0) > 0.2)
        let rates = made.rollUp()
        #expect(rates.claimed == 1 && rates.succeeded == 0 && rates.practical == 0)
        let hoped = try Self.analysed(Self.rows(gold: 0.1, basic: 0), [Self.intervention()])
        #expect(hoped.rollUp().succeeded == 1 && hoped.rollUp().practical == 1)
    }

    /// Gold lies 0.4 above basic and neither moves; from day 31 on seven of eight records are gold, before two. By hand: shares of
    /// gold 1/4 and 7/8, so mix is 5/8 · 0.4 = 0.25 up to the scatter, and nothing happens within.
    @Test func anotherMakeUpIsNoSuccess() throws {
        var rows: [Row] = []
        for day in 1...60 {
            for record in 0..<8 {
                let isGold = record < (day < 31 ? 2 : 7)
                let value: Double = Self.value(day, record, 0) + (isGold ? 0.4 : 0)
                rows.append(Row(day: november(day), values: [value], groups: [isGold ? "gold" : "basic"]))
            }
        }
        let made = try Self.analysed(rows, [Self.intervention(scope: .all)])
        let found = try #require(made.improvements.first)
        #expect(found.isClaimed(made.settings) && found.targetAchievement ?? 0 > 2)
        let makeUp = try #require(found.makeUp)
        #expect(makeUp.dimension == "tier" && abs(makeUp.drivers.mix - 0.25) < 0.02)
        #expect(try near(makeUp.drivers.change, found.figures.get().difference, 1e-6))
        #expect(near(makeUp.drivers.mix + makeUp.drivers.within, makeUp.drivers.change, 1e-6))
        let rates = made.rollUp()
        #expect(rates.claimed == 1 && rates.succeeded == 0 && rates.reached == 0)
        let claim = try #require(made.findings.first { $0.kind == .intervention })
        #expect(made.makeUps[claim.id] == makeUp)
        let real = try Self.analysed(Self.rows(gold: 0.1, basic: 0.1), [Self.intervention(scope: .all)])
        #expect(real.improvements.first?.makeUp == nil && real.rollUp().succeeded == 1)
    }

    /// What the follow-ups show and the whole report does not let stand has not held.
    @Test func whatDoesNotStandHasNotHeld() throws {
        let made = try Self.analysed(Self.rows(gold: 0.1, basic: 0), [Self.intervention()])
        var found = try #require(made.improvements.first)
        #expect(found.outcome == .held)
        found.updateCreditedTest { $0.pAdjusted = 0.06 }
        found.settleOutcome(made.settings)
        #expect(found.outcome == .unclear)
    }

    @Test func whatCannotBeToldApartCountsForNeither() throws {
        let made = try Self.analysed(
            Self.rows(gold: 0.1, basic: 0.1),
            [
                Self.intervention("A", scope: .all), Self.intervention("B", scope: .all, start: 33),
                Self.intervention("C", scope: .all, status: .cancelled), Self.intervention("D", status: .planned),
            ])
        #expect(made.improvements.map(\.sharedWith) == [["B"], [], [], ["A"]])
        #expect(made.improvements.map(\.intervention.id) == ["A", "C", "D", "B"])
        let rates = made.rollUp()
        #expect(rates.interventions == 4 && rates.shared == 2 && rates.idle == 2 && rates.judged == 0)
    }

    /// Two groups changed at once are each a part of the other's control.
    @Test func aChangedControlGroupCountsForNeither() throws {
        let made = try Self.analysed(
            Self.rows(gold: 0.1, basic: 0.1),
            [
                Self.intervention("G"), Self.intervention("B", scope: .value(dimension: "tier", value: "basic")),
                Self.intervention("nobody", scope: .value(dimension: "tier", value: "lead")),
            ])
        #expect(made.improvements.map(\.intervention.id) == ["B", "G", "nobody"])
        #expect(made.improvements.map(\.sharedWith) == [["G"], ["B"], []])
        #expect(made.improvements[2].figures.absence == .noRecords)
    }

    @Test func groupsOverlapUnlessTheyNameDifferentValues() {
        let gold = Group.value(dimension: "tier", value: "gold")
        let voice = Group.pair(first: "tier", firstValue: "basic", second: "channel", secondValue: "voice")
        #expect(gold.overlaps(.all) && Group.all.overlaps(gold) && gold.overlaps(gold))
        #expect(gold.overlaps(.value(dimension: "channel", value: "voice")))
        #expect(!gold.overlaps(voice) && !voice.overlaps(gold))
    }

    @Test func whatLastsFromLongBeforeIsToldApart() throws {
        let made = try Self.analysed(
            Self.rows(gold: 0.1, basic: 0.1),
            [Self.intervention("old", scope: .all, start: -40), Self.intervention("new", scope: .all)])
        // The old one's days after hold the start of the new one; the new one's days hold neither end of the old one.
        #expect(made.improvements.last?.sharedWith == [])
    }

    @Test func whatIsNotCarriedOutIsNotJudged() throws {
        let made = try Self.analysed(
            Self.rows(gold: 0.1, basic: 0),
            [
                Self.intervention("gone", status: .cancelled), Self.intervention("planned", status: .planned),
                Self.intervention("later", start: 70),
            ])
        #expect(made.improvements.map(\.figures.absence) == [.cancelled, .notBegun, .notBegun])
        #expect(made.improvements.flatMap(\.followUps).allSatisfy { $0.change.value == nil })
        #expect(made.rollUp().judged == 0 && made.rollUp().idle == 3)
        #expect(!made.findings.contains { $0.kind == .intervention })
    }

    static func measured(
        _ id: String, day: Int, baseline: Double? = nil, current: Double? = nil, change: Double? = nil, n: Int? = nil
    ) -> Measurement {
        Measurement(
            id: id, intervention: "I", day: november(day), baseline: baseline, current: current, change: change,
            sampleSize: n)
    }

    @Test func measurementsAreRecomputed() throws {
        let rows = Self.rows(gold: 0.1, basic: 0)
        var own: [Double] = []
        for row in rows where row.day == november(40) && row.groups[0] == "gold" {
            own += row.values.compactMap { $0 }
        }
        let mean: Double = own.reduce(0, +) / Double(own.count)
        let made = try Self.analysed(
            rows, [Self.intervention()],
            [
                Self.measured("a", day: 40, current: mean, n: 4), Self.measured("b", day: 40, current: mean, n: 5),
                Self.measured("c", day: 40, current: 0.9, n: 4),
                Self.measured("d", day: 41, baseline: 0.33, current: 0.43, change: 0.2),
                Self.measured("e", day: 41, baseline: 0.33, current: 0.43, change: 0.1, n: 9_999),
                Self.measured("f", day: 20, baseline: 0.33, current: 0.43, change: 0.1),
            ])
        let checks = try #require(made.improvements.first).measurements
        let faults = Dictionary(uniqueKeysWithValues: checks.map { ($0.measurement.id, $0.faults) })
        #expect(
            faults == [
                "a": [], "b": [.records], "c": [.value], "d": [.change, .arithmetic], "e": [.records], "f": [],
            ])
        let value = try #require(checks.first { $0.measurement.id == "a" })
        #expect(try near(value.ownValue.get().mean, mean) && value.ownRecords == 4)
        #expect(checks.first { $0.measurement.id == "f" }?.ownChange.absence == .beforeStart)
    }
}
