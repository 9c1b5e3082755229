/// The grammar of RFC 8259, checked strictly and without building anything.
///
/// Each function begins at the first byte of what it reads and leaves the cursor behind it. false means that the text
/// is not JSON or, with `isStarved`, that it ended too early to tell.
enum JSONGrammar {
    /// How deep objects and arrays may be nested.
    static let maximumDepth = 512

    /// Any value.
    static func skipValue(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor, depth: Int = 0) -> Bool {
        guard let byte = cursor.next(bytes) else { return false }
        switch byte {
        case Ascii.quote: return skipText(bytes, &cursor) != nil
        case 0x7B: return skipObject(bytes, &cursor, depth: depth)
        case 0x5B: return skipArray(bytes, &cursor, depth: depth)
        case 0x74: return skipWord(bytes, &cursor, 0x6575_7274, 4)
        case 0x66: return skipWord(bytes, &cursor, 0x65_736C_6166, 5)
        case 0x6E: return skipWord(bytes, &cursor, 0x6C6C_756E, 4)
        default: return skipNumber(bytes, &cursor)
        }
    }

    /// A string; says whether it holds escapes, nil if it is none.
    @inline(__always)
    static func skipText(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor) -> Bool? {
        let end = JSONText.end(bytes, from: cursor.at + 1)
        if end < bytes.count, bytes[end] == Ascii.quote {
            cursor.at = end + 1
            return false
        }
        return skipEscapedText(bytes, &cursor, from: end)
    }

    @inline(never)
    private static func skipEscapedText(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor, from start: Int) -> Bool? {
        var at = start
        while at < bytes.count {
            if bytes[at] == Ascii.quote {
                cursor.at = at + 1
                return true
            }
            guard bytes[at] == Ascii.backslash else { return nil }
            guard at + 1 < bytes.count else { break }
            switch bytes[at + 1] {
            case Ascii.quote, Ascii.backslash, Ascii.slash, 0x62, 0x66, 0x6E, 0x72, 0x74: at += 2
            case 0x75:
                guard bytes.count - at >= 6 else {
                    cursor.isStarved = true
                    return nil
                }
                guard JSONText.unit(bytes, at + 2, bytes.count) != nil else { return nil }
                at += 6
            default: return nil
            }
            at = JSONText.end(bytes, from: at)
        }
        cursor.isStarved = true
        return nil
    }

    /// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`
    @inline(__always)
    static func skipNumber(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor) -> Bool {
        var at = cursor.at
        let end = bytes.count
        if bytes[at] == Ascii.minus { at += 1 }
        guard at < end else { return starved(&cursor) }
        if bytes[at] == Ascii.zero {
            at += 1
        } else {
            guard digits(bytes, &at) else { return at < end ? false : starved(&cursor) }
        }
        if at < end, bytes[at] == Ascii.dot {
            at += 1
            guard digits(bytes, &at) else { return at < end ? false : starved(&cursor) }
        }
        if at < end, Ascii.lower(bytes[at]) == 0x65 {
            at += 1
            if at < end, bytes[at] == Ascii.plus || bytes[at] == Ascii.minus { at += 1 }
            guard digits(bytes, &at) else { return at < end ? false : starved(&cursor) }
        }
        // At the very end more digits might follow; whoever knows that nothing does asks again with `isStarved` clear.
        if at == end { cursor.isStarved = true }
        cursor.at = at
        return true
    }

    @inline(__always)
    private static func digits(_ bytes: Span<UInt8>, _ at: inout Int) -> Bool {
        let start = at
        while at < bytes.count, Ascii.digit(bytes[at]) <= 9 { at += 1 }
        return at > start
    }

    private static func starved(_ cursor: inout JSONCursor) -> Bool {
        cursor.isStarved = true
        return false
    }

    /// One of the three words, given as its bytes in little-endian order.
    @inline(__always)
    static func skipWord(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ word: UInt64, _ length: Int) -> Bool {
        for offset in 0..<length {
            guard cursor.at + offset < bytes.count else { return starved(&cursor) }
            guard UInt64(bytes[cursor.at + offset]) == (word >> UInt64(8 * offset)) & 0xFF else { return false }
        }
        cursor.at += length
        return true
    }

    private static func skipObject(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor, depth: Int) -> Bool {
        guard depth < maximumDepth else { return false }
        cursor.at += 1
        guard let first = cursor.next(bytes) else { return false }
        if first == 0x7D {
            cursor.at += 1
            return true
        }
        while true {
            guard let byte = cursor.next(bytes), byte == Ascii.quote, skipText(bytes, &cursor) != nil,
                colon(bytes, &cursor), skipValue(bytes, &cursor, depth: depth + 1)
            else { return false }
            guard let more = separator(bytes, &cursor, closing: 0x7D) else { return false }
            if !more { return true }
        }
    }

    private static func skipArray(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor, depth: Int) -> Bool {
        guard depth < maximumDepth else { return false }
        cursor.at += 1
        guard let first = cursor.next(bytes) else { return false }
        if first == 0x5D {
            cursor.at += 1
            return true
        }
        while true {
            guard skipValue(bytes, &cursor, depth: depth + 1) else { return false }
            guard let more = separator(bytes, &cursor, closing: 0x5D) else { return false }
            if !more { return true }
        }
    }

    /// A colon.
    @inline(__always)
    static func colon(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor) -> Bool {
        guard let byte = cursor.next(bytes), byte == Ascii.colon else { return false }
        cursor.at += 1
        return true
    }

    /// A comma (true) or the closing bracket (false); nil for anything else.
    @inline(__always)
    static func separator(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor, closing: UInt8) -> Bool? {
        guard let byte = cursor.next(bytes) else { return nil }
        guard byte == Ascii.comma || byte == closing else { return nil }
        cursor.at += 1
        return byte == Ascii.comma
    }
}
