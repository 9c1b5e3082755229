/// The exact null distributions of the rank statistics, by sums of positive terms.
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

    /// P(R ≤ r) for r in 0...limit of the sum of the ranks that `drawn` of the given ranks have, all choices being
    /// equally likely: Mann–Whitney given the ties, with doubled mid-ranks. Cost: ranks · drawn · limit.
    static func drawnRankTails(_ ranks: [Int], drawn: Int, through limit: Int) -> [Double] {
        var ways = [[Double]](repeating: [Double](repeating: 0, count: limit + 1), count: drawn + 1)
        ways[0][0] = 1
        for (place, rank) in ranks.enumerated() {
            for size in stride(from: min(drawn, place + 1), through: 1, by: -1) {
                for r in stride(from: limit, through: rank, by: -1) { ways[size][r] += ways[size - 1][r - rank] }
            }
        }
        let all = exp(Hypergeometric.logChoose(ranks.count, drawn)).rounded()
        return cumulated(ways[drawn].map { $0 / all })
    }

    /// P(T ≤ t) for t in 0...limit of the sum of those of the given ranks whose sign is positive, every sign being
    /// as likely: 1…n for the signed-rank statistic without ties, doubled mid-ranks given ties. Cost: ranks · limit.
    static func signedRankTails(_ ranks: some Sequence<Int>, through limit: Int) -> [Double] {
        var weights = [1.0] + [Double](repeating: 0, count: limit)
        for rank in ranks {
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

    /// The mid-ranks of a sample, twice so that they are whole, each as often as it occurs.
    static func doubledRanks(_ sample: CountedSample) -> [Int] {
        var before = 0
        return sample.counts.flatMap { count in
            defer { before += count }
            return repeatElement(2 * before + count + 1, count: count)
        }
    }

    private static func cumulated(_ weights: [Double]) -> [Double] {
        var sum = 0.0
        return weights.map {
            sum += $0
            return min(1, sum)
        }
    }
}
