import Model
import Samples
import Testing

@Suite struct SampleExportsTests {
    private func files(_ plan: SamplePlan) -> (files: [String: [UInt8]], truth: SampleTruth) {
        var files: [String: [UInt8]] = [:]
        let truth = SampleExports(plan: plan).write { (name: String, bytes: [UInt8]) in files[name] = bytes }
        return (files, truth)
    }

    private func plan(
        sessions: Int = 700, days: Int = 35, seed: UInt64 = 3, format: SamplePlan.Format = .csv,
        split: SamplePlan.Split = .whole
    ) throws -> SamplePlan {
        let end = try #require(Day(iso: "2026-11-19"))
        return try #require(
            SamplePlan(sessions: sessions, days: days, end: end, seed: seed, format: format, split: split))
    }

    @Test func theSamePlanGivesTheSameBytes() throws {
        #expect(files(try plan()).files == files(try plan()).files)
        #expect(files(try plan()).files != files(try plan(seed: 4)).files)
    }

    @Test func rowsAreCounted() throws {
        let (files, truth) = files(try plan())
        let lines = { (name: String) in (files[name] ?? []).count { $0 == 0x0A } }
        #expect(lines("sessions.csv") == 701 && truth.sessions == 700)
        #expect(lines("quality.csv") == truth.graded + 1)
        #expect(truth.sessionsByTier.values.reduce(0, +) == 700)
    }

    @Test(arguments: [(SamplePlan.Split.day, 35), (.month, 2), (.whole, 1)]) func splits(
        split: SamplePlan.Split, count: Int
    ) throws {
        let names = files(try plan(split: split)).files.keys.filter { $0.hasPrefix("sessions") }
        #expect(names.count == count)
    }

    @Test func addingDaysChangesNoEarlierDay() throws {
        let end = try #require(Day(iso: "2026-11-19"))
        let short = try #require(SamplePlan(sessions: 700, days: 35, end: end, seed: 3, split: .day))
        #expect(short.day(at: 0) == end.advanced(by: -34) && short.day(at: 1) == end)
        #expect(SamplePlan(sessions: 5, days: 6, end: end, seed: 1) == nil)
        #expect(SamplePlan(sessions: 5, days: 0, end: end, seed: 1) == nil)
    }
}
