/// Means and centred sums of two columns, by compensated sums in two passes.
struct CrossMoments {
    let n: Double
    let meanX: Double, meanY: Double
    /// Σ(x − x̄)², Σ(y − ȳ)², Σ(x − x̄)(y − ȳ).
    let xx: Double, yy: Double, xy: Double

    /// Throws `.unequalLengths`, `.tooFew` below `needed` pairs, `.nonFinite` or `.overflow`.
    init(_ x: [Double], _ y: [Double], atLeast needed: Int = 2) throws(Undefined) {
        try Undefined.requirePairs(x, y, atLeast: needed)
        let size = Double(x.count)
        let (originX, originY) = (x.compensatedSum / size, y.compensatedSum / size)
        var (sx, sy, sxx, syy, sxy) =
            (CompensatedSum(), CompensatedSum(), CompensatedSum(), CompensatedSum(), CompensatedSum())
        for index in x.indices {
            let dx = x[index] - originX
            let dy = y[index] - originY
            sx.add(dx)
            sy.add(dy)
            sxx.add(dx * dx)
            syy.add(dy * dy)
            sxy.add(dx * dy)
        }
        n = size
        guard sxx.value.isFinite, syy.value.isFinite, sxy.value.isFinite else { throw .overflow }
        meanX = originX + sx.value / size
        meanY = originY + sy.value / size
        xx = max(0, sxx.value - sx.value * sx.value / size)
        yy = max(0, syy.value - sy.value * sy.value / size)
        xy = sxy.value - sx.value * sy.value / size
    }

    /// The correlation, cut to [−1, 1]. Throws `.constant` when a column does not vary.
    var correlation: Double {
        get throws(Undefined) {
            guard xx > 0, yy > 0 else { throw .constant }
            let product = xx * yy
            let scale = product.isNormal ? product.squareRoot() : xx.squareRoot() * yy.squareRoot()
            return max(-1, min(1, xy / scale))
        }
    }
}
