import Statistics

extension QuantileFigures {
    /// Quantiles, MAD and mode of the counts, none beyond the true extremes. Throws `.empty`.
    init(_ counts: ValueCounts, shares: [Double], within extremes: ClosedRange<Double>) throws(Undefined) {
        let quantile = try Quantiles(counts.sample)
        let description = try Description(counts.sample)
        exactness = counts.exactness
        var found: [Quantile] = []
        // The middle of the outermost bin may lie beyond the value in it.
        let held = { (value: Double) in min(extremes.upperBound, max(extremes.lowerBound, value)) }
        for share in shares { found.append(Quantile(share: share, value: held(try quantile(share)))) }
        quantiles = found
        median = held(description.median)
        q1 = held(description.q1)
        q3 = held(description.q3)
        mad = description.mad
        mode = counts.densest ?? (description.modeCount > 1 ? description.mode : nil)
        distinct = description.distinct
    }
}

extension BoxFigures {
    /// Tukey's box of the counts; where they are of bins, extremes and mean still come from the sums.
    init(_ counts: ValueCounts, quantiles: QuantileFigures, moments: MomentFigures) {
        let fence = 1.5 * quantiles.iqr
        let (lowFence, highFence) = (quantiles.q1 - fence, quantiles.q3 + fence)
        let sample = counts.sample
        var (below, above) = (0, 0)
        var inside: (first: Double, last: Double)?
        for (value, count) in zip(sample.values, sample.counts) {
            if value < lowFence {
                below += count
            } else if value > highFence {
                above += count
            } else {
                inside = (inside?.first ?? value, value)
            }
        }
        exactness = counts.exactness
        // A whisker that reaches the end of the data ends at the true extreme, not in the middle of its bin.
        lowWhisker = below == 0 ? moments.min : inside?.first ?? quantiles.q1
        highWhisker = above == 0 ? moments.max : inside?.last ?? quantiles.q3
        (q1, median, q3) = (quantiles.q1, quantiles.median, quantiles.q3)
        mean = moments.mean
        (lowOutliers, highOutliers) = (below, above)
        extremes = (below > 0 ? [moments.min] : []) + (above > 0 ? [moments.max] : [])
    }
}
