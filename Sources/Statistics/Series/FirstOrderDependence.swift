/// How much values at equal steps depend on the value before them (an autoregressive process of first order), and what
/// that leaves of their number.
public struct FirstOrderDependence: Sendable, Hashable {
    /// The lag-1 autocorrelation of the process, from 0 (independent) to 0.95.
    public let phi: Double

    /// Takes φ as known, held within 0...0.95.
    public init(phi: Double) { self.phi = min(0.95, max(0, phi)) }

    /// Estimates φ from runs of residuals about their means, each in order of time.
    ///
    /// The lag-1 autocorrelation over all runs, r, freed of the bias towards below that estimated means leave,
    /// (r + 2/n)/(1 − 4/n) with a divisor of at least 0.2. Residuals without spread give φ = 0. Source: F. H. C. Marriott
    /// and J. A. Pope, Biometrika 41 (1954) 390–402, doi:10.1093/biomet/41.3-4.390.
    public init(residuals runs: [[Double]]) {
        let n = Double(runs.reduce(0) { $0 + $1.count })
        let squares = runs.joined().lazy.map { $0 * $0 }.compensatedSum
        guard squares > 0 else {
            self.init(phi: 0)
            return
        }
        let neighbours = runs.reduce(0) { sum, run in
            sum + zip(run, run.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
        }
        self.init(phi: (neighbours / squares + 2 / n) / max(0.2, 1 - 4 / n))
    }

    /// φ of the errors of a regression: the one for which least-squares residuals of its columns would have the lag-1
    /// autocorrelation that was found, E[e′Le]/E[e′e] with e = Me. Cost: 40 passes over the columns.
    init(residuals e: [Double], of qr: HouseholderQR) {
        let squares = e.lazy.map { $0 * $0 }.compensatedSum
        guard squares > 0 else {
            self.init(phi: 0)
            return
        }
        let found = zip(e, e.dropFirst()).lazy.map { $0 * $1 }.compensatedSum / squares
        let expected = ResidualCorrelation(qr)
        var (low, high) = (0.0, 0.95)
        if found <= expected(low) { high = 0 } else if found >= expected(high) { low = high }
        while high - low > 1e-10 {
            let middle = (low + high) / 2
            if expected(middle) < found { low = middle } else { high = middle }
        }
        self.init(phi: (low + high) / 2)
    }

    /// Var(mean of n values) over that of independent ones of the same variance, 1 + 2 Σ (1 − j/n) φʲ; 1 for n = 1.
    public func growth(_ n: Int) -> Double {
        var (growth, power) = (1.0, phi)
        for step in stride(from: 1, to: n, by: 1) where power > 1e-12 {
            growth += 2 * (1 - Double(step) / Double(n)) * power
            power *= phi
        }
        return growth
    }

    /// The factor by which s²/n of n values has to be multiplied to estimate the variance of their mean:
    /// growth · (n − 1)/(n − growth), because s² itself is too small where neighbours are alike. 1 for φ = 0.
    public func meanVarianceFactor(_ n: Int) -> Double {
        let growth = growth(n)
        return growth * Double(n - 1) / (Double(n) - growth)
    }

    /// How many independent values n of them are worth, n(1 − φ)/(1 + φ). Source: B. D. Santer et al., J. Geophys. Res.
    /// 105 (2000), doi:10.1029/1999JD901105.
    public func effectiveCount(_ n: Int) -> Double { Double(n) * (1 - phi) / (1 + phi) }
}

/// The expected lag-1 autocorrelation of least-squares residuals whose errors are autoregressive.
private struct ResidualCorrelation {
    private let q: [[Double]]
    private let n: Double
    /// q′ᵢAqⱼ with A the mean of the shifts by one step to either side.
    private let shifted: [[Double]]

    init(_ qr: HouseholderQR) {
        q = qr.q
        n = Double(q.first?.count ?? 0)
        shifted = q.map { a in qr.q.map { b in Self.dot(a, Self.neighbours(b)) } }
    }

    /// With Q′Q = 1 and M = 1 − QQ′: tr(AMRM)/tr(MRM), R being the correlations φ^|i − j|.
    func callAsFunction(_ phi: Double) -> Double {
        let turned = q.map { Self.correlated($0, phi) }
        var (top, bottom) = ((n - 1) * phi, n)
        for i in q.indices {
            top -= 2 * Self.dot(turned[i], Self.neighbours(q[i]))
            bottom -= Self.dot(q[i], turned[i])
            for j in q.indices { top += shifted[i][j] * Self.dot(q[j], turned[i]) }
        }
        return top / bottom
    }

    /// Rq, by a sweep forwards and one backwards.
    private static func correlated(_ q: [Double], _ phi: Double) -> [Double] {
        var forward = q
        for t in stride(from: 1, to: q.count, by: 1) { forward[t] += phi * forward[t - 1] }
        var backward = q
        for t in stride(from: q.count - 2, through: 0, by: -1) { backward[t] += phi * backward[t + 1] }
        return q.indices.map { forward[$0] + backward[$0] - q[$0] }
    }

    /// Aq: half of the neighbours on either side.
    private static func neighbours(_ q: [Double]) -> [Double] {
        q.indices.map { ((($0 > 0) ? q[$0 - 1] : 0) + ($0 + 1 < q.count ? q[$0 + 1] : 0)) / 2 }
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}
