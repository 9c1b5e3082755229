import Model

/// A file of a delivery, as it is offered for loading.
public struct DeliveryFile: Sendable, Hashable {
    /// The SHA-256 of its bytes, 32 of them.
    public let sha256: [UInt8]
    /// Its name as users know it.
    public let name: String
    /// The table (the source in the configuration) that its rows belong to.
    public let table: String
    /// Its length in bytes.
    public let bytes: Int
    /// Where it lies, by its whole path: folders of different nights may hold files of one name. Nil where nothing tells, as of
    /// standard input.
    public let place: String?
    /// Whether it is read again under another name where the newest statement counts, as of people and learners.
    public let newestCounts: Bool

    /// Whether its name has a day, of which equal bytes are another statement than those of another day.
    public let namesDay: Bool

    /// Describes a file.
    public init(
        sha256: [UInt8], name: String, table: String, bytes: Int, place: String? = nil, newestCounts: Bool = false,
        namesDay: Bool = false
    ) {
        self.sha256 = sha256
        self.name = name
        self.table = table
        self.bytes = bytes
        self.place = place
        self.newestCounts = newestCounts
        self.namesDay = namesDay
    }
}

/// A delivery as the archive remembers it.
public struct Delivery: Sendable, Hashable {
    /// Its number; later loadings have larger ones.
    public let id: Int64
    /// The as-of day that it was loaded for. Of two deliveries the one with the later as-of day holds, then the later.
    public let asOf: Day
    /// Whether it has been taken out again.
    public let isUndone: Bool
    /// Its files.
    public let files: [File]
    /// How many of its rows have been pruned; a delivery with any cannot be taken out any more.
    public let prunedRows: Int
    /// Records that were not there before, were changed, were confirmed, changed their day; rows that waited.
    public let counts: Counts

    /// What loading it did.
    public struct Counts: Sendable, Hashable {
        /// Records that were not there before.
        public let inserted: Int
        /// Records that it changed.
        public let replaced: Int
        /// Records that it confirmed.
        public let unchanged: Int
        /// Records that it moved to another day.
        public let moved: Int
        /// Rows that had to wait for their day.
        public let pending: Int
    }

    /// One file of it.
    public struct File: Sendable, Hashable {
        /// The file.
        public let file: DeliveryFile
        /// How many rows it has.
        public let rows: Int
        /// How many of them were accepted.
        public let accepted: Int
        /// How many rows or cells were refused, by cause.
        public let rejects: [RejectCount]
        /// What was said of it when it was read.
        public let notes: [String]
    }

    /// How often rows or cells of a file were refused for one cause.
    public struct RejectCount: Sendable, Hashable {
        /// Why.
        public let cause: Reject.Cause
        /// Whether whole rows were refused, or single cells.
        public let isWholeRow: Bool
        /// How often, at least once.
        public let count: Int

        /// Describes how often one cause occurred.
        public init(cause: Reject.Cause, isWholeRow: Bool, count: Int) {
            self.cause = cause
            self.isWholeRow = isWholeRow
            self.count = count
        }
    }
}

/// A file of a loading that has been begun.
public struct OpenFile: Sendable, Hashable {
    let id: Int64
    /// Whether its hash is not known before its end.
    let isUnsealed: Bool
    let name: String
    let table: String
    let place: String?
}
