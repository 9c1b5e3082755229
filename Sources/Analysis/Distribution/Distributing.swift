import Model
import Partials
import Statistics

extension DistributionResult {
    /// The distribution of a subject over a period.
    ///
    /// - Parameters:
    ///   - partial: all days of the period together; nil without values.
    ///   - records: of the group in the period.
    ///   - isHeld: whether days of the period are left out because they would be of too few people.
    ///   - sample: asked for only where a figure needs single values.
    ///   - overTime: asked for where the detail is wanted; nil leaves the detail out.
    init(
        _ subject: Subject, metric: Metric, partial: Partial?, records: Int, period: Period, isHeld: Bool = false,
        sample: () -> SampledValues, overTime: (() -> DistributionOverTime)?, settings: AnalysisSettings
    ) {
        guard let partial else {
            self = DistributionResult.empty(subject, records: records, period: period, isHeld: isHeld)
            return
        }
        let counts = computed { () throws(Undefined) in try ValueCounts(toldBy: partial) }
        let moments = MomentFigures(partial, counts: counts, metric: metric, level: settings.level)
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
            }?.value, normality: NormalityFigures.test(counts, sample: sample, settings: settings),
            outliers: counts.flatMap { counts in
                computed { () throws(Undefined) in
                    try OutlierFigures(
                        counts, moments: moments, values: overTime == nil || partial.areValuesHeld ? nil : sample(),
                        settings: settings)
                }
            },
            detail: overTime.map { overTime in
                DistributionDetail(
                    counts, range: metric.range, moments: moments, sample: sample(), overTime: overTime(),
                    settings: settings)
            })
    }

    private static func empty(
        _ subject: Subject, records: Int, period: Period, isHeld: Bool
    ) -> DistributionResult {
        let absence: Absence = isHeld ? .hidden : .noRecords
        return DistributionResult(
            subject: subject, period: period, n: 0, missing: isHeld ? 0 : records, moments: .failure(absence),
            quantiles: .failure(absence), histogram: .failure(absence), box: .failure(absence), bands: nil,
            normality: .failure(absence), outliers: .failure(absence), detail: nil)
    }
}

/// What the distribution of a metric did over time: its drift against the previous days and against the baseline, and its
/// bands week by week.
struct DistributionOverTime {
    let previous: Answer<DriftFigures>
    let baseline: Answer<DriftFigures>
    let bandWeeks: [BandWeek]

    /// Nothing, for rows without time.
    static let none = DistributionOverTime(
        previous: .failure(.notDeclared), baseline: .failure(.notDeclared), bandWeeks: [])

    private init(previous: Answer<DriftFigures>, baseline: Answer<DriftFigures>, bandWeeks: [BandWeek]) {
        self.previous = previous
        self.baseline = baseline
        self.bandWeeks = bandWeeks
    }

    /// The distribution of a subject in a period and at its end.
    init(_ subject: Subject, table: PartialTable, period: Period, settings: AnalysisSettings) {
        guard let last = period.last else {
            self = .none
            return
        }
        let first = table.days.first { period.contains($0) } ?? period.start
        (previous, baseline) = Self.drift(period, first: first, last: last, settings: settings) {
            table.merged(metric: subject.metric, group: subject.group, over: $0)
        }
        bandWeeks = BandWeek.weeks(of: subject, table: table, from: first, through: last, settings: settings)
    }

    /// The drift of rows that are all at hand.
    init(_ subject: Subject, rows: RowTable, settings: AnalysisSettings) {
        guard rows.hasTime, let period = rows.period, let last = period.last else {
            self = .none
            return
        }
        (previous, baseline) = Self.drift(period, first: period.start, last: last, settings: settings) {
            rows.partial(of: subject, over: $0)
        }
        bandWeeks = []
    }

    /// The last `currentDays` against as many before them and against the first `baselineDays`.
    private static func drift(
        _ period: Period, first: Day, last: Day, settings: AnalysisSettings, _ partial: (Period) -> Partial?
    ) -> (previous: Answer<DriftFigures>, baseline: Answer<DriftFigures>) {
        let current = Period(days: settings.currentDays, through: last)
        func against(_ earlier: Period) -> Answer<DriftFigures> {
            guard earlier.start >= period.start, earlier.end <= current.start else {
                let seen = Period(from: first, through: last).length
                return .failure(.tooFew(.periods, found: seen, needed: settings.currentDays + earlier.length))
            }
            return caught { () throws(Absence) in
                try DriftFigures(
                    partial(current), partial(earlier), periods: (current, earlier), settings: settings)
            }
        }
        return (
            against(Period(days: settings.currentDays, through: current.start.advanced(by: -1))),
            against(Period(from: first, through: first.advanced(by: settings.baselineDays - 1)))
        )
    }
}

extension DistributionDetail {
    fileprivate init(
        _ counts: Answer<ValueCounts>, range: ClosedRange<Double>?, moments: MomentFigures, sample: SampledValues,
        overTime: DistributionOverTime, settings: AnalysisSettings
    ) {
        let grid = ValueGrid(sample.values)
        let curves = counts.flatMap { counts in
            computed { () throws(Undefined) in
                try CurveFigures(counts, range: range, grid: grid, settings: settings)
            }
        }
        self.init(
            curves: curves,
            shape: counts.flatMap { counts in
                caught { () throws(Absence) in
                    try ShapeFigures(
                        counts, values: sample.values, grid: grid, moments: moments, density: curves.flatMap(\.density),
                        settings: settings)
                }
            }, sincePrevious: overTime.previous, sinceBaseline: overTime.baseline, bandWeeks: overTime.bandWeeks)
    }
}

extension MomentFigures {
    /// From the values themselves where the counts hold every one as it is, else from the sums.
    fileprivate init(_ partial: Partial, counts: Answer<ValueCounts>, metric: Metric, level: Double) {
        let sums = MomentFigures(
            partial.moments, min: partial.minimum, max: partial.maximum, metric: metric, level: level)
        let known: Answer<Description> = counts.flatMap { counts in
            guard !partial.areValuesHeld, counts.exactness == .exact, counts.sample.n > 1, !counts.sample.isConstant
            else {
                return .failure(.noRecords)
            }
            return computed { () throws(Undefined) in try Description(counts.sample) }
        }
        self = known.value.map { MomentFigures($0, meanInterval: sums.meanInterval) } ?? sums
    }
}

extension DistributionResult {
    /// Whether nothing is told because it would be of too few people; how many records have no value is not told then either.
    public var isHeld: Bool { n == 0 && moments.absence == .hidden }
}
