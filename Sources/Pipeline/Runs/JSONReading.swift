import Ingest
import Report

extension JSONValue {
    /// The value that a text holds; nil if it is not exactly one JSON value.
    init?(reading bytes: [UInt8]) {
        guard let tree = JSONTree(bytes) else { return nil }
        self.init(tree)
    }

    private init(_ tree: JSONTree) {
        switch tree {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let text): self = Int(text).map { .int($0) } ?? .number(Double(text))
        case .text(let text): self = .string(text)
        case .array(let elements): self = .array(elements.map { JSONValue($0) })
        case .object(let members):
            self = .object(Dictionary(members.map { ($0.key, JSONValue($0.value)) }) { _, last in last })
        }
    }
}
