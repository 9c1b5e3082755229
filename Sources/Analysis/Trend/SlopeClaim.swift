import Statistics

/// The test of a slope of 0 on which a claim may rest.
///
/// With weekday levels, the slope is the common one within weekdays (least squares with a level for each), and each level
/// beyond the first takes its share of what the days are worth.
///
/// The number of days n is reduced to what they are worth when each depends on the one before,
/// nₑ = n (1 − φ) / (1 + φ), and the residual variance and the degrees of freedom take nₑ (1 − l/n) − 2 (at least 1) with
/// l levels beyond the first.
/// φ is the lag-1 autocorrelation of the residuals of consecutive days with a value, r, freed of its bias towards
/// below after a line was fitted, (r + 2/n) / (1 − 4/n), and held within 0...0.95.
///
/// On independent normal days it rejects a little less often than it says, at every level down to 10⁻⁴ (n from 14 to
/// 90); at φ = 0.3 about as often at 0.05. Newey–West's test rejects 1.5 times as often as it says at 0.05 and nine
/// times at 10⁻⁴ there, which a report that corrects for hundreds of tests cannot bear.
///
/// Sources: B. D. Santer et al., J. Geophys. Res. 105 (2000) 7337–7356, doi:10.1029/1999JD901105; bias: F. H. C.
/// Marriott and J. A. Pope, Biometrika 41 (1954) 390–402, doi:10.1093/biomet/41.3-4.390.
struct SlopeClaim {
    /// Slope over its standard error.
    let t: Double
    /// The standard error of the slope.
    let standardError: Double
    /// nₑ (1 − l/n) − 2, at least 1.
    let degreesOfFreedom: Double
    /// How much the days depend on each other.
    let dependence: FirstOrderDependence

    /// Weighs a slope by its residuals, in the order of days.
    ///
    /// - Parameters:
    ///   - slope: the least-squares slope.
    ///   - sumOfSquaredX: Σ (x − x̄)².
    ///   - residuals: what the line leaves of each day.
    ///   - levels: how many levels beside the first the line was fitted with.
    ///   - scale: the size of the values; residuals count as no less than its rounding, 2⁻⁵² of it, so that days that
    ///     lie on a line have a huge t and not an infinite one.
    ///
    /// Nil below five days, or where all days are the same or everything is 0.
    init?(slope: Double, sumOfSquaredX: Double, residuals: [Double], levels: Int = 0, scale: Double) {
        let n = Double(residuals.count)
        let rounding = scale * .ulpOfOne
        let squares = max(n * rounding * rounding, residuals.reduce(0) { $0 + $1 * $1 })
        guard n >= 5, squares > 0, sumOfSquaredX > 0 else { return nil }
        dependence = FirstOrderDependence(residuals: [residuals])
        let free = max(1, dependence.effectiveCount(residuals.count) * (1 - Double(levels) / n) - 2)
        standardError = (squares / free / sumOfSquaredX).squareRoot()
        t = slope / standardError
        degreesOfFreedom = free
    }
}

/// Steps and their means less the means of their places in a recurrence, as weekdays: a line through them has the slope that
/// levels of the places and a line have together (R. Frisch, F. V. Waugh, Econometrica 1 (1933) 387–401, doi:10.2307/1907330).
struct WithinLevels {
    /// The time of each step about the mean time of its place.
    let x: [Double]
    /// Its mean about that of its place; 0 throughout where no more than rounding is left.
    let y: [Double]
    /// How many places there are beside the first.
    let levels: Int

    /// Nil where no place has two steps.
    init?(_ days: [DayFigures], x: [Double], of recurrence: Recurrence, scale: Double) {
        let own = days.map { recurrence.place(of: $0.day) }
        var counts = [Double](repeating: 0, count: recurrence.count)
        var (times, means) = (counts, counts)
        for (index, place) in own.enumerated() {
            counts[place] += 1
            times[place] += (x[index] - times[place]) / counts[place]
            means[place] += (days[index].mean - means[place]) / counts[place]
        }
        guard counts.contains(where: { $0 > 1 }) else { return nil }
        levels = counts.count { $0 > 0 } - 1
        self.x = zip(own, x).map { $1 - times[$0] }
        let rests = zip(own, days).map { $1.mean - means[$0] }
        y = rests.contains { abs($0) > 16 * .ulpOfOne * scale } ? rests : rests.map { _ in 0 }
    }
}
