import Charts

/// What a script sorts the cells of a column by where their words do not say it.
///
/// Words that begin with a number (`−0.0123`, `12 345`, `75.1 %`, `0.71 to 0.74`, `< 0.001`) sort by it;
/// `Templates/assets/tables.js` reads them by the same rule. A column whose words would sort otherwise than its values gets a
/// number of seven digits in each cell: more than a table shows.
enum SortKeys {
    /// The keys to write for one column, each cell's or nil; all nil where the words sort as the values do.
    static func keys(of cells: [(value: Double?, text: String?)]) -> [Double?] {
        let finite = cells.map { cell in cell.value.flatMap { $0.isFinite ? $0 : nil } }
        return sorts(cells, finite) ? cells.map { _ in nil } : finite.map { $0.map(shortened) }
    }

    /// Whether the numbers in front rise with the values, and stand wherever there is a value.
    private static func sorts(_ cells: [(value: Double?, text: String?)], _ finite: [Double?]) -> Bool {
        var pairs: [(value: Double, shown: Double)] = []
        for (cell, value) in zip(cells, finite) {
            guard let value else { continue }
            guard let shown = cell.text.flatMap(leadingNumber) else { return false }
            pairs.append((value, shown))
        }
        pairs.sort { ($0.value, $0.shown) < ($1.value, $1.shown) }
        return zip(pairs, pairs.dropFirst()).allSatisfy { $0.shown <= $1.shown }
    }

    /// The number that a text begins with: a bound's sign, a sign, digits with thin spaces between them, decimals behind the mark of
    /// the language; then
    /// the end, a blank, a thin space or a percent sign. Nil for anything else, such as a date.
    static func leadingNumber(_ text: String) -> Double? {
        var rest = text.unicodeScalars[...]
        if let first = rest.first, "<>\u{2264}\u{2265}".unicodeScalars.contains(first) {
            rest = rest.dropFirst()
            if rest.first == " " { rest = rest.dropFirst() }
        }
        var number: [UInt8] = []
        if let first = rest.first, "+-\u{2212}".unicodeScalars.contains(first) {
            if first != "+" { number.append(UInt8(ascii: "-")) }
            rest = rest.dropFirst()
        }
        guard let first = rest.first, ("0"..."9").contains(first) else { return nil }
        var hasPoint = false
        let mark = ChartWords.current.decimalMark.unicodeScalars.first ?? "."
        while let scalar = rest.first {
            switch scalar {
            case "0"..."9": number.append(UInt8(truncatingIfNeeded: scalar.value))
            case mark where !hasPoint:
                hasPoint = true
                number.append(UInt8(ascii: "."))
            case "\u{202F}": break
            case " ", "%": return value(number)
            default: return isBehindThinSpace(rest, in: text) ? value(number) : nil
            }
            rest = rest.dropFirst()
        }
        return value(number)
    }

    private static func value(_ digits: [UInt8]) -> Double? { Double(String(decoding: digits, as: UTF8.self)) }

    /// A unit follows its number behind a thin space: `12 s`.
    private static func isBehindThinSpace(_ rest: Substring.UnicodeScalarView, in text: String) -> Bool {
        rest.startIndex > text.startIndex
            && text.unicodeScalars[text.unicodeScalars.index(before: rest.startIndex)] == "\u{202F}"
    }

    /// The nearest number of seven decimal digits.
    static func shortened(_ value: Double) -> Double {
        guard value != 0, value.isFinite else { return value }
        var (size, places) = (abs(value), 0)
        while size < 1e6, places < 300 { (size, places) = (size * 10, places + 1) }
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let rounded = (value * scale).rounded() / scale
        return rounded.isFinite ? rounded : value
    }
}
