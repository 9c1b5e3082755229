import Model
import Partials
import Statistics

extension Partial {
    /// What group tests need. Throws `.empty` for no values, and `.underflow` where values differ by so little that their
    /// variance cannot be told from 0.
    func summary() throws(Undefined) -> GroupSummary {
        guard minimum >= maximum || moments.m2 >= .leastNormalMagnitude else { throw .underflow }
        return try moments.summary()
    }
}

extension Moments {
    /// What group tests need; a spread that rounding alone can leave counts as none. Throws `.empty` for no values.
    func summary() throws(Undefined) -> GroupSummary {
        let spread = variance ?? 0
        let isSpread = exceedsRounding(variance: spread, about: mean)
        return try GroupSummary(n: n, mean: mean, variance: isSpread ? spread : 0)
    }

    /// The interval of the mean of these values.
    ///
    /// A proportion (values of 0 and 1) gets Wilson's score interval. Any other metric gets Student's t interval; nil
    /// below two values and for values without spread: equal values do not prove the mean to any precision. Where the
    /// metric has a range, the interval ends there: no mean can lie beyond it.
    func meanInterval(level: Double, isProportion: Bool, within range: ClosedRange<Double>? = nil) -> Interval? {
        let found: Answer<Interval> = computed { () throws(Undefined) in
            if isProportion {
                return try WilsonInterval(successes: Int((mean * Double(n)).rounded()), of: n, level: level).interval
            }
            let group = try summary()
            guard group.n < 2 || group.variance > 0 else { throw .constant }
            return try MeanInterval(group, level: level).interval
        }
        return found.value?.held(within: range)
    }

    /// The interval of a metric's mean.
    func meanInterval(of metric: Metric, level: Double) -> Interval? {
        meanInterval(level: level, isProportion: metric.isProportion, within: metric.range)
    }
}
