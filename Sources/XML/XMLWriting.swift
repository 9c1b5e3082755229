extension XMLElement {
    /// The element as compact XML without a declaration: attributes in the order of `order`, then by name; an element
    /// without children closes itself.
    ///
    /// The same element gives the same bytes. Characters that XML cannot hold become U+FFFD; ASCII characters that cannot
    /// stand in a name become `_`, so that no name carries markup.
    public func serialised(attributesFirst order: [String] = []) -> String {
        var bytes: [UInt8] = []
        write(to: &bytes, order: order)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(to bytes: inout [UInt8], order: [String]) {
        bytes.append(0x3C)
        XMLElement.appendName(name, to: &bytes)
        var left = attributes.count
        for key in order where left > 0 {
            guard let value = attributes[key] else { continue }
            XMLElement.append(key, value, to: &bytes)
            left -= 1
        }
        if left > 0 {
            for (key, value) in attributes.filter({ !order.contains($0.key) }).sorted(by: { $0.key < $1.key }) {
                XMLElement.append(key, value, to: &bytes)
            }
        }
        guard !children.isEmpty else {
            bytes += "/>".utf8
            return
        }
        bytes.append(0x3E)
        for child in children {
            switch child {
            case .element(let element): element.write(to: &bytes, order: order)
            case .text(let text): XMLElement.escape(text, isAttribute: false, to: &bytes)
            }
        }
        bytes += "</".utf8
        XMLElement.appendName(name, to: &bytes)
        bytes.append(0x3E)
    }

    private static func append(_ name: String, _ value: String, to bytes: inout [UInt8]) {
        bytes.append(0x20)
        appendName(name, to: &bytes)
        bytes += "=\"".utf8
        escape(value, isAttribute: true, to: &bytes)
        bytes.append(0x22)
    }

    /// Names come from programs; one that is none is mended byte by byte, so that it cannot carry markup.
    private static func appendName(_ name: String, to bytes: inout [UInt8]) {
        let start = bytes.count
        for byte in name.utf8 {
            switch byte {
            case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x3A, 0x80...0xFF: bytes.append(byte)
            case 0x30...0x39, 0x2D, 0x2E: bytes.append(bytes.count == start ? 0x5F : byte)
            default: bytes.append(0x5F)
            }
        }
        if bytes.count == start { bytes.append(0x5F) }
    }

    /// What stands for itself in text and in attributes.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<0x20, 0x22, 0x26, 0x3C, 0x3E, 0xBE, 0xBF: false
        default: true
        }
    }

    /// One pass over the bytes. Line breaks and tabs stay as they are in text and are references in attributes, where a
    /// reader would make blanks of them; a carriage return is always one.
    private static func escape(_ text: String, isAttribute: Bool, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { source in
            guard unsafe !source.allSatisfy(isPlain) else { return unsafe bytes.append(contentsOf: source) }
            for index in source.indices {
                let byte = unsafe source[index]
                switch byte {
                case 0x26: bytes += "&amp;".utf8
                case 0x3C: bytes += "&lt;".utf8
                case 0x3E: bytes += "&gt;".utf8
                case 0x22 where isAttribute: bytes += "&quot;".utf8
                case 0x09 where isAttribute, 0x0A where isAttribute, 0x0D: bytes += "&#\(byte);".utf8
                case 0x09, 0x0A: bytes.append(byte)
                case 0..<0x20: bytes += "\u{FFFD}".utf8
                // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
                case 0xBE, 0xBF:
                    let isForbidden = unsafe index >= 2 && source[index - 1] == 0xBF && source[index - 2] == 0xEF
                    bytes.append(isForbidden ? 0xBD : byte)
                default: bytes.append(byte)
                }
            }
        }
    }
}
