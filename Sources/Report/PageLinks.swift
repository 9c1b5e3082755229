extension Page {
    /// The page with every link changed; one that becomes nil is plain words.
    public func mapping(links change: @escaping (Link?) -> Link?) -> Page {
        var page = self
        let map = LinkMapping(change: change)
        page.lead = map.prose(lead)
        page.crumbs = crumbs.compactMap(change)
        page.previous = change(previous)
        page.next = change(next)
        page.alternates = alternates.compactMap(change)
        for index in page.sections.indices { page.sections[index].blocks = sections[index].blocks.map(map.block) }
        return page
    }
}

/// Changes the links of blocks.
private struct LinkMapping {
    let change: (Link?) -> Link?

    func block(_ block: Block) -> Block {
        switch block {
        case .prose(let words): .prose(prose(words))
        case .notice(let words): .notice(prose(words))
        case .keyFigures(let figures):
            .keyFigures(figures.map { figure in with(figure) { $0.link = change($0.link) } })
        case .figure(let figure): .figure(self.figure(figure))
        case .multiples(let figures): .multiples(figures.map(figure))
        case .table(let table): .table(self.table(table))
        case .findings(let items):
            .findings(
                items.map { item in
                    with(item) {
                        $0.claim = prose($0.claim)
                        $0.link = change($0.link)
                    }
                })
        case .definitions(let items): .definitions(items.map(definition))
        case .links(let items): .links(items.map(definition))
        }
    }

    func prose(_ prose: Prose) -> Prose {
        Prose(
            prose.pieces.map { piece in
                guard case .link(let link) = piece else { return piece }
                return change(link).map { .link($0) } ?? .text(link.text)
            })
    }

    private func figure(_ figure: FigureBlock) -> FigureBlock {
        with(figure) {
            $0.caption = prose($0.caption)
            $0.data = $0.data.map(table)
        }
    }

    private func table(_ table: TableBlock) -> TableBlock {
        with(table) {
            $0.export = change($0.export)
            for row in $0.rows.indices {
                for cell in $0.rows[row].indices where $0.rows[row][cell].link != nil {
                    $0.rows[row][cell].link = change($0.rows[row][cell].link)
                }
            }
        }
    }

    private func definition(_ item: Definition) -> Definition {
        with(item) {
            $0.link = change($0.link)
            $0.text = prose($0.text)
        }
    }

    private func with<Value>(_ value: Value, _ edit: (inout Value) -> Void) -> Value {
        var value = value
        edit(&value)
        return value
    }
}
