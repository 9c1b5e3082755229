import Model
import Partials
import Statistics

extension DistributionResult {
    /// The distribution of a subject over a period.
    ///
    /// - Parameters:
    ///   - partial: all days of the period together; nil without values.
    ///   - records: of the group in the period.
    ///   - sample: asked for only where tests of normality need it.
    init(
        _ subject: Subject, metric: Metric, partial: Partial?, records: Int, period: Period,
        sample: () -> SampledValues, settings: AnalysisSettings
    ) {
        guard let partial else {
            self = DistributionResult.empty(subject, records: records, period: period)
            return
        }
        let counts = computed { () throws(Undefined) in try ValueCounts(partial.counts) }
        let moments = MomentFigures(
            partial.moments, min: partial.minimum, max: partial.maximum, level: settings.level,
            isProportion: metric.isProportion)
        let quantiles = counts.flatMap { counts in
            computed { () throws(Undefined) in
                try QuantileFigures(counts, shares: settings.quantileShares, within: moments.min...moments.max)
            }
        }
        let bands = settings.bands(of: metric)
        self.init(
            subject: subject, period: period, n: partial.n, missing: partial.missing, moments: .success(moments),
            quantiles: quantiles,
            histogram: counts.flatMap { HistogramFigures.bars(of: $0, settings: settings) },
            box: counts.flatMap { counts in
                quantiles.map { BoxFigures(counts, quantiles: $0, moments: moments) }
            },
            bands: bands.map { bands in
                counts.flatMap { counts in
                    computed { () throws(Undefined) in
                        try BandCount.counts(counts, in: bands, level: settings.level)
                    }
                }
            }?.value, normality: NormalityFigures.test(counts, sample: sample, settings: settings))
    }

    private static func empty(_ subject: Subject, records: Int, period: Period) -> DistributionResult {
        DistributionResult(
            subject: subject, period: period, n: 0, missing: records, moments: .failure(.noRecords),
            quantiles: .failure(.noRecords), histogram: .failure(.noRecords), box: .failure(.noRecords), bands: nil,
            normality: .failure(.noRecords))
    }
}
