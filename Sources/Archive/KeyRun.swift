import GRDB

import struct Foundation.Data

/// Writes one run of keys, page by page.
struct KeyRunWriter {
    private let db: Database
    private let run: Int64
    private var place = 0
    private var count = 0
    private var filter = KeyFilter()

    init(_ db: Database) throws {
        self.db = db
        try db.execute(sql: "INSERT INTO key_runs (n) VALUES (1)")
        run = db.lastInsertedRowID
    }

    mutating func write(_ entries: ArraySlice<KeyEntry>) throws {
        guard let first = entries.first, let last = entries.last else { return }
        try db.cachedStatement(
            sql: "INSERT INTO key_pages (run, place, first_hash, last_hash, entries) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [
            run, place, Int64(bitPattern: first.hash), Int64(bitPattern: last.hash), Data(KeyPage.encode(entries)),
        ])
        filter.append(entries)
        place += 1
        count += entries.count
    }

    /// Says how many entries the run has; a run without any is taken away.
    func finish() throws {
        if count == 0 {
            try db.execute(sql: "DELETE FROM key_runs WHERE id = ?", arguments: [run])
        } else {
            try db.execute(
                sql: "UPDATE key_runs SET n = ?, filters = ? WHERE id = ?",
                arguments: [count, Data(filter.bytes), run])
        }
    }
}

/// Reads one run of keys in order, holding one page.
struct KeyRunReader {
    private let index: KeyIndex
    private let run: Int64
    private let pages: Int
    private var place = 0
    private var entries: [KeyEntry] = []
    private var next = 0

    init(_ index: KeyIndex, run: Int64) throws {
        self.index = index
        self.run = run
        pages =
            try Int.fetchOne(index.db, sql: "SELECT count(*) FROM key_pages WHERE run = ?", arguments: [run]) ?? 0
        try load()
    }

    /// The entry that is next; nil after the last.
    var current: KeyEntry? { next < entries.count ? entries[next] : nil }

    mutating func advance() throws {
        next += 1
        if next == entries.count { try load() }
    }

    private mutating func load() throws {
        next = 0
        entries = []
        guard place < pages else { return }
        entries = try index.page(run, place)
        place += 1
    }

    /// By hash, then by chunk; equal ones stay in the order of their runs.
    static func precedes(_ left: KeyRunReader, _ right: KeyRunReader) -> Bool {
        guard let a = left.current, let b = right.current else { return left.current != nil }
        return (a.hash, a.chunk) < (b.hash, b.chunk)
    }
}
