import Diagnostics
import Foundation
import Ingest
import Model
import Site

/// Tells whether a build would only repeat the newest run, and remembers a run so that the next can be told.
///
/// A run is a function of its exports, configuration, options, templates, zone, program, archive and day, and of which
/// runs stand in the site. Where all of them are the same and what was published still stands, there is nothing to do.
struct Rerun {
    private let settings: Settings
    private let files: [ExportFile]
    private let marks: [SeenFile.Mark?]
    private let causes: [String: String]
    private let begun: Int64
    /// What the newest run left; nil where nothing can be told.
    private let receipt: RunReceipt?

    /// Looks at everything that is known before the archive is opened.
    init(
        _ request: BuildRequest, _ settings: Settings, files: [ExportFile], in surroundings: Surroundings
    ) throws {
        self.settings = settings
        self.files = files
        begun = surroundings.secondsSince1970
        receipt = RunReceipt(beside: settings.archive)
        // Before any of them is read: a file that changes while it is read has another mark afterwards.
        marks = files.map { file in
            if case .file(let path) = file.source { SeenFile.Mark(path) } else { nil }
        }
        let configuration = try Settings.configurationPath(request.options, surroundings)
        causes = [
            "configuration": try configuration.map {
                "\($0) \(try Rerun.sha256(Array(FileManager.default.contents(atPath: $0) ?? Data())))"
            } ?? "",
            "options": "\(request)",
            "output": settings.output,
            "achievements": try Rerun.sha256(Array("\(settings.analysis.learning.achievements)".utf8)),
            "program": surroundings.program,
            "templates": try templateFingerprint(
                bundled: settings.templates, user: settings.userTemplates, guide: settings.guide),
            // Rows past retention go with the first run of a day, whether anything is new or not.
            "retention": settings.privacy.firstDay(
                try request.asOfDay(settings.zone, surroundings) ?? surroundings.today(in: settings.zone))?.iso ?? "",
            "zone": try Rerun.sha256(Array("\(settings.zone)".utf8)),
        ]
    }

    /// The run that a build of a day would repeat; nil if there is something to do.
    func standing(_ store: ArchiveStore, asOf: Day?, today: Day) throws -> RunReceipt? {
        guard let receipt,
            receipt.files.map(\.name) == files.map(\.name),
            receipt.causes == (try causes(with: store)),
            receipt.day == (try asOf ?? store.newestDay(notAfter: today)).iso
        else { return nil }
        for (seen, file) in zip(receipt.files, files) where isTaken(file) || seen.sha256 != nil {
            guard try seen.isStill(file, seenAt: receipt.begun) else { return nil }
        }
        return SiteBuilder(settings: settings.site(jobs: 1)).stands(receipt.site) ? receipt : nil
    }

    /// What the newest run found in files that are still as they were, by their places among those given: a night reads
    /// what is new, not the years that lie beside it.
    var known: [Int: ExportDigest] {
        guard let receipt else { return [:] }
        let seen = Dictionary(receipt.files.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var known: [Int: ExportDigest] = [:]
        for (place, file) in files.enumerated() {
            known[place] = seen[file.name]?.digest(of: marks[place], seenAt: receipt.begun)
        }
        return known
    }

    /// What to say of the files once more that no run reads.
    var untaken: [Diagnostic] { files.filter { !isTaken($0) }.map(DeliveryLoading.untaken) }

    /// Remembers a run that has been published; one that had to leave a file out is not, so that it is tried again.
    func remember(_ store: ArchiveStore, _ delivery: DeliveryAccount, day: Day, site: PublishedRecord) throws {
        var seen: [SeenFile] = []
        for (place, file) in files.enumerated() {
            let digest = delivery.digests[place]
            guard digest != nil || !isTaken(file) else { return }
            seen.append(SeenFile(name: file.name, sha256: digest.map(hexadecimal), mark: marks[place]))
        }
        let made = RunReceipt(
            causes: try causes(with: store), files: seen, begun: begun, day: day.iso, site: site)
        if made != receipt { try made.save(beside: settings.archive) }
    }

    private func isTaken(_ file: ExportFile) -> Bool { settings.sources.contains { settings.takes(file, $0) } }

    private func causes(with store: ArchiveStore) throws -> [String: String] {
        var causes = causes
        causes["archive"] = hexadecimal(try store.archive.fingerprint())
        let runs = try store.archive.runs().map(\.asOf)
        causes["published"] = Set(settings.published(runs)).sorted().map(\.iso).joined(separator: " ")
        return causes
    }

    private static func sha256(_ bytes: [UInt8]) throws -> String {
        hexadecimal(try ExportDigest(of: ExportFile(source: .bytes(bytes), name: "")).sha256)
    }
}

/// The SHA-256 of a text, 32 bytes.
func sha256(of text: String) throws -> [UInt8] {
    try ExportDigest(of: ExportFile(source: .bytes(Array(text.utf8)), name: "")).sha256
}

extension Surroundings {
    /// What tells this program from others: its version, and its file as long as that is not replaced.
    var program: String {
        "\(assayVersion) \(executable.flatMap { SeenFile.Mark($0) }.map { "\($0)" } ?? "")"
    }
}
