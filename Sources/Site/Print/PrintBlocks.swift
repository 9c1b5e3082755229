import Charts
import Drawing
import Report
import Words

extension PrintLayout {
    /// The most rows of a table that are printed; the others stand in the CSV files.
    static let mostRows = 40

    /// Sets a page from a new sheet on.
    mutating func set(_ page: Page) {
        breakSheet()
        mark(page.path)
        head(page.title, level: 0)
        y += 6
        paragraph([Run(text: page.title, isBold: true)], size: 17, after: 2)
        paragraph(runs(page.lead), size: 10.5, after: 8)
        for section in page.sections {
            need(60)
            y += 6
            add(.rule(x: PrintLayout.margin, y: y, width: PrintLayout.column))
            y += 4
            head(section.title, level: 1)
            paragraph([Run(text: section.title, isBold: true)], size: 12, after: 3)
            for block in section.blocks { set(block) }
        }
    }

    private mutating func set(_ block: Block) {
        switch block {
        case .prose(let prose): paragraph(runs(prose))
        case .notice(let prose):
            paragraph(runs(prose), x: PrintLayout.margin + 12, width: PrintLayout.column - 12)
        case .keyFigures(let figures): set(figures)
        case .figure(let figure): set(figure, x: PrintLayout.margin, width: PrintLayout.column)
        case .multiples(let figures): setSmall(figures)
        case .table(let table): set(table)
        case .findings(let items):
            for item in items {
                need(26)
                let word = item.word
                let mark = Run(text: "\(word)  ", isBold: true, colour: PrintLayout.colour(of: item.tone))
                paragraph([mark] + runs(item.claim), after: 0)
                paragraph([Run(text: item.evidence, colour: "soft")], size: 7.5, after: 4)
            }
        case .definitions(let items), .links(let items):
            for item in items {
                let term = Run(
                    text: item.term, isBold: true, colour: item.link == nil ? "ink" : "link",
                    path: item.link.map(PrintLayout.path))
                paragraph([term, Run(text: "  ")] + runs(item.text), after: 3)
            }
        }
    }

    /// The page that a link leads to, without the place on it.
    static func path(of link: Link) -> String { RelativePath.split(link.path).path }

    private func runs(_ prose: Prose) -> [Run] {
        prose.pieces.map { piece in
            switch piece {
            case .text(let text), .time(_, let text), .code(let text): Run(text: text)
            case .strong(let text): Run(text: text, isBold: true)
            case .link(let link): Run(text: link.text, colour: "link", path: PrintLayout.path(of: link))
            }
        }
    }

    static func colour(of tone: Tone) -> String {
        switch tone {
        case .good: "good"
        case .bad: "bad"
        case .accent: "accent"
        default: "soft"
        }
    }

    // MARK: Pictures

    private mutating func set(_ block: FigureBlock, x: Double, width: Double) {
        let scene = block.figure.scene(measure: plain)
        let scale = min(1, width / scene.width)
        need(scene.height * scale + 34)
        paragraph([Run(text: block.figure.title, isBold: true)], size: 9, x: x, width: width, after: 0)
        paragraph(runs(block.caption), size: 7.5, x: x, width: width, after: 2)
        add(.scene(scene, x: x, y: y, scale: scale))
        y += scene.height * scale + 8
    }

    /// Small pictures two in a row.
    private mutating func setSmall(_ figures: [FigureBlock]) {
        let width = (PrintLayout.column - 16) / 2
        for start in stride(from: 0, to: figures.count, by: 2) {
            let pair = figures[start..<min(start + 2, figures.count)]
            need(170)
            let top = y
            var lowest = y
            for (place, figure) in pair.enumerated() {
                y = top
                set(figure, x: PrintLayout.margin + Double(place) * (width + 16), width: width)
                lowest = max(lowest, y)
            }
            y = lowest
        }
    }

    /// Headline figures three in a row.
    private mutating func set(_ figures: [KeyFigure]) {
        let width = (PrintLayout.column - 24) / 3
        for start in stride(from: 0, to: figures.count, by: 3) {
            need(70)
            let top = y
            var lowest = y
            for (place, figure) in figures[start..<min(start + 3, figures.count)].enumerated() {
                y = top
                let x = PrintLayout.margin + Double(place) * (width + 12)
                let line = { (layout: inout PrintLayout, run: Run, size: Double) in
                    layout.paragraph([run], size: size, x: x, width: width, after: 0)
                }
                line(&self, Run(text: figure.label, colour: "soft", path: figure.link.map(PrintLayout.path)), 8)
                line(&self, Run(text: figure.value ?? say("not known"), isBold: true), 13)
                if let change = figure.change {
                    line(&self, Run(text: change, isBold: true, colour: PrintLayout.colour(of: figure.tone)), 8)
                }
                line(&self, Run(text: figure.note, colour: "soft"), 7)
                lowest = max(lowest, y)
            }
            y = lowest + 6
        }
    }

    // MARK: Tables

    private mutating func set(_ table: TableBlock) {
        let size = table.columns.count > 8 ? 6.0 : table.columns.count > 5 ? 6.8 : 7.8
        let rows = table.rows.prefix(PrintLayout.mostRows)
        let widths = columnWidths(table, Array(rows), size: size)
        need(50)
        let cut = rows.count < table.rows.count ? say(", the first \(rows.count) of \(table.rows.count) rows") : ""
        paragraph([Run(text: table.caption + cut, isBold: true)], size: 8.5, after: 1)
        setHead(table, widths, size: size)
        for row in rows {
            let cells = zip(row, widths).map { cell, width in
                lines(of: [run(cell)], size: size, width: width - 6)
            }
            let leading = size * 1.3
            let height = Double(max(1, cells.map(\.count).max() ?? 1)) * leading + 3
            if y + height > PrintLayout.bottom {
                breakSheet()
                setHead(table, widths, size: size)
            }
            set(cells, widths, table.columns.map(\.isNumeric), size: size)
            y += height
            add(.rule(x: PrintLayout.margin, y: y - 1, width: widths.reduce(0, +)))
        }
        y += 8
    }

    private mutating func setHead(_ table: TableBlock, _ widths: [Double], size: Double) {
        let cells = zip(table.columns, widths).map { column, width in
            let title = column.unit.isEmpty ? column.title : "\(column.title) (\(column.unit))"
            return lines(of: [Run(text: title, isBold: true)], size: size, width: width - 6)
        }
        let height = Double(cells.map(\.count).max() ?? 1) * size * 1.3 + 4
        need(height + 20)
        set(cells, widths, table.columns.map(\.isNumeric), size: size)
        y += height
        add(.rule(x: PrintLayout.margin, y: y - 1, width: widths.reduce(0, +)))
    }

    private mutating func set(_ cells: [[[Run]]], _ widths: [Double], _ areNumeric: [Bool], size: Double) {
        var x = PrintLayout.margin
        for (place, cell) in cells.enumerated() {
            for (number, line) in cell.enumerated() {
                let used = line.reduce(0) { $0 + ($1.isBold ? bold : plain).width($1.text, size) }
                let shift = areNumeric[place] ? max(0, widths[place] - 6 - used) : 0
                self.place(line, x: x + shift, y: y + Double(number + 1) * size * 1.3, size: size)
            }
            x += widths[place]
        }
    }

    private func run(_ cell: TableCell) -> Run {
        guard let text = cell.text else { return Run(text: "–", colour: "soft") }
        let tone = PrintLayout.colour(of: cell.tone)
        return Run(
            text: text, colour: cell.link != nil ? "link" : tone == "soft" ? "ink" : tone,
            path: cell.link.map(PrintLayout.path))
    }

    /// Columns as wide as their words where all fit; else each has room for its longest word and shares what is left as
    /// its words need it.
    private func columnWidths(_ table: TableBlock, _ rows: [[TableCell]], size: Double) -> [Double] {
        let texts = table.columns.indices.map { place in rows.map { run($0[place]).text } }
        let titles = table.columns.map { $0.unit.isEmpty ? $0.title : "\($0.title) (\($0.unit))" }
        let wanted = table.columns.indices.map { place -> Double in
            let cells = texts[place].map { plain.width($0, size) }.max() ?? 0
            return max(min(bold.width(titles[place], size), 60), min(cells, 230)) + 10
        }
        let all = wanted.reduce(0, +)
        guard all > PrintLayout.column else { return wanted }
        let least = table.columns.indices.map { place -> Double in
            let words = texts[place].flatMap { $0.split(separator: " ") }.map { plain.width(String($0), size) }
            let head = titles[place].split(separator: " ").map { bold.width(String($0), size) }
            return min(wanted[place], min(90, max(words.max() ?? 0, head.max() ?? 0)) + 8)
        }
        let floor = least.reduce(0, +)
        guard floor < PrintLayout.column else { return least.map { $0 * PrintLayout.column / floor } }
        let share = (PrintLayout.column - floor) / (all - floor)
        return zip(least, wanted).map { $0 + ($1 - $0) * share }
    }
}
