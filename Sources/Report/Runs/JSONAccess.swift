extension JSONValue {
    /// The value of a key; `null` where there is none or this is no object.
    subscript(key: String) -> JSONValue {
        guard case .object(let fields) = self else { return .null }
        return fields[key] ?? .null
    }

    /// The elements; none where this is no array.
    var elements: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    /// The members by key, sorted; none where this is no object.
    var members: [(key: String, value: JSONValue)] {
        guard case .object(let fields) = self else { return [] }
        return fields.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { ($0.key, $0.value) }
    }

    /// The text; nil where this is none.
    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The number; nil where this is none.
    var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    /// The whole number; nil where this is none.
    var whole: Int? {
        switch self {
        case .int(let value): value
        case .double(let value): Int(exactly: value)
        default: nil
        }
    }
}
