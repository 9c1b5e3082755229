import Analysis
import Charts
import Model
import Words

extension ReportContext {
    /// One test: how it ended, what it said, its history.
    func testPage(_ test: TestAccount, of source: SourceResult, _ words: ValidationWords) -> Page {
        let status = ValidationWords.status(test.status)
        let state =
            test.isPresent
            ? say("\(status.word) on \(Wording.day(source.newest.day))")
            : say("is not in the newest run; it \(status.word) last")
        var pieces: [Prose.Piece] = [.text(say("It ")), .strong(state), .text(".")]
        if let change = test.change.map(ValidationWords.change) {
            pieces.append(.text(say(" Since the run before: \(change.word).")))
        }
        if test.isGate { pieces.append(.text(say(" It is a gate: nothing is ready before it passes."))) }
        return Page(
            path: "validation/test-\(test.id).html", kind: "analysis", title: test.name, lead: Prose(pieces),
            crumbs: [home, Link(path: "validation/index.html", text: say("Validation"))],
            sections: [
                PageSection(
                    id: "result", title: say("Result"), depth: .executive,
                    blocks: [.definitions(result(test, source, words))]),
                historySection(test, source, words),
            ].compactMap { $0 },
            alternates: [
                Link(path: "exports/validation-tests.csv", text: "CSV"), Link(path: "summary.json", text: "JSON"),
            ])
    }

    private func result(_ test: TestAccount, _ source: SourceResult, _ words: ValidationWords) -> [Definition] {
        let result = test.result
        var items = [
            Definition(say("Test"), text: Prose([.code(TableCell.shortened(result.test))])),
            Definition(say("Category"), text: Prose(words.title(ofCategory: test.category))),
            Definition(say("Source"), text: Prose(source.name)),
            Definition(
                say("Rule"),
                text: Prose(
                    test.isByScore
                        ? say(
                            "judged by its score: passed from \(NumberWords.exactly(test.cutOffs[0])), warned from \(NumberWords.exactly(test.cutOffs[1]))"
                        )
                        : say("as the export says"))),
        ]
        if !result.suite.isEmpty {
            items.insert(Definition(say("Suite"), text: Prose([.code(TableCell.shortened(result.suite))])), at: 1)
        }
        items.append(
            Definition(
                say("Score"),
                text: Prose(
                    result.score.map { say("\(ValidationWords.score($0)) of 100") }
                        ?? say(
                            "none: \(test.status == .errored || test.status == .skipped ? say("the test measured nothing") : say("the export gives none"))"
                        )
                )))
        if let cases = test.caseShare.value {
            items.append(
                Definition(
                    say("Cases"),
                    text: tell(
                        "\(ValidationWords.share(cases)) went well; \(NumberWords.level(words.result.level)) interval \(ValidationWords.interval(cases.interval))"
                    )))
        }
        if let seconds = result.seconds {
            items.append(Definition(say("Duration"), text: Prose(ValidationWords.seconds(seconds))))
        }
        if result.attempts > 1 {
            items.append(
                Definition(
                    say("Attempts"),
                    text: tell(
                        "\(NumberWords.count(result.attempts)), of which \(NumberWords.count(result.failedAttempts)) failed"
                    )))
        }
        if !result.message.isEmpty { items.append(Definition(say("Evidence"), text: Prose([.code(result.message)]))) }
        switch test.flakiness {
        case .success(let flaky):
            items.append(
                Definition(
                    say("Steadiness"),
                    text: tell(
                        "\(NumberWords.count(flaky.unstable)) of \(NumberWords.count(flaky.runs)) runs unstable (\(ValidationWords.percent(flaky.rate.share)); interval \(ValidationWords.interval(flaky.rate.interval)))\(flaky.isFlaky ? say(": flaky") : "")"
                    )))
        case .failure(let absence):
            items.append(Definition(say("Steadiness"), text: Prose(Wording.absence(absence))))
        }
        return items
    }

    private func historySection(_ test: TestAccount, _ source: SourceResult, _ words: ValidationWords) -> PageSection? {
        guard source.runs.count > 1 else { return nil }
        let rows = zip(source.runs, zip(test.history, test.durations)).reversed().map { run, past -> [TableCell] in
            let status = past.0.map(ValidationWords.status)
            return [
                TableCell(run.id), TableCell(run.day.iso),
                status.map { TableCell($0.word, tone: $0.tone) } ?? TableCell(nil, reason: say("not in this run")),
                past.1.map { TableCell(NumberWords.plain($0), sortKey: $0) }
                    ?? TableCell(nil, reason: say("no duration given")),
            ]
        }
        let counts = TestResult.Status.allCases.compactMap { status -> String? in
            let count = test.history.count { $0 == status }
            return count > 0
                ? "\(count == 1 ? say("once") : NumberWords.count(count) + say(" times")) \(ValidationWords.status(status).word)"
                : nil
        }
        let figure = Figure(
            title: say("Outcomes from run to run"),
            description: say("In \(NumberWords.count(source.runs.count)) runs \(counts.joined(separator: ", "))."),
            size: .rows(1), x: Axis(title: say("Run"), scale: .names(source.runs.map { Wording.shortDay($0.day) })),
            y: Axis(title: "", scale: .names([test.name])),
            marks: [.cells(ValidationWords.cells(test.history, row: 0))])
        let period = Period(start: source.runs[0].day, end: source.newest.day.advanced(by: 1))
        return PageSection(
            id: "history", title: say("History"),
            blocks: [
                .figure(
                    FigureBlock(
                        figure: figure,
                        caption: caption(say("\(NumberWords.count(source.runs.count)) runs"), period: period),
                        data: TableBlock(
                            caption: say("Outcomes, the newest first"),
                            columns: [
                                .init(say("Run")), .init(say("Day")), .init(say("Outcome")),
                                .init(say("Duration"), unit: "s", isNumeric: true),
                            ], rows: rows)))
            ])
    }
}
