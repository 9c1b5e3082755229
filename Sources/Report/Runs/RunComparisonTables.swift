import Analysis
import Charts
import Model
import Words

/// The tables of two runs that are compared, for pages and answers.
struct RunComparisonTables {
    let words: RunComparisonWords

    private var comparison: RunComparison { words.comparison }

    init(_ comparison: RunComparison) { words = RunComparisonWords(comparison: comparison) }

    /// Means over all records, one row for each metric.
    var metrics: TableBlock {
        figures(say("Means over all records"), comparison.figures.filter { $0.group == "all" }, first: say("Metric")) {
            words.title($0.metric)
        }
    }

    /// The means of groups that moved most by their effect size.
    func groups(atMost count: Int) -> TableBlock? {
        let moved = movedGroups
        guard !moved.isEmpty else { return nil }
        let shown = moved.prefix(count)
        return figures(
            say("Groups that moved most, \(NumberWords.count(shown.count)) of \(NumberWords.count(moved.count))"),
            Array(shown), first: say("Metric and group")
        ) { "\(words.title($0.metric)), \(words.group($0.group))" }
    }

    private var movedGroups: [MovedFigure] {
        let moved = comparison.figures.filter { $0.group != "all" && ($0.effect.value ?? 0) != 0 }
        let size = { (figure: MovedFigure) in abs(figure.effect.value ?? 0) }
        return moved.sorted { (-size($0), $0.metric, $0.group) < (-size($1), $1.metric, $1.group) }
    }

    private func figures(
        _ caption: String, _ rows: [MovedFigure], first: String, name: (MovedFigure) -> String
    ) -> TableBlock {
        TableBlock(
            caption: caption,
            columns: [
                .init(first), .init(say("Mean then"), isNumeric: true), .init(say("n then"), isNumeric: true),
                .init(say("Mean now"), isNumeric: true), .init(say("n now"), isNumeric: true),
                .init(say("Change"), isNumeric: true),
                .init(say("Hedges g"), isNumeric: true), .init(say("Interval of g"), isNumeric: true),
                .init(say("Trend")),
            ],
            rows: rows.map { row in
                let value = { (figure: RunSnapshot.Figure?) in
                    figure?.mean.map { TableCell(words.value($0, of: row.metric), sortKey: $0) }
                        ?? TableCell(nil, reason: say("the run has none"))
                }
                let tone = words.found(row.metric).map { Wording.tone(of: row.difference.value ?? 0, for: $0) }
                return [
                    TableCell(name(row)), value(row.a), count(row.a), value(row.b), count(row.b),
                    cell(row.difference, tone: abs(row.effect.value ?? 0) >= 0.2 ? tone ?? .muted : .muted) {
                        words.difference($0, of: row)
                    },
                    cell(row.effect) {
                        NumberWords.signed(NumberText.fixed($0, decimals: abs($0) < 0.1 ? 3 : 2), $0)
                    },
                    interval(row), trend(row),
                ]
            })
    }

    private func count(_ figure: RunSnapshot.Figure?) -> TableCell {
        figure.map { TableCell(NumberWords.count($0.n), sortKey: Double($0.n)) }
            ?? TableCell(nil, reason: say("the run has none"))
    }

    private func cell(_ answer: Answer<Double>, tone: Tone = .muted, _ text: (Double) -> String) -> TableCell {
        switch answer {
        case .success(let value): TableCell(text(value), sortKey: value, tone: tone)
        case .failure(let absence): TableCell(nil, reason: Wording.absence(absence))
        }
    }

    private func interval(_ row: MovedFigure) -> TableCell {
        switch row.interval {
        case .success(let interval):
            TableCell(
                say(
                    "\(NumberText.fixed(interval.low, decimals: 2)) to \(NumberText.fixed(interval.high, decimals: 2))"),
                sortKey: interval.low)
        case .failure(let absence): TableCell(nil, reason: Wording.absence(absence))
        }
    }

    private func trend(_ row: MovedFigure) -> TableCell {
        guard let now = row.b?.direction else { return TableCell(nil, reason: say("no trend")) }
        guard let then = row.a?.direction, then != now else { return TableCell(say("still \(now)")) }
        return TableCell(say("\(then), now \(now)"))
    }

    /// What the days brought that only the later run has.
    var fresh: TableBlock? {
        let rows = comparison.fresh.filter { !$0.days.isEmpty }
        guard !rows.isEmpty else { return nil }
        return TableBlock(
            caption: say("The days that are new, against the records of the earlier report"),
            columns: [
                .init(say("Metric")), .init(say("New days"), isNumeric: true), .init("n", isNumeric: true),
                .init(say("Mean of the new days"), isNumeric: true), .init(say("Mean then"), isNumeric: true),
                .init(say("Glass Δ"), isNumeric: true),
            ],
            rows: rows.map { row in
                let before = comparison.a.figures.first { $0.metric == row.metric && $0.group == "all" }?.mean
                return [
                    TableCell(words.title(row.metric)),
                    TableCell(NumberWords.count(row.days.count), sortKey: Double(row.days.count)),
                    TableCell(NumberWords.count(row.n), sortKey: Double(row.n)),
                    row.mean.map { TableCell(words.value($0, of: row.metric), sortKey: $0) }
                        ?? TableCell(nil, reason: say("no records")),
                    before.map { TableCell(words.value($0, of: row.metric), sortKey: $0) }
                        ?? TableCell(nil, reason: say("no records")),
                    cell(row.effect) { NumberWords.signed(NumberText.fixed($0, decimals: 2), $0) },
                ]
            })
    }

    /// Tests that changed.
    func tests(atMost count: Int) -> TableBlock? {
        guard let moves = comparison.tests.value, !moves.isEmpty else { return nil }
        let shown = moves.prefix(count)
        return TableBlock(
            caption: say("Tests that changed, \(NumberWords.count(shown.count)) of \(NumberWords.count(moves.count))"),
            columns: [.init(say("Test")), .init(say("Source")), .init(say("What is new"))],
            rows: shown.map {
                [
                    TableCell($0.title), TableCell($0.source),
                    TableCell(
                        RunComparisonWords.change($0.change),
                        tone: $0.change == .newlyFailing ? .bad : $0.change == .fixed ? .good : .muted),
                ]
            })
    }

    /// Days that both runs know and describe differently.
    func corrections(atMost count: Int) -> TableBlock? {
        let all = comparison.corrections
        guard !all.isEmpty else { return nil }
        let shown = all.prefix(count)
        return TableBlock(
            caption:
                say(
                    "Days of both reports with other figures now (late or corrected rows), \(NumberWords.count(shown.count)) of \(NumberWords.count(all.count))"
                ),
            columns: [
                .init(say("Day")), .init(say("Metric")), .init(say("n then"), isNumeric: true),
                .init(say("n now"), isNumeric: true),
                .init(say("Mean then"), isNumeric: true), .init(say("Mean now"), isNumeric: true),
            ],
            rows: shown.map { row in
                [
                    TableCell(row.a.day.iso), TableCell(words.title(row.metric)),
                    TableCell(NumberWords.count(row.a.n), sortKey: Double(row.a.n)),
                    TableCell(NumberWords.count(row.b.n), sortKey: Double(row.b.n)),
                    TableCell(words.value(row.a.mean, of: row.metric), sortKey: row.a.mean),
                    TableCell(words.value(row.b.mean, of: row.metric), sortKey: row.b.mean),
                ]
            })
    }

    /// KPIs whose value or verdict differs.
    var kpis: TableBlock? {
        let moved = comparison.kpis.filter { $0.a != $0.b }
        guard !moved.isEmpty else { return nil }
        return TableBlock(
            caption: say("KPIs that moved"),
            columns: [
                .init(say("KPI")), .init(say("Then"), isNumeric: true), .init(say("Now"), isNumeric: true),
                .init(say("Verdict")),
            ],
            rows: moved.map { kpi in
                let value = { (state: RunSnapshot.KPIState?) in
                    state?.value.map { value in
                        TableCell(
                            state?.isInUnit == true
                                ? words.value(value, of: state?.metric ?? "") : NumberWords.plain(value),
                            sortKey: value)
                    } ?? TableCell(nil, reason: say("no value"))
                }
                let (then, now) = (kpi.a?.verdict ?? say("not there"), kpi.b?.verdict ?? say("not there"))
                let tone: Tone = kpi.isMetNow ? .good : kpi.isMissedNow ? .bad : .muted
                return [
                    TableCell(kpi.b?.title ?? kpi.a?.title ?? ""), value(kpi.a), value(kpi.b),
                    TableCell(
                        (then == now ? say("still \(now)") : say("\(then), now \(now)")).replacing("_", with: " "),
                        tone: tone),
                ]
            })
    }

    /// Findings or alerts as a table, for answers at the terminal.
    func claims(_ caption: String, _ claims: [RunSnapshot.Claim], atMost count: Int) -> TableBlock? {
        guard !claims.isEmpty else { return nil }
        let shown = claims.prefix(count)
        return TableBlock(
            caption: say("\(caption), \(NumberWords.count(shown.count)) of \(NumberWords.count(claims.count))"),
            columns: [
                .init(say("Claim")), .init(say("Severity")), .init(say("Standard deviations"), isNumeric: true),
                .init(say("Id")),
            ],
            rows: shown.map {
                [
                    TableCell($0.text, tone: Wording.tone(of: $0.goodness)),
                    TableCell($0.severity.map { say(word: $0.rawValue) } ?? say("none")),
                    $0.standardised.map { TableCell(NumberText.fixed($0, decimals: 2), sortKey: $0) }
                        ?? TableCell(nil, reason: say("none")),
                    TableCell($0.id),
                ]
            })
    }
}
