import Model
import Statistics

/// One group on its way into a comparison.
struct ComparedGroup {
    /// The dimension's value.
    let value: String
    /// Size, mean and variance.
    let summary: GroupSummary
    /// Records without a value.
    let missing: Int
    /// The merged counts of the values themselves, for tests.
    let counts: Answer<ValueCounts>
    /// The same as they may be told.
    let told: Answer<ValueCounts>
    /// The interval of the mean.
    let interval: Interval?

    /// The figures that a result shows.
    func figures(level: Double) -> GroupFigures {
        GroupFigures(
            value: value, n: summary.n, missing: missing, mean: summary.mean, interval: interval, sd: summary.sd,
            median: told.flatMap { counts in
                computed { () throws(Undefined) in try MedianFigures(counts, level: level) }
            })
    }
}

extension [ComparedGroup] {
    /// The counts of all groups, or the first reason why one has none.
    var samples: Answer<[CountedSample]> {
        var samples: [CountedSample] = []
        for group in self {
            switch group.counts {
            case .success(let counts): samples.append(counts.sample)
            case .failure(let absence): return .failure(absence)
            }
        }
        return .success(samples)
    }

    /// Exact only if every group's counts are; else the coarsest of them.
    var countsExactness: Exactness {
        let found = compactMap { $0.counts.value?.exactness }
        return found.first { $0 != .exact } ?? .exact
    }
}
