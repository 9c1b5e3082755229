import Model
import Statistics

/// The day since which a metric's daily means lie on another level up to now, if any day is better than another.
public struct LastingShift: Sendable, Hashable {
    /// The days since then (each counting the same) against the days before, weekday by weekday. The
    /// p of its test is that of that day times `candidates`, at most 1 (Bonferroni).
    public var change: ChangeFigures
    /// Days that were tried as the first of a new level.
    public var candidates: Int
    /// Whether weekdays and a step on that day leave less of the daily means unexplained than weekdays and a straight line do.
    public var fitsBetterThanLine: Bool
}

extension LastingShift {
    /// What was tried and found not to last. The ledger counts it as a test that found nothing: it was asked like the others.
    static let notKept = Absence.undefined("the days since then do not keep the level")

    /// Tries each day after the first week, up to the last but one, as the first day of a new level.
    ///
    /// For each, weekday levels and a step on that day are fitted to all days (`DayNoise`), and the day that leaves least of
    /// them unexplained is taken, whose p times the number of days tried is that of the test. A level that came and went again
    /// leaves scatter and dependence of days, so it shows less than one that lasts. A rise or fall fits a step as well: hence
    /// `fitsBetterThanLine`. The effect is found where it is largest, so it is a little overstated when it is not far from
    /// chance; a level that began in the first week is told from the eighth day on.
    ///
    /// - Parameter days: of the period, in order, each with a value.
    ///
    /// Fails below `wholeWeeks` days and two, where the later days do not keep their level (`lasts`), and with `.constant` where no day differs from its weekday's mean. Where none does
    /// but by the step, which leaves no scatter to measure it by, it is `exactStep`. Cost: linear in the days.
    static func find(
        _ days: [DayFigures], recordSD: Double?, settings: AnalysisSettings
    ) throws(Absence) -> LastingShift {
        let least = settings.wholeWeeks
        guard days.count >= least + 2 else {
            throw days.isEmpty ? .noRecords : .tooFew(.periods, found: days.count, needed: least + 2)
        }
        let (split, candidates) = mostExplaining(days)
        guard let noise = DayNoise(days[...], along: .step(on: days[split ?? 7].day)) else {
            return try exactStep(days, at: split ?? 7, recordSD: recordSD, level: settings.level)
        }
        guard let split else { throw .constant }
        let (before, later) = (days[..<split], days[split...])
        guard lasts(before, later) else { throw notKept }
        let found = later.reduce(0) { $0 + $1.mean } / Double(later.count)
        let error = noise.slopeError(days[...])
        var change = ChangeFigures(
            current: PeriodMean(
                period: Period(from: later[split].day, through: days[days.count - 1].day), days: later.count,
                n: later.reduce(0) { $0 + $1.n }, mean: found),
            baseline: PeriodMean(
                period: Period(from: days[0].day, through: days[split - 1].day), days: before.count,
                n: before.reduce(0) { $0 + $1.n }, mean: found - noise.slope),
            standardError: error.variance.squareRoot(), degreesOfFreedom: noise.degreesOfFreedom,
            skewness: error.skewness,
            method: .lastingShift, recordSD: recordSD, level: settings.level)
        change.test.p = min(1, change.test.p * Double(candidates))
        let isBetter = DayNoise(days[...], along: .line).map { noise.squares < $0.squares } ?? false
        return LastingShift(change: change, candidates: candidates, fitsBetterThanLine: isBetter)
    }

    /// Whether the level of the later days is theirs and not that of one of them, and has not gone again.
    ///
    /// Without the day that lies farthest on the step's side at least half of the step is left: one bad day would be a step up to
    /// now of it and its neighbour. And it has not gone before the newest day (`ReturnedLevel`). The step is measured from the earlier days of the same weekday, where there are none from all of them.
    private static func lasts(_ before: ArraySlice<DayFigures>, _ later: ArraySlice<DayFigures>) -> Bool {
        let usual = Moments(before.map(\.mean)).mean
        let weekdays = (0..<7).map { weekday in
            let own = before.filter { $0.day.weekday == weekday }.map(\.mean)
            return own.isEmpty ? usual : Moments(own).mean
        }
        let steps = later.map { $0.mean - weekdays[$0.day.weekday] }
        let step = Moments(steps).mean
        let along = steps.map { step < 0 ? -$0 : $0 }
        guard Moments(Array(along.sorted().dropLast())).mean >= abs(step) / 2 else { return false }
        let scatter = before.reduce(0) { sum, day in
            let rest = day.mean - weekdays[day.day.weekday]
            return sum + rest * rest
        }
        return ReturnedLevel.end(
            of: steps, leaving: 1, scatter: scatter, of: before.count, levels: Set(before.map(\.day.weekday)).count)
            == nil
    }

    /// The split whose step leaves least of the days unexplained, the earliest of several, and how many were tried; nil where no
    /// weekday stands on both sides of one.
    ///
    /// A step on a day takes (Σ dᵢ)² / Σ m (n − m) / n from the squares within weekdays, with d the later days' distances from their
    /// weekdays' means, and m of a weekday's n days later: one pass from the last day back.
    private static func mostExplaining(_ days: [DayFigures]) -> (split: Int?, tried: Int) {
        var means = [Double](repeating: 0, count: 7)
        var counts = means
        for day in days {
            counts[day.day.weekday] += 1
            means[day.day.weekday] += (day.mean - means[day.day.weekday]) / counts[day.day.weekday]
        }
        var later = [Double](repeating: 0, count: 7)
        var distance = 0.0
        var (best, most, tried) = (Int?.none, 0.0, 0)
        for split in (7..<days.count).reversed() {
            let weekday = days[split].day.weekday
            later[weekday] += 1
            distance += days[split].mean - means[weekday]
            let spread = (0..<7).reduce(0.0) { sum, weekday in
                later[weekday] > 0 ? sum + later[weekday] * (counts[weekday] - later[weekday]) / counts[weekday] : sum
            }
            guard split <= days.count - 2, spread > 0 else { continue }
            tried += 1
            let taken = distance * distance / spread
            if taken >= most { (best, most) = (split, taken) }
        }
        return (best, tried)
    }

    /// A step between levels that no day leaves.
    ///
    /// The p is that of the order of the days (`TestFigures.orderOfDays`): exact, and true of the day of the step that was found,
    /// so that no number of tries corrects it. With a pattern of the week the days are put in order within their weekdays.
    /// The interval is the difference alone, the only one that leaves all days alike. What stays as it is until somebody changes it
    /// has no order by chance; of that the p says no more than that the days differ.
    private static func exactStep(
        _ days: [DayFigures], at split: Int, recordSD: Double?, level: Double
    ) throws(Absence) -> LastingShift {
        let (before, later) = (days[..<split], days[split...])
        let isFlat = !varies(before.map(\.mean)) && !varies(later.map(\.mean))
        var counts: [(early: Int, late: Int)] = []
        var steps: [Double] = []
        for weekday in isFlat ? [nil] : (0..<7).map(Optional.init) {
            let sides = [before, later].map { side in
                side.filter { weekday == nil || $0.day.weekday == weekday }.map(\.mean)
            }
            let (early, late) = (sides[0].count, sides[1].count)
            counts.append((early, late))
            if early > 0, late > 0 { steps.append(Moments(sides[1]).mean - Moments(sides[0]).mean) }
        }
        let step = Moments(steps).mean
        let first = Moments(before.map(\.mean)).mean
        guard exceedsRounding(variance: step * step, about: first) else { throw .constant }
        let mean = Moments(later.map(\.mean)).mean
        let change = ChangeFigures(
            current: PeriodMean(
                period: Period(from: later[split].day, through: days[days.count - 1].day), days: later.count,
                n: later.reduce(0) { $0 + $1.n }, mean: mean),
            baseline: PeriodMean(
                period: Period(from: days[0].day, through: days[split - 1].day), days: before.count,
                n: before.reduce(0) { $0 + $1.n }, mean: mean - step),
            difference: step, interval: Interval(low: step, high: step, level: level),
            relative: mean == step ? nil : step / abs(mean - step),
            standardised: recordSD.flatMap { $0 > 0 ? step / $0 : nil },
            test: .orderOfDays(counts, step: step))
        return LastingShift(change: change, candidates: 1, fitsBetterThanLine: true)
    }
}
