/// The place of each key in a list, by open addressing.
struct SlotTable {
    private var keys: [UInt64]
    private var places: [Int32]
    private let mask: Int
    /// How many keys there are.
    private(set) var count = 0

    /// Room for that many keys.
    init(capacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        keys = Array(repeating: 0, count: size)
        places = Array(repeating: -1, count: size)
        mask = size - 1
    }

    /// Where to look first: the upper half of the key times 2⁶⁴ / φ (Fibonacci hashing), because keys need not be hashes.
    private static func home(of key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32)
    }

    /// The place of a key; a new key gets the next place.
    mutating func place(of key: UInt64) -> Int32 {
        var slot = SlotTable.home(of: key) & mask
        while places[slot] >= 0 {
            if keys[slot] == key { return places[slot] }
            slot = (slot + 1) & mask
        }
        keys[slot] = key
        places[slot] = Int32(count)
        count += 1
        return places[slot]
    }

    /// The place of a key that is there.
    func known(_ key: UInt64) -> Int32? {
        var slot = SlotTable.home(of: key) & mask
        while places[slot] >= 0 {
            if keys[slot] == key { return places[slot] }
            slot = (slot + 1) & mask
        }
        return nil
    }
}
