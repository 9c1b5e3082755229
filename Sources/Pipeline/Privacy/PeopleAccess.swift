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

    /// Finds the key, or makes one where a file names people and there is none. A dry run makes none.
    init(
        _ settings: Settings, _ files: [ExportFile], isDryRun: Bool, in surroundings: Surroundings,
        _ messages: MessageSink
    ) throws {
        self.settings = settings.privacy
        let place = PrivacyKeyPlace.of(settings)
        let holdsPeople = try files.contains { try settings.mapping(of: $0).map(settings.needsKey) ?? false }
        guard holdsPeople else {
            key = try place.key(in: surroundings)
            return
        }
        if isDryRun {
            key = try place.key(in: surroundings) ?? PseudonymKey(digits: PseudonymKey.freshDigits())
            return
        }
        let (key, notice) = try place.keyOrNew(in: surroundings)
        if let notice { messages.say([notice]) }
        self.key = key
    }

    /// Refuses a key other than the one that stored pseudonyms were made with.
    func check(_ archive: Archive) throws {
        guard let key, try !archive.accepts(keyCode: key.check) else { return }
        throw Failure(
            .configuration, "the key of pseudonyms is not the one that the archive's people were stored with",
            fix: "Put the old key back, or take their deliveries out first: see “Changing the key” in docs/privacy.md.")
    }

    /// How rows about people are read for a day; nil without a key.
    func rules(asOf: Day) -> PersonRules? {
        key.map { PersonRules(key: $0, firstDay: settings.firstDay(asOf), phrases: settings.phrases) }
    }

    /// What the archive is told about people; nil without a key.
    func policy(asOf: Day) -> PeoplePolicy? {
        key.map { key in
            PeoplePolicy(needsConsent: settings.needsConsent, firstDay: settings.firstDay(asOf)) {
                key.erasureMark(of: $0)
            }
        }
    }
}

extension SiteBuilder.Staged {
    /// Refuses to publish what names anybody of the delivery; says how many ids were looked for.
    func requireNobody(of ids: Set<String>, run: String, _ messages: MessageSink) throws {
        guard !ids.isEmpty else { return }
        let scan = LeakScan(ids)
        let hits = try leaks(scan, run: run)
        guard hits.isEmpty else {
            throw Failure(
                .failed,
                hits.map { hit in
                    Diagnostic(
                        .error,
                        hit.offset.map { "the id of a person stands at byte \($0); nothing is published" }
                            ?? "the id of a person stands in the file's name; nothing is published",
                        at: .init(file: hit.path),
                        fix:
                            "Name the column that holds it `person` of its source, or take it out of the metrics, dimensions and ids."
                    )
                })
        }
        let left = scan.unsearched > 0 ? "; \(scan.unsearched) short ones cannot be told from figures" : ""
        messages.say(.outcome("\(scan.searched) ids of people are in no file\(left)."))
    }
}
