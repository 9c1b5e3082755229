import Analysis
import Charts
import Model

/// Answers about differences: between groups, and within pairs.
extension AnswerSheet {
    /// A column between groups; `postHoc` are the simultaneous tests of the same groups.
    public static func comparison(
        _ result: ComparisonResult, postHoc: Answer<PostHocFigures>, metric: Metric, dimension: Dimension,
        settings: AnalysisSettings
    ) -> AnswerSheet {
        let interval = AnswerWords.intervalTitle(settings.level)
        let groups = TableBlock(
            caption: "Groups",
            columns: [
                .init(dimension.title), .init("n", isNumeric: true), .init("Mean", isNumeric: true),
                .init(interval, isNumeric: true), .init("SD", isNumeric: true), .init("Median", isNumeric: true),
            ],
            rows: result.groups.map {
                [
                    TableCell($0.value), AnswerWords.cell($0.n), AnswerWords.cell($0.mean),
                    AnswerWords.interval($0.interval), AnswerWords.cell($0.sd),
                    AnswerWords.cell($0.median) { $0.value },
                ]
            })
        var tables = [groups]
        if let omnibus = result.omnibus.value {
            tables.append(
                TableBlock(
                    caption: "Is there any difference?", columns: AnswerWords.testColumns,
                    rows: [
                        AnswerWords.row("Welch analysis of variance", omnibus.welch),
                        AnswerWords.row("Analysis of variance", omnibus.anova),
                        AnswerWords.row("Kruskal–Wallis", omnibus.kruskalWallis),
                        AnswerWords.row("Brown–Forsythe (spread)", omnibus.brownForsythe),
                    ]
                        + (omnibus.chiSquared.absence == .notDeclared
                            ? [] : [AnswerWords.row("χ² of shares", omnibus.chiSquared)])))
        }
        if !result.pairs.isEmpty {
            tables.append(
                TableBlock(
                    caption: "Pairs, sign b − a; the test that counts, its p and that after Holm’s correction",
                    columns: [
                        .init("a"), .init("b"), .init("b − a", isNumeric: true), .init(interval, isNumeric: true),
                        .init("Hedges g", isNumeric: true), .init("Cliff δ", isNumeric: true),
                        .init("Welch p", isNumeric: true), .init("Mann–Whitney p", isNumeric: true),
                        .init("Counts"), .init("p", isNumeric: true), .init("p, Holm", isNumeric: true),
                    ],
                    rows: result.pairs.map { pair in
                        [
                            TableCell(pair.a), TableCell(pair.b), AnswerWords.cell(pair.difference),
                            AnswerWords.interval(pair.reach, reason: "neither group varies"),
                            AnswerWords.cell(pair.hedgesG) { $0.value },
                            AnswerWords.cell(pair.cliffsDelta) { $0 }, AnswerWords.p(pair.welch),
                            AnswerWords.p(pair.mannWhitney), AnswerWords.method(pair.counted),
                            AnswerWords.p(pair.counted), AnswerWords.p(pair.pHolm),
                        ]
                    }))
        }
        if let like = likeRecords(result, level: interval) { tables.append(like) }
        tables += [drivers(result), places(result)].compactMap { $0 }
        if let found = postHoc.value {
            tables += PostHocWords.tables(found, level: settings.level, alpha: settings.alpha)
        }
        var json: [String: JSONValue] = ["column": .string(metric.title), "dimension": .string(dimension.title)]
        if let found = postHoc.value { json.merge(PostHocWords.json(found)) { _, new in new } }
        if case .object(let fields) = SummaryParts.comparison(result) {
            let untold = ["drivers": result.drivers.absence, "movement": result.movement.absence]
            json.merge(fields.filter { untold[$0.key] ?? nil != .notDeclared }) { _, new in new }
        }
        let csv = CSVTable(
            columns: [
                "a", "b", "n_a", "n_b", "difference", "low", "high", "hedges_g", "cliffs_delta", "test", "p", "p_holm",
            ],
            rows: result.pairs.map {
                [
                    .text($0.a), .text($0.b), .int($0.countA), .int($0.countB), .number($0.difference),
                    .number($0.reach?.low), .number($0.reach?.high), .number($0.hedgesG.value?.value),
                    .number($0.cliffsDelta.value), .text($0.counted.value?.method.rawValue ?? ""),
                    .number($0.counted.value?.p), .number($0.pHolm),
                ]
            })
        return AnswerSheet(
            title: "\(metric.title) by \(dimension.title)", sentences: verdict(result, alpha: settings.alpha),
            tables: tables, json: .object(json), csv: csv)
    }

    /// What drove the newest change of the mean over all rows, within groups and by their shares; nil where it is not told.
    private static func drivers(_ result: ComparisonResult) -> TableBlock? {
        guard let found = result.drivers.value else { return nil }
        let row = { (name: String, counts: [Int], within: Double, mix: Double) in
            [TableCell(name)] + counts.map { AnswerWords.cell($0) }
                + [AnswerWords.cell(within), AnswerWords.cell(mix), AnswerWords.cell(within + mix)]
        }
        let all = [0, 1].map { place in found.parts.reduce(0) { $0 + $1.counts[place] } }
        let days = { (period: Period) in "\(period.start.iso) to \((period.last ?? period.start).iso)" }
        return TableBlock(
            caption:
                "What drove the change of the mean, \(days(found.current)) against \(days(found.baseline)); the parts add up to it",
            columns: [
                .init("Group"), .init("n before", isNumeric: true), .init("n now", isNumeric: true),
                .init("Within the group", isNumeric: true), .init("By its share", isNumeric: true),
                .init("Both", isNumeric: true),
            ],
            rows: found.parts.map { row($0.value ?? "others", $0.counts, $0.within, $0.mix) }
                + [row("all", all, found.within, found.mix)])
    }

    /// How the places of the groups moved; nil where that is not told.
    private static func places(_ result: ComparisonResult) -> TableBlock? {
        guard let moves = result.movement.value else { return nil }
        return TableBlock(
            caption: "Places by the mean, the last days of the rows against as many before",
            columns: [
                .init("Group"), .init("Place before", isNumeric: true), .init("Place now", isNumeric: true),
                .init("Mean before", isNumeric: true), .init("Mean now", isNumeric: true), .init("Beyond ties"),
            ],
            rows: moves.map { move in
                [
                    TableCell(move.value), AnswerWords.cell(move.before), AnswerWords.cell(move.rank),
                    AnswerWords.cell(move.means[0]), AnswerWords.cell(move.means[1]),
                    TableCell(move.isBeyondTies ? "yes" : "no"),
                ]
            })
    }

    /// What the pairs say, with the tests that say it; a pair without any test is named as untested, not as alike.
    private static func verdict(_ result: ComparisonResult, alpha: Double) -> [String] {
        var sentences: [String] = []
        let tested = result.pairs.filter { $0.pHolm != nil }
        let apart = tested.filter { ($0.pHolm ?? 1) < alpha }
        let limit = AnswerWords.number(alpha).trimmedZeros
        if result.groups.count < 2 {
            sentences.append(
                "A comparison needs two groups; there \(result.groups.count == 1 ? "is one" : "are none").")
        } else if tested.isEmpty {
            sentences.append("No two groups could be tested.")
        } else if apart.isEmpty {
            sentences.append("No two groups can be told apart at \(limit) after correction.")
        } else {
            sentences.append(
                "\(apart.count) of \(NumberWords.count(tested.count, "pair", "pairs")) can be told apart at \(limit) after correction."
            )
        }
        for pair in apart {
            for (isOpen, adjustments) in [(false, pair.contradictions), (true, pair.openAdjustments)] {
                for found in adjustments {
                    let difference =
                        "\(AnswerWords.number(found.difference)) (\(AnswerWords.number(found.interval.low)) to \(AnswerWords.number(found.interval.high)))"
                    sentences.append(
                        isOpen
                            ? "\(pair.b) − \(pair.a) is \(difference) among rows alike in \(found.dimension), too few to rule out that it is due to it."
                            : "\(pair.b) − \(pair.a) may be due to \(found.dimension): among rows alike in it the difference is \(difference)."
                    )
                }
            }
        }
        if result.pairs.contains(where: { $0.shares != nil }) {
            sentences.append(
                "The values are 0 or 1: pairs are told apart by Fisher’s exact test, with Newcombe’s interval of the difference of shares."
            )
        }
        let stood = tested.filter { $0.shares == nil && $0.welch.value == nil }
        if !stood.isEmpty {
            sentences.append(
                "Not tested by Welch’s t, which needs values that vary, but by Mann–Whitney: \(names(stood)).")
        }
        let untested = result.pairs.filter { $0.pHolm == nil }
        if !untested.isEmpty { sentences.append("Not tested at all, because nothing varies: \(names(untested)).") }
        if !result.tooSmall.isEmpty {
            sentences.append(
                "Too small to compare: \(result.tooSmall.map { "\(AnswerWords.name($0.group)) (\($0.n) of \($0.needed))" }.joined(separator: ", "))."
            )
        }
        return sentences
    }

    private static func names(_ pairs: [PairFigures]) -> String {
        let shown = pairs.prefix(6).map { "\($0.a) and \($0.b)" }.joined(separator: ", ")
        return pairs.count > 6 ? "\(shown) and \(pairs.count - 6) more" : shown
    }

    /// Columns or groups by the differences within pairs.
    public static func paired(_ pairs: [PairedFigures], title: String, level: Double) -> AnswerSheet {
        let table = TableBlock(
            caption: "Differences within pairs, sign b − a",
            columns: [
                .init("a"), .init("b"), .init("Pairs", isNumeric: true), .init("b − a", isNumeric: true),
                .init(AnswerWords.intervalTitle(level), isNumeric: true), .init("t", isNumeric: true),
                .init("p", isNumeric: true),
                .init("Wilcoxon p", isNumeric: true), .init("p, Holm", isNumeric: true),
            ],
            rows: pairs.map { pair in
                [
                    TableCell(pair.a), TableCell(pair.b),
                    TableCell(
                        "\(NumberWords.count(pair.n)) of \(NumberWords.count(pair.outOf))", sortKey: Double(pair.n)),
                    AnswerWords.cell(pair.difference),
                    AnswerWords.interval(pair.interval, reason: "the differences do not vary"),
                    AnswerWords.cell(pair.test) { $0.statistic },
                    AnswerWords.p(pair.test), AnswerWords.p(pair.wilcoxon), AnswerWords.p(pair.pHolm),
                ]
            })
        return AnswerSheet(
            title: title,
            sentences: pairs.contains { $0.test.value == nil && $0.wilcoxon.value != nil }
                ? ["Where all differences are equal Student’s t is not defined; Wilcoxon’s signed ranks count."] : [],
            tables: [table],
            json: .object(["pairs": .array(pairs.map(SummaryParts.paired))]), csv: pairedCSV(pairs))
    }

    private static func pairedCSV(_ pairs: [PairedFigures]) -> CSVTable {
        CSVTable(
            columns: ["a", "b", "n", "difference", "low", "high", "cohen_dz", "p", "wilcoxon_p", "p_holm"],
            rows: pairs.map {
                [
                    .text($0.a), .text($0.b), .int($0.n), .number($0.difference), .number($0.interval?.low),
                    .number($0.interval?.high), .number($0.standardised), .number($0.test.value?.p),
                    .number($0.wilcoxon.value?.p), .number($0.pHolm),
                ]
            })
    }
}

/// The pairs among records that are alike in another column; nil where none goes together with this one.
private func likeRecords(_ result: ComparisonResult, level: String) -> TableBlock? {
    let found = result.pairs.flatMap { pair in pair.adjustments.map { (pair, $0) } }
    guard !found.isEmpty else { return nil }
    let names = result.entangled.map {
        "\($0.dimension), Cramér’s V = \(NumberText.fixed($0.cramersV, decimals: 2))"
    }
    return TableBlock(
        caption: "Pairs among like records: columns that go together with this one (\(names.joined(separator: "; ")))",
        columns: [
            .init("a"), .init("b"), .init("b − a", isNumeric: true), .init("Alike in"),
            .init("b − a among like rows", isNumeric: true), .init(level, isNumeric: true),
            .init("Share of rows", isNumeric: true),
        ],
        rows: found.map { pair, adjusted in
            [
                TableCell(pair.a), TableCell(pair.b), AnswerWords.cell(pair.difference),
                TableCell(adjusted.dimension), AnswerWords.cell(adjusted.difference),
                AnswerWords.interval(adjusted.interval), AnswerWords.cell(adjusted.coverage),
            ]
        })
}
