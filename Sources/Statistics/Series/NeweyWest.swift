/// Long-run sums with Bartlett weights.
enum NeweyWest {
    /// ⌊4(n/100)^(2/9)⌋, and never more than n − 1.
    static func defaultLag(n: Int) -> Int { min(n - 1, Int(4 * pow(Double(n) / 100, 2.0 / 9))) }

    /// Σ uₜ² + 2 Σ (1 − l/(L + 1)) Σ uₜuₜ₋ₗ, which is never negative. Cost: n·lag.
    static func longRunSum(_ u: [Double], lag: Int) -> Double { longRunSum(u, u, lag: lag) }

    /// The same for two columns, symmetrised: Σ over lags of weights times (uₜvₜ₋ₗ + vₜuₜ₋ₗ).
    static func longRunSum(_ u: [Double], _ v: [Double], lag: Int) -> Double {
        var sum = CompensatedSum()
        for t in u.indices { sum.add(u[t] * v[t]) }
        for l in stride(from: 1, through: min(lag, u.count - 1), by: 1) {
            let weight = 1 - Double(l) / Double(lag + 1)
            for t in l..<u.count { sum.add(weight * (u[t] * v[t - l] + v[t] * u[t - l])) }
        }
        return sum.value
    }
}
