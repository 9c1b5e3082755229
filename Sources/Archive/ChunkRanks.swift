import GRDB

/// Which chunk of keys outranks which: later as-of days first, then later deliveries, then later chunks.
struct ChunkRanks {
    /// The delivery of each live chunk.
    private(set) var deliveries: [Int32: Int64] = [:]
    private var ranks: [Int32: Int] = [:]

    /// Reads the chunks of live deliveries.
    init(_ db: Database) throws {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT key_chunks.id, deliveries.id FROM key_chunks JOIN deliveries ON deliveries.id = delivery
                WHERE state = 'live' ORDER BY as_of, deliveries.id, key_chunks.id
                """)
        for (rank, row) in rows.enumerated() {
            let chunk: Int32 = row[0]
            deliveries[chunk] = row[1]
            ranks[chunk] = rank
        }
    }

    /// The place of a chunk in the order, larger is later; nil if its delivery was undone.
    func rank(of chunk: Int32) -> Int? { ranks[chunk] }

    /// The place above which all chunks are of one delivery: what such a chunk says, no other delivery outranks.
    func lead(of delivery: Int64) -> Int {
        (deliveries.lazy.filter { $0.value != delivery }.compactMap { ranks[$0.key] }.max() ?? -1) + 1
    }
}
