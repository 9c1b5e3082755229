import CLibXML2

/// What every use of the library shares.
enum LibXML2 {
    /// The one-time start, which has to happen before the first use on any thread.
    static let started: Void = xmlInitParser()

    /// A copy of characters that the library owns; empty for none. Bytes that are no UTF-8 become U+FFFD.
    static func text(_ raw: UnsafePointer<xmlChar>?) -> String {
        guard let raw = unsafe raw else { return "" }
        return unsafe String(cString: raw)
    }

    /// An error of the library as a value: the first line of its message and its place.
    static func error(_ raw: xmlError) -> XMLError {
        let message = unsafe raw.message.map { unsafe String(cString: $0) } ?? "error \(raw.code)"
        return unsafe XMLError(
            String(message.prefix { $0 != "\n" }), line: raw.line > 0 ? Int(raw.line) : nil,
            column: raw.int2 > 0 ? Int(raw.int2) : nil)
    }

    /// Refuses what is empty or larger than the limit, before the library sees a byte of it.
    static func check(_ bytes: [UInt8], _ limits: XMLLimits) throws(XMLError) {
        guard !bytes.isEmpty else { throw XMLError("the document is empty") }
        guard bytes.count <= min(limits.bytes, Int(Int32.max)) else {
            throw XMLError("the document has over \(limits.bytes) bytes")
        }
    }
}

/// A document that libxml2 owns; freed with the last reference.
@safe final class ParsedDocument {
    private let pointer: xmlDocPtr

    init(_ pointer: xmlDocPtr) { unsafe self.pointer = pointer }

    deinit { unsafe xmlFreeDoc(pointer) }

    /// The root with everything inside, as a value.
    func root(limits: XMLLimits) throws(XMLError) -> XMLElement {
        guard let node = unsafe xmlDocGetRootElement(pointer) else { throw XMLError("the document has no element") }
        return unsafe try element(node, depth: limits.depth)
    }

    private func element(_ node: xmlNodePtr, depth: Int) throws(XMLError) -> XMLElement {
        let line = unsafe Int(xmlGetLineNo(node))
        guard depth > 0 else { throw XMLError("elements are nested too deeply", line: line) }
        var element = XMLElement(unsafe LibXML2.text(node.pointee.name), line: line)
        var attribute = unsafe node.pointee.properties
        while let current = unsafe attribute {
            unsafe element.attributes[name(of: current)] = value(of: current)
            unsafe attribute = current.pointee.next
        }
        var child = unsafe node.pointee.children
        while let current = unsafe child {
            switch unsafe current.pointee.type {
            case XML_ELEMENT_NODE: element.children.append(.element(unsafe try self.element(current, depth: depth - 1)))
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE: element.append(unsafe LibXML2.text(current.pointee.content))
            case XML_ENTITY_REF_NODE:
                let name = unsafe LibXML2.text(current.pointee.name)
                throw XMLError("the entity '\(name)' is not defined", line: line)
            default: break
            }
            unsafe child = current.pointee.next
        }
        return element
    }

    private func name(of attribute: xmlAttrPtr) -> String {
        let local = unsafe LibXML2.text(attribute.pointee.name)
        guard let space = unsafe attribute.pointee.ns, let prefix = unsafe space.pointee.prefix else { return local }
        return "\(unsafe LibXML2.text(prefix)):\(local)"
    }

    private func value(of attribute: xmlAttrPtr) -> String {
        // A value without references is one text.
        guard let first = unsafe attribute.pointee.children else { return "" }
        if unsafe first.pointee.next == nil, unsafe first.pointee.type == XML_TEXT_NODE {
            return unsafe LibXML2.text(first.pointee.content)
        }
        guard let raw = unsafe xmlNodeListGetString(pointer, attribute.pointee.children, 1) else { return "" }
        defer { unsafe assay_xml_free(raw) }
        return unsafe LibXML2.text(raw)
    }
}

extension XMLElement {
    /// Adds text, to the text before it if there is any.
    fileprivate mutating func append(_ text: String) {
        if case .text(let before) = children.last {
            children[children.count - 1] = .text(before + text)
        } else {
            children.append(.text(text))
        }
    }
}
