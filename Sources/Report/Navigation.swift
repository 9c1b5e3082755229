import Words

/// The way through the site in two rows: a group of sections, and the sections of the group that the reader is in.
///
/// A page therefore carries as many links as there are groups and neighbours, however many sections there are.
public struct NavigationGroup: Sendable, Hashable {
    /// The group's name; that of its only section where it has one.
    public var title: String
    /// Its sections, in reading order; the first is where the group leads. Never empty.
    public var entries: [Link]

    /// Names a group.
    public init(title: String, entries: [Link]) {
        self.title = title
        self.entries = entries
    }
}

extension SitePlan {
    /// The groups of the navigation, in reading order.
    enum Group: String, CaseIterable {
        case overview = "Overview"
        case watch = "Watch"
        case analyses = "Analyses"
        case use = "Service and people"
        case data = "Data"
    }

    /// The groups with the sections that have pages, and the archive.
    static func navigation(_ pages: [Page]) -> [NavigationGroup] {
        let folders = Set(pages.map { folder(of: $0.path) })
        let groups = Group.allCases.compactMap { group -> NavigationGroup? in
            let entries = sections.filter { $0.group == group && folders.contains(folder(of: $0.entry)) }
                .map { Link(path: $0.entry, text: $0.title) }
            guard let first = entries.first else { return nil }
            return NavigationGroup(title: entries.count == 1 ? first.text : say(word: group.rawValue), entries: entries)
        }
        let archive = Link(path: "../../archive/index.html", text: say("Archive"))
        return groups + [NavigationGroup(title: say("Archive"), entries: [archive])]
    }

    private static func folder(of path: String) -> String {
        path.split(separator: "/").first.map(String.init) ?? ""
    }
}
