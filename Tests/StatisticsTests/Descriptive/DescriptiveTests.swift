import Testing

@testable import Statistics

@Suite struct DescriptiveTests {
    static let pressures = [125, 115, 130, 140, 140.5, 115.5, 140.2, 125.4, 140.9, 135]

    @Test func emptyAndOne() throws {
        #expect(reason { () throws(Undefined) in try Description([]) } == .empty)
        let one = try Description([4])
        #expect(one.mean == 4)
        #expect(one.median == 4)
        #expect(one.sd == nil)
        #expect(one.skewness == nil)
        #expect(one.mode == 4)
        #expect(reason { () throws(Undefined) in try MeanInterval([4]) } == .tooFew(found: 1, needed: 2))
    }

    @Test func constantDataHaveNoShape() throws {
        let same = try Description([0.1, 0.1, 0.1])
        #expect(same.variance == 0)
        #expect(same.skewness == nil)
        #expect(same.kurtosis == nil)
        #expect(same.cv == 0)
        #expect(try Description([-1, 1]).cv == nil)
    }

    @Test func hugeValuesAreRefusedNotRounded() {
        #expect(reason { () throws(Undefined) in try Description([1e308, 1e308, 1e308, 1e308]) } == .overflow)
        #expect(reason { () throws(Undefined) in try Description([-1e200, 1e200]) } == .overflow)
        #expect(reason { () throws(Undefined) in try PearsonCorrelation([-1e200, 1e200], [1, 2]) } == .overflow)
    }

    @Test(arguments: [1e-150, 1e-60, 1, 1e100]) func shapeDoesNotDependOnTheUnit(unit: Double) throws {
        let found = try Description([1, 2, 4, 9].map { $0 * unit })
        // scipy 1.17.1 `skew`, `kurtosis` of 1, 2, 4, 9.
        #expect(isClose(found.skewness, 0.7684172579878226, relative: 1e-13))
        #expect(isClose(found.kurtosis, -1.0, relative: 1e-13))
    }

    /// A grid of scores as counts, as an array and in another order must describe alike.
    @Test func countsEqualRows() throws {
        var generator = SeededGenerator(seed: 11)
        var rows = (0..<400).map { _ in Double(generator.below(21)) / 20 }
        let counted = try CountedSample(pairs: Dictionary(grouping: rows) { $0 }.map { (value: $0, count: $1.count) })
        #expect(try Description(counted) == Description(rows))
        generator.shuffle(&rows)
        #expect(try Description(rows) == Description(counted))
        #expect(try ShapiroWilk(rows) == ShapiroWilk(counted))
        #expect(try AndersonDarling(rows) == AndersonDarling(counted))
        let plain = try GroupSummary(rows)
        #expect(isClose(plain.variance, try GroupSummary(counted).variance, relative: 1e-14))
    }

    @Test(arguments: [(3.0, 1000.0), (-2, 0.5), (1e-3, -7)]) func followsShiftAndScale(scale: Double, shift: Double)
        throws
    {
        let base = try Description(Self.pressures)
        let moved = try Description(Self.pressures.map { $0 * scale + shift })
        #expect(isClose(moved.mean, base.mean * scale + shift, relative: 1e-13))
        #expect(isClose(moved.sd, base.sd.map { $0 * abs(scale) }, relative: 1e-11))
        #expect(isClose(moved.mad, base.mad * abs(scale), relative: 1e-10))
        #expect(isClose(moved.skewness, base.skewness.map { scale < 0 ? -$0 : $0 }, relative: 1e-9))
        #expect(isClose(moved.kurtosis, base.kurtosis, relative: 1e-9))
    }

    @Test func quantilesStayInside() throws {
        let quantiles = try Quantiles([1, 1, 3])
        #expect(try quantiles(0) == 1)
        #expect(try quantiles(1) == 3)
        #expect(try quantiles(0.75) == 2)
        #expect(reason { () throws(Undefined) in try quantiles(1.1) } != nil)
        #expect(reason { () throws(Undefined) in try quantiles(.nan) } != nil)
    }

    /// numpy 2.4.6 `histogram_bin_edges(x, "fd")` gives 115, 127.95, 140.9 and counts 4, 6.
    @Test func bins() throws {
        let bins = try BinEdges(Self.pressures)
        #expect(bins.rule == .freedmanDiaconis)
        #expect(bins.edges.count == 3)
        #expect(bins.edges.first == 115)
        #expect(bins.edges.last == 140.9)
        #expect(bins.counts(of: try CountedSample(Self.pressures)) == [4, 6])
        #expect(try BinEdges([2, 2]).edges == [1.5, 2.5])
        #expect(try BinEdges([0, 1, 1, 1, 1, 1, 1, 9]).rule == .sturges)
    }

    /// scipy 1.17.1 `gaussian_kde` with bandwidth 5: 0.02063008 and 0.02703907 at 120 and 130.5.
    @Test func kernelDensity() throws {
        let density = try KernelDensity(Self.pressures, rule: .given(5))
        #expect(isClose(density.density(at: 120), 0.02063008, relative: 1e-6))
        #expect(isClose(density.density(at: 130.5), 0.02703907, relative: 1e-6))
        let curve = try KernelDensity(Self.pressures).curve(from: 60, to: 200, points: 1401)
        #expect(isClose(curve.map(\.density).reduce(0, +) * 0.1, 1, relative: 1e-5))
        #expect(reason { () throws(Undefined) in try KernelDensity([2, 2]) } == .constant)
        // Mean of scipy.stats.norm.pdf((t − x)/h)/h at t, −t and 2 − t, summed.
        let bounded = try KernelDensity([0.02, 0.05, 0.1, 0.4, 0.9, 0.98], rule: .given(0.1))
            .curve(from: 0, to: 1, points: 21, within: 0...1)
        for (place, expected) in [
            (0, 3.2840419182822114), (1, 3.028377237690342), (10, 0.4037724722773287), (20, 2.110044748568274),
        ] {
            #expect(isClose(bounded[place].density, expected, relative: 1e-9))
        }
    }

    @Test func fences() throws {
        let sparse = [0.0, 0, 0, 0, 0, 0, 1, 30]
        let fences = try OutlierFences(sparse, rule: .modifiedZ(3.5))
        #expect(fences.usedMeanDeviation)
        // 3.5·√(π/2)·MeanAD with MeanAD = 31/8.
        #expect(isClose(fences.high, 3.5 * 1.2533141373155001 * 31 / 8, relative: 1e-14))
        #expect(fences.above == 1)
        #expect(reason { () throws(Undefined) in try OutlierFences([1, 1, 1], rule: .modifiedZ(3.5)) } == .constant)
        // By hand: 10 ± 3 · 2, whatever the middles of the bins are.
        let known = try OutlierFences(CountedSample([3, 4, 10, 16, 17]), mean: 10, sd: 2, multiple: 3)
        #expect((known.low, known.high, known.below, known.above) == (4, 16, 1, 1))
        #expect(try OutlierFences([1, 1, 1]).count == 0)
        #expect(reason { () throws(Undefined) in try OutlierFences([1, 2], rule: .zScore(0)) } != nil)
    }

    @Test func isolationForestSetsTheFarRowApart() throws {
        var generator = SeededGenerator(seed: 3)
        var columns = [(0..<400).map { _ in generator.normal() }, (0..<400).map { _ in generator.normal() }]
        columns[0][17] = 9
        columns[1][17] = -9
        let forest = try IsolationForest(columns: columns, seed: 1)
        let scores = try forest.scores(columns)
        #expect(scores.indices.max { scores[$0] < scores[$1] } == 17)
        #expect(scores[17] > 0.75)
        #expect(scores.reduce(0, +) / 400 < 0.55)
        #expect(try IsolationForest(columns: columns, seed: 1).scores(columns) == scores)
        #expect(reason { () throws(Undefined) in try IsolationForest(columns: [[1]], seed: 1) } != nil)
    }
}
