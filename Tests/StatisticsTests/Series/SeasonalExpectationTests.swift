import Testing

@testable import Statistics

@Suite struct SeasonalExpectationTests {
    /// The definition, value by value: the mean of the last season plus the median of how the last five values of the same
    /// place differed from the mean of the season before each.
    static func expected(_ data: [Double?], period: Int) -> Double? {
        let mean = { (end: Int) -> Double? in
            let known = data[max(0, end - period)..<end].compactMap(\.self)
            return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
        }
        let own = (1...5).compactMap { back -> Double? in
            let place = data.count - back * period
            guard place >= period, let value = data[place], let base = mean(place) else { return nil }
            return value - base
        }.sorted()
        guard !own.isEmpty, let level = mean(data.count) else { return nil }
        let middle = own.count / 2
        return level + (own.count % 2 == 1 ? own[middle] : (own[middle - 1] + own[middle]) / 2)
    }

    @Test(arguments: [7, 65, 100, 289]) func aLongSeasonIsSummedInBlocks(period: Int) {
        var generator = SeededGenerator(seed: UInt64(period))
        var stream = SeasonalExpectation(period: period)
        var data: [Double?] = []
        for step in 0..<(7 * period + 13) {
            if step % 11 == 0, let wanted = Self.expected(data, period: period) {
                let found = stream.next
                #expect(found?.isSeasonal == true && abs((found?.value ?? 0) - wanted) < 1e-9, "step \(step)")
            }
            let value: Double? = step % 17 == 5 ? nil : step == 3 * period ? 1e5 : 50 + generator.normal()
            data.append(value)
            stream.take(value)
        }
    }

    @Test func equalValuesHaveExactlyTheirMean() {
        var stream = SeasonalExpectation(period: 200)
        for step in 0..<900 { stream.take(step % 13 == 0 ? nil : 0.1) }
        #expect(stream.next?.value == 0.1 && stream.next?.isSeasonal == true)
    }

    /// Mid-ranks by sorting all values, ties sharing the middle of their places.
    @Test func manySamplesAreRankedTogether() throws {
        var generator = SeededGenerator(seed: 4)
        let samples = (0..<300).map { index in (0...(index % 7)).map { _ in Double(generator.below(90)) } }
        let all = samples.flatMap { $0 }.sorted()
        let rank = { (value: Double) in
            let (first, count) = (all.firstIndex(of: value) ?? 0, all.count { $0 == value })
            return Double(first) + Double(count + 1) / 2
        }
        let found = PooledRanks(try samples.map { try CountedSample($0) })
        #expect(found.n == all.count && found.isTied)
        for (sum, sample) in zip(found.rankSums, samples) {
            #expect(abs(sum - sample.reduce(0) { $0 + rank($1) }) < 1e-6)
        }
    }
}
