/// The quick way through the members of a JSON object: expected keys with short values, written without blanks.
///
/// Places are kept in registers here; whatever is out of the ordinary is left to `JSONShape`, which reads it again
/// from the start of its key. Everything that is taken here has been checked as strictly as there.
enum PlainMembers {
    /// Reads members from the key at the cursor on and stores the wanted values. The cursor is left at the key of the
    /// first member that is not plain (false), or behind the object (true).
    @inline(__always)
    static func read(
        _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ layout: KeyLayout, _ place: inout Int,
        _ cells: PlainArray<Cell>, level: UInt8
    ) -> Bool {
        var at = cursor.at
        var index = place
        defer {
            cursor.at = at
            place = index
        }
        while true {
            let keyEnd = layout.expectedEnd(index, bytes, at)
            // Room for a colon and the longest word; near the end of the window the careful way takes over.
            guard keyEnd > 0, bytes.count - keyEnd >= 16, bytes[keyEnd] == Ascii.colon else { return false }
            let target = layout.target(index)
            var start = keyEnd &+ 1
            var kind = Cell.Kind.text
            var end: Int
            var next: Int
            let byte = bytes[start]
            if byte == Ascii.quote {
                start &+= 1
                end = JSONText.end(bytes, from: start)
                guard end < bytes.count, bytes[end] == Ascii.quote else { return false }
                next = end &+ 1
            } else {
                (end, kind) = scalar(bytes, start, byte)
                next = end
            }
            guard end > 0, next < bytes.count, !target.isInner else { return false }
            let separator = bytes[next]
            guard separator == Ascii.comma || separator == 0x7D else { return false }
            if target.slot >= 0 {
                let before = cells[target.slot]
                if before.kind != .absent, before.level == level { return false }
                cells[target.slot] = Cell(start: start, end: end, kind: kind, level: level)
            }
            at = next &+ 1
            index &+= 1
            if separator == 0x7D { return true }
        }
    }

    /// The end of a number without exponent, or of a word, and what it is; −1 for anything else.
    @inline(__always)
    private static func scalar(_ bytes: Span<UInt8>, _ start: Int, _ first: UInt8) -> (Int, Cell.Kind) {
        if first == Ascii.minus || Ascii.digit(first) <= 9 { return (numberEnd(bytes, start, first), .number) }
        switch word(bytes, start) {
        case 0x6C6C_756E: return (start &+ 4, .null)
        case 0x6575_7274: return (start &+ 4, .yes)
        case 0x736C_6166 where bytes[start &+ 4] == 0x65: return (start &+ 5, .no)
        default: return (-1, .absent)
        }
    }

    @inline(__always)
    private static func numberEnd(_ bytes: Span<UInt8>, _ start: Int, _ first: UInt8) -> Int {
        var at = first == Ascii.minus ? start &+ 1 : start
        let integer = at
        at = digitsEnd(bytes, at)
        guard at > integer, at == integer &+ 1 || bytes[integer] != Ascii.zero else { return -1 }
        if at < bytes.count, bytes[at] == Ascii.dot {
            let fraction = at &+ 1
            at = digitsEnd(bytes, fraction)
            guard at > fraction else { return -1 }
        }
        return at
    }

    @inline(__always)
    private static func digitsEnd(_ bytes: Span<UInt8>, _ start: Int) -> Int {
        var at = start
        while at < bytes.count, Ascii.digit(bytes[at]) <= 9 { at &+= 1 }
        return at
    }

    /// Four bytes as a number; the load checks its bounds.
    @inline(__always)
    private static func word(_ bytes: Span<UInt8>, _ at: Int) -> UInt32 {
        UInt32(littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt32.self))
    }
}
