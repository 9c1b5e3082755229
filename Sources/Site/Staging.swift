import Diagnostics
import Report
import Synchronization

/// A file of a run's folder that has been staged.
public struct StagedFile: Sendable, Hashable {
    /// The path below the run's folder.
    public var path: String
    /// Its length.
    public var bytes: Int
    /// The SHA-256 of its bytes, in hexadecimal.
    public var sha256: String
    /// What has the same bytes already.
    public var standing: Standing
    /// Words in it that must not be published.
    public var leaks: [LeakScan.Hit]

    /// Where a file stood before it was staged.
    public enum Standing: Sendable, Hashable {
        /// Nowhere, or with other bytes.
        case new
        /// In the folder of the run before, from which it is linked.
        case linked
        /// In the run's folder as it is published.
        case unchanged
    }
}

/// A run's folder in the making, beside the published ones. Nobody else changes the output meanwhile; what was staged and
/// not published is taken away when the value goes.
final class Staging: Sendable {
    let publication: Publication
    /// The run's folder below the site.
    let folder: String
    /// The folder of the run before; nil for none.
    let earlier: String?
    private let hasEnded = Mutex(false)

    init(output: String, folder: String, earlier: String? = nil) throws(SiteError) {
        publication = try Publication(output: output)
        self.folder = folder
        self.earlier = earlier
        try publication.clean()
    }

    /// Takes away what is left over and lets others at the output.
    func end() throws(SiteError) {
        guard
            hasEnded.withLock({ ended in
                defer { ended = true }; return !ended
            })
        else { return }
        try publication.clean()
        publication.release()
    }

    deinit { _ = try? end() }  // the next build takes away what could not be
}

/// What making the pages of a run came to.
struct MadePages: Sendable {
    var files: [StagedFile] = []
    var checked: [CheckedPage] = []
    /// The entries of the search index.
    var entries: [JSONValue] = []
    var titles: [String: String] = [:]
    var sizes: [String: Int] = [:]
    /// Copies of the run's files outside its folder, by path below the site.
    var copies: [(path: String, bytes: [UInt8])] = []
}

/// Makes pages one by one: each is worded, rendered, checked, compared with what stands, written and forgotten.
struct SiteMaking: Sendable {
    let rendering: PageRendering
    /// The run's folder name.
    let run: String
    let scan: LeakScan
    var check: SiteCheck
    /// Where the run's files go; nil where nothing is kept.
    let staging: Staging?

    /// One page of the run.
    struct Made: Sendable {
        var files: [StagedFile]
        var checked: CheckedPage
        var entry: JSONValue
        var title: String
    }

    /// A page of the run, or a file of it that is none.
    private enum Piece: Sendable {
        case page(Made)
        case file(StagedFile, copy: (path: String, bytes: [UInt8])?)
    }

    /// Pages and then files in the order given, made by at most `jobs` tasks, each of which holds one at a time.
    func pages(_ pages: [PlannedPage], _ files: [SiteFile], jobs: Int) async throws -> MadePages {
        let count = pages.count + files.count
        let lanes = max(1, min(jobs, count))
        return try await withThrowingTaskGroup(of: [(Int, Piece)].self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    try stride(from: lane, to: count, by: lanes).map { place in
                        (
                            place,
                            place < pages.count
                                ? .page(try made(pages[place])) : try staged(files[place - pages.count])
                        )
                    }
                }
            }
            var found = [Piece?](repeating: nil, count: count)
            for try await part in group { for (index, piece) in part { found[index] = piece } }
            var all = MadePages()
            for (place, piece) in found.enumerated() {
                switch piece {
                case .page(let made):
                    all.files += made.files
                    all.checked.append(made.checked)
                    all.entries.append(made.entry)
                    all.titles[pages[place].path] = made.title
                    all.sizes[pages[place].path] = made.files.first?.bytes ?? 0
                case .file(let file, let copy):
                    all.files.append(file)
                    if let copy { all.copies.append(copy) }
                case nil: break
                }
            }
            return all
        }
    }

    private func staged(_ file: SiteFile) throws(SiteError) -> Piece {
        let bytes = file.bytes()
        return .file(try self.file(file.path, bytes), copy: file.copy.map { ($0, bytes) })
    }

    func made(_ planned: PlannedPage) throws(SiteError) -> Made {
        let (page, twin) = planned.make()
        let (bytes, checked) = try rendered(page, at: "runs/\(run)/\(page.path)")
        var files = [try file(page.path, bytes)]
        if let twin, let path = planned.twinPath { files.append(try file(path, Array(twin.utf8))) }
        return Made(files: files, checked: checked, entry: SearchIndex.entry(of: page), title: page.title)
    }

    /// A page outside the run's folder and its twin, by their paths below the site.
    func sitePage(_ planned: PlannedPage) throws(SiteError) -> (files: [(String, [UInt8])], checked: CheckedPage) {
        let (page, twin) = planned.make()
        let location = RelativePath.inSite(page.path, run: run)
        let (bytes, checked) = try rendered(page, at: location)
        var files = [(location, bytes)]
        if let twin, let path = planned.twinPath {
            files.append((RelativePath.inSite(path, run: run), Array(twin.utf8)))
        }
        return (files, checked)
    }

    /// A page as a file at a location below the site.
    func rendered(_ page: Page, at location: String) throws(SiteError) -> (bytes: [UInt8], checked: CheckedPage) {
        let bytes = try rendering.render(page, at: location)
        return (bytes, check.checked(location, bytes))
    }

    /// Stages a file of the run.
    func file(_ path: String, _ bytes: [UInt8]) throws(SiteError) -> StagedFile {
        let standing = try staging.map { staging throws(SiteError) in
            try staging.publication.stage(path, of: staging.folder, beside: staging.earlier, bytes)
        }
        return StagedFile(
            path: path, bytes: bytes.count, sha256: ContentHash.hex(bytes), standing: standing ?? .new,
            leaks: scan.searches ? scan.hits(in: bytes, path: "runs/\(run)/\(path)") : [])
    }
}
