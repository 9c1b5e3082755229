import Analysis
import Charts
import Model
import Words

extension ReportContext {
    /// The page that lists every metric's trend.
    func trendIndex() -> Page {
        let rows = catalogue.metrics.compactMap { metric in
            analyses.trend(of: overall(metric)).map { trendRow($0, metric, label: metric.title) }
        }
        let small = catalogue.metrics.compactMap { seriesFigure(overall($0), grain: .day, size: .small) }
        let directions = catalogue.metrics.compactMap { metric in
            analyses.trend(of: overall(metric)).map {
                Wording.trend(analyses.standingDirection(of: $0), of: metric).word
            }
        }
        return Page(
            path: "trends/index.html", kind: "analysis", title: say("Trends"), lead: Prose(trendSummary(directions)),
            crumbs: [home],
            sections: [
                PageSection(
                    id: "metrics", title: say("All metrics"), depth: .executive,
                    blocks: rows.isEmpty
                        ? [.notice(tell("There are no values in this period."))]
                        : [.table(trendTable(rows, say("Trend of each metric")))]),
                PageSection(
                    id: "lines", title: say("Day by day"),
                    blocks: small.isEmpty
                        ? [.notice(tell("No metric has values on two days or more: there is no line to draw."))]
                        : smallSeries(small, .day)),
                trendReading(),
            ], alternates: [Link(path: "exports/trends.csv", text: "CSV"), Link(path: "summary.json", text: "JSON")])
    }

    private func trendSummary(_ directions: [String]) -> String {
        let counts = [
            say("getting better"), say("getting worse"), say("rising"), say("falling"), say("flat"),
            say("inconclusive"),
            say("too little data"),
        ]
        .compactMap { word in
            let count = directions.count { $0 == word }
            return count > 0 ? "\(count) \(word)" : nil
        }
        return say("Of \(NumberWords.count(directions.count, "metric", "metrics")): ")
            + (counts.isEmpty ? say("none with values") : counts.joined(separator: ", ")) + "."
    }

    func trendRow(_ trend: TrendResult, _ metric: Metric, label: String) -> [TableCell] {
        let words = MetricWords(metric: metric)
        let (word, tone) = Wording.trend(analyses.standingDirection(of: trend), of: metric)
        let step = analyses.standingShift(of: trend)
        let line = trend.line.mapError(\.ofDays)
        return [
            TableCell(label, link: Link(path: "trends/\(metric.name).html", text: label)),
            TableCell(
                step.map { say("\(word), by a step on \(Wording.shortDay($0.period.start))") } ?? word, tone: tone),
            TableCell(NumberWords.count(trend.n), sortKey: Double(trend.n)),
            TableCell(NumberWords.count(trend.days), sortKey: Double(trend.days)),
            cell(line) {
                TableCell(
                    words.difference(
                        $0.totalChange, resolving: $0.totalChangeInterval.high - $0.totalChangeInterval.low),
                    sortKey: $0.totalChange)
            },
            cell(line) {
                TableCell(words.differenceInterval($0.totalChangeInterval), sortKey: $0.totalChangeInterval.low)
            },
            cell(line) { line in
                line.claim.pAdjusted.map { TableCell(NumberWords.bareP($0), sortKey: $0) }
                    ?? TableCell(NumberWords.bareP(line.claim.p), sortKey: line.claim.p)
            },
            cell(trend.sincePrevious.mapError(\.ofDays)) {
                TableCell(
                    words.difference($0.difference, resolving: $0.interval.high - $0.interval.low),
                    sortKey: $0.difference)
            },
        ]
    }

    func trendTable(_ rows: [[TableCell]], _ title: String) -> TableBlock {
        let days = NumberWords.count(analyses.settings.currentDays)
        return TableBlock(
            caption: "\(title), \(Wording.period(analyses.period))",
            columns: [
                .init(say("Metric")), .init(say("Verdict")), .init("n", isNumeric: true),
                .init(say("Days"), isNumeric: true),
                .init(say("Change along the line"), isNumeric: true),
                .init(say("\(NumberWords.level(analyses.settings.level)) interval"), isNumeric: true),
                .init(say("p, whole report"), isNumeric: true),
                .init(say("Last \(days) days − \(days) before"), isNumeric: true),
            ], rows: rows, export: Link(path: "exports/trends.csv", text: say("All groups as CSV")))
    }

    func cell<Value>(_ answer: Answer<Value>, none: String? = nil, _ make: (Value) -> TableCell) -> TableCell {
        switch answer {
        case .success(let value): make(value)
        case .failure(.noRecords): TableCell(nil, reason: none ?? Wording.absence(.noRecords))
        case .failure(let absence): TableCell(nil, reason: Wording.absence(absence))
        }
    }

    private func trendReading() -> PageSection {
        let settings = analyses.settings
        return PageSection(
            id: "reading", title: say("How to read this"), depth: .technical,
            blocks: [
                .prose(
                    tell(
                        "A metric counts as rising or falling when a step of its daily means to another level that has lasted, or else their slope, stands after correction over all tests of this report (\(NumberWords.count(analyses.ledger.tests))) (Benjamini–Hochberg, α = \(NumberWords.exactly(settings.alpha))). It is flat when the whole interval of the change lies within ±\(NumberWords.exactly(settings.smallestEffect)) standard deviations between records. Everything else is inconclusive: the data fit a change that matters and none at all."
                    )),
                .prose(
                    tell(
                        "Getting better and getting worse are rising and falling read through the direction in which the metric is good."
                    )
                ),
            ])
    }

    /// The page of one metric.
    func trendPage(_ metric: Metric) -> Page {
        let subject = overall(metric)
        var sections: [PageSection] = []
        if let figure = seriesFigure(subject, grain: .day) {
            sections.append(
                PageSection(id: "days", title: say("Day by day"), depth: .executive, blocks: [.figure(figure)]))
        } else {
            sections.append(
                PageSection(
                    id: "days", title: say("Day by day"), depth: .executive,
                    blocks: [
                        .notice(
                            tell(
                                "A line needs values on two days or more; there are \(NumberWords.count(analyses.trend(of: subject)?.days ?? 0))."
                            ))
                    ]))
        }
        if let weeks = seriesFigure(subject, grain: .week) {
            sections.append(PageSection(id: "weeks", title: say("Week by week"), blocks: [.figure(weeks)]))
        }
        for dimension in catalogue.dimensions {
            if let section = groupTrends(metric, dimension) { sections.append(section) }
        }
        if let trend = analyses.trend(of: subject) { sections += behaviourSections(metric, trend) }
        sections.append(trendTests(metric, analyses.trend(of: subject)))
        return Page(
            path: "trends/\(metric.name).html", kind: "analysis", title: metric.title, lead: trendLead(metric),
            crumbs: [home, Link(path: "trends/index.html", text: say("Trends"))],
            previous: neighbour(of: metric, by: -1, folder: "trends"),
            next: neighbour(of: metric, by: 1, folder: "trends"),
            sections: sections,
            alternates: [
                Link(path: seriesPath(metric.name), text: "CSV"), Link(path: "summary.json", text: "JSON"),
            ])
    }

    func neighbour(of metric: Metric, by step: Int, folder: String) -> Link? {
        guard let index = catalogue.metrics.firstIndex(of: metric), catalogue.metrics.indices.contains(index + step)
        else { return nil }
        let other = catalogue.metrics[index + step]
        return Link(path: "\(folder)/\(other.name).html", text: other.title)
    }

    func trendLead(_ metric: Metric) -> Prose {
        guard let trend = analyses.trend(of: overall(metric)) else {
            return tell("There are no values in this period.")
        }
        let (word, _) = Wording.trend(trend.direction, of: metric)
        let words = MetricWords(metric: metric)
        guard let line = trend.line.value else {
            if trend.direction == .flat, let absence = trend.line.absence {
                return Prose([
                    .strong(word.capitalizedFirst),
                    .text(
                        say(
                            ": \(Wording.absence(absence)), \(NumberWords.count(trend.n, "record", "records")) on \(NumberWords.count(trend.days, "day", "days"))."
                        )
                    ),
                ])
            }
            return Prose([
                .text(say("No trend can be told: ")),
                .strong(trend.line.absence.map { Wording.absence($0.ofDays) } ?? say("no line")),
                .text("."),
            ])
        }
        let claim =
            line.claim.pAdjusted.map { say("\(NumberWords.p($0)) after correction") } ?? NumberWords.p(line.claim.p)
        let change = words.difference(
            line.totalChange, resolving: line.totalChangeInterval.high - line.totalChangeInterval.low)
        let step = step(of: metric)
        return Prose(
            step + [
                // What a line says of a step is no verdict.
                step.isEmpty ? .strong(word.capitalizedFirst) : .text(say("A straight line says less")),
                .text(
                    say(
                        ": \(change) over \(NumberWords.count(line.span)) days along the fitted line (\(NumberWords.level(analyses.settings.level)) interval \(words.differenceInterval(line.totalChangeInterval)); \(claim)), from \(NumberWords.count(trend.n, "record", "records")) on \(NumberWords.count(trend.days, "day", "days"))."
                    )
                ),
            ])
    }

    /// The level that the metric has kept since some day, where it stands: a line tells little of a step.
    private func step(of metric: Metric) -> [Prose.Piece] {
        let subject = Finding.Topic.metric(overall(metric))
        guard let found = analyses.findings.first(where: { $0.kind == .levelShift && $0.subject == subject }),
            let interval = found.interval
        else { return [] }
        let words = MetricWords(metric: metric)
        let size = words.difference(found.estimate, resolving: interval.high - interval.low)
        return [
            .strong(item(found).claim.plain),
            .text(
                say(
                    " The step is \(size) (\(NumberWords.level(interval.level)) interval \(words.differenceInterval(interval))). "
                )),
        ]
    }

    private func groupTrends(_ metric: Metric, _ dimension: Dimension) -> PageSection? {
        let trends = analyses.trends.filter { trend in
            guard trend.subject.metric == metric.name, case .value(dimension.name, _) = trend.subject.group else {
                return false
            }
            return true
        }
        let told = trends.filter { analyses.isMeasured($0.subject) }
        guard told.contains(where: { $0.n > 0 }) else { return nil }
        let rows = told.map { trend -> [TableCell] in
            let name = if case .value(_, let value) = trend.subject.group { value } else { "" }
            var row = trendRow(trend, metric, label: name)
            row[0] = TableCell(name)
            return row
        }
        var table = trendTable(rows, say("\(metric.title) by \(dimension.title)"))
        table.columns[0] = .init(dimension.title)
        return PageSection(
            id: "by-\(dimension.name)", title: say("By \(dimension.title)"),
            blocks: [.table(table)]
                + (told.count < trends.count
                    ? [
                        .prose(
                            tell(
                                "Left out, as no record of theirs has ever had a value: \(NumberWords.count(trends.count - told.count, "group", "groups"))."
                            ))
                    ] : []) + courseLink(metric, dimension))
    }

    private func courseLink(_ metric: Metric, _ dimension: Dimension) -> [Block] {
        guard let section = courseSection(metric, dimension) else { return [] }
        let link = Link(path: "\(groupsPath(metric))#\(section.id)", text: say("Week by week in each group"))
        return [.prose(Prose([.link(link), .text(".")]))]
    }

    private func trendTests(_ metric: Metric, _ trend: TrendResult?) -> PageSection {
        guard let trend else {
            return PageSection(
                id: "tests", title: say("Tests"), depth: .technical,
                blocks: [.notice(tell("There are no values to test."))])
        }
        let words = MetricWords(metric: metric)
        var rows: [[TableCell]] = []
        rows.append(
            [TableCell(say("Slope, days reduced by autocorrelation"))]
                + cells(of: trend.line.map(\.claim).mapError(\.ofDays)))
        rows.append([TableCell(say("Slope, Newey–West"))] + cells(of: trend.line.map(\.test).mapError(\.ofDays)))
        rows.append(
            [TableCell(trend.mannKendall.value.map { Wording.method($0.test.method) } ?? say("Mann–Kendall"))]
                + cells(of: trend.mannKendall.map(\.test).mapError(\.ofDays)))
        var terms: [Definition] = []
        if let line = trend.line.value {
            terms.append(
                Definition(
                    say("Least-squares slope"),
                    text: tell(
                        "\(words.difference(line.slope, beside: line.interval)) a day, interval \(words.differenceInterval(line.interval)); R² = \(NumberWords.plain(line.rSquared)). The interval takes as many days as these are worth when each depends on the one before; with Newey–West’s standard error over \(NumberWords.count(line.lag)) days it would be \(words.differenceInterval(line.neweyWestInterval))."
                    )))
        }
        if let sen = trend.theilSen.value {
            terms.append(
                Definition(
                    say("Theil–Sen slope"),
                    text: tell(
                        "\(words.difference(sen.slope, beside: sen.interval)) a day, interval \(words.differenceInterval(sen.interval))\(sen.dependentInterval.map { say(", with days that depend on the one before \(words.differenceInterval($0))") } ?? "")."
                    )))
        }
        if let volatility = trend.volatility.value {
            let cv = volatility.cv.map { say(", \(NumberWords.percent($0)) of the mean") } ?? ""
            terms.append(
                Definition(
                    say("Scatter of the daily means"),
                    text: tell(
                        "standard deviation \(NumberWords.plain(volatility.sd))\(cv); \(NumberWords.percent(volatility.chanceShare, decimals: 0)) of its square would come from the numbers of records alone."
                    )))
        }
        return PageSection(
            id: "tests", title: say("Tests"), depth: .technical,
            blocks: [
                .table(
                    TableBlock(
                        caption: say("Tests of a trend, \(Wording.period(trend.period))"), columns: Self.testColumns,
                        rows: rows))
            ]
                + (terms.isEmpty ? [] : [.definitions(terms)]))
    }
}
