import Analysis
import Charts
import Model
import Words

extension ReportContext {
    /// The daily means with their intervals, the fitted line and the interventions.
    ///
    /// - Parameter period: only these days; nil for all that the series has.
    func seriesFigure(
        _ subject: Subject, grain: Grain, size: FigureSize = .standard, over period: Period? = nil
    ) -> FigureBlock? {
        guard let series = analyses.series(subject, by: grain), let words = words(subject.metric) else { return nil }
        let chosen = series.points.filter { point in period.map { point.period.end > $0.start } ?? true }
        guard let first = chosen.first(where: { $0.mean != nil })?.period.start,
            let last = chosen.last(where: { $0.mean != nil })?.period.start, chosen.count > 1
        else { return nil }
        let points = chosen.filter { $0.period.start >= first && $0.period.start <= last }
        var marks: [Mark] = [
            .band(
                points.map {
                    .init(
                        x: Double($0.period.start.number), low: $0.interval.map { words.onAxis($0.low) },
                        high: $0.interval.map { words.onAxis($0.high) })
                }, tone: .series(1)),
            .line(
                points.map { .init(x: Double($0.period.start.number), y: $0.mean.map(words.onAxis)) }, tone: .series(1)),
        ]
        if grain == .day, period == nil, let line = analyses.trend(of: subject)?.line.value {
            marks.append(
                .line(
                    [line.firstDay, line.lastDay].map {
                        .init(x: Double($0.number), y: words.onAxis(line.value(on: $0)))
                    },
                    tone: .series(2), dashed: true, label: size == .standard ? say("trend") : nil))
        }
        marks += interventionRules(for: subject.metric, in: subject.group, from: first)
        let n = points.reduce(0) { $0 + $1.n }
        let name =
            subject.group == .all
            ? words.metric.title : "\(words.metric.title), \(Wording.group(subject.group, catalogue))"
        let figure = Figure(
            title: size == .standard ? say("\(name) by \(say(word: grain.rawValue))") : name,
            description: sentence(points, words, grain), size: size,
            x: Axis(
                title: size == .standard ? grainTitle(grain) : "",
                scale: DateTicks.scale(from: first, to: lastDay(of: points, atLeast: last))),
            y: Axis(
                title: size == .standard ? say("Mean") : "", unit: words.unit,
                scale: .linear(domain: nil, includesZero: false)),
            marks: marks)
        let begun = max(first, analyses.coverage.oldestDay ?? first)
        let span = Period(start: begun, end: points.last?.period.end ?? begun)
        return FigureBlock(
            figure: figure,
            caption: size == .standard
                ? caption(seriesMethod(grain), "n = \(NumberWords.count(n))", period: span)
                : tell("n = \(NumberWords.count(n)), \(Wording.shortDay(first)) to \(Wording.shortDay(last))"),
            data: size == .standard ? seriesTable(series, words, points) : nil)
    }

    /// The last day that the newest period tells of, so that what began within it stands on the axis.
    private func lastDay(of points: [SeriesPoint], atLeast start: Day) -> Day {
        max(start, min(analyses.asOf, points.last?.period.last ?? start))
    }

    /// Where the series of a metric stand, relative to a run's folder: once for all runs, as the newest has them.
    func seriesPath(_ metric: String) -> String { "../../series/\(metric).csv" }

    private func seriesMethod(_ grain: Grain) -> String {
        say("Mean per \(say(word: grain.rawValue)) with \(NumberWords.level(analyses.settings.level)) interval")
    }

    /// Small series side by side, after the one line that holds for all of them.
    func smallSeries(_ figures: [FigureBlock], _ grain: Grain, over period: Period? = nil) -> [Block] {
        [.prose(caption(seriesMethod(grain), period: period)), .multiples(figures)]
    }

    private func grainTitle(_ grain: Grain) -> String {
        switch grain {
        case .day: say("Day")
        case .week: say("Week, from Monday")
        case .month: say("Month")
        case .quarter: say("Quarter")
        }
    }

    private func sentence(_ points: [SeriesPoint], _ words: MetricWords, _ grain: Grain) -> String {
        let means = points.compactMap(\.mean)
        guard let low = means.min(), let high = means.max(), let last = means.last else { return say("No values.") }
        let gaps = points.count - means.count
        return
            say(
                "\(words.metric.title) by \(say(word: grain.rawValue)): lowest \(words.value(low)), highest \(words.value(high)), last \(words.value(last))"
            )
            + (gaps > 0 ? ", \(NumberWords.count(gaps, "gap", "gaps"))." : ".")
    }

    private func seriesTable(_ series: SeriesResult, _ words: MetricWords, _ points: [SeriesPoint]) -> TableBlock {
        let shown = points.suffix(120)
        let rows = shown.map { point -> [TableCell] in
            [
                TableCell(point.period.label(series.grain) + (point.isUnfinished ? say(" (unfinished)") : "")),
                TableCell(NumberWords.count(point.n), sortKey: Double(point.n)),
                point.mean.map { TableCell(words.value($0), sortKey: $0) } ?? TableCell(nil, reason: say("no values")),
                point.interval.map { TableCell(words.interval($0), sortKey: $0.low) } ?? TableCell(nil),
            ]
        }
        return TableBlock(
            caption: say("\(words.metric.title) by \(say(word: series.grain.rawValue))")
                + (shown.count < points.count ? say(", newest \(shown.count) of \(points.count)") : ""),
            columns: [
                .init(say(word: series.grain.rawValue).capitalizedFirst), .init("n", isNumeric: true),
                .init(say("Mean"), unit: words.unit, isNumeric: true),
                .init(say("\(NumberWords.level(analyses.settings.level)) interval"), isNumeric: true),
            ], rows: rows,
            export: Link(path: seriesPath(series.subject.metric), text: say("All groups and periods as CSV")))
    }

    /// A word-sized line of the last days.
    func sparkline(_ subject: Subject) -> Figure? {
        guard let series = analyses.series(subject, by: .day), let words = words(subject.metric) else { return nil }
        let points = series.points.suffix(30)
        guard points.count(where: { $0.mean != nil }) > 1 else { return nil }
        let marks = points.map { Mark.Point(x: Double($0.period.start.number), y: $0.mean) }
        return Figure(
            title: say("\(words.metric.title), last \(points.count) days"),
            description: sentence(Array(points), words, .day),
            size: .sparkline, x: Axis(title: "", scale: .hidden), y: Axis(title: "", scale: .hidden),
            marks: [.line(marks, tone: .series(1))])
    }

    /// The number of records per day.
    func volumeFigure() -> FigureBlock? {
        guard let volume = analyses.volume(of: .all, by: .day), let first = volume.points.first?.period.start,
            let last = volume.points.last?.period.start, volume.points.count > 1
        else { return nil }
        let points = volume.points.map { Mark.Point(x: Double($0.period.start.number), y: Double($0.records)) }
        let total = volume.points.reduce(0) { $0 + $1.records }
        let counts = volume.points.map(\.records)
        let figure = Figure(
            title: say("Records per day"),
            description:
                say(
                    "\(NumberWords.count(total, "record", "records")), from \(NumberWords.count(counts.min() ?? 0)) to \(NumberWords.count(counts.max() ?? 0)) a day."
                ),
            x: Axis(title: say("Day"), scale: DateTicks.scale(from: first, to: last)),
            y: Axis(title: say("Records"), scale: .linear(domain: nil, includesZero: true)),
            marks: [.line(points, tone: .series(1))] + interventionRules(touching: [.records()], from: first))
        let table = TableBlock(
            caption: say("Records per day"), columns: [.init(say("Day")), .init(say("Records"), isNumeric: true)],
            rows: volume.points.suffix(120).map {
                [
                    TableCell($0.period.label(.day)),
                    TableCell(NumberWords.count($0.records), sortKey: Double($0.records)),
                ]
            }, export: Link(path: "../../series/all/records.csv", text: say("All groups as CSV")))
        let span = Period(start: first, end: last.advanced(by: 1))
        return FigureBlock(
            figure: figure, caption: caption("n = \(NumberWords.count(total))", period: span), data: table)
    }
}

extension String {
    /// With a capital first letter.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
