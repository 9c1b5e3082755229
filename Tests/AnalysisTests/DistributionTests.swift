import Model
import Partials
import Statistics
import Testing

@testable import Analysis

/// Expected numbers: numpy 2.4.6 and scipy 1.17.1 on the same values.
@Suite struct DistributionTests {
    /// 500 values of three decimals, 212 of them distinct: ((31 i² + 7 i) mod 1000) / 1000.
    static let values: [Double] = (0..<500).map { i -> Double in
        let thousandths = (31 * i * i + 7 * i) % 1000
        return Double(thousandths) / 1000
    }

    static func distribution(of values: [Double], metric: Metric? = nil) throws -> DistributionResult {
        let rows = values.enumerated().map { Row(day: november(1 + $0 % 5), values: [$1]) }
        let made = try analyse(table(rows, catalogue([metric ?? score("quality")])), asOf: november(5))
        return try #require(made.distributions.first)
    }

    @Test func sumsAreExact() throws {
        let moments = try Self.distribution(of: Self.values).moments.get()
        #expect(near(moments.mean, 0.491))
        #expect(near(moments.sd, 0.28762345959434193))
        #expect(near(moments.skewness, 0.009638058555134279))  // stats.skew
        #expect(near(moments.kurtosis, -1.1721704430357571))  // stats.kurtosis
        #expect(near(moments.meanInterval?.low, 0.4657278584421919))
        #expect((moments.min, moments.max) == (0, 0.998))
    }

    @Test func manyDistinctValuesAreBinned() throws {
        let found = try Self.distribution(of: Self.values)
        let quantiles = try found.quantiles.get()
        // Bins of 0.0025 over 0...1: off by at most half of one.
        #expect(quantiles.exactness == .binned(.absolute(0.00125)))
        let expected = [0.038, 0.078, 0.256, 0.504, 0.7484999999999999, 0.89, 0.948, 0.98802]  // np.quantile
        for (found, value) in zip(quantiles.quantiles, expected) {
            #expect(abs(found.value - value) <= 0.00125 + 1e-12)
        }
        #expect(abs(quantiles.mad - 0.246) <= 0.0025)
        #expect(found.bands?.map(\.count) == [205, 104, 98, 93])
        #expect(found.bands?.allSatisfy { $0.exactness == .exact } == true)
        let histogram = try found.histogram.get()
        #expect(histogram.rule == .freedmanDiaconisBinned)
        // 2 IQR / ∛n = 0.124, up to 0.2; np.histogram(v, [0, .2, .4, .6, .8, 1])
        #expect(histogram.bins.map(\.count) == [102, 103, 104, 98, 93])
        #expect(histogram.bins.map(\.low) == [0, 0.2, 0.4, 0.6, 0.8])
    }

    @Test func fewDistinctValuesAreExact() throws {
        let found = try Self.distribution(of: Self.values.map { ($0 * 20).rounded(.toNearestOrEven) / 20 })
        let quantiles = try found.quantiles.get()
        #expect(quantiles.exactness == .exact)
        for (found, value) in zip(quantiles.quantiles.map(\.value), [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1.0]) {
            #expect(near(found, value))
        }
        #expect(near(quantiles.mad, 0.25) && quantiles.mode == 0.3 && quantiles.distinct == 21)
        // An exact 0.4, 0.6 and 0.8 belong to the band above, and 1 to the last one.
        #expect(found.bands?.map(\.count) == [196, 103, 98, 103])
        // statsmodels 0.15.0: proportion_confint(103, 500, method='wilson').
        #expect(near(found.bands?.last?.interval.low, 0.17285664127336728))
        #expect(near(found.bands?.last?.interval.high, 0.24362647091802545))
        let histogram = try found.histogram.get()
        #expect(histogram.rule == .distinctValues && histogram.bins.count == 21)
        #expect(histogram.bins.reduce(0) { $0 + $1.count } == 500)
    }

    @Test func theDensityEndsWhereTheRangeEnds() throws {
        let found = try Self.distribution(of: Self.values)
        let density = try #require(found.detail?.curves.value?.density.value)
        #expect((density.points.first?.x ?? -1) >= 0 && (density.points.last?.x ?? 2) <= 1)
    }

    @Test func valuesOnADeclaredGridHaveExactQuantiles() throws {
        let fine = try #require(
            Metric(
                name: "quality", range: 0...1, direction: .higher, bins: BinScheme.steps(of: 0.0001, over: 0...1)))
        let values = (0..<2000).map { Double($0 * 4_999 % 10_001) / 10_000 }
        let found = try Self.distribution(of: values, metric: fine).quantiles.get()
        // np.quantile of the same values is reckoned by hand: type 7 between order statistics.
        let sorted = values.sorted()
        let low = sorted[99], high = sorted[100]
        #expect(near(found.quantile(0.05), low + 0.95 * (high - low), 1e-12))
        #expect(near(found.median, (sorted[999] + sorted[1000]) / 2, 1e-12))
        #expect(BinScheme.steps(of: 1e-9, over: 0...1) == nil && BinScheme.steps(of: 1, over: nil) == nil)
    }

    @Test func boxEndsAtTheLastValuesWithinTheFences() throws {
        let found = try Self.distribution(of: Array(repeating: 0.5, count: 5) + [0.4, 0.45, 0.55, 0.6, 0.0, 1.0])
        let box = try found.box.get()
        // np.quantile: 0.475, 0.5, 0.525; fences 0.4 and 0.6.
        #expect(near(box.q1, 0.475) && near(box.q3, 0.525))
        #expect((box.lowOutliers, box.highOutliers) == (1, 1))
        #expect(box.extremes == [0, 1])
        #expect(near(box.lowWhisker, 0.4, 0.15) && near(box.highWhisker, 0.6, 0.1))
    }

    @Test func normalityNamesItsSample() throws {
        let all = try Self.distribution(of: Self.values.map { ($0 * 100).rounded() / 100 }).normality.get()
        #expect(all.exactness == .exact && all.n == 500)
        #expect(all.tests.allSatisfy { $0.p < 0.01 })
        #expect(
            all.tests.map(\.method) == [.shapiroWilk, .andersonDarling, .dagostinoK2, .lilliefors, .jarqueBera])
        let whole = try Self.distribution(of: Self.values).normality.get()
        #expect(whole.exactness == .exact && whole.n == 500)
        let shapiro = try #require(whole.tests.first)
        #expect(near(shapiro.statistic, 0.9563100055042453, 1e-6))  // stats.shapiro
        let k2 = try #require(whole.tests.first { $0.method == .dagostinoK2 })
        #expect(near(k2.statistic, 261.7234601750786, 1e-7))  // stats.normaltest
    }

    @Test func aLargeSampleSaysHowLarge() throws {
        let rows = (0..<600).map { Row(day: november(1), values: [Double($0 * 37 % 601) / 601]) }
        let made = try analyse(
            table(rows, catalogue([score("quality")]), sizes: .init(all: 50, group: 10, valuesPerDimension: 5)),
            asOf: november(1))
        let normality = try #require(made.distributions.first).normality.get()
        #expect(normality.exactness == .sampled(n: 50, of: 600) && normality.n == 50)
    }

    @Test func constantValues() throws {
        let found = try Self.distribution(of: Array(repeating: 0.7, count: 40))
        let moments = try found.moments.get()
        #expect(moments.sd == 0 && moments.skewness == nil && moments.cv == 0)
        #expect(found.normality.absence == .constant)
        let histogram = try found.histogram.get()
        #expect(histogram.bins.map(\.count) == [40])
        #expect(try found.quantiles.get().iqr == 0)
    }

    @Test func aDurationHasNoBandsAndRelativeError() throws {
        guard let duration = Metric(name: "duration", unit: "s", direction: .lower) else {
            throw Unusable.name("duration")
        }
        let found = try Self.distribution(of: (0..<400).map { 3 + Double($0 * $0 % 397) }, metric: duration)
        #expect(found.bands == nil)
        #expect(try found.quantiles.get().exactness == .binned(.relative(0.01)))
        let histogram = try found.histogram.get()
        #expect(histogram.bins.reduce(0) { $0 + $1.count } == 400)
        #expect(zip(histogram.bins, histogram.bins.dropFirst()).allSatisfy { $0.high == $1.low })
        // Values as dense everywhere: bins that are not whole parts of a bar must not draw teeth.
        let flat = try Self.distribution(of: (0..<20_000).map { 300 + Double($0) * 0.02 }, metric: duration).histogram
            .get()
        // The first and the last two bars reach beyond the values.
        let inside = flat.bins.dropFirst().dropLast(2).map { Double($0.count) }
        let width = Double((flat.bins.first?.high ?? 0) - (flat.bins.first?.low ?? 0))
        #expect(
            inside.count > 5 && inside.allSatisfy { abs($0 - width * 50) < 0.06 * width * 50 }, "\(inside) \(width)")
        #expect(flat.bins.reduce(0) { $0 + $1.count } == 20_000)
    }

    @Test(arguments: [(0.013, 0.02), (0.02, 0.02), (7, 10), (2.1, 2.5), (2.6, 5), (0.00051, 0.001), (12_345, 20_000)])
    func niceSteps(width: Double, expected: Double) {
        #expect(NiceStep.atLeast(width).width == expected)
    }

    @Test func multiplesOfAStepAreTheDecimalsThatAReaderSees() {
        let step = NiceStep.atLeast(0.1)
        #expect((0...10).map(step.multiple) == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
        #expect(step.stepsBelow(0.3) == 3 && step.stepsBelow(0.29) == 2)
    }

    /// Samples of a normal are called so however small they are: a fitted normal lies further than 0.895 / √n from its own
    /// sample once in twenty times (Lilliefors), so of 30 at least 24 are (scipy.stats.binom.cdf(23, 30, 0.9) is 0.026).
    @Test(arguments: [40, 80, 400]) func aNormalIsCalledNormal(n: Int) throws {
        var generator = SeededGenerator(seed: 5)
        let named = try (0..<30).count { _ in
            let values = (0..<n).map { _ in 0.5 + 0.1 * generator.normal() }
            return try Self.shape(values) == .normal
        }
        #expect(named >= 24)
    }

    private static func shape(_ values: [Double]) throws -> ShapeFigures.Shape? {
        let rows = values.map { Row(day: november(1), values: [$0]) }
        let metric = try #require(Metric(name: "quality"))
        let made = try analyse(table(rows, catalogue([metric])), asOf: november(1))
        return made.distributions.first?.detail?.shape.value?.shape
    }

    /// Bins that grow with the values: the fullest is not where values are densest. 300 values from 1.00 to 1.99 and 400 from
    /// 100 to 499: the densest hundredth is about 1, not one of the hundreds.
    @Test func theModeIsWhereValuesAreDensest() throws {
        let values = (0..<300).map { 1 + Double($0 % 100) / 100 } + (0..<400).map { 100 + Double($0) }
        let counts = try ValueCounts(#require(Partial(of: values, bins: .logarithmic(relativeError: 0.01))).counts)
        let densest = try #require(counts.densest)
        #expect((1...2).contains(densest))
    }

    /// Whole numbers in bins of 2 %: one record of 3 alone in its narrow bin is no mode, 80 to 89 with 20 records each hold it.
    @Test func oneRecordInANarrowBinIsNoMode() throws {
        let values = (3...160).flatMap { value in
            [Double](repeating: Double(value), count: (80..<90).contains(value) ? 20 : value < 40 ? 1 : 5)
        }
        let counts = try ValueCounts(#require(Partial(of: values, bins: .logarithmic(relativeError: 0.01))).counts)
        #expect(try #require(counts.densest) > 79 && counts.densest ?? 0 < 90.9)
    }

    /// Spread that changed while the median held, and what must not be called so.
    @Test(arguments: [
        (0.505, 0.056, 0.493, 0.155, true), (0.5, 0.1, 0.5, 0.1, false), (0.5, 0.1, 0.62, 0.2, false),
    ]) func spreadAlone(_ sample: (Double, Double, Double, Double, Bool)) throws {
        func normal(_ mean: Double, _ sd: Double) -> Partial? {
            Partial(
                of: (0..<420).map { mean + sd * Normal.quantile((Double($0) + 0.5) / 420) },
                bins: .linear(lower: -1, upper: 2, count: 3_000))
        }
        let drift = try Self.drift(normal(sample.2, sample.3), normal(sample.0, sample.1))
        #expect(drift.spreadAlone == sample.4)
    }

    @Test func aShareThatMovesIsNoSpread() throws {
        func share(_ ones: Int) -> Partial? {
            Partial(of: (0..<420).map { $0 < ones ? 1 : 0 }, bins: .linear(lower: 0, upper: 1, count: 100))
        }
        #expect(try !Self.drift(share(378), share(290)).spreadAlone)
    }

    private static func drift(_ current: Partial?, _ baseline: Partial?) throws -> DriftFigures {
        try DriftFigures(
            current, baseline,
            periods: (
                Period(from: november(8), through: november(14)), Period(from: november(1), through: november(7))
            ), settings: AnalysisSettings())
    }

    @Test func fourRulesAgreeOnWhatIsFarFromAll() throws {
        let values = (0..<60).map { 0.4 + Double($0 % 12) / 100 } + [0.99]
        let outliers = try Self.distribution(of: values).outliers.get()
        let forest = try outliers.forest.get()
        // Sixty values within eleven hundredths and one half a unit above them: each rule with fences marks that one.
        #expect(outliers.agreement == [60, 0, 0, 1])
        #expect(forest.agreement.reduce(0, +) == 61 && forest.agreement[4] == 1)
        // mean ± 3 sd of the 61 values: numpy 2.4.6.
        let z = try #require(outliers.fences.first { $0.rule == .z })
        #expect(near(z.low, 0.233651135744761) && near(z.high, 0.6938898478617964))
    }

    @Test func lessIsMoreForABenchmarkOfALatency() throws {
        let metric = try #require(Metric(name: "latency", direction: .lower))
        let rows = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map { Row(day: november(1), values: [$0]) }
        var settings = AnalysisSettings()
        settings.benchmarks = [Benchmark(metric: "latency", name: "goal", value: 3, source: "test")]
        let made = try analyse(table(rows, catalogue([metric])), settings: settings, asOf: november(1))
        let found = try #require(made.benchmarks.first)
        // By hand: eight of ten at or above 3, three of ten at or below it; the mean 5.5 has 2.5 to go.
        #expect(try found.share.get().value == 0.8 && found.meeting.get().value == 0.3 && found.potential == 2.5)
    }

    /// Levels that people share are neither the values nor bins of a known width; where they are the values, they are exact.
    @Test(arguments: [
        ([1.0, 1, 2, 9, 9], [1.0, 1, 1, 9, 9], Exactness.levelled),
        ([0, 0, 1, 1, 1], [0, 0, 1, 1, 1], .exact),
    ])
    func levelsOfPeopleSayThatTheyAre(values: [Double], told: [Double], exactness: Exactness) throws {
        let bins = Bins.logarithmic(relativeError: 0.01)
        let partial = Partial(
            missing: 0, moments: Moments(values), minimum: told[0], maximum: told[4],
            counts: BinnedCounts(told, bins: bins), areValuesHeld: true, tested: BinnedCounts(values, bins: bins))
        #expect(try ValueCounts(toldBy: partial).exactness == exactness)
    }
}
