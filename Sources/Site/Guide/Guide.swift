import CommonMark
import Report
import TemplateEngine
import Words

/// The user guide as pages of the site, in `help/`: the same for every run, so that a night rewrites none of them.
struct Guide: Sendable {
    /// The pages in reading order.
    let pages: [GuidePage]

    /// Reads the texts of a folder; nil for no guide.
    ///
    /// - Throws: `SiteError` where the folder or one of its texts cannot be read.
    init?(folder: String?) throws(SiteError) {
        guard let folder else { return nil }
        var pages: [GuidePage] = []
        for (path, bytes) in try Guide.files(in: folder) {
            do throws(CommonMarkError) {
                pages.append(
                    try GuidePage(name: String(path.dropLast(3)), text: String(decoding: bytes, as: UTF8.self)))
            } catch {
                throw SiteError(kind: .template, description: "\(folder)/\(path):\(error)")
            }
        }
        self.pages = GuidePage.inOrder(pages)
    }

    /// The texts of a folder, by name.
    static func files(in folder: String) throws(SiteError) -> [(path: String, bytes: [UInt8])] {
        try TemplateFolder.files(in: folder).filter { $0.0.hasSuffix(".md") && !$0.0.contains("/") }
            .sorted { $0.0 < $1.0 }
    }

    /// The paths of its pages below the site, and those of their texts.
    var paths: [String] { pages.map(\.path) + pages.map(\.twinPath) }

    /// What the search finds of it, from a run's folder.
    var entries: [JSONValue] {
        pages.map { page in
            .array([
                .string("../../\(page.path)"), .string(page.title), .string(say("Help")),
                .string(String(page.lead.words.prefix(160))),
            ])
        }
    }
}

extension PageRendering {
    /// The pages of the guide as files, each with its text. They name no run: what stands on them is the same tomorrow.
    func guideFiles() throws(SiteError) -> [(path: String, page: [UInt8], twin: (path: String, bytes: [UInt8]))] {
        guard let guide else { return [] }
        var files: [(path: String, page: [UInt8], twin: (path: String, bytes: [UInt8]))] = []
        for (place, page) in guide.pages.enumerated() {
            let neighbours = (
                place > 0 ? guide.pages[place - 1] : nil,
                place + 1 < guide.pages.count ? guide.pages[place + 1] : nil
            )
            files.append(
                (
                    page.path, try render(page, among: guide.pages, between: neighbours),
                    (page.twinPath, Array(page.markdown.utf8))
                ))
        }
        return files
    }

    private func render(
        _ page: GuidePage, among pages: [GuidePage], between neighbours: (GuidePage?, GuidePage?)
    ) throws(SiteError) -> [UInt8] {
        var context: [String: TemplateValue]
        do throws(CommonMarkError) {
            context = shared(at: page.path)
            context["page"] = .map(try values(of: page, among: pages, neighbours))
        } catch {
            throw SiteError(kind: .template, description: "\(page.name).md:\(error)")
        }
        let entries = pages.map { other -> TemplateValue in
            .map([
                "href": .string(RelativePath.link(from: page.path, to: other.path)),
                "text": .string(other.shortTitle), "current": .bool(other.name == page.name),
            ])
        }
        context["guide"] = .list(entries)
        context["navigation"] = .list([])
        context["neighbours"] = .map(["previous": .null, "next": .null])
        do throws(TemplateError) {
            return try templates.render("pages/help.html", context)
        } catch {
            throw SiteError(kind: .template, description: error.description)
        }
    }

    private func values(
        of page: GuidePage, among pages: [GuidePage], _ neighbours: (previous: GuidePage?, next: GuidePage?)
    ) throws(CommonMarkError) -> TemplateMap {
        var values = GuideValues(titles: Dictionary(pages.map { ($0.name, $0.shortTitle) }) { $1 })
        let link = { (other: GuidePage?) -> TemplateValue in
            guard let other else { return .null }
            return .map([
                "href": .string(RelativePath.link(from: page.path, to: other.path)), "text": .string(other.shortTitle),
            ])
        }
        return [
            "title": .string(page.title), "kind": .string("help"), "language": .string("en"),
            "description": .string(page.lead.words), "lead": try values.inside(page.lead), "crumbs": .list([]),
            "previous": link(neighbours.previous), "next": link(neighbours.next), "alternates": .list([]),
            "contents": .list(
                page.contents.map { .map(["href": .string("#\($0.id)"), "text": .string($0.title)]) }),
            "nodes": try values.values(of: page),
        ]
    }
}
