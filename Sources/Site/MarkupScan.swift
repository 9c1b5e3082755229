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
        while at < bytes.count, bytes[at] > 0x20, bytes[at] != 0x3E, bytes[at] != 0x2F { at += 1 }
        let name = bytes[start..<at]
        nodes += 1
        if name.elementsEqual("h1".utf8) { headings += 1 }
        var hasSource = false
        while at < bytes.count, bytes[at] != 0x3E {
            guard bytes[at] > 0x20, bytes[at] != 0x2F else {
                at += 1
                continue
            }
            let begin = at
            while at < bytes.count, bytes[at] > 0x20, bytes[at] != 0x3D, bytes[at] != 0x3E, bytes[at] != 0x2F {
                at += 1
            }
            let attribute = bytes[begin..<at]
            // A sign of equality without a name before it is no attribute, but it has to be passed.
            if at == begin { at += 1 }
            var value = at..<at
            if at + 1 < bytes.count, bytes[at] == 0x3D, bytes[at + 1] == 0x22 {
                let close = bytes[(at + 2)...].firstIndex(of: 0x22) ?? bytes.count
                value = at + 2..<close
                at = min(bytes.count, close + 1)
            }
            note(attribute, bytes[value], of: name, &hasSource)
        }
        let isScript = name.elementsEqual("script".utf8)
        if isScript, !hasSource { faults.append("a script stands in the page") }
        guard isScript || name.elementsEqual("style".utf8) else { return at }
        if !isScript { faults.append("a style sheet stands in the page") }
        // What stands in these is no markup, up to the tag that ends them.
        return bytes[at...].firstRange(of: Array("</".utf8) + name)?.lowerBound ?? bytes.count
    }

    private mutating func note(
        _ attribute: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, of name: ArraySlice<UInt8>, _ hasSource: inout Bool
    ) {
        if attribute.elementsEqual("id".utf8) {
            ids.append(unescaped(value))
        } else if attribute.elementsEqual("href".utf8) {
            let link = unescaped(value)
            if name.elementsEqual("link".utf8) { loads.append(link) } else { links.append(link) }
        } else if attribute.elementsEqual("src".utf8) {
            hasSource = true
            loads.append(unescaped(value))
        } else if attribute.elementsEqual("style".utf8) {
            faults.append("<\(text(name))> has a style attribute")
        } else if attribute.starts(with: "on".utf8) {
            faults.append("<\(text(name))> has the handler \(text(attribute))")
        }
    }

    private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Our own escaping undone: percent-encoding and the reference for `&`.
    private func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(where: { $0 == 0x25 || $0 == 0x26 }) else { return text(bytes) }
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
        return text(result[...])
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
