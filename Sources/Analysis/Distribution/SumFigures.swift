import Model
import Statistics

extension MomentFigures {
    /// Figures from sums of powers and the extremes; the extremes are those of the same values.
    init(_ moments: Moments, min: Double, max: Double, metric: Metric, level: Double) {
        // A spread that rounding alone can leave is none: shape has no meaning there. Squares too small to be told from 0 are
        // no spread of 0 either.
        let isTooSmall = min < max && moments.m2 < .leastNormalMagnitude
        let variance =
            isTooSmall
            ? nil : moments.variance.map { exceedsRounding(variance: $0, about: moments.mean) ? $0 : 0 }
        let spreads = (variance ?? 0) > 0
        mean = moments.mean
        meanInterval = moments.meanInterval(of: metric, level: level)
        self.variance = variance
        sd = variance?.squareRoot()
        cv = moments.mean == 0 ? nil : variance.map { $0.squareRoot() / abs(moments.mean) }
        skewness = spreads ? moments.skewness : nil
        kurtosis = spreads ? moments.excessKurtosis : nil
        self.min = min
        self.max = max
    }

    /// The same from single values with their counts, by compensated sums.
    init(_ found: Description, meanInterval: Interval?) {
        mean = found.mean
        self.meanInterval = meanInterval
        let isTooSmall = found.min < found.max && (found.variance ?? 0) < .leastNormalMagnitude
        variance = isTooSmall ? nil : found.variance
        sd = isTooSmall ? nil : found.sd
        cv = isTooSmall ? nil : found.cv
        skewness = found.skewness
        kurtosis = found.kurtosis
        min = found.min
        max = found.max
    }
}
