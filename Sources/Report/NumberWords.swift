import Analysis
import Charts
import Model
import Words

/// Numbers in words: how many digits, which unit, which sign.
enum NumberWords {
    /// 12 345 with narrow spaces.
    static func count(_ value: Int) -> String { NumberText.fixed(Double(value), decimals: 0) }

    /// "1 session", "12 sessions".
    static func count(_ value: Int, _ one: Phrase, _ many: Phrase) -> String {
        "\(count(value)) \(say(value == 1 ? one : many))"
    }

    /// So many decimals that a width shows two digits that mean something; none for what is not finite.
    static func decimals(resolving width: Double) -> Int {
        guard width.isFinite, width > 0 else { return 2 }
        var decimals = 0
        var scaled = width
        while scaled < 10, decimals < 6 {
            scaled *= 10
            decimals += 1
        }
        return decimals
    }

    /// A number with about four digits.
    static func plain(_ value: Double) -> String { NumberText.fixed(value, decimals: plainDecimals(value)) }

    /// The decimals with which a number has about four digits.
    static func plainDecimals(_ value: Double) -> Int {
        let size = abs(value)
        return size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : size >= 0.001 || size == 0 ? 4 : 6
    }

    /// A setting as it is written in the configuration.
    static func exactly(_ value: Double) -> String {
        let digits = value == value.rounded() && abs(value) < 1e15 ? String(Int(abs(value))) : "\(abs(value))"
        let mark = ChartWords.current.decimalMark
        return (value < 0 ? "−" : "") + (mark == "." ? digits : digits.replacing(".", with: mark))
    }

    /// Numbers as they are, all with the decimals of the one that has most.
    static func evenly(_ values: [Double]) -> [String] {
        let mark = ChartWords.current.decimalMark
        let decimals = values.map { exactly($0).split(separator: mark).dropFirst().first?.count ?? 0 }.max() ?? 0
        return values.map { NumberText.fixed($0, decimals: decimals) }
    }

    /// How far a value lies from what was expected, in robust standard deviations; from 100 on that tells no more than that
    /// the values hardly scatter, and is said so: value and expectation stand beside it.
    static func score(_ value: Double) -> TableCell {
        abs(value) < 100
            ? TableCell(NumberText.fixed(value, decimals: 1), sortKey: value)
            : TableCell(nil, sortKey: value, reason: say("hardly any scatter"))
    }

    /// A share as a percentage.
    static func percent(_ share: Double, decimals: Int = 1) -> String {
        NumberText.fixed(share * 100, decimals: decimals) + "\u{202F}%"
    }

    /// "p < 0.001" or "p = 0.023".
    static func p(_ value: Double) -> String {
        value < 0.001 ? "p \(bareP(value))" : "p = \(bareP(value))"
    }

    /// A p value alone, for a column.
    static func bareP(_ value: Double) -> String {
        value < 0.001 ? "< " + NumberText.fixed(0.001, decimals: 3) : NumberText.fixed(value, decimals: 3)
    }

    /// The p value of a test, with the sign of where tables end.
    static func bareP(_ test: TestFigures) -> String {
        switch test.bound {
        case .atMost: "≤ " + NumberText.fixed(test.p, decimals: 3)
        case .atLeast: "≥ " + NumberText.fixed(test.p, decimals: 3)
        case nil: bareP(test.p)
        }
    }

    /// 95 % as in "95 % interval".
    static func level(_ level: Double) -> String {
        let percent = level * 100
        return NumberText.fixed(percent, decimals: percent == percent.rounded() ? 0 : 1) + "\u{202F}%"
    }

    /// "+12 %" for 0.12.
    static func signedPercent(_ share: Double) -> String { signed(percent(share), share) }

    /// With a plus where it is above 0 as it is written: what rounds to 0 has no sign.
    static func signed(_ text: String, _ value: Double) -> String {
        value > 0 && !text.hasPrefix("−") && text.contains { ("1"..."9").contains($0) } ? "+" + text : text
    }
}

/// The words for values of one metric.
struct MetricWords {
    let metric: Metric

    /// A value with its unit; a proportion as a percentage.
    func value(_ value: Double, resolving width: Double? = nil) -> String {
        if metric.isProportion {
            return NumberWords.percent(
                value, decimals: width.map { max(1, min(3, NumberWords.decimals(resolving: $0 * 100) - 1)) } ?? 1)
        }
        return withUnit(
            width.map { NumberText.fixed(value, decimals: NumberWords.decimals(resolving: $0)) }
                ?? NumberWords.plain(value))
    }

    /// A value that is no proportion with as many decimals as its column has.
    func value(_ value: Double, decimals: Int) -> String { withUnit(NumberText.fixed(value, decimals: decimals)) }

    /// A difference of what is no proportion with as many decimals as its column has.
    func difference(_ value: Double, decimals: Int) -> String {
        withUnit(NumberWords.signed(NumberText.fixed(value, decimals: decimals), value))
    }

    /// A difference with its sign; of proportions in percentage points.
    func difference(_ value: Double, resolving width: Double? = nil) -> String {
        if metric.isProportion {
            let decimals = width.map { max(1, min(3, NumberWords.decimals(resolving: $0 * 100) - 1)) } ?? 1
            return NumberWords.signed(NumberText.fixed(value * 100, decimals: decimals), value) + say(" points")
        }
        let text =
            width.map { NumberText.fixed(value, decimals: NumberWords.decimals(resolving: $0)) }
            ?? NumberWords.plain(value)
        return withUnit(NumberWords.signed(text, value))
    }

    /// A measure of spread in the metric's unit: a standard deviation, a range; of proportions in percentage points.
    func spread(_ value: Double) -> String {
        metric.isProportion
            ? NumberText.fixed(value * 100, decimals: 1) + say(" points") : withUnit(NumberWords.plain(value))
    }

    /// A difference of two means with the decimals in which the larger of them is told beside it.
    func difference(_ value: Double, between a: Double, _ b: Double) -> String {
        guard !metric.isProportion else { return difference(value) }
        let decimals = NumberWords.plainDecimals(max(abs(a), abs(b)))
        return withUnit(NumberWords.signed(NumberText.fixed(value, decimals: decimals), value))
    }

    /// A difference with as many decimals as its interval has.
    func difference(_ value: Double, beside interval: Interval) -> String {
        difference(value, resolving: interval.high - interval.low)
    }

    /// "from 0.71 to 0.74".
    func interval(_ interval: Interval) -> String {
        let width = interval.high - interval.low
        return say("\(value(interval.low, resolving: width)) to \(value(interval.high, resolving: width))")
    }

    /// The same for a difference.
    func differenceInterval(_ interval: Interval) -> String {
        let width = interval.high - interval.low
        return say("\(difference(interval.low, resolving: width)) to \(difference(interval.high, resolving: width))")
    }

    /// The unit that an axis or column names.
    var unit: String { metric.isProportion ? "%" : metric.unit }

    /// A value on the axis of a chart: percentages for proportions.
    func onAxis(_ value: Double) -> Double { metric.isProportion ? value * 100 : value }

    private func withUnit(_ text: String) -> String {
        metric.unit.isEmpty || metric.unit == "score" ? text : "\(text)\u{202F}\(metric.unit)"
    }
}
