import Diagnostics
import Model

/// The rows of a small register with their fields found by name.
struct RegisterFields {
    /// The rows that are read; of a long file those of the part at hand.
    var rows: LooseRows
    /// Whether nothing that was found in a refused cell is kept, because it may tell who somebody is.
    var withholdsFindings = false
    private let declared: [String: String]
    let file: String
    var log: RejectLog
    private let timeFormat: TimeFormat
    private let declaredFormat: TimeFormat
    private var times = TimeStampReader()
    private let zone: ZoneRules
    private let dayRule: DayRule
    /// What stands before the decimals of numbers.
    private let decimalMark: UInt8
    /// What was said of rows that count: each sentence with its first row and how often it was said.
    private var remarks: [(remark: Remark, line: Int, count: Int)] = []

    init(
        _ rows: LooseRows, mapping: SourceMapping, file: String, zone: ZoneRules, limits: ReadLimits, dates: [String]
    ) {
        self.rows = rows
        self.file = file
        self.zone = zone
        declared = mapping.fields
        dayRule = mapping.dayRule
        decimalMark = mapping.decimalComma && rows.areCSV ? Ascii.comma : Ascii.dot
        log = RejectLog(
            file: file, limit: limits.rejectsKept,
            keepsFiguresOnly: mapping.role == .learning || mapping.role == .goals)
        let columns = dates + ["start", "end", "day", "time"].compactMap { mapping.fields[$0] }
        let texts = columns.flatMap { rows.values(of: $0) }
        declaredFormat = mapping.timeFormat
        timeFormat =
            mapping.timeFormat == .automatic ? TimeFormatGuess(texts)?.format ?? .yearFirst : mapping.timeFormat
    }

    /// The text of a field: in the declared column, else in the first of the usual ones; nil if blank or not there.
    func text(_ row: LooseRows.Row, _ field: String, _ usual: [String]) -> String? {
        place(of: field, usual).flatMap { text(row, at: $0) }
    }

    /// The place of a field's column: the declared one, else the first of the usual ones; nil if it has none.
    func place(of field: String, _ usual: [String]) -> Int? {
        let names = declared[field].map { [$0] } ?? usual
        return names.lazy.compactMap { rows.place(named: $0) }.first
    }

    /// The text in a place; nil if blank or not there.
    func text(_ row: LooseRows.Row, at place: Int) -> String? {
        guard place < row.texts.count, let text = row.texts[place] else { return nil }
        return SourceMapping.usualMissingNumbers.contains(text) ? nil : text
    }

    /// Whether the file has a column for a field.
    func has(_ field: String, _ usual: [String]) -> Bool {
        (declared[field].map { [$0] } ?? usual).contains { rows.place(named: $0) != nil }
    }

    /// The number of a field; a cell that is none is refused alone.
    mutating func number(_ row: LooseRows.Row, _ field: String, _ usual: [String]) -> Double? {
        guard let text = text(row, field, usual) else { return nil }
        if let value = number(text) { return value }
        refuseCell(row, .notANumber, field, text)
        return nil
    }

    /// A number of records, whole and from 0 on; another one is refused alone.
    mutating func count(_ row: LooseRows.Row, _ field: String, _ usual: [String]) -> Int? {
        guard let value = number(row, field, usual) else { return nil }
        if let count = Int(exactly: value), count >= 0 { return count }
        refuseCell(row, .outOfRange, field, text(row, field, usual) ?? "")
        return nil
    }

    /// The number that a text is; nil for none.
    func number(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        return DecimalNumber.value(bytes.span, 0..<bytes.count, mark: decimalMark)
    }

    /// The day of a text; nil if it is none.
    mutating func day(_ text: String) -> Day? { time(text).map { Day(number: $0.day) } }

    /// The time of a text; nil if it is none.
    mutating func time(_ text: String) -> PlacedTime? { time(text, in: zone) }

    /// The time of a text in another zone; nil if it is none.
    mutating func time(_ text: String, in zone: ZoneRules) -> PlacedTime? {
        let bytes = Array(text.utf8)
        return times.read(bytes.span, 0..<bytes.count, as: timeFormat)?.placed(in: zone, rule: dayRule)
    }

    /// How the times of some columns are written; what is declared for the file holds for them, too.
    func format(of columns: [String]) -> TimeFormat {
        guard declaredFormat == .automatic else { return declaredFormat }
        return TimeFormatGuess(columns.flatMap { rows.values(of: $0) })?.format ?? .yearFirst
    }

    /// The time of a text that is written in a format; nil if it is none.
    mutating func time(_ text: String, as format: TimeFormat) -> PlacedTime? {
        let bytes = Array(text.utf8)
        return times.read(bytes.span, 0..<bytes.count, as: format)?.placed(in: zone, rule: dayRule)
    }

    /// The column that the configuration names for a field.
    func declaredColumn(_ field: String) -> String? { declared[field] }

    /// Refuses a row.
    mutating func refuse(_ row: LooseRows.Row, _ cause: Reject.Cause, _ field: String?, _ found: String) {
        log.row(
            cause, line: row.line, position: row.position, column: field, found: withholdsFindings ? "" : found)
    }

    /// Refuses a cell; its row counts without it.
    mutating func refuseCell(_ row: LooseRows.Row, _ cause: Reject.Cause, _ field: String, _ found: String) {
        log.cell(
            cause, line: row.line, position: row.position, column: field, found: withholdsFindings ? "" : found)
    }

    /// Says something of a row that counts. The same of further rows is said once, with their number.
    mutating func remark(_ row: LooseRows.Row, _ remark: Remark) {
        if let place = remarks.firstIndex(where: { $0.remark == remark }) {
            remarks[place].count += 1
        } else {
            remarks.append((remark, row.line, 1))
        }
    }

    /// What was said of rows, each at the first of them.
    var notes: [Diagnostic] {
        remarks.map { remark, line, count in
            let others = count - 1
            let further: [Remark] =
                switch others {
                case 0: []
                case 1: [Remark(" (and 1 further row)")]
                default: [Remark(" (and \(others) further rows)")]
                }
            return Diagnostic(.warning, [remark] + further, at: .init(file: file, line: line))
        }
    }
}
