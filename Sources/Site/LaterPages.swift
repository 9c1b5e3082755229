import Diagnostics
import Foundation
import Report

/// Pages that are made, rendered and put aside a few at a time, because all of them would not fit into memory.
public struct LaterPages {
    /// Pages that others may link to before they are made, by their path below the run's folder.
    public let promised: Set<String>
    /// Makes them: whoever does hands pages to the rendering, which may be done anywhere, and what comes of it on in order.
    public let make: (PageStaging, (StagedPages) throws -> Void) async throws -> Void

    /// Names both.
    public init(
        promised: Set<String>,
        make: @escaping (PageStaging, (StagedPages) throws -> Void) async throws -> Void
    ) {
        self.promised = promised
        self.make = make
    }
}

/// Some rendered pages with their Markdown twins, and what is wrong with them.
public struct StagedPages: Sendable {
    let files: [(path: String, bytes: [UInt8])]
    let diagnostics: [Diagnostic]
}

/// Renders and checks some pages.
public struct PageStaging: Sendable {
    let rendering: PageRendering
    /// The run's folder below the site.
    let base: String
    /// Every file that has been staged already, by path below the site, with its size.
    let known: [String: Int]
    let promised: Set<String>

    /// Renders pages and checks them as far as each can be by itself; they may link to each other.
    public func staged(_ pages: [Page], twins: [(path: String, text: String)]) throws -> StagedPages {
        let rendered = try pages.map { page in
            (path: base + page.path, bytes: try rendering.render(page, at: base + page.path))
        }
        let twins = twins.map { (path: $0.path, bytes: Array($0.text.utf8)) }
        let own = Set(rendered.map(\.path) + twins.map { base + $0.path })
        let output = rendering.settings.output
        let check = SiteCheck(files: [:]) { path in
            own.contains(path) || known[path] != nil
                || path.hasPrefix(base) && promised.contains(String(path.dropFirst(base.count)))
                || FileManager.default.fileExists(atPath: output + "/" + path)
        }
        return StagedPages(
            files: rendered.map { (path: String($0.path.dropFirst(base.count)), bytes: $0.bytes) } + twins,
            diagnostics: check.faults(pages: rendered))
    }
}

extension SiteBuilder.Staged {
    /// Puts later pages aside as they come; one that was promised and did not is an error.
    mutating func add(_ later: LaterPages, _ staging: PageStaging) async throws {
        let spool = try Spool()
        var missing = later.promised
        var files: [StagedFile] = []
        var found: [Diagnostic] = []
        try await later.make(staging) { pages in
            for file in pages.files {
                files.append(try StagedFile(path: file.path, bytes: file.bytes, in: spool))
                missing.remove(file.path)
            }
            found += pages.diagnostics.prefix(max(0, 100 - found.count))
        }
        runFiles += files
        diagnostics += found
        if let path = missing.min() {
            diagnostics.append(
                Diagnostic(.error, "the page was not made, and \(missing.count - 1) more", at: .init(file: path)))
        }
    }
}
