import Partials

/// Keys in ascending order with the days that they were delivered for.
struct SortedKeys {
    /// What the index keeps: for each key its distinct days, the last delivered last.
    private(set) var entries: [KeyEntry] = []
    /// The distinct keys.
    private(set) var hashes: [UInt64] = []
    /// The day that each was delivered for last.
    private(set) var lastDays: [Int32] = []
    /// All days of those that were delivered for several, by their place in `hashes`.
    private(set) var severalDays: [Int: Set<Int32>] = [:]

    init(_ keys: [UInt64], days: [Int32], chunk: Int32) {
        entries.reserveCapacity(keys.count)
        hashes.reserveCapacity(keys.count)
        lastDays.reserveCapacity(keys.count)
        for row in KeyOrder.ascending(keys) {
            let entry = KeyEntry(hash: keys[Int(row)], day: days[Int(row)], chunk: chunk)
            if entry.hash == hashes.last {
                add(entry)
            } else {
                entries.append(entry)
                hashes.append(entry.hash)
                lastDays.append(entry.day)
            }
        }
    }

    /// Adds a further row of the last key.
    private mutating func add(_ entry: KeyEntry) {
        let place = hashes.count - 1
        if let same = entries.lastIndex(where: { $0.hash != entry.hash || $0.day == entry.day }),
            entries[same].hash == entry.hash
        {
            entries.remove(at: same)
        } else {
            severalDays[place, default: [lastDays[place]]].insert(entry.day)
        }
        entries.append(entry)
        lastDays[place] = entry.day
    }
}
