/// Reading parts of values; nil where there is nothing of that name or number.
enum Access {
    /// The entry of a map.
    static func member(_ name: String, of value: TemplateValue) throws(Fault) -> TemplateValue? {
        if case .map(let entries) = value { return entries[name] }
        throw Fault("\(value.kindName) has no \"\(name)\"; only a map has named values")
    }

    /// The item of a list or the character of a text by position, from the end if negative; the entry of a map by key.
    static func item(_ index: TemplateValue, of value: TemplateValue) throws(Fault) -> TemplateValue? {
        switch (value, index) {
        case (.list(let items), .int(let number)):
            return position(number, of: items.count).map { items[$0] }
        case (.string(let text), .int(let number)):
            let characters = Array(text)
            return position(number, of: characters.count).map { .string(String(characters[$0])) }
        case (.map(let entries), .string(let key)): return entries[key]
        case (.map, _): throw Fault("the key of a map must be text and is \(index.kindName)")
        case (.list, _), (.string, _): throw Fault("an index must be a whole number and is \(index.kindName)")
        default: throw Fault("\(value.kindName) has no items")
        }
    }

    private static func position(_ number: Int, of count: Int) -> Int? {
        let position = number < 0 ? number + count : number
        return (0..<count).contains(position) ? position : nil
    }

    /// A stretch of a list or text; bounds as in Python, beyond the ends is the end.
    static func slice(
        _ value: TemplateValue, from lower: TemplateValue?, to upper: TemplateValue?
    ) throws(Fault) -> TemplateValue {
        func bounds(_ count: Int) throws(Fault) -> Range<Int> {
            let start = clamped(try lower?.wholeNumber("the lower bound") ?? 0, count)
            return start..<max(start, clamped(try upper?.wholeNumber("the upper bound") ?? count, count))
        }
        switch value {
        case .list(let items): return .list(Array(items[try bounds(items.count)]))
        case .string(let text):
            let characters = Array(text)
            return .string(String(characters[try bounds(characters.count)]))
        default: throw Fault("only lists and texts can be cut, and this is \(value.kindName)")
        }
    }

    private static func clamped(_ number: Int, _ count: Int) -> Int {
        min(max(number < 0 ? number + count : number, 0), count)
    }

    /// What lies at the end of a path such as `"link.path"`; numbers are positions.
    static func path(_ path: String, of value: TemplateValue) throws(Fault) -> TemplateValue? {
        var value = value
        for part in path.split(separator: ".", omittingEmptySubsequences: false) {
            let next =
                if case .list = value, let number = Int(part) { try item(.int(number), of: value) } else {
                    try member(String(part), of: value)
                }
            guard let next else { return nil }
            value = next
        }
        return value
    }

    /// The fix for a name that a map does not have.
    static func suggestion(for name: String, in value: TemplateValue) -> String? {
        guard case .map(let entries) = value else { return nil }
        return TemplateEngine.suggestion(for: name, among: entries.keys, called: "value")
    }
}
