import Model
import Statistics

extension TrendLine {
    /// The line through the daily means, x being calendar days from the period's first.
    ///
    /// From `settings.wholeWeeks` days on weekday levels are taken out of everything (`WithinLevels`): a week that repeats is
    /// neither scatter nor trend, and days that are no whole weeks would turn the line. R² is then that of what the levels leave.
    /// Of months and quarters the same holds for the months and quarters of the year (`settings.recurrence`).
    ///
    /// Fails below `settings.minimumPeriods` days (and below five), and with `.constant` where all means are equal.
    static func fit(_ days: [DayFigures], from origin: Day, settings: AnalysisSettings) -> Answer<TrendLine> {
        let needed = max(5, settings.minimumPeriods)
        guard let first = days.first?.day, let last = days.last?.day, days.count >= needed else {
            return .failure(.tooFew(.periods, found: days.count, needed: needed))
        }
        let x = days.map { Double(origin.distance(to: $0.day)) }
        let y = days.map(\.mean)
        guard varies(y) else { return .failure(.constant) }
        let scale = y.map(abs).max() ?? 0
        let recurrence = settings.recurrence
        let within =
            recurrence != .none && days.count >= settings.steps(of: recurrence)
            ? WithinLevels(days, x: x, of: recurrence, scale: scale) : nil
        let (places, values) = (within?.x ?? x, within?.y ?? y)
        let fit: Answer<LinearFit> = computed { () throws(Undefined) in
            try LinearFit(x: places, y: values, errors: .neweyWest(lag: nil), level: settings.level)
        }
        return fit.flatMap { fit in
            let claim = SlopeClaim(
                slope: fit.slope, sumOfSquaredX: fit.sumOfSquaresX, residuals: zip(places, values).map { $1 - fit($0) },
                levels: within?.levels ?? 0, scale: scale)
            guard let claim else { return .failure(.constant) }
            var line = TrendLine(
                fit, claim, levels: within?.levels ?? 0, first: first, last: last, origin: origin, level: settings.level
            )
            if within != nil { line.intercept = Moments(y).mean - line.slope * Moments(x).mean }
            return .success(line)
        }
    }

    /// - Parameter levels: how many levels beside the first were taken out before the line was fitted, which Newey and West's
    ///   error has to know of.
    private init(
        _ fit: LinearFit, _ claim: SlopeClaim, levels: Int, first: Day, last: Day, origin: Day, level: Double
    ) {
        let span = first.distance(to: last)
        let df = Double(fit.df - levels)
        let error = fit.slopeError * (Double(fit.df) / df).squareRoot()
        let t = fit.slope == 0 ? 0 : fit.slope / error
        let plain = StudentT.quantile((1 + level) / 2, df: df) * error
        var lag = 0
        if case .neweyWest(let used?) = fit.errors { lag = used }
        let reach = StudentT.quantile((1 + level) / 2, df: claim.degreesOfFreedom) * claim.standardError
        let interval = Interval(low: fit.slope - reach, high: fit.slope + reach, level: level)
        self.init(
            slope: fit.slope, intercept: fit.intercept, interval: interval, standardError: claim.standardError,
            neweyWestInterval: Interval(low: fit.slope - plain, high: fit.slope + plain, level: level),
            rSquared: fit.rSquared, lag: lag,
            dependence: claim.dependence,
            test: TestFigures(
                method: .slopeHAC, statistic: t.isFinite ? t : claim.t, degreesOfFreedom: [df],
                p: t.isFinite ? min(1, 2 * StudentT.cdf(-abs(t), df: df)) : 0),
            claim: TestFigures(claim), span: span, totalChange: fit.slope * Double(span),
            totalChangeInterval: interval.scaled(by: Double(span)), firstDay: first, lastDay: last,
            origin: origin)
    }
}

extension TestFigures {
    fileprivate init(_ claim: SlopeClaim) {
        self.init(
            method: .slopeAR1, statistic: claim.t, degreesOfFreedom: [claim.degreesOfFreedom],
            p: min(1, 2 * StudentT.cdf(-abs(claim.t), df: claim.degreesOfFreedom)))
    }
}

extension RobustSlope {
    /// Theil and Sen's slope through the daily means; `dependence` is that of what the least-squares line leaves.
    static func fit(
        _ days: [DayFigures], from origin: Day, dependence: FirstOrderDependence?, settings: AnalysisSettings
    ) -> Answer<RobustSlope> {
        guard days.count >= settings.minimumPeriods else {
            return .failure(.tooFew(.periods, found: days.count, needed: settings.minimumPeriods))
        }
        return computed { () throws(Undefined) in
            let fit = try TheilSen(
                x: days.map { Double(origin.distance(to: $0.day)) }, y: joiningTies(days.map(\.mean)),
                level: settings.level, dependence: dependence)
            return RobustSlope(
                slope: fit.slope, interval: fit.interval, dependentInterval: fit.dependentInterval)
        }
    }
}

extension RankTrend {
    /// Mann–Kendall on the daily means in their order, with the variance of Hamed and Rao where the ranks of the days
    /// depend on each other; without such dependence the two are the same.
    static func test(
        _ days: [DayFigures], dependence: FirstOrderDependence?, settings: AnalysisSettings
    ) -> Answer<RankTrend> {
        guard days.count >= settings.minimumPeriods else {
            return .failure(.tooFew(.periods, found: days.count, needed: settings.minimumPeriods))
        }
        let means = joiningTies(days.map(\.mean))
        guard varies(means) else { return .failure(.constant) }
        return computed { () throws(Undefined) in
            let plain = try MannKendall(means)
            // A factor below 1, and one that leaves no variance at all, would make the test bolder than the data allow.
            let corrected = computed { () throws(Undefined) in
                try MannKendall(means, correction: .hamedRao())
            }.value.flatMap { $0.varianceFactor > 1 ? $0 : nil }
            let (used, isCorrected) = (corrected ?? plain, corrected != nil)
            return RankTrend(
                s: Int(used.s), tau: used.tau, z: used.z,
                test: TestFigures(
                    method: isCorrected ? .mannKendallHamedRao : .mannKendall, statistic: used.z, p: used.p,
                    isExact: false, ties: used.ties),
                dependentP: dependence.map {
                    min(1, 2 * Normal.cdf(-abs(plain.z) / $0.growth(plain.n).squareRoot()))
                })
        }
    }
}

/// Values in their order, those that rounding alone tells apart made equal: means of decimal numbers that are equal on
/// paper may differ by the last bits, 2⁻⁵¹ of the largest, and ranks would take these for an order.
///
/// - Parameter grain: how far rounding may have taken equal values apart, where it is more than that.
func joiningTies(_ values: [Double], within grain: Double? = nil) -> [Double] {
    let grain = grain ?? 2 * .ulpOfOne * (values.map(abs).max() ?? 0)
    var joined = values
    var first: Int?
    for place in values.indices.sorted(by: { (values[$0], $0) < (values[$1], $1) }) {
        if let first, values[place] - values[first] <= grain { joined[place] = values[first] } else { first = place }
    }
    return joined
}

/// Whether values differ by more than rounding.
func varies(_ values: [Double]) -> Bool {
    guard let low = values.min(), let high = values.max() else { return false }
    return high - low > 1e-14 * max(abs(low), abs(high))
}
