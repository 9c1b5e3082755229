extension XMLElement {
    /// The element as compact XML without a declaration: attributes in the order of `order`, then by name; an element
    /// without children closes itself.
    ///
    /// The same element gives the same bytes. Characters that XML cannot hold become U+FFFD.
    public func serialised(attributesFirst order: [String] = []) -> String {
        var bytes: [UInt8] = []
        write(to: &bytes, order: order)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(to bytes: inout [UInt8], order: [String]) {
        bytes.append(0x3C)
        bytes += name.utf8
        let first = order.filter { attributes[$0] != nil }
        for key in first + attributes.keys.filter({ !first.contains($0) }).sorted() {
            bytes.append(0x20)
            bytes += key.utf8
            bytes += "=\"".utf8
            XMLElement.escape(attributes[key] ?? "", to: &bytes)
            bytes.append(0x22)
        }
        guard !children.isEmpty else {
            bytes += "/>".utf8
            return
        }
        bytes.append(0x3E)
        for child in children {
            switch child {
            case .element(let element): element.write(to: &bytes, order: order)
            case .text(let text): XMLElement.escape(text, to: &bytes)
            }
        }
        bytes += "</".utf8
        bytes += name.utf8
        bytes.append(0x3E)
    }

    private static func escape(_ text: String, to bytes: inout [UInt8]) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": bytes += "&amp;".utf8
            case "<": bytes += "&lt;".utf8
            case ">": bytes += "&gt;".utf8
            case "\"": bytes += "&quot;".utf8
            case "\u{9}", "\u{A}", "\u{D}": bytes += "&#\(scalar.value);".utf8
            case "\u{0}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}": bytes += "\u{FFFD}".utf8
            default: bytes += String(scalar).utf8
            }
        }
    }
}
