import Analysis
import Charts
import Model
import Words

/// The words for a KPI.
struct KPIWords {
    let result: KPIResult
    let statistic: StatisticWords

    init(_ result: KPIResult, _ catalogue: Catalogue) {
        self.result = result
        statistic = StatisticWords(
            statistic: result.kpi.statistic, metric: catalogue.metric(named: result.kpi.metric))
    }

    /// "at least 75 %", "at most 2 s".
    var target: String {
        "\(result.kpi.bad == .below ? say("at least") : say("at most")) \(statistic.limit(result.kpi.target))"
    }

    var verdict: (word: String, tone: Tone) {
        switch result.verdict {
        case .met: (say("met"), .good)
        case .missed: (say("missed"), .bad)
        case .unclear: (say("unclear"), .muted)
        case .noData: (say("no data"), .muted)
        }
    }

    /// The change on the period before, in words; nil without both figures.
    var change: String? {
        guard let now = result.figure.value?.value, let before = result.previous.value?.value else { return nil }
        return statistic.difference(now - before)
    }
}

extension ReportContext {
    /// Every KPI against its target; nil where none is declared.
    func kpiPage() -> Page? {
        guard !analyses.kpis.isEmpty else { return nil }
        return Page(
            path: "kpis/index.html", kind: "analysis", title: say("KPIs"), lead: kpiVerdict(), crumbs: [home],
            sections: [
                PageSection(
                    id: "targets", title: say("Against target"), depth: .executive,
                    blocks: [.keyFigures(analyses.kpis.map(kpiFigure)), .table(kpiTable()), .table(kpiMoves())]),
                PageSection(id: "days", title: say("Day by day"), blocks: kpiFigures()),
                PageSection(
                    id: "method", title: say("How a KPI is judged"), depth: .technical,
                    blocks: [.definitions(kpiMethods)]),
            ], alternates: [Link(path: "exports/kpis.csv", text: "CSV"), Link(path: "summary.json", text: "JSON")])
    }

    /// How many KPIs reach their target, in one sentence.
    func kpiVerdict() -> Prose {
        let count = { (verdict: KPIResult.Verdict) in analyses.kpis.count { $0.verdict == verdict } }
        let missed = analyses.kpis.filter { $0.verdict == .missed }.map(\.kpi.title)
        var text = say(": \(NumberWords.count(count(.missed))) missed")
        if !missed.isEmpty { text += " (\(missed.prefix(5).joined(separator: ", ")))" }
        text += say(", \(NumberWords.count(count(.unclear))) unclear")
        if count(.noData) > 0 { text += say(", \(NumberWords.count(count(.noData))) without data") }
        return Prose([
            .strong(
                say(
                    "\(NumberWords.count(count(.met))) of \(NumberWords.count(analyses.kpis.count, "target", "targets")) met"
                )
            ),
            .text(text + "."),
        ])
    }

    /// A KPI as a headline figure.
    func kpiFigure(_ result: KPIResult) -> KeyFigure {
        let words = KPIWords(result, catalogue)
        let figure = result.figure.value
        let width = figure?.interval.value.map { $0.high - $0.low }
        var note =
            say(
                "target \(words.target), \(Wording.shortDay(result.period.start)) to \(Wording.shortDay(result.period.end.advanced(by: -1)))"
            )
        if let figure { note += ", n = \(NumberWords.count(figure.n))" }
        if let interval = figure?.interval.value {
            note += say(", \(NumberWords.level(interval.level)) interval \(words.statistic.interval(interval))")
        } else if case .tooFew(let what, let found, let needed)? = figure?.interval.absence {
            note += say(", no interval: \(Wording.absence(.tooFew(what, found: found, needed: needed)))")
        }
        if let newest = result.newest.value, let value = newest.value, let usual = result.sameWeekday.value {
            note +=
                say(
                    "; \(Wording.shortDay(newest.day)) \(words.statistic.value(value, resolving: width)), same weekday before \(words.statistic.value(usual, resolving: width))"
                )
        }
        if let absence = result.figure.absence { note += ", \(Wording.absence(absence))" }
        return KeyFigure(
            label: result.kpi.title, value: figure.map { words.statistic.value($0.value, resolving: width) },
            note: note,
            change: say("target \(words.verdict.word)"), tone: words.verdict.tone,
            sparkline: kpiSparkline(result, words),
            link: Link(path: "kpis/index.html", text: result.kpi.title))
    }

    private func kpiTable() -> TableBlock {
        let rows = analyses.kpis.map { result -> [TableCell] in
            let words = KPIWords(result, catalogue)
            let group = result.kpi.group == .all ? "" : ", \(Wording.group(result.kpi.group, catalogue))"
            return [
                TableCell(result.kpi.title), TableCell(words.statistic.title + group),
                cell(result.figure) { TableCell(words.statistic.value($0.value), sortKey: $0.value) },
                cell(result.figure.flatMap(\.interval)) {
                    TableCell(words.statistic.interval($0), sortKey: $0.low)
                },
                TableCell(words.target, sortKey: result.kpi.target),
                TableCell(words.verdict.word, tone: words.verdict.tone),
                cell(result.figure) { TableCell(NumberWords.count($0.n), sortKey: Double($0.n)) },
                TableCell(result.kpi.owner),
            ]
        }
        return TableBlock(
            caption: say("KPIs against target"),
            columns: [
                .init(say("KPI")), .init(say("What")), .init(say("Value"), isNumeric: true),
                .init(say("\(NumberWords.level(analyses.settings.level)) interval"), isNumeric: true),
                .init(say("Target"), isNumeric: true), .init(say("Verdict")), .init("n", isNumeric: true),
                .init(say("Owner")),
            ], rows: rows, export: Link(path: "exports/kpis.csv", text: "CSV"))
    }

    private func kpiMoves() -> TableBlock {
        let rows = analyses.kpis.map { result -> [TableCell] in
            let words = KPIWords(result, catalogue)
            let newest = result.newest.value
            return [
                TableCell(result.kpi.title),
                words.change.map { TableCell($0) } ?? TableCell(nil, reason: say("no records before")),
                newest?.value.map {
                    TableCell(
                        "\(words.statistic.value($0)) (\(Wording.shortDay(newest?.day ?? analyses.asOf)))", sortKey: $0)
                } ?? TableCell(nil, reason: say("no records")),
                cell(result.sameWeekday) { TableCell(words.statistic.value($0), sortKey: $0) },
                cell(result.budget) {
                    TableCell(
                        say(
                            "\(NumberText.fixed($0.left, decimals: 0)) of \(NumberText.fixed($0.allowed, decimals: 0)), burn \(NumberText.fixed($0.burn, decimals: 2))"
                        ),
                        sortKey: $0.left, tone: $0.left < 0 ? .bad : .muted)
                },
            ]
        }
        return TableBlock(
            caption: say("Where they come from and what is left"),
            columns: [
                .init(say("KPI")), .init(say("Change on as many days before"), isNumeric: true),
                .init(say("Newest day"), isNumeric: true), .init(say("Same weekday before"), isNumeric: true),
                .init(say("Bad records left"), isNumeric: true),
            ], rows: rows)
    }

    private func kpiFigures() -> [Block] {
        let figures = analyses.kpis.prefix(24).compactMap(kpiDays)
        return figures.isEmpty ? [.prose(tell("No KPI has values on two days."))] : [.multiples(figures)]
    }

    /// The days of a KPI with its target; nil with fewer than two values.
    private func kpiDays(_ result: KPIResult) -> FigureBlock? {
        let words = KPIWords(result, catalogue)
        let values = result.days.compactMap(\.value)
        guard values.count > 1, let first = result.days.first?.day, let last = result.days.last?.day,
            let low = values.min(), let high = values.max()
        else { return nil }
        let figure = Figure(
            title: result.kpi.title,
            description:
                say(
                    "\(words.statistic.title) by day: lowest \(words.statistic.value(low)), highest \(words.statistic.value(high)); target \(words.target)."
                ),
            size: .small, x: Axis(title: "", scale: DateTicks.scale(from: first, to: last)),
            y: Axis(title: "", unit: words.statistic.unit, scale: .linear(domain: nil, includesZero: false)),
            marks: [
                .line(
                    result.days.map { .init(x: Double($0.day.number), y: $0.value.map(words.statistic.onAxis)) },
                    tone: .series(1)),
                .line(
                    [first, last].map {
                        .init(x: Double($0.number), y: words.statistic.onAxis(result.kpi.target))
                    }, tone: .accent, dashed: true),
            ] + interventionRules(for: result.kpi.metric, from: first))
        // A page holds some dozens of these; the file holds all days.
        let shown = result.days.suffix(14)
        let rows = shown.map { day in
            [
                TableCell(day.day.iso), TableCell(NumberWords.count(day.n), sortKey: Double(day.n)),
                day.value.map { TableCell(words.statistic.value($0), sortKey: $0) }
                    ?? TableCell(nil, reason: say("no values")),
            ]
        }
        return FigureBlock(
            figure: figure,
            caption: caption(
                say("\(words.statistic.title) by day; broken line: target \(words.target)"),
                period: Period(start: first, end: last.advanced(by: 1))),
            data: TableBlock(
                caption: say("\(words.statistic.title) by day")
                    + (shown.count < result.days.count ? say(", newest \(shown.count) of \(result.days.count)") : ""),
                columns: [.init(say("Day")), .init("n", isNumeric: true), .init(say("Value"), isNumeric: true)],
                rows: rows,
                export: Link(path: "exports/kpi-days.csv", text: say("All days as CSV"))))
    }

    private func kpiSparkline(_ result: KPIResult, _ words: KPIWords) -> Figure? {
        let days = result.days.suffix(30)
        guard days.count(where: { $0.value != nil }) > 1 else { return nil }
        return Figure(
            title: say("\(result.kpi.title), last \(days.count) days"), description: say("Target \(words.target)."),
            size: .sparkline,
            x: Axis(title: "", scale: .hidden), y: Axis(title: "", scale: .hidden),
            marks: [.line(days.map { .init(x: Double($0.day.number), y: $0.value) }, tone: .series(1))])
    }

    private var kpiMethods: [Definition] {
        [
            (
                say("Value"),
                say(
                    "Read from all records of the days up to this report’s day: a mean, a share, or a quantile of type 7, not a mean of daily figures."
                )
            ),
            (
                say("Interval"),
                say(
                    "Student’s t over the records for a mean, Wilson’s (1927) for a share, the percentile bootstrap’s (Efron 1979) for a quantile, whatever the distribution: with every possible draw, so that no seed matters. Records of one day resemble each other, so that intervals of means are rather too narrow than too wide."
                )
            ),
            (
                say("Verdict"),
                say(
                    "Met where the whole interval lies on the good side of the target, missed where all of it lies on the bad side, else unclear. Counts are known and need no interval."
                )
            ),
            (
                say("Bad records left"),
                say(
                    "For shares: the records that the target allows to be bad, less those that were. A burn of 1 uses them up exactly."
                )
            ),
            (
                say("Same weekday before"),
                say(
                    "The median of the same weekday in the \(NumberWords.count(analyses.settings.weekdayWeeks)) weeks before the newest day."
                )
            ),
        ].map { Definition($0.0, text: Prose($0.1)) }
    }
}
