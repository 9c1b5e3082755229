import Analysis
import Charts
import Model
import Words

/// Words of points of health metrics.
struct PointWords {
    let points: PointHealth

    /// "20 November, 14:05".
    func moment(_ time: Int64) -> String {
        let stamp = points.zone.stamp(time)
        guard let day = Day(iso: String(stamp.prefix(10))) else { return stamp }
        return "\(Wording.shortDay(day)), \(stamp.dropFirst(11).prefix(5))"
    }

    /// An instant as a cell that sorts by time.
    func cell(_ time: Int64) -> TableCell { TableCell(moment(time), sortKey: Double(time)) }

    /// A value with its unit.
    static func value(_ value: Double, _ unit: String) -> String {
        NumberWords.plain(value) + (unit.isEmpty ? "" : "\u{202F}\(unit)")
    }

    /// Minutes as minutes, hours or days.
    static func minutes(_ minutes: Double) -> String {
        let size = abs(minutes)
        if size >= 2_880 { return say("\(NumberText.fixed(minutes / 1_440, decimals: 1)) days") }
        if size >= 120 { return "\(NumberText.fixed(minutes / 60, decimals: 1)) h" }
        return "\(NumberText.fixed(minutes, decimals: size < 10 && size != 0 ? 1 : 0)) min"
    }

    static func minutesCell(_ minutes: Double?, reason: String) -> TableCell {
        minutes.map { TableCell(Self.minutes($0), sortKey: $0) } ?? TableCell(nil, reason: reason)
    }

    static func share(_ share: Double?, reason: String) -> TableCell {
        share.map { TableCell(NumberWords.percent($0, decimals: 2), sortKey: $0) } ?? TableCell(nil, reason: reason)
    }

    /// "above 300 ms warning, above 800 ms critical for 5 min".
    static func limits(_ rule: PointRule, unit: String) -> String {
        let unit = unit.isEmpty ? "" : "\u{202F}\(unit)"
        let parts = [(rule.warning, say("warning")), (rule.critical, say("critical"))].compactMap { limit, word in
            limit.map { "\(say(word: rule.bad.rawValue)) \(NumberWords.exactly($0))\(unit) \(word)" }
        }
        return parts.joined(separator: ", ") + (rule.minutes > 0 ? say(" for \(minutes(rule.minutes))") : "")
            + (rule.isUsual ? say(" (usual)") : "")
    }

    func level(_ series: PointSeriesResult) -> TableCell {
        guard let level = series.level else { return TableCell(nil, reason: say("no limits")) }
        let words = HealthWords.level(level)
        let isStale = level == .unknown
        let known = series.lastKnown.map { HealthWords.level($0).word }
        return TableCell(
            words.word + (isStale ? (known.map { say(", last \($0)") } ?? "") + (staleness(series) ?? "") : ""),
            tone: words.tone)
    }

    /// How old the newest point is where it is too old to tell a status.
    private func staleness(_ series: PointSeriesResult) -> String? {
        guard let rule = series.rule, let newest = series.latest?.time else { return nil }
        let age = Double(points.until - newest) / 60_000_000
        return say("; newest point \(Self.minutes(age)) old, stale after \(Self.minutes(rule.staleMinutes))")
    }

    /// The status of a component, with what makes it unknown.
    func level(_ part: PointComponent) -> TableCell {
        let words = HealthWords.level(part.level)
        let stale = points.series.first {
            $0.level == .unknown && (part.name == points.overall.name || $0.componentName == part.name)
        }
        return TableCell(words.word + (part.level == .unknown ? stale.flatMap(staleness) ?? "" : ""), tone: words.tone)
    }

    /// The page of a series: readable, and the same in every run.
    static func path(_ series: PointSeriesResult) -> String {
        let name = series.name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let hash = StableHash.hexadecimal(StableHash.fnv1a("\(series.name)\u{1F}\(series.context)".utf8))
        return "health/points/\(String(name.prefix(40)))-\(hash.prefix(8)).html"
    }
}
