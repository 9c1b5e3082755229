import Model
import Partials
import Testing

@testable import Analysis

@Suite struct HourTests {
    /// Forty records at 9 o'clock and forty at 15, later ones 0.2 higher, three at 22, and two without a time of day.
    private static func sample(shift: Double = 0.2) throws -> (RecordSample, Metric) {
        let metric = try score("quality")
        let catalogue = try catalogue([metric])
        var batch = RecordBatch(table: "test", catalogue: catalogue)
        var values: [Double] = []
        for place in 0..<85 {
            let minute: Int16 =
                place < 40 ? 9 * 60 + 59 : place < 80 ? 15 * 60 : place < 83 ? 22 * 60 : RecordBatch.noMinute
            batch.minutes.append(minute)
            batch.keys.append(UInt64(place))
            batch.times.append(0)
            batch.days.append(november(1).number)
            values.append(0.3 + Double(place * 37 % 41) / 100 + (place >= 40 && place < 80 ? shift : 0))
        }
        batch.metrics[0] = values
        return (RecordSample(population: 85, records: batch), metric)
    }

    @Test func hoursAreComparedWhereThereAreEnoughValues() throws {
        let (sample, metric) = try Self.sample()
        let profile = try HourProfile.of(metric, at: 0, sample, settings: AnalysisSettings()).get()
        #expect(profile.levels.map(\.hour) == [9, 15] && profile.levels.map(\.n) == [40, 40])
        #expect(profile.n == 80 && profile.exactness == .exact)
        // scipy.stats.kruskal of the two hours; numpy means.
        #expect(near(profile.test.statistic, 32.56696325994706) && near(profile.test.p, 1.1515563796073389e-08, 1e-7))
        #expect(near(profile.levels[0].mean, 0.5039999999999999) && near(profile.levels[1].mean, 0.703))
        #expect(near(profile.epsilonSquared, 32.56696325994706 / 79))
    }

    @Test func withoutTimesOfDayThereIsNoProfile() throws {
        let (sample, metric) = try Self.sample()
        var records = sample.records
        records.minutes = records.minutes.map { _ in RecordBatch.noMinute }
        let found = HourProfile.of(
            metric, at: 0, RecordSample(population: 85, records: records), settings: AnalysisSettings())
        #expect(found.absence == .undefined("no_time_of_day"))
        var few = AnalysisSettings()
        few.minimumHour = 41
        #expect(
            HourProfile.of(metric, at: 0, sample, settings: few).absence == .tooFew(.groups, found: 0, needed: 2))
    }
}
