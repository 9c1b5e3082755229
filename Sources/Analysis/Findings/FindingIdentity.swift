import Model

extension Finding {
    /// The id of a claim: 64-bit FNV-1a over the kind and every part of the subject, each with its length before
    /// it, as sixteen lower-case hexadecimal digits. No figure goes in, so that the id outlives the night.
    ///
    /// Two of n claims share an id with a chance below n² / 2⁶⁵.
    static func id(kind: Kind, subject: Topic) -> String { hash([kind.rawValue] + subject.parts) }

    /// The same hash of any texts.
    static func hash(_ parts: [String]) -> String {
        StableHash.hexadecimal(StableHash.fnv1a(parts.flatMap { Array("\($0.utf8.count):".utf8) + Array($0.utf8) }))
    }
}

extension Finding.Topic {
    /// Everything that makes the topic, in a fixed order.
    fileprivate var parts: [String] {
        switch self {
        case .metric(let subject): subject.parts
        case .pair(let metric, let dimension, let a, let b): [metric, dimension, a, b]
        case .metrics(let x, let y, let group): [x, y] + group.parts
        case .intervention(let id, let subject): [id] + subject.parts
        case .records(let group): group.parts
        }
    }
}

extension Subject {
    fileprivate var parts: [String] { [metric] + group.parts }
}

extension Group {
    fileprivate var parts: [String] {
        switch self {
        case .all: ["all"]
        case .value(let dimension, let value): ["value", dimension, value]
        case .pair(let first, let firstValue, let second, let secondValue):
            ["pair", first, firstValue, second, secondValue]
        }
    }
}
