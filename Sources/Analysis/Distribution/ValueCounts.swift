import Statistics

/// The values of a metric as they were counted: each distinct value, or the middle of each bin, with its count.
struct ValueCounts: Sendable {
    /// Values or middles of bins.
    let sample: CountedSample
    /// The bins' edges in the order of `sample.values`; nil where the values themselves were counted.
    let bins: [ClosedRange<Double>]?
    /// What the counting did to every figure read from it.
    let exactness: Exactness

    /// The width of the widest bin that has values; nil where the values themselves were counted.
    var widestBin: Double? { bins.flatMap { $0.map { $0.upperBound - $0.lowerBound }.max() } }
}
