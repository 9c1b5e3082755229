/// What a template makes, told by the ending of its name.
enum ContentKind: Sendable, Hashable {
    case html, xml, plain, json, csv, script, style

    init(templateName: String) {
        guard let dot = templateName.utf8.lastIndex(of: UInt8(ascii: ".")) else {
            self = .html
            return
        }
        switch templateName[dot...].lowercased() {
        case ".txt", ".md": self = .plain
        case ".xml", ".svg": self = .xml
        case ".json": self = .json
        case ".csv": self = .csv
        case ".js": self = .script
        case ".css": self = .style
        default: self = .html
        }
    }

    /// Whether the literal text is followed by the HTML tokenizer.
    var isMarkup: Bool { self == .html || self == .xml }

    var shown: String {
        switch self {
        case .html: "HTML"
        case .xml: "XML"
        case .plain: "plain text"
        case .json: "JSON"
        case .csv: "CSV"
        case .script: "a script"
        case .style: "a style sheet"
        }
    }
}

/// How a value is written at the place of its print.
enum Escape: Sendable, Hashable {
    /// Character references for text of HTML and XML.
    case text
    /// Character references for a quoted attribute.
    case attribute
    /// Percent-encoding for a position in a URL, then as in an attribute.
    case url(URLPosition)
    /// Numbers only.
    case number
    /// As it is.
    case plain
    /// A JSON value in a JSON file.
    case json
    /// The inside of a JSON string.
    case jsonText
    /// The inside of a quoted CSV field.
    case csvText
    /// JSON inside a script element or file; the expression is what stands before the `json` filter.
    case scriptJSON
    /// A map as attributes, between the attributes of a tag.
    case attributes
}

/// How far a URL in an attribute has been written.
enum URLPosition: Sendable, Hashable {
    /// Nothing yet: what is printed may bring the scheme.
    case start
    /// Something that may still turn out to be a scheme: a colon must not be added.
    case open
    /// The scheme is settled.
    case path
    /// After `?` or `#`: each print is one component.
    case query
    /// After a scheme in which values cannot be trusted, such as `javascript:`.
    case blocked
}
