import GRDB
import Partials

/// Enters the keys of a loading into the index and works out which records change their day.
struct KeyPlacement {
    private let db: Database
    private let delivery: Int64
    private let index: KeyIndex
    /// The newest run that the delivery found.
    private let foundRun: Int64
    private var strays: Strays
    /// Days that have to be recomputed.
    private(set) var touched: Set<Int32> = []
    /// Keys that another delivery had put on another day.
    private(set) var moved: Set<UInt64> = []
    /// Keys that this delivery brings for several days.
    private(set) var repeated = RepeatedKeys()
    /// Keys with rows of earlier deliveries that wait for a day.
    private(set) var awaited: Set<UInt64> = []

    init(_ db: Database, delivery: Int64) throws {
        self.db = db
        self.delivery = delivery
        index = KeyIndex(db)
        foundRun = try index.newestRun()
        strays = try Strays(db)
    }

    /// Enters keys with their days, in the order of their rows.
    mutating func enter(_ keys: [UInt64], days: [Int32]) throws {
        guard !keys.isEmpty else { return }
        try db.execute(sql: "INSERT INTO key_chunks (delivery) VALUES (?)", arguments: [delivery])
        let chunk = Int32(truncatingIfNeeded: db.lastInsertedRowID)
        let sorted = SortedKeys(keys, days: days, chunk: chunk)
        var last: Int32?
        for day in days where day != last {
            touched.insert(day)
            last = day
        }
        try compare(sorted, chunk: chunk)
        try index.append(sorted.entries)
    }

    /// Enters keys whose day is not known.
    func enterPending(_ keys: [UInt64]) throws {
        guard !keys.isEmpty else { return }
        try db.execute(sql: "INSERT INTO key_chunks (delivery) VALUES (?)", arguments: [delivery])
        let chunk = Int32(truncatingIfNeeded: db.lastInsertedRowID)
        let days = [Int32](repeating: KeyEntry.pending, count: keys.count)
        try index.append(SortedKeys(keys, days: days, chunk: chunk).entries)
    }

    /// The day of each key; `KeyEntry.pending` where none is known.
    func homes(of keys: [UInt64]) throws -> [Int32] {
        let order = KeyOrder.ascending(keys)
        let sorted = order.map { keys[Int($0)] }
        let ranks = try ChunkRanks(db)
        var days = [Int32](repeating: KeyEntry.pending, count: keys.count)
        var best = [Int](repeating: -1, count: keys.count)
        func meet(_ place: Int, _ entry: KeyEntry) {
            guard entry.day != KeyEntry.pending, let rank = ranks.rank(of: entry.chunk), rank >= best[place] else {
                return
            }
            best[place] = rank
            days[place] = entry.day
        }
        // Most rows are of records that came with them: the keys of years need not be asked for those.
        try index.scan(sorted, in: (foundRun + 1)...(.max), meet)
        let lead = ranks.lead(of: delivery)
        let open = sorted.indices.filter { best[$0] < lead && ($0 == 0 || sorted[$0] != sorted[$0 - 1]) }
        try index.scan(open.map { sorted[$0] }, in: 0...foundRun) { place, entry in meet(open[place], entry) }
        var homes = days
        var first = 0
        for (place, row) in order.enumerated() {
            // The scan meets the first of equal keys only.
            if place > 0, sorted[place] != sorted[place - 1] { first = place }
            homes[Int(row)] = days[first]
        }
        return homes
    }

    /// Compares new keys with what was known about them.
    private mutating func compare(_ sorted: SortedKeys, chunk: Int32) throws {
        let ranks = try ChunkRanks(db)
        var found = KeyComparison(sorted, rank: ranks.rank(of: chunk) ?? 0)
        try index.scan(sorted.hashes) { place, entry in
            guard let rank = ranks.rank(of: entry.chunk) else { return }
            if entry.day == KeyEntry.pending {
                awaited.insert(entry.hash)
            } else {
                found.meet(entry.day, at: place, rank: rank, isOwn: ranks.deliveries[entry.chunk] == delivery)
            }
        }
        for (place, days) in found.ownDays {
            repeated.note(sorted.hashes[place], days: days, last: sorted.lastDays[place])
        }
        if !strays.storedDays.isEmpty {
            for (place, hash) in sorted.hashes.enumerated() {
                if let days = strays.storedDays[hash] { found.store(days, at: place) }
            }
        }
        for (place, days) in found.stored {
            let hash = sorted.hashes[place]
            try strays.settle(hash, stored: days, home: found.home[place])
            touched.formUnion(days)
            if found.isMoved(place) { moved.insert(hash) } else { moved.remove(hash) }
        }
    }

    /// Says that rows which waited have been put under these days.
    mutating func touch(_ days: some Sequence<Int32>) { touched.formUnion(days) }
}
