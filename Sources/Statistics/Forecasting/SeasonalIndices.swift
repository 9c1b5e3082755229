/// The season of a series by classical decomposition: ratios to, or differences from, a centred moving mean.
struct SeasonalIndices: Sendable, Hashable {
    /// One value per position modulo the period; they average 1 (ratios) or 0 (differences).
    let values: [Double]
    /// Whether the values are ratios.
    let multiplicative: Bool

    /// Needs two whole seasons, and values above 0 for ratios. Throws `.tooFew` and `.outOfDomain`.
    init(_ data: [Double], period: Int, multiplicative: Bool) throws(Undefined) {
        guard period >= 2 else { throw .outOfDomain("a season has at least 2 steps, not \(period)") }
        try Undefined.require(data.count, atLeast: 2 * period)
        guard !multiplicative || data.allSatisfy({ $0 > 0 }) else { throw .outOfDomain("ratios need values above 0") }
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: period)
        var counts = [Int](repeating: 0, count: period)
        let half = period / 2
        for t in half..<(data.count - half) {
            let trend = Self.centredMean(data, t, period)
            sums[t % period].add(multiplicative ? data[t] / trend : data[t] - trend)
            counts[t % period] += 1
        }
        let means = zip(sums, counts).map { $0.value / Double($1) }
        let centre = means.compensatedSum / Double(period)
        values = means.map { multiplicative ? $0 / centre : $0 - centre }
        self.multiplicative = multiplicative
    }

    /// The mean over one period around t; an even period takes half of each end.
    private static func centredMean(_ data: [Double], _ t: Int, _ period: Int) -> Double {
        let half = period / 2
        let window = data[(t - half)...(t + half)].compensatedSum
        let ends = period % 2 == 0 ? (data[t - half] + data[t + half]) / 2 : 0
        return (window - ends) / Double(period)
    }

    /// A value without its season.
    func removed(_ value: Double, at index: Int) -> Double {
        let season = values[index % values.count]
        return multiplicative ? value / season : value - season
    }

    /// A value with its season.
    func restored(_ value: Double, at index: Int) -> Double {
        let season = values[index % values.count]
        return multiplicative ? value * season : value + season
    }
}
