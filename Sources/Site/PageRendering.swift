import Charts
import Crypto
import Drawing
import Report
import TemplateEngine
import Words

/// Renders pages to files.
struct PageRendering: Sendable {
    let settings: SiteSettings
    let run: SiteRun
    let navigation: [NavigationGroup]
    let neighbours: (previous: Link?, next: Link?)
    let templates: TemplateSet
    /// The paths of assets, which have hashes in their names, by their plain names.
    let assetNames: [String: String]
    /// The user guide; nil where there is none.
    let guide: Guide?

    /// A page as the bytes of a file at a location below the site.
    func render(_ page: Page, at location: String) throws(SiteError) -> [UInt8] {
        var values = PageValues(location: location, run: run, measure: .cairo())
        let name = "pages/\(page.kind).html"
        let template = templates.contains(name) ? name : "pages/analysis.html"
        let content: TemplateValue
        do throws(DrawingError) {
            content = try values.values(of: page)
        } catch {
            throw SiteError(kind: .check, description: "\(page.path): \(error)")
        }
        do throws(TemplateError) {
            return try templates.render(template, context(content, values, location, page))
        } catch {
            throw SiteError(kind: .template, description: error.description)
        }
    }

    private func context(
        _ content: TemplateValue, _ values: PageValues, _ location: String, _ page: Page
    ) -> [String: TemplateValue] {
        let link = { (path: String) in TemplateValue.string(RelativePath.link(from: location, to: path)) }
        let section = page.path.split(separator: "/").first.map(String.init) ?? ""
        let groups = navigation.map { group -> TemplateValue in
            let entries = group.entries.map { entry -> (value: TemplateMap, isCurrent: Bool) in
                let isCurrent = entry.path.split(separator: "/").first.map(String.init) == section
                return (
                    [
                        "href": link(RelativePath.inSite(entry.path, run: run.folder)), "text": .string(entry.text),
                        "current": .bool(isCurrent),
                    ], isCurrent
                )
            }
            return .map([
                "text": .string(group.title), "href": entries.first?.value["href"] ?? .null,
                "current": .bool(entries.contains { $0.isCurrent }), "entries": .list(entries.map { .map($0.value) }),
            ])
        }
        let own: [String: TemplateValue] = [
            "folder": .string(run.folder), "day": .string(run.day), "id": .string(run.id),
            "zone": .string(run.zone), "due": .string(run.due.date), "due_day": .string(run.due.day),
            "home": link("runs/\(run.folder)/index.html"), "summary": link("runs/\(run.folder)/summary.json"),
            "manifest": link("runs/\(run.folder)/manifest.json"),
            "data": link("runs/\(run.folder)/data/index.html"),
            "methods": link("runs/\(run.folder)/methods/index.html"),
        ]
        return shared(at: location, naming: own).merging([
            "page": content,
            "navigation": .list(groups),
            "neighbours": .map([
                "previous": neighbours.previous.map { values.value(of: $0) } ?? .null,
                "next": neighbours.next.map { values.value(of: $0) } ?? .null,
            ]),
        ]) { $1 }
    }
}

extension PageRendering {
    /// What pages of every run have in common, at a location below the site.
    ///
    /// - Parameter own: what a page says of its run.
    func shared(at location: String, naming own: [String: TemplateValue] = [:]) -> [String: TemplateValue] {
        let link = { (path: String) in TemplateValue.string(RelativePath.link(from: location, to: path)) }
        let places: [String: TemplateValue] = [
            "archive": link("archive/index.html"), "newest": link("index.html"), "search": link(SearchIndex.path),
            "help": guide?.paths.first.map(link) ?? .null, "home": link("index.html"),
        ]
        return [
            "site": .map(["title": .string(settings.title), "version": .string(settings.version)]),
            "run": .map(TemplateMap(places.merging(own) { $1 })),
            "assets": .map(TemplateMap(assetNames.mapValues(link))),
            "language": PageRendering.language,
        ]
    }

    /// What templates know of the language in force.
    static var language: TemplateValue {
        .map([
            "code": .string(Language.current.code), "decimal": .string(Language.current.formats.decimalMark),
        ])
    }
}

/// Hashes of files.
enum ContentHash {
    /// SHA-256 in hexadecimal.
    static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in ContentHash.bytes(bytes) { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    /// SHA-256 as 32 bytes.
    static func bytes(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
}
