import Statistics

extension MedianFigures {
    /// The median of the counts and its interval between two order statistics (`QuantileInterval`); nil where there are too
    /// few values for one. Cost: O(log n) tails of the binomial.
    init(_ counts: ValueCounts, level: Double) throws(Undefined) {
        value = try Quantiles(counts.sample).median
        exactness = counts.exactness
        let found: Answer<QuantileInterval> = computed { () throws(Undefined) in
            try QuantileInterval(counts.sample, share: 0.5, level: level)
        }
        interval = found.value?.interval
    }
}
