/// The mean, the sum of squared deviations and the shape, by compensated sums in two passes.
///
/// The deviations are taken from a mean that is itself corrected once, and the small remainder Σ(x − mean) is removed from
/// each power sum, so that data far from zero keep their digits. They are scaled by a power of two, so that their fourth
/// powers neither overflow nor vanish. Plain arrays go through eight lanes at once.
struct CentralMoments {
    let n: Int
    let mean: Double
    /// Σ(x − mean)².
    let sum2: Double
    /// m₃/m₂^1.5 and m₄/m₂² − 3 of the moments with divisor n; nil when nothing varies, or when it was not asked for.
    let shape: (skewness: Double, kurtosis: Double)?

    /// Throws `.empty` or `.overflow`.
    init(_ sample: CountedSample, shape: Bool = true) throws(Undefined) {
        guard sample.isTied else {
            try self.init(sample.values, shape: shape)
            return
        }
        let pieces = zip(sample.values, sample.counts)
        var total = CompensatedSum()
        for (value, count) in pieces { total.add(value, times: count) }
        let (low, high) = (sample.values[0], sample.values[sample.values.count - 1])
        let spread = try Spread(n: sample.n, total: total.value, low: low, high: high)
        var (s1, s2, s3, s4) = (CompensatedSum(), CompensatedSum(), CompensatedSum(), CompensatedSum())
        for (value, count) in pieces {
            let d = (value - spread.centre) * spread.inverse
            let square = d * d
            s1.add(d, times: count)
            s2.add(square, times: count)
            if shape { s3.add(square * d, times: count) }
            if shape { s4.add(square * square, times: count) }
        }
        try self.init(spread, [s1.value, s2.value, s3.value, s4.value], shape: shape)
    }

    /// Throws `.empty`, `.nonFinite` or `.overflow`.
    init(_ data: [Double], shape: Bool = true) throws(Undefined) {
        guard !data.isEmpty else { throw .empty }
        let values = data.span
        let (total, low, high) = Lanes.range(values)
        let spread: Spread
        do {
            spread = try Spread(n: data.count, total: total, low: low, high: high)
        } catch {
            // What is not finite among the values spoils the sums: only then are the values asked one by one.
            try Undefined.requireFinite(data)
            throw error
        }
        let sums =
            shape
            ? Lanes.powers(values, around: spread.centre, inverse: spread.inverse)
            : Lanes.squares(values, around: spread.centre, inverse: spread.inverse)
        try self.init(spread, sums, shape: shape)
    }

    /// From the sums of the first to fourth powers of scaled deviations, which are moved to their own mean.
    private init(_ spread: Spread, _ s: [Double], shape wanted: Bool) throws(Undefined) {
        let size = Double(spread.n)
        let r = s[0] / size
        let s2 = max(0, s[1] - size * r * r)
        n = spread.n
        mean = spread.centre + r * spread.scale
        sum2 = spread.varies ? s2 * spread.scale * spread.scale : 0
        guard sum2.isFinite else { throw .overflow }
        let m2 = s2 / size
        guard wanted, spread.varies, m2 > 0 else {
            shape = nil
            return
        }
        let s3 = s[2] - r * (3 * s[1] - 2 * size * r * r)
        let s4 = s[3] - r * (4 * s[2] - r * (6 * s[1] - 3 * size * r * r))
        shape = (s3 / size / (m2 * m2.squareRoot()), s4 / size / (m2 * m2) - 3)
    }

    /// The first mean and the power of two by which deviations from it are scaled.
    private struct Spread {
        let n: Int
        let centre: Double
        let scale: Double
        let varies: Bool

        var inverse: Double { 1 / scale }

        init(n: Int, total: Double, low: Double, high: Double) throws(Undefined) {
            let first = total / Double(n)
            guard first.isFinite, (high - low).isFinite else { throw .overflow }
            let reach = max(high - first, first - low)
            (self.n, centre, varies) = (n, first, high > low)
            // Below 2^−1000 the inverse would overflow, and so would nothing else.
            scale = reach > 0 ? Double(sign: .plus, exponent: max(-1000, reach.exponent), significand: 1) : 1
        }
    }
}
