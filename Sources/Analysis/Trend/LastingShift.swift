import Model
import Statistics

/// The day since which a metric's daily means lie on another level up to now, if any day is better than another.
public struct LastingShift: Sendable, Hashable {
    /// The days since then (each counting the same) against what the days before lead us to expect of their weekdays. The
    /// p of its test is that of the best day times `candidates`, at most 1 (Bonferroni).
    public var change: ChangeFigures
    /// Days that were tried as the first of a new level.
    public var candidates: Int
    /// Whether a step on that day leaves less of the daily means unexplained than a straight line does.
    public var fitsBetterThanLine: Bool
}

extension LastingShift {
    /// Tries each day after the first `minimumWeekdays` weeks, up to the last but one, as the first day of a new level.
    ///
    /// For each the mean of the days from it on is held against the days before (`DayNoise`), and the day with the smallest p
    /// is taken. A level that came and went again, or moves twice, shows less than one that lasts: that is the question.
    /// Days before that rise or fall count as scatter, so that a trend is no shift.
    /// The effect is found where it is largest, so it is a little overstated when it is not far from chance.
    ///
    /// - Parameter days: of the period, in order, each with a value.
    ///
    /// Fails below `minimumDecomposed` days before and two days from the first candidate on, and with `.constant` where no
    /// day differs from its weekday's mean. Cost: the square of the number of days.
    static func find(
        _ days: [DayFigures], recordSD: Double?, settings: AnalysisSettings
    ) throws(Absence) -> LastingShift {
        let least = max(settings.minimumDecomposed, 7 * max(2, settings.minimumWeekdays))
        guard days.count >= least + 2 else {
            throw days.isEmpty ? .noRecords : .tooFew(.periods, found: days.count, needed: least + 2)
        }
        var best: (split: Int, t: Double, free: Double, p: Double)?
        var candidates = 0
        for split in least...(days.count - 2) {
            let later = days[split...]
            guard let noise = DayNoise(days[..<split], withSlope: false), noise.support(of: later) >= 2 else {
                continue
            }
            candidates += 1
            let expected = noise.expectation(of: later)
            let found = later.reduce(0) { $0 + $1.mean } / Double(later.count)
            let t = (found - expected.mean) / expected.variance.squareRoot()
            let free = noise.degreesOfFreedom
            if let best, abs(t) <= abs(best.t), free <= best.free { continue }
            let p = 2 * StudentT.cdf(-abs(t), df: free)
            if best.map({ p < $0.p }) ?? true { best = (split, t, free, p) }
        }
        guard let best, let noise = DayNoise(days[..<best.split], withSlope: false) else { throw .constant }
        let (before, later) = (days[..<best.split], days[best.split...])
        let expected = noise.expectation(of: later)
        var change = ChangeFigures(
            current: PeriodMean(
                period: Period(from: later[best.split].day, through: days[days.count - 1].day), days: later.count,
                n: later.reduce(0) { $0 + $1.n }, mean: later.reduce(0) { $0 + $1.mean } / Double(later.count)),
            baseline: PeriodMean(
                period: Period(from: days[0].day, through: days[best.split - 1].day), days: before.count,
                n: before.reduce(0) { $0 + $1.n }, mean: expected.mean),
            standardError: expected.variance.squareRoot(), degreesOfFreedom: best.free, method: .lastingShift,
            recordSD: recordSD, level: settings.level)
        change.test.p = min(1, best.p * Double(candidates))
        return LastingShift(
            change: change, candidates: candidates, fitsBetterThanLine: stepFitsBetter(days, split: best.split))
    }

    /// Compares what a step and what a line leave of the daily means; both have two parameters.
    private static func stepFitsBetter(_ days: [DayFigures], split: Int) -> Bool {
        let (before, after) = (Moments(days[..<split].map(\.mean)), Moments(days[split...].map(\.mean)))
        let all = Moments(days.map(\.mean))
        let start = days[0].day
        let x = days.map { Double(start.distance(to: $0.day)) }
        let middle = Moments(x)
        let product = zip(x, days).reduce(0) { $0 + ($1.0 - middle.mean) * ($1.1.mean - all.mean) }
        return before.m2 + after.m2 < all.m2 - product * product / middle.m2
    }
}
