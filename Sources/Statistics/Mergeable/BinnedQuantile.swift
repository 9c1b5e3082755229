extension BinnedCounts {
    /// A quantile with what can be wrong about it.
    public struct Quantile: Sendable, Hashable {
        /// The quantile.
        public let value: Double
        /// How far it can be from the quantile of the values themselves: 0 when exact, else half a bin's width;
        /// infinite where it lies outside linear bins.
        public let maximumError: Double
    }

    /// One bin, or one distinct value (then both limits are the value).
    public struct Bin: Sendable, Hashable {
        /// The lower limit; −∞ for what lies below linear bins.
        public let lower: Double
        /// The upper limit; ∞ for what lies above linear bins.
        public let upper: Double
        /// How many values.
        public let count: Int
    }

    /// A value that stands for itself or for its bin, with its count.
    public struct Entry: Sendable, Hashable {
        /// The value, or the middle of its bin.
        public let value: Double
        /// How many.
        public let count: Int
    }

    /// The quantile of type 7 (Hyndman and Fan, DOI 10.1080/00031305.1996.10473566), the default of R and numpy:
    /// linear between the order statistics around `(n − 1) p`. Binned values count as the middle of their bin.
    ///
    /// Nil where there are no values or `p` is not within 0 and 1.
    public func quantile(_ p: Double) -> Quantile? {
        guard n > 0, p >= 0, p <= 1 else { return nil }
        let position = Double(n - 1) * p
        let rank = min(Int(position), n - 1)
        let fraction = position - Double(rank)
        let low = orderStatistic(rank)
        guard fraction > 0 else { return low }
        let high = orderStatistic(min(rank + 1, n - 1))
        return Quantile(
            value: low.value + fraction * (high.value - low.value),
            maximumError: max(low.maximumError, high.maximumError))
    }

    /// The value at a place (from 0) of the ascending order.
    private func orderStatistic(_ rank: Int) -> Quantile {
        var below = 0
        switch content {
        case .exact(let values, let counts):
            for (value, count) in zip(values, counts) {
                below += count
                if rank < below { return Quantile(value: value, maximumError: 0) }
            }
        case .binned(let indices, let counts):
            for (index, count) in zip(indices, counts) {
                below += count
                if rank < below {
                    return Quantile(value: bins.representative(of: index), maximumError: bins.maximumError(of: index))
                }
            }
        }
        return Quantile(value: .nan, maximumError: .infinity)
    }

    /// The share of values at or below `x`; nil where there are none.
    ///
    /// Within the bin of `x` the values are taken as spread evenly; the error is at most that bin's share.
    public func cumulativeShare(at x: Double) -> Double? {
        guard n > 0 else { return nil }
        var sum = 0.0
        for bin in histogram {
            if bin.upper <= x {
                sum += Double(bin.count)
            } else if bin.lower < x, bin.lower.isFinite, bin.upper.isFinite {
                sum += Double(bin.count) * (x - bin.lower) / (bin.upper - bin.lower)
            }
        }
        return sum / Double(n)
    }

    /// The occupied bins (or distinct values), ascending.
    public var histogram: [Bin] {
        switch content {
        case .exact(let values, let counts): zip(values, counts).map { Bin(lower: $0, upper: $0, count: $1) }
        case .binned(let indices, let counts):
            zip(indices, counts).map { index, count in
                let (lower, upper) = bins.limits(of: index)
                return Bin(lower: lower, upper: upper, count: count)
            }
        }
    }

    /// The values with their counts, ascending; binned values as the middle of their bin.
    public var entries: [Entry] {
        switch content {
        case .exact(let values, let counts): zip(values, counts).map { Entry(value: $0, count: $1) }
        case .binned(let indices, let counts):
            zip(indices, counts).map { Entry(value: bins.representative(of: $0), count: $1) }
        }
    }
}
