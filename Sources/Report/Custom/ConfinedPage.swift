/// A page with other links: what leads out of a declared report would show other records than the reader looks at.
struct ConfinedPage {
    /// Where a link leads now; nil for nowhere.
    let lead: (Link) -> Link?

    func page(_ page: Page, path: String) -> Page {
        var page = page
        page.path = path
        page.lead = prose(page.lead) ?? Prose(page.lead.plain)
        page.sections = page.sections.map(section)
        page.alternates = page.alternates.compactMap(lead)
        return page
    }

    func section(_ section: PageSection) -> PageSection {
        var section = section
        section.blocks = section.blocks.compactMap(block)
        return section
    }

    /// A block without dead links; nil for a sentence that is about a link that leads nowhere.
    private func block(_ block: Block) -> Block? {
        switch block {
        case .prose(let words): prose(words).map { .prose($0) }
        case .notice(let words): .notice(prose(words) ?? Prose(words.plain))
        case .keyFigures(let figures):
            .keyFigures(
                figures.map { figure in
                    var figure = figure
                    figure.link = figure.link.flatMap(lead)
                    return figure
                })
        case .figure(let figure): .figure(self.figure(figure))
        case .multiples(let figures): .multiples(figures.map(self.figure))
        case .table(let table): .table(self.table(table))
        case .findings(let items):
            .findings(
                items.map { item in
                    var item = item
                    item.link = item.link.flatMap(lead)
                    return item
                })
        case .definitions(let items): .definitions(items.map(definition))
        case .links(let items): .links(items.map(definition))
        }
    }

    private func prose(_ prose: Prose) -> Prose? {
        var pieces: [Prose.Piece] = []
        for piece in prose.pieces {
            guard case .link(let link) = piece else {
                pieces.append(piece)
                continue
            }
            guard let own = lead(link) else { return nil }
            pieces.append(.link(own))
        }
        return Prose(pieces)
    }

    private func figure(_ figure: FigureBlock) -> FigureBlock {
        var figure = figure
        figure.data = figure.data.map(table)
        return figure
    }

    private func table(_ table: TableBlock) -> TableBlock {
        var table = table
        table.export = table.export.flatMap(lead)
        table.rows = table.rows.map { row in
            row.map { cell in
                var cell = cell
                cell.link = cell.link.flatMap(lead)
                return cell
            }
        }
        return table
    }

    private func definition(_ item: Definition) -> Definition {
        var item = item
        item.link = item.link.flatMap(lead)
        item.text = prose(item.text) ?? Prose(item.text.plain)
        return item
    }
}
