import Diagnostics

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

/// Checks a staged site before it is published.
struct SiteCheck {
    /// Every file of the staged site, by path, that pages may link to.
    let files: [String: Int]
    /// Files that stand in the site already.
    let exists: (String) -> Bool

    /// What is wrong with the pages; an error stops publishing.
    func diagnostics(pages: [(path: String, bytes: [UInt8])], landing: String) -> [Diagnostic] {
        let scans = pages.map { (path: $0.path, bytes: $0.bytes.count, scan: MarkupScan($0.bytes)) }
        var ids: [String: Set<String>] = [:]
        for page in scans { ids[page.path] = Set(page.scan.ids) }
        return scans.flatMap { page in
            structure(page.path, page.scan) + links(page.path, page.scan, ids)
                + weight(page.path, page.bytes, page.scan, isLanding: page.path == landing)
        } + ordinary(scans.map { total($0.path, $0.bytes, $0.scan) }) + heavy(scans.map { ($0.path, $0.scan.nodes) })
    }

    /// What is wrong with some pages by themselves: their structure and where their links lead.
    func faults(pages: [(path: String, bytes: [UInt8])]) -> [Diagnostic] {
        let scans = pages.map { (path: $0.path, scan: MarkupScan($0.bytes)) }
        let ids = Dictionary(scans.map { ($0.path, Set($0.scan.ids)) }) { first, _ in first }
        return scans.flatMap { structure($0.path, $0.scan) + links($0.path, $0.scan, ids) }
    }

    /// One warning for all pages with many nodes, naming the worst: they come in families.
    private func heavy(_ pages: [(path: String, nodes: Int)]) -> [Diagnostic] {
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
    private func ordinary(_ weights: [Int]) -> [Diagnostic] {
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
        let total = files.reduce(0) { $0 + $1.size }
        guard total > SiteBudget.nightBytes else { return [] }
        var kinds: [String: Int] = [:]
        for file in files { kinds[String(file.path.split(separator: ".").last ?? ""), default: 0] += file.size }
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

    private func links(_ path: String, _ scan: MarkupScan, _ ids: [String: Set<String>]) -> [Diagnostic] {
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        return (scan.links + scan.loads).compactMap { link in
            if link.contains("://") || link.hasPrefix("mailto:") { return nil }
            let (address, fragment) = RelativePath.split(link)
            let target =
                address.isEmpty ? path : RelativePath.resolved(folder.isEmpty ? address : "\(folder)/\(address)")
            guard let target, files[target] != nil || exists(target) else {
                return Diagnostic(.error, "the link `\(link)` leads to no file", at: .init(file: path))
            }
            if fragment.count > 1, let known = ids[target], !known.contains(String(fragment.dropFirst())) {
                return Diagnostic(.error, "the link `\(link)` leads to no place on its page", at: .init(file: path))
            }
            return nil
        }
    }

    /// Wide data make heavy pages; a heavy page is better than none.
    private static let lighter = "Fewer metrics, or a smaller `maximum_groups` under `analysis`, make it lighter."

    /// The bytes of a page with what it loads.
    private func total(_ path: String, _ bytes: Int, _ scan: MarkupScan) -> Int {
        loads(path, scan).reduce(bytes) { $0 + (files[$1] ?? 0) }
    }

    private func loads(_ path: String, _ scan: MarkupScan) -> Set<String> {
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        return Set(scan.loads.compactMap { RelativePath.resolved(folder.isEmpty ? $0 : "\(folder)/\($0)") })
    }

    private func weight(_ path: String, _ bytes: Int, _ scan: MarkupScan, isLanding: Bool) -> [Diagnostic] {
        let total = total(path, bytes, scan)
        let scripts = loads(path, scan).filter { $0.hasSuffix(".js") }.reduce(0) { $0 + (files[$1] ?? 0) }
        let limit = isLanding ? SiteBudget.landingBytes : SiteBudget.pageBytes
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
