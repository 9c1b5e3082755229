/// A JSON value as a tree, for what is only looked at: heads of files and small tables.
public indirect enum JSONTree: Equatable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number as it is written.
    case number(String)
    /// A text.
    case text(String)
    /// An array.
    case array([JSONTree])
    /// Members in their order; of equal keys the last one stays.
    case object([Member])

    /// A key and its value.
    public struct Member: Equatable, Sendable {
        /// The key.
        public var key: String
        /// Its value.
        public var value: JSONTree
    }

    /// The value of a whole text; nil if it is not exactly one JSON value.
    public init?(_ bytes: [UInt8]) {
        var cursor = JSONCursor(line: 1, spansLines: true)
        guard let tree = JSONTree(bytes.span, &cursor, depth: 0) else { return nil }
        guard cursor.next(bytes.span) == nil else { return nil }
        self = tree
    }

    /// What stands in the head of a text: containers that are cut off hold what came before the cut.
    init?(head bytes: [UInt8]) {
        var cursor = JSONCursor(line: 1, spansLines: true)
        self.init(bytes.span, &cursor, depth: 0, isHead: true)
    }

    /// The value at the cursor; nil as in `JSONGrammar`.
    init?(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor, depth: Int = 0, isHead: Bool = false) {
        guard let byte = cursor.next(bytes) else { return nil }
        let start = cursor.at
        switch byte {
        case 0x7B, 0x5B:
            guard let tree = JSONTree.container(bytes, &cursor, depth, isHead) else { return nil }
            self = tree
        case Ascii.quote:
            guard let isEscaped = JSONGrammar.skipText(bytes, &cursor) else { return nil }
            self = .text(JSONTree.text(bytes, start + 1..<cursor.at - 1, isEscaped))
        default:
            guard JSONGrammar.skipValue(bytes, &cursor) else { return nil }
            self =
                byte == 0x74
                ? .bool(true)
                : byte == 0x66
                    ? .bool(false)
                    : byte == 0x6E
                        ? .null
                        : .number(ByteText.string(bytes, start..<cursor.at))
        }
    }

    private static func container(
        _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ depth: Int, _ isHead: Bool
    ) -> JSONTree? {
        guard depth < JSONGrammar.maximumDepth else { return nil }
        let isObject = bytes[cursor.at] == 0x7B
        var container = JSONContainer(opening: bytes, &cursor)
        var elements: [JSONTree] = []
        var members: [Member] = []
        var places: [String: Int] = [:]
        while let key = container.next(bytes, &cursor) {
            guard let value = JSONTree(bytes, &cursor, depth: depth + 1, isHead: isHead) else {
                if isHead { break }
                return nil
            }
            if !isObject {
                elements.append(value)
                continue
            }
            let name = text(bytes, key.range, key.kind == .escaped)
            if let place = places[name] {
                members[place].value = value
            } else {
                places[name] = members.count
                members.append(Member(key: name, value: value))
            }
        }
        if container.isBroken, !isHead { return nil }
        return isObject ? .object(members) : .array(elements)
    }

    private static func text(_ bytes: Span<UInt8>, _ range: Range<Int>, _ isEscaped: Bool) -> String {
        var text: [UInt8] = []
        if isEscaped { JSONText.decode(bytes, range, into: &text) } else { ByteText.append(bytes, range, to: &text) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The value of a key; nil if there is none or this is not an object.
    subscript(key: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// A value that is not a container as text; nil for null and containers.
    var scalarText: String? {
        switch self {
        case .null, .array, .object: nil
        case .bool(let value): value ? "true" : "false"
        case .number(let text), .text(let text): text
        }
    }
}
