import Analysis
import Diagnostics
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
    /// The smallest count of people that is published.
    var k = PeopleSettings().k
    /// What the report is for.
    var purpose = ""
    /// What may be published with noise.
    var noise: [NoiseQuery] = []
    /// What ε a year may spend.
    var noiseBudget = 1.0

    static let keys = ["key_file", "consent", "retention_days", "phrases", "k", "purpose", "noise"]

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

    /// What to say of numbers that would never be published, with the arithmetic.
    var notes: [Diagnostic] {
        noise.filter { !$0.isDrawable }.map { query in
            let variance = NoisyFigure(query: query, day: Day(number: 0), value: .failure(.noRecords)).variance
            return Diagnostic(
                .warning,
                "number `\(query.kind.rawValue)` will never be published: Gaussian noise for sensitivity Δ = \(query.sensitivity), ε = \(query.epsilon), δ = \(query.delta) has σ² = Δ² / (2 (√(ln(1/δ) + ε) − √ln(1/δ))²) = \(variance == .max ? "more than 10¹⁵" : "\(variance)"), and noise is drawn exactly up to σ² = \(NoiseQuery.largestVariance)",
                fix: "Take `mechanism: laplace`, a smaller `bound`, or ε of \(query.leastDrawableEpsilon) or more.")
        }
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
        settings.k = fields["k"].flatMap { integer($0, of: "`k` of `privacy`", in: 3...1_000) } ?? settings.k
        settings.purpose = text(fields, "purpose", of: "`privacy`") ?? ""
        if let node = fields["noise"] { noise(node, into: &settings) }
        return settings
    }

    /// The table `noise` of `privacy`: a budget, and which numbers are published with how much.
    private mutating func noise(_ node: Node, into settings: inout PrivacySettings) {
        let fields = fields(node, of: "`noise`", keys: ["budget", "numbers"])
        settings.noiseBudget =
            fields["budget"].flatMap { number($0, of: "`budget` of `noise`", in: 0.001...100) } ?? settings.noiseBudget
        for (name, key, node) in entries(fields["numbers"], of: "`numbers` of `noise`") {
            let what = "number `\(name)`"
            let known = NoiseQuery.Kind.allCases.map(\.rawValue)
            guard isKnown(name, key, of: "`numbers`", among: known), let kind = NoiseQuery.Kind(rawValue: name) else {
                continue
            }
            let parts = self.fields(node, of: what, keys: ["epsilon", "mechanism", "delta", "bound"])
            guard let given = parts["epsilon"] else {
                fail("\(what) needs `epsilon`", at: key)
                continue
            }
            guard let epsilon = number(given, of: "`epsilon` of \(what)", in: 0.000_1...10) else { continue }
            let mechanism: NoiseQuery.Mechanism = choice(parts, "mechanism", of: what) ?? .laplace
            let delta = parts["delta"].flatMap { number($0, of: "`delta` of \(what)", in: 1e-12...0.01) } ?? 1e-6
            let bound = parts["bound"].flatMap { integer($0, of: "`bound` of \(what)", in: 1...1_000) }
            settings.noise.append(
                NoiseQuery(kind: kind, epsilon: epsilon, mechanism: mechanism, delta: delta, bound: bound))
        }
    }
}
