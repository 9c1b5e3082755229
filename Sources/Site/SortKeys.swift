/// What a script sorts a cell by where the words do not say it.
///
/// Words that are one plain number (`−0.0123`, `12 345`, `+4`) sort by themselves; `Templates/assets/tables.js` reads them by
/// the same rule. Others get a number of seven digits: more than a table shows.
enum SortKeys {
    /// The key to write; nil where there is none or none is needed.
    static func key(_ value: Double?, beside text: String?) -> Double? {
        guard let value, value.isFinite, !(text.map(isPlainNumber) ?? false) else { return nil }
        return shortened(value)
    }

    /// Whether a text is a sign, digits with thin spaces between them, and decimals.
    static func isPlainNumber(_ text: String) -> Bool {
        var rest = text.unicodeScalars[...]
        if let first = rest.first, "+-\u{2212}".unicodeScalars.contains(first) { rest = rest.dropFirst() }
        guard let first = rest.first, ("0"..."9").contains(first) else { return false }
        var points = 0
        for scalar in rest {
            switch scalar {
            case "0"..."9", "\u{202F}": continue
            case ".": points += 1
            default: return false
            }
        }
        return points <= 1
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
