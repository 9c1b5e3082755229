import Model
import Partials
import Statistics
import Testing

@Suite struct DayPartialsTests {
    static let tiny = SampleSizes(all: 20, group: 8, valuesPerDimension: 256)

    /// Every cell is what the plain definition gives: filter the group, drop what is missing, compute.
    @Test(arguments: [0, 1, 2, 50, 700, 3000]) func cellsAgreeWithTheDefinition(count: Int) throws {
        let records = SmallDay.records(count, seed: UInt64(count))
        let partials = SmallDay.make(records)
        for group in partials.groups {
            let rows = (0..<count).filter { belongs($0, to: group, in: records) }
            #expect(partials.recordCount(of: group) == rows.count)
            for (place, metric) in SmallDay.catalogue.metrics.enumerated() {
                let column = try #require(records.metrics[place])
                let expected = Partial(of: rows.map { column[$0] }, bins: metric.bins)
                let found = partials.partial(metric: metric.name, group: group)
                #expect((found == nil) == (expected == nil))
                guard let expected, let found else { continue }
                expectSame(found, expected)
            }
        }
    }

    @Test func everyValueOfEveryDimensionIsAGroup() {
        let partials = SmallDay.make(SmallDay.records(500, seed: 4))
        #expect(partials.groups.first == .all)
        #expect(partials.groups.count == 1 + 3 + 5 + 15)
        #expect(partials.groups == partials.groups.sorted())
        #expect(partials.recordCount(of: .value(dimension: "tier", value: "nowhere")) == 0)
    }

    /// An outline says of all records and of single dimensions what the day says.
    @Test func anOutlineLeavesOutPairsAndTheSampleOnly() {
        let partials = SmallDay.make(SmallDay.records(500, seed: 4))
        let outline = partials.kept(.counts)
        #expect(outline.groups == partials.groups.filter { !$0.isPair })
        #expect(outline.groups.count == 1 + 3 + 5)
        for group in outline.groups {
            #expect(outline.recordCount(of: group) == partials.recordCount(of: group))
            #expect(outline.hourCounts(of: group) == partials.hourCounts(of: group))
            for metric in SmallDay.catalogue.metrics {
                #expect(
                    outline.partial(metric: metric.name, group: group)
                        == partials.partial(metric: metric.name, group: group))
            }
        }
        #expect(outline.kept(.counts) == outline)
        #expect(SmallDay.make(SmallDay.records(0, seed: 4)).kept(.counts).groups == [.all])
        #expect(partials.kept(.all) == partials)
    }

    /// Of a day that only series reach numbers, means and extremes are at hand.
    @Test func seriesHaveTheSameMoments() {
        let partials = SmallDay.make(SmallDay.records(500, seed: 4))
        let series = partials.kept(.series)
        #expect(series == partials.kept(.counts).kept(.series))
        for group in partials.groups where !group.isPair {
            #expect(series.recordCount(of: group) == partials.recordCount(of: group))
            for metric in SmallDay.catalogue.metrics {
                #expect(
                    series.moments(metric: metric.name, group: group)
                        == partials.moments(metric: metric.name, group: group))
            }
        }
    }

    @Test func theOrderOfRecordsDoesNotMatter() {
        let records = SmallDay.records(900, seed: 6)
        var generator = SeededGenerator(seed: 1)
        let shuffled = records.rows((0..<Int32(900)).shuffled(using: &generator))
        #expect(SmallDay.make(records).encoded() == SmallDay.make(shuffled).encoded())
    }

    @Test(arguments: [tiny, .standard], [(10, 0), (10, 7), (300, 200), (1500, 40)])
    func shardsAddUpToTheWhole(sizes: SampleSizes, counts: (Int, Int)) throws {
        let (a, b) = (SmallDay.records(counts.0, seed: 21), SmallDay.records(counts.1, seed: 22))
        var both = a
        both.append(b)
        let merged = try SmallDay.make(a, sizes: sizes).merged(with: SmallDay.make(b, sizes: sizes))
        let whole = SmallDay.make(both, sizes: sizes)
        #expect(merged.groups == whole.groups)
        let table = [merged, whole].map {
            PartialTable(
                catalogue: SmallDay.catalogue, period: Period(of: .day, containing: SmallDay.day), days: [$0])
        }
        for group in whole.groups {
            #expect(merged.recordCount(of: group) == whole.recordCount(of: group))
            #expect(merged.hourCounts(of: group) == whole.hourCounts(of: group))
            let samples = table.map { $0.sample(group: group, over: $0.period) }
            #expect(samples[0].records.keys == samples[1].records.keys)
            #expect(samples[0].population == samples[1].population)
            for metric in SmallDay.catalogue.metrics {
                let found = merged.partial(metric: metric.name, group: group)
                let expected = whole.partial(metric: metric.name, group: group)
                #expect((found == nil) == (expected == nil))
                if let found, let expected { expectSame(found, expected) }
            }
        }
    }

    @Test func daysAndCataloguesThatDifferAreNotAdded() {
        let one = SmallDay.make(SmallDay.records(5, seed: 1))
        let other = DayPartials.make(
            day: Day(number: 1), records: SmallDay.records(5, seed: 2), catalogue: SmallDay.catalogue)
        #expect(throws: MergeFailure.differentDays) { try one.merged(with: other) }
        let resized = SmallDay.make(SmallDay.records(5, seed: 2), sizes: Self.tiny)
        #expect(throws: MergeFailure.differentCatalogues) { try one.merged(with: resized) }
    }

    @Test func tooManyValuesAreLeftOutAndSaid() {
        let sizes = SampleSizes(all: 512, group: 128, valuesPerDimension: 2)
        let partials = SmallDay.make(SmallDay.records(500, seed: 9), sizes: sizes)
        #expect(partials.valuesLeftOut == [1, 3])
        #expect(partials.groups.count == 1 + 2 + 2 + 4)
        #expect(throws: MergeFailure.valuesLeftOut(dimension: "tier")) { try partials.merged(with: partials) }
    }

    /// Texts that are equal as Unicode but not as bytes are one group, not a crash.
    @Test func equalTextsInTwoSpellingsAreOneGroup() {
        var records = SmallDay.records(40, seed: 3)
        records.dictionaries[0] = ["", "e\u{301}", "\u{E9}", "z"]
        let partials = SmallDay.make(records)
        let both = (0..<40).count { [1, 2].contains(records.dimensions[0]?[$0] ?? 0) }
        #expect(partials.recordCount(of: .value(dimension: "tier", value: "\u{E9}")) == both)
    }

    @Test(arguments: [0, 3, 400]) func encodingComesBack(count: Int) throws {
        let partials = SmallDay.make(SmallDay.records(count, seed: 31), sizes: Self.tiny)
        #expect(try DayPartials(partials.encoded()) == partials)
        #expect(try DayPartials(trusted: partials.encoded()) == partials)
    }

    @Test func damagedBytesAreRefusedOrHarmless() throws {
        let encoded = SmallDay.make(SmallDay.records(60, seed: 8), sizes: Self.tiny).encoded()
        var generator = SeededGenerator(seed: 2)
        for length in stride(from: 0, to: encoded.cells.count, by: 7) {
            #expect(throws: DecodingFailure.self) {
                try DayPartials(
                    EncodedDay(
                        cells: Array(encoded.cells.prefix(length)), counts: encoded.counts, sample: encoded.sample))
            }
        }
        for round in 0..<300 {
            var parts = [encoded.cells, encoded.counts, encoded.sample]
            let place = Int.random(in: 0..<parts[round % 3].count, using: &generator)
            parts[round % 3][place] ^= UInt8.random(in: 1...255, using: &generator)
            let damaged = EncodedDay(cells: parts[0], counts: parts[1], sample: parts[2])
            let read = try? DayPartials(damaged)  // either is fine
            // What is accepted can be asked for everything.
            for group in read?.groups ?? [] {
                for metric in read?.metrics ?? [] { _ = read?.partial(metric: metric.name, group: group) }
            }
        }
    }

    private func belongs(_ row: Int, to group: Group, in records: RecordBatch) -> Bool {
        func value(_ dimension: String) -> String? {
            guard let place = SmallDay.catalogue.dimensions.firstIndex(where: { $0.name == dimension }),
                let code = records.dimensions[place]?[row], code > 0
            else { return nil }
            return records.dictionaries[place][Int(code)]
        }
        return switch group {
        case .all: true
        case .value(let dimension, let wanted): value(dimension) == wanted
        case .pair(let first, let firstValue, let second, let secondValue):
            value(first) == firstValue && value(second) == secondValue
        }
    }

    private func expectSame(_ found: Partial, _ expected: Partial) {
        #expect(found.n == expected.n)
        #expect(found.missing == expected.missing)
        #expect(found.minimum == expected.minimum)
        #expect(found.maximum == expected.maximum)
        #expect(found.counts == expected.counts)
        for (a, b) in [
            (found.moments.mean, expected.moments.mean), (found.moments.m2, expected.moments.m2),
            (found.moments.m3, expected.moments.m3), (found.moments.m4, expected.moments.m4),
        ] {
            let scale = max(1, abs(b), expected.moments.m2)
            #expect(abs(a - b) <= 1e-9 * scale)
        }
    }
}
