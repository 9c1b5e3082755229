/// Words that stand for numbers, found without regard to the case of ASCII letters. A handful of entries.
struct WordTable: Sendable {
    private let entries: [(word: [UInt8], value: Double)]

    /// What a yes-or-no column writes.
    static let truth = WordTable([
        "true": 1, "false": 0, "yes": 1, "no": 0, "t": 1, "f": 0, "y": 1, "n": 0,
    ])

    init(_ words: [String: Double]) {
        entries = words.map { (word: $0.key.utf8.map(Ascii.lower), value: $0.value) }
            .sorted { $0.word.lexicographicallyPrecedes($1.word) }
    }

    var isEmpty: Bool { entries.isEmpty }

    /// The number of a word; nil if it is not in the table.
    func value(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
        for entry in entries where ByteText.equalsIgnoringCase(bytes, range, entry.word) { return entry.value }
        return nil
    }
}

/// Texts that stand for a value that is not there.
struct MissingMarks: Sendable {
    private let marks: [[UInt8]]
    /// Whether an empty field is one.
    let includesEmpty: Bool
    /// Whether one of them reads as a number (-1, 999), so that numbers must be compared too.
    let includesNumbers: Bool

    init(_ texts: [String]) {
        marks = texts.filter { !$0.isEmpty }.map { Array($0.utf8) }
        includesEmpty = texts.contains("")
        includesNumbers = marks.contains { DecimalNumber.value($0.span, 0..<$0.count) != nil }
    }

    /// Whether the stretch is exactly one of them.
    @inline(__always)
    func contains(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        if range.isEmpty { return includesEmpty }
        for mark in marks where ByteText.equals(bytes, range, mark) { return true }
        return false
    }
}
