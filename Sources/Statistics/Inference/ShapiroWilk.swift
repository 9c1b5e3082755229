/// The Shapiro–Wilk test of normality for 3 to 5,000 observations.
///
/// Source: P. Royston, algorithm AS R94, Appl. Statist. 44 (1995) 547–551, doi:10.2307/2986146. W near 1 speaks for
/// normality; heavy ties make p smaller than it should be.
public struct ShapiroWilk: Sendable, Hashable {
    /// The number of observations.
    public let n: Int
    /// W, from 0 to 1.
    public let w: Double
    /// The p-value, an approximation of about four digits.
    public let p: Double

    /// Throws `.tooFew` below 3 and `.tooMany` above 5,000 observations, `.constant`. Cost: n, with one normal quantile
    /// for each pair of weights.
    public init(_ sample: CountedSample) throws(Undefined) {
        try Undefined.require(sample.n, atLeast: 3)
        guard sample.n <= 5000 else { throw .tooMany(found: sample.n, limit: 5000) }
        guard !sample.isConstant, let low = sample.min, let high = sample.max else { throw .constant }
        let range = high - low
        guard range.isFinite else { throw .overflow }
        let scaled = sample.expanded.map { ($0 - low) / range }
        let lack = Self.lackOfFit(scaled, Self.weights(sample.n))
        n = sample.n
        w = 1 - lack
        p = Self.p(lack, n: sample.n)
    }

    /// Sorts first. Throws as the other initializer, and `.nonFinite`.
    public init(_ data: [Double]) throws(Undefined) { try self.init(CountedSample(data)) }

    /// The weights of the upper half, largest observation first.
    private static func weights(_ n: Int) -> [Double] {
        if n == 3 { return [Double(0.5).squareRoot()] }
        let half = n / 2
        let m = (1...half).map { Normal.quantile((Double($0) - 0.375) / (Double(n) + 0.25)) }
        let squares = 2 * m.lazy.map { $0 * $0 }.compensatedSum
        let root = squares.squareRoot()
        let u = 1 / Double(n).squareRoot()
        let first = polynomial([0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056], u) - m[0] / root
        guard n > 5 else {
            let scale = ((squares - 2 * m[0] * m[0]) / (1 - 2 * first * first)).squareRoot()
            return [first] + m.dropFirst().map { -$0 / scale }
        }
        let second = polynomial([0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633], u) - m[1] / root
        let rest = squares - 2 * m[0] * m[0] - 2 * m[1] * m[1]
        let scale = (rest / (1 - 2 * first * first - 2 * second * second)).squareRoot()
        return [first, second] + m.dropFirst(2).map { -$0 / scale }
    }

    /// 1 − W, from sums of which none cancels.
    private static func lackOfFit(_ sorted: [Double], _ half: [Double]) -> Double {
        let n = sorted.count
        let mean = sorted.compensatedSum / Double(n)
        var (ssa, ssx, sax) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
        for index in sorted.indices {
            let mirror = n - 1 - index
            let a = index < half.count ? -half[index] : mirror < half.count ? half[mirror] : 0
            let x = sorted[index] - mean
            ssa.add(a * a)
            ssx.add(x * x)
            sax.add(a * x)
        }
        let root = (ssa.value * ssx.value).squareRoot()
        return (root - sax.value) * (root + sax.value) / (ssa.value * ssx.value)
    }

    private static func p(_ lack: Double, n: Int) -> Double {
        let size = Double(n)
        if n == 3 { return max(0, 6 / .pi * (asin((1 - lack).squareRoot()) - asin(Double(0.75).squareRoot()))) }
        let y = log(lack)
        if n > 11 {
            let l = log(size)
            let mean = polynomial([-1.5861, -0.31082, -0.083751, 0.0038915], l)
            let sd = exp(polynomial([-0.4803, -0.082676, 0.0030302], l))
            return Normal.cdf((mean - y) / sd)
        }
        let gamma = polynomial([-2.273, 0.459], size)
        if y >= gamma { return 0 }
        let mean = polynomial([0.544, -0.39978, 0.025054, -6.714e-4], size)
        let sd = exp(polynomial([1.3822, -0.77857, 0.062767, -0.0020322], size))
        return Normal.cdf((mean + log(gamma - y)) / sd)
    }

    private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
        coefficients.reversed().reduce(0) { $0 * x + $1 }
    }
}
