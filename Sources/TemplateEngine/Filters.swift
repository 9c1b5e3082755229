/// What can stand behind `|`: a row for each filter.
enum Filters {
    /// A filter: how many arguments it takes, and what it does. A problem is thrown as its message.
    struct Filter: Sendable {
        let arguments: ClosedRange<Int>
        let apply: @Sendable (TemplateValue, [TemplateValue]) throws(FilterProblem) -> TemplateValue
    }

    /// Why a filter cannot be applied.
    struct FilterProblem: Error {
        let message: String
        init(_ message: String) { self.message = message }
    }

    /// `raw` and `default` are known to the renderer, which alone may print markup and forgive a missing name.
    static let known = Set(table.keys).union(["raw", "default"])

    static let table: [String: Filter] = [
        "upper": text { $0.uppercased() },
        "lower": text { $0.lowercased() },
        "capitalize": text { $0.prefix(1).uppercased() + $0.dropFirst() },
        "trim": text { String($0.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()) },
        "length": Filter(arguments: 0...0) { (value, _) throws(FilterProblem) in
            switch value {
            case .string(let text): return .int(text.count)
            case .list(let list): return .int(list.count)
            case .map(let map): return .int(map.count)
            default: throw FilterProblem("`length` needs a text, list or map, found \(value.kind)")
            }
        },
        "first": Filter(arguments: 0...0) { (value, _) throws(FilterProblem) in try list(value, "first").first ?? .null
        },
        "last": Filter(arguments: 0...0) { (value, _) throws(FilterProblem) in try list(value, "last").last ?? .null },
        "reverse": Filter(arguments: 0...0) { (value, _) throws(FilterProblem) in
            .list(try list(value, "reverse").reversed())
        },
        "join": Filter(arguments: 0...1) { (value, arguments) throws(FilterProblem) in
            var texts: [String] = []
            for element in try list(value, "join") { texts.append(try words(element, "join")) }
            return .string(
                texts.joined(
                    separator: try arguments.first.map { (v) throws(FilterProblem) in try words(v, "join") } ?? ""))
        },
        "replace": Filter(arguments: 2...2) { (value, arguments) throws(FilterProblem) in
            let (old, new) = (try words(arguments[0], "replace"), try words(arguments[1], "replace"))
            guard !old.isEmpty else { throw FilterProblem("`replace` needs a text to look for") }
            return .string(
                try words(value, "replace").split(separator: old, omittingEmptySubsequences: false).joined(
                    separator: new))
        },
        "truncate": Filter(arguments: 1...1) { (value, arguments) throws(FilterProblem) in
            guard case .int(let length) = arguments[0], length > 0 else {
                throw FilterProblem("`truncate` needs a length")
            }
            let text = try words(value, "truncate")
            return .string(text.count <= length ? text : text.prefix(length - 1) + "…")
        },
        "round": Filter(arguments: 0...1) { (value, arguments) throws(FilterProblem) in
            guard case .double(let number) = value else {
                if case .int = value { return value }
                throw FilterProblem("`round` needs a number, found \(value.kind)")
            }
            guard case .int(let places) = arguments.first ?? .int(0), (0...15).contains(places) else {
                throw FilterProblem("`round` takes 0 to 15 places")
            }
            var scale = 1.0
            for _ in 0..<places { scale *= 10 }
            return .double((number * scale).rounded() / scale)
        },
    ]

    private static func text(_ change: @escaping @Sendable (String) -> String) -> Filter {
        Filter(arguments: 0...0) { (value, _) throws(FilterProblem) in .string(change(try words(value, "the filter"))) }
    }

    private static func list(_ value: TemplateValue, _ name: String) throws(FilterProblem) -> [TemplateValue] {
        guard case .list(let list) = value else { throw FilterProblem("`\(name)` needs a list, found \(value.kind)") }
        return list
    }

    private static func words(_ value: TemplateValue, _ name: String) throws(FilterProblem) -> String {
        guard let text = value.printed else {
            throw FilterProblem("`\(name)` needs a text or number, found \(value.kind)")
        }
        return text
    }
}

extension TemplateValue {
    /// What the value is, in words for a message.
    var kind: String {
        switch self {
        case .null: "nothing"
        case .bool: "true or false"
        case .int, .double: "a number"
        case .string: "a text"
        case .markup: "markup"
        case .list: "a list"
        case .map: "a map"
        }
    }

    /// The text that is printed; nil for what cannot be printed.
    var printed: String? {
        switch self {
        case .string(let text): text
        case .int(let value): String(value)
        case .double(let value): value.isFinite ? "\(value)" : nil
        case .bool(let value): value ? "true" : "false"
        case .null, .markup, .list, .map: nil
        }
    }

    /// Whether it counts as true: everything but nothing, false, 0 and what is empty.
    var isTrue: Bool {
        switch self {
        case .null: false
        case .bool(let value): value
        case .int(let value): value != 0
        case .double(let value): value != 0
        case .string(let text), .markup(let text): !text.isEmpty
        case .list(let list): !list.isEmpty
        case .map(let map): !map.isEmpty
        }
    }
}
