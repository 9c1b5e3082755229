/// Distinct texts in the order of their first appearance, found by their bytes.
///
/// Code 0 is the empty text, which stands for a missing value. Open addressing with linear probing at most half full;
/// a look-up hashes and compares once and allocates nothing.
struct TextDictionary: Sendable {
    /// What happens to a text that is not in the dictionary.
    enum Lookup: Equatable {
        case code(UInt32)
        case unknown
        case notUTF8
    }

    /// The texts by code.
    private(set) var texts: [String] = [""]
    private let isClosed: Bool
    private var pool: [UInt8] = []
    private var ends: [Int] = [0]
    private var hashes: [UInt64] = [0]
    private var slots: [UInt32] = Array(repeating: 0, count: 64)

    /// An open dictionary, or one that knows exactly these values.
    init(values: [String]?) {
        isClosed = values != nil
        for value in values ?? [] {
            let bytes = Array(value.utf8)
            guard !bytes.isEmpty else { continue }
            let hash = Self.hash(bytes.span, 0..<bytes.count)
            if find(bytes.span, 0..<bytes.count, hash) == 0 { insert(bytes.span, 0..<bytes.count, hash) }
        }
    }

    /// How many distinct texts it holds, the empty one among them.
    var count: Int { texts.count }

    /// The code of a text that is not empty; an open dictionary takes it in if it is new and well-formed.
    mutating func code(of bytes: Span<UInt8>, _ range: Range<Int>) -> Lookup {
        let hash = Self.hash(bytes, range)
        let known = find(bytes, range, hash)
        if known != 0 { return .code(known) }
        if isClosed { return ByteText.isUTF8(bytes, range) ? .unknown : .notUTF8 }
        guard ByteText.isUTF8(bytes, range) else { return .notUTF8 }
        insert(bytes, range, hash)
        return .code(UInt32(texts.count - 1))
    }

    private func find(_ bytes: Span<UInt8>, _ range: Range<Int>, _ hash: UInt64) -> UInt32 {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let code = slots[slot]
            if code == 0 { return 0 }
            if hashes[Int(code)] == hash, holds(Int(code), bytes, range) { return code }
            slot = (slot + 1) & mask
        }
    }

    private func holds(_ code: Int, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let start = ends[code - 1]
        return ends[code] - start == range.count && ByteText.holds(bytes, range, pool, at: start)
    }

    private mutating func insert(_ bytes: Span<UInt8>, _ range: Range<Int>, _ hash: UInt64) {
        ByteText.append(bytes, range, to: &pool)
        ends.append(pool.count)
        hashes.append(hash)
        texts.append(ByteText.string(bytes, range))
        guard texts.count * 2 > slots.count else { return place(UInt32(texts.count - 1)) }
        slots = Array(repeating: 0, count: slots.count * 2)
        for code in 1..<texts.count { place(UInt32(code)) }
    }

    private mutating func place(_ code: UInt32) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hashes[Int(code)]) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = code
    }

    @inline(__always)
    private static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 { KeyHash.brief(bytes, range) }
}
