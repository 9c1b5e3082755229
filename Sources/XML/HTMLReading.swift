import CLibXML2

extension XMLElement {
    /// Reads an HTML document in UTF-8, leniently as libxml2's HTML 4 parser does: good for links and structure, not to
    /// validate. Names are in lower case; elements that HTML 4 does not know are kept like any other.
    ///
    /// - Throws: `XMLError` for nothing to read and beyond the limits.
    public init(html bytes: [UInt8], limits: XMLLimits = XMLLimits()) throws(XMLError) {
        self = try HTMLParser.read(bytes, limits: limits).root
    }
}

/// Owns an HTML parser of the library.
@safe final class HTMLParser {
    /// Collects what the parser complains about, as far as one cares to read.
    private final class Complaints {
        var all: [XMLError] = []
        static let most = 100
    }

    private let context: htmlParserCtxtPtr

    private init() throws(XMLError) {
        LibXML2.started
        guard let context = unsafe htmlNewParserCtxt() else { throw XMLError("no memory for a parser") }
        unsafe self.context = context
    }

    deinit { unsafe htmlFreeParserCtxt(context) }

    /// The root of a page and what the parser had to mend, unknown elements aside.
    static func read(_ bytes: [UInt8], limits: XMLLimits) throws(XMLError) -> (root: XMLElement, problems: [XMLError]) {
        try LibXML2.check(bytes, limits)
        let (document, problems) = try HTMLParser().document(bytes)
        guard let document else { throw problems.first ?? XMLError("cannot be read") }
        return (try document.root(limits: limits), problems)
    }

    private func document(_ bytes: [UInt8]) -> (ParsedDocument?, [XMLError]) {
        let options = [
            HTML_PARSE_RECOVER, HTML_PARSE_NONET, HTML_PARSE_NOERROR, HTML_PARSE_NOWARNING, HTML_PARSE_COMPACT,
        ]
        .reduce(0) { $0 | Int32($1.rawValue) }
        let complaints = Complaints()
        // The receiver of errors belongs to the thread; it is put back before this call ends.
        unsafe xmlSetStructuredErrorFunc(Unmanaged.passUnretained(complaints).toOpaque()) { receiver, error in
            guard let receiver = unsafe receiver, let raw = unsafe error?.pointee else { return }
            let complaints = unsafe Unmanaged<Complaints>.fromOpaque(receiver).takeUnretainedValue()
            guard unsafe raw.code != Int32(XML_HTML_UNKNOWN_TAG.rawValue), complaints.all.count < Complaints.most else {
                return
            }
            complaints.all.append(unsafe LibXML2.error(raw))
        }
        defer { xmlSetStructuredErrorFunc(nil, nil) }
        let parsed: xmlDocPtr? = unsafe bytes.withUnsafeBytes { raw -> xmlDocPtr? in
            let start = unsafe raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            return unsafe htmlCtxtReadMemory(context, start, Int32(clamping: raw.count), nil, "UTF-8", options)
        }
        return withExtendedLifetime(complaints) { (unsafe parsed.map { unsafe ParsedDocument($0) }, complaints.all) }
    }
}
