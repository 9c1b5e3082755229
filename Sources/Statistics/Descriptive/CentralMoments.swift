/// The mean, the sum of squared deviations and the shape, by compensated sums in two passes.
///
/// The deviations are taken from a mean that is itself corrected once, and the small remainder Σ(x − mean) is removed from
/// each power sum, so that data far from zero keep their digits. They are scaled by a power of two, so that their fourth
/// powers neither overflow nor vanish.
struct CentralMoments {
    let n: Int
    let mean: Double
    /// Σ(x − mean)².
    let sum2: Double
    /// m₃/m₂^1.5 and m₄/m₂² − 3 of the moments with divisor n; nil when nothing varies.
    let shape: (skewness: Double, kurtosis: Double)?

    init(_ sample: CountedSample) throws(Undefined) {
        try self.init(n: sample.n, pieces: zip(sample.values, sample.counts).lazy.map { ($0, $1) })
    }

    init(_ data: [Double]) throws(Undefined) {
        try Undefined.requireFinite(data)
        try self.init(n: data.count, pieces: data.lazy.map { ($0, 1) })
    }

    private init(n: Int, pieces: some Sequence<(Double, Int)>) throws(Undefined) {
        guard n > 0 else { throw .empty }
        let size = Double(n)
        var total = CompensatedSum()
        var (low, high) = (Double.infinity, -Double.infinity)
        for (value, count) in pieces {
            total.add(value, times: count)
            low = min(low, value)
            high = max(high, value)
        }
        let first = total.value / size
        guard first.isFinite, (high - low).isFinite else { throw .overflow }
        let reach = max(high - first, first - low)
        let scale = reach > 0 ? Double(sign: .plus, exponent: reach.exponent, significand: 1) : 1
        let sums = PowerSums(pieces, around: first, scale: scale, n: size)
        self.n = n
        mean = first + sums.rest * scale
        sum2 = high > low ? sums.s2 * scale * scale : 0
        guard sum2.isFinite else { throw .overflow }
        let m2 = sums.s2 / size
        shape =
            high > low && m2 > 0
            ? (sums.s3 / size / (m2 * m2.squareRoot()), sums.s4 / size / (m2 * m2) - 3) : nil
    }

    /// Sums of powers of scaled deviations, moved to their own mean.
    private struct PowerSums {
        let rest: Double, s2: Double, s3: Double, s4: Double

        init(_ pieces: some Sequence<(Double, Int)>, around centre: Double, scale: Double, n: Double) {
            var (s1, s2, s3, s4) = (CompensatedSum(), CompensatedSum(), CompensatedSum(), CompensatedSum())
            for (value, count) in pieces {
                let d = (value - centre) / scale
                let square = d * d
                s1.add(d, times: count)
                s2.add(square, times: count)
                s3.add(square * d, times: count)
                s4.add(square * square, times: count)
            }
            let r = s1.value / n
            rest = r
            self.s2 = max(0, s2.value - n * r * r)
            self.s3 = s3.value - r * (3 * s2.value - 2 * n * r * r)
            self.s4 = s4.value - r * (4 * s3.value - r * (6 * s2.value - 3 * n * r * r))
        }
    }
}
