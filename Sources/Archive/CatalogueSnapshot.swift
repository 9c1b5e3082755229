import Model
import Partials

/// What of a catalogue the stored partials depend on.
struct CatalogueSnapshot: Hashable {
    /// One byte per fact in a fixed order; equal bytes mean that nothing has to be recomputed.
    let bytes: [UInt8]

    init(_ catalogue: Catalogue, sizes: SampleSizes) {
        var writer = ByteWriter()
        writer.write(byte: 1)
        for size in [sizes.all, sizes.group, sizes.valuesPerDimension] { writer.write(size) }
        writer.write(catalogue.metrics.count)
        for metric in catalogue.metrics {
            writer.write(metric.name)
            switch metric.bins {
            case .linear(let lower, let upper, let count):
                writer.write(byte: 0)
                writer.write(lower)
                writer.write(upper)
                writer.write(count)
            case .logarithmic(let error):
                writer.write(byte: 1)
                writer.write(error)
            }
        }
        writer.write(catalogue.dimensions.count)
        for dimension in catalogue.dimensions { writer.write(dimension.name) }
        for pair in catalogue.pairs {
            writer.write(pair.first)
            writer.write(pair.second)
        }
        bytes = writer.bytes
    }
}

/// How a configured catalogue differs from the one that the stored partials were made for.
public struct CatalogueChange: Sendable, Hashable {
    /// Metrics that were never stored: records loaded so far have no value of them, and recomputing cannot make one.
    public let metricsNeverStored: [String]
    /// Dimensions that were never stored.
    public let dimensionsNeverStored: [String]
    /// How many days would be recomputed.
    public let days: Int
}
