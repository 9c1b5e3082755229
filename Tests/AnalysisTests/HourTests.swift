import Model
import Partials
import Testing

@testable import Analysis

@Suite struct HourTests {
    /// Forty records at 9 o'clock and forty at 15, later ones 0.2 higher, three at 22, and two without a time of day; five
    /// days in turn, each 0.05 above the one before.
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
            batch.days.append(november(1 + place % 5).number)
            values.append(
                0.3 + Double(place * 37 % 41) / 100 + (place >= 40 && place < 80 ? shift : 0)
                    + Double(place % 5) * 0.05)
        }
        batch.metrics[0] = values
        return (RecordSample(population: 85, records: batch), metric)
    }

    @Test func hoursAreComparedWhereThereAreEnoughValues() throws {
        let (sample, metric) = try Self.sample()
        let profile = try HourProfile.of(metric, at: 0, sample, settings: AnalysisSettings()).get()
        #expect(profile.levels.map(\.hour) == [9, 15] && profile.levels.map(\.n) == [40, 40])
        #expect(profile.n == 80 && profile.exactness == .exact)
        // scipy.stats.kruskal of the two hours' distances from the means of their days, and numpy means of them.
        #expect(near(profile.test.statistic, 38.648524067431) && near(profile.test.p * 1e10, 5.074161301633556, 1e-6))
        #expect(near(profile.levels[0].mean, 0.6019333805811481) && near(profile.levels[1].mean, 0.8009333805811482))
        #expect(near(profile.epsilonSquared, 38.648524067431 / 79))
    }

    /// Each hour has its own days and days differ: the difference may be the days'.
    @Test func daysAtOtherHoursAreNotHours() throws {
        let (sample, metric) = try Self.sample(shift: 0.4)
        var records = sample.records
        for place in records.days.indices { records.days[place] = november(1 + place / 10).number }
        let found = HourProfile.of(
            metric, at: 0, RecordSample(population: 85, records: records), settings: AnalysisSettings())
        // scipy.stats.kruskal of the distances, rounded to twelve decimals.
        #expect(try near(found.get().test.p, 0.06435823142504069, 1e-9))
        for place in records.days.indices { records.days[place] = november(1).number }
        #expect(
            HourProfile.of(
                metric, at: 0, RecordSample(population: 85, records: records), settings: AnalysisSettings()
            ).absence == .tooFew(.periods, found: 1, needed: 5))
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
