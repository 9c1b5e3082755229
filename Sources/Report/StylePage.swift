import Charts
import Words

/// The style guide: every component and every kind of chart that this report has, each as it stands on one of its pages.
enum StylePage {
    /// Where it lies: once for all runs, with the newest run's data.
    static let path = "../../archive/style.html"

    /// A page of the first piece of each kind, with long tables cut; nil where there is nothing to show.
    static func page(of pages: [Page]) -> Page? {
        var seen: Set<String> = []
        var sections: [PageSection] = []
        for page in pages {
            for block in page.sections.flatMap(\.blocks) {
                let fresh = kinds(of: block).filter { seen.insert($0.name).inserted }
                guard let first = fresh.first else { continue }
                let note = Prose([
                    .text(say("\(fresh.map(\.use).joined(separator: " ")) From ")),
                    .link(Link(path: page.path, text: page.title)), .text("."),
                ])
                sections.append(
                    PageSection(id: first.name, title: first.title, blocks: [.prose(note), sample(of: block, first)]))
            }
        }
        guard !sections.isEmpty else { return nil }
        return Page(
            path: path, kind: "analysis", title: say("Style guide"),
            lead: tell(
                "The \(NumberWords.count(sections.count)) components and charts that pages of this report are made of, each with its own data."
            ),
            crumbs: [
                Link(path: "index.html", text: say("Overview")), Link(path: "methods/index.html", text: say("Methods")),
            ], sections: sections.sorted { ($0.title, $0.id) < ($1.title, $1.id) })
    }

    /// A kind of component: its name in addresses, its title and what it is for.
    private struct Kind {
        let name: String
        let title: String
        let use: String
    }

    private static func kinds(of block: Block) -> [Kind] {
        switch block {
        case .prose: [Kind(name: "prose", title: say("Paragraph"), use: say("Sentences, at most 46 rem wide."))]
        case .notice:
            [Kind(name: "notice", title: say("Notice"), use: say("What was left out or refused, with its reason."))]
        case .keyFigures:
            [
                Kind(
                    name: "key-figures", title: say("Key figures"),
                    use: say("Headline figures with n, change and a word-sized line."))
            ]
        case .table:
            [
                Kind(
                    name: "table", title: say("Table"),
                    use: say("Numbers flush right in tabular figures; a script sorts and filters."))
            ]
        case .findings:
            [Kind(name: "findings", title: say("Findings"), use: say("Claims by weight, each with its evidence."))]
        case .definitions:
            [Kind(name: "definitions", title: say("Terms"), use: say("Terms and what there is to say of each."))]
        case .links: [Kind(name: "links", title: say("Links"), use: say("Ways on, with a sentence each."))]
        case .multiples:
            [
                Kind(
                    name: "multiples", title: say("Small multiples"),
                    use: say("Charts of one form side by side; what holds for all stands once above."))
            ]
        case .figure(let figure): figure.figure.marks.map(kind)
        }
    }

    private static func kind(of mark: Mark) -> Kind {
        switch mark {
        case .line(_, _, true, _):
            Kind(
                name: "chart-fit", title: say("Chart: fitted line"),
                use: say("A model’s line is broken; what was measured is not."))
        case .line: Kind(name: "chart-line", title: say("Chart: line"), use: say("A series; gaps are gaps."))
        case .band: Kind(name: "chart-band", title: say("Chart: band"), use: say("The interval around a line."))
        case .dots: Kind(name: "chart-dots", title: say("Chart: dots"), use: say("Single values, and marks on a line."))
        case .bars:
            Kind(
                name: "chart-bars", title: say("Chart: bars"), use: say("Amounts from 0, with whiskers for intervals."))
        case .bins:
            Kind(name: "chart-bins", title: say("Chart: histogram"), use: say("How often values fall into ranges."))
        case .boxes:
            Kind(name: "chart-boxes", title: say("Chart: boxes"), use: say("Quartiles, the median and the whiskers."))
        case .intervals:
            Kind(
                name: "chart-intervals", title: say("Chart: intervals"),
                use: say("Estimates with their intervals, one a row."))
        case .cells:
            Kind(
                name: "chart-cells", title: say("Chart: heat map"),
                use: say("Two attributes; the words of a cell are its tooltip."))
        case .strips:
            Kind(name: "chart-strips", title: say("Chart: strips"), use: say("What state a row was in, and when."))
        case .rule: Kind(name: "chart-rule", title: say("Chart: rule"), use: say("A dated event or a target."))
        case .stretch:
            Kind(name: "chart-stretch", title: say("Chart: stretch"), use: say("A period that something covers."))
        }
    }

    /// The block with its tables cut to a few rows, under a caption that says so.
    private static func sample(of block: Block, _ kind: Kind) -> Block {
        switch block {
        case .table(let table): .table(cut(table, to: 6))
        case .figure(let figure): .figure(cut(figure))
        case .multiples(let figures): .multiples(figures.prefix(3).map(cut))
        case .findings(let items): .findings(Array(items.prefix(3)))
        case .definitions(let items): .definitions(Array(items.prefix(3)))
        case .links(let items): .links(Array(items.prefix(3)))
        case .keyFigures(let figures): .keyFigures(Array(figures.prefix(4)))
        case .prose, .notice: block
        }
    }

    private static func cut(_ figure: FigureBlock) -> FigureBlock {
        var figure = figure
        figure.data = figure.data.map { cut($0, to: 3) }
        return figure
    }

    private static func cut(_ table: TableBlock, to count: Int) -> TableBlock {
        guard table.rows.count > count else { return table }
        var table = table
        table.caption += say(", the first \(count) of \(NumberWords.count(table.rows.count)) rows")
        table.rows = Array(table.rows.prefix(count))
        return table
    }
}
