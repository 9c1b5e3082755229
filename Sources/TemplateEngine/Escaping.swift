/// Appends text escaped for its context. One pass over the bytes; what needs no escaping is copied in stretches.
enum Escaping {
    static func append(_ text: String, for context: EscapeContext, to output: inout [UInt8]) {
        switch context {
        case .plain: output.append(contentsOf: text.utf8)
        case .text, .attribute: appendMarkup(text, to: &output)
        case .address: appendAddress(text, to: &output)
        }
    }

    /// The five characters that mean something in HTML and XML become references; control characters that XML
    /// forbids become U+FFFD.
    private static func appendMarkup(_ text: String, to output: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case 0x26: output.append(contentsOf: "&amp;".utf8)
            case 0x3C: output.append(contentsOf: "&lt;".utf8)
            case 0x3E: output.append(contentsOf: "&gt;".utf8)
            case 0x22: output.append(contentsOf: "&quot;".utf8)
            case 0x27: output.append(contentsOf: "&#39;".utf8)
            case 0x09, 0x0A, 0x0D: output.append(byte)
            case 0..<0x20, 0x7F: output.append(contentsOf: "\u{FFFD}".utf8)
            default: output.append(byte)
            }
        }
    }

    /// Only relative addresses, fragments, http, https and mailto pass; another scheme becomes `#`. Bytes that may
    /// not stand in an address are percent-encoded; `%` stays, so that an encoded address is not encoded twice.
    private static func appendAddress(_ text: String, to output: inout [UInt8]) {
        if let scheme = scheme(of: text), !["http", "https", "mailto"].contains(scheme) {
            output.append(0x23)
            return
        }
        let hex = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            switch byte {
            case 0x26: output.append(contentsOf: "&amp;".utf8)
            case 0x21, 0x23...0x25, 0x28...0x3B, 0x3D, 0x3F...0x5A, 0x5F, 0x61...0x7A, 0x7E, 0x5B, 0x5D:
                output.append(byte)
            default: output.append(contentsOf: [0x25, hex[Int(byte >> 4)], hex[Int(byte & 15)]])
            }
        }
    }

    /// What stands before the first colon, if it comes before any slash, question mark or number sign. Blanks and
    /// control characters, which browsers drop, do not hide it.
    private static func scheme(of text: String) -> String? {
        var name = ""
        for byte in text.utf8 where byte > 0x20 && byte != 0x7F {
            switch byte {
            case 0x3A: return name.lowercased()
            case 0x2F, 0x3F, 0x23: return nil
            default: name.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return nil
    }
}
