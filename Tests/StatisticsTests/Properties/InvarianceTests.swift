import Testing

@testable import Statistics

/// What adding a constant, scaling, permuting and merging must and must not change.
@Suite struct InvarianceTests {
    private static let first: [Double] = {
        var generator = SeededGenerator(seed: 21)
        return (0..<60).map { _ in generator.normal(mean: 4, sd: 2) }
    }()
    private static let second: [Double] = {
        var generator = SeededGenerator(seed: 22)
        return (0..<45).map { _ in generator.logNormal(location: 1, scale: 0.5) }
    }()
    private var first: [Double] { Self.first }
    private var second: [Double] { Self.second }

    /// x → a + b·x with b > 0.
    @Test(arguments: [(0.0, 2.0), (10, 1), (-7, 0.25), (1000, 8)]) func affine(shift: Double, scale: Double) throws {
        let moved = first.map { shift + scale * $0 }
        let other = second.map { shift + scale * $0 }
        let (before, after) = try (Description(first), Description(moved))
        #expect(isClose(after.mean, shift + scale * before.mean, relative: 1e-12))
        #expect(isClose(after.median, shift + scale * before.median, relative: 1e-12))
        #expect(isClose(after.sd, scale * (before.sd ?? .nan), relative: 1e-11))
        #expect(isClose(after.mad, scale * before.mad, relative: 1e-11))
        #expect(isClose(after.skewness, before.skewness, relative: 1e-9))
        #expect(isClose(after.kurtosis, before.kurtosis, relative: 1e-9))
        #expect(isClose(try ShapiroWilk(moved).w, try ShapiroWilk(first).w, relative: 1e-10))
        #expect(isClose(try AndersonDarling(moved).a2, try AndersonDarling(first).a2, relative: 1e-9))
        #expect(isClose(try WelchTTest(moved, other).t, try WelchTTest(first, second).t, relative: 1e-10))
        #expect(try MannWhitney(moved, other).p == MannWhitney(first, second).p)
        #expect(try CliffsDelta(moved, other) == CliffsDelta(first, second))
        let effect = try StandardizedDifference(first, second)
        #expect(isClose(try StandardizedDifference(moved, other).hedgesG, effect.hedgesG, relative: 1e-10))
        let (line, shifted) = try (LinearFit(first), LinearFit(moved))
        #expect(isClose(shifted.slope, scale * line.slope, relative: 1e-10))
        #expect(isClose(shifted.p, line.p, relative: 1e-9))
        let (steep, moving) = try (TheilSen(first), TheilSen(moved))
        #expect(isClose(moving.slope, scale * steep.slope, relative: 1e-10))
        #expect(isClose(moving.interval.low, scale * steep.interval.low, relative: 1e-10))
        let (changes, others) = try (
            ChangePoints(first, penalty: 12), ChangePoints(moved, penalty: 12 * scale * scale)
        )
        #expect(changes.indices == others.indices)
    }

    /// Turning the sign turns the directions.
    @Test func negation() throws {
        let turned = first.map { -$0 }
        #expect(isClose(try Description(turned).skewness, -(try Description(first).skewness ?? .nan), relative: 1e-10))
        #expect(try MannKendall(turned).z == -(try MannKendall(first).z))
        #expect(isClose(try TheilSen(turned).slope, -(try TheilSen(first).slope), relative: 1e-12))
        #expect(try CliffsDelta(turned, second.map { -$0 }).delta == -(try CliffsDelta(first, second).delta))
    }

    @Test(arguments: 1...5) func permutation(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var mixed = first
        generator.shuffle(&mixed)
        #expect(try Description(mixed) == Description(first))
        #expect(isClose(try GroupSummary(mixed).mean, try GroupSummary(first).mean, relative: 1e-15))
        #expect(try MannWhitney(mixed, second) == MannWhitney(first, second))
        #expect(isClose(try WelchTTest(mixed, second).p, try WelchTTest(first, second).p, relative: 1e-12))
        var order = Array(first.indices)
        generator.shuffle(&order)
        let pairs = zip(first, second + first.prefix(15)).map { ($0, $1) }
        let (x, y) = (pairs.map(\.0), pairs.map(\.1))
        let (mixedX, mixedY) = (order.map { x[$0] }, order.map { y[$0] })
        #expect(isClose(try PearsonCorrelation(mixedX, mixedY).r, try PearsonCorrelation(x, y).r, relative: 1e-12))
        #expect(try KendallCorrelation(mixedX, mixedY) == KendallCorrelation(x, y))
        #expect(isClose(try TheilSen(x: mixedX, y: mixedY).slope, try TheilSen(x: x, y: y).slope, relative: 1e-13))
    }

    /// merge(a, b) is the summary of a ∪ b, for every mergeable part.
    @Test(arguments: [0, 1, 17, 44, 45]) func merging(cut: Int) throws {
        let (a, b) = (Array(second.prefix(cut)), Array(second.dropFirst(cut)))
        var moments = Moments(a)
        moments.merge(Moments(b))
        let whole = Moments(second)
        #expect(moments.n == whole.n)
        for (part, all) in [(moments.mean, whole.mean), (moments.m2, whole.m2), (moments.m3, whole.m3)] {
            #expect(isClose(part, all, relative: 1e-11))
        }
        #expect(isClose(moments.m4, whole.m4, relative: 1e-11))
        #expect(try CountedSample(a).merged(with: CountedSample(b)) == CountedSample(second))
        // The merged moments are those of the description from scratch.
        #expect(isClose(moments.mean, try Description(second).mean, relative: 1e-13))
        #expect(isClose(moments.variance, try Description(second).variance, relative: 1e-12))
    }
}
