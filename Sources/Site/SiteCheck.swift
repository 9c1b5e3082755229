import Diagnostics
import Foundation

/// The budgets of a site, in bytes and elements.
public enum SiteBudget {
    /// The landing page with all that it loads.
    public static let landingBytes = 120 * 1024
    /// Any page with all that it loads.
    public static let pageBytes = 250 * 1024
    /// What 95 of 100 pages weigh at most with all that they load.
    public static let ordinaryBytes = 80 * 1024
    /// Elements, texts and comments beyond which a page is called heavy.
    public static let nodes = 3_000
    /// A run's folder.
    public static let nightBytes = 600 * 1024
    /// All scripts of a page.
    public static let scriptBytes = 8 * 1024
}

/// What the check of one page found, small enough to be kept for every page of a site.
struct CheckedPage: Sendable {
    /// What is wrong with the page alone.
    var diagnostics: [Diagnostic]
    var path: String
    /// Elements, texts and comments.
    var nodes: Int
    /// Its bytes with those of what it loads.
    var weight: Int
    /// The places on the page, as hashes of its path and their ids.
    var places: [Int]
    /// Links to places on pages.
    var wanted: [Wanted]

    /// A link to a place.
    struct Wanted: Sendable {
        /// The page's path and the place's id, as hashes.
        var page: Int
        var place: Int
        var link: String
    }
}

/// Checks pages as they are made.
struct SiteCheck: Sendable {
    /// Every file of the site in the making that pages may link to.
    let files: Set<String>
    /// The bytes of files that pages load.
    let loads: [String: Int]
    /// The path of the landing page.
    let landing: String
    /// The folder of the site, for files that stand in it already.
    let output: String
    /// Further files that pages may link to: those that are made with them.
    var own: Set<String> = []

    /// What is wrong with a page, and what it takes to judge it among the others.
    func checked(_ path: String, _ bytes: [UInt8]) -> CheckedPage {
        let scan = MarkupScan(bytes)
        let links = links(path, scan)
        let total = loaded(path, scan).reduce(bytes.count) { $0 + (loads[$1] ?? 0) }
        return CheckedPage(
            diagnostics: structure(path, scan) + links.broken + weight(path, total, scan), path: path,
            nodes: scan.nodes, weight: total, places: scan.ids.map { "\(path)#\($0)".hashValue }, wanted: links.wanted)
    }

    /// What is wrong with the pages, alone and together; an error stops publishing.
    static func diagnostics(_ pages: [CheckedPage]) -> [Diagnostic] {
        faults(pages) + ordinary(pages.map(\.weight)) + heavy(pages.map { ($0.path, $0.nodes) })
    }

    /// What is wrong with some pages, however many others there are.
    static func faults(_ pages: [CheckedPage]) -> [Diagnostic] {
        let paths = Set(pages.map(\.path.hashValue))
        let places = Set(pages.flatMap(\.places))
        return pages.flatMap { page in
            page.diagnostics
                + page.wanted.filter { paths.contains($0.page) && !places.contains($0.place) }.map {
                    Diagnostic(
                        .error, "the link `\($0.link)` leads to no place on its page", at: .init(file: page.path))
                }
        }
    }

    /// One warning for all pages with many nodes, naming the worst: they come in families.
    private static func heavy(_ pages: [(path: String, nodes: Int)]) -> [Diagnostic] {
        let heavy = pages.filter { $0.nodes > SiteBudget.nodes }
        guard let most = heavy.max(by: { ($0.nodes, $1.path) < ($1.nodes, $0.path) }) else { return [] }
        return [
            Diagnostic(
                .warning,
                heavy.count == 1
                    ? "the page has \(most.nodes) nodes, \(SiteBudget.nodes) are meant to be enough"
                    : "the page has \(most.nodes) nodes and \(heavy.count - 1) more have over \(SiteBudget.nodes), which are meant to be enough",
                at: .init(file: most.path), fix: SiteCheck.lighter)
        ]
    }

    /// A warning where the 95th percentile of the pages' weights (nearest rank) is above its budget.
    private static func ordinary(_ weights: [Int]) -> [Diagnostic] {
        guard !weights.isEmpty else { return [] }
        let rank = (weights.count * 95 + 99) / 100
        let weight = weights.sorted()[rank - 1]
        guard weight > SiteBudget.ordinaryBytes else { return [] }
        return [
            Diagnostic(
                .warning,
                "5 of 100 pages weigh \(weight) bytes or more with what they load, \(SiteBudget.ordinaryBytes) are meant to be enough",
                fix: SiteCheck.lighter)
        ]
    }

    /// The run's folder against its budget, kind of file by kind of file: a note, because wide data are no fault.
    static func night(_ files: [StagedFile]) -> [Diagnostic] {
        let total = files.reduce(0) { $0 + $1.bytes }
        guard total > SiteBudget.nightBytes else { return [] }
        var kinds: [String: Int] = [:]
        for file in files { kinds[String(file.path.split(separator: ".").last ?? ""), default: 0] += file.bytes }
        let list = kinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { "\($0.key) \($0.value / 1024) KB" }.joined(separator: ", ")
        return [
            Diagnostic(
                .note,
                "the run's folder weighs \(total / 1024) KB (\(list)), \(SiteBudget.nightBytes / 1024) are meant to be enough for few metrics and groups",
                fix: SiteCheck.lighter)
        ]
    }

    private func structure(_ path: String, _ scan: MarkupScan) -> [Diagnostic] {
        var found = scan.faults.map { Diagnostic(.error, $0, at: .init(file: path)) }
        if scan.headings != 1 {
            found.append(
                Diagnostic(.error, "the page has \(scan.headings) main headings, expected one", at: .init(file: path)))
        }
        var seen: Set<String> = []
        for id in scan.ids where !seen.insert(id).inserted {
            found.append(Diagnostic(.error, "the id `\(id)` stands twice", at: .init(file: path)))
        }
        return found
    }

    private func links(_ path: String, _ scan: MarkupScan) -> (broken: [Diagnostic], wanted: [CheckedPage.Wanted]) {
        let folder = SiteCheck.folder(of: path)
        var broken: [Diagnostic] = []
        var wanted: [String: CheckedPage.Wanted] = [:]
        for link in Set(scan.links + scan.loads).sorted() where !SiteCheck.leavesSite(link) {
            let (address, fragment) = RelativePath.split(link)
            let target =
                address.isEmpty ? path : RelativePath.resolved(folder.isEmpty ? address : "\(folder)/\(address)")
            guard let target, files.contains(target) || own.contains(target) || stands(target) else {
                broken.append(Diagnostic(.error, "the link `\(link)` leads to no file", at: .init(file: path)))
                continue
            }
            guard fragment.count > 1 else { continue }
            let place = target + fragment
            wanted[place] = .init(page: target.hashValue, place: place.hashValue, link: link)
        }
        return (broken, wanted.values.sorted { $0.link < $1.link })
    }

    /// Whether an address names a scheme: `https://…`, `mailto:…`.
    private static func leavesSite(_ link: String) -> Bool {
        guard link.utf8.contains(UInt8(ascii: ":")) else { return false }
        return link.contains("://") || link.hasPrefix("mailto:")
    }

    private func stands(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(output)/\(path)") }

    /// Wide data make heavy pages; a heavy page is better than none.
    private static let lighter = "Fewer metrics, or a smaller `maximum_groups` under `analysis`, make it lighter."

    private static func folder(of path: String) -> Substring {
        path[..<(path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex)]
    }

    /// What a page loads.
    private func loaded(_ path: String, _ scan: MarkupScan) -> Set<String> {
        let folder = SiteCheck.folder(of: path)
        return Set(scan.loads.compactMap { RelativePath.resolved(folder.isEmpty ? $0 : "\(folder)/\($0)") })
    }

    private func weight(_ path: String, _ total: Int, _ scan: MarkupScan) -> [Diagnostic] {
        let scripts = loaded(path, scan).filter { $0.hasSuffix(".js") }.reduce(0) { $0 + (loads[$1] ?? 0) }
        let limit = path == landing ? SiteBudget.landingBytes : SiteBudget.pageBytes
        var found: [Diagnostic] = []
        if total > limit {
            found.append(
                Diagnostic(
                    .warning, "the page weighs \(total) bytes with what it loads, \(limit) are meant to be enough",
                    at: .init(file: path), fix: SiteCheck.lighter))
        }
        if scripts > SiteBudget.scriptBytes {
            found.append(Diagnostic(.error, "the page loads \(scripts) bytes of script", at: .init(file: path)))
        }
        return found
    }
}
