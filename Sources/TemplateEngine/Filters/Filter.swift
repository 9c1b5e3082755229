import Words

/// A parameter of a filter or test with its default; nil for one that must be given.
struct Parameter: Sendable {
    let name: String
    let value: TemplateValue?

    init(_ name: String, _ value: TemplateValue? = nil) {
        self.name = name
        self.value = value
    }
}

/// A filter: its name, what it takes, and the function. `default` is part of the language, as its input may be absent.
final class Filter: Sendable {
    typealias Function = @Sendable (TemplateValue, [TemplateValue]) throws(Fault) -> TemplateValue

    let name: String
    let parameters: [Parameter]
    /// Whether it stands only at the end of what is printed.
    let isOutput: Bool
    /// Takes the input and one value per parameter.
    let apply: Function

    init(_ name: String, _ parameters: [Parameter] = [], isOutput: Bool = false, _ apply: @escaping Function) {
        self.name = name
        self.parameters = parameters
        self.isOutput = isOutput
        self.apply = apply
    }

    /// The filter of a name.
    static func named(_ name: String) -> Filter? { table[name] }

    /// All names, for suggestions.
    static var names: [String] { Array(table.keys) + ["default", "d"] }

    private static let table = Dictionary(
        (TextFilters.all + ListFilters.all + NumberFilters.all + outputs).map { ($0.name, $0) },
        uniquingKeysWith: { first, _ in first })

    /// Filters that say how a value is written.
    private static let outputs: [Filter] = [
        Filter("raw", isOutput: true) { value, _ in value },
        Filter("attr", isOutput: true) { value, _ in value },
        Filter("json") { (value, _) throws(Fault) in
            var bytes: [UInt8] = []
            try JSONText.append(value, forScript: false, to: &bytes)
            return .string(String(decoding: bytes, as: UTF8.self))
        },
        // The phrase, or text behind it that fills its hole: {{ "Show {0}" | say(section.title) }}.
        Filter("say", [Parameter("with", .null)]) { (value, arguments) throws(Fault) in
            let phrase = say(word: try value.text("what is said"))
            guard case .string(let text)? = arguments.first else { return .string(phrase) }
            return .string(phrase.replacing("{0}", with: text))
        },
        Filter("url") { (value, _) throws(Fault) in .string(URLText.component(try value.printed())) },
    ]
}

extension TemplateValue {
    /// The value as plain text.
    ///
    /// - Throws: a fault for null, markup, lists, maps, NaN and infinities.
    func printed() throws(Fault) -> String {
        switch self {
        case .string(let text): return text
        case .int(let number): return number.description
        case .double(let number): return try NumberText.finite(number)
        case .bool(let flag): return flag ? "true" : "false"
        case .null: throw Fault("null cannot be printed", fix: "write … | default(\"–\"), or ask for it with if")
        case .markup:
            throw Fault("markup cannot be used as text", fix: "print it alone, in text, as {{ … | raw }}")
        case .list: throw Fault("a list cannot be printed", fix: "write … | join(\", \"), or loop over it")
        case .map: throw Fault("a map cannot be printed", fix: "name one of its values")
        }
    }

    /// The text of a value that must be text.
    func text(_ role: String) throws(Fault) -> String {
        if case .string(let text) = self { return text }
        throw Fault("\(role) must be text and is \(kindName)")
    }

    /// The number of a value that must be a whole number.
    func wholeNumber(_ role: String) throws(Fault) -> Int {
        if case .int(let number) = self { return number }
        throw Fault("\(role) must be a whole number and is \(kindName)")
    }

    /// The items of a list, the keys of a map in order.
    func items(_ role: String) throws(Fault) -> [TemplateValue] {
        switch self {
        case .list(let items): return items
        case .map(let entries): return entries.keys.sorted().map(TemplateValue.string)
        case .null:
            throw Fault("\(role) must be a list and is null", fix: "write … | default([])")
        default: throw Fault("\(role) must be a list and is \(kindName)")
        }
    }
}
