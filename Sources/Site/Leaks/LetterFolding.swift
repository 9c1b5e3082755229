/// Letters in UTF-8 in lower case, byte for byte: those of Unicode's basic plane whose small letter is one letter of as many bytes.
///
/// Lengths and places stay, so that a place in the folded bytes is the place in the file. Bytes that are no UTF-8 stay as they are.
enum LetterFolding {
    /// The small letter of each scalar below U+10000; 0 where it is the scalar itself, or has another length.
    private static let small: [UInt16] = (0..<0x1_0000).map { number in
        // Greek’s final sigma is the small letter of the same capital.
        if number == 0x3C2 { return 0x3C3 }
        guard number >= 0x80, let scalar = Unicode.Scalar(UInt32(number)) else { return 0 }
        let mapped = scalar.properties.lowercaseMapping.unicodeScalars
        guard mapped.count == 1, let letter = mapped.first, letter != scalar, letter.value < 0x1_0000,
            UTF8.width(letter) == UTF8.width(scalar)
        else { return 0 }
        return UInt16(letter.value)
    }

    /// A letter of ASCII in lower case.
    static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    /// The same bytes with letters in lower case.
    static func folded(_ bytes: [UInt8]) -> [UInt8] {
        var folded = bytes
        for place in folded.indices {
            let first = folded[place]
            guard first >= 0x80 else {
                folded[place] = lower(first)
                continue
            }
            // A letter of two bytes begins with 110, one of three with 1110.
            let length = first & 0xE0 == 0xC0 ? 2 : first & 0xF0 == 0xE0 ? 3 : 1
            if length > 1, place + length <= folded.count { fold(&folded, place, length) }
        }
        return folded
    }

    private static func fold(_ bytes: inout [UInt8], _ place: Int, _ length: Int) {
        var number = Int(bytes[place]) & (length == 2 ? 0x1F : 0x0F)
        for next in place + 1..<place + length {
            guard bytes[next] & 0xC0 == 0x80 else { return }
            number = number << 6 | Int(bytes[next] & 0x3F)
        }
        let letter = small[number]
        guard letter != 0 else { return }
        bytes[place] = (length == 2 ? 0xC0 : 0xE0) | UInt8(truncatingIfNeeded: letter >> UInt16(6 * (length - 1)))
        if length == 3 { bytes[place + 1] = 0x80 | UInt8(truncatingIfNeeded: letter >> 6) & 0x3F }
        bytes[place + length - 1] = 0x80 | UInt8(truncatingIfNeeded: letter) & 0x3F
    }
}

extension UTF8 {
    fileprivate static func width(_ scalar: Unicode.Scalar) -> Int { String(scalar).utf8.count }
}
