/// What the checks need to know about a page of ours: links, ids, headings and the number of nodes.
///
/// One pass over the bytes. It reads the markup that our templates and the drawing make (quoted attributes, escaped
/// text), not any HTML there is.
struct MarkupScan {
    private(set) var links: [String] = []
    /// Files that the page loads: style, script, pictures.
    private(set) var loads: [String] = []
    private(set) var ids: [String] = []
    /// Elements, texts and comments, as a browser counts them.
    private(set) var nodes = 0
    private(set) var headings = 0
    private(set) var faults: [String] = []

    init(_ bytes: [UInt8]) {
        var at = 0
        while let open = bytes[at...].firstIndex(of: 0x3C) {
            if open > at { nodes += 1 }
            at = open + 1
            guard at < bytes.count else { break }
            if bytes[at...].starts(with: "!--".utf8) {
                nodes += 1
                at = bytes[at...].firstRange(of: Array("-->".utf8))?.upperBound ?? bytes.count
            } else if bytes[at] == 0x2F || bytes[at] == 0x21 {
                at = bytes[at...].firstIndex(of: 0x3E).map { $0 + 1 } ?? bytes.count
            } else {
                at = min(bytes.count, element(bytes, from: at) + 1)
            }
        }
    }

    private mutating func element(_ bytes: [UInt8], from start: Int) -> Int {
        var at = start
        let nameEnd = bytes[at...].firstIndex { $0 <= 0x20 || $0 == 0x3E || $0 == 0x2F } ?? bytes.count
        let name = String(decoding: bytes[at..<nameEnd], as: UTF8.self)
        nodes += 1
        if name == "h1" { headings += 1 }
        at = nameEnd
        var hasSource = false
        while at < bytes.count, bytes[at] != 0x3E {
            guard bytes[at] > 0x20, bytes[at] != 0x2F else {
                at += 1
                continue
            }
            let end = bytes[at...].firstIndex { $0 == 0x3D || $0 == 0x3E || $0 <= 0x20 || $0 == 0x2F } ?? bytes.count
            let attribute = String(decoding: bytes[at..<end], as: UTF8.self)
            // A sign of equality without a name before it is no attribute, but it has to be passed.
            at = max(end, at + (end == at ? 1 : 0))
            var value = ""
            if at + 1 < bytes.count, bytes[at] == 0x3D, bytes[at + 1] == 0x22 {
                let close = bytes[(at + 2)...].firstIndex(of: 0x22) ?? bytes.count
                if ["href", "src", "id"].contains(attribute) { value = unescaped(bytes[(at + 2)..<close]) }
                at = min(bytes.count, close + 1)
            }
            note(attribute, value, of: name, &hasSource)
        }
        if name == "script", !hasSource { faults.append("a script stands in the page") }
        if name == "style" { faults.append("a style sheet stands in the page") }
        // What stands in these is no markup, up to the tag that ends them.
        if name == "script" || name == "style" {
            return bytes[at...].firstRange(of: Array("</\(name)".utf8))?.lowerBound ?? bytes.count
        }
        return at
    }

    private mutating func note(_ attribute: String, _ value: String, of name: String, _ hasSource: inout Bool) {
        switch attribute {
        case "id": ids.append(value)
        case "href": if name == "link" { loads.append(value) } else { links.append(value) }
        case "src":
            hasSource = true
            loads.append(value)
        case "style": faults.append("<\(name)> has a style attribute")
        case _ where attribute.hasPrefix("on"): faults.append("<\(name)> has the handler \(attribute)")
        default: break
        }
    }

    /// Our own escaping undone: percent-encoding and the reference for `&`.
    private func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.first {
            rest = rest.dropFirst()
            if byte == 0x25, let high = MarkupScan.digit(rest.first), let low = MarkupScan.digit(rest.dropFirst().first)
            {
                result.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else if byte == 0x26, rest.starts(with: "amp;".utf8) {
                result.append(byte)
                rest = rest.dropFirst(4)
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8?) -> UInt8? {
        switch byte {
        case .some(let byte) where (0x30...0x39).contains(byte): byte - 0x30
        case .some(let byte) where (0x41...0x46).contains(byte): byte - 0x37
        case .some(let byte) where (0x61...0x66).contains(byte): byte - 0x57
        default: nil
        }
    }
}
