import Charts

/// About how many elements and texts the templates make of parts of a page. It only decides where a page is parted, so it
/// may be wrong by some per cent; the check of the finished page counts.
enum NodeEstimate {
    /// What stands on every page: head, banner, navigation, footer.
    static let chrome = 150

    static func nodes(of page: Page) -> Int { page.sections.reduce(chrome) { $0 + nodes(of: $1) } }

    static func nodes(of section: PageSection) -> Int { section.blocks.reduce(6) { $0 + nodes(of: $1) } }

    static func nodes(of block: Block) -> Int {
        switch block {
        case .prose(let prose), .notice(let prose): 2 + nodes(of: prose)
        case .keyFigures(let figures): 2 + figures.count * 20
        case .figure(let figure): nodes(of: figure)
        case .multiples(let figures): figures.reduce(2) { $0 + nodes(of: $1) }
        case .table(let table): nodes(of: table)
        case .findings(let items): items.reduce(2) { $0 + 12 + nodes(of: $1.claim) }
        case .definitions(let items), .links(let items): items.reduce(2) { $0 + 5 + nodes(of: $1.text) }
        }
    }

    private static func nodes(of prose: Prose) -> Int { prose.pieces.count * 2 }

    private static func nodes(of figure: FigureBlock) -> Int {
        16 + nodes(of: figure.caption) + nodes(of: figure.figure) + (figure.data.map { 6 + nodes(of: $0) } ?? 0)
    }

    /// Lines and areas are one path each, of rows each has its own or a text; cells have both where the text is read out.
    private static func nodes(of figure: Figure) -> Int {
        figure.marks.reduce(labels(of: figure.x) + labels(of: figure.y)) { sum, mark in
            switch mark {
            case .line, .band, .dots, .bins, .rule, .stretch: sum + 3
            case .bars(let rows, _), .intervals(let rows, _): sum + rows.count * 2
            case .boxes(let boxes, _): sum + boxes.count * 2
            // A cell has its figures as a title.
            case .cells(let cells): sum + cells.count * 3
            case .strips(let strips): sum + strips.count * 3
            }
        }
    }

    /// The texts at an axis: one for each name, or about six round numbers or days.
    private static func labels(of axis: Axis) -> Int {
        if case .names(let names) = axis.scale { names.count * 2 } else { 12 }
    }

    static func nodes(of table: TableBlock) -> Int {
        table.rows.reduce(10 + table.columns.count * 3) { $0 + nodes(of: $1) }
    }

    /// A cell without a value has its reason beside it.
    private static func nodes(of row: [TableCell]) -> Int {
        row.reduce(1) { $0 + 2 + ($1.link == nil ? 0 : 1) + ($1.text == nil ? 4 : 0) }
    }
}
