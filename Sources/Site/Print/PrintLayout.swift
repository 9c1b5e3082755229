import Charts
import Drawing
import Report

/// Sets pages on sheets of A4: words broken into lines, tables with repeated heads, pictures in the width of the column.
struct PrintLayout {
    /// A4 in points, and its margins.
    static let (width, height, margin) = (595.28, 841.89, 54.0)
    static let bottom = height - 62
    static let column = width - 2 * margin

    let plain: TextMeasure
    let bold: TextMeasure
    /// What the sheets hold; links are keys of `places` until all places are known.
    private(set) var sheets: [[PrintedDocument.Item]] = [[]]
    private(set) var headings: [PrintedDocument.Heading] = []
    /// Where pages begin, by their path below the run's folder.
    private(set) var places: [String: PrintedDocument.Target] = [:]
    /// Links whose place is not known yet: the sheet, the item and the path.
    private(set) var links: [(sheet: Int, item: Int, path: String)] = []
    /// Where the next line goes.
    var y = PrintLayout.margin
    /// Sheets that stand before the first of these.
    let offset: Int

    init(plain: TextMeasure, bold: TextMeasure, offset: Int) {
        self.plain = plain
        self.bold = bold
        self.offset = offset
    }

    /// Begins a new sheet unless this one is empty.
    mutating func breakSheet() {
        if sheets[sheets.count - 1].isEmpty { return }
        sheets.append([])
        y = PrintLayout.margin
    }

    /// Begins a new sheet if less than so much room is left.
    mutating func need(_ room: Double) { if y + room > PrintLayout.bottom { breakSheet() } }

    mutating func add(_ item: PrintedDocument.Item) { sheets[sheets.count - 1].append(item) }

    /// Remembers where a page begins.
    mutating func mark(_ path: String) {
        places[path] = PrintedDocument.Target(sheet: sheets.count - 1 + offset, y: max(0, y - 20))
    }

    mutating func head(_ title: String, level: Int) {
        headings.append(
            PrintedDocument.Heading(
                title, level: level,
                target: PrintedDocument.Target(sheet: sheets.count - 1 + offset, y: max(0, y - 20))))
    }

    /// The sheets with every link that leads to a page of the document; links elsewhere are plain words.
    func linked() -> [[PrintedDocument.Item]] {
        var linked = sheets
        for link in links {
            guard case .text(var words) = linked[link.sheet][link.item] else { continue }
            if let target = places[link.path] { words.target = target } else { words.colour = "ink" }
            linked[link.sheet][link.item] = .text(words)
        }
        return linked
    }

    // MARK: Words

    /// A stretch of words in one look.
    struct Run {
        var text: String
        var isBold = false
        var colour = "ink"
        /// The page that it leads to.
        var path: String?
    }

    /// Sets runs as a paragraph; returns nothing, moves `y` below it.
    mutating func paragraph(
        _ runs: [Run], size: Double = 9.5, x: Double = PrintLayout.margin, width: Double = PrintLayout.column,
        after gap: Double = 4
    ) {
        let leading = size * 1.4
        for line in lines(of: runs, size: size, width: width) {
            need(leading)
            y += leading
            place(line, x: x, y: y - leading * 0.25, size: size)
        }
        y += gap
    }

    /// Puts the runs of one line down from a place on.
    mutating func place(_ line: [Run], x start: Double, y: Double, size: Double) {
        var x = start
        for run in line {
            let width = (run.isBold ? bold : plain).width(run.text, size)
            if let path = run.path { links.append((sheets.count - 1, sheets[sheets.count - 1].count, path)) }
            add(
                .text(
                    PrintedDocument.Words(
                        run.text, x: x, y: y, size: size, isBold: run.isBold, colour: run.colour, width: width)))
            x += width
        }
    }

    /// Runs broken into lines that are no wider than the column; a word that is too wide is cut.
    func lines(of runs: [Run], size: Double, width: Double) -> [[Run]] {
        var lines: [[Run]] = []
        var line: [Run] = []
        var used = 0.0
        for run in runs {
            let measure = run.isBold ? bold : plain
            for piece in PrintLayout.pieces(of: run.text) {
                var word = piece
                var wide = measure.width(word, size)
                if used + measure.width(PrintLayout.trimmed(word), size) > width, used > 0 {
                    lines.append(line)
                    (line, used) = ([], 0)
                }
                while wide > width, word.count > 1 {
                    let fitting = PrintLayout.fitting(word, size: size, width: width, measure)
                    lines.append([run.with(fitting)])
                    word = String(word.dropFirst(fitting.count))
                    wide = measure.width(word, size)
                }
                if line.isEmpty, word.allSatisfy({ $0 == " " }) { continue }
                if let last = line.last, last.isAlike(run) {
                    line[line.count - 1].text += word
                } else {
                    line.append(run.with(word))
                }
                used += wide
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }

    /// Words with the blanks after them.
    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var word = ""
        var hasEnded = false
        for character in text {
            let isBlank = character == " " || character == "\n" || character == "\t"
            if hasEnded, !isBlank {
                pieces.append(word)
                (word, hasEnded) = ("", false)
            }
            word.append(isBlank ? " " : character)
            hasEnded = isBlank
        }
        return word.isEmpty ? pieces : pieces + [word]
    }

    private static func trimmed(_ word: String) -> String {
        var word = word
        while word.last == " " { word.removeLast() }
        return word
    }

    private static func fitting(_ word: String, size: Double, width: Double, _ measure: TextMeasure) -> String {
        var part = ""
        for character in word {
            if !part.isEmpty, measure.width(part + String(character), size) > width { break }
            part.append(character)
        }
        return part
    }
}

extension PrintLayout.Run {
    fileprivate func with(_ text: String) -> PrintLayout.Run {
        var run = self
        run.text = text
        return run
    }

    fileprivate func isAlike(_ other: PrintLayout.Run) -> Bool {
        isBold == other.isBold && colour == other.colour && path == other.path
    }
}
