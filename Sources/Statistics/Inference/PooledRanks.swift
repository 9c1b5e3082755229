/// The mid-ranks of several samples ranked together.
struct PooledRanks {
    /// The sum of the mid-ranks of each sample, in the order given.
    let rankSums: [Double]
    /// The number of observations in all.
    let n: Int
    /// Σ(t³ − t) over groups of t tied observations.
    let tieSum: Double

    /// Whether any value occurs twice.
    var isTied: Bool { tieSum > 0 }

    /// 1 − Σ(t³ − t)/(n³ − n), by which ties shrink the variance of ranks; 0 when all are tied.
    var tieFactor: Double {
        let size = Double(n)
        return 1 - tieSum / (size * size * size - size)
    }

    /// Walks all samples together in order. Cost: distinct values times the number of samples.
    init(_ samples: [CountedSample]) {
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: samples.count)
        var cursor = [Int](repeating: 0, count: samples.count)
        var before = 0
        var ties = 0.0
        while let next = Self.smallest(samples, cursor) {
            var tied = 0
            for (index, sample) in samples.enumerated() where Self.stands(sample, cursor[index], at: next) {
                tied += sample.counts[cursor[index]]
            }
            let rank = Double(before) + Double(tied + 1) / 2
            for (index, sample) in samples.enumerated() where Self.stands(sample, cursor[index], at: next) {
                sums[index].add(rank, times: sample.counts[cursor[index]])
                cursor[index] += 1
            }
            before += tied
            let t = Double(tied)
            if tied > 1 { ties += t * t * t - t }
        }
        rankSums = sums.map(\.value)
        n = before
        tieSum = ties
    }

    private static func stands(_ sample: CountedSample, _ cursor: Int, at value: Double) -> Bool {
        cursor < sample.values.count && sample.values[cursor] == value
    }

    private static func smallest(_ samples: [CountedSample], _ cursor: [Int]) -> Double? {
        var best: Double?
        for (index, sample) in samples.enumerated() where cursor[index] < sample.values.count {
            let value = sample.values[cursor[index]]
            if best.map({ value < $0 }) ?? true { best = value }
        }
        return best
    }
}

extension CountedSample {
    /// Σ(t³ − t) over groups of t tied observations.
    var tieSum: Double {
        counts.reduce(0) { sum, count in
            let t = Double(count)
            return sum + (t * t * t - t)
        }
    }
}
