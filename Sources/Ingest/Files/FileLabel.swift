import Model

extension ExportFile {
    /// Whether its name has a day.
    public var namesDay: Bool { !FileLabel(name).date.isEmpty }
}

/// What the name of an export says: what it holds and, often, of which day.
struct FileLabel: Sendable, Equatable {
    /// The name without folders, endings and a date, month, week or quarter, such as "sessions" of
    /// `in/sessions-2026-05-02.csv.gz`, `sessions_2026-05.csv` or `sessions-2026-W19.csv`.
    let stem: [UInt8]
    /// The date in the name as `YYYY-MM-DD`; empty if there is none.
    let date: [UInt8]
    /// Whether a date, month, week or quarter stands in the name.
    let isDated: Bool

    private static let endings: Set<String> = [
        "gz", "zst", "csv", "tsv", "txt", "json", "jsonl", "ndjson", "xml", "prom",
    ]

    init(_ path: String) {
        var name = path.split(separator: "/").last.map(String.init) ?? path
        while let dot = name.lastIndex(of: "."), dot != name.startIndex,
            Self.endings.contains(name[name.index(after: dot)...].lowercased())
        {
            name = String(name[..<dot])
        }
        let bytes = Array(name.utf8)
        let found = Self.findDate(bytes)
        date = found.map { Array($0.day.iso.utf8) } ?? []
        let range = found?.range ?? Self.findPeriod(bytes)
        isDated = range != nil
        stem = Self.tidied(range.map { Array(bytes[..<$0.lowerBound] + bytes[$0.upperBound...]) } ?? bytes)
    }

    /// The stem as text.
    var name: String { String(decoding: stem, as: UTF8.self) }

    /// The first `YYYY-MM-DD`, `YYYY_MM_DD` or `YYYYMMDD` that is a date and not part of a longer number.
    private static func findDate(_ bytes: [UInt8]) -> (day: Day, range: Range<Int>)? {
        func isDigit(_ index: Int) -> Bool { bytes.indices.contains(index) && Ascii.digit(bytes[index]) <= 9 }
        for start in bytes.indices where isDigit(start) && !isDigit(start - 1) {
            for length in [10, 8] where start + length <= bytes.count && !isDigit(start + length) {
                let part = bytes[start..<start + length]
                let digits = part.filter { Ascii.digit($0) <= 9 }
                guard digits.count == 8, length == 8 || (!isDigit(start + 4) && !isDigit(start + 7)) else { continue }
                let number = digits.reduce(0) { $0 * 10 + Ascii.digit($1) }
                if let day = Day(year: number / 10_000, month: number / 100 % 100, day: number % 100) {
                    return (day, start..<start + length)
                }
            }
        }
        return nil
    }

    /// The first `YYYY-MM`, `YYYY_MM` or `YYYYMM`, `YYYY-Www` or `YYYY-Qn` of the years 1970 to 2099 that is not part of a longer
    /// number or word.
    private static func findPeriod(_ bytes: [UInt8]) -> Range<Int>? {
        func isPart(_ index: Int) -> Bool {
            guard bytes.indices.contains(index) else { return false }
            return (0...9).contains(Ascii.digit(bytes[index])) || (0x61...0x7A).contains(Ascii.lower(bytes[index]))
        }
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count else { return nil }
            return range.reduce(0) { sum, index in
                guard let sum, (0...9).contains(Ascii.digit(bytes[index])) else { return nil }
                return sum * 10 + Ascii.digit(bytes[index])
            }
        }
        for start in bytes.indices where !isPart(start - 1) {
            guard let year = number(start..<start + 4), (1970...2099).contains(year) else { continue }
            var next = start + 4
            if next < bytes.count, "-_".utf8.contains(bytes[next]) { next += 1 }
            if let month = number(next..<next + 2), (1...12).contains(month), !isPart(next + 2) {
                return start..<next + 2
            }
            guard next < bytes.count else { continue }
            let mark = Ascii.lower(bytes[next])
            if mark == UInt8(ascii: "w"), let week = number(next + 1..<next + 3), (1...53).contains(week),
                !isPart(next + 3)
            {
                return start..<next + 3
            }
            if mark == UInt8(ascii: "q"), let quarter = number(next + 1..<next + 2), (1...4).contains(quarter),
                !isPart(next + 2)
            {
                return start..<next + 2
            }
        }
        return nil
    }

    /// Without separators at the ends and without two in a row.
    private static func tidied(_ bytes: [UInt8]) -> [UInt8] {
        let separators = Set("-_. ".utf8)
        var kept: [UInt8] = []
        for byte in bytes {
            if separators.contains(byte), kept.last.map(separators.contains) ?? true { continue }
            kept.append(byte)
        }
        while let last = kept.last, separators.contains(last) { kept.removeLast() }
        return kept.isEmpty ? bytes : kept
    }
}
