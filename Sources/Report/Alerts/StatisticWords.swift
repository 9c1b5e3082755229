import Analysis
import Charts
import Model
import Words

/// The words for one statistic of one metric: what it is called and how its figures are written.
struct StatisticWords {
    let statistic: MetricStatistic
    /// Nil for records, whatever they hold.
    let metric: Metric?

    /// "95th percentile of Response time".
    var title: String {
        let title = metric?.title ?? say("records")
        return switch statistic {
        case .mean: title
        case .quantile(let share): say("\(ordinal(Int((share * 100).rounded()))) percentile of \(title)")
        case .shareAbove(let limit): say("Share of \(title) over \(valueOfMetric(limit))")
        case .shareBelow(let limit): say("Share of \(title) under \(valueOfMetric(limit))")
        case .count: metric.map { say("Records with \($0.title)") } ?? say("Records")
        case .missingShare: say("Records without \(title)")
        }
    }

    /// A figure with its unit.
    func value(_ value: Double, resolving width: Double? = nil) -> String {
        if statistic == .count { return NumberWords.count(Int(value.rounded())) }
        if isShare { return NumberWords.percent(value, decimals: decimals(width)) }
        return metric.map { MetricWords(metric: $0).value(value, resolving: width) } ?? NumberWords.plain(value)
    }

    /// A limit or target as somebody has declared it, without digits that he did not write.
    func limit(_ value: Double) -> String {
        if statistic == .count { return NumberWords.count(Int(value.rounded())) }
        if isShare {
            let percent = (value * 1e8).rounded() / 1e6
            return "\(NumberWords.exactly(percent))\u{202F}%"
        }
        return valueOfMetric(value)
    }

    /// A difference with its sign.
    func difference(_ value: Double) -> String {
        if statistic == .count {
            return NumberWords.signed(NumberText.fixed(value, decimals: 0), value)
        }
        if isShare { return NumberWords.signed(NumberText.fixed(value * 100, decimals: 1), value) + say(" points") }
        return metric.map { MetricWords(metric: $0).difference(value) } ?? NumberWords.plain(value)
    }

    /// "from 0.71 to 0.74".
    func interval(_ interval: Interval) -> String {
        let width = interval.high - interval.low
        return say("\(value(interval.low, resolving: width)) to \(value(interval.high, resolving: width))")
    }

    /// The unit that an axis names.
    var unit: String { statistic == .count ? "" : isShare ? "%" : metric?.unit ?? "" }

    /// A figure on an axis: percentages for shares.
    func onAxis(_ value: Double) -> Double { isShare && statistic != .count ? value * 100 : value }

    private var isShare: Bool { statistic.isShare(of: metric) }

    private func valueOfMetric(_ value: Double) -> String {
        let text = NumberWords.exactly(value)
        guard let unit = metric?.unit, !unit.isEmpty, unit != "score" else { return text }
        return "\(text)\u{202F}\(unit)"
    }

    private func decimals(_ width: Double?) -> Int {
        width.map { max(0, min(3, NumberWords.decimals(resolving: $0 * 100))) } ?? 1
    }

    private func ordinal(_ number: Int) -> String {
        switch (number % 10, number % 100) {
        case (_, 11...13): say("\(number)th")
        case (1, _): say("\(number)st")
        case (2, _): say("\(number)nd")
        case (3, _): say("\(number)rd")
        default: say("\(number)th")
        }
    }
}
