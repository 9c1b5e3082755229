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

    /// Walks all samples together in order. Cost: distinct values times the logarithm of the number of samples.
    init(_ samples: [CountedSample]) {
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: samples.count)
        var heads = Heads(samples)
        var alike: [(sample: Int, count: Int)] = []
        var before = 0
        var ties = 0.0
        while let next = heads.first {
            alike.removeAll(keepingCapacity: true)
            var tied = 0
            while heads.first == next {
                let found = heads.take(from: samples)
                alike.append(found)
                tied += found.count
            }
            let rank = Double(before) + Double(tied + 1) / 2
            for (sample, count) in alike { sums[sample].add(rank, times: count) }
            before += tied
            let t = Double(tied)
            if tied > 1 { ties += t * t * t - t }
        }
        rankSums = sums.map(\.value)
        n = before
        tieSum = ties
    }

    /// The next value of each sample that has one left, as a binary heap with the smallest on top.
    private struct Heads {
        private var heap: [(value: Double, sample: Int)] = []
        private var cursor: [Int]

        init(_ samples: [CountedSample]) {
            cursor = [Int](repeating: 0, count: samples.count)
            for (index, sample) in samples.enumerated() {
                if let value = sample.values.first { heap.append((value, index)) }
            }
            for place in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(place) }
        }

        /// The smallest value that is left.
        var first: Double? { heap.first?.value }

        /// Takes the smallest value from a sample that has it: which one, and how often it has it.
        mutating func take(from samples: [CountedSample]) -> (sample: Int, count: Int) {
            let sample = heap[0].sample
            let place = cursor[sample]
            cursor[sample] = place + 1
            if place + 1 < samples[sample].values.count {
                heap[0].value = samples[sample].values[place + 1]
            } else {
                heap[0] = heap[heap.count - 1]
                heap.removeLast()
            }
            sink(0)
            return (sample, samples[sample].counts[place])
        }

        private mutating func sink(_ start: Int) {
            var place = start
            while true {
                var child = 2 * place + 1
                guard child < heap.count else { return }
                if child + 1 < heap.count, heap[child + 1].value < heap[child].value { child += 1 }
                guard heap[child].value < heap[place].value else { return }
                heap.swapAt(place, child)
                place = child
            }
        }
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
