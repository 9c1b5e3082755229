import Diagnostics
import Model

/// Reads one export into record batches.
public enum ExportReader {
    /// Reads a source to its end and hands on batches of at most 65,536 rows.
    ///
    /// The format is told by the mapping, the file's name or the first bytes; gzip and zstd by their first bytes; a
    /// byte order mark is honoured. A bad row never stops the reading: it is counted, with its cause, in the outcome.
    /// Rows without a time column have `RecordBatch.noDay`. Rows without an id column have as key the hash of their
    /// bytes and of their ordinal among equal rows of the file, so that loading a file twice changes nothing and equal
    /// rows of one file all count. In JSON a column is present in a batch if a record of that batch has it. What
    /// damage ends the reading stands in `failure`; the rows before it have been handed on.
    ///
    /// - Parameter file: The name under which rejects and messages name the source.
    /// - Throws: `IngestError` if the source cannot be opened, or lacks a column that the mapping needs for id or
    ///   time; and whatever `sink` throws.
    ///
    /// One thread, memory of a few MiB besides the batch; `ExportReading` does the same in steps for several cores.
    public static func read(
        _ source: ByteSource, file: String, mapping: SourceMapping, catalogue: Catalogue, zone: ZoneRules, asOf: Day,
        limits: ReadLimits = ReadLimits(), sink: (RecordBatch) throws -> Void
    ) throws -> ReadOutcome {
        var reading = try ExportReading(
            source, file: file, mapping: mapping, catalogue: catalogue, zone: zone, asOf: asOf, limits: limits)
        while let block = reading.next() {
            for batch in reading.accept(block.rows()) { try sink(batch) }
        }
        try reading.readDocument(sink)
        return reading.finish()
    }
}
