import Analysis
import Charts
import Model
import Words

/// Pictures of learning.
struct LearningFigures {
    /// The zone of the days that are drawn, in words.
    var zone = say("zones of the learners")
    /// The days that a caption tells of where it names none: all that is known of.
    let days: Period

    /// What every caption says: what is drawn, which days, in which zone.
    func caption(_ words: String, period: Period? = nil) -> Prose {
        tell("\(words) · \(Wording.period(period ?? days)) · days in \(zone)")
    }

    /// Days of a calendar as cells in weeks, Sunday first, with the legend of their shades.
    func calendar(
        _ counts: [(day: Day, sessions: Int)], title: String, caption words: String
    ) -> [FigureBlock] {
        guard let first = counts.first?.day, let last = counts.last?.day else { return [] }
        // Sunday is 6 days after Monday.
        let sunday = first.advanced(by: -((first.weekday + 1) % 7))
        let weeks = sunday.distance(to: last) / 7 + 1
        let most = counts.map(\.sessions).max() ?? 0
        let cells = counts.map { item in
            Mark.Cell(
                column: sunday.distance(to: item.day) / 7, row: (item.day.weekday + 1) % 7,
                tone: Self.shade(Self.level(item.sessions, of: most)))
        }
        let names = (0..<weeks).map { Wording.shortDay(sunday.advanced(by: 7 * $0)) }
        let active = counts.count { $0.sessions > 0 }
        let total = counts.reduce(0) { $0 + $1.sessions }
        let figure = Figure(
            title: title,
            description:
                say(
                    "\(NumberWords.count(total, "session", "sessions")) on \(NumberWords.count(active)) of \(NumberWords.count(counts.count)) days, at most \(NumberWords.count(most)) on one day."
                ),
            size: .rows(7), x: Axis(title: say("Week, from Sunday"), scale: .names(names)),
            y: Axis(
                title: "",
                scale: .names([say("Sun"), say("Mon"), say("Tue"), say("Wed"), say("Thu"), say("Fri"), say("Sat")])),
            marks: [.cells(cells)]
        )
        let calendar = FigureBlock(
            figure: figure,
            caption: tell(
                "\(words) · struck out: no session · \(Wording.period(Period(days: counts.count, through: last)))"
            ),
            data: months(counts))
        return [calendar.openingOnNewest, legend(most, of: title)]
    }

    /// From 0 to 4: min(4, ⌊4 · count / most⌋ + 1) where there is a session.
    static func level(_ count: Int, of most: Int) -> Int {
        count == 0 || most == 0 ? 0 : min(4, 4 * count / most + 1)
    }

    private static func shade(_ level: Int) -> Tone? { level == 0 ? nil : .sequential(0.1 + 0.225 * Double(level)) }

    /// How many sessions a day each shade stands for; a shade that no number of sessions has is left out.
    private func legend(_ most: Int, of title: String) -> FigureBlock {
        let levels = Dictionary(grouping: 0...most) { Self.level($0, of: most) }.sorted { $0.key < $1.key }
        let names = levels.map { level, counts -> String in
            guard level > 0, let low = counts.first, let high = counts.last else { return say("none") }
            return low == high ? NumberWords.count(low) : say("\(NumberWords.count(low)) to \(NumberWords.count(high))")
        }
        // Also in words: on a narrow screen the picture is scrolled.
        let shades = names.dropFirst().joined(separator: ", ")
        let words =
            switch names.count {
            case ...1: say("No session.")
            // Two sessions a day have a shade beside that of one.
            case 2: say("Shaded: one session a day.")
            default: say("From light to dark, sessions a day: \(shades).")
            }
        let figure = Figure(
            title: say("Shades of “\(title)”"), description: say("How many sessions a day each shade stands for."),
            size: .rows(1), x: Axis(title: say("Sessions a day"), scale: .names(names)),
            y: Axis(title: "", scale: .names([""])),
            marks: [
                .cells(
                    levels.enumerated().map { place, item in
                        Mark.Cell(column: place, row: 0, tone: Self.shade(item.key))
                    })
            ])
        return FigureBlock(figure: figure, caption: Prose(words), data: nil)
    }

    /// The text of a calendar: its months.
    private func months(_ counts: [(day: Day, sessions: Int)]) -> TableBlock {
        var rows: [(label: String, days: Int, active: Int, sessions: Int)] = []
        for item in counts {
            let label = String(item.day.iso.prefix(7))
            if rows.last?.label != label { rows.append((label, 0, 0, 0)) }
            rows[rows.count - 1].days += 1
            rows[rows.count - 1].active += item.sessions > 0 ? 1 : 0
            rows[rows.count - 1].sessions += item.sessions
        }
        return TableBlock(
            caption: say("Sessions by month"),
            columns: [
                .init(say("Month")), .init(say("Days shown"), isNumeric: true),
                .init(say("With a session"), isNumeric: true),
                .init(say("Sessions"), isNumeric: true),
            ],
            rows: rows.map { row in
                [TableCell(row.label)] + [row.days, row.active, row.sessions].map { Self.count($0) }
            })
    }

    /// Bars by name.
    ///
    /// - Parameters:
    ///   - things: what the names name, at the head of their column.
    ///   - ticks: shorter names for the axis.
    ///   - isCount: whether values are numbers of things.
    ///   - leavesOut: whether there are others that are not told, one of which may be the longest.
    func bars(
        _ title: String, _ values: [(name: String, value: Double, low: Double?, high: Double?)], of things: String,
        ticks: [String]? = nil, axis: String, caption words: String, leavesOut: Bool = false, isCount: Bool = false,
        number: (Double) -> String
    ) -> FigureBlock? {
        guard let most = values.max(by: { $0.value < $1.value }), most.value > 0 else { return nil }
        let names = ticks ?? values.map(\.name)
        let isTall = names.contains { $0.count > 4 }
        let estimates = values.enumerated().map { place, item in
            Mark.Estimate(slot: Double(place), value: item.value, low: item.low, high: item.high)
        }
        let slots = Axis(title: "", scale: .names(names))
        let amounts = Axis(title: axis, scale: .linear(domain: nil, includesZero: true), isCount: isCount)
        let figure = Figure(
            title: title,
            description: highest(values.map { ($0.name, number($0.value)) }, number(most.value), leavesOut: leavesOut),
            size: isTall ? .rows(values.count) : .standard, x: isTall ? amounts : slots, y: isTall ? slots : amounts,
            marks: [.bars(estimates, tone: .series(1))])
        return FigureBlock(
            figure: figure, caption: caption(words),
            data: TableBlock(
                caption: title, columns: [.init(things), .init(axis, isNumeric: true)],
                rows: values.map { [TableCell($0.name), TableCell(number($0.value), sortKey: $0.value)] }))
    }

    /// The names of what reads as the greatest value.
    private func highest(_ values: [(name: String, text: String)], _ most: String, leavesOut: Bool) -> String {
        let first = values.filter { $0.text == most }.map(\.name)
        if first.count == values.count, first.count > 1 { return say("Everywhere \(most).") }
        let names =
            first.count > 5
            ? first.prefix(5).joined(separator: ", ") + say(" and \(first.count - 5) more")
            : first.joined(separator: ", ")
        return leavesOut
            ? say("Highest of those that are told: \(names) with \(most).") : say("Highest: \(names) with \(most).")
    }

    /// A daily series with its mean over the last seven days, in which a day counts as often as `n` says (1 where it is nil).
    ///
    /// - Parameter reasons: why days without a value have none, where that is not that there was no session.
    func daily(
        _ title: String, _ points: [(day: Day, value: Double?, n: Int?)], axis: String, unit: String = "",
        words: String, rules: [Mark] = [], reasons: [Day: String] = [:], isCount: Bool = false,
        number: (Double) -> String
    ) -> FigureBlock? {
        guard let first = points.first(where: { $0.value != nil })?.day, let last = points.last?.day else { return nil }
        let shown = points.filter { $0.day >= first }
        guard shown.count > 1 else { return nil }
        let rolling = shown.indices.map { place -> Double? in
            var (sum, count) = (0.0, 0)
            for point in shown[max(0, place - 6)...place] {
                guard let value = point.value else { continue }
                sum += value * Double(point.n ?? 1)
                count += point.n ?? 1
            }
            return count > 0 ? sum / Double(count) : nil
        }
        let known = shown.compactMap(\.value)
        let figure = Figure(
            title: title,
            description:
                say(
                    "Lowest \(number(known.min() ?? 0)), highest \(number(known.max() ?? 0)), last \(number(known.last ?? 0)); \(NumberWords.count(shown.count - known.count, "day", "days")) without a value."
                ),
            x: Axis(title: say("Day"), scale: DateTicks.scale(from: first, to: last)),
            y: Axis(title: axis, unit: unit, scale: .linear(domain: nil, includesZero: false), isCount: isCount),
            marks: [
                .line(shown.map { .init(x: Double($0.day.number), y: $0.value) }, tone: .series(1)),
                .line(
                    zip(shown, rolling).map { .init(x: Double($0.day.number), y: $1) }, tone: .series(2), dashed: true,
                    label: say("7-day mean")),
            ] + rules)
        let rows = zip(shown, rolling).suffix(30).map { point, mean -> [TableCell] in
            [
                TableCell(point.day.iso),
                point.value.map { TableCell(number($0), sortKey: $0) }
                    ?? TableCell(nil, reason: reasons[point.day] ?? say("no session")),
                // The mean of numbers of things is none.
                mean.map { TableCell(isCount ? NumberText.fixed($0, decimals: 1) : number($0), sortKey: $0) }
                    ?? TableCell(nil, reason: say("no session in seven days")),
            ]
        }
        return FigureBlock(
            figure: figure,
            caption: caption(words, period: Period(start: first, end: last.advanced(by: 1))),
            data: TableBlock(
                caption: say("\(title), the last \(NumberWords.count(rows.count)) days"),
                columns: [
                    .init(say("Day")), .init(axis, unit: unit, isNumeric: true),
                    .init(say("Mean of seven days up to it"), unit: unit, isNumeric: true),
                ], rows: rows)
        ).openingOnNewest
    }

    static func count(_ value: Int) -> TableCell { TableCell(NumberWords.count(value), sortKey: Double(value)) }
    static func number(_ value: Double?, decimals: Int, reason: String) -> TableCell {
        value.map { TableCell(NumberText.fixed($0, decimals: decimals), sortKey: $0) } ?? TableCell(nil, reason: reason)
    }
    static func quality(_ value: Double?) -> TableCell {
        value.map { TableCell(LearningWording.quality($0), sortKey: $0) }
            ?? TableCell(nil, reason: say("no quality given"))
    }
    static func date(_ day: Day?, _ reason: String) -> TableCell {
        day.map { TableCell($0.iso, sortKey: Double($0.number)) } ?? TableCell(nil, reason: reason)
    }
}
