import Model

@testable import Ingest

/// What came of reading a text, in a form that tests can compare.
struct Reading {
    var outcome: ReadOutcome
    var batches: [RecordBatch]
    let catalogue: Catalogue

    /// The accepted rows.
    var count: Int { batches.reduce(0) { $0 + $1.count } }
    var ids: [String] { batches.flatMap { batch in (0..<batch.count).map { batch.ids[$0] } } }
    var keys: [UInt64] { batches.flatMap(\.keys) }
    var times: [Int64] { batches.flatMap(\.times) }
    var minutes: [Int16] { batches.flatMap(\.minutes) }
    var days: [String] {
        batches.flatMap { $0.days.map { $0 == RecordBatch.noDay ? "-" : Day(number: $0).iso } }
    }

    /// The values of a metric; NaN and absent columns as nil.
    func values(_ name: String) -> [Double?] {
        guard let index = catalogue.metrics.firstIndex(where: { $0.name == name }) else { return [] }
        return batches.flatMap { batch -> [Double?] in
            batch.metrics[index].map { $0.map { $0.isNaN ? nil : $0 } } ?? Array(repeating: nil, count: batch.count)
        }
    }

    /// The texts of a dimension; missing as "".
    func texts(_ name: String) -> [String] {
        guard let index = catalogue.dimensions.firstIndex(where: { $0.name == name }) else { return [] }
        return batches.flatMap { batch -> [String] in
            batch.dimensions[index].map { $0.map { batch.dictionaries[index][Int($0)] } }
                ?? Array(repeating: "", count: batch.count)
        }
    }

    /// The rejects as `line cause column`, with `(cell)` where the row counts.
    var rejects: [String] {
        outcome.rejects.map {
            "\($0.line) \($0.cause.rawValue) \($0.column ?? "-")\($0.isWholeRow ? "" : " (cell)")"
        }
    }
}

/// A table to read: columns by the names of metrics and dimensions.
struct Table {
    var metrics: [Metric] = []
    var dimensions: [Dimension] = []
    var mapping = SourceMapping(table: "table")

    init(
        id: String? = nil, time: String? = nil, metrics: [Metric?] = [], dimensions: [Dimension?] = [],
        _ change: (inout SourceMapping) -> Void = { _ in }
    ) {
        self.metrics = metrics.compactMap { $0 }
        self.dimensions = dimensions.compactMap { $0 }
        mapping.idColumns = id.map { [$0] } ?? []
        mapping.timeColumn = time
        mapping.metrics = self.metrics.enumerated().map { MetricColumn(metric: $0.offset, columns: [$0.element.name]) }
        mapping.dimensions = self.dimensions.enumerated().map {
            DimensionColumn(dimension: $0.offset, column: $0.element.name)
        }
        change(&mapping)
    }

    /// Reads a source to its end.
    func read(
        _ source: ByteSource, file: String = "export", zone: ZoneRules = .utc, asOf: String = "2026-06-30",
        limits: ReadLimits = ReadLimits()
    ) throws -> Reading {
        let catalogue = try known(Catalogue(metrics: metrics, dimensions: dimensions))
        var reading = Reading(outcome: ReadOutcome(), batches: [], catalogue: catalogue)
        var batches: [RecordBatch] = []
        reading.outcome = try ExportReader.read(
            source, file: file, mapping: mapping, catalogue: catalogue, zone: zone, asOf: known(Day(iso: asOf)),
            limits: limits
        ) { batches.append($0) }
        reading.batches = batches
        return reading
    }

    func read(
        text: String, file: String = "export", zone: ZoneRules = .utc, asOf: String = "2026-06-30",
        limits: ReadLimits = ReadLimits()
    ) throws -> Reading {
        try read(.bytes(Array(text.utf8)), file: file, zone: zone, asOf: asOf, limits: limits)
    }
}

/// A value that a test knows to be there.
func known<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Absent() }
    return value
}

struct Absent: Error {}
