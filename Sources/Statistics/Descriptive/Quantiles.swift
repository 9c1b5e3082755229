/// How a quantile is placed between two order statistics, by the numbers of Hyndman and Fan.
///
/// Source: R. J. Hyndman, Y. Fan, Am. Stat. 50 (1996) 361–365, doi:10.1080/00031305.1996.10473566.
public enum QuantileRule: String, Sendable, Hashable, CaseIterable {
    /// Type 7: position 1 + (n − 1)p. The default of R, NumPy and spreadsheets.
    case linear
    /// Type 6: position (n + 1)p, cut to 1…n. The Weibull rule of Minitab and SPSS.
    case weibull
}

/// Quantiles of a sample that stands ready in order.
public struct Quantiles: Sendable {
    private let sample: CountedSample
    private let rule: QuantileRule
    /// How many observations lie at or before each distinct value; empty without ties.
    private let reached: [Int]

    /// Prepares a sample. Cost: the number of distinct values. Throws `.empty`.
    public init(_ sample: CountedSample, rule: QuantileRule = .linear) throws(Undefined) {
        guard !sample.isEmpty else { throw .empty }
        self.sample = sample
        self.rule = rule
        var total = 0
        reached =
            !sample.isTied
            ? []
            : sample.counts.map { count in
                total += count
                return total
            }
    }

    /// Sorts and prepares an array. Throws `.empty` or `.nonFinite`.
    public init(_ data: [Double], rule: QuantileRule = .linear) throws(Undefined) {
        try self.init(CountedSample(data), rule: rule)
    }

    /// The quantile at p in [0, 1], by linear interpolation of the two order statistics that the rule names.
    ///
    /// For one observation every quantile is that value. Throws `.outOfDomain` for p outside [0, 1].
    /// Cost: logarithmic in the distinct values.
    public func callAsFunction(_ p: Double) throws(Undefined) -> Double {
        guard p >= 0, p <= 1 else { throw .outOfDomain("a quantile is asked at 0 to 1, not \(p)") }
        return unchecked(p)
    }

    /// The quantile at a p that is known to lie in [0, 1].
    func unchecked(_ p: Double) -> Double {
        let size = Double(sample.n)
        let position =
            switch rule {
            case .linear: (size - 1) * p
            case .weibull: min(size - 1, max(0, (size + 1) * p - 1))
            }
        let below = Int(position)
        let low = orderStatistic(below)
        let fraction = position - Double(below)
        guard fraction > 0 else { return low }
        let high = orderStatistic(below + 1)
        guard (high - low).isFinite else { return low * (1 - fraction) + high * fraction }
        // From the nearer end, so that equal ends give exactly that value and the result never leaves [low, high].
        return fraction < 0.5 ? low + (high - low) * fraction : high - (high - low) * (1 - fraction)
    }

    /// The observation with `index` others before it in order, for index in 0..<n.
    func orderStatistic(_ index: Int) -> Double {
        if reached.isEmpty { return sample.values[index] }
        var low = 0
        var high = reached.count - 1
        while low < high {
            let middle = (low + high) / 2
            if reached[middle] > index { high = middle } else { low = middle + 1 }
        }
        return sample.values[low]
    }

    /// The median.
    public var median: Double { unchecked(0.5) }

    /// The lower quartile.
    public var q1: Double { unchecked(0.25) }

    /// The upper quartile.
    public var q3: Double { unchecked(0.75) }

    /// The quartiles at ¼ and ¾.
    public var quartiles: (low: Double, high: Double) { (unchecked(0.25), unchecked(0.75)) }
}
