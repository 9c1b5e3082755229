/// Named values in the order in which they were given.
///
/// A list of pairs and no hash table: parts of pages have a handful of names each, and tens of thousands of such maps are made for
/// a site and read once. A name is found by its bytes, in O(names).
public struct TemplateMap: Sendable {
    private var pairs: [(key: String, value: TemplateValue)]

    /// The pairs of a dictionary.
    public init(_ entries: [String: TemplateValue]) { pairs = entries.map { ($0.key, $0.value) } }

    /// Whether there is nothing.
    public var isEmpty: Bool { pairs.isEmpty }
    /// How many names there are.
    public var count: Int { pairs.count }
    /// The names.
    public var keys: [String] { pairs.map(\.key) }

    /// The value of a name; nil takes a name away.
    public subscript(name: String) -> TemplateValue? {
        get { place(of: name).map { pairs[$0].value } }
        set {
            switch (place(of: name), newValue) {
            case (let place?, let value?): pairs[place].value = value
            case (let place?, nil): pairs.remove(at: place)
            case (nil, let value?): pairs.append((name, value))
            case (nil, nil): break
            }
        }
    }

    private func place(of name: String) -> Int? {
        let length = name.utf8.count
        for place in pairs.indices where pairs[place].key.utf8.count == length && pairs[place].key == name {
            return place
        }
        return nil
    }
}

extension TemplateMap: ExpressibleByDictionaryLiteral {
    /// Named values; of equal names the last counts.
    public init(dictionaryLiteral elements: (String, TemplateValue)...) {
        pairs = []
        pairs.reserveCapacity(elements.count)
        for (name, value) in elements { self[name] = value }
    }
}

extension TemplateMap: Sequence {
    /// The pairs in order.
    public func makeIterator() -> IndexingIterator<[(key: String, value: TemplateValue)]> { pairs.makeIterator() }
}

extension TemplateMap: Hashable {
    /// Whether both have the same values under the same names, in whatever order.
    public static func == (left: TemplateMap, right: TemplateMap) -> Bool {
        left.count == right.count && left.pairs.allSatisfy { right[$0.key] == $0.value }
    }

    /// Hashes the names alone, which is the same for every order.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(pairs.reduce(0) { $0 ^ $1.key.hashValue })
    }
}
