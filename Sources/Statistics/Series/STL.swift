/// A series as trend + season + rest, by repeated local regression (loess).
///
/// Source: R. B. Cleveland et al., "STL: A Seasonal-Trend Decomposition Procedure Based on Loess", J. Off. Stat. 6 (1990)
/// 3–73; local lines throughout and no jumps, with 5 inner steps, or 2 inner and 15 robust outer ones.
public struct STL: Sendable, Hashable {
    /// The length of a season.
    public let period: Int
    /// The spans of the seasonal, trend and low-pass smoothers.
    public let seasonalSpan: Int, trendSpan: Int, lowPassSpan: Int
    /// Whether far values were given less weight.
    public let robust: Bool
    /// The slow part, in the unit of the data.
    public let trend: [Double]
    /// The part that repeats and may change slowly.
    public let seasonal: [Double]
    /// The data less trend and season.
    public let rest: [Double]

    /// max(0, 1 − Var(rest)/Var(trend + rest)), 0 to 1; 0 where neither is more than rounding (10⁻¹³ of the data).
    public var trendStrength: Double { strength(of: trend) }

    /// max(0, 1 − Var(rest)/Var(season + rest)), 0 to 1; 0 where neither is more than rounding (10⁻¹³ of the data).
    public var seasonalStrength: Double { strength(of: seasonal) }

    /// Decomposes a series without gaps.
    ///
    /// - Parameters:
    ///   - data: At least two whole seasons.
    ///   - period: At least 2.
    ///   - seasonalSpan: Odd, at least 3: how many seasons the seasonal part is smoothed over.
    ///   - robust: Whether far values get less weight.
    ///
    /// The trend is smoothed over the first odd number from 1.5·period/(1 − 1.5/seasonalSpan), the low pass over the first odd
    /// number above the period. Throws `.outOfDomain`, `.tooFew`, `.nonFinite`. Cost: n · (seasonal span + trend span) per step.
    public init(_ data: [Double], period: Int, seasonalSpan: Int = 7, robust: Bool = false) throws(Undefined) {
        guard period >= 2 else { throw .outOfDomain("a season has at least 2 steps, not \(period)") }
        guard seasonalSpan >= 3, seasonalSpan % 2 == 1 else {
            throw .outOfDomain("a seasonal span is odd and at least 3")
        }
        try Undefined.require(data.count, atLeast: 2 * period)
        try Undefined.requireFinite(data)
        let wide = Int((1.5 * Double(period) / (1 - 1.5 / Double(seasonalSpan))).rounded(.up))
        (self.period, self.seasonalSpan, self.robust) = (period, seasonalSpan, robust)
        trendSpan = wide % 2 == 1 ? wide : wide + 1
        lowPassSpan = period % 2 == 1 ? period + 2 : period + 1
        let spans = Spans(period: period, seasonal: seasonalSpan, trend: trendSpan, lowPass: lowPassSpan)
        var weights = [Double](repeating: 1, count: data.count)
        var parts = (trend: [Double](repeating: 0, count: data.count), seasonal: [Double]())
        for outer in 0...(robust ? 15 : 0) {
            if outer > 0 { weights = Self.robustness(data, parts.trend, parts.seasonal) }
            for _ in 0..<(robust ? 2 : 5) { parts = Self.inner(data, parts.trend, weights, outer > 0, spans) }
        }
        (trend, seasonal) = parts
        rest = data.indices.map { data[$0] - parts.trend[$0] - parts.seasonal[$0] }
    }

    private struct Spans { let period, seasonal, trend, lowPass: Int }

    /// One inner step: season of the detrended series, its low-frequency part removed, then trend of the rest.
    private static func inner(
        _ data: [Double], _ trend: [Double], _ weights: [Double], _ weighted: Bool, _ spans: Spans
    ) -> (trend: [Double], seasonal: [Double]) {
        let detrended = zip(data, trend).map { $0 - $1 }
        let cycles = cycleSubseries(detrended, weighted ? weights : nil, spans)
        let smooth = movingMean(movingMean(movingMean(cycles, spans.period), spans.period), 3)
        let low = Loess.smooth(smooth, span: spans.lowPass, weights: nil)
        let seasonal = data.indices.map { cycles[$0 + spans.period] - low[$0] }
        let plain = zip(data, seasonal).map { $0 - $1 }
        return (Loess.smooth(plain, span: spans.trend, weights: weighted ? weights : nil), seasonal)
    }

    /// Each season's own series smoothed, with one season more at either end.
    private static func cycleSubseries(_ data: [Double], _ weights: [Double]?, _ spans: Spans) -> [Double] {
        var result = [Double](repeating: 0, count: data.count + 2 * spans.period)
        for season in 0..<spans.period {
            let places = Array(stride(from: season, to: data.count, by: spans.period))
            let values = places.map { data[$0] }
            let own = weights.map { all in places.map { all[$0] } }
            let smooth = Loess.smooth(values, span: spans.seasonal, weights: own, beyond: 1)
            for (index, value) in smooth.enumerated() { result[season + index * spans.period] = value }
        }
        return result
    }

    private static func movingMean(_ data: [Double], _ length: Int) -> [Double] {
        var sum = data[..<length].reduce(0, +)
        return (0...(data.count - length)).map { start in
            if start > 0 { sum += data[start + length - 1] - data[start - 1] }
            return sum / Double(length)
        }
    }

    /// Bisquare weights of the rests over six times their median size.
    private static func robustness(_ data: [Double], _ trend: [Double], _ seasonal: [Double]) -> [Double] {
        let sizes = data.indices.map { abs(data[$0] - trend[$0] - seasonal[$0]) }
        let order = sizes.sorted()
        let reach = 3 * (order[order.count / 2] + order[order.count - order.count / 2 - 1])
        return sizes.map { size in
            if size <= 0.001 * reach { return 1 }
            if size > 0.999 * reach { return 0 }
            let share = 1 - (size / reach) * (size / reach)
            return share * share
        }
    }

    private func strength(of part: [Double]) -> Double {
        func spread(_ data: [Double]) -> Double {
            let mean = data.compensatedSum / Double(data.count)
            return data.lazy.map { ($0 - mean) * ($0 - mean) }.compensatedSum
        }
        let whole = spread(zip(part, rest).map(+))
        let grain = 1e-13 * rest.indices.reduce(0) { Swift.max($0, abs(trend[$1] + seasonal[$1] + rest[$1])) }
        return whole > Double(rest.count) * grain * grain ? max(0, 1 - spread(rest) / whole) : 0
    }
}
