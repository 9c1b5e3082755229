import Statistics

extension MedianFigures {
    /// The median of the counts and the interval between two order statistics.
    ///
    /// The ends are the l-th value from either end, with the largest l for which the chance of fewer than l values
    /// below the median, P(Bin(n, ½) < l), is at most (1 − level) / 2; nil where no l ≥ 1 is. The interval covers at
    /// least its level whatever the distribution. Source: H. A. David and H. N. Nagaraja, Order Statistics, 3rd ed.
    /// 2003, section 7.1. Cost: O(log n) tails of the binomial.
    init(_ counts: ValueCounts, level: Double) throws(Undefined) {
        let quantile = try Quantiles(counts.sample)
        value = quantile.median
        exactness = counts.exactness
        interval = Self.depth(n: counts.sample.n, level: level).map { depth in
            let total = counts.sample
            return Interval(
                low: total.value(at: depth - 1), high: total.value(at: total.n - depth), level: level)
        }
    }

    /// The largest l with P(Bin(n, ½) ≤ l − 1) ≤ (1 − level) / 2; nil if there is none.
    static func depth(n: Int, level: Double) -> Int? {
        var (low, high) = (0, n / 2 + 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            // P(Bin(n, ½) ≤ l − 1) = I_½(n − l + 1, l).
            let tail = BetaDistribution.cdf(0.5, Double(n - middle + 1), Double(middle))
            if tail <= (1 - level) / 2 { low = middle } else { high = middle }
        }
        return low > 0 ? low : nil
    }
}

extension CountedSample {
    /// The value with that many others before it in ascending order, for an index within 0..<n.
    fileprivate func value(at index: Int) -> Double {
        var reached = 0
        for (value, count) in zip(values, counts) {
            reached += count
            if index < reached { return value }
        }
        return values.last ?? .nan
    }
}
