/// The exact null distributions of the rank statistics without ties, by sums of positive terms.
enum RankSumDistribution {
    /// P(U ≤ u) for u in 0...limit of the Mann–Whitney statistic.
    ///
    /// P(n, m, u) = n/(n+m)·P(n−1, m, u−m) + m/(n+m)·P(n, m−1, u). Cost: n·m·limit.
    static func lowerTails(_ n: Int, _ m: Int, through limit: Int) -> [Double] {
        let start = [1.0] + [Double](repeating: 0, count: limit)
        var row = [[Double]](repeating: start, count: m + 1)
        for i in 1...n {
            for j in 1...m {
                let (whole, left) = (Double(i + j), Double(i))
                var next = row[j - 1].map { $0 * (Double(j) / whole) }
                if j <= limit { for u in j...limit { next[u] += left / whole * row[j][u - j] } }
                row[j] = next
            }
        }
        return cumulated(row[m])
    }

    /// P(T ≤ t) for t in 0...limit of the signed-rank statistic of n differences. Cost: n·limit.
    static func signedRankTails(_ n: Int, through limit: Int) -> [Double] {
        var weights = [1.0] + [Double](repeating: 0, count: limit)
        for rank in 1...n {
            for t in stride(from: limit, through: 0, by: -1) {
                weights[t] = 0.5 * (weights[t] + (t >= rank ? weights[t - rank] : 0))
            }
        }
        return cumulated(weights)
    }

    /// P(D ≤ d) for d in 0...limit of the number of discordant pairs among n (Kendall). Cost: n·limit.
    static func inversionTails(_ n: Int, through limit: Int) -> [Double] {
        var weights = [1.0] + [Double](repeating: 0, count: limit)
        for size in stride(from: 2, through: n, by: 1) {
            var window = CompensatedSum()
            weights = weights.indices.map { d in
                window.add(weights[d])
                if d >= size { window.add(-weights[d - size]) }
                return window.value / Double(size)
            }
        }
        return cumulated(weights)
    }

    private static func cumulated(_ weights: [Double]) -> [Double] {
        var sum = 0.0
        return weights.map {
            sum += $0
            return min(1, sum)
        }
    }
}
