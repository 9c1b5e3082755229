import Statistics
import Testing

@Suite struct BottomKTests {
    @Test func keepsTheSmallestAndSaysWhatWasLeftOut() {
        var sample = BottomK<String>(capacity: 2)
        sample.merge([(5, "e"), (1, "a"), (3, "c")])
        #expect(sample.entries.map(\.element) == ["a", "c"])
        #expect(sample.threshold == 5)
        #expect(!sample.isComplete)
    }

    @Test func isCompleteWhileNothingIsLeftOut() {
        var sample = BottomK<Int>(capacity: 3)
        sample.merge([(9, 0), (7, 1), (8, 2)])
        #expect(sample.isComplete)
    }

    @Test func theLowestThresholdOfItsPartsHolds() {
        var sample = BottomK<Int>(capacity: 10)
        sample.merge([(1, 0), (4, 1)], threshold: 6)
        sample.merge([(2, 2), (5, 3)], threshold: 3)
        #expect(sample.entries.map(\.rank) == [1, 2])
        #expect(sample.threshold == 3)
    }

    /// Parts that were cut to k apart give the same sample as all elements at once.
    @Test func mergingCutPartsGivesTheWholeSample() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<50 {
            let parts = (0..<4).map { _ in
                (0..<Int.random(in: 0...40, using: &generator)).map { _ in (rank: generator.next(), element: 0) }
            }
            var whole = BottomK<Int>(capacity: 16)
            whole.merge(parts.flatMap { $0 })
            var merged = BottomK<Int>(capacity: 16)
            for part in parts {
                var cut = BottomK<Int>(capacity: 16)
                cut.merge(part)
                merged.merge(cut.entries, threshold: cut.threshold)
            }
            #expect(merged.entries.map(\.rank) == whole.entries.map(\.rank))
            #expect(merged.threshold == whole.threshold)
        }
    }

    /// MurmurHash3's 64-bit finalizer: its published steps in Python 3 integers.
    @Test(
        arguments: zip([0, 1, 0xDEAD_BEEF] as [UInt64], [0, 0xB456_BCFC_34C2_CB2C, 0xD24B_D59F_862A_1DAC] as [UInt64]))
    func ranksAreFixed(key: UInt64, rank: UInt64) { #expect(KeyRank.of(key) == rank) }
}
