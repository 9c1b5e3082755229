import Crypto

/// What takes the place of a learner's id while an export is read, before anything is kept.
public struct LearnerNames: Sendable {
    private let name: @Sendable (String) -> String
    private let keepsSessions: Bool

    /// Names by a rule; ids of sessions go by the same rule, because they may hold the learner's.
    public init(_ name: @escaping @Sendable (String) -> String) {
        self.name = name
        keepsSessions = false
    }

    private init() {
        name = { $0 }
        keepsSessions = true
    }

    /// Ids as the export has them.
    public static let asSupplied = LearnerNames()

    /// The first 16 hexadecimal digits of HMAC-SHA-256 of the id (RFC 2104).
    public static func keyed(by key: [UInt8]) -> LearnerNames {
        LearnerNames { id in
            let code = HMAC<SHA256>.authenticationCode(for: Array(id.utf8), using: SymmetricKey(data: key))
            return code.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }

    /// What stands for an id.
    public func callAsFunction(_ id: String) -> String { name(id) }

    /// What stands for the id of a learner's session.
    func session(_ id: String, of learner: String) -> String { keepsSessions ? id : name(learner + "\u{1F}" + id) }
}
