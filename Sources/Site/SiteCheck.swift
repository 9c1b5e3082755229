import Diagnostics

/// The budgets of a site, in bytes and elements.
public enum SiteBudget {
    /// The landing page with all that it loads.
    public static let landingBytes = 120 * 1024
    /// Any page with all that it loads.
    public static let pageBytes = 250 * 1024
    /// Elements beyond which a page is called heavy.
    public static let elements = 3_000
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
        }
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

    private func weight(_ path: String, _ bytes: Int, _ scan: MarkupScan, isLanding: Bool) -> [Diagnostic] {
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        let loads = Set(scan.loads.compactMap { RelativePath.resolved(folder.isEmpty ? $0 : "\(folder)/\($0)") })
        let total = bytes + loads.reduce(0) { $0 + (files[$1] ?? 0) }
        let scripts = loads.filter { $0.hasSuffix(".js") }.reduce(0) { $0 + (files[$1] ?? 0) }
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
        if scan.elements > SiteBudget.elements {
            found.append(
                Diagnostic(
                    .warning,
                    "the page has \(scan.elements) elements, \(SiteBudget.elements) are meant to be enough",
                    at: .init(file: path), fix: SiteCheck.lighter))
        }
        return found
    }
}
