/// Decoded records in columns: what Ingest hands on, what the archive stores, what partials are made from.
///
/// All columns have `count` entries. Columns that a table does not have are absent (nil), which is not the same as
/// a column of missing values: only present columns replace what an earlier delivery said.
public struct RecordBatch: Sendable, Hashable {
    /// The day of a record that has no time of its own.
    public static let noDay = Int32.min
    /// The instant of a record that has no time of its own.
    public static let noTime = Int64.min
    /// The minute of a record whose time has no clock part.
    public static let noMinute = Int16(-1)

    /// The name of the table (the source in the configuration) that the rows come from.
    public var table: String
    /// The 64-bit hash of each record's id. Two of n distinct ids share a hash with a chance below n² / 2⁶⁵.
    public var keys: [UInt64]
    /// Each record's id as text; empty where the table has no id and the key is the hash of the row.
    public var ids: TextColumn
    /// Microseconds since 1970-01-01T00:00Z.
    public var times: [Int64]
    /// The local day, as `Day.number`.
    public var days: [Int32]
    /// The local minute of the day, 0 to 1439.
    public var minutes: [Int16]
    /// The pseudonym of each record's person as a number, 0 where there is none; empty where the table names nobody. Only
    /// what has just been read has it: the archive keeps it beside the records.
    public var people: [UInt64] = []
    /// One column per metric of the catalogue; NaN inside a present column is a missing value.
    public var metrics: [[Double]?]
    /// One column per dimension of the catalogue; codes point into `dictionaries`, 0 is missing.
    public var dimensions: [[UInt32]?]
    /// For each dimension the texts of its codes; entry 0 stands for missing and is empty.
    public var dictionaries: [[String]]

    /// An empty batch for a catalogue.
    public init(table: String, catalogue: Catalogue) {
        self.table = table
        keys = []
        ids = TextColumn()
        times = []
        days = []
        minutes = []
        metrics = Array(repeating: nil, count: catalogue.metrics.count)
        dimensions = Array(repeating: nil, count: catalogue.dimensions.count)
        dictionaries = Array(repeating: [""], count: catalogue.dimensions.count)
    }

    /// How many records it holds.
    public var count: Int { keys.count }
}

/// Many short texts in one buffer of UTF-8.
public struct TextColumn: Sendable, Hashable {
    /// The bytes of all texts, one after the other.
    public private(set) var bytes: [UInt8]
    /// The end of each text in `bytes`.
    public private(set) var ends: [UInt32]

    /// An empty column.
    public init() {
        bytes = []
        ends = []
    }

    /// A column from its parts; nil if the ends do not ascend to the number of bytes.
    public init?(bytes: [UInt8], ends: [UInt32]) {
        guard Int(ends.last ?? 0) == bytes.count, zip(ends, ends.dropFirst()).allSatisfy({ $0 <= $1 }) else {
            return nil
        }
        self.bytes = bytes
        self.ends = ends
    }

    /// How many texts it holds.
    public var count: Int { ends.count }

    /// The bytes of one text.
    public func utf8(at index: Int) -> ArraySlice<UInt8> {
        bytes[Int(index == 0 ? 0 : ends[index - 1])..<Int(ends[index])]
    }

    /// One text; bytes that are not UTF-8 become the replacement character.
    public subscript(index: Int) -> String { String(decoding: utf8(at: index), as: UTF8.self) }

    /// Adds a text.
    public mutating func append(_ text: some Collection<UInt8>) {
        bytes.append(contentsOf: text)
        ends.append(UInt32(bytes.count))
    }

    /// Adds a text that is part of an array; without generics, because this is called for every record.
    public mutating func append(_ text: ArraySlice<UInt8>) {
        bytes.append(contentsOf: text)
        ends.append(UInt32(bytes.count))
    }

    /// Adds some neighbouring texts of another column.
    public mutating func append(contentsOf other: TextColumn, rows: Range<Int>) {
        guard !rows.isEmpty else { return }
        let first = rows.lowerBound == 0 ? 0 : other.ends[rows.lowerBound - 1]
        let start = UInt32(bytes.count)
        bytes.append(contentsOf: other.bytes[Int(first)..<Int(other.ends[rows.upperBound - 1])])
        ends.append(contentsOf: other.ends[rows].lazy.map { $0 - first + start })
    }
}
