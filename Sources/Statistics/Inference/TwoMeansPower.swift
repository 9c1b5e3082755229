/// What a two-sided, two-sample t test of groups with one variance can find.
///
/// Cost: two evaluations of the noncentral t distribution for a power; some forty times that for an effect or a size, which
/// are found by bisection to a relative 10⁻¹². Source: J. Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd
/// ed. (1988), ch. 2, doi:10.4324/9780203771587.
public enum TwoMeansPower {
    /// The chance that the test at `alpha` rejects when the population difference is `d` standard deviations.
    ///
    /// From the noncentral t distribution. Throws `.tooFew` below two observations in a group, `.outOfDomain` for alpha
    /// outside (0, 1) or a d that is not finite.
    public static func power(d: Double, n1: Int, n2: Int, alpha: Double = 0.05) throws(Undefined) -> Double {
        try Undefined.require(min(n1, n2), atLeast: 2)
        return try power(d: d, Double(n1), Double(n2), alpha: alpha)
    }

    /// The smallest |d| that the test finds with the given power (the minimum detectable effect).
    ///
    /// Throws as `power`, and `.outOfDomain` for a power outside (alpha, 1).
    public static func detectable(
        power wanted: Double = 0.8, n1: Int, n2: Int, alpha: Double = 0.05
    ) throws(Undefined) -> Double {
        try Undefined.require(min(n1, n2), atLeast: 2)
        try requirePower(wanted, alpha)
        return try solve(wanted) { (d) throws(Undefined) -> Double in
            try power(d: d, Double(n1), Double(n2), alpha: alpha)
        }
    }

    /// The size of each of two equal groups that finds `d` with the given power, not rounded; round up to use it.
    ///
    /// Throws `.outOfDomain` for d = 0 or a power outside (alpha, 1).
    public static func sizePerGroup(
        d: Double, power wanted: Double = 0.8, alpha: Double = 0.05
    ) throws(Undefined) -> Double {
        try requirePower(wanted, alpha)
        guard d != 0, d.isFinite else { throw .outOfDomain("a difference to be found is not 0") }
        return try solve(wanted) { (n) throws(Undefined) -> Double in
            n <= 1 ? alpha : try power(d: d, n, n, alpha: alpha)
        }
    }

    private static func power(d: Double, _ n1: Double, _ n2: Double, alpha: Double) throws(Undefined) -> Double {
        guard alpha > 0, alpha < 1 else { throw .outOfDomain("alpha lies between 0 and 1, not \(alpha)") }
        guard d.isFinite else { throw .nonFinite }
        let df = n1 + n2 - 2
        let shift = d / (1 / n1 + 1 / n2).squareRoot()
        let critical = StudentT.critical(level: 1 - alpha, df: df)
        return NoncentralT.upperTail(critical, df: df, shift: shift) + NoncentralT.cdf(-critical, df: df, shift: shift)
    }

    private static func requirePower(_ power: Double, _ alpha: Double) throws(Undefined) {
        guard power > alpha, power < 1 else { throw .outOfDomain("power lies between alpha and 1, not \(power)") }
    }

    /// Where a rising function reaches a value: doubled from 1 until it is passed, then halved.
    private static func solve(
        _ wanted: Double, _ f: (Double) throws(Undefined) -> Double
    ) throws(Undefined) -> Double {
        var (low, high, doublings) = (0.0, 1.0, 0)
        while try f(high) < wanted {
            (low, high, doublings) = (high, 2 * high, doublings + 1)
            guard doublings < 40 else { throw .notConverged(iterations: 40) }
        }
        while high - low > 1e-12 * high {
            let middle = (low + high) / 2
            if try f(middle) < wanted { low = middle } else { high = middle }
        }
        return high
    }
}
