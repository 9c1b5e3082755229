import Analysis
import Charts
import Model
import Words

extension ValidationWords {
    var criterionSection: PageSection? {
        guard !result.criteria.isEmpty else { return nil }
        let rows = result.criteria.map { item -> [TableCell] in
            let state: TableCell =
                switch item.isMet {
                case true: TableCell(say("met"), tone: .good)
                case false: TableCell(say("not met"), tone: .bad)
                default: TableCell(say("undetermined"), tone: .accent)
                }
            return [
                TableCell(item.criterion.name), TableCell(criterion(item.criterion)),
                cell(item.value) { TableCell(value($0, of: item.criterion), sortKey: $0) },
                TableCell(NumberWords.count(item.n), sortKey: Double(item.n)), state,
            ]
        }
        return PageSection(
            id: "criteria", title: say("Success criteria"),
            blocks: [
                .table(
                    TableBlock(
                        caption:
                            say(
                                "Each criterion as computed from the newest results; what cannot be computed is not met"
                            ),
                        columns: [
                            .init(say("Criterion")), .init(say("Asks for")), .init(say("Measured"), isNumeric: true),
                            .init(say("Tests"), isNumeric: true), .init(say("State")),
                        ], rows: rows))
            ])
    }

    var sourceSection: PageSection? {
        guard hasSources else { return nil }
        let rows = result.sources.map { source -> [TableCell] in
            [
                TableCell(source.name), TableCell(NumberText.fixed(source.weight, decimals: 2), sortKey: source.weight),
                TableCell(source.newest.day.iso), TableCell(Self.counts(source.card.counts)),
                cell(source.card.success) { TableCell(Self.percent($0.share), sortKey: $0.share) },
                cell(source.card.success) { TableCell(Self.interval($0.interval), sortKey: $0.interval.low) },
                cell(source.card.score) { TableCell(Self.score($0), sortKey: $0) },
            ]
        }
        let agreements = result.agreements.map { item -> [TableCell] in
            [
                TableCell("\(item.b) − \(item.a)"), cell(item.success) { TableCell(Self.points($0), sortKey: $0) },
                cell(item.score) { TableCell(Self.difference($0), sortKey: $0) },
                cell(item.consistency) { TableCell(NumberText.fixed($0, decimals: 2), sortKey: $0) },
                TableCell(NumberWords.count(item.shared), sortKey: Double(item.shared)),
                item.contradicting.isEmpty
                    ? TableCell(say("none")) : TableCell(Self.list(item.contradicting, 8)),
                TableCell(
                    item.isDiscrepant ? say("they disagree") : say("they agree"), tone: item.isDiscrepant ? .bad : .good
                ),
            ]
        }
        return PageSection(
            id: "sources", title: say("Sources"),
            blocks: [
                .table(
                    TableBlock(
                        caption: say("The newest run of each source and its weight in the overall figures"),
                        columns: [
                            .init(say("Source")), .init(say("Weight"), isNumeric: true), .init(say("Day")),
                            .init(say("Tests")),
                            .init(say("Passed of those that ran"), isNumeric: true),
                            .init(say("\(NumberWords.level(result.level)) interval"), isNumeric: true),
                            .init(say("Score"), isNumeric: true),
                        ], rows: rows)),
                .table(
                    TableBlock(
                        caption:
                            say(
                                "Sources against each other; they disagree beyond \(Self.percent(settings.sourceSuccessDifference)) of success, \(Self.score(settings.sourceScoreDifference)) of score or below a consistency of \(NumberText.fixed(settings.sourceConsistency, decimals: 2))"
                            ),
                        columns: [
                            .init(say("Sources")), .init(say("Success"), isNumeric: true),
                            .init(say("Score"), isNumeric: true),
                            .init(say("Consistency"), isNumeric: true), .init(say("Tests of both"), isNumeric: true),
                            .init(say("Passed by one, failed by the other")), .init(say("State")),
                        ], rows: agreements)),
            ])
    }

    var flakySection: PageSection? {
        let all = result.sources.flatMap { source in source.tests.map { (source: source, test: $0) } }
        let judged = all.count { $0.test.flakiness.value != nil }
        let found = all.filter { ($0.test.flakiness.value?.unstable ?? 0) > 0 }
            .sorted { ($0.test.flakiness.value?.rate.share ?? 0) > ($1.test.flakiness.value?.rate.share ?? 0) }
        let rule =
            say(
                "Passed and warned are one outcome here, all others the other. A run is unstable if its attempts disagree or if it begins an outcome that lasts fewer than \(NumberWords.count(settings.lastingRuns)) runs; a test is flaky from \(NumberWords.count(settings.unstableRuns)) unstable runs among its last \(NumberWords.count(settings.historyRuns)) on."
            )
        guard judged > 0 else {
            return PageSection(
                id: "flaky", title: say("Flaky tests"),
                blocks: [
                    .notice(
                        tell(
                            "Too few runs to say: a test needs \(NumberWords.count(settings.minimumRuns)) runs with an outcome."
                        ))
                ])
        }
        guard !found.isEmpty else {
            return PageSection(
                id: "flaky", title: say("Flaky tests"),
                blocks: [
                    .prose(
                        tell("No outcome came and went among \(NumberWords.count(judged, "test", "tests")). \(rule)"))
                ])
        }
        let rows = found.prefix(30).map { source, test -> [TableCell] in
            let flaky = test.flakiness.value
            return [
                nameCell(test), TableCell(title(ofCategory: test.category) + of(source.name)),
                TableCell(flaky.map { NumberWords.count($0.runs) }, sortKey: flaky.map { Double($0.runs) }),
                TableCell(flaky.map { NumberWords.count($0.unstable) }, sortKey: flaky.map { Double($0.unstable) }),
                TableCell(flaky.map { Self.percent($0.rate.share) }, sortKey: flaky?.rate.share),
                TableCell(flaky.map { Self.interval($0.rate.interval) }, sortKey: flaky?.rate.interval.low),
                flaky?.isFlaky == true ? TableCell(say("flaky"), tone: .bad) : TableCell(say("once")),
            ]
        }
        return PageSection(
            id: "flaky", title: say("Flaky tests"),
            blocks: [
                .prose(Prose(rule)),
                .table(
                    TableBlock(
                        caption: say("Tests with unstable runs"),
                        columns: [
                            .init(say("Test")), .init(say("Category")), .init(say("Runs"), isNumeric: true),
                            .init(say("Unstable"), isNumeric: true), .init(say("Share"), isNumeric: true),
                            .init(say("\(NumberWords.level(result.level)) interval"), isNumeric: true),
                            .init(say("Judgement")),
                        ], rows: rows, export: Link(path: "exports/validation-tests.csv", text: "CSV"))),
            ])
    }

    var slowingSection: PageSection? {
        let found = result.tests.filter { $0.slowing.value?.isNotable == true }
        guard !found.isEmpty else { return nil }
        let rows = found.prefix(30).map { test -> [TableCell] in
            let slowing = test.slowing.value
            return [
                nameCell(test), TableCell(slowing.map { NumberWords.count($0.runs) }),
                TableCell(
                    slowing.map { NumberWords.signed(NumberWords.plain($0.slope), $0.slope) }, sortKey: slowing?.slope,
                    tone: (slowing?.slope ?? 0) > 0 ? .bad : .good),
                TableCell(
                    slowing.map {
                        say("\(NumberWords.plain($0.interval.low)) to \(NumberWords.plain($0.interval.high))")
                    }),
                TableCell(slowing?.relativeChange.map { Self.points($0).split(separator: " ")[0] + "\u{202F}%" }),
                TableCell(slowing.map { NumberWords.bareP($0.pAdjusted) }, sortKey: slowing?.pAdjusted),
            ]
        }
        return PageSection(
            id: "durations", title: say("Slower and faster"),
            blocks: [
                .table(
                    TableBlock(
                        caption: say("Durations with a trend that stands after correction over all tests"),
                        columns: [
                            .init(say("Test")), .init(say("Runs"), isNumeric: true),
                            .init(say("Change of a run"), unit: "s", isNumeric: true),
                            .init(say("\(NumberWords.level(result.level)) interval"), isNumeric: true),
                            .init(say("Over all runs"), isNumeric: true), .init(say("p, corrected"), isNumeric: true),
                        ], rows: rows))
            ])
    }

    /// The tests of the newest runs, those that do not pass first.
    var testBlocks: [Block] {
        let all = result.sources.flatMap { source in source.tests.map { (source: source, test: $0) } }
            .filter(\.test.isPresent)
        let order: [TestResult.Status] = [.failed, .errored, .warned, .skipped, .passed]
        let sorted = all.enumerated().sorted { left, right in
            let rank = { (test: TestAccount) in order.firstIndex(of: test.status) ?? 0 }
            return (rank(left.element.test), left.offset) < (rank(right.element.test), right.offset)
        }.map(\.element)
        let rows = sorted.prefix(80).map { source, test -> [TableCell] in
            [
                nameCell(test), TableCell(title(ofCategory: test.category) + of(source.name)), statusCell(test),
                test.result.score.map { TableCell(Self.score($0), sortKey: $0) }
                    ?? TableCell(
                        nil,
                        reason: test.status == .errored || test.status == .skipped
                            ? say("it measured nothing") : say("no score given")),
                cell(test.caseShare) { TableCell(Self.share($0), sortKey: $0.share) },
                test.result.seconds.map { TableCell(NumberWords.plain($0), sortKey: $0) }
                    ?? TableCell(nil, reason: say("no duration given")),
                message(test),
            ]
        }
        return [
            .table(
                TableBlock(
                    caption: say("Tests of the newest runs, those that do not pass first")
                        + (rows.count < sorted.count
                            ? say(", \(rows.count) of \(NumberWords.count(sorted.count))") : ""),
                    columns: [
                        .init(say("Test")), .init(say("Category")), .init(say("Status")),
                        .init(say("Score"), isNumeric: true),
                        .init(say("Cases that went well"), isNumeric: true),
                        .init(say("Duration"), unit: "s", isNumeric: true),
                        .init(say("Says")),
                    ], rows: Array(rows),
                    export: Link(path: "exports/validation-tests.csv", text: say("All tests as CSV"))))
        ]
    }

    var methodBlocks: [Block] {
        let number = NumberWords.exactly
        let items: [(String, String)] = [
            (
                say("Verdict"),
                say(
                    "The least of what the rules allow. Ready: score ≥ \(number(settings.readyScore)) and success ≥ \(number(settings.readySuccess)); conditional: ≥ \(number(settings.conditionalScore)) and ≥ \(number(settings.conditionalSuccess)). A gate test that did not pass (failed, broke off, was skipped or is missing) is not ready, one that warned conditional. A category whose whole interval lies below the conditional share is not ready, one whose share does is conditional. Fewer than \(settings.minimumTests) tests, results of \(settings.staleDays) days or more, a missing source, sources that disagree and a criterion that is not met allow conditional at most."
                )
            ),
            (
                say("Success"),
                say(
                    "passed ÷ (passed + warned + failed + broke off), with Wilson’s interval. Skipped tests count neither way; a test that broke off is no success, but has no score either."
                )
            ),
            (
                say("Score"),
                say(
                    "Mean of the scores of a category’s tests; a run’s score is the mean of its categories by their weights. Tests without a score are left out, not taken as 0."
                )
            ),
            (
                say("Status"),
                say(
                    "As the export says. Where it gives a score alone: passed from \(number(settings.passScore)), warned from \(number(settings.warnScore)), unless a category declares other cut-offs."
                )
            ),
            (
                say("Sources"),
                say(
                    "Overall figures are means of the sources’ figures by their weights. Consistency: 1 − (|difference of success| + |difference of score| ÷ 100) ÷ 2; below \(number(settings.criticalSuccess)) of success a source is critical."
                )
            ),
            (
                say("Flaky"),
                say(
                    "Unstable runs ÷ runs with an outcome, over the last \(settings.historyRuns) runs, with Wilson’s interval; needs \(settings.minimumRuns) runs."
                )
            ),
            (
                say("Durations"),
                say(
                    "Theil–Sen slope by run; Mann–Kendall’s p corrected over all tests by Benjamini and Hochberg; told from a change of \(Self.percent(settings.notableSlowing)) over the runs on."
                )
            ),
            (
                say("Runs"),
                say(
                    "Results with an id of a run belong together; otherwise a run begins after \(settings.runGapMinutes) minutes without a result or when a test comes again."
                )
            ),
        ]
        return [.definitions(items.map { Definition($0.0, text: Prose($0.1)) })]
    }
}
