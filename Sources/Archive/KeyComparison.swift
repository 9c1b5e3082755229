import Partials

/// What is known about new keys when earlier entries are held beside them; everything is by the key's place.
struct KeyComparison {
    /// The day that each key belongs to.
    private(set) var home: [Int32]
    /// All days of keys that have more than one, those of stray rows included.
    private(set) var stored: [Int: Set<Int32>]
    /// All days of keys for which this delivery has more than one.
    private(set) var ownDays: [Int: Set<Int32>]
    private let lastDays: [Int32]
    private var homeRank: [Int]
    private var earlier: [Int32]
    private var earlierRank: [Int]

    /// Starts with new keys of the given rank.
    init(_ sorted: SortedKeys, rank: Int) {
        lastDays = sorted.lastDays
        home = sorted.lastDays
        stored = sorted.severalDays
        ownDays = sorted.severalDays
        homeRank = Array(repeating: rank, count: lastDays.count)
        earlier = Array(repeating: KeyEntry.pending, count: lastDays.count)
        earlierRank = Array(repeating: -1, count: lastDays.count)
    }

    /// Takes an earlier entry into account; of equal ranks the later one in the chunk holds.
    mutating func meet(_ day: Int32, at place: Int, rank: Int, isOwn: Bool) {
        if !isOwn, rank >= earlierRank[place] {
            earlier[place] = day
            earlierRank[place] = rank
        }
        if rank >= homeRank[place] {
            home[place] = day
            homeRank[place] = rank
        }
        guard day != lastDays[place] else { return }
        store([day], at: place)
        if isOwn { ownDays[place, default: [lastDays[place]]].insert(day) }
    }

    /// Adds days under which rows of a key are stored.
    mutating func store(_ days: Set<Int32>, at place: Int) {
        stored[place, default: [lastDays[place]]].formUnion(days)
    }

    /// Whether another delivery had put the key on another day than the one it belongs to now.
    func isMoved(_ place: Int) -> Bool { earlierRank[place] >= 0 && earlier[place] != home[place] }
}
