/// A value that a template can read.
public enum TemplateValue: Sendable, Hashable {
    /// Nothing: false in a condition, an error where it would be printed without `default`.
    case null
    /// True or false.
    case bool(Bool)
    /// A whole number.
    case int(Int)
    /// A finite number; NaN and infinities are refused when printed.
    case double(Double)
    /// Text, escaped for its context wherever it is printed.
    case string(String)
    /// Markup that is trusted to be well-formed HTML (a finished SVG); printed only through the `raw` filter.
    case markup(String)
    /// A list.
    case list([TemplateValue])
    /// Named values.
    case map(TemplateMap)
}

extension TemplateValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A whole number.
    public init(integerLiteral value: Int) { self = .int(value) }
    /// A number.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// True or false.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A list.
    public init(arrayLiteral elements: TemplateValue...) { self = .list(elements) }
    /// Named values; of equal names the last counts.
    public init(dictionaryLiteral elements: (String, TemplateValue)...) {
        var map: TemplateMap = [:]
        for (name, value) in elements { map[name] = value }
        self = .map(map)
    }
}

extension TemplateValue {
    /// Whether a condition takes the value for true: everything but false, null, 0 and what is empty.
    var isTrue: Bool {
        switch self {
        case .null: false
        case .bool(let flag): flag
        case .int(let number): number != 0
        case .double(let number): number != 0
        case .string(let text), .markup(let text): !text.isEmpty
        case .list(let items): !items.isEmpty
        case .map(let entries): !entries.isEmpty
        }
    }

    /// What kind of value it is, for messages.
    var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a truth value"
        case .int: "a whole number"
        case .double: "a number"
        case .string: "text"
        case .markup: "markup"
        case .list: "a list"
        case .map: "a map"
        }
    }
}

extension TemplateValue {
    /// The value, nil for null.
    var ifPresent: TemplateValue? { self == .null ? nil : self }
}
