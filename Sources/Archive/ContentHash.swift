/// A 64-bit hash that tells whether stored bytes are the ones that were written; it is no defence against intent.
///
/// Eight bytes at a time are multiplied in, each step one-to-one, with the finalizer of MurmurHash3 at the end.
enum ContentHash {
    static func of(_ parts: [[UInt8]]) -> UInt64 {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
        for part in parts {
            hash = mix(hash, UInt64(part.count))
            unsafe part.withUnsafeBytes { bytes in
                let whole = bytes.count & ~7
                for offset in stride(from: 0, to: whole, by: 8) {
                    hash = unsafe mix(
                        hash, UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
                }
                var last: UInt64 = 0
                for offset in whole..<bytes.count { last = unsafe last << 8 | UInt64(bytes[offset]) }
                hash = mix(hash, last)
            }
        }
        hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ (hash >> 33)
    }

    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let mixed = (hash ^ word) &* 0x9FB2_1C65_1E98_DF25
        return mixed ^ (mixed >> 29)
    }
}
