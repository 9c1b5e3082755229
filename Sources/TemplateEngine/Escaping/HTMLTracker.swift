/// Follows the literal text of a template, so that every print knows the place in which it stands.
///
/// The states are those of the HTML Living Standard's tokenizer as far as they decide how a value is escaped.
struct HTMLTracker: Sendable {
    let content: ContentKind
    var context = HTMLContext()

    init(_ content: ContentKind) { self.content = content }

    /// XML rules: no element holds raw text by its name, attributes are always quoted.
    private var isXML: Bool { content == .xml || context.foreign > 0 }

    /// Reads literal text; a fault comes with the index of its byte.
    mutating func feed(_ bytes: ArraySlice<UInt8>) throws(PlacedFault) {
        guard content.isMarkup else { return feedPlain(bytes) }
        for index in bytes.indices {
            if context.place == .text, bytes[index] != UInt8(ascii: "<") { continue }
            do throws(Fault) { try step(bytes[index]) } catch { throw PlacedFault(fault: error, offset: index) }
        }
    }

    private mutating func feedPlain(_ bytes: ArraySlice<UInt8>) {
        guard content == .json || content == .csv else { return }
        var escaped = false
        for byte in bytes {
            if escaped {
                escaped = false
            } else if byte == UInt8(ascii: "\"") {
                context.place = context.place == .quoted ? .text : .quoted
            } else if byte == UInt8(ascii: "\\"), content == .json, context.place == .quoted {
                escaped = true
            }
        }
    }

    private mutating func step(_ byte: UInt8) throws(Fault) {
        switch context.place {
        case .text: if byte == UInt8(ascii: "<") { context.place = .lessThan }
        case .lessThan: lessThan(byte)
        case .endTagStart: endTagStart(byte)
        case .declarationStart: declarationStart(byte)
        case .tagName: tagName(byte)
        case .tag, .afterName: try tag(byte)
        case .attributeName: attributeName(byte)
        case .beforeValue: try beforeValue(byte)
        case .value: value(byte)
        case .unquoted:
            if isBlank(byte) { endAttribute(needsSpace: false) } else if byte == UInt8(ascii: ">") { finishTag() }
        case .comment: comment(byte)
        case .declaration: if byte == UInt8(ascii: ">") { backToText() }
        case .cdata: cdata(byte)
        case .plainText, .rawText: rawText(byte)
        case .quoted: break
        }
    }

    // MARK: Outside of tags

    private mutating func lessThan(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "/"): context.place = .endTagStart
        case UInt8(ascii: "!"): context.place = .declarationStart
        case UInt8(ascii: "?"): context.place = .declaration
        case UInt8(ascii: "<"): break
        default: if isLetter(byte) { startTag(byte, isClosing: false) } else { context.place = .text }
        }
    }

    private mutating func endTagStart(_ byte: UInt8) {
        if isLetter(byte) {
            startTag(byte, isClosing: true)
        } else if byte == UInt8(ascii: ">") {
            backToText()
        } else {
            context.place = .declaration
        }
    }

    private mutating func declarationStart(_ byte: UInt8) {
        if byte == UInt8(ascii: ">") { return backToText() }
        context.word.append(byte)
        if context.word.elementsEqual("--".utf8) {
            // The dashes of `<!--` count towards the end: browsers close `<!-->` at once.
            context.place = .comment
        } else if context.word.elementsEqual("[CDATA[".utf8), isXML {
            context.place = .cdata
            context.word = []
        } else if !"--".utf8.starts(with: context.word), !(isXML && "[CDATA[".utf8.starts(with: context.word)) {
            context.place = .declaration
            context.word = []
        }
    }

    private mutating func comment(_ byte: UInt8) {
        let dashes = context.word.prefix { $0 == UInt8(ascii: "-") }.count
        switch byte {
        case UInt8(ascii: ">") where dashes >= 2: backToText()
        case UInt8(ascii: "-"):
            context.word = Array(repeating: byte, count: context.word.count > dashes ? 1 : min(dashes + 1, 2))
        case UInt8(ascii: "!") where dashes == 2 && context.word.count == 2: context.word.append(byte)
        default: context.word = []
        }
    }

    private mutating func cdata(_ byte: UInt8) {
        if byte == UInt8(ascii: "]") {
            context.word = Array(repeating: byte, count: min(context.word.count + 1, 2))
        } else if byte == UInt8(ascii: ">"), context.word.count == 2 {
            backToText()
        } else {
            context.word = []
        }
    }

    /// Raw text ends at the end tag of its own element only.
    private mutating func rawText(_ byte: UInt8) {
        let end = Array("</\(context.element)".utf8)
        if context.word.count == end.count {
            if byte == UInt8(ascii: ">") {
                context.isClosing = true
                finishTag()
            } else if isBlank(byte) || byte == UInt8(ascii: "/") {
                let element = context.element
                backToText()
                context.place = .tag
                context.element = element
                context.isClosing = true
            } else {
                context.word = []
            }
        } else if lowercase(byte) == end[context.word.count] {
            context.word.append(lowercase(byte))
        } else {
            context.word = byte == UInt8(ascii: "<") ? [byte] : []
        }
    }

    // MARK: Tags

    private mutating func startTag(_ byte: UInt8, isClosing: Bool) {
        context.place = .tagName
        context.isClosing = isClosing
        context.word = [lowercase(byte)]
    }

    private mutating func tagName(_ byte: UInt8) {
        if isBlank(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">") {
            endTagName(needsSpace: false)
            context.isSelfClosing = byte == UInt8(ascii: "/")
            if byte == UInt8(ascii: ">") { finishTag() }
        } else {
            context.word.append(lowercase(byte))
        }
    }

    private mutating func endTagName(needsSpace: Bool) {
        context.element = String(decoding: context.word, as: UTF8.self)
        context.word = []
        context.place = .tag
        context.needsSpace = needsSpace
    }

    private mutating func tag(_ byte: UInt8) throws(Fault) {
        if isBlank(byte) {
            context.needsSpace = false
        } else if byte == UInt8(ascii: ">") {
            finishTag()
        } else if byte == UInt8(ascii: "/") {
            endAttribute(needsSpace: false)
            context.isSelfClosing = true
        } else if byte == UInt8(ascii: "="), context.place == .afterName {
            context.place = .beforeValue
        } else if context.needsSpace {
            throw Fault("a space is missing before this attribute of <\(context.element)>")
        } else {
            endAttribute(needsSpace: false)
            context.place = .attributeName
            context.word = [lowercase(byte)]
        }
    }

    private mutating func attributeName(_ byte: UInt8) {
        if isBlank(byte) || byte == UInt8(ascii: "=") {
            context.attribute = String(decoding: context.word, as: UTF8.self)
            context.word = []
            context.place = byte == UInt8(ascii: "=") ? .beforeValue : .afterName
        } else if byte == UInt8(ascii: ">") {
            finishTag()
        } else if byte == UInt8(ascii: "/") {
            endAttribute(needsSpace: false)
            context.isSelfClosing = true
        } else {
            context.word.append(lowercase(byte))
        }
    }

    private mutating func beforeValue(_ byte: UInt8) throws(Fault) {
        if isBlank(byte) { return }
        if byte == UInt8(ascii: ">") { return finishTag() }
        guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") else {
            if isXML { throw Fault("the value of \(context.attribute) must be quoted here") }
            context.place = .unquoted
            return
        }
        context.place = .value
        context.quote = byte
        context.kind = AttributeKind(attribute: context.attribute, of: context.element)
        context.url = .start
    }

    private mutating func value(_ byte: UInt8) {
        if byte == context.quote {
            if context.kind == .scriptType { context.isJSON = Self.isJSONType(context.word) }
            endAttribute(needsSpace: true)
        } else if context.kind == .scriptType {
            context.word.append(lowercase(byte))
        } else if context.kind == .url {
            urlByte(byte)
        }
    }

    private mutating func urlByte(_ byte: UInt8) {
        guard context.url == .start || context.url == .open || context.url == .path else { return }
        switch byte {
        case UInt8(ascii: "?"), UInt8(ascii: "#"):
            context.url = .query
            context.word = []
        case UInt8(ascii: "/") where context.url != .path:
            context.url = .path
            context.word = []
        case UInt8(ascii: ":") where context.url != .path:
            context.url = URLScheme.isTrusted(context.word) ? .path : .blocked
            context.word = []
        default:
            guard context.url != .path, !(context.url == .start && isBlank(byte)) else { return }
            context.url = .open
            context.word.append(lowercase(byte))
        }
    }

    private mutating func endAttribute(needsSpace: Bool) {
        context.place = .tag
        context.needsSpace = needsSpace
        context.isSelfClosing = false
        context.attribute = ""
        context.kind = .plain
        context.quote = 0
        context.url = .start
        context.word = []
    }

    private mutating func finishTag() {
        let ended = context
        backToText()
        let isForeign = ended.element == "svg" || ended.element == "math"
        if ended.isClosing {
            if isForeign { context.foreign = max(0, context.foreign - 1) }
            return
        }
        if isXML || isForeign, ended.isSelfClosing { return }
        if isForeign {
            context.foreign += 1
            return
        }
        guard let place = rawPlace(of: ended.element) else { return }
        context.place = place
        context.element = ended.element
        context.isJSON = ended.isJSON
    }

    private func rawPlace(of element: String) -> HTMLContext.Place? {
        switch element {
        case "script", "style": .rawText
        case "title", "textarea": isXML ? nil : .plainText
        case "iframe", "noembed", "noframes", "xmp", "plaintext": isXML ? nil : .rawText
        default: nil
        }
    }

    private mutating func backToText() {
        let foreign = context.foreign
        context = HTMLContext()
        context.foreign = foreign
    }

    private static func isJSONType(_ type: [UInt8]) -> Bool {
        type.elementsEqual("application/json".utf8) || type.elementsEqual("application/ld+json".utf8)
    }

    // MARK: At template tags

    /// Brings the context to rest before a tag or print of the template.
    mutating func settle() throws(Fault) {
        switch context.place {
        case .lessThan, .endTagStart, .declarationStart:
            throw Fault("the name of a tag cannot be put together by the template")
        case .beforeValue, .unquoted:
            throw Fault(
                "the value of \(context.attribute) is not quoted", fix: "write \(context.attribute)=\"…\"")
        case .plainText where !context.word.isEmpty, .rawText where !context.word.isEmpty:
            throw Fault("the end tag of <\(context.element)> must stand in one piece")
        case .tagName: endTagName(needsSpace: true)
        case .attributeName: endAttribute(needsSpace: true)
        case .afterName: endAttribute(needsSpace: false)
        default: break
        }
    }
}

/// A fault with the byte where it is.
struct PlacedFault: Error {
    let fault: Fault
    let offset: Int
}

private func isLetter(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
}

private func lowercase(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}
