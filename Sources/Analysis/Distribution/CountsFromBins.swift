import Model
import Partials
import Statistics

extension ValueCounts {
    /// What a partial tells of its values; where people's are told in levels that are not the values, it says so.
    init(toldBy partial: Partial) throws(Undefined) {
        let found = try ValueCounts(partial.counts)
        let isLevelled = partial.areValuesHeld && partial.counts.content != partial.tested.content
        self.init(
            sample: found.sample, bins: found.bins, exactness: isLevelled ? .levelled : found.exactness)
    }

    /// Merged counts as a sample: distinct values as they are, bins as their middles.
    ///
    /// Throws `.outOfDomain` where values lie outside linear bins, since nothing bounds what is read from them.
    init(_ counts: BinnedCounts) throws(Undefined) {
        sample = try CountedSample(pairs: counts.entries.lazy.map { (value: $0.value, count: $0.count) })
        guard !counts.isExact else {
            bins = nil
            exactness = .exact
            return
        }
        let edges = counts.histogram.map { ($0.lower, $0.upper) }
        guard edges.allSatisfy({ $0.0.isFinite && $0.1.isFinite }) else {
            throw .outOfDomain("values lie outside the metric's declared bins")
        }
        bins = edges.map { $0.0...$0.1 }
        switch counts.bins {
        case .linear(let lower, let upper, let count):
            exactness = .binned(.absolute((upper - lower) / Double(count) / 2))
        case .logarithmic(let error): exactness = .binned(.relative(error))
        }
    }
}
