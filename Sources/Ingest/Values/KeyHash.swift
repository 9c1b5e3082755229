/// The 64-bit hash by which records are known: XXH64 of the id's bytes.
///
/// XXH64 with seed 0 as its author specifies it (Y. Collet, xxHash fast digest algorithm, format 0.1.1), read with
/// little-endian loads, so that the same id has the same key in every table, run, machine and version. It is not
/// a cryptographic hash: whoever writes the export can make two ids collide.
public enum KeyHash {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    /// The key of an id given as text: the hash of its UTF-8.
    public static func key(of text: String) -> UInt64 {
        let bytes = Array(text.utf8)
        return hash(bytes.span, 0..<bytes.count)
    }

    /// The hash of part of a buffer. O(length), about 0.3 ns a byte beyond 32.
    static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>, seed: UInt64 = 0) -> UInt64 {
        let raw = unsafe bytes.bytes
        var at = range.lowerBound
        var sum: UInt64
        if range.count >= 32 {
            sum = stripes(raw, &at, range.upperBound, seed)
        } else {
            sum = seed &+ prime5
        }
        sum = sum &+ UInt64(range.count)
        return avalanche(tail(raw, at, range.upperBound, sum))
    }

    /// One hash from two: the second is mixed into the first as if eight more bytes had been read.
    @inline(__always)
    static func mix(_ first: UInt64, _ second: UInt64) -> UInt64 {
        avalanche(rotate(first ^ round(0, second), 27) &* prime1 &+ prime4)
    }

    /// A quicker hash for tables in memory, which is never stored: one multiplication up to 16 bytes.
    @inline(__always)
    static func brief(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        let raw = unsafe bytes.bytes
        let count = range.count
        let (start, end) = (range.lowerBound, range.upperBound)
        let ends: (UInt64, UInt64)
        switch count {
        case 8...16: ends = (word(raw, start), word(raw, end - 8))
        case 4...7: ends = (UInt64(half(raw, start)), UInt64(half(raw, end - 4)))
        case 1...3:
            ends = (UInt64(byte(raw, start)) << 8 | UInt64(byte(raw, end - 1)), UInt64(byte(raw, start + count / 2)))
        default: return hash(bytes, range)
        }
        let product = (ends.0 ^ prime1).multipliedFullWidth(by: ends.1 ^ prime4 ^ UInt64(count))
        return product.high ^ product.low
    }

    private static func stripes(_ raw: RawSpan, _ at: inout Int, _ end: Int, _ seed: UInt64) -> UInt64 {
        var a = seed &+ prime1 &+ prime2
        var b = seed &+ prime2
        var c = seed
        var d = seed &- prime1
        while end - at >= 32 {
            a = round(a, word(raw, at))
            b = round(b, word(raw, at + 8))
            c = round(c, word(raw, at + 16))
            d = round(d, word(raw, at + 24))
            at += 32
        }
        var sum = rotate(a, 1) &+ rotate(b, 7) &+ rotate(c, 12) &+ rotate(d, 18)
        sum = (sum ^ round(0, a)) &* prime1 &+ prime4
        sum = (sum ^ round(0, b)) &* prime1 &+ prime4
        sum = (sum ^ round(0, c)) &* prime1 &+ prime4
        return (sum ^ round(0, d)) &* prime1 &+ prime4
    }

    @inline(__always)
    private static func tail(_ raw: RawSpan, _ start: Int, _ end: Int, _ begun: UInt64) -> UInt64 {
        var sum = begun
        var at = start
        while end - at >= 8 {
            sum = rotate(sum ^ round(0, word(raw, at)), 27) &* prime1 &+ prime4
            at += 8
        }
        if end - at >= 4 {
            sum = rotate(sum ^ UInt64(half(raw, at)) &* prime1, 23) &* prime2 &+ prime3
            at += 4
        }
        while at < end {
            sum = rotate(sum ^ UInt64(byte(raw, at)) &* prime5, 11) &* prime1
            at += 1
        }
        return sum
    }

    @inline(__always)
    private static func avalanche(_ value: UInt64) -> UInt64 {
        var sum = value
        sum = (sum ^ (sum >> 33)) &* prime2
        sum = (sum ^ (sum >> 29)) &* prime3
        return sum ^ (sum >> 32)
    }

    @inline(__always)
    private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
        rotate(lane &+ input &* prime2, 31) &* prime1
    }

    @inline(__always)
    private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 { (value << bits) | (value >> (64 &- bits)) }

    // The loads check their bounds; "unsafe" is only that any bytes are taken as an integer, which any bytes are.
    @inline(__always)
    private static func word(_ raw: RawSpan, _ at: Int) -> UInt64 {
        UInt64(littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
    }

    @inline(__always)
    private static func half(_ raw: RawSpan, _ at: Int) -> UInt32 {
        UInt32(littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt32.self))
    }

    @inline(__always)
    private static func byte(_ raw: RawSpan, _ at: Int) -> UInt8 {
        unsafe raw.unsafeLoad(fromByteOffset: at, as: UInt8.self)
    }
}
