import Words

/// Markdown in which nothing of the data is read as markup.
enum Markdown {
    /// Text in which nothing is read as Markdown or HTML, on one line.
    static func marked(_ text: String) -> String {
        let line = onOneLine(text)
        guard line.utf8.contains(where: isMarkup) else { return line }
        var marked: [UInt8] = []
        marked.reserveCapacity(line.utf8.count + 8)
        for byte in line.utf8 {
            switch byte {
            case UInt8(ascii: "<"): marked += "&lt;".utf8
            case UInt8(ascii: ">"): marked += "&gt;".utf8
            case UInt8(ascii: "&"): marked += "&amp;".utf8
            default:
                if isMarkup(byte) { marked.append(UInt8(ascii: "\\")) }
                marked.append(byte)
            }
        }
        return String(decoding: marked, as: UTF8.self)
    }

    /// What Markdown or HTML reads as something else than itself.
    private static func isMarkup(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "|"), UInt8(ascii: "#"), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "&"):
            true
        default: false
        }
    }

    /// Words on one line, without control characters that a terminal would obey.
    static func onOneLine(_ text: String) -> String {
        // Controls are the bytes below the space, 7F, and C2 80 to C2 9F.
        var before: UInt8 = 0
        let hasControls = text.utf8.contains { byte in
            defer { before = byte }
            return byte < 0x20 || byte == 0x7F || (before == 0xC2 && byte < 0xA0)
        }
        guard hasControls else { return text }
        return String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }

    /// A table with its caption above it. Undefined cells are dashes with their reason.
    ///
    /// - Parameter linked: how a cell that leads somewhere is written; nil leaves links out.
    static func table(_ table: TableBlock, linked: ((Link) -> String)? = nil) -> String {
        let heads = table.columns.map { marked($0.unit.isEmpty ? $0.title : "\($0.title) (\($0.unit))") }
        var lines = ["**\(marked(table.caption))**", ""]
        lines.append("| " + heads.joined(separator: " | ") + " |")
        lines.append("|" + table.columns.map { $0.isNumeric ? "---:|" : "---|" }.joined())
        for row in table.rows {
            let cells = row.map { cell -> String in
                if let linked, let link = cell.link { return linked(link) }
                return cell.text.map(marked) ?? cell.reason.map { "– (\(marked($0)))" } ?? "–"
            }
            lines.append("| " + cells.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n")
    }
}

/// Pages as Markdown: the same words and figures, without pictures, for readers and programs that want text.
struct MarkdownPage {
    private let page: Page
    /// Whether a page has a twin, by its path.
    private let hasTwin: (String) -> Bool
    /// The run's folder; a name that no folder has where the page stands in it.
    private let run: String
    /// The names of the page's folder, from the site's on.
    private let folder: [Substring]

    /// A page among others.
    ///
    /// - Parameters:
    ///   - run: the run's folder, which a page outside it has to lead into.
    ///   - hasTwin: whether a page has a twin, by its path.
    init(_ page: Page, run: String = "", hasTwin: @escaping (String) -> Bool) {
        self.page = page
        self.hasTwin = hasTwin
        self.run = run.isEmpty ? "." : run
        folder = MarkdownPage.steps(page.path, run: self.run).dropLast()
    }

    /// Where the twin of a page lies.
    static func path(of page: String) -> String {
        page.hasSuffix(".html") ? page.dropLast("html".count) + "md" : page
    }

    /// The document, ended by a line break.
    var text: String {
        var parts = ["# \(Markdown.marked(page.title))", prose(page.lead)]
        for section in page.sections {
            parts.append("## \(Markdown.marked(section.title))")
            parts += section.blocks.map(block)
        }
        if !page.alternates.isEmpty {
            parts.append(say("Also as ") + page.alternates.map(link).joined(separator: ", ") + ".")
        }
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    private func block(_ block: Block) -> String {
        switch block {
        case .prose(let words): prose(words)
        case .notice(let words): "> " + prose(words)
        case .keyFigures(let figures): figures.map(keyFigure).joined(separator: "\n")
        case .figure(let figure): self.figure(figure)
        case .multiples(let figures): figures.map(figure).joined(separator: "\n\n")
        case .table(let table): self.table(table)
        case .findings(let items):
            items.map { item in
                let more = item.link.map { " " + link($0) } ?? ""
                return
                    "- **\(Markdown.marked(item.word))** \(prose(item.claim)) \(Markdown.marked(item.evidence))\(more)"
            }.joined(separator: "\n")
        case .definitions(let entries), .links(let entries):
            entries.map { entry in
                let term = entry.link.map(link) ?? "**\(Markdown.marked(entry.term))**"
                return "- \(term): \(prose(entry.text))"
            }.joined(separator: "\n")
        }
    }

    private func keyFigure(_ figure: KeyFigure) -> String {
        let change = figure.change.map { "; \(Markdown.marked($0))" } ?? ""
        let value = figure.value.map(Markdown.marked) ?? "–"
        return "- **\(Markdown.marked(figure.label))**: \(value) (\(Markdown.marked(figure.note)))\(change)"
    }

    private func figure(_ block: FigureBlock) -> String {
        let words =
            "**\(Markdown.marked(block.figure.title))**: \(Markdown.marked(block.figure.description)) \(prose(block.caption))"
        return words + (block.data.map { "\n\n" + table($0) } ?? "")
    }

    private func table(_ table: TableBlock) -> String {
        // A calendar without its links would be a list of all days of a month.
        Markdown.table(table, linked: page.kind == "archive" ? link : nil)
            + (table.export.map { "\n\n" + link($0) } ?? "")
    }

    private func prose(_ prose: Prose) -> String {
        prose.pieces.map { piece in
            switch piece {
            case .text(let text), .time(_, let text), .code(let text): Markdown.marked(text)
            case .strong(let text): "**\(Markdown.marked(text))**"
            case .link(let found): link(found)
            }
        }.joined()
    }

    /// A link from this page; to the twin of a page that has one.
    private func link(_ found: Link) -> String {
        // A page outside names a page of its run as one beside others.
        var path =
            found.path.utf8.split(separator: UInt8(ascii: "#"), maxSplits: 1).first.map { String(Substring($0)) } ?? ""
        if path.hasPrefix("../\(run)/") { path = String(path.dropFirst("../\(run)/".count)) }
        // Headings of Markdown have no ids that every reader makes alike.
        let target = hasTwin(path) ? MarkdownPage.path(of: path) : found.path
        return "[\(Markdown.marked(found.text))](\(way(to: target)))"
    }

    /// The way from the page's folder to a file, both given from the run's folder, without a step in and out again.
    private func way(to target: String) -> String {
        let steps = MarkdownPage.steps(target, run: run)
        let shared = zip(folder, steps).prefix { $0 == $1 }.count
        return (Array(repeating: "..", count: folder.count - shared) + steps.dropFirst(shared)).joined(separator: "/")
    }

    /// A path from the run's folder as the names from the site's folder on.
    private static func steps(_ path: String, run: String) -> [Substring] {
        path.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }.reduce(into: ["runs", run[...]]) {
            steps, name in
            if name == "..", !steps.isEmpty { steps.removeLast() } else { steps.append(name) }
        }
    }
}

/// `llms.txt`: what the newest report holds, for programs that read text (llmstxt.org).
enum ReadingList {
    static func text(title: String, day: String, folder: String, pages: [Page], sections: [Link]) -> String {
        var lines = [
            "# \(Markdown.marked(title))", "",
            say(
                "> Report for \(Markdown.marked(day)). Pages under runs, archive and help have Markdown twins: the same address with md for html."
            ),
            "",
        ]
        lines += [say("## Pages"), ""]
        lines += pages.filter { page in page.path == "index.html" || sections.contains { $0.path == page.path } }.map {
            say(
                "- [\(Markdown.marked($0.title))](runs/\(folder)/\(MarkdownPage.path(of: $0.path))): \(Markdown.marked($0.lead.plain))"
            )
        }
        lines += [
            "", say("## Data"), "", say("- [Summary](runs/\(folder)/summary.json): every figure as JSON"),
            say("- [Schema](schema/summary.schema.json): what the summary holds"),
        ]
        return lines.joined(separator: "\n") + "\n"
    }
}
