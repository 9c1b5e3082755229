import GRDB
import Partials

import struct Foundation.Data

/// Which days each key was delivered for.
///
/// Keys are random, so a tree of rows would touch a page for every key. Instead each loading writes sorted runs, and
/// when enough runs of like size have come together they are merged into one (a log-structured merge tree, O'Neil and
/// others, DOI 10.1007/s002360050048). Filters tell which pages cannot hold a key. Entries of undone deliveries are skipped when read and dropped when merged.
struct KeyIndex {
    /// As many runs of like size are merged into one.
    private static let fanOut = 8
    /// Longer runs are merged no more: their filters make them cheap to ask, and no night has to rewrite years.
    private static let longest = 1 << 18

    let db: Database

    init(_ db: Database) { self.db = db }

    /// Writes entries, ascending by hash, as a run of their own.
    func append(_ entries: [KeyEntry]) throws {
        guard !entries.isEmpty else { return }
        var writer = try KeyRunWriter(db)
        for start in stride(from: 0, to: entries.count, by: KeyPage.capacity) {
            try writer.write(entries[start..<min(start + KeyPage.capacity, entries.count)])
        }
        try writer.finish()
    }

    /// Calls a closure for every entry whose hash is asked for, with its place in `hashes`, which ascend.
    ///
    /// Runs come one after the other, so entries of one hash do not come in the order of delivery.
    ///
    /// - Parameter ids: the runs that are read.
    func scan(
        _ hashes: [UInt64], in ids: ClosedRange<Int64> = 0...(.max), _ body: (Int, KeyEntry) throws -> Void
    ) throws {
        guard !hashes.isEmpty else { return }
        // One filter at a time: those of years together are larger than all else that a night holds.
        let runs = try Row.fetchCursor(
            db, sql: "SELECT id, filters FROM key_runs WHERE id BETWEEN ? AND ? ORDER BY id",
            arguments: [ids.lowerBound, ids.upperBound])
        var filter = KeyFilter()
        while let row = try runs.next() {
            let limits = try self.limits(ofRun: row[0])
            let isFiltered = try row.withUnsafeData(atIndex: 1) { filter.replace(by: $0, pages: limits.count) }
            try scan(row[0], limits, isFiltered ? filter : nil, hashes, body)
        }
    }

    /// The least and the greatest hash of each page of a run.
    private func limits(ofRun run: Int64) throws -> [ClosedRange<UInt64>] {
        // Signed order differs from the order of hashes, so pages are found by place.
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: "SELECT first_hash, last_hash FROM key_pages WHERE run = ? ORDER BY place"),
            arguments: [run])
        var limits: [ClosedRange<UInt64>] = []
        while let row = try rows.next() {
            let (low, high) = (UInt64(bitPattern: row[0]), UInt64(bitPattern: row[1]))
            guard low <= high else { throw ArchiveError.damaged("a page of keys ends before it begins") }
            limits.append(low...high)
        }
        return limits
    }

    private func scan(
        _ run: Int64, _ limits: [ClosedRange<UInt64>], _ filter: KeyFilter?, _ hashes: [UInt64],
        _ body: (Int, KeyEntry) throws -> Void
    ) throws {
        var next = 0
        for (place, limit) in limits.enumerated() {
            while next < hashes.count, hashes[next] < limit.lowerBound { next += 1 }
            if let filter { skip(hashes, &next, through: limit.upperBound, filter, page: place) }
            guard next < hashes.count else { return }
            guard hashes[next] <= limit.upperBound else { continue }
            next = try join(try page(run, place), with: hashes, from: next, body)
        }
    }

    /// Goes to the first hash that a page may hold, or behind its limit.
    private func skip(
        _ hashes: [UInt64], _ next: inout Int, through high: UInt64, _ filter: KeyFilter, page: Int
    ) {
        while next < hashes.count, hashes[next] <= high, !filter.mayHold(hashes[next], page: page) { next += 1 }
    }

    private func join(
        _ entries: [KeyEntry], with hashes: [UInt64], from start: Int, _ body: (Int, KeyEntry) throws -> Void
    ) throws -> Int {
        var next = start
        for entry in entries {
            while next < hashes.count, hashes[next] < entry.hash { next += 1 }
            guard next < hashes.count else { break }
            if hashes[next] == entry.hash { try body(next, entry) }
        }
        return next
    }

    func page(_ run: Int64, _ place: Int) throws -> [KeyEntry] {
        guard
            let bytes = try Data.fetchOne(
                db.cachedStatement(sql: "SELECT entries FROM key_pages WHERE run = ? AND place = ?"),
                arguments: [run, place])
        else { throw ArchiveError.damaged("a page of keys is missing") }
        return try KeyPage.decode([UInt8](bytes))
    }

    /// The newest run; 0 if there is none.
    func newestRun() throws -> Int64 { try Int64.fetchOne(db, sql: "SELECT max(id) FROM key_runs") ?? 0 }

    /// Whether there is any run.
    func isEmpty() throws -> Bool { try Int.fetchOne(db, sql: "SELECT 1 FROM key_runs LIMIT 1") == nil }

    /// Merges runs of like size until there are few; what is merged is read and written page by page.
    func compact(_ ranks: ChunkRanks) throws {
        while let runs = try runsToMerge() { try merge(runs, ranks) }
    }

    private func runsToMerge() throws -> [Int64]? {
        var classes: [Int: [Int64]] = [:]
        let rows = try Row.fetchAll(
            db, sql: "SELECT id, n FROM key_runs WHERE n <= ? ORDER BY id", arguments: [Self.longest])
        for row in rows {
            let n: Int = row[1]
            // Classes grow by eight: merging eight runs gives one of the next class.
            classes[(Int.bitWidth - n.leadingZeroBitCount) / 3, default: []].append(row[0])
        }
        return classes.sorted { $0.key < $1.key }.first { $0.value.count >= Self.fanOut }?.value
    }

    private func merge(_ runs: [Int64], _ ranks: ChunkRanks) throws {
        var sources = try runs.map { try KeyRunReader(self, run: $0) }
        var writer = try KeyRunWriter(db)
        var full: [KeyEntry] = []
        while true {
            sources.removeAll { $0.current == nil }
            guard
                let least = sources.indices.min(by: { KeyRunReader.precedes(sources[$0], sources[$1]) }),
                let entry = sources[least].current
            else { break }
            try sources[least].advance()
            guard ranks.rank(of: entry.chunk) != nil else { continue }
            full.append(entry)
            if full.count == KeyPage.capacity {
                try writer.write(full[...])
                full.removeAll(keepingCapacity: true)
            }
        }
        if !full.isEmpty { try writer.write(full[...]) }
        try writer.finish()
        for run in runs {
            try db.execute(sql: "DELETE FROM key_pages WHERE run = ?", arguments: [run])
            try db.execute(sql: "DELETE FROM key_runs WHERE id = ?", arguments: [run])
        }
    }
}
