/// Writing text as character references of HTML and XML.
///
/// `& < > " '` become references, in attributes also tab and line feed (XML would turn them into spaces), carriage
/// return everywhere (HTML would turn it into a line feed). What neither XML 1.0 nor HTML can hold (the other C0
/// controls, U+FFFE, U+FFFF) becomes U+FFFD. One pass; text in which nothing is to be done is copied whole.
enum CharacterReferences {
    /// Appends text for a text position.
    static func append(text: String, to out: inout [UInt8]) {
        guard needsWork(text, special: textSpecial) else { return out.append(contentsOf: text.utf8) }
        appendSlowly(text, special: textSpecial, to: &out)
    }

    /// Appends text for the inside of a quoted attribute.
    static func append(attribute text: String, to out: inout [UInt8]) {
        guard needsWork(text, special: attributeSpecial) else { return out.append(contentsOf: text.utf8) }
        appendSlowly(text, special: attributeSpecial, to: &out)
    }

    /// One bit per byte below 64: controls and `" & ' < >`.
    private static let attributeSpecial: UInt64 = 0x5000_00C4_FFFF_FFFF
    /// The same without tab and line feed.
    private static let textSpecial: UInt64 = 0x5000_00C4_FFFF_F9FF

    private static func needsWork(_ text: String, special: UInt64) -> Bool {
        let span = text.utf8.span
        for index in span.indices {
            let byte = span[index]
            if byte < 64 ? special >> UInt64(byte) & 1 == 1 : byte == 0xEF { return true }
        }
        return false
    }

    private static func appendSlowly(_ text: String, special: UInt64, to out: inout [UInt8]) {
        let span = text.utf8.span
        out.reserveCapacity(out.count + span.count + 16)
        var index = 0
        while index < span.count {
            let byte = span[index]
            index += 1
            if byte == 0xEF, index + 1 < span.count, span[index] == 0xBF, span[index + 1] >= 0xBE {
                out.append(contentsOf: replacement)
                index += 2
            } else if byte < 64, special >> UInt64(byte) & 1 == 1 {
                out.append(contentsOf: reference(byte))
            } else {
                out.append(byte)
            }
        }
    }

    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    private static func reference(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "&"): ampersand
        case UInt8(ascii: "<"): lessThan
        case UInt8(ascii: ">"): greaterThan
        case UInt8(ascii: "\""): quote
        case UInt8(ascii: "'"): apostrophe
        case 0x09: tab
        case 0x0A: lineFeed
        case 0x0D: carriageReturn
        default: replacement
        }
    }

    private static let ampersand = Array("&amp;".utf8)
    private static let lessThan = Array("&lt;".utf8)
    private static let greaterThan = Array("&gt;".utf8)
    private static let quote = Array("&quot;".utf8)
    private static let apostrophe = Array("&#39;".utf8)
    private static let tab = Array("&#9;".utf8)
    private static let lineFeed = Array("&#10;".utf8)
    private static let carriageReturn = Array("&#13;".utf8)
}
