import Diagnostics
import Report

/// Pages that are made a few at a time while the others are staged already, because what they are made of would not fit
/// into memory together.
public struct LaterPages {
    /// What makes the files of some pages; it may be called anywhere.
    public typealias Making = @Sendable ([PlannedPage]) throws -> MadeLater

    /// Pages that others may link to before they are made, by their path below the run's folder.
    public let promised: Set<String>
    /// Makes them: whoever does hands pages to the making and what comes of it on, in order.
    public let make: (@escaping Making, (MadeLater) throws -> Void) async throws -> Void

    /// Names both.
    public init(
        promised: Set<String>, make: @escaping (@escaping Making, (MadeLater) throws -> Void) async throws -> Void
    ) {
        self.promised = promised
        self.make = make
    }
}

/// Files of some pages that were made together, and what is wrong with them.
public struct MadeLater: Sendable {
    let files: [StagedFile]
    let diagnostics: [Diagnostic]
}

extension SiteMaking {
    /// Makes later pages as they come; one that was promised and did not is an error.
    func files(of later: LaterPages) async throws -> (files: [StagedFile], diagnostics: [Diagnostic]) {
        var missing = later.promised
        var files: [StagedFile] = []
        var found: [Diagnostic] = []
        try await later.make({ try made(together: $0) }) { made in
            for file in made.files { missing.remove(file.path) }
            files += made.files
            found += made.diagnostics.prefix(max(0, 100 - found.count))
        }
        if let path = missing.min() {
            found.append(
                Diagnostic(.error, "the page was not made, and \(missing.count - 1) more", at: .init(file: path)))
        }
        return (files, found)
    }

    /// Makes pages that link to each other, to what was promised and to what is staged.
    private func made(together pages: [PlannedPage]) throws(SiteError) -> MadeLater {
        var making = self
        making.check.own = Set((pages.map(\.path) + pages.compactMap(\.twinPath)).map { "runs/\(run)/\($0)" })
        var files: [StagedFile] = []
        var checked: [CheckedPage] = []
        for page in pages {
            let made = try making.made(page)
            files += made.files
            checked.append(made.checked)
        }
        return MadeLater(files: files, diagnostics: SiteCheck.faults(checked))
    }
}
