import Model
import Partials
import Testing

@testable import Analysis

/// The number of records a day: 60 on weekdays and 30 on weekend days, some more or fewer by a seeded chance.
@Suite struct VolumeTests {
    private static let days = 56

    private func analyses(seed: UInt64, count: (Int, Int) -> Int = { $1 }) throws -> ReportAnalyses {
        var noise = Noise(seed: seed)
        var rows: [Row] = []
        for day in 1...Self.days {
            let usual = november(day).weekday < 5 ? 60.0 : 30.0
            let number = count(day, Int((usual * (1 + 0.05 * noise.next())).rounded()))
            for _ in 0..<number { rows.append(Row(day: november(day), values: [0.5 + 0.1 * noise.next()])) }
        }
        var settings = AnalysisSettings()
        settings.forecastDays = 0
        settings.dipSimulations = 1
        return try analyse(
            table(rows, catalogue([score("quality")])), settings: settings, asOf: november(Self.days))
    }

    @Test func aDayWithFewRecordsIsNamed() throws {
        let made = try analyses(seed: 5) { day, usual in day == 30 ? usual * 2 / 5 : usual }
        let found = try #require(made.volumeBehaviour?.unusual.value)
        #expect(found.map(\.day) == [november(30)])
        #expect(found[0].score < -3.5 && Double(found[0].records) < found[0].expected / 2)
        #expect(!made.findings.contains { $0.kind == .volume })
    }

    /// Saturday and Sunday bring half of the other days: with a geometric mean of 60^(5/7) · 30^(2/7) = 49.2 that is −39 %.
    @Test func weekdaysAreTold() throws {
        let weekdays = try #require(try analyses(seed: 6).volumeBehaviour?.weekdays.value)
        #expect(weekdays.test.p < 1e-4 && weekdays.levels.count == 7)
        #expect(abs(weekdays.levels[5].offset + 0.39) < 0.03)
        #expect(abs(weekdays.levels[0].offset - 0.22) < 0.05)
    }

    @Test func aNightThatBringsATenthIsAFinding() throws {
        let made = try analyses(seed: 7) { day, usual in day == Self.days ? usual / 10 : usual }
        let found = try #require(made.findings.first { $0.kind == .volume })
        #expect(found.goodness == .worse && found.severity == .critical && found.period.start == november(Self.days))
        #expect(abs(found.estimate + 0.9) < 0.05 && found.interval?.contains(found.estimate) == true)
    }

    /// More than usual is worth a note and no alarm.
    @Test func aNightThatBringsTwiceAsMuchIsANote() throws {
        let made = try analyses(seed: 8) { day, usual in day == Self.days ? usual * 2 : usual }
        #expect(made.findings.first { $0.kind == .volume }?.severity == .note)
    }

    @Test func weekendsAreNoNews() throws {
        for seed in UInt64(20)..<30 { #expect(try !analyses(seed: seed).findings.contains { $0.kind == .volume }) }
    }

    /// A third of the records stays away from day 46 on: a factor of 2/3 is −33 %.
    @Test func aServiceThatGoesSilentIsTold() throws {
        let made = try analyses(seed: 9) { day, usual in day >= 46 ? Int((Double(usual) * 2 / 3).rounded()) : usual }
        let found = try #require(made.findings.first { $0.kind == .levelShift && $0.subject == .records(.all) })
        #expect(found.period.start == november(46) && found.goodness == .worse && found.severity == .note)
        #expect(abs(found.estimate + 1.0 / 3) < 0.04 && found.interval?.contains(-1.0 / 3) == true)
        #expect(made.test(of: found)?.method == .lastingShift && found.partOf == nil)
        #expect(found.n == made.coverage.records)
    }

    /// Two months of the usual tell no step.
    @Test func theUsualIsNoStep() throws {
        for seed in UInt64(30)..<50 {
            #expect(try !analyses(seed: seed).findings.contains { $0.subject == .records(.all) })
        }
    }

    /// The newest night of a step is part of it.
    @Test func aNightOfAStepIsItsPart() throws {
        let made = try analyses(seed: 10) { day, usual in day >= 54 ? usual / 4 : usual }
        let night = try #require(made.findings.first { $0.kind == .volume })
        let shift = try #require(made.findings.first { $0.kind == .levelShift && $0.subject == .records(.all) })
        #expect(night.partOf == shift.id && shift.parts == 1)
    }
}
