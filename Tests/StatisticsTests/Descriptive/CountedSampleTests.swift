import Testing

@testable import Statistics

@Suite struct CountedSampleTests {
    @Test(
        arguments: [
            ([], [], [], 0), ([3], [3], [1], 1), ([2, 1, 2, 2], [1, 2], [1, 3], 4), ([0.0, -0.0], [0], [2], 2),
            ([-1.5, 1e300, -1e300], [-1e300, -1.5, 1e300], [1, 1, 1], 3),
        ] as [([Double], [Double], [Int], Int)])
    func counts(data: [Double], values: [Double], counts: [Int], n: Int) throws {
        let sample = try CountedSample(data)
        #expect(sample.values == values)
        #expect(sample.counts == counts)
        #expect(sample.n == n)
        #expect(sample.expanded == data.sorted())
    }

    /// -0.0 is the zero of either sign, wherever it stands and whether or not there are ties.
    @Test(arguments: [[-0.0], [-1, -0.0, 2], [3, -0.0], [-0.0, -4], [-0.0, 5, 5], [1, 2], [-2, -1]])
    func zeroHasOneSign(data: [Double]) throws {
        let sample = try CountedSample(data)
        #expect(sample.values == data.sorted().reduce(into: []) { if $0.last != $1 { $0.append($1) } })
        #expect(sample.values.allSatisfy { $0 != 0 || $0.sign == .plus })
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity]) func refusesWhatIsNotFinite(value: Double) {
        #expect(reason { () throws(Undefined) in try CountedSample([1, value]) } == .nonFinite)
        #expect(reason { () throws(Undefined) in try CountedSample(pairs: [(value: value, count: 1)]) } == .nonFinite)
    }

    @Test func pairsMayRepeatAndStandInAnyOrder() throws {
        let sample = try CountedSample(pairs: [(value: 2, count: 3), (value: 1, count: 0), (value: 2, count: 1)])
        #expect(sample.values == [2])
        #expect(sample.counts == [4])
        #expect(reason { () throws(Undefined) in try CountedSample(pairs: [(value: 1, count: -1)]) } != nil)
    }

    @Test func longArraysSortAsShortOnes() throws {
        var generator = SeededGenerator(seed: 7)
        let data = (0..<5000).map { index in index % 3 == 0 ? -generator.uniform() : generator.normal(sd: 1e6) }
        #expect(try CountedSample(data).expanded == data.sorted())
        #expect(FiniteSort.ascending([Double](repeating: 2, count: 3000)) == [Double](repeating: 2, count: 3000))
    }

    @Test func mergedEqualsTogether() throws {
        let (a, b) = ([1.0, 2, 2, 5], [0.0, 2, 5, 5, 9])
        #expect(try CountedSample(a).merged(with: CountedSample(b)) == CountedSample(a + b))
        #expect(try CountedSample(a).merged(with: CountedSample([])) == CountedSample(a))
    }
}
