import Charts
import Drawing
import Foundation
import Report
import TemplateEngine

/// A report as one HTML file that loads nothing.
struct OneFile {
    let rendering: PageRendering
    let styleSheet: [UInt8]
    let script: [UInt8]
    /// The user's logo as an address that holds its bytes; nil for none.
    let logo: String?
    /// The pages that come first: the entries of the sections.
    let entries: [String]

    /// What the file may weigh.
    static let mostBytes = 1_000_000

    /// The file: as many pages as fit, sections' entries first, then the others in reading order. It says which are not
    /// in it.
    ///
    /// - Parameter sizes: what each page weighs as a file of its own, which is a little more than as a part of this one.
    func bytes(of pages: [PlannedPage], titles: [String: String], sizes: [String: Int]) throws(SiteError) -> [UInt8] {
        let order = pages.filter { entries.contains($0.path) } + pages.filter { !entries.contains($0.path) }
        let frame = styleSheet.count + script.count + (logo?.utf8.count ?? 0) + 8_000
        var left = OneFile.mostBytes - frame - 120 * pages.count
        let chosen = Set(
            order.filter { page in
                let size = sizes[page.path] ?? OneFile.mostBytes
                guard size <= left else { return false }
                left -= size
                return true
            }.map(\.path))
        let kept = pages.filter { chosen.contains($0.path) }.map { $0.make().page }
        let numbers = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1.path, $0) })
        let bytes = try render(
            kept, numbers: numbers,
            leftOut: pages.filter { !chosen.contains($0.path) }.map { titles[$0.path] ?? $0.path })
        guard !styleSheet.contains("</style".utf8) else {
            throw SiteError(
                kind: .template, description: "assets/theme.css: `</style` would end the style sheet of report.html")
        }
        try check(bytes)
        return bytes
    }

    private func render(
        _ pages: [Page], numbers: [String: Int], leftOut: [String]
    ) throws(SiteError) -> [UInt8] {
        var values = PageValues(location: "report.html", run: rendering.run, measure: .cairo())
        var articles: [TemplateValue] = []
        for page in pages {
            do throws(DrawingError) {
                let value = try values.values(of: OneFilePage(page, numbers).page)
                guard case .map(var map) = value else { continue }
                map["id"] = .string("p\(numbers[page.path] ?? 0)")
                articles.append(.map(map))
            } catch {
                throw SiteError(kind: .check, description: "\(page.path): \(error)")
            }
        }
        var context: [String: TemplateValue] = [
            "language": PageRendering.language,
            "pages": .list(articles), "left_out": .list(leftOut.map { .string($0) }),
            "site": .map(["title": .string(rendering.settings.title), "version": .string(rendering.settings.version)]),
            "run": .map([
                "folder": .string(rendering.run.folder), "day": .string(rendering.run.day),
                "id": .string(rendering.run.id), "zone": .string(rendering.run.zone),
            ]),
        ]
        // What stands between the tags is what the policy allows by its hash.
        context["style"] = .markup("<style>\(String(decoding: styleSheet, as: UTF8.self))</style>")
        context["script"] = .markup("<script>\(String(decoding: script, as: UTF8.self))</script>")
        // The engine lets no address through that holds its own bytes; this one is ours.
        context["logo"] = logo.map { .markup("<img src=\"\($0)\" alt=\"\" height=\"28\">") }
        context["style_hash"] = .string(OneFile.hash(styleSheet))
        context["script_hash"] = .string(OneFile.hash(script))
        do throws(TemplateError) {
            return try rendering.templates.render("pages/one_file.html", context)
        } catch {
            throw SiteError(kind: .template, description: error.description)
        }
    }

    /// What a logo may weigh to stand in the file; a larger one would take the place of pages.
    static let mostLogoBytes = 100_000

    /// `data:image/svg+xml;base64,…`; nil where there is no logo or it is too large.
    static func logo(_ asset: (String) -> [UInt8]) -> String? {
        let kinds = [("logo.svg", "svg+xml"), ("logo.png", "png")]
        guard let (name, kind) = kinds.first(where: { !asset($0.0).isEmpty }) else { return nil }
        let bytes = asset(name)
        return bytes.count > mostLogoBytes ? nil : "data:image/\(kind);base64,\(Data(bytes).base64EncodedString())"
    }

    /// `sha256-…` as a content-security policy takes it.
    static func hash(_ bytes: [UInt8]) -> String {
        "sha256-" + Data(ContentHash.bytes(bytes)).base64EncodedString()
    }

    /// Nothing is loaded, every id stands once and every link leads to one.
    private func check(_ bytes: [UInt8]) throws(SiteError) {
        let scan = MarkupScan(bytes)
        let ids = Set(scan.ids)
        var faults = scan.loads.filter { $0 != logo }.map { "it loads `\($0)`" }
        if ids.count != scan.ids.count { faults.append("an id stands twice") }
        faults += scan.links.filter { !$0.hasPrefix("#") || !ids.contains(String($0.dropFirst())) }
            .map { "the link `\($0)` leads nowhere" }
        if bytes.count > OneFile.mostBytes { faults.append("it weighs \(bytes.count) bytes") }
        if let fault = faults.first {
            throw SiteError(kind: .check, description: "report.html: \(fault)")
        }
    }
}

/// A page as a part of a file that holds many: ids of its own, links to other parts by theirs, no links elsewhere.
struct OneFilePage {
    let page: Page

    init(_ page: Page, _ numbers: [String: Int]) {
        let prefix = "p\(numbers[page.path] ?? 0)"
        let own = page.path
        let link = { (link: Link?) -> Link? in
            guard let link else { return nil }
            let (path, fragment) = RelativePath.split(link.path)
            guard let number = numbers[path.isEmpty ? own : path] else { return nil }
            // A place on another page may have been a finding that stands elsewhere: the page is near enough.
            let isOwn = path.isEmpty || path == own
            return Link(
                path: isOwn && !fragment.isEmpty ? "#\(prefix)-\(fragment.dropFirst())" : "#p\(number)", text: link.text
            )
        }
        var mapped = page.mapping(links: link)
        mapped.alternates = []
        for index in mapped.sections.indices {
            mapped.sections[index].id = "\(prefix)-\(mapped.sections[index].id)"
            mapped.sections[index].anchors = mapped.sections[index].anchors.map { "\(prefix)-\($0)" }
            for place in mapped.sections[index].blocks.indices {
                guard case .findings(var items) = mapped.sections[index].blocks[place] else { continue }
                for item in items.indices { items[item].id = "\(prefix)-\(items[item].id)" }
                mapped.sections[index].blocks[place] = .findings(items)
            }
        }
        self.page = mapped
    }
}
