import Model
import Yams

/// How people are kept private: the table `privacy` of the configuration.
struct PrivacySettings: Sendable, Hashable {
    /// The file that holds the key of pseudonyms; nil for `privacy.key` beside the archive.
    var keyFile: String?
    /// Whether people count only if they have said that they agree.
    var needsConsent = false
    /// For how many days up to the day of a run rows about people are kept; nil for all.
    var retentionDays: Int?
    /// Phrases whose occurrence in texts is counted.
    var phrases: [String] = []

    static let keys = ["key_file", "consent", "retention_days", "phrases"]

    /// How agreement is read.
    enum Consent: String, CaseIterable {
        /// People count unless they have said no.
        case optOut = "opt_out"
        /// People count if they have said yes.
        case optIn = "opt_in"
    }

    /// The same with its path made absolute.
    func resolved(_ absolute: (String) -> String) -> PrivacySettings {
        var settings = self
        settings.keyFile = keyFile.map(absolute)
        return settings
    }

    /// The first day whose rows about people are kept by a run; nil for all.
    func firstDay(_ asOf: Day) -> Day? { retentionDays.map { asOf.advanced(by: 1 - $0) } }
}

extension YAMLReader {
    /// The table `privacy`.
    mutating func privacy(_ node: Node) -> PrivacySettings {
        let fields = fields(node, of: "`privacy`", keys: PrivacySettings.keys)
        var settings = PrivacySettings(keyFile: text(fields, "key_file", of: "`privacy`"))
        let consent: PrivacySettings.Consent? = choice(fields, "consent", of: "`privacy`")
        settings.needsConsent = consent == .optIn
        settings.retentionDays = fields["retention_days"].flatMap {
            integer($0, of: "`retention_days` of `privacy`", in: 1...100_000)
        }
        settings.phrases = fields["phrases"].map { texts($0, of: "`phrases` of `privacy`") } ?? []
        return settings
    }
}
