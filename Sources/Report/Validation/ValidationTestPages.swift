import Analysis
import Charts
import Model

extension ReportContext {
    /// One test: how it ended, what it said, its history.
    func testPage(_ test: TestAccount, of source: SourceResult, _ words: ValidationWords) -> Page {
        let status = ValidationWords.status(test.status)
        let state =
            test.isPresent
            ? "\(status.word) on \(Wording.day(source.newest.day))" : "is not in the newest run; it \(status.word) last"
        var pieces: [Prose.Piece] = [.text("It "), .strong(state), .text(".")]
        if let change = test.change.map(ValidationWords.change) {
            pieces.append(.text(" Since the run before: \(change.word)."))
        }
        if test.isGate { pieces.append(.text(" It is a gate: nothing is ready before it passes.")) }
        return Page(
            path: "validation/test-\(test.id).html", kind: "analysis", title: test.name, lead: Prose(pieces),
            crumbs: [home, Link(path: "validation/index.html", text: "Validation")],
            sections: [
                PageSection(
                    id: "result", title: "Result", depth: .executive,
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
            Definition("Test", text: Prose([.code(TableCell.shortened(result.test))])),
            Definition("Category", text: Prose(words.title(ofCategory: test.category))),
            Definition("Source", text: Prose(source.name)),
            Definition(
                "Rule",
                text: Prose(
                    test.isByScore
                        ? "judged by its score: passed from \(NumberWords.exactly(test.cutOffs[0])), warned from \(NumberWords.exactly(test.cutOffs[1]))"
                        : "as the export says")),
        ]
        if !result.suite.isEmpty {
            items.insert(Definition("Suite", text: Prose([.code(TableCell.shortened(result.suite))])), at: 1)
        }
        items.append(
            Definition(
                "Score",
                text: Prose(
                    result.score.map { "\(ValidationWords.score($0)) of 100" }
                        ?? "none: \(test.status == .errored || test.status == .skipped ? "the test measured nothing" : "the export gives none")"
                )))
        if let cases = test.caseShare.value {
            items.append(
                Definition(
                    "Cases",
                    text: Prose(
                        "\(ValidationWords.share(cases)) went well; \(NumberWords.level(words.result.level)) interval \(ValidationWords.interval(cases.interval))"
                    )))
        }
        if let seconds = result.seconds {
            items.append(Definition("Duration", text: Prose(ValidationWords.seconds(seconds))))
        }
        if result.attempts > 1 {
            items.append(
                Definition(
                    "Attempts",
                    text: Prose(
                        "\(NumberWords.count(result.attempts)), of which \(NumberWords.count(result.failedAttempts)) failed"
                    )))
        }
        if !result.message.isEmpty { items.append(Definition("Evidence", text: Prose([.code(result.message)]))) }
        switch test.flakiness {
        case .success(let flaky):
            items.append(
                Definition(
                    "Steadiness",
                    text: Prose(
                        "\(NumberWords.count(flaky.unstable)) of \(NumberWords.count(flaky.runs)) runs unstable (\(ValidationWords.percent(flaky.rate.share)); interval \(ValidationWords.interval(flaky.rate.interval)))\(flaky.isFlaky ? ": flaky" : "")"
                    )))
        case .failure(let absence):
            items.append(Definition("Steadiness", text: Prose(Wording.absence(absence))))
        }
        return items
    }

    private func historySection(_ test: TestAccount, _ source: SourceResult, _ words: ValidationWords) -> PageSection? {
        guard source.runs.count > 1 else { return nil }
        let rows = zip(source.runs, zip(test.history, test.durations)).reversed().map { run, past -> [TableCell] in
            let status = past.0.map(ValidationWords.status)
            return [
                TableCell(run.id), TableCell(run.day.iso),
                status.map { TableCell($0.word, tone: $0.tone) } ?? TableCell(nil, reason: "not in this run"),
                past.1.map { TableCell(NumberWords.plain($0), sortKey: $0) }
                    ?? TableCell(nil, reason: "no duration given"),
            ]
        }
        let counts = TestResult.Status.allCases.compactMap { status -> String? in
            let count = test.history.count { $0 == status }
            return count > 0
                ? "\(count == 1 ? "once" : NumberWords.count(count) + " times") \(ValidationWords.status(status).word)"
                : nil
        }
        let figure = Figure(
            title: "Outcomes from run to run",
            description: "In \(NumberWords.count(source.runs.count)) runs \(counts.joined(separator: ", ")).",
            size: .rows(1), x: Axis(title: "Run", scale: .names(source.runs.map { Wording.shortDay($0.day) })),
            y: Axis(title: "", scale: .names([test.name])),
            marks: [.cells(ValidationWords.cells(test.history, row: 0))])
        let period = Period(start: source.runs[0].day, end: source.newest.day.advanced(by: 1))
        return PageSection(
            id: "history", title: "History",
            blocks: [
                .figure(
                    FigureBlock(
                        figure: figure,
                        caption: caption("\(NumberWords.count(source.runs.count)) runs", period: period),
                        data: TableBlock(
                            caption: "Outcomes, the newest first",
                            columns: [
                                .init("Run"), .init("Day"), .init("Outcome"),
                                .init("Duration", unit: "s", isNumeric: true),
                            ], rows: rows)))
            ])
    }
}
