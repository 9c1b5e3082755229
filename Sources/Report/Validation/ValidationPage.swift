import Analysis
import Charts
import Model
import Words

extension ReportContext {
    /// The words of the results of tests; nil where there are none.
    var validation: ValidationWords? { analyses.validation.map(ValidationWords.init) }

    /// The pages of validation, the overview first; none without results.
    func validationPages() -> [Page] {
        guard let words = validation else { return [] }
        return [validationPage(words)] + words.shownTests.map { testPage($0.test, of: $0.source, words) }
    }

    private func validationPage(_ words: ValidationWords) -> Page {
        Page(
            path: "validation/index.html", kind: "analysis", title: say("Validation"), lead: words.lead, crumbs: [home],
            sections: [
                PageSection(
                    id: "verdict", title: say("Verdict"), depth: .executive,
                    blocks: [.keyFigures(words.keyFigures), .table(words.reasonTable)]),
                PageSection(
                    id: "changes", title: say("Since the run before"), depth: .executive, blocks: words.changeBlocks),
                PageSection(id: "advice", title: say("What to do"), depth: .executive, blocks: words.adviceBlocks),
                PageSection(id: "categories", title: say("Categories"), blocks: words.categoryBlocks(self)),
                words.criterionSection, words.sourceSection, words.flakySection, words.slowingSection,
                PageSection(id: "history", title: say("Runs"), blocks: words.historyBlocks(self)),
                PageSection(id: "tests", title: say("Tests"), blocks: words.testBlocks),
                PageSection(
                    id: "method", title: say("Rules and formulas"), depth: .technical, blocks: words.methodBlocks),
            ].compactMap { $0 },
            alternates: [
                Link(path: "exports/validation-tests.csv", text: say("Tests as CSV")),
                Link(path: "exports/validation-categories.csv", text: say("Categories as CSV")),
                Link(path: "exports/validation-runs.csv", text: say("Runs as CSV")),
                Link(path: "summary.json", text: "JSON"),
            ])
    }

    /// The line of the overview.
    func validationSection() -> PageSection? {
        guard let words = validation else { return nil }
        return PageSection(
            id: "validation", title: say("Validation"), depth: .executive,
            blocks: [
                .prose(
                    Prose(
                        words.lead.pieces + [
                            .text(words.newlyFailing.map { " \($0) " } ?? " "),
                            .link(Link(path: "validation/index.html", text: say("Scorecard"))), .text("."),
                        ]))
            ])
    }
}

extension ValidationWords {
    /// Tests that have a page: those that do not pass, come and go, changed, or are gates; at most 60.
    var shownTests: [(source: SourceResult, test: TestAccount)] {
        let all = result.sources.flatMap { source in source.tests.map { (source: source, test: $0) } }
        let wanted = all.filter { _, test in
            test.isGate || test.status.isBad || test.change != nil || test.flakiness.value?.isFlaky == true
                || test.slowing.value?.isNotable == true
        }
        return Array(wanted.prefix(60))
    }

    /// Where the page of a test is; nil if it has none.
    func link(to test: TestAccount) -> Link? {
        shownTests.contains { $0.test.id == test.id }
            ? Link(path: "validation/test-\(test.id).html", text: test.name) : nil
    }

    var keyFigures: [KeyFigure] {
        let counts = result.counts
        var figures = [
            KeyFigure(
                label: say("Score"), value: result.score.value.map { Self.score($0) + say(" of 100") },
                note: result.score.absence.map(Wording.absence)
                    ?? say("mean of the categories, weighted; ready from \(Self.score(settings.readyScore))"),
                change: scoreChange, tone: scoreTone)
        ]
        let single = hasSources ? nil : result.sources.first?.card.success.value
        figures.append(
            KeyFigure(
                label: say("Tests passed"), value: result.success.value.map(Self.percent),
                note: result.success.absence.map(Wording.absence) ?? single.map {
                    say(
                        "\(NumberWords.count($0.successes)) of \(NumberWords.count($0.n)) that ran; \(NumberWords.level(result.level)) interval \(Self.interval($0.interval))"
                    )
                }
                    ?? say(
                        "sources weighted \(result.sources.map { "\($0.name) \(NumberText.fixed($0.weight, decimals: 2))" }.joined(separator: ", "))"
                    )
            ))
        let bad = counts.failed + counts.errored
        figures.append(
            KeyFigure(
                label: say("Failed or broke off"), value: NumberWords.count(bad),
                note: say("\(NumberWords.count(counts.failed)) failed, \(NumberWords.count(counts.errored)) broke off"),
                tone: bad > 0 ? .bad : .muted))
        figures.append(
            KeyFigure(
                label: say("Skipped"), value: NumberWords.count(counts.skipped),
                note: say("counted neither as passed nor as failed")))
        let gates = result.tests.filter(\.isGate)
        if !gates.isEmpty {
            let passed = gates.count { $0.isPresent && $0.status == .passed }
            figures.append(
                KeyFigure(
                    label: say("Gate tests passed"),
                    value: say("\(NumberWords.count(passed)) of \(NumberWords.count(gates.count))"),
                    note: say("each has to pass"), tone: passed < gates.count ? .bad : .good))
        }
        return figures
    }

    private var scoreChange: String? {
        guard !hasSources, let change = result.sources.first?.change, let score = change.score.value else { return nil }
        return say("\(Self.difference(score)) on the run of \(Wording.shortDay(change.from.day))")
    }

    private var scoreTone: Tone {
        guard !hasSources, let score = result.sources.first?.change?.score.value else { return .muted }
        return score > 0 ? .good : score < 0 ? .bad : .muted
    }

    var reasonTable: TableBlock {
        TableBlock(
            caption: say("Each rule and how far it lets the verdict go; the verdict is the least of them"),
            columns: [.init(say("Rule")), .init(say("Allows"))],
            rows: result.reasons.prefix(60).map { reason in
                let allows = Self.allows(reason.allows)
                return [TableCell(sentence(reason)), TableCell(allows.word, tone: allows.tone)]
            })
    }

    var changeBlocks: [Block] {
        result.sources.flatMap { source -> [Block] in
            guard let change = source.change else {
                return [
                    .notice(tell("There is no run before\(of(source.name)): what is new cannot be told."))
                ]
            }
            var pieces: [Prose.Piece] = [
                .text(
                    say("The run of \(Wording.day(source.newest.day))\(of(source.name)) against that of ")),
                .time(
                    iso: change.from.day.iso, text: Wording.day(change.from.day)), .text(": "),
            ]
            let shown = TestChange.allCases.compactMap { kind -> String? in
                (change.tests[kind]?.count).map { "\(NumberWords.count($0)) \(Self.change(kind).word)" }
            }
            pieces.append(.text(shown.isEmpty ? say("no test ended otherwise.") : shown.joined(separator: ", ") + "."))
            if let success = change.success.value {
                pieces.append(.text(say(" Tests passed: \(Self.points(success)).")))
            }
            if let score = change.score.value { pieces.append(.text(say(" Score: \(Self.difference(score))."))) }
            let changed = source.tests.filter { $0.change != nil }
            guard !changed.isEmpty else { return [.prose(Prose(pieces))] }
            let rank = { (test: TestAccount) in test.change.flatMap { TestChange.allCases.firstIndex(of: $0) } ?? 0 }
            let rows = changed.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
                .prefix(40).map { changeRow($0.element) }
            return [
                .prose(Prose(pieces)),
                .table(
                    TableBlock(
                        caption: say("Tests that ended otherwise than before\(of(source.name))")
                            + (changed.count > 40 ? say(", 40 of \(NumberWords.count(changed.count))") : ""),
                        columns: [
                            .init(say("Test")), .init(say("Category")), .init(say("What is new")), .init(say("Now")),
                            .init(say("Says")),
                        ],
                        rows: Array(rows),
                        export: Link(path: "exports/validation-tests.csv", text: say("All tests as CSV")))
                ),
            ]
        }
    }

    private func changeRow(_ test: TestAccount) -> [TableCell] {
        let change = test.change.map(Self.change)
        return [
            nameCell(test), TableCell(title(ofCategory: test.category)),
            TableCell(change?.word, tone: change?.tone ?? .muted), statusCell(test),
            message(test),
        ]
    }

    var adviceBlocks: [Block] {
        guard !result.advice.isEmpty else { return [.prose(tell("The figures ask for nothing."))] }
        return [
            .table(
                TableBlock(
                    caption: say("Recommendations with the figures that they rest on, the most pressing first"),
                    columns: [.init(say("Priority")), .init(say("What to do")), .init(say("Figures"))],
                    rows: result.advice.prefix(30).map { item in
                        let priority = Self.priority(item.priority)
                        let words = advice(item)
                        return [
                            TableCell(priority.word, tone: priority.tone), TableCell(words.what),
                            TableCell(words.figures),
                        ]
                    }))
        ]
    }

    // MARK: Cells

    func nameCell(_ test: TestAccount) -> TableCell { TableCell(test.name, link: link(to: test)) }

    func statusCell(_ test: TestAccount) -> TableCell {
        guard test.isPresent else { return TableCell(nil, reason: say("not in the newest run")) }
        let status = Self.status(test.status)
        return TableCell(status.word, tone: status.tone)
    }

    func message(_ test: TestAccount) -> TableCell {
        test.result.message.isEmpty ? TableCell(nil, reason: say("nothing said")) : TableCell(test.result.message)
    }

    func title(ofCategory name: String) -> String { settings.title(ofCategory: name) }

    func cell<Value>(_ answer: Answer<Value>, _ make: (Value) -> TableCell) -> TableCell {
        switch answer {
        case .success(let value): make(value)
        case .failure(let absence): TableCell(nil, reason: Wording.absence(absence))
        }
    }
}
