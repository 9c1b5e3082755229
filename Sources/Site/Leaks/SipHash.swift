/// SipHash-2-4 of 64 bits (J.-P. Aumasson, D. J. Bernstein, INDOCRYPT 2012, doi:10.1007/978-3-642-34931-7_28): fast on short
/// texts, and nobody without the key can compute it or tell it from chance.
struct SipHash: Sendable {
    private let low: UInt64
    private let high: UInt64

    /// A key of 16 bytes; further ones are not taken, and missing ones count as 0.
    init(key: [UInt8]) {
        func word(_ from: Int) -> UInt64 {
            (0..<8).reduce(0) { $0 | UInt64(from + $1 < key.count ? key[from + $1] : 0) << UInt64(8 * $1) }
        }
        (low, high) = (word(0), word(8))
    }

    /// The hash of all of some bytes.
    func hash(_ bytes: [UInt8]) -> UInt64 { hash(bytes.span, bytes.indices) }

    /// The hash of some bytes. O(bytes).
    func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        var a = low ^ 0x736f_6d65_7073_6575
        var b = high ^ 0x646f_7261_6e64_6f6d
        var c = low ^ 0x6c79_6765_6e65_7261
        var d = high ^ 0x7465_6462_7974_6573
        func round() {
            a = a &+ b
            b = (b << 13 | b >> 51) ^ a
            a = a << 32 | a >> 32
            c = c &+ d
            d = (d << 16 | d >> 48) ^ c
            a = a &+ d
            d = (d << 21 | d >> 43) ^ a
            c = c &+ b
            b = (b << 17 | b >> 47) ^ c
            c = c << 32 | c >> 32
        }
        var block: UInt64 = 0
        var filled: UInt64 = 0
        for place in range {
            block |= UInt64(bytes[place]) << (8 * filled)
            filled += 1
            guard filled == 8 else { continue }
            d ^= block
            round()
            round()
            a ^= block
            (block, filled) = (0, 0)
        }
        block |= UInt64(range.count & 0xFF) << 56
        d ^= block
        round()
        round()
        a ^= block
        c ^= 0xFF
        for _ in 0..<4 { round() }
        return a ^ b ^ c ^ d
    }
}
