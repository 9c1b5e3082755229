import Model
import Testing

@testable import Analysis

/// Expected numbers: scipy 1.17.1 on the same values.
@Suite struct ImprovementTests {
    /// Days 1 to 30, four records each: 0.5 + ((37 d + 61 j) mod 19) / 100, and 0.06 more from day 21.
    static let rows: [Row] = (1...30).flatMap { day -> [Row] in
        (0..<4).map { record -> Row in
            let scatter = Double((day * 37 + record * 61) % 19) / 100
            return Row(day: november(day), values: [0.5 + scatter + (day >= 21 ? 0.06 : 0)])
        }
    }

    static func intervention(metric: String? = "quality", start: Int = 21, end: Int? = nil) -> Intervention {
        Intervention(
            id: "INT-1", name: "Shorter greetings", kind: "process change", metric: metric, scope: .all,
            start: november(start), end: end.map(november), expectedChange: 0.05, status: .active)
    }

    static func measurement(day: Int, change: Double?) -> Measurement {
        Measurement(
            id: "M\(day)", intervention: "INT-1", day: november(day), baseline: 0.59,
            current: change == nil ? 0.99 : nil, change: change, sampleSize: 16)
    }

    static func result(
        _ intervention: Intervention, _ measurements: [Measurement] = []
    ) throws -> ImprovementResult {
        let made = try analyse(
            table(rows, catalogue([score("quality")])), asOf: november(30), interventions: [intervention],
            measurements: measurements)
        return try #require(made.improvements.first)
    }

    @Test func beforeAndAfter() throws {
        let found = try Self.result(Self.intervention())
        #expect(found.after == Period(start: november(21), end: november(31)))
        #expect(found.before == Period(start: november(-9), end: november(21)))
        let figures = try found.figures.get()
        #expect((figures.before.n, figures.after.n) == (80, 40))
        // stats.ttest_ind(after, before, equal_var=False)
        #expect(near(figures.difference, 0.05962500000000004))
        #expect(try near(figures.welch.get().p * 1e6, 1.0293605093583752, 1e-8))
        // on daily means, φ = 0.3477296 being that of the segmented regression (expected residual correlation solved with
        // scipy.optimize.brentq), scipy.stats.t.ppf
        let byDay = try figures.byDay.get()
        #expect(near(byDay.interval.low, 0.04060040512333884, 1e-8))
        #expect(near(byDay.interval.high, 0.07864959487666079, 1e-8))
        // stats.mannwhitneyu(after, before)
        #expect(try near(figures.mannWhitney.get().statistic, 2433.5))
        #expect(try near(figures.mannWhitney.get().p * 1e6, 3.477759735949918, 1e-7))
        #expect(near(found.targetAchievement, 0.059625 / 0.05))
    }

    /// Sixty days of eight records: scatter, and by day something that depends on whether it is after day 30.
    static func stands(_ level: @escaping (Int) -> Double) throws -> (claimed: Bool, confirmed: Bool?, p: Double) {
        let rows = (1...60).flatMap { day in
            (0..<8).map { record -> Row in
                let scatter = Double((day * 31 + record * 17 + day * day * 7) % 23) / 230
                return Row(day: november(day), values: [0.3 + scatter + level(day)])
            }
        }
        let made = try analyse(
            table(rows, catalogue([score("quality")])), asOf: november(60),
            interventions: [Self.intervention(start: 31)])
        let found = try #require(made.improvements.first)
        return (
            found.isClaimed(made.settings), found.isConfirmed(made.settings), try found.figures.get().byDay.get().test.p
        )
    }

    /// What climbs from the start on has an effect, although days that climb look like days that follow each other;
    /// what climbed all along has none, although the days after lie higher.
    @Test func aSlopeIsAnEffectUnlessItWasThereBefore() throws {
        let planted = try Self.stands { $0 > 30 ? Double($0 - 30) * 0.008 : 0 }
        #expect(planted.claimed && planted.confirmed == true && planted.p < 0.001, "\(planted)")
        let before = try Self.stands { Double($0) * 0.004 }
        #expect(!before.claimed && before.confirmed == false && before.p < 0.001)
        let nothing = try Self.stands { _ in 0 }
        #expect(!nothing.claimed)
    }

    @Test func measurementsAreCheckedAgainstOurOwn() throws {
        let found = try Self.result(
            Self.intervention(),
            [Self.measurement(day: 24, change: nil), Self.measurement(day: 23, change: 0.06)])
        #expect(found.measurements.map(\.measurement.id) == ["M23", "M24"])
        #expect(found.measurements.map(\.faults) == [[], [.change]])
        #expect(near(found.measurements[1].suppliedChange, 0.4))
    }

    @Test func whatHasNotBegunHasNoAfter() throws {
        let found = try Self.result(Self.intervention(start: 40))
        #expect(found.after.length == 0 && found.figures.absence == .notBegun)
    }

    @Test func anUnknownMetricIsNotDeclared() throws {
        for metric in [nil, "mood"] {
            let found = try Self.result(Self.intervention(metric: metric))
            #expect(found.subject == nil && found.figures.absence == .notDeclared)
        }
    }

    @Test func aShortInterventionIsTooFew() throws {
        let found = try Self.result(Self.intervention(end: 22))
        #expect(found.after.length == 2)
        #expect(found.figures.absence == .tooFew(.records, found: 8, needed: 30))
    }

    @Test func measurementsOfUnknownInterventionsComeBack() throws {
        var stray = Self.measurement(day: 24, change: 0.1)
        stray.intervention = "INT-9"
        let made = try analyse(
            table(Self.rows, catalogue([score("quality")])), asOf: november(30),
            interventions: [Self.intervention()], measurements: [stray])
        #expect(made.strayMeasurements == [stray])
        #expect(made.improvements.first?.measurements.isEmpty == true)
    }
}
