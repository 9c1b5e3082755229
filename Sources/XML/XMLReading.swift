import CLibXML2

extension XMLElement {
    /// Reads an XML document.
    ///
    /// Nothing outside the document is touched: no network, no external entities, no DTD. A document type with
    /// entities of its own is refused, so that no small text can become a large one.
    ///
    /// - Throws: `XMLError` with the line of the first fault.
    public init(xml bytes: [UInt8], limits: XMLLimits = XMLLimits()) throws(XMLError) {
        guard !bytes.isEmpty else { throw XMLError("the document is empty") }
        guard bytes.count <= limits.bytes else { throw XMLError("the document has over \(limits.bytes) bytes") }
        let document = try XMLDocument(bytes, isHTML: false)
        guard !document.hasEntities else { throw XMLError("the document defines entities, which is not accepted") }
        self = try document.root(limits: limits)
    }

    /// Reads an HTML document, leniently as libxml2's HTML 4 parser does: good for links and structure, not to
    /// validate.
    public init(html bytes: [UInt8], limits: XMLLimits = XMLLimits()) throws(XMLError) {
        guard !bytes.isEmpty else { throw XMLError("the document is empty") }
        guard bytes.count <= limits.bytes else { throw XMLError("the document has over \(limits.bytes) bytes") }
        self = try XMLDocument(bytes, isHTML: true).root(limits: limits)
    }
}

/// A document that libxml2 owns; freed with the last reference.
@safe private final class XMLDocument {
    private let pointer: xmlDocPtr

    init(_ bytes: [UInt8], isHTML: Bool) throws(XMLError) {
        let quiet =
            isHTML
            ? Int32(HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_NONET.rawValue)
            : Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
        let parsed: xmlDocPtr? = unsafe bytes.withUnsafeBytes { raw -> xmlDocPtr? in
            let start = unsafe raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            let length = Int32(clamping: raw.count)
            return unsafe isHTML
                ? htmlReadMemory(start, length, nil, "UTF-8", quiet) : xmlReadMemory(start, length, nil, nil, quiet)
        }
        guard let parsed = unsafe parsed else {
            let fault = unsafe xmlGetLastError()
            let text =
                unsafe fault.flatMap { unsafe $0.pointee.message }.map { unsafe String(cString: $0) }
                ?? "cannot be read"
            let line = unsafe fault.map { Int(unsafe $0.pointee.line) }
            throw XMLError(String(text.prefix { $0 != "\n" }), line: line)
        }
        unsafe pointer = parsed
    }

    deinit { unsafe xmlFreeDoc(pointer) }

    /// Whether the internal subset declares anything that references could expand to.
    var hasEntities: Bool {
        guard let subset = unsafe pointer.pointee.intSubset else { return false }
        return unsafe subset.pointee.entities != nil
    }

    func root(limits: XMLLimits) throws(XMLError) -> XMLElement {
        guard let node = unsafe xmlDocGetRootElement(pointer) else { throw XMLError("the document has no element") }
        return unsafe try element(node, depth: limits.depth)
    }

    private func element(_ node: xmlNodePtr, depth: Int) throws(XMLError) -> XMLElement {
        let line = unsafe Int(xmlGetLineNo(node))
        guard depth > 0 else { throw XMLError("elements are nested too deeply", line: line) }
        var element = XMLElement(unsafe text(node.pointee.name), line: line)
        var attribute = unsafe node.pointee.properties
        while let current = unsafe attribute {
            unsafe element.attributes[name(of: current)] = value(of: current)
            unsafe attribute = current.pointee.next
        }
        var child = unsafe node.pointee.children
        while let current = unsafe child {
            switch unsafe current.pointee.type {
            case XML_ELEMENT_NODE: element.children.append(.element(unsafe try self.element(current, depth: depth - 1)))
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                element.children.append(.text(unsafe text(current.pointee.content)))
            default: break
            }
            unsafe child = current.pointee.next
        }
        return element
    }

    private func name(of attribute: xmlAttrPtr) -> String {
        let local = unsafe text(attribute.pointee.name)
        guard let space = unsafe attribute.pointee.ns, let prefix = unsafe space.pointee.prefix else { return local }
        return "\(unsafe text(prefix)):\(local)"
    }

    private func value(of attribute: xmlAttrPtr) -> String {
        guard let raw = unsafe xmlNodeListGetString(pointer, attribute.pointee.children, 1) else { return "" }
        defer { unsafe assay_xml_free(raw) }
        return unsafe text(raw)
    }

    private func text(_ raw: UnsafePointer<UInt8>?) -> String {
        guard let raw = unsafe raw else { return "" }
        return unsafe String(cString: raw)
    }
}
