import Analysis
import Charts
import Model
import Words

/// A metric's course in the groups of every dimension: week by week in colour, and a line each.
extension ReportContext {
    /// The page of a metric's groups; nil where no dimension has groups.
    func trendGroupsPage(_ metric: Metric) -> Page? {
        let sections = catalogue.dimensions.compactMap { courseSection(metric, $0) }
        guard !sections.isEmpty else { return nil }
        return Page(
            path: groupsPath(metric), kind: "analysis", title: say("\(metric.title) by group"),
            lead: tell(
                "Week by week in the groups of \(NumberWords.count(sections.count, "dimension", "dimensions")); \(Wording.period(analyses.period))."
            ),
            crumbs: [
                home, Link(path: "trends/index.html", text: say("Trends")),
                Link(path: "trends/\(metric.name).html", text: metric.title),
            ], sections: sections,
            alternates: [
                Link(path: seriesPath(metric.name), text: "CSV"), Link(path: "summary.json", text: "JSON"),
            ])
    }

    /// Where it lies.
    func groupsPath(_ metric: Metric) -> String { "trends/\(metric.name)-groups.html" }

    func courseSection(_ metric: Metric, _ dimension: Dimension) -> PageSection? {
        let series = analyses.groups.compactMap { group -> SeriesResult? in
            let subject = Subject(metric: metric.name, group: group)
            guard case .value(dimension.name, _) = group, analyses.isMeasured(subject) else { return nil }
            return analyses.series(subject, by: .week)
        }
        // Eight lines a page in all, of the largest groups: the map above has every group.
        let shown = max(1, min(6, 8 / max(1, catalogue.dimensions.count)))
        let largest = series.map { (series: $0, n: $0.points.reduce(0) { $0 + $1.n }) }
            .sorted {
                ($1.n, Wording.value(of: $0.series.subject.group)) < ($0.n, Wording.value(of: $1.series.subject.group))
            }
        let lines = largest.prefix(shown).compactMap { seriesFigure($0.series.subject, grain: .week, size: .small) }
        var blocks: [Block] = []
        if let map = weekMap(metric, dimension, series) { blocks.append(.figure(map)) }
        if !lines.isEmpty {
            if lines.count < series.count {
                blocks.append(
                    .prose(
                        lines.count == 1
                            ? tell("The group with most values, of \(NumberWords.count(series.count)), as a line.")
                            : tell(
                                "The \(lines.count) groups with most values, of \(NumberWords.count(series.count)), as lines."
                            )))
            }
            blocks += smallSeries(lines, .week)
        }
        // Values of a single week make no course.
        guard !blocks.isEmpty else { return nil }
        return PageSection(id: "by-\(dimension.name)", title: say("By \(dimension.title)"), blocks: blocks)
    }

    /// Group by week: the darker, the larger the mean; empty where there are no values. Weeks are those of the look-back
    /// period; one that the records do not fill is marked, and so is each week in which an intervention begins.
    private func weekMap(_ metric: Metric, _ dimension: Dimension, _ series: [SeriesResult]) -> FigureBlock? {
        let words = MetricWords(metric: metric)
        let rows = series.map {
            (
                name: Wording.value(of: $0.subject.group),
                points: $0.points.filter { $0.period.end > analyses.period.start }
            )
        }
        let means = rows.flatMap { $0.points.compactMap(\.mean) }
        guard let columns = rows.map(\.points).max(by: { $0.count < $1.count }), columns.count > 1,
            let low = means.min(), let high = means.max()
        else { return nil }
        let weeks = columns.map(\.period)
        var cells: [Mark.Cell] = []
        for (row, entry) in rows.enumerated() {
            for (column, week) in weeks.enumerated() {
                let point = entry.points.first { $0.period == week }
                let share = point?.mean.map { high > low ? ($0 - low) / (high - low) : 0.5 }
                cells.append(
                    .init(
                        column: column, row: row, tone: share.map { .sequential($0) },
                        text: point.flatMap { point in
                            point.mean.map { "\(words.value($0)), n = \(NumberWords.count(point.n))" }
                        } ?? say("no values")))
            }
        }
        let known = Period(
            start: max(weeks[0].start, analyses.coverage.oldestDay ?? weeks[0].start),
            end: min(weeks[weeks.count - 1].end, analyses.asOf.advanced(by: 1)))
        let isPart = { (week: Period) in known.map { week.start < $0.start || week.end > $0.end } ?? false }
        let labels = weeks.map { Wording.shortDay($0.start) + (isPart($0) ? "*" : "") }
        let figure = Figure(
            title: say("\(metric.title) by \(dimension.title) and week"),
            description:
                say(
                    "Means from \(words.value(low)) (light) to \(words.value(high)) (dark) in \(rows.count) groups and \(weeks.count) weeks; a cell without colour has no values."
                ),
            size: .rows(rows.count + 1), x: Axis(title: say("Week, from Monday"), scale: .names(labels)),
            y: Axis(title: "", scale: .names(rows.map(\.name))),
            marks: [.cells(cells)] + weekRules(metric, dimension, weeks))
        let table = TableBlock(
            caption: say("\(metric.title) by \(dimension.title) and week: mean and n"),
            columns: [.init(dimension.title)] + labels.map { .init($0, unit: words.unit, isNumeric: true) },
            rows: rows.map { entry in
                [TableCell(entry.name)]
                    + weeks.map { week in
                        entry.points.first { $0.period == week }.flatMap { point in
                            point.mean.map {
                                TableCell("\(words.value($0)) (\(NumberWords.count(point.n)))", sortKey: $0)
                            }
                        } ?? TableCell(nil, reason: say("no values"))
                    }
            }, export: Link(path: seriesPath(metric.name), text: say("All groups and periods as CSV")))
        let n = rows.reduce(0) { $0 + $1.points.reduce(0) { $0 + $1.n } }
        return FigureBlock(
            figure: figure,
            caption: caption(
                say("Mean per week, light \(words.value(low)) to dark \(words.value(high))"),
                weeks.contains(where: isPart) ? say("* part of a week") : "", "n = \(NumberWords.count(n))",
                period: known), data: table)
    }

    /// Interventions on an axis of weeks: slot i is a week's middle, half a slot before it its Monday.
    private func weekRules(_ metric: Metric, _ dimension: Dimension, _ weeks: [Period]) -> [Mark] {
        interventions(touching: [.values(of: metric.name)]).compactMap { intervention in
            guard let place = weeks.firstIndex(where: { $0.contains(intervention.start) }) else { return nil }
            let share = Double(weeks[place].start.distance(to: intervention.start)) / 7
            return .rule(
                at: Double(place) - 0.5 + share, vertical: true, tone: .accent, label: intervention.name)
        }
    }
}
