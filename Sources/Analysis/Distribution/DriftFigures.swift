import Model
import Partials
import Statistics

/// How the distribution of a metric differs between two periods, in sizes that do not grow with the number of records.
public struct DriftFigures: Sendable, Hashable {
    /// The later period.
    public var current: Period
    /// The earlier one.
    public var baseline: Period
    /// Values in the later one.
    public var currentN: Int
    /// Values in the earlier one.
    public var baselineN: Int
    /// The largest distance between the cumulative shares, 0 to 1, with its test.
    public var kolmogorovSmirnov: Answer<TestFigures>
    /// The mean distance that a value would have to move (Wasserstein), in the metric's unit.
    public var wasserstein: Double
    /// The same in standard deviations of the baseline; nil without one.
    public var standardised: Double?
    /// The population stability index over tenths of the baseline.
    public var stabilityIndex: Double
    /// What chance alone leaves of the index in one of a hundred such pairs of samples: below it nothing is said.
    public var stabilityBound: Double
    /// What is said of it.
    public var verdict: Verdict
    /// How near the figures are.
    public var exactness: Exactness

    /// Steps of drift.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// An index below 0.1, or no more than chance leaves.
        case stable
        /// An index from 0.1 to 0.25, beyond chance.
        case moderate
        /// An index of 0.25 or more, beyond chance.
        case large
    }

    /// Whether spread changed though the median held: the interquartile ranges differ by more than a quarter while the
    /// medians differ by less than a tenth of the wider one, or by no more than 1.96 standard errors of such a difference,
    /// 1.253 · IQR / 1.349 / √n for each (the large-sample one of a normal's median). False of fewer than five distinct
    /// values, whose quartiles stand still or jump.
    public var spreadAlone: Bool
}

extension DriftFigures {
    /// A subject's values in one period against another; fails where one has fewer than `settings.minimumGroup`.
    ///
    /// Small samples drift by chance, which the bound of `DistributionShift` allows for; huge ones are told apart by any
    /// test, which is why the verdict rests on the size of the index and not on a p.
    init(
        _ current: Partial?, _ baseline: Partial?, periods: (current: Period, baseline: Period),
        settings: AnalysisSettings
    ) throws(Absence) {
        let late = try DriftFigures.counts(current, settings), early = try DriftFigures.counts(baseline, settings)
        let (a, b) = (late.sample, early.sample)
        self.current = periods.current
        self.baseline = periods.baseline
        (currentN, baselineN) = (a.n, b.n)
        kolmogorovSmirnov = computed { () throws(Undefined) in
            try TestFigures(TwoSampleKolmogorovSmirnov(b, a))
        }
        let quartiles: Answer<(Quantiles, Quantiles)> = computed { () throws(Undefined) in
            (try Quantiles(a), try Quantiles(b))
        }
        let (later, earlier) = try quartiles.get()
        let moved: Answer<DistributionShift> = computed { () throws(Undefined) in
            try DistributionShift(from: b, to: a)
        }
        let shift = try moved.get()
        wasserstein = shift.wasserstein
        let spread = baseline?.moments.summarySD ?? 0
        standardised = spread > 0 ? wasserstein / spread : nil
        stabilityIndex = shift.stabilityIndex
        stabilityBound = shift.chanceBound()
        verdict =
            stabilityIndex < max(0.1, stabilityBound) ? .stable : stabilityIndex < 0.25 ? .moderate : .large
        exactness = [late, early].map(\.exactness).first { $0 != .exact } ?? .exact
        let ranges = (DriftFigures.range(later), DriftFigures.range(earlier))
        let error = { (range: Double, n: Int) in 1.253 * range / 1.349 / Double(n).squareRoot() }
        let errors = (error(ranges.0, a.n), error(ranges.1, b.n))
        let chance = 1.96 * (errors.0 * errors.0 + errors.1 * errors.1).squareRoot()
        spreadAlone =
            min(a.values.count, b.values.count) >= 5 && ranges.1 > 0 && abs(ranges.0 - ranges.1) > 0.25 * ranges.1
            && abs(later.median - earlier.median) < max(0.1 * max(ranges.0, ranges.1), chance)
            && stabilityIndex >= stabilityBound
    }

    private static func counts(_ partial: Partial?, _ settings: AnalysisSettings) throws(Absence) -> ValueCounts {
        guard let partial else { throw .noRecords }
        guard partial.n >= settings.minimumGroup else {
            throw .tooFew(.records, found: partial.n, needed: settings.minimumGroup)
        }
        let counts: Answer<ValueCounts> = computed { () throws(Undefined) in try ValueCounts(partial.tested) }
        return try counts.get()
    }

    private static func range(_ quantiles: Quantiles) -> Double { quantiles.q3 - quantiles.q1 }
}
