import Archive
import Diagnostics
import Foundation
import Ingest
import Model
import Site

/// What a run may know of people: the key of pseudonyms, where there are people, and the rules by which rows are taken.
struct PeopleAccess {
    /// The key; nil where no file and no earlier delivery names anybody.
    let key: PseudonymKey?
    private let settings: PrivacySettings
    private let place: PrivacyKeyPlace
    /// The digits of a key that was made for this run and is written nowhere yet; nil where there was a key.
    private var freshDigits: String?

    /// Finds the key, or thinks one up where a file names people and there is none; `settle` writes it.
    init(_ settings: Settings, _ files: [ExportFile], in surroundings: Surroundings) throws {
        self.settings = settings.privacy
        place = PrivacyKeyPlace.of(settings)
        let holdsPeople = try files.contains { try settings.mapping(of: $0).map(settings.needsKey) ?? false }
        let known = try place.key(in: surroundings)
        if known == nil, holdsPeople { freshDigits = PseudonymKey.freshDigits() }
        key = known ?? freshDigits.flatMap { PseudonymKey(digits: $0) }
    }

    /// Refuses a key other than the archive's; writes a new one down, unless nothing is to be written.
    func settle(_ archive: Archive, isDryRun: Bool, _ messages: MessageSink) throws {
        try requireAccepted(by: archive)
        guard let freshDigits, !isDryRun else { return }
        if let notice = try place.make(freshDigits) { messages.say([notice]) }
    }

    /// Refuses a key other than the one that stored pseudonyms were made with. A key that got lost is not replaced where people
    /// were stored with it.
    func requireAccepted(by archive: Archive) throws {
        guard let key else { return }
        guard try archive.accepts(keyCode: key.check) else {
            throw Failure(
                .configuration,
                freshDigits == nil
                    ? "the key of pseudonyms is not the one that the archive's people were stored with"
                    : "\(place.path): the key of pseudonyms that the archive's people were stored with is not there",
                fix:
                    "Put the old key back, or take their deliveries out first: see “Changing the key” in docs/privacy.md."
            )
        }
        let due = try archive.erasuresToRepeat(keyCode: key.check)
        guard due == 0 else {
            throw Failure(
                .configuration,
                "\(due) \(due == 1 ? "person was" : "people were") erased under another key of pseudonyms; exports that still have them would bring them back",
                fix:
                    "Put the old key back, or erase each of them again under the new one with `assay history forget USER`: see “Changing the key” in docs/privacy.md."
            )
        }
    }

    /// How rows about people are read for a day; nil without a key.
    func rules(asOf: Day) -> PersonRules? {
        key.map { PersonRules(key: $0, firstDay: settings.firstDay(asOf), phrases: settings.phrases) }
    }

    /// What the archive is told about people; nil without a key.
    func policy(asOf: Day) -> PeoplePolicy? {
        key.map { key in
            PeoplePolicy(
                needsConsent: settings.needsConsent, firstDay: settings.firstDay(asOf),
                pseudonym: { key.pseudonym(of: $0) }, mark: { key.erasureMark(of: $0) },
                idsIn: { LeakScan.words(in: $0) })
        }
    }
}

extension SiteBuilder.Staged {
    /// Refuses to publish what names anybody of this delivery or an earlier one; says how many ids were looked for.
    func requireNobody(_ messages: MessageSink) throws {
        guard scan.searched + scan.unsearched + scan.keptCodes > 0 else { return }
        let hits = leaks
        guard hits.isEmpty else {
            throw Failure(
                .failed,
                hits.map { hit in
                    Diagnostic(
                        .error,
                        hit.offset.map { "the id of a person stands at byte \($0); nothing is published" }
                            ?? "the id of a person stands where “…” is in the file's path; nothing is published",
                        at: .init(file: hit.path),
                        fix:
                            "Name the column that holds it `person` of its source, or take it out of the metrics, dimensions and ids."
                    )
                })
        }
        let left = scan.unsearched > 0 ? "; \(scan.unsearched) short ones cannot be told from figures" : ""
        let kept = scan.keptCodes > 0 ? "; nor are those of all deliveries, by \(scan.keptCodes) codes" : ""
        messages.say(.outcome("\(scan.searched) ids of people of this delivery are in no file\(kept)\(left)."))
    }
}
