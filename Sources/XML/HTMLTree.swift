/// An HTML page as the list of its elements: enough to check links, fragments and sizes.
public struct HTMLTree: Sendable, Hashable {
    /// Every element in document order, without what it holds.
    public let elements: [Element]
    /// The words of the `title` in the head; nil where there is none.
    public let title: String?
    /// What the parser had to mend, at most 100, elements that HTML 4 does not know aside. Some of it is good HTML 5.
    public let problems: [XMLError]

    /// An element of a page.
    public struct Element: Sendable, Hashable {
        /// The name in lower case.
        public let name: String
        /// The attributes by name in lower case; one without a value is empty.
        public let attributes: [String: String]
        /// The line, counted from 1, on which the element starts; 65,535 at most.
        public let line: Int
        /// How many elements stand around this one.
        public let depth: Int
    }

    /// An address in a page.
    public struct Link: Sendable, Hashable {
        /// The address as written, references resolved.
        public let address: String
        /// The name of the element that carries it.
        public let element: String
        /// The name of the attribute that carries it.
        public let attribute: String
        /// The line of the element.
        public let line: Int
    }

    /// Reads a page in UTF-8; see `XMLElement.init(html:limits:)`. O(n).
    ///
    /// - Throws: `XMLError` for nothing to read and beyond the limits.
    public init(_ bytes: [UInt8], limits: XMLLimits = XMLLimits()) throws(XMLError) {
        let (root, problems) = try HTMLParser.read(bytes, limits: limits)
        var elements: [Element] = []
        Self.append(root, depth: 0, to: &elements)
        self.elements = elements
        self.problems = problems
        title = root.elements.first { $0.name == "head" }?.elements.first { $0.name == "title" }?.text
    }

    /// The `id` of each element that has one, in document order; an id that stands twice is listed twice.
    public var ids: [(id: String, line: Int)] {
        elements.compactMap { element in element.attributes["id"].map { ($0, element.line) } }
    }

    /// Every address in document order: what `href`, `src`, `action`, `poster` and `data` of any element say.
    public var links: [Link] {
        elements.flatMap { element in
            Self.carriers.compactMap { name in
                element.attributes[name].map {
                    Link(address: $0, element: element.name, attribute: name, line: element.line)
                }
            }
        }
    }

    private static let carriers = ["href", "src", "action", "poster", "data", "xlink:href"]

    private static func append(_ element: XMLElement, depth: Int, to elements: inout [Element]) {
        elements.append(Element(name: element.name, attributes: element.attributes, line: element.line, depth: depth))
        for inner in element.elements { append(inner, depth: depth + 1, to: &elements) }
    }
}
