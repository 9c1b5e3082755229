import Model
import Partials
import Statistics
import Testing

@Suite struct PartialTableTests {
    static let tiny = SampleSizes(all: 20, group: 8, valuesPerDimension: 256)

    /// Three days with 30, 0 and 200 records.
    static func table(sizes: SampleSizes = .standard) -> (PartialTable, [RecordBatch]) {
        let days = [(0, 30), (2, 200)].map { offset, count in
            (SmallDay.day.advanced(by: offset), SmallDay.records(count, seed: UInt64(offset) + 40))
        }
        let period =
            Period(start: SmallDay.day, end: SmallDay.day.advanced(by: 3)) ?? Period(of: .day, containing: SmallDay.day)
        let table = PartialTable(
            catalogue: SmallDay.catalogue, period: period,
            days: days.map { day, records in
                DayPartials.make(day: day, records: records, catalogue: SmallDay.catalogue, sizes: sizes)
            }.reversed())
        return (table, days.map(\.1))
    }

    @Test func daysWithoutRecordsAreAbsent() {
        let (table, _) = Self.table()
        #expect(table.days == [SmallDay.day, SmallDay.day.advanced(by: 2)])
        #expect(table.series(metric: "errors", group: .all).map(\.partial.n) == [30, 200])
        let series = table.series(metric: "errors", group: .all)
        #expect(table.momentSeries(metric: "errors", group: .all).map(\.moments) == series.map(\.partial.moments))
        #expect(table.recordCount(day: SmallDay.day.advanced(by: 1)) == 0)
        #expect(table.recordCount(over: table.period) == 230)
    }

    @Test func mergingDaysIsThePartialOfAllRecords() throws {
        let (table, days) = Self.table()
        let metric = try #require(SmallDay.catalogue.metric(named: "score"))
        let values = days.flatMap { $0.metrics[0] ?? [] }
        let expected = try #require(Partial(of: values, bins: metric.bins))
        let found = try #require(table.merged(metric: "score", group: .all, over: table.period))
        #expect(found.counts == expected.counts)
        #expect(found.missing == expected.missing)
        #expect(found.minimum == expected.minimum && found.maximum == expected.maximum)
        #expect(abs(found.moments.m2 - expected.moments.m2) < 1e-10)
    }

    @Test func unknownNamesHaveNothing() {
        let (table, _) = Self.table()
        let nobody = Group.value(dimension: "tier", value: "nobody")
        #expect(table.merged(metric: "unknown", group: .all, over: table.period) == nil)
        #expect(table.merged(metric: "score", group: nobody, over: table.period) == nil)
        #expect(table.series(metric: "score", group: nobody).isEmpty)
        #expect(table.groups(of: "unknown").isEmpty)
        #expect(table.sample(group: nobody, over: table.period).count == 0)
        #expect(table.groups(of: "tier").count == 3)
    }

    @Test func aCompleteSampleHoldsEveryRecord() {
        let (table, days) = Self.table()
        let sample = table.sample(group: .all, over: table.period)
        #expect(sample.isComplete)
        #expect(Set(sample.records.keys) == Set(days.flatMap(\.keys)))
        #expect(sample.records.days == sample.records.days.sorted())
        for row in 0..<sample.count {
            let (batch, place) =
                days.lazy.compactMap { batch in
                    batch.keys.firstIndex(of: sample.records.keys[row]).map { (batch, $0) }
                }.first ?? (days[0], 0)
            #expect(sample.records.ids[row] == batch.ids[place])
            #expect(sample.values(metric: 1)[row] == batch.metrics[1]?[place])
            let code = Int(batch.dimensions[1]?[place] ?? 0)
            #expect(sample.value(dimension: 1, at: row) == (code > 0 ? batch.dictionaries[1][code] : nil))
        }
    }

    /// An incomplete sample is every record of the group below one rank, whatever its day.
    @Test(arguments: [nil, 1, 2, 3] as [UInt32?]) func anIncompleteSampleIsUniform(code: UInt32?) {
        let (table, days) = Self.table(sizes: Self.tiny)
        let group = code.map { Group.value(dimension: "tier", value: SmallDay.names[Int($0) - 1]) } ?? .all
        let sample = table.sample(group: group, over: table.period)
        let keys = days.flatMap { batch in
            batch.keys.indices.filter { code == nil || batch.dimensions[0]?[$0] == code }.map { batch.keys[$0] }
        }
        let limit = sample.records.keys.map { KeyRank.of($0) }.max() ?? 0
        #expect(!sample.isComplete && sample.count > 0)
        #expect(sample.population == keys.count)
        #expect(Set(sample.records.keys) == Set(keys.filter { KeyRank.of($0) <= limit }))
    }

    @Test func severalGroupsAtOnceAreTheSame() {
        let (table, _) = Self.table(sizes: Self.tiny)
        for (group, sample) in table.samples(groups: table.groups, over: table.period) {
            let alone = table.sample(group: group, over: table.period)
            #expect(sample.population == alone.population)
            #expect(sample.records.ids == alone.records.ids)
            #expect(sample.records.dimensions == alone.records.dimensions)
        }
    }

    @Test func aLimitLowersTheRankFurther() {
        let (table, _) = Self.table()
        let all = table.sample(group: .all, over: table.period).records.keys.map { KeyRank.of($0) }.sorted()
        let few = table.sample(group: .all, over: table.period, limit: 17)
        #expect(few.records.keys.map { KeyRank.of($0) }.sorted() == Array(all.prefix(17)))
    }

    @Test func recordsByWeekdayAndHour() {
        let (table, days) = Self.table()
        let volume = table.weekVolume(over: table.period)
        for (offset, batch) in zip([0, 2], days) {
            let weekday = SmallDay.day.advanced(by: offset).weekday
            let expected = (0..<24).map { hour in batch.minutes.count { $0 >= 0 && Int($0) / 60 == hour } }
            #expect(volume.counts[weekday] == expected)
            #expect(volume.withoutHour[weekday] == batch.minutes.count { $0 < 0 })
            #expect(volume.days[weekday] == 1)
        }
    }
}
