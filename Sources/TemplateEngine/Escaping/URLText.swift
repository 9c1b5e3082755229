/// The schemes that a printed address may bring along.
enum URLScheme {
    private static let trusted: [[UInt8]] = ["http", "https", "mailto", "tel"].map { Array($0.utf8) }

    /// Whether a lower-case scheme is one of `http`, `https`, `mailto`, `tel`.
    static func isTrusted(_ scheme: some Sequence<UInt8>) -> Bool {
        trusted.contains { $0.elementsEqual(scheme) }
    }

    /// Whether a whole address is relative or has a trusted scheme. A colon before the first `/`, `?` or `#` ends a
    /// scheme, whatever stands before it: browsers skip blanks and control characters there.
    static func isTrusted(address: String) -> Bool {
        var scheme: [UInt8] = []
        for byte in address.utf8 {
            switch byte {
            case UInt8(ascii: ":"): return isTrusted(scheme)
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): return true
            default: scheme.append(byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte)
            }
        }
        return true
    }
}

/// Percent-encoding (RFC 3986).
enum URLText {
    /// What is printed instead of an address with an untrusted scheme.
    static let refused = "about:invalid"

    /// The text of an address at a position of a URL attribute; character references are still to be made.
    static func encoded(_ text: String, at position: URLPosition) -> String {
        switch position {
        case .start: URLScheme.isTrusted(address: text) ? encoded(text, keeping: addressBytes) : refused
        case .open: encoded(text, keeping: addressBytes.subtracting([UInt8(ascii: ":")]))
        case .path: encoded(text, keeping: addressBytes)
        case .query, .blocked: component(text)
        }
    }

    /// Everything but letters, digits and `- . _ ~` encoded.
    static func component(_ text: String) -> String { encoded(text, keeping: unreserved) }

    private static let unreserved = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    /// What an address may hold, with the percent sign of what is encoded already; no quotes and no backslash.
    private static let addressBytes = unreserved.union(ByteSet(":/?#[]@!$&()*+,;=%"))

    private static func encoded(_ text: String, keeping kept: ByteSet) -> String {
        let span = text.utf8.span
        var out: [UInt8] = []
        out.reserveCapacity(span.count + 16)
        for index in span.indices {
            let byte = span[index]
            let isLonePercent =
                byte == UInt8(ascii: "%")
                && !(index + 2 < span.count && isHexadecimal(span[index + 1]) && isHexadecimal(span[index + 2]))
            if kept.contains(byte), !isLonePercent {
                out.append(byte)
            } else {
                out.append(UInt8(ascii: "%"))
                out.append(hexadecimalDigit(byte >> 4))
                out.append(hexadecimalDigit(byte & 15))
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
            || (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "f"))
    }

    private static func hexadecimalDigit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "A") + nibble - 10
    }
}

/// A set of ASCII bytes.
private struct ByteSet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(_ characters: String) {
        for byte in characters.utf8 { insert(byte) }
    }

    private mutating func insert(_ byte: UInt8) {
        if byte < 64 { low |= 1 << UInt64(byte) } else if byte < 128 { high |= 1 << UInt64(byte - 64) }
    }

    func contains(_ byte: UInt8) -> Bool {
        if byte < 64 { return low >> UInt64(byte) & 1 == 1 }
        return byte < 128 && high >> UInt64(byte - 64) & 1 == 1
    }

    func union(_ other: ByteSet) -> ByteSet {
        var set = self
        set.low |= other.low
        set.high |= other.high
        return set
    }

    func subtracting(_ bytes: [UInt8]) -> ByteSet {
        var set = self
        for byte in bytes where byte < 64 { set.low &= ~(1 << UInt64(byte)) }
        return set
    }
}
