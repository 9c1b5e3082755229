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

    /// The middle of the bin with the most values for its width, the first of several; nil where the values themselves were
    /// counted. Bins grow with the values, so the fullest of them is no mode.
    var densest: Double? {
        bins.flatMap { bins in
            var best: (density: Double, middle: Double)?
            for (place, bin) in bins.enumerated() {
                let density = Double(sample.counts[place]) / max(.leastNormalMagnitude, bin.upperBound - bin.lowerBound)
                if best.map({ density > $0.density }) ?? true { best = (density, sample.values[place]) }
            }
            return best?.middle
        }
    }

    /// The width of the widest bin that has values; nil where the values themselves were counted.
    var widestBin: Double? { bins.flatMap { $0.map { $0.upperBound - $0.lowerBound }.max() } }
}
