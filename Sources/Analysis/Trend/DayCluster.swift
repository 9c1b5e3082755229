import Model
import Statistics

/// The mean over records of some days, with days as clusters: what one day's records have in common does not count as
/// evidence twice.
///
/// mean = Σ nᵢ mᵢ / N; its variance = G / (G − 1) · Σ (nᵢ / N)² (mᵢ − mean)² over the G days, with G − 1 degrees of
/// freedom. With equally many records on each day this is the mean of the daily means and its usual standard error.
/// Source: W. G. Cochran, Sampling Techniques, 3rd ed. 1977, section 9A (ratio estimate of clusters).
struct DayCluster {
    /// Mean, days and records.
    let figures: PeriodMean
    /// The variance of the mean.
    private(set) var variance: Double
    /// Degrees of freedom of the variance.
    private(set) var degreesOfFreedom: Double

    /// The cluster of the days that lie in a period and have a value; fails below two of them.
    init(_ days: some Sequence<DayFigures>, in period: Period) throws(Absence) {
        let used = days.filter { $0.n > 0 && period.contains($0.day) }
        guard used.count >= 2 else {
            throw used.isEmpty ? .noRecords : .tooFew(.periods, found: used.count, needed: 2)
        }
        let total = used.reduce(0) { $0 + $1.n }
        let share = { (day: DayFigures) in Double(day.n) / Double(total) }
        // From the first one, so that equal days have exactly their mean.
        let first = used[0].mean
        let mean = first + used.reduce(0) { $0 + share($1) * ($1.mean - first) }
        let squares = used.reduce(0) { sum, day in
            let part = share(day) * (day.mean - mean)
            return sum + part * part
        }
        let count = Double(used.count)
        figures = PeriodMean(period: period, days: used.count, n: total, mean: mean)
        variance = squares * count / (count - 1)
        degreesOfFreedom = count - 1
    }

    /// The same where each day depends on the one before.
    func reckoning(with dependence: FirstOrderDependence) -> DayCluster {
        var cluster = self
        cluster.variance *= dependence.meanVarianceFactor(figures.days)
        cluster.degreesOfFreedom = max(1, dependence.effectiveCount(figures.days) - 1)
        return cluster
    }
}

extension ChangeFigures {
    /// The later cluster less the earlier one: Welch's t with the degrees of freedom of Satterthwaite.
    ///
    /// - Parameters:
    ///   - recordSD: the standard deviation that `standardised` divides by; nil or 0 leaves it nil.
    ///   - level: of the interval.
    ///
    /// Fails where no day differs from the others of its cluster: with `.constant` where the clusters are alike, too, else
    /// with `.constantSides`.
    static func between(
        _ current: DayCluster, and baseline: DayCluster, method: TestFigures.Method = .welchByDay, recordSD: Double?,
        level: Double
    ) throws(Absence) -> ChangeFigures {
        let variance = current.variance + baseline.variance
        let scale = max(abs(baseline.figures.mean), abs(current.figures.mean))
        guard exceedsRounding(variance: variance, about: scale) else {
            throw .unvarying(from: baseline.figures.mean, to: current.figures.mean)
        }
        let parts = [current, baseline].reduce(0) { $0 + $1.variance * $1.variance / $1.degreesOfFreedom }
        return ChangeFigures(
            current: current.figures, baseline: baseline.figures, standardError: variance.squareRoot(),
            degreesOfFreedom: variance * variance / parts, method: method, recordSD: recordSD, level: level)
    }

    /// The mean over the days of a period less that over the days of an earlier one, days as clusters: the one judgement of a
    /// change between two stretches of days that report pages share.
    ///
    /// Fails below two days with a value in either, with `.noEarlier` where nothing is known before the period, with
    /// `.noneBefore` where only the earlier period has none, and as the other one.
    static func byDay(
        _ days: [DayFigures], _ current: Period, and baseline: Period, recordSD: Double?, level: Double
    ) throws(Absence) -> ChangeFigures {
        let now = try DayCluster(days, in: current)
        let before = caught { () throws(Absence) in try DayCluster(days, in: baseline) }
        if before.absence == .noRecords {
            throw days.contains { $0.day < current.start && $0.n > 0 } ? .noneBefore : .noEarlier
        }
        return try between(now, and: try before.get(), recordSD: recordSD, level: level)
    }

    /// The figures of a difference that has a Student distribution around its true value, or a skewed one.
    init(
        current: PeriodMean, baseline: PeriodMean, standardError: Double, degreesOfFreedom: Double,
        skewness: Double = 0,
        method: TestFigures.Method, recordSD: Double?, level: Double
    ) {
        let difference = current.mean - baseline.mean
        let error = SkewedStudent(skewness: skewness, degreesOfFreedom: degreesOfFreedom)
        let bounds = error.bounds(level: level)
        let t = difference / standardError
        self.init(
            current: current, baseline: baseline, difference: difference,
            interval: Interval(
                low: difference - bounds.upperBound * standardError,
                high: difference - bounds.lowerBound * standardError,
                level: level),
            relative: baseline.mean == 0 ? nil : difference / abs(baseline.mean),
            standardised: recordSD.flatMap { $0 > 0 ? difference / $0 : nil },
            test: TestFigures(
                method: method, statistic: t, degreesOfFreedom: [degreesOfFreedom],
                p: error.p(t)))
    }
}
