import Diagnostics
import Model

/// Bounds of reading.
public struct ReadLimits: Sendable, Hashable {
    /// How many rejects are kept with their place; all are counted.
    public var rejectsKept: Int
    /// How many bytes are read at a time.
    public var chunkBytes: Int
    /// About how many bytes are one `RecordBlock`; a longer record makes a longer block.
    public var blockBytes: Int
    /// The longest record; a longer one is refused.
    public var recordBytes: Int
    /// Whether the SHA-256 of the raw bytes is computed.
    public var hashes: Bool
    /// How many bytes a packed file may give for each of its own, once it has given more than `unpackedBytes`.
    public var unpackedShare = 500
    /// How many bytes a packed file may give in any case: 256 MiB.
    public var unpackedBytes = 1 << 28
    /// The first day whose rows are taken; earlier ones are refused as `pruned_day`.
    public var firstDay: Day?
    /// The key of pseudonyms; without one no table that names people is read.
    public var key: PseudonymKey?

    /// The usual bounds: 10,000 rejects, 1 MiB, 2 MiB, 16 MiB, hashing, any day.
    public init(
        rejectsKept: Int = 10_000, chunkBytes: Int = 1 << 20, blockBytes: Int = 1 << 21, recordBytes: Int = 1 << 24,
        hashes: Bool = true, firstDay: Day? = nil
    ) {
        self.rejectsKept = rejectsKept
        self.chunkBytes = max(1, chunkBytes)
        self.blockBytes = max(1, blockBytes)
        self.recordBytes = max(1, recordBytes)
        self.hashes = hashes
        self.firstDay = firstDay
    }
}

/// What became of one file.
public struct ReadOutcome: Sendable, Hashable {
    /// The rows met: accepted and refused.
    public var rows = 0
    /// The rows handed on.
    public var accepted = 0
    /// The cells refused in accepted rows.
    public var cellsRejected = 0
    /// All rejects, by cause. The kept ones may be fewer.
    public var rejectCounts: [Reject.Cause: RejectCount] = [:]
    /// The first rejects with their places, in the order of the file.
    public var rejects: [Reject] = []
    /// The SHA-256 of the raw bytes in hexadecimal; nil where it was not asked for.
    public var sha256: String?
    /// The number of raw bytes.
    public var bytes = 0
    /// The format that was read.
    public var format = ExportFormat.csv
    /// What was assumed or left out.
    public var notes: [Diagnostic] = []
    /// The ids of people whom a register names, as they stand in the file; never stored.
    public var rawPeople: Set<[UInt8]> = []
    /// Why the file was not read to its end; what came before was handed on. nil for a whole file.
    public var failure: IngestError?

    /// The rows refused.
    public var rowsRejected: Int { rows - accepted }
}
