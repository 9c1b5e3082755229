/// What a key of a JSON object leads to; −1 for nothing.
struct KeyTarget: BitwiseCopyable {
    /// The slot of its value.
    var slot = -1
    /// The node of the object below it.
    var child = -1
    /// Whether its value holds the records of the next depth.
    var isInner = false
}

/// The keys of the objects at one place in the order in which they came last, as they are written, with quotes.
///
/// A key is compared as words of eight bytes, so that the expected one costs about as much as a comparison of numbers.
final class KeyLayout {
    private struct Key: BitwiseCopyable {
        var head: UInt64 = 0
        var mask: UInt64 = 0
        var tail: UInt64 = 0
        var start = 0
        var length = 0
        var target = KeyTarget()
    }

    /// More keys than this are looked up by name each time.
    private static let limit = 256

    private let keys = PlainArray<Key>(repeating: Key(), count: limit)
    private var count = 0
    private var pool: [UInt8] = []

    /// Where the expected key ends if it stands at that place of the text; −1 if it does not.
    @inline(__always)
    func expectedEnd(_ place: Int, _ bytes: Span<UInt8>, _ at: Int) -> Int {
        guard place < count, bytes.count - at >= 16 else { return -1 }
        let key = keys[place]
        guard Self.word(bytes, at) & key.mask == key.head else { return -1 }
        if key.length > 8 {
            guard bytes.count - at >= key.length, Self.word(bytes, at + key.length - 8) == key.tail else { return -1 }
            if key.length > 16, !ByteText.holds(bytes, at..<at + key.length, pool, at: key.start) { return -1 }
        }
        return at + key.length
    }

    /// What the key at a place leads to.
    @inline(__always)
    func target(_ place: Int) -> KeyTarget { keys[place].target }

    /// The place and target of a key that is known but not expected.
    func find(_ bytes: Span<UInt8>, _ raw: Range<Int>, near place: Int) -> (place: Int, target: KeyTarget)? {
        for offset in 0..<count {
            let index = (place + offset) % count
            let key = keys[index]
            if key.length == raw.count, ByteText.holds(bytes, raw, pool, at: key.start) { return (index, key.target) }
        }
        return nil
    }

    /// Expects a key at a place from now on; false if there are too many.
    func learn(_ bytes: Span<UInt8>, _ raw: Range<Int>, _ target: KeyTarget, at place: Int) -> Bool {
        guard count < Self.limit, place <= count, pool.count + raw.count <= 1 << 16 else { return false }
        var key = Key(start: pool.count, length: raw.count, target: target)
        ByteText.append(bytes, raw, to: &pool)
        for offset in 0..<min(8, raw.count) {
            key.head |= UInt64(pool[key.start + offset]) << UInt64(8 * offset)
            key.mask |= 0xFF << UInt64(8 * offset)
        }
        if raw.count > 8 { key.tail = Self.word(pool.span, pool.count - 8) }
        for index in stride(from: count, to: place, by: -1) { keys[index] = keys[index - 1] }
        keys[place] = key
        count += 1
        return true
    }

    /// Eight bytes as a number. The load checks its bounds; any bytes are a number.
    @inline(__always)
    private static func word(_ bytes: Span<UInt8>, _ at: Int) -> UInt64 {
        UInt64(littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
    }
}
