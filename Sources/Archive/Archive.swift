import CSQLite
import GRDB
import Model
import Partials

/// The history of all nights in one SQLite file: deliveries, records, day partials, registers and runs.
///
/// One value is one connection, used from one task at a time. Everything between `begin` and `commit` becomes visible
/// together; a process that is killed before leaves the file as it was. A writer holds a lock beside the file, so that
/// a second one is turned away at once and told by whom.
public final class Archive {
    /// What is measured.
    public let catalogue: Catalogue
    /// How many records days keep as samples.
    public let sizes: SampleSizes
    /// The file.
    public let path: String

    let queue: DatabaseQueue
    /// When the command began that opened it, for the audit trail; empty where nothing can be written.
    let moment: String
    private let lock: ArchiveLock?
    private var isInTransaction = false
    /// Whether nothing has been kept yet. Until then a rollback journal guards the file: unlike a write-ahead log it
    /// holds no pages that were not there before, so that a first load is written once instead of twice.
    private var isFresh = false
    /// How much the rows of a loading may take in memory before they are written.
    let bufferBytes: Int

    /// Opens an archive, makes it where there is none, and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - path: the file; its folder must be there.
    ///   - catalogue: the configured metrics and dimensions.
    ///   - holder: who is opening it, for whoever is turned away meanwhile.
    ///   - sizes: how large samples are.
    ///   - bufferBytes: roughly how much memory a loading takes for rows, at least one megabyte.
    /// - Throws: `ArchiveError`.
    public init(
        path: String, catalogue: Catalogue, holder: LockHolder, sizes: SampleSizes = .standard,
        bufferBytes: Int = 32 << 20
    ) throws {
        self.path = path
        self.catalogue = catalogue
        self.sizes = sizes
        self.bufferBytes = max(1 << 20, bufferBytes)
        moment = holder.since
        lock = try ArchiveLock(path: path + ".lock", holder: holder)
        queue = try Archive.open(path, isReadOnly: false)
        try ArchiveError.translating { try Schema.migrate(queue, at: holder.since) }
        try adoptFirstCatalogue()
        isFresh = try access { try Int.fetchOne($0, sql: "SELECT 1 FROM deliveries LIMIT 1") == nil }
        if isFresh {
            try access { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        } else {
            try startLog()
        }
    }

    /// Opens an archive for reading only, beside a writer if need be.
    public init(reading path: String, catalogue: Catalogue, sizes: SampleSizes = .standard) throws {
        self.path = path
        self.catalogue = catalogue
        self.sizes = sizes
        bufferBytes = 1 << 20
        moment = ""
        lock = nil
        queue = try Archive.open(path, isReadOnly: true)
        try ArchiveError.translating { try Schema.check(queue, path: path) }
    }

    /// Whether what one statement would have to take back is held in memory up to a megabyte: a row with its indices and triggers
    /// touches a few large pages, which SQLite would write to a temporary file for each row from the first 64 KB on.
    private static let holdsStatementJournals = assay_hold_statement_journals(1 << 20) == 0

    static func open(_ path: String, isReadOnly: Bool) throws -> DatabaseQueue {
        _ = holdsStatementJournals  // Where SQLite is in use already, it writes them.
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            // Large pages suit blobs of some tens of kilobytes; they only take effect on a new file.
            if !isReadOnly { try db.execute(sql: "PRAGMA page_size = 16384") }
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
            try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
            try db.execute(sql: "PRAGMA cache_size = -16384")
        }
        do {
            guard isReadOnly else { return try DatabaseQueue(path: path, configuration: configuration) }
            do {
                return try openedForReading(path, configuration)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
                // A process was killed while it wrote; whoever may write rolls back what it left.
                configuration.readonly = false
                try openedForReading(path, configuration).close()
                configuration.readonly = true
                return try openedForReading(path, configuration)
            }
        } catch let error as DatabaseError {
            if error.resultCode == .SQLITE_CANTOPEN {
                throw ArchiveError.cannotOpen(path: path, reason: error.message ?? "no message")
            }
            throw ArchiveError(error)
        }
    }

    /// A connection that has read something, so that whatever is wrong has shown.
    private static func openedForReading(_ path: String, _ configuration: Configuration) throws -> DatabaseQueue {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        _ = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
        return queue
    }

    // MARK: Transactions

    /// Starts a transaction that loadings and runs join, so that a whole night is kept or dropped together.
    public func begin() throws {
        guard !isInTransaction else { throw ArchiveError.misuse("a transaction is open") }
        try access { try $0.execute(sql: "BEGIN IMMEDIATE") }
        isInTransaction = true
    }

    /// Keeps what has been done since `begin`.
    public func commit() throws {
        guard isInTransaction else { throw ArchiveError.misuse("no transaction is open") }
        try access { try $0.execute(sql: "COMMIT") }
        isInTransaction = false
        if isFresh { try startLog() }
    }

    /// From the first night on a write-ahead log lets others read while a loading writes; the file remembers it.
    private func startLog() throws {
        isFresh = false
        try access { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
        }
    }

    /// Drops what has been done since `begin`; nothing happens if no transaction is open.
    public func rollback() throws {
        guard isInTransaction else { return }
        isInTransaction = false
        // After some failures SQLite has rolled back already.
        try access { db in if db.isInsideTransaction { try db.execute(sql: "ROLLBACK") } }
    }

    /// Runs a closure in the open transaction, or in one of its own that is kept if it does not throw.
    public func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        if isInTransaction { return try body() }
        try begin()
        do {
            let value = try body()
            try commit()
            return value
        } catch {
            try rollback()
            throw error
        }
    }

    /// Whether `begin` was called and neither `commit` nor `rollback` since.
    var hasOpenTransaction: Bool { isInTransaction }

    /// The database, with errors in our words.
    func access<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try ArchiveError.translating { try queue.unsafeReentrantWrite(body) }
    }
}
