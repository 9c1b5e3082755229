import Statistics

/// The values of a metric as they were counted: each distinct value, or the middle of each bin, with its count.
struct ValueCounts: Sendable {
    /// Values or middles of bins.
    let sample: CountedSample
    /// The bins' edges in the order of `sample.values`; nil where the values themselves were counted.
    let bins: [ClosedRange<Double>]?
    /// What the counting did to every figure read from it.
    let exactness: Exactness

    /// Values or middles of bins with what is known of them.
    init(sample: CountedSample, bins: [ClosedRange<Double>]?, exactness: Exactness) {
        (self.sample, self.bins, self.exactness) = (sample, bins, exactness)
    }

    /// The middle of the fullest bin in the fullest of equal classes, the first of several; nil where the values themselves were
    /// counted. Bins grow with the values: the fullest of them lies too far up, and the fullest for its width, with whole numbers,
    /// where a single one fills a narrow bin. Classes are those of `BinEdges`.
    var densest: Double? {
        let classes: Answer<BinEdges> = computed { () throws(Undefined) in try BinEdges(sample) }
        guard bins != nil, let classes = classes.value else { return nil }
        let sums = classes.counts(of: sample)
        let fullest = sums.indices.max { (sums[$0], $1) < (sums[$1], $0) } ?? 0
        let (low, high) = (classes.edges[fullest], classes.edges[fullest + 1])
        let isLast = fullest == sums.count - 1
        let places = sample.values.indices.filter {
            sample.values[$0] >= low && (sample.values[$0] < high || isLast)
        }
        return places.max { (sample.counts[$0], $1) < (sample.counts[$1], $0) }.map { sample.values[$0] }
    }

    /// The width of the widest bin that has values; nil where the values themselves were counted.
    var widestBin: Double? { bins.flatMap { $0.map { $0.upperBound - $0.lowerBound }.max() } }
}
