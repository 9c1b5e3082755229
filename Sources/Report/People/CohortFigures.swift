import Analysis
import Charts
import Model
import Words

/// Cohorts as pictures: success and engagement side by side, each on an axis of its own.
extension PeopleTables {
    var cohortFigures: [Block] {
        let shown = people.cohorts.prefix(30)
        let success = shown.compactMap { cohort in
            cohort.success.value.map { (name: Wording.parts(cohort.name), value: $0.share, interval: $0.interval) }
        }
        let engagement = shown.compactMap { cohort in
            cohort.engagement.value.map { (name: Wording.parts(cohort.name), value: $0.mean, interval: $0.interval) }
        }
        let figures = [
            figure(say("Successes by cohort"), success, axis: say("Share of those with an outcome"), isShare: true),
            figure(say("Engagement by cohort"), engagement, axis: say("Mean engagement"), isShare: false),
        ].compactMap { $0 }
        return figures.map { .figure($0) }
    }

    private func figure(
        _ title: String, _ rows: [(name: String, value: Double, interval: Interval)], axis: String, isShare: Bool
    ) -> FigureBlock? {
        guard rows.count > 1 else { return nil }
        let factor = isShare ? 100.0 : 1
        let words = { (value: Double) in
            isShare ? NumberWords.percent(value) : NumberText.fixed(value, decimals: 2)
        }
        let level = NumberWords.level(context.analyses.settings.level)
        return FigureBlock(
            figure: Figure(
                title: title,
                description: rows.map { "\($0.name) \(words($0.value))" }.joined(separator: "; ") + ".",
                size: .rows(rows.count),
                x: Axis(title: axis, unit: isShare ? "%" : "", scale: .linear(domain: 0...factor, includesZero: true)),
                y: Axis(title: "", scale: .names(rows.map(\.name))),
                marks: [
                    .intervals(
                        rows.enumerated().map { slot, row in
                            .init(
                                slot: Double(slot), value: row.value * factor, low: row.interval.low * factor,
                                high: row.interval.high * factor)
                        }, tone: .series(1))
                ]),
            caption: context.caption(say("with \(level) interval; cohorts whose count is hidden are left out")),
            data: TableBlock(
                caption: title,
                columns: [
                    .init(say("Cohort")), .init(axis, isNumeric: true),
                    .init(say("\(level) interval"), isNumeric: true),
                ],
                rows: rows.map { row in
                    [
                        TableCell(row.name), TableCell(words(row.value), sortKey: row.value),
                        TableCell(
                            say("\(words(row.interval.low)) to \(words(row.interval.high))"), sortKey: row.interval.low),
                    ]
                }, export: Link(path: "exports/cohorts.csv", text: "CSV")))
    }
}
