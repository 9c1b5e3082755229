/// A hash that is the same in every run, on every machine and in every version: for ids and file names, not for safety.
public enum StableHash {
    /// 64-bit FNV-1a of some bytes (G. Fowler, L. C. Noll and K.-P. Vo), after those that led to `start`.
    public static func fnv1a(_ bytes: some Sequence<UInt8>, after start: UInt64 = 0xCBF2_9CE4_8422_2325) -> UInt64 {
        bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// Sixteen lower-case hexadecimal digits.
    public static func hexadecimal(_ hash: UInt64) -> String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
