/// Where in a document a value is printed, which decides how it is escaped.
enum EscapeContext: Sendable, Hashable {
    /// Between tags, in HTML, SVG or XML.
    case text
    /// Inside a quoted attribute value.
    case attribute
    /// Inside a quoted attribute value that holds an address.
    case address
    /// A file that is not markup: printed as it is.
    case plain
}

/// Follows the markup of a template's literal text, so that the parser knows where each value is printed.
///
/// A template is HTML or XML unless its name ends in `.txt`, `.md`, `.csv` or `.json`.
struct ContextScanner: Equatable {
    /// The places in markup that matter for escaping.
    enum State: Equatable {
        case plain
        case text
        case comment
        /// Inside `script` or `style`, by the element's name.
        case rawText(String)
        case tagName(String)
        case tag(String)
        case attributeName(tag: String, name: String)
        case beforeValue(tag: String, name: String)
        case value(tag: String, name: String, quote: UInt8)
    }

    private(set) var state: State

    init(templateName: String) {
        let ending = templateName.split(separator: ".").last.map(String.init) ?? ""
        state = ["txt", "md", "csv", "json"].contains(ending) ? .plain : .text
    }

    private static let addressAttributes: Set<String> = [
        "href", "src", "action", "cite", "poster", "formaction", "data",
    ]

    /// The context of a value printed here; nil with a reason where no value may stand.
    func context() -> (context: EscapeContext?, problem: String) {
        switch state {
        case .plain: (.plain, "")
        case .text: (.text, "")
        case .value(_, let name, _):
            if name.hasPrefix("on") || name == "style" {
                (nil, "a value cannot be printed in the attribute `\(name)`")
            } else {
                (Self.addressAttributes.contains(name) ? .address : .attribute, "")
            }
        case .comment: (nil, "a value cannot be printed in a comment")
        case .rawText(let element): (nil, "a value cannot be printed inside <\(element)>")
        case .tagName, .tag, .attributeName:
            (nil, "a value cannot be printed inside a tag but in a quoted attribute value")
        case .beforeValue(_, let name): (nil, "the value of the attribute `\(name)` must stand in quotes")
        }
    }

    /// Follows a stretch of literal text.
    mutating func follow(_ bytes: ArraySlice<UInt8>) {
        guard state != .plain else { return }
        var rest = bytes
        while let byte = rest.first {
            step(byte, &rest)
            rest = rest.dropFirst()
        }
    }

    private mutating func step(_ byte: UInt8, _ rest: inout ArraySlice<UInt8>) {
        switch state {
        case .plain: break
        case .text:
            if rest.starts(with: "<!--".utf8) {
                state = .comment
            } else if byte == 0x3C, let next = rest.dropFirst().first,
                Byte.isLetter(next) || next == 0x2F || next == 0x21
            {
                state = .tagName("")
            }
        case .comment: if rest.starts(with: "-->".utf8) { state = .text }
        case .rawText(let element):
            let closing = "</\(element)".utf8
            if rest.prefix(closing.count).map(lowercased).elementsEqual(closing) { state = .tagName("") }
        case .tagName(let name): followTagName(name, byte)
        case .tag(let tag):
            if byte == 0x3E {
                close(tag)
            } else if !Byte.isBlank(byte), byte != 0x2F {
                state = .attributeName(tag: tag, name: letter(byte))
            }
        case .attributeName(let tag, let name):
            if byte == 0x3D {
                state = .beforeValue(tag: tag, name: name)
            } else if byte == 0x3E {
                close(tag)
            } else if Byte.isBlank(byte) || byte == 0x2F {
                state = .tag(tag)
            } else {
                state = .attributeName(tag: tag, name: name + letter(byte))
            }
        case .beforeValue(let tag, let name):
            if byte == 0x22 || byte == 0x27 {
                state = .value(tag: tag, name: name, quote: byte)
            } else if byte == 0x3E {
                close(tag)
            } else if !Byte.isBlank(byte) {
                state = .tag(tag)
            }
        case .value(let tag, _, let quote): if byte == quote { state = .tag(tag) }
        }
    }

    private mutating func followTagName(_ name: String, _ byte: UInt8) {
        if byte == 0x3E {
            close(name)
        } else if Byte.isBlank(byte) {
            state = .tag(name)
        } else {
            state = .tagName(name + letter(byte))
        }
    }

    private mutating func close(_ tag: String) {
        let name = tag.drop { $0 == "<" }
        state = name == "script" || name == "style" ? .rawText(String(name)) : .text
    }

    private func letter(_ byte: UInt8) -> String { String(decoding: [lowercased(byte)], as: UTF8.self) }

    private func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte + 0x20 : byte }
}
