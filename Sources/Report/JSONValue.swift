/// A JSON document as a value. Numbers are finite by construction of `number`; keys are written sorted.
public indirect enum JSONValue: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number.
    case int(Int)
    /// A finite number; make one with `number`.
    case double(Double)
    /// A text.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object.
    case object([String: JSONValue])

    /// A number, or `null` for one that JSON cannot hold.
    public static func number(_ value: Double?) -> JSONValue {
        guard let value, value.isFinite else { return .null }
        return .double(value)
    }

    /// A text, or `null`.
    public static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }

    /// The document on one line.
    public var compact: String {
        var bytes: [UInt8] = []
        write(to: &bytes, indent: nil, limit: 0)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The document with an indent of two blanks and a line break at its end.
    public var pretty: [UInt8] { pretty(to: .max) }

    /// As summaries are written: a line for each figure's object, not for each of its members.
    public var asSummary: [UInt8] { pretty(to: 3) }

    /// The same with what lies deeper than some levels on one line: half the size where figures lie deep.
    public func pretty(to depth: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes, indent: depth > 0 ? 0 : nil, limit: depth)
        bytes.append(0x0A)
        return bytes
    }

    private func write(to bytes: inout [UInt8], indent: Int?, limit: Int) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .int(let value): bytes += String(value).utf8
        case .double(let value): JSONValue.write(value, to: &bytes)
        case .string(let text): JSONValue.write(text, to: &bytes)
        case .array(let elements):
            JSONValue.write(elements, in: ("[", "]"), to: &bytes, indent: indent, limit: limit) {
                element, bytes, indent in
                element.write(to: &bytes, indent: indent, limit: limit)
            }
        case .object(let fields):
            let members = fields.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            JSONValue.write(members, in: ("{", "}"), to: &bytes, indent: indent, limit: limit) { member, bytes, inner in
                JSONValue.write(member.key, to: &bytes)
                bytes += (indent == nil ? ":" : ": ").utf8
                member.value.write(to: &bytes, indent: inner, limit: limit)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element], in brackets: (String, String), to bytes: inout [UInt8], indent: Int?,
        limit: Int, each: (Element, inout [UInt8], Int?) -> Void
    ) {
        bytes += brackets.0.utf8
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            if let indent { breakLine(indent + 1, &bytes) }
            each(element, &bytes, indent.flatMap { $0 + 1 < limit ? $0 + 1 : nil })
        }
        if let indent, !elements.isEmpty { breakLine(indent, &bytes) }
        bytes += brackets.1.utf8
    }

    private static func breakLine(_ indent: Int, _ bytes: inout [UInt8]) {
        bytes.append(0x0A)
        for _ in 0..<2 * indent { bytes.append(0x20) }
    }

    /// The shortest digits that read back as the same number; whole numbers without a fraction.
    private static func write(_ value: Double, to bytes: inout [UInt8]) {
        guard value.isFinite else {
            bytes += "null".utf8
            return
        }
        bytes += value.description.utf8
        if bytes.suffix(2).elementsEqual(".0".utf8) { bytes.removeLast(2) }
    }

    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(0x22)
        defer { bytes.append(0x22) }
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F }
        guard !isPlain else { return bytes.append(contentsOf: text.utf8) }
        for byte in text.utf8 {
            switch byte {
            case 0x22: bytes += "\\\"".utf8
            case 0x5C: bytes += "\\\\".utf8
            case 0x0A: bytes += "\\n".utf8
            case 0x0D: bytes += "\\r".utf8
            case 0x09: bytes += "\\t".utf8
            case 0..<0x20, 0x7F:
                let hex = Array("0123456789abcdef".utf8)
                bytes += "\\u00".utf8
                bytes += [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
    }
}
