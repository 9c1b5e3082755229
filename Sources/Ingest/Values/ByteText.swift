import CBytes

/// Names for the bytes that text formats are made of.
enum Ascii {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let quote: UInt8 = 0x22
    static let plus: UInt8 = 0x2B
    static let comma: UInt8 = 0x2C
    static let minus: UInt8 = 0x2D
    static let dot: UInt8 = 0x2E
    static let slash: UInt8 = 0x2F
    static let zero: UInt8 = 0x30
    static let nine: UInt8 = 0x39
    static let colon: UInt8 = 0x3A
    static let backslash: UInt8 = 0x5C

    /// 0 to 9 for a digit, something larger for any other byte.
    @inline(__always)
    static func digit(_ byte: UInt8) -> Int { Int(byte &- zero) }

    /// The lower-case form of an ASCII letter; every other byte as it is.
    @inline(__always)
    static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}

/// Questions about stretches of bytes that several readers ask.
enum ByteText {
    /// The range without spaces and tabs at its ends.
    @inline(__always)
    static func trimmed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, isBlank(bytes[start]) { start += 1 }
        while start < end, isBlank(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    @inline(__always)
    private static func isBlank(_ byte: UInt8) -> Bool { byte == Ascii.space || byte == Ascii.tab }

    /// Whether the stretch holds exactly these bytes.
    @inline(__always)
    static func equals(_ bytes: Span<UInt8>, _ range: Range<Int>, _ other: [UInt8]) -> Bool {
        guard range.count == other.count else { return false }
        return holds(bytes, range, other, at: 0)
    }

    /// Whether the stretch holds the same bytes as another array from a place on, which has at least as many there.
    @inline(__always)
    static func holds(_ bytes: Span<UInt8>, _ range: Range<Int>, _ other: [UInt8], at place: Int) -> Bool {
        precondition(place >= 0 && place + range.count <= other.count, "range out of bounds")
        return unsafe bytes.extracting(range).withUnsafeBufferPointer { one in
            unsafe other.withUnsafeBufferPointer { other in
                guard let left = one.baseAddress, let right = other.baseAddress else { return true }
                return unsafe assay_equal(left, right + place, one.count)
            }
        }
    }

    /// Whether the stretch holds these bytes, which are in lower case, in any case of ASCII letters.
    static func equalsIgnoringCase(_ bytes: Span<UInt8>, _ range: Range<Int>, _ lowered: [UInt8]) -> Bool {
        guard range.count == lowered.count else { return false }
        for offset in 0..<lowered.count where Ascii.lower(bytes[range.lowerBound + offset]) != lowered[offset] {
            return false
        }
        return true
    }

    /// The stretch as text; bytes that are not UTF-8 become the replacement character.
    static func string(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// The stretch as an array.
    static func array(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
        unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe Array($0) }
    }

    /// Adds the stretch to an array.
    @inline(__always)
    static func append(_ bytes: Span<UInt8>, _ range: Range<Int>, to array: inout [UInt8]) {
        unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe array.append(contentsOf: $0) }
    }

    /// Whether the stretch is well-formed UTF-8 (The Unicode Standard, table 3-7).
    @inline(__always)
    static func isUTF8(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        isAscii(bytes, range) || isMultibyteUTF8(bytes, range)
    }

    @inline(__always)
    private static func isAscii(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe assay_is_ascii($0.baseAddress, 0, $0.count) }
    }

    private static func isMultibyteUTF8(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var at = range.lowerBound
        let end = range.upperBound
        while at < end {
            if bytes[at] < 0x80 {
                at += 1
                continue
            }
            let length = sequenceLength(bytes, at, end)
            if length == 0 { return false }
            at += length
        }
        return true
    }

    private static func sequenceLength(_ bytes: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch bytes[at] {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard end - at >= length, second.contains(bytes[at + 1]) else { return 0 }
        for offset in 2..<max(2, length) where bytes[at + offset] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
