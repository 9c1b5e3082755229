import Model

/// Counts how often each row hash has been met in one file, so that identical rows keep keys of their own.
///
/// Needed only where a table has no id: 16 bytes of memory for each distinct row, at most half full.
struct RowOrdinals: Sendable {
    private var hashes: [UInt64] = Array(repeating: 0, count: 1024)
    private var counts: [UInt32] = Array(repeating: 0, count: 1024)
    private var used = 0

    /// How many rows with this hash came before; the row itself is counted.
    mutating func ordinal(of hash: UInt64) -> UInt32 {
        if used * 2 >= hashes.count { grow() }
        let slot = find(hash)
        if counts[slot] == 0 {
            hashes[slot] = hash
            used += 1
        }
        counts[slot] += 1
        return counts[slot] - 1
    }

    /// Keys of their own for the rows of a batch whose keys are those of their contents.
    mutating func number(_ batch: inout RecordBatch) {
        for row in batch.keys.indices {
            let content = batch.keys[row]
            batch.keys[row] = KeyHash.mix(content, UInt64(ordinal(of: content)))
        }
    }

    private func find(_ hash: UInt64) -> Int {
        let mask = hashes.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while counts[slot] != 0, hashes[slot] != hash { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let old = (hashes, counts)
        hashes = Array(repeating: 0, count: old.0.count * 2)
        counts = Array(repeating: 0, count: old.1.count * 2)
        for index in old.0.indices where old.1[index] != 0 {
            let slot = find(old.0[index])
            hashes[slot] = old.0[index]
            counts[slot] = old.1[index]
        }
    }
}
