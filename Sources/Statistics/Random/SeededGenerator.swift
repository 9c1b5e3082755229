/// A generator of pseudo-random numbers that gives the same sequence for the same seed on every machine.
///
/// xoshiro256** 1.0 of D. Blackman and S. Vigna (doi:10.1145/3460772), its state filled by SplitMix64. Draws use one fixed
/// recipe each, stated at the draw; those through libm's exp and log may differ in the last bit between libraries.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Hashable {
    private var s0: UInt64, s1: UInt64, s2: UInt64, s3: UInt64

    /// Fills the state from four steps of SplitMix64; every seed is allowed.
    public init(seed: UInt64) {
        var mixer = SplitMix64(state: seed)
        (s0, s1, s2, s3) = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        let product = s1 &* 5
        let result = (product << 7 | product >> 57) &* 9
        let shifted = s1 << 17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= shifted
        s3 = s3 << 45 | s3 >> 19
        return result
    }

    /// A further generator whose sequence is unrelated to the rest of this one; takes one draw.
    public mutating func split() -> SeededGenerator { SeededGenerator(seed: next()) }
}

/// The generator that spreads one seed over a larger state.
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
