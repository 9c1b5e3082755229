import CBytes

/// The inside of JSON strings.
enum JSONText {
    /// Decodes escapes; a surrogate without its partner becomes the replacement character. The stretch is known to be
    /// well-formed (`JSONGrammar.text`).
    static func decode(_ bytes: Span<UInt8>, _ range: Range<Int>, into text: inout [UInt8]) {
        var at = range.lowerBound
        while at < range.upperBound {
            let byte = bytes[at]
            at += 1
            guard byte == Ascii.backslash, at < range.upperBound else {
                text.append(byte)
                continue
            }
            let letter = bytes[at]
            at += 1
            switch letter {
            case 0x62: text.append(0x08)
            case 0x66: text.append(0x0C)
            case 0x6E: text.append(0x0A)
            case 0x72: text.append(0x0D)
            case 0x74: text.append(0x09)
            case 0x75: appendScalar(bytes, &at, range.upperBound, &text)
            default: text.append(letter)
            }
        }
    }

    private static func appendScalar(_ bytes: Span<UInt8>, _ at: inout Int, _ end: Int, _ text: inout [UInt8]) {
        let first = unit(bytes, at, end) ?? 0xFFFD
        at = min(at + 4, end)
        guard (0xD800...0xDBFF).contains(first), end - at >= 6, bytes[at] == Ascii.backslash, bytes[at + 1] == 0x75,
            let second = unit(bytes, at + 2, end), (0xDC00...0xDFFF).contains(second)
        else { return UTF8Bytes.append(first, to: &text) }
        at += 6
        UTF8Bytes.append(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00), to: &text)
    }

    /// Four hexadecimal digits; nil if there are not four.
    @inline(__always)
    static func unit(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt32? {
        guard end - start >= 4 else { return nil }
        var value: UInt32 = 0
        for index in start..<start + 4 {
            let byte = Ascii.lower(bytes[index])
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
            default: return nil
            }
        }
        return value
    }

    /// The first quote, backslash or control character at or behind a place.
    @inline(__always)
    static func end(_ bytes: Span<UInt8>, from: Int) -> Int {
        unsafe bytes.withUnsafeBufferPointer { unsafe assay_json_text_end($0.baseAddress, from, $0.count) }
    }
}
