/// Where in the markup a template stands: the state of an HTML tokenizer, small enough to compare.
struct HTMLContext: Sendable, Hashable {
    enum Place: Sendable, Hashable {
        case text
        /// After `<`, after `</`, after `<!`.
        case lessThan, endTagStart, declarationStart
        case tagName
        /// Between attributes.
        case tag
        case attributeName, afterName, beforeValue
        case value, unquoted
        case comment
        /// `<!doctype …>`, `<?…>` and what browsers take for a comment up to `>`.
        case declaration
        case cdata
        /// `<title>`, `<textarea>`: text without tags.
        case plainText
        /// `<script>`, `<style>`, `<iframe>` …: no text at all.
        case rawText
        /// The inside of a quoted JSON string or CSV field.
        case quoted
    }

    var place = Place.text
    /// How many `<svg>` and `<math>` are open: XML rules inside.
    var foreign = 0
    /// The element whose tag or raw text this is.
    var element = ""
    var isClosing = false
    var isSelfClosing = false
    /// A space is due before the next attribute.
    var needsSpace = false
    /// The `type` of an open script says JSON.
    var isJSON = false
    var attribute = ""
    var kind = AttributeKind.plain
    var quote: UInt8 = 0
    var url = URLPosition.start
    /// The letters so far of a name, an end tag, a scheme or a `type`.
    var word: [UInt8] = []

    /// Marks a scheme that holds printed characters and can be no known one.
    static let unknownWord: [UInt8] = [0]

    /// The place in words.
    var shown: String {
        switch place {
        case .text: foreign > 0 ? "in text inside <svg>" : "in text"
        case .lessThan, .endTagStart, .tagName: "in the name of a tag"
        case .tag, .afterName: "inside the tag <\(isClosing ? "/" : "")\(element)>"
        case .attributeName: "in the name of an attribute"
        case .beforeValue, .unquoted: "in an unquoted attribute"
        case .value: "in the attribute \(attribute)"
        case .comment: "in a comment"
        case .declarationStart, .declaration, .cdata: "in a declaration"
        case .plainText, .rawText: "inside <\(element)>"
        case .quoted: "inside quotes"
        }
    }

    /// The context after either of two ways, nil when they lead to different places.
    static func merge(_ left: HTMLContext, _ right: HTMLContext) -> HTMLContext? {
        var merged = left
        var other = right
        merged.needsSpace = left.needsSpace || right.needsSpace
        other.needsSpace = merged.needsSpace
        if left.place == .value, left.kind == .url {
            guard let url = merge(left.url, right.url) else { return nil }
            merged.url = url
            other.url = url
            if left.word != right.word { merged.word = unknownWord }
            other.word = merged.word
        }
        return merged == other ? merged : nil
    }

    /// The position that is safe to assume after either of two.
    private static func merge(_ left: URLPosition, _ right: URLPosition) -> URLPosition? {
        if left == right { return left }
        switch (left, right) {
        case (.query, _), (_, .query): return nil
        case (.blocked, _), (_, .blocked): return .blocked
        case (.open, _), (_, .open): return .open
        default: return .start
        }
    }
}
