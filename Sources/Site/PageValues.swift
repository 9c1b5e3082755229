import Charts
import Drawing
import Report
import TemplateEngine

/// Turns one page into values for its template. Figures are drawn on the way, with ids that count up on the page.
struct PageValues {
    /// Where the page stands, below the site.
    let location: String
    let run: SiteRun
    let measure: TextMeasure
    private var figures = 0
    private var tables = 0

    init(location: String, run: SiteRun, measure: TextMeasure) {
        self.location = location
        self.run = run
        self.measure = measure
    }

    mutating func values(of page: Page) throws(DrawingError) -> TemplateValue {
        var sections: [TemplateValue] = []
        for section in page.sections { sections.append(try value(of: section)) }
        return .map([
            "title": .string(page.title), "kind": .string(page.kind), "lead": value(of: page.lead),
            "description": .string(page.lead.plain), "crumbs": .list(page.crumbs.map(value)),
            "previous": page.previous.map(value) ?? .null, "next": page.next.map(value) ?? .null,
            "sections": .list(sections), "alternates": .list(page.alternates.map(value)),
        ])
    }

    func value(of link: Link) -> TemplateValue {
        // A place on the page itself stays as it is.
        if link.path.hasPrefix("#") { return .map(["href": .string(link.path), "text": .string(link.text)]) }
        let target = RelativePath.inSite(link.path, run: run.folder)
        return .map(["href": .string(RelativePath.link(from: location, to: target)), "text": .string(link.text)])
    }

    private func value(of link: Link?) -> TemplateValue { link.map { value(of: $0) } ?? .null }

    private mutating func value(of section: PageSection) throws(DrawingError) -> TemplateValue {
        var blocks: [TemplateValue] = []
        for block in section.blocks { blocks.append(try value(of: block)) }
        return .map([
            "id": .string(section.id), "title": .string(section.title), "depth": .string(section.depth.rawValue),
            "anchors": .list(section.anchors.map { .string($0) }),
            "blocks": .list(blocks),
        ])
    }

    private mutating func value(of block: Block) throws(DrawingError) -> TemplateValue {
        switch block {
        case .prose(let prose): return .map(["kind": .string("prose"), "prose": value(of: prose)])
        case .notice(let prose): return .map(["kind": .string("notice"), "prose": value(of: prose)])
        case .keyFigures(let figures):
            var items: [TemplateValue] = []
            for figure in figures { items.append(try value(of: figure)) }
            return .map(["kind": .string("key_figures"), "items": .list(items)])
        case .figure(let figure): return .map(["kind": .string("figure"), "figure": try value(of: figure)])
        case .multiples(let figures):
            var items: [TemplateValue] = []
            for figure in figures { items.append(try value(of: figure)) }
            return .map(["kind": .string("multiples"), "items": .list(items)])
        case .table(let table): return .map(["kind": .string("table"), "table": value(of: table)])
        case .findings(let findings):
            return .map(["kind": .string("findings"), "items": .list(findings.map(value))])
        case .definitions(let items):
            return .map(["kind": .string("definitions"), "items": .list(items.map(value))])
        case .links(let items): return .map(["kind": .string("links"), "items": .list(items.map(value))])
        }
    }

    private func value(of prose: Prose) -> TemplateValue {
        .list(
            prose.pieces.map { piece in
                switch piece {
                case .text(let text): .map(["kind": .string("text"), "text": .string(text)])
                case .strong(let text): .map(["kind": .string("strong"), "text": .string(text)])
                case .code(let text): .map(["kind": .string("code"), "text": .string(text)])
                case .time(let iso, let text):
                    .map(["kind": .string("time"), "text": .string(text), "iso": .string(iso)])
                case .link(let link):
                    .map(["kind": .string("link"), "text": .string(link.text), "link": value(of: link)])
                }
            })
    }

    private mutating func value(of figure: KeyFigure) throws(DrawingError) -> TemplateValue {
        let line: TemplateValue
        if let sparkline = figure.sparkline { line = try draw(sparkline) } else { line = .null }
        return .map([
            "label": .string(figure.label), "value": text(figure.value), "note": .string(figure.note),
            "change": text(figure.change), "tone": .string(PageValues.name(of: figure.tone)), "sparkline": line,
            "link": value(of: figure.link),
        ])
    }

    private mutating func value(of block: FigureBlock) throws(DrawingError) -> TemplateValue {
        let svg = try draw(block.figure)
        return .map([
            "svg": svg, "title": .string(block.figure.title), "caption": value(of: block.caption),
            "data": block.data.map { value(of: $0) } ?? .null, "opens_on_newest": .bool(block.opensOnNewest),
        ])
    }

    private mutating func draw(_ figure: Figure) throws(DrawingError) -> TemplateValue {
        figures += 1
        return .markup(try SVGDrawing.svg(figure.scene(measure: measure), idPrefix: "g\(figures)"))
    }

    private mutating func value(of table: TableBlock) -> TemplateValue {
        tables += 1
        let keys = table.columns.indices.map { column in
            SortKeys.keys(of: table.rows.map { ($0[column].sortKey, $0[column].text) })
        }
        let isByClass = { (column: Int) in column < PageValues.columnClasses && table.columns[column].isNumeric }
        return .map([
            "id": .string("table-\(tables)"), "caption": .string(table.caption),
            "align": .string(
                table.columns.indices.filter(isByClass).map { "n\($0 + 1)" }.joined(separator: " ")),
            "columns": .list(
                table.columns.map {
                    .map(["title": .string($0.title), "unit": .string($0.unit), "numeric": .bool($0.isNumeric)])
                }),
            "rows": .list(
                table.rows.enumerated().map { row, cells in
                    .list(
                        cells.indices.map { column in
                            value(
                                of: cells[column], isNumeric: table.columns[column].isNumeric && !isByClass(column),
                                key: keys[column][row])
                        })
                }),
            "export": value(of: table.export),
        ])
    }

    /// How many columns of a table the style sheet can set flush right by a class of the table.
    private static let columnClasses = 16

    private func value(of cell: TableCell, isNumeric: Bool, key: Double?) -> TemplateValue {
        .map([
            "text": text(cell.text), "reason": text(cell.reason), "link": value(of: cell.link),
            "tone": .string(PageValues.name(of: cell.tone)), "numeric": .bool(isNumeric),
            "day": .bool(cell.text.map(PageValues.isDay) ?? false),
            "sort": key.map { $0 == $0.rounded() && abs($0) < 1e15 ? .int(Int($0)) : .double($0) } ?? .null,
        ])
    }

    /// Whether a text is a day as `2026-11-19`, which browsers would break at its hyphens.
    private static func isDay(_ text: String) -> Bool {
        text.utf8.count == 10
            && text.utf8.enumerated().allSatisfy { [4, 7].contains($0) ? $1 == 0x2D : (0x30...0x39).contains($1) }
    }

    private func value(of finding: FindingItem) -> TemplateValue {
        .map([
            "id": .string(finding.id), "claim": value(of: finding.claim), "evidence": .string(finding.evidence),
            "tone": .string(PageValues.name(of: finding.tone)), "link": value(of: finding.link),
            "mark": .string(finding.word),
        ])
    }

    private func value(of definition: Definition) -> TemplateValue {
        .map([
            "term": .string(definition.term), "link": value(of: definition.link), "text": value(of: definition.text),
        ])
    }

    private func text(_ text: String?) -> TemplateValue { text.map { .string($0) } ?? .null }

    static func name(of tone: Tone) -> String {
        switch tone {
        case .good: "good"
        case .bad: "bad"
        case .accent: "accent"
        case .muted, .series, .sequential, .diverging: "plain"
        }
    }
}
