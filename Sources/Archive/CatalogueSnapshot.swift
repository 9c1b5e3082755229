import GRDB
import Model
import Partials

import struct Foundation.Data

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
            writer.write(metric.bins)
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

extension CatalogueSnapshot {
    /// The catalogue that stored bytes were made of: names and bins, which is all that partials depend on.
    static func read(_ bytes: [UInt8]) throws -> (catalogue: Catalogue, sizes: SampleSizes) {
        var reader = ByteReader(bytes)
        guard try reader.byte() == 1 else { throw DecodingFailure.invalid("catalogue") }
        let sizes = SampleSizes(
            all: try reader.count(), group: try reader.count(), valuesPerDimension: try reader.count())
        var metrics: [Metric] = []
        for _ in 0..<(try reader.count(atMost: bytes.count)) {
            let name = try reader.text()
            guard let metric = Metric(name: name, bins: try reader.bins()) else {
                throw DecodingFailure.invalid("metric")
            }
            metrics.append(metric)
        }
        var dimensions: [Dimension] = []
        for _ in 0..<(try reader.count(atMost: bytes.count)) {
            guard let dimension = Dimension(name: try reader.text()) else { throw DecodingFailure.invalid("dimension") }
            dimensions.append(dimension)
        }
        var pairs: [Catalogue.DimensionPair] = []
        while !reader.isAtEnd { pairs.append(.init(first: try reader.count(), second: try reader.count())) }
        guard let catalogue = Catalogue(metrics: metrics, dimensions: dimensions, pairs: pairs) else {
            throw DecodingFailure.invalid("catalogue")
        }
        return (catalogue, sizes)
    }
}

extension Archive {
    /// The catalogue and the sizes of samples that an archive was last used with, read beside a writer if need be.
    ///
    /// Titles, units and ranges are not kept. Nil where the archive has not been used yet.
    public static func storedCatalogue(of path: String) throws -> (catalogue: Catalogue, sizes: SampleSizes)? {
        let queue = try open(path, isReadOnly: true)
        return try ArchiveError.translating {
            let bytes = try queue.read { db in
                try db.tableExists("catalogue") ? try Data.fetchOne(db, sql: "SELECT snapshot FROM catalogue") : nil
            }
            return try bytes.map { try CatalogueSnapshot.read([UInt8]($0)) }
        }
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
