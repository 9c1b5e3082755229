import Words

/// Pages that hold more than a telephone takes lightly, as several: sections stay whole where they can, long tables go on
/// with their next rows. Nothing is left out.
///
/// The first part keeps the page's address and names the sections that stand on later ones, each under its own fragment,
/// so that every link to a section still leads to it.
struct Paging {
    /// The nodes that a page is filled up to, by estimate: the budget with room for what the estimate misses.
    static let mostNodes = 2_600

    /// The pages, parts in the place of those that were too large.
    let pages: [Page]

    init(_ pages: [Page]) {
        var taken = Set(pages.map(\.path))
        var places: [String: String] = [:]
        var parted: [Page] = []
        for page in pages {
            let parts = Paging.parts(of: page, beside: &taken)
            for part in parts {
                for place in part.sections.flatMap(\.fragments) where places["\(page.path)#\(place)"] == nil {
                    places["\(page.path)#\(place)"] = part.path
                }
            }
            parted += Paging.joined(parts)
        }
        self.pages =
            parted.count == pages.count
            ? pages : parted.map { page in page.mapping { Paging.link($0, from: page, places) } }
    }

    /// A link to a section leads to the part where it stands, without the step over the first.
    private static func link(_ link: Link?, from page: Page, _ places: [String: String]) -> Link? {
        guard var link, let hash = link.path.firstIndex(of: "#") else { return link }
        let own = page.beginning ?? page.path
        let target = hash == link.path.startIndex ? own + link.path : link.path
        guard let place = places[target], place != page.path || hash != link.path.startIndex else { return link }
        link.path = place + link.path[hash...]
        return link
    }

    /// The sections of a page in stretches of `mostNodes`; the page itself where one is enough.
    private static func parts(of page: Page, beside taken: inout Set<String>) -> [Page] {
        let room = mostNodes - NodeEstimate.chrome - 8 * page.sections.count
        guard page.path != "index.html", NodeEstimate.nodes(of: page) > mostNodes, room > 500 else { return [page] }
        var stretches: [[PageSection]] = [[]]
        var nodes = 0
        for section in page.sections.flatMap({ pieces(of: $0, room: room) }) {
            let more = NodeEstimate.nodes(of: section)
            if nodes + more > room, nodes > 0 {
                stretches.append([])
                nodes = 0
            }
            stretches[stretches.count - 1].append(section)
            nodes += more
        }
        return stretches.enumerated().map { number, sections in
            var part = page
            part.sections = sections
            if number > 0 {
                part.path = free(page.path, number: number + 1, taken)
                part.beginning = page.path
                taken.insert(part.path)
            }
            return part
        }
    }

    /// `comparisons/tier.html` as `comparisons/tier-page-2.html`, which no other page has.
    private static func free(_ path: String, number: Int, _ taken: Set<String>) -> String {
        let stem = path.hasSuffix(".html") ? String(path.dropLast(5)) : path
        var found = "\(stem)-page-\(number).html"
        while taken.contains(found) { found = "\(found.dropLast(5))-.html" }
        return found
    }

    /// Parts with their words: titles, leads, ways to each other.
    private static func joined(_ parts: [Page]) -> [Page] {
        guard parts.count > 1, let first = parts.first else { return parts }
        let links = parts.enumerated().map { number, part in
            Link(path: part.path, text: number == 0 ? first.title : say("\(first.title), page \(number + 1)"))
        }
        return parts.enumerated().map { number, part in
            var part = part
            if number > 0 {
                part.title = links[number].text
                part.lead = tell(
                    "Page \(number + 1) of \(parts.count): \(part.sections.map(\.title).joined(separator: ", ")).")
                part.crumbs.append(links[0])
                part.previous = links[number - 1]
            } else {
                part.sections += later(parts, links)
            }
            if number + 1 < parts.count { part.next = links[number + 1] }
            return part
        }
    }

    /// The sections that stand on later pages only, as one that leads to each and has their fragments.
    private static func later(_ parts: [Page], _ links: [Link]) -> [PageSection] {
        var seen = Set(parts[0].sections.map(\.id))
        var ways = PageSection(id: free("further", seen), title: say("On further pages"), blocks: [])
        for (part, link) in zip(parts, links).dropFirst() {
            let moved = part.sections.filter { seen.insert($0.id).inserted }
            guard !moved.isEmpty else { continue }
            var pieces: [Prose.Piece] = [.text("\(link.text): ")]
            for (place, section) in moved.enumerated() {
                if place > 0 { pieces.append(.text(", ")) }
                pieces.append(.link(Link(path: "\(part.path)#\(section.id)", text: section.title)))
            }
            ways.blocks.append(.prose(Prose(pieces + [.text(".")])))
            ways.anchors += moved.flatMap(\.fragments)
        }
        return ways.blocks.isEmpty ? [] : [ways]
    }

    private static func free(_ id: String, _ taken: Set<String>) -> String {
        taken.contains(id) ? free("\(id)-", taken) : id
    }

    /// A section that fits; one that does not in several, which have its id and its title.
    private static func pieces(of section: PageSection, room: Int) -> [PageSection] {
        guard NodeEstimate.nodes(of: section) > room else { return [section] }
        var pieces: [PageSection] = []
        var nodes = 0
        for block in section.blocks.flatMap({ Paging.pieces(of: $0, room: room - 20) }) {
            let more = NodeEstimate.nodes(of: block)
            if pieces.isEmpty || nodes + more > room - 10 {
                var piece = section
                piece.blocks = []
                if !pieces.isEmpty { piece.title = say("\(section.title), continued") }
                pieces.append(piece)
                nodes = 0
            }
            pieces[pieces.count - 1].blocks.append(block)
            nodes += more
        }
        return pieces
    }

    /// A block that fits; a table or a figure's data that do not with their next rows in tables of their own.
    private static func pieces(of block: Block, room: Int) -> [Block] {
        guard NodeEstimate.nodes(of: block) > room else { return [block] }
        switch block {
        case .table(let table): return pieces(of: table, room: room, first: room).map { .table($0) }
        case .figure(var figure):
            guard let data = figure.data else { return [block] }
            let drawing = NodeEstimate.nodes(of: block) - NodeEstimate.nodes(of: data)
            let tables = pieces(of: data, room: room, first: max(room - drawing, room / 2))
            figure.data = tables.first
            return [.figure(figure)] + tables.dropFirst().map { .table($0) }
        case .multiples(let figures): return stretches(figures, 4).map { .multiples($0) }
        case .findings(let items): return stretches(items, 50).map { .findings($0) }
        case .definitions(let items): return stretches(items, 50).map { .definitions($0) }
        case .links(let items): return stretches(items, 50).map { .links($0) }
        case .prose, .notice, .keyFigures: return [block]
        }
    }

    private static func stretches<Item>(_ items: [Item], _ size: Int) -> [[Item]] {
        stride(from: 0, to: items.count, by: size).map { Array(items[$0..<min($0 + size, items.count)]) }
    }

    /// The rows of a table in stretches, each with the whole head and which rows it has.
    private static func pieces(of table: TableBlock, room: Int, first: Int) -> [TableBlock] {
        let nodes = NodeEstimate.nodes(of: table)
        let each = max(1, nodes / max(1, table.rows.count))
        let size = max(10, (min(room, first) - 60) / (each + 1))
        return stride(from: 0, to: table.rows.count, by: size).map { start in
            let rows = table.rows[start..<min(start + size, table.rows.count)]
            var piece = table
            piece.rows = Array(rows)
            piece.caption = say(
                "\(table.caption); rows \(start + 1) to \(start + rows.count) of \(table.rows.count)")
            return piece
        }
    }
}
