import Analysis
import Charts
import Model

extension ValidationWords {
    var criterionSection: PageSection? {
        guard !result.criteria.isEmpty else { return nil }
        let rows = result.criteria.map { item -> [TableCell] in
            let state: TableCell =
                switch item.isMet {
                case true: TableCell("met", tone: .good)
                case false: TableCell("not met", tone: .bad)
                default: TableCell("undetermined", tone: .accent)
                }
            return [
                TableCell(item.criterion.name), TableCell(criterion(item.criterion)),
                cell(item.value) { TableCell(value($0, of: item.criterion), sortKey: $0) },
                TableCell(NumberWords.count(item.n), sortKey: Double(item.n)), state,
            ]
        }
        return PageSection(
            id: "criteria", title: "Success criteria",
            blocks: [
                .table(
                    TableBlock(
                        caption:
                            "Each criterion as computed from the newest results; what cannot be computed is not met",
                        columns: [
                            .init("Criterion"), .init("Asks for"), .init("Measured", isNumeric: true),
                            .init("Tests", isNumeric: true), .init("State"),
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
                    ? TableCell("none") : TableCell(Self.list(item.contradicting, 8)),
                TableCell(
                    item.isDiscrepant ? "they disagree" : "they agree", tone: item.isDiscrepant ? .bad : .good),
            ]
        }
        return PageSection(
            id: "sources", title: "Sources",
            blocks: [
                .table(
                    TableBlock(
                        caption: "The newest run of each source and its weight in the overall figures",
                        columns: [
                            .init("Source"), .init("Weight", isNumeric: true), .init("Day"), .init("Tests"),
                            .init("Passed of those that ran", isNumeric: true),
                            .init("\(NumberWords.level(result.level)) interval", isNumeric: true),
                            .init("Score", isNumeric: true),
                        ], rows: rows)),
                .table(
                    TableBlock(
                        caption:
                            "Sources against each other; they disagree beyond \(Self.percent(settings.sourceSuccessDifference)) of success, \(Self.score(settings.sourceScoreDifference)) of score or below a consistency of \(NumberText.fixed(settings.sourceConsistency, decimals: 2))",
                        columns: [
                            .init("Sources"), .init("Success", isNumeric: true), .init("Score", isNumeric: true),
                            .init("Consistency", isNumeric: true), .init("Tests of both", isNumeric: true),
                            .init("Passed by one, failed by the other"), .init("State"),
                        ], rows: agreements)),
            ])
    }

    var flakySection: PageSection? {
        let all = result.sources.flatMap { source in source.tests.map { (source: source, test: $0) } }
        let judged = all.count { $0.test.flakiness.value != nil }
        let found = all.filter { ($0.test.flakiness.value?.unstable ?? 0) > 0 }
            .sorted { ($0.test.flakiness.value?.rate.share ?? 0) > ($1.test.flakiness.value?.rate.share ?? 0) }
        let rule =
            "A run is unstable if its attempts disagree or if it begins an outcome that lasts fewer than \(NumberWords.count(settings.lastingRuns)) runs; a test is flaky from \(NumberWords.count(settings.unstableRuns)) unstable runs among its last \(NumberWords.count(settings.historyRuns)) on."
        guard judged > 0 else {
            return PageSection(
                id: "flaky", title: "Flaky tests",
                blocks: [
                    .notice(
                        Prose(
                            "Too few runs to say: a test needs \(NumberWords.count(settings.minimumRuns)) runs with an outcome."
                        ))
                ])
        }
        guard !found.isEmpty else {
            return PageSection(
                id: "flaky", title: "Flaky tests",
                blocks: [
                    .prose(
                        Prose("No outcome came and went among \(NumberWords.count(judged, "test", "tests")). \(rule)"))
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
                flaky?.isFlaky == true ? TableCell("flaky", tone: .bad) : TableCell("once"),
            ]
        }
        return PageSection(
            id: "flaky", title: "Flaky tests",
            blocks: [
                .prose(Prose(rule)),
                .table(
                    TableBlock(
                        caption: "Tests with unstable runs",
                        columns: [
                            .init("Test"), .init("Category"), .init("Runs", isNumeric: true),
                            .init("Unstable", isNumeric: true), .init("Share", isNumeric: true),
                            .init("\(NumberWords.level(result.level)) interval", isNumeric: true), .init("Judgement"),
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
                    slowing.map { "\(NumberWords.plain($0.interval.low)) to \(NumberWords.plain($0.interval.high))" }),
                TableCell(slowing?.relativeChange.map { Self.points($0).split(separator: " ")[0] + "\u{202F}%" }),
                TableCell(slowing.map { NumberWords.bareP($0.pAdjusted) }, sortKey: slowing?.pAdjusted),
            ]
        }
        return PageSection(
            id: "durations", title: "Slower and faster",
            blocks: [
                .table(
                    TableBlock(
                        caption: "Durations with a trend that stands after correction over all tests",
                        columns: [
                            .init("Test"), .init("Runs", isNumeric: true),
                            .init("Change of a run", unit: "s", isNumeric: true),
                            .init("\(NumberWords.level(result.level)) interval", isNumeric: true),
                            .init("Over all runs", isNumeric: true), .init("p, corrected", isNumeric: true),
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
                            ? "it measured nothing" : "no score given"),
                cell(test.caseShare) { TableCell(Self.share($0), sortKey: $0.share) },
                test.result.seconds.map { TableCell(NumberWords.plain($0), sortKey: $0) }
                    ?? TableCell(nil, reason: "no duration given"),
                message(test),
            ]
        }
        return [
            .table(
                TableBlock(
                    caption: "Tests of the newest runs, those that do not pass first"
                        + (rows.count < sorted.count ? ", \(rows.count) of \(NumberWords.count(sorted.count))" : ""),
                    columns: [
                        .init("Test"), .init("Category"), .init("Status"), .init("Score", isNumeric: true),
                        .init("Cases that went well", isNumeric: true), .init("Duration", unit: "s", isNumeric: true),
                        .init("Says"),
                    ], rows: Array(rows), export: Link(path: "exports/validation-tests.csv", text: "All tests as CSV")))
        ]
    }

    var methodBlocks: [Block] {
        let number = NumberWords.exactly
        let items: [(String, String)] = [
            (
                "Verdict",
                "The least of what the rules allow. Ready: score ≥ \(number(settings.readyScore)) and success ≥ \(number(settings.readySuccess)); conditional: ≥ \(number(settings.conditionalScore)) and ≥ \(number(settings.conditionalSuccess)). A gate test that did not pass (failed, broke off, was skipped or is missing) is not ready, one that warned conditional. A category whose whole interval lies below the conditional share is not ready, one whose share does is conditional. Fewer than \(settings.minimumTests) tests, results of \(settings.staleDays) days or more, a missing source, sources that disagree and a criterion that is not met allow conditional at most."
            ),
            (
                "Success",
                "passed ÷ (passed + warned + failed + broke off), with Wilson’s interval. Skipped tests count neither way; a test that broke off is no success, but has no score either."
            ),
            (
                "Score",
                "Mean of the scores of a category’s tests; a run’s score is the mean of its categories by their weights. Tests without a score are left out, not taken as 0."
            ),
            (
                "Status",
                "As the export says. Where it gives a score alone: passed from \(number(settings.passScore)), warned from \(number(settings.warnScore)), unless a category declares other cut-offs."
            ),
            (
                "Sources",
                "Overall figures are means of the sources’ figures by their weights. Consistency: 1 − (|difference of success| + |difference of score| ÷ 100) ÷ 2; below \(number(settings.criticalSuccess)) of success a source is critical."
            ),
            (
                "Flaky",
                "Unstable runs ÷ runs with an outcome, over the last \(settings.historyRuns) runs, with Wilson’s interval; needs \(settings.minimumRuns) runs."
            ),
            (
                "Durations",
                "Theil–Sen slope by run; Mann–Kendall’s p corrected over all tests by Benjamini and Hochberg; told from a change of \(Self.percent(settings.notableSlowing)) over the runs on."
            ),
            (
                "Runs",
                "Results with an id of a run belong together; otherwise a run begins after \(settings.runGapMinutes) minutes without a result or when a test comes again."
            ),
        ]
        return [.definitions(items.map { Definition($0.0, text: Prose($0.1)) })]
    }
}
