/// An element of a document as a value.
public struct XMLElement: Sendable, Hashable {
    /// The local name.
    public var name: String
    /// Attributes by local name, except namespace declarations; prefixed ones keep the prefix (`xlink:href`).
    public var attributes: [String: String]
    /// What it holds, in order.
    public var children: [XMLContent]
    /// The line on which it starts; 0 where it was not read from a text.
    public var line: Int
    /// Where on the line it starts, counted from 1 in bytes; 0 where that was not asked for or cannot be told.
    public var column = 0

    /// Makes an element.
    public init(_ name: String, attributes: [String: String] = [:], children: [XMLContent] = [], line: Int = 0) {
        self.name = name
        self.attributes = attributes
        self.children = children
        self.line = line
    }

    /// The elements among the children.
    public var elements: [XMLElement] {
        children.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// All text inside, in order.
    public var text: String {
        children.map { child in
            switch child {
            case .element(let element): element.text
            case .text(let text): text
            }
        }.joined()
    }

    /// Calls a closure with this element and every element inside, in the order of the document.
    public func visit(_ body: (XMLElement) -> Void) {
        body(self)
        for case .element(let element) in children { element.visit(body) }
    }
}

/// What an element holds. Comments and processing instructions are left out when a document is read.
public indirect enum XMLContent: Sendable, Hashable {
    /// Another element.
    case element(XMLElement)
    /// Text, with references resolved.
    case text(String)
}
