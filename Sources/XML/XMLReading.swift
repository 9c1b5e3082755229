import CLibXML2

extension XMLElement {
    /// Reads an XML document.
    ///
    /// Nothing outside the document is touched: no network, no external entities, no DTD, no XInclude. A document that
    /// declares entities of its own is refused at the first declaration, so that no small text can become a large one;
    /// a reference to an entity that nothing defines is refused too. The encoding is the declared one, UTF-8 without
    /// declaration. Besides the limits given, a single text may have 10 MB.
    ///
    /// - Parameter withPlaces: whether `line` and `column` of every element are where its start tag begins, for
    ///   messages; otherwise `line` is where the start tag ends and `column` is 0. Encodings that do not write tags in
    ///   ASCII (UTF-16) have no places.
    /// - Throws: `XMLError` with the place of the first fault.
    public init(xml bytes: [UInt8], limits: XMLLimits = XMLLimits(), withPlaces: Bool = false) throws(XMLError) {
        try LibXML2.check(bytes, limits)
        self = try XMLParser().document(bytes).root(limits: limits)
        guard withPlaces else { return }
        let places = StartTags.places(bytes)
        var next = 0
        // Where the numbers differ, the text is not written in ASCII, and no place is better than a wrong one.
        guard places.count == count else { return }
        place(places, &next)
    }

    private var count: Int { 1 + elements.reduce(0) { $0 + $1.count } }

    private mutating func place(_ places: [StartTags.Place], _ next: inout Int) {
        (line, column) = (places[next].line, places[next].column)
        next += 1
        for index in children.indices {
            guard case .element(var element) = children[index] else { continue }
            element.place(places, &next)
            children[index] = .element(element)
        }
    }
}

/// Owns a parser of the library, set up to refuse what no export needs.
@safe private final class XMLParser {
    private let context: xmlParserCtxtPtr

    init() throws(XMLError) {
        LibXML2.started
        guard let context = unsafe xmlNewParserCtxt(), let calls = unsafe context.pointee.sax else {
            throw XMLError("no memory for a parser")
        }
        unsafe self.context = context
        unsafe calls.pointee.entityDecl = { parser, _, _, _, _, _ in
            guard let parser = unsafe parser else { return }
            unsafe xmlStopParser(parser.assumingMemoryBound(to: xmlParserCtxt.self))
        }
        unsafe calls.pointee.externalSubset = nil
    }

    deinit { unsafe xmlFreeParserCtxt(context) }

    func document(_ bytes: [UInt8]) throws(XMLError) -> ParsedDocument {
        let options = [
            XML_PARSE_NONET, XML_PARSE_NOERROR, XML_PARSE_NOWARNING, XML_PARSE_NOCDATA, XML_PARSE_BIG_LINES,
            XML_PARSE_COMPACT,
        ].reduce(0) { $0 | Int32($1.rawValue) }
        let parsed: xmlDocPtr? = unsafe bytes.withUnsafeBytes { raw -> xmlDocPtr? in
            let start = unsafe raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            return unsafe xmlCtxtReadMemory(context, start, Int32(clamping: raw.count), nil, nil, options)
        }
        let document = unsafe parsed.map { unsafe ParsedDocument($0) }
        // A parser that was stopped hands over what it had so far.
        if unsafe context.pointee.errNo == Int32(XML_ERR_USER_STOP.rawValue) {
            let line = unsafe context.pointee.input.map { Int(unsafe $0.pointee.line) }
            throw XMLError("the document defines entities, which is not accepted", line: line)
        }
        guard let document else { throw fault() }
        return document
    }

    private func fault() -> XMLError {
        guard let raw = unsafe xmlCtxtGetLastError(context) else { return XMLError("cannot be read") }
        return unsafe LibXML2.error(raw.pointee)
    }
}
