import Analysis
import Charts
import Model
import Words

extension ValidationWords {
    /// Shares of passed tests by category with intervals, and the same as a table.
    func categoryBlocks(_ context: ReportContext) -> [Block] {
        var blocks: [Block] = []
        let drawn = categories.filter { $0.category.card.success.value != nil }.prefix(40)
        if !drawn.isEmpty {
            let names = drawn.map { $0.category.title + of($0.source.name) }
            let bars = drawn.enumerated().compactMap { place, row -> Mark.Estimate? in
                row.category.card.success.value.map { estimate($0, slot: place) }
            }
            let figure = Figure(
                title: say("Tests passed by category"),
                description: zip(names, drawn).prefix(12).compactMap { name, row in
                    row.category.card.success.value.map { "\(name): \(Self.share($0))" }
                }.joined(separator: "; ") + ".",
                size: .rows(drawn.count),
                x: Axis(
                    title: say("Passed of those that ran"), unit: "%",
                    scale: .linear(domain: 0...100, includesZero: true)),
                y: Axis(title: "", scale: .names(Array(names))),
                marks: [
                    .bars(bars, tone: .series(1)),
                    .rule(
                        at: settings.readySuccess * 100, vertical: true, tone: .accent,
                        label: say("ready \(Self.percent(settings.readySuccess))")),
                ])
            blocks.append(
                .figure(
                    FigureBlock(
                        figure: figure,
                        caption: context.caption(
                            say("n in the table below"),
                            say("\(NumberWords.level(result.level)) intervals after Wilson"),
                            period: result.day.flatMap { Period(start: $0, end: $0.advanced(by: 1)) }),
                        data: shareTable)))
        }
        blocks.append(.table(categoryTable))
        return blocks
    }

    private func estimate(_ share: SuccessShare, slot: Int) -> Mark.Estimate {
        Mark.Estimate(
            slot: Double(slot), value: share.share * 100, low: share.interval.low * 100,
            high: share.interval.high * 100,
            tone: share.share < settings.conditionalSuccess - 1e-9 ? .bad : nil, text: Self.share(share))
    }

    private var categories: [(source: SourceResult, category: CategoryResult)] {
        result.sources.flatMap { source in source.categories.map { (source: source, category: $0) } }
    }

    /// Every category of every source: how its tests ended.
    var categoryTable: TableBlock {
        TableBlock(
            caption: say("Categories; a skipped test counts neither way, one that broke off has no score"),
            columns: (hasSources ? [TableBlock.Column(say("Source"))] : []) + [
                .init(say("Category")), .init(say("Passed"), isNumeric: true), .init(say("Warned"), isNumeric: true),
                .init(say("Failed"), isNumeric: true), .init(say("Broke off"), isNumeric: true),
                .init(say("Skipped"), isNumeric: true), .init(say("Mean score"), isNumeric: true),
                .init(say("Before"), isNumeric: true), .init(say("Weight"), isNumeric: true),
            ],
            rows: categories.map { source, category in
                (hasSources ? [TableCell(source.name)] : []) + categoryRow(category)
            }, export: Link(path: "exports/validation-categories.csv", text: "CSV"))
    }

    /// What the picture of categories shows.
    private var shareTable: TableBlock {
        TableBlock(
            caption: say("Passed of those that ran, by category"),
            columns: [
                .init(say("Category")), .init(say("Passed"), isNumeric: true), .init(say("Ran"), isNumeric: true),
                .init(say("Share"), isNumeric: true),
                .init(say("\(NumberWords.level(result.level)) interval"), isNumeric: true),
            ],
            rows: categories.map { source, category in
                let share = category.card.success
                return [
                    TableCell(category.title + of(source.name)),
                    cell(share) { TableCell(NumberWords.count($0.successes)) },
                    cell(share) { TableCell(NumberWords.count($0.n)) },
                    cell(share) { TableCell(Self.percent($0.share), sortKey: $0.share) },
                    cell(share) { TableCell(Self.interval($0.interval), sortKey: $0.interval.low) },
                ]
            })
    }

    private func categoryRow(_ category: CategoryResult) -> [TableCell] {
        let card = category.card
        let statuses: [TestResult.Status] = [.passed, .warned, .failed, .errored, .skipped]
        return [TableCell(category.title)]
            + statuses.map { status in
                let count = card.counts[status]
                return TableCell(
                    NumberWords.count(count), sortKey: Double(count), tone: status.isBad && count > 0 ? .bad : .muted)
            } + [
                cell(card.score) {
                    TableCell(Self.score($0), sortKey: $0, tone: $0 < settings.advisedScore ? .bad : .muted)
                },
                category.before.map { before in
                    cell(before.score) { TableCell(Self.score($0), sortKey: $0) }
                } ?? TableCell(nil, reason: say("no run before")),
                TableCell(NumberWords.exactly(category.weight), sortKey: category.weight),
            ]
    }

    // MARK: Runs

    /// The share of passed tests from run to run, a strip of tests by runs, and the runs as a table.
    func historyBlocks(_ context: ReportContext) -> [Block] {
        result.sources.flatMap { source -> [Block] in
            let rows = source.runs.reversed().prefix(10).map { runRow($0) }
            let table = TableBlock(
                caption: say("Runs\(of(source.name)), the newest first")
                    + (source.runs.count > 10 ? say(", 10 of \(NumberWords.count(source.runs.count))") : ""),
                columns: Self.runColumns, rows: Array(rows),
                export: Link(path: "exports/validation-runs.csv", text: "CSV"))
            guard source.runs.count > 1 else { return [.table(table)] }
            let period = Period(start: source.runs[0].day, end: source.newest.day.advanced(by: 1))
            var blocks: [Block] = [
                .figure(
                    FigureBlock(
                        figure: runFigure(source),
                        caption: context.caption(
                            say("\(NumberWords.count(source.runs.count)) runs\(of(source.name))"),
                            say("\(NumberWords.level(result.level)) intervals after Wilson"), period: period),
                        data: table))
            ]
            if let strip = strip(source) {
                blocks.append(
                    .figure(
                        FigureBlock(
                            figure: strip.figure,
                            caption: context.caption(
                                say("tests that did not always pass\(of(source.name))"),
                                say(
                                    "from faint to strong: passed, warned, broke off; red: failed; grey: skipped; outlined: not in the run"
                                ),
                                period: period), data: strip.data)))
            }
            return blocks
        }
    }

    private static var runColumns: [TableBlock.Column] {
        [
            .init(say("Run")), .init(say("Day")), .init(say("Tests")),
            .init(say("Passed of those that ran"), isNumeric: true),
            .init(say("Score"), isNumeric: true),
            .init(say("Duration"), unit: "s", isNumeric: true),
        ]
    }

    private func runRow(_ run: RunFigures) -> [TableCell] {
        [
            TableCell(run.id), TableCell(run.day.iso), TableCell(Self.counts(run.card.counts)),
            cell(run.card.success) { TableCell(Self.percent($0.share), sortKey: $0.share) },
            cell(run.card.score) { TableCell(Self.score($0), sortKey: $0) },
            run.card.seconds.map { TableCell(NumberWords.plain($0), sortKey: $0) }
                ?? TableCell(nil, reason: say("no test has a duration")),
        ]
    }

    private func runFigure(_ source: SourceResult) -> Figure {
        let runs = source.runs
        let points = runs.enumerated().map { place, run in
            Mark.Point(x: Double(place), y: run.card.success.value.map { $0.share * 100 }, text: nil)
        }
        let spans = runs.enumerated().map { place, run in
            Mark.Span(
                x: Double(place), low: run.card.success.value.map { $0.interval.low * 100 },
                high: run.card.success.value.map { $0.interval.high * 100 })
        }
        let every = max(1, (runs.count + 8) / 9)
        let ticks = runs.enumerated().filter { $0.offset % every == 0 }.map {
            Axis.Tick(position: Double($0.offset), label: Wording.shortDay($0.element.day))
        }
        let first = runs[0].card.success.value.map { Self.share($0) } ?? say("not known")
        let last = source.card.success.value.map { Self.share($0) } ?? say("not known")
        return Figure(
            title: say("Tests passed from run to run\(of(source.name))"),
            description:
                say("From \(first) on \(Wording.day(runs[0].day)) to \(last) on \(Wording.day(source.newest.day))."),
            x: Axis(title: say("Run"), scale: .labelled(domain: 0...Double(runs.count - 1), ticks: ticks)),
            y: Axis(
                title: say("Passed of those that ran"), unit: "%", scale: .linear(domain: 0...100, includesZero: true)),
            marks: [
                .band(spans, tone: .series(1)), .line(points, tone: .series(1)), .dots(points, tone: .series(1)),
                .rule(
                    at: settings.readySuccess * 100, vertical: false, tone: .accent,
                    label: say("ready \(Self.percent(settings.readySuccess))")),
            ])
    }

    /// Tests by runs, as cells; nil where every test always passed.
    private func strip(_ source: SourceResult) -> (figure: Figure, data: TableBlock)? {
        let restless = source.tests.filter { test in
            test.history.contains { $0 != nil && $0 != .passed }
        }
        let tests = restless.sorted { Self.unrest($0) > Self.unrest($1) }.prefix(24)
        guard !tests.isEmpty, source.runs.count > 1 else { return nil }
        let figure = Figure(
            title: say("Outcomes from run to run\(of(source.name))"),
            description: Self.stripWords(restless, shown: tests.count, runs: source.runs.count),
            size: .rows(tests.count),
            x: Axis(title: say("Run"), scale: .names(source.runs.map { Wording.shortDay($0.day) })),
            y: Axis(title: "", scale: .names(tests.map(\.name))),
            marks: [.cells(tests.enumerated().flatMap { row, test in Self.cells(test.history, row: row) })])
        let data = TableBlock(
            caption: say("Outcomes of these tests over \(NumberWords.count(source.runs.count)) runs"),
            columns: [.init(say("Test"))]
                + TestResult.Status.allCases.map {
                    .init(
                        Self.status($0).word.prefix(1).uppercased() + Self.status($0).word.dropFirst(), isNumeric: true)
                },
            rows: tests.map { test in
                [nameCell(test)]
                    + TestResult.Status.allCases.map { status in
                        let count = test.history.count { $0 == status }
                        return TableCell(NumberWords.count(count), sortKey: Double(count))
                    }
            })
        return (figure, data)
    }

    private static func stripWords(_ tests: [TestAccount], shown: Int, runs: Int) -> String {
        let failures = tests.reduce(0) { $0 + $1.history.count { $0?.isBad == true } }
        return
            say(
                "\(NumberWords.count(tests.count, "test", "tests")) did not always pass in \(NumberWords.count(runs)) runs, \(NumberWords.count(shown)) \(shown == 1 ? say("is") : say("are")) shown; \(NumberWords.count(failures, "outcome", "outcomes")) failed or broke off."
            )
    }

    /// How much there is to see in a test's history.
    private static func unrest(_ test: TestAccount) -> Int {
        test.history.reduce(0) { $0 + ($1?.isBad == true ? 100 : $1 == .warned ? 10 : $1 == .skipped ? 1 : 0) }
    }

    /// A row of cells; words are read out, since cells are small.
    static func cells(_ history: [TestResult.Status?], row: Int) -> [Mark.Cell] {
        history.enumerated().map { column, status in
            let words = status.map(Self.status)
            return Mark.Cell(
                column: column, row: row, tone: status.map { Self.cellTone($0) }, text: words?.word)
        }
    }

    /// Light for passed and dark for failed, so that grey printing tells them apart.
    private static func cellTone(_ status: TestResult.Status) -> Tone {
        switch status {
        case .passed: .sequential(0.1)
        case .warned: .sequential(0.45)
        case .failed: .bad
        case .errored: .sequential(1)
        case .skipped: .muted
        }
    }
}
