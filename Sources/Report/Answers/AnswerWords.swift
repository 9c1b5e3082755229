import Analysis
import Charts
import Model

/// Cells of the answers to questions from the terminal.
enum AnswerWords {
    /// A number with about six digits, five and a power of ten where it is very small or large, which is what a person compares at a terminal.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "—" : NumberText.fixed(value, decimals: 0) }
        let size = abs(value)
        if size != 0, size < 1e-4 || size >= 1e9 { return NumberText.scientific(value, decimals: 4) }
        let decimals = size >= 1e5 ? 0 : size >= 1e4 ? 1 : size >= 1e3 ? 2 : size >= 100 ? 3 : size >= 10 ? 4 : 6
        return NumberText.fixed(value, decimals: decimals)
    }

    static func cell(_ value: Double?, reason: String = "not defined") -> TableCell {
        value.map { TableCell(number($0), sortKey: $0) } ?? TableCell(nil, reason: reason)
    }

    static func cell(_ value: Int) -> TableCell { TableCell(NumberWords.count(value), sortKey: Double(value)) }

    static func cell<Value>(_ answer: Answer<Value>, _ figure: (Value) -> Double?) -> TableCell {
        switch answer {
        case .success(let value): cell(figure(value))
        case .failure(let absence): TableCell(nil, reason: Wording.absence(absence))
        }
    }

    static func interval(_ interval: Interval?, reason: String = "not defined") -> TableCell {
        interval.map { TableCell("\(number($0.low)) to \(number($0.high))", sortKey: $0.low) }
            ?? TableCell(nil, reason: reason)
    }

    /// The head of a column of intervals: `95 % interval`.
    static func intervalTitle(_ level: Double) -> String { "\(NumberWords.level(level)) interval" }

    /// The p of a test, or why there is none.
    static func p(_ answer: Answer<TestFigures>) -> TableCell {
        switch answer {
        case .success(let test): p(test)
        case .failure(let absence): TableCell(nil, reason: Wording.absence(absence))
        }
    }

    /// The name of a test, and whether its p is exact or approximate where it may be either.
    static func method(_ answer: Answer<TestFigures>) -> TableCell {
        switch answer {
        case .success(let test): TableCell(name(test))
        case .failure(let absence): TableCell(nil, reason: Wording.absence(absence))
        }
    }

    private static func name(_ test: TestFigures) -> String {
        let name = Wording.method(test.method)
        guard test.method != .fisherExact, let isExact = test.isExact else { return name }
        return "\(name), \(isExact ? "exact" : "approximate")"
    }

    private static func p(_ test: TestFigures) -> TableCell {
        test.bound == nil ? p(test.p) : TableCell(NumberWords.bareP(test), sortKey: test.p)
    }

    static func p(_ value: Double?) -> TableCell {
        value.map { TableCell($0 < 1e-4 ? "< 0.0001" : NumberText.fixed($0, decimals: 4), sortKey: $0) }
            ?? TableCell(nil, reason: "no test")
    }

    /// A test as cells: its name, statistic, degrees of freedom and p.
    static func row(_ name: String, _ answer: Answer<TestFigures>) -> [TableCell] {
        switch answer {
        case .success(let test):
            [
                TableCell(test.isExact.map { "\(name), \($0 ? "exact" : "approximate")" } ?? name),
                cell(test.statistic),
                TableCell(test.degreesOfFreedom.map { number($0).trimmedZeros }.joined(separator: ", ")), p(test),
            ]
        case .failure(let absence):
            [TableCell(name)] + Array(repeating: TableCell(nil, reason: Wording.absence(absence)), count: 3)
        }
    }

    static let testColumns: [TableBlock.Column] = [
        .init("Test"), .init("Statistic", isNumeric: true), .init("Degrees of freedom", isNumeric: true),
        .init("p", isNumeric: true),
    ]

    /// `all`, or the group's value.
    static func name(_ group: Group) -> String {
        if case .value(_, let value) = group { return value }
        return "all"
    }
}

extension String {
    /// A decimal number without the zeros at its end: `0.05` for `0.050000`.
    var trimmedZeros: String {
        guard contains(".") else { return self }
        var text = self
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text
    }
}
