import Analysis
import Words

/// The answer to one question as a value; every format is an encoding of it.
public struct AnswerSheet: Sendable {
    /// What was asked.
    public var title: String
    /// The answer in sentences.
    public var sentences: [String]
    /// Tables in words.
    public var tables: [TableBlock]
    /// Every figure under the names that users rely on.
    public var json: JSONValue
    /// The rows that a program reads.
    public var csv: CSVTable

    /// The forms in which an answer can be printed.
    public enum Format: String, Sendable, CaseIterable {
        /// Sentences and aligned tables.
        case text
        /// One document.
        case json
        /// The rows.
        case csv
        /// Sentences and tables in Markdown.
        case markdown
        /// The same as a page of its own.
        case html
        /// The rows, one JSON object a line.
        case ndjson
    }

    /// The bytes of a format, ended by a line break.
    public func bytes(_ format: Format) -> [UInt8] {
        switch format {
        case .text: Array(text.utf8)
        case .json: json.pretty
        case .csv: csv.bytes
        case .markdown: Array(markdown.utf8)
        case .html: Array(html.utf8)
        case .ndjson: Array(lines.utf8)
        }
    }

    /// Why there is no figure, in words.
    public static func words(of absence: Absence) -> String { Wording.absence(absence) }

    /// The same with the level of its intervals among its figures.
    public func stating(level: Double) -> AnswerSheet {
        guard case .object(var fields) = json else { return self }
        fields["level"] = .number(level)
        var sheet = self
        sheet.json = .object(fields)
        return sheet
    }

    private var lines: String {
        csv.rows.map { row in
            var fields: [String: JSONValue] = [:]
            for (name, cell) in zip(csv.columns, row) {
                fields[name] = cell.json
            }
            return JSONValue.object(fields).compact + "\n"
        }.joined()
    }
}

extension TableCell {
    /// The words, or a dash.
    fileprivate var words: String { text ?? "—" }
}

extension AnswerSheet {
    /// Sentences, then tables whose columns line up; reasons for missing values stand below.
    private var text: String {
        var parts = [title, String(repeating: "=", count: title.count)]
        if !sentences.isEmpty { parts += [""] + sentences }
        for table in tables { parts += ["", AnswerSheet.aligned(table)] }
        return parts.joined(separator: "\n") + "\n"
    }

    private static func aligned(_ table: TableBlock) -> String {
        let heads = table.columns.map { $0.unit.isEmpty ? $0.title : "\($0.title) (\($0.unit))" }
        let rows = table.rows.map { $0.map { Markdown.onOneLine($0.words) } }
        let widths = heads.indices.map { place in
            max(heads[place].count, rows.map { place < $0.count ? $0[place].count : 0 }.max() ?? 0)
        }
        let line = { (cells: [String]) -> String in
            cells.enumerated().map { place, cell in
                let blanks = String(repeating: " ", count: max(0, widths[place] - cell.count))
                return table.columns[place].isNumeric ? blanks + cell : cell + blanks
            }.joined(separator: "  ").trimmedEnd
        }
        var lines = [
            table.caption, line(heads), widths.map { String(repeating: "-", count: $0) }.joined(separator: "  "),
        ]
        lines += rows.map(line)
        var seen: [String] = []
        for cell in table.rows.joined() where cell.text == nil {
            if let reason = cell.reason, !seen.contains(reason) { seen.append(reason) }
        }
        if !seen.isEmpty { lines.append("— " + seen.map(Markdown.onOneLine).joined(separator: "; ")) }
        return lines.joined(separator: "\n")
    }

    private var markdown: String {
        let parts = ["# \(Markdown.marked(title))"] + sentences.map(Markdown.marked) + tables.map { Markdown.table($0) }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private var html: String {
        let escape = AnswerSheet.escaped
        var parts = [
            "<!doctype html>", "<html lang=\"en\">", "<meta charset=\"utf-8\">",
            "<meta name=\"viewport\" content=\"width=device-width\">", "<title>\(escape(title))</title>",
            "<style>body{font:1rem/1.5 system-ui;margin:1rem;max-width:60rem}table{border-collapse:collapse;margin:1rem 0;display:block;overflow-x:auto}caption{text-align:left}th,td{padding:.2rem .6rem;border-bottom:1px solid #999;text-align:left}.n{text-align:right;font-variant-numeric:tabular-nums}:root{color-scheme:light dark}</style>",
            "<h1>\(escape(title))</h1>",
        ]
        parts += content
        return parts.joined(separator: "\n") + "\n</html>\n"
    }

    /// The answer as a page to be sent: nothing to load and no style, so that it looks alike in a mail and under a strict
    /// policy, with links to where it comes from.
    func mail(links: [Link]) -> [UInt8] {
        let escape = AnswerSheet.escaped
        var parts = [
            "<!doctype html>", "<html lang=\"\(Language.current.code)\">", "<meta charset=\"utf-8\">",
            "<meta name=\"viewport\" content=\"width=device-width\">",
            "<title>\(escape(title))</title>",
            "<p><a href=\"#digest\">\(escape(say("Skip to the digest")))</a></p>",
        ]
        let named = links.map { "<a href=\"\(escape($0.path))\">\(escape($0.text))</a>" }.joined(separator: ", ")
        parts += [
            "<nav aria-label=\"\(escape(say("Report")))\"><p>\(escape(say("More stands in the report:"))) \(named).</p></nav>",
            "<main id=\"digest\" tabindex=\"-1\">", "<h1>\(escape(title))</h1>",
        ]
        parts += content
        return Array((parts.joined(separator: "\n") + "\n</main>\n</html>\n").utf8)
    }

    /// Sentences and tables as HTML.
    private var content: [String] {
        let escape = AnswerSheet.escaped
        var parts = sentences.map { "<p>\(escape($0))</p>" }
        for table in tables {
            parts.append("<table tabindex=\"0\"><caption>\(escape(table.caption))</caption>")
            let heads = table.columns.map {
                "<th scope=\"col\"\($0.isNumeric ? " class=\"n\"" : "")>\(escape($0.unit.isEmpty ? $0.title : "\($0.title) (\($0.unit))"))</th>"
            }
            parts.append("<thead><tr>\(heads.joined())</tr></thead><tbody>")
            for row in table.rows {
                let cells = zip(row, table.columns).map { cell, column in
                    let reason = cell.text == nil ? cell.reason.map { " title=\"\(escape($0))\"" } ?? "" : ""
                    return "<td\(column.isNumeric ? " class=\"n\"" : "")\(reason)>\(escape(cell.words))</td>"
                }
                parts.append("<tr>\(cells.joined())</tr>")
            }
            parts.append("</tbody></table>")
        }
        return parts
    }

    /// Text and attribute values without markup.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case "'": "&#39;"
            default: String(Character(scalar))
            }
        }.joined()
    }
}

extension String {
    /// Without blanks at the end.
    fileprivate var trimmedEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
