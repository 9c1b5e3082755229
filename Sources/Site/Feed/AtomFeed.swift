import XML

/// One report in the feed.
public struct FeedEntry: Sendable, Hashable {
    /// The run's folder: its as-of day.
    public var folder: String
    /// The day in words.
    public var day: String
    /// When this version of the report came to be, as RFC 3339: given, so that the same report has the same feed.
    public var updated: String
    /// What the report says, in one sentence.
    public var summary: String

    /// Describes a report.
    public init(folder: String, day: String, updated: String, summary: String) {
        self.folder = folder
        self.day = day
        self.updated = updated
        self.summary = summary
    }
}

/// The newest reports as an Atom feed (RFC 4287), and the pages of a site as a sitemap.
///
/// Addresses are absolute where the site has one, else relative to the feed.
struct AtomFeed {
    let title: String
    /// A stable id of the site.
    let site: String
    /// Where the site is reached, ended by a slash; nil where that is not known.
    let base: String?

    /// The feed, the newest entry first.
    func bytes(_ entries: [FeedEntry]) -> [UInt8] {
        var children = [
            AtomFeed.element("id", "urn:assay:site:\(site)"), AtomFeed.element("title", title),
            AtomFeed.element("updated", entries.map(\.updated).max() ?? "1970-01-01T00:00:00Z"),
            .element(XMLElement("author", children: [AtomFeed.element("name", "Assay")])),
            link("index.html", relation: "alternate"),
        ]
        if base != nil { children.append(link("feed.xml", relation: "self")) }
        children += entries.map { entry in
            .element(
                XMLElement(
                    "entry",
                    children: [
                        AtomFeed.element("id", "urn:assay:site:\(site):\(entry.folder)"),
                        AtomFeed.element("title", "\(title), \(entry.day)"),
                        AtomFeed.element("updated", entry.updated), AtomFeed.element("summary", entry.summary),
                        link("runs/\(entry.folder)/index.html", relation: "alternate"),
                    ]))
        }
        return document(
            XMLElement("feed", attributes: ["xmlns": "http://www.w3.org/2005/Atom"], children: children))
    }

    /// The sitemap (sitemaps.org) of some pages by their path; nil where the site has no address.
    func sitemap(_ pages: [String]) -> [UInt8]? {
        guard let base else { return nil }
        let entries = pages.map { page in
            XMLContent.element(XMLElement("url", children: [AtomFeed.element("loc", base + AtomFeed.escaped(page))]))
        }
        return document(
            XMLElement(
                "urlset", attributes: ["xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"], children: entries))
    }

    private func document(_ root: XMLElement) -> [UInt8] {
        Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(root.serialised())\n".utf8)
    }

    private func link(_ path: String, relation: String) -> XMLContent {
        let address = (base ?? "") + AtomFeed.escaped(path)
        return .element(XMLElement("link", attributes: ["rel": relation, "href": address]))
    }

    private static func element(_ name: String, _ text: String) -> XMLContent {
        .element(XMLElement(name, children: [.text(text)]))
    }

    /// A path as a part of an address (RFC 3986).
    static func escaped(_ path: String) -> String {
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
        return path.utf8.map { byte in
            plain.contains(byte)
                ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
