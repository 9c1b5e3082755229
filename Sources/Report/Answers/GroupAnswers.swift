import Analysis
import Charts
import Model

/// Answers about correlation, interventions and clusters.
extension AnswerSheet {
    /// Every pair of columns.
    public static func correlation(
        _ result: CorrelationResult, titles: [String: String], level: Double
    ) -> AnswerSheet {
        let title = { (name: String) in titles[name] ?? name }
        let table = TableBlock(
            caption: "Correlations; p of Spearman’s ρ corrected by Benjamini and Hochberg",
            columns: [
                .init("x"), .init("y"), .init("n", isNumeric: true), .init("Pearson r", isNumeric: true),
                .init("\(AnswerWords.intervalTitle(level)) of r", isNumeric: true),
                .init("Spearman ρ", isNumeric: true),
                .init("Kendall τ", isNumeric: true), .init("p of ρ, corrected", isNumeric: true),
            ],
            rows: result.pairs.map { pair in
                [
                    TableCell(title(pair.x)), TableCell(title(pair.y)), AnswerWords.cell(pair.n),
                    AnswerWords.cell(pair.pearson) { $0.coefficient },
                    AnswerWords.interval(pair.pearson.value?.interval, reason: "r is ±1 or not defined"),
                    AnswerWords.cell(pair.spearman) { $0.coefficient },
                    AnswerWords.cell(pair.kendall) { $0.coefficient }, AnswerWords.p(pair.pBH),
                ]
            })
        return AnswerSheet(
            title: "Correlations",
            sentences: result.composites.map { "By definition, up to rounding: \(formula($0, title))." },
            tables: [table],
            json: .object([
                "pairs": .array(result.pairs.map { SummaryParts.correlation($0, title) }),
                "composites": .array(result.composites.map { SummaryParts.composite($0, title) }),
            ]), csv: rows(result, title))
    }

    private static func rows(_ result: CorrelationResult, _ title: (String) -> String) -> CSVTable {
        CSVTable(
            columns: ["x", "y", "n", "pearson", "pearson_p", "spearman", "spearman_p", "kendall", "kendall_p", "p_bh"],
            rows: result.pairs.map {
                [
                    .text(title($0.x)), .text(title($0.y)), .int($0.n), .number($0.pearson.value?.coefficient),
                    .number($0.pearson.value?.test.p), .number($0.spearman.value?.coefficient),
                    .number($0.spearman.value?.test.p), .number($0.kendall.value?.coefficient),
                    .number($0.kendall.value?.test.p), .number($0.pBH),
                ]
            })
    }

    private static func formula(_ found: Composite, _ title: (String) -> String) -> String {
        "\(title(found.metric)) = \(found.sum(title))"
    }

    /// A column before and after a day.
    ///
    /// - Parameter scope: the group that was changed as it was asked for, `tier=professional`; nil for all rows.
    public static func improvement(
        _ result: ImprovementResult, metric: Metric, scope: String?, settings: AnalysisSettings
    ) -> AnswerSheet {
        let level = settings.level
        var rows: [[TableCell]] = []
        var sentences: [String] = []
        switch result.figures {
        case .failure(let absence):
            sentences.append("Before and after cannot be compared: \(Wording.absence(absence)).")
        case .success(let figures):
            rows += compared(figures)
        }
        if let found = result.segmented.value {
            rows += [
                [
                    TableCell("Jump of the level, \(fitted(found))"), AnswerWords.cell(found.level.estimate),
                    AnswerWords.interval(found.level.interval),
                ],
                [
                    TableCell("Change of the slope per day, the same days"), AnswerWords.cell(found.slope.estimate),
                    AnswerWords.interval(found.slope.interval),
                ],
            ]
        } else if let absence = result.segmented.absence {
            sentences.append("No segmented regression: \(Wording.absence(absence)).")
        }
        if let control = result.control.value {
            rows.append([
                TableCell("Less the change outside the group"), AnswerWords.cell(control.estimate),
                AnswerWords.interval(control.interval),
            ])
        }
        if let share = result.targetAchievement {
            rows.append([TableCell("Share of the expected change"), AnswerWords.cell(share), TableCell("")])
        }
        sentences += creditSentences(result, settings)
        sentences.append(result.segmented.value == nil ? "A trend that was under way before is not reckoned with." : "")
        sentences.append(baselineCaution(result.baselineShift))
        sentences.removeAll(where: \.isEmpty)
        var json: [String: JSONValue] = ["column": .string(metric.title)]
        if case .object(let fields) = SummaryParts.improvement(result, isOverdue: false, settings: settings) {
            json.merge(fields.filter { !["name", "kind", "overdue", "metric", "register_status"].contains($0.key) }) {
                _, new in new
            }
        }
        if let scope { json["group"] = .string(scope) }
        let table = TableBlock(
            caption:
                compared(result),
            columns: [
                .init("Figure"), .init("Value", isNumeric: true),
                .init(AnswerWords.intervalTitle(level), isNumeric: true),
            ], rows: rows)
        let csv = CSVTable(
            columns: ["figure", "value", "low", "high"],
            rows: [
                ("before", result.figures.value?.before.mean, nil),
                ("after", result.figures.value?.after.mean, nil),
                ("difference", result.figures.value?.difference, result.figures.value?.interval),
                ("effect", result.credit.value?.estimate, result.credit.value?.interval),
                ("level_change", result.segmented.value?.level.estimate, result.segmented.value?.level.interval),
                ("slope_change", result.segmented.value?.slope.estimate, result.segmented.value?.slope.interval),
                ("hedges_g", result.figures.value?.hedgesG.value?.value, result.figures.value?.hedgesG.value?.interval),
            ].map { [.text($0.0), .number($0.1), .number($0.2?.low), .number($0.2?.high)] })
        return AnswerSheet(
            title: "\(metric.title) before and after \(result.intervention.start.iso)", sentences: sentences,
            tables: rows.isEmpty ? [] : [table, improvementTests(result)], json: .object(json), csv: csv)
    }

    /// The days that a segmented regression rests on, which may be more than are compared.
    private static func fitted(_ found: SegmentedFigures) -> String {
        let last = found.period.last ?? found.period.start
        return
            "\(NumberWords.count(found.days, "day", "days")) with values from \(found.period.start.iso) to \(last.iso)"
    }

    /// Means, difference and effect size of two periods.
    private static func compared(_ figures: ImprovementFigures) -> [[TableCell]] {
        [
            [TableCell("Before (n = \(figures.before.n))"), AnswerWords.cell(figures.before.mean), TableCell("")],
            [TableCell("After (n = \(figures.after.n))"), AnswerWords.cell(figures.after.mean), TableCell("")],
            [
                TableCell("After − before, by records"), AnswerWords.cell(figures.difference),
                AnswerWords.interval(figures.interval, reason: words(figures.welch.absence)),
            ],
            [
                TableCell("After − before, by days"), AnswerWords.cell(figures.difference),
                AnswerWords.interval(figures.byDay.value?.interval, reason: words(figures.byDay.absence)),
            ],
            [
                TableCell("Hedges g"), AnswerWords.cell(figures.hedgesG) { $0.value },
                AnswerWords.interval(
                    figures.hedgesG.value?.interval, reason: words(figures.hedgesG.absence)),
            ],
        ]
    }

    /// The days with values that are compared, which may begin within the baseline.
    private static func compared(_ result: ImprovementResult) -> String {
        let before = result.figures.value?.before.period ?? result.before
        let text =
            "From \(before.start.iso) to \((before.last ?? before.start).iso), and from \(result.intervention.start.iso)"
        let after = result.figures.value?.after.period ?? result.after
        return text + (after.last.map { " to \($0.iso)" } ?? "")
    }

    private static func words(_ absence: Absence?) -> String { absence.map(Wording.absence) ?? "not defined" }

    /// Whether the change stands, against what, and what has become of it.
    private static func creditSentences(_ result: ImprovementResult, _ settings: AnalysisSettings) -> [String] {
        let days = result.seenFollowUps.map { String($0) }.joined(separator: ", ")
        let seen = days.isEmpty ? "" : " (seen after \(days) days)"
        let basis =
            result.credit.value?.basis != .control
            ? "" : " It is what the group changed by more than the records outside of it."
        guard result.credit.value != nil else {
            let why = result.figures.value == nil ? nil : result.credit.absence
            return [
                why.map { "Whether the change stands cannot be told by days: \(Wording.absence($0))." } ?? "",
                outcome(result, seen),
            ]
        }
        return [
            result.whole == nil
                ? "" : "No day leaves the level of its side: the change is exact, and no interval by days is defined.",
            "The change \(result.isClaimed(settings) ? "stands" : "does not stand").\(basis)",
            result.isConfirmed(settings).map {
                "The segmented regression \($0 ? "finds" : "does not find") a jump or another slope of the same sign at the start."
            } ?? "",
            outcome(result, seen),
        ]
    }

    private static func outcome(_ result: ImprovementResult, _ seen: String) -> String {
        let way = (result.intervention.expectedChange ?? 0) * (result.credit.value?.estimate ?? 0)
        let wrong = result.outcome == .held && way < 0 ? ", the wrong way" : ""
        return "Outcome at the follow-ups: \(result.outcome.rawValue)\(wrong)\(seen)."
    }

    private static func improvementTests(_ result: ImprovementResult) -> TableBlock {
        var rows = [
            AnswerWords.row("Welch t, records", result.figures.flatMap(\.welch)),
            AnswerWords.row(
                "Welch t, days reduced by autocorrelation", result.figures.flatMap { $0.byDay.map(\.test) }),
            AnswerWords.row("Mann–Whitney", result.figures.flatMap(\.mannWhitney)),
        ]
        if let whole = result.whole { rows.append(AnswerWords.row("Order of the days", .success(whole.test))) }
        if let shares = result.figures.value?.shares {
            rows.append(AnswerWords.row("Fisher, records", .success(shares.fisher)))
        }
        if let control = result.control.value {
            rows.append(AnswerWords.row("Difference in differences, by day", .success(control.test)))
        }
        rows += [
            AnswerWords.row("Level, autoregressive errors", result.segmented.map(\.level.test)),
            AnswerWords.row("Slope, autoregressive errors", result.segmented.map(\.slope.test)),
        ]
        return TableBlock(caption: "Tests", columns: AnswerWords.testColumns, rows: rows)
    }

    /// How many clusters, and what speaks for them.
    private static func clusterVerdict(_ result: ClusterResult) -> String {
        let rows = NumberWords.count(result.n, "row", "rows")
        guard result.hasClusters != false else {
            return
                "No evidence of separate clusters in \(rows): points spread evenly would be as tight (gap statistic). --k asks for a number all the same."
        }
        let best = result.silhouettes.filter(\.isFinite).max() ?? 0
        return
            "\(result.k) clusters of \(rows); mean silhouette \(NumberText.fixed(best, decimals: 2))\(best < 0.25 ? ", which is no substantial structure (Kaufman and Rousseeuw)" : ""); stability \(NumberText.fixed(result.stability, decimals: 2)) (adjusted Rand index over other starts)\(result.stability < ClusterResult.fairAgreement ? ", which is poor (Steinley): other starts put many rows elsewhere" : "")."
    }

    /// What to think of a baseline that was unusual itself: half a standard deviation is Cohen's middling effect.
    private static func baselineCaution(_ shift: Answer<Double>) -> String {
        switch shift {
        case .failure(let absence):
            return
                "Whether the days before were unusual themselves cannot be told (\(Wording.absence(absence))); if they were, part of a change is a return to the usual (regression towards the mean)."
        case .success(let shift) where abs(shift) >= 0.5:
            return
                "The days before lay \(NumberText.fixed(abs(shift), decimals: 1)) standard deviations \(shift > 0 ? "above" : "below") those before them: part of a change back would have come anyway (regression towards the mean)."
        case .success: return ""
        }
    }

    /// Rows in clusters of their own.
    ///
    /// - Parameter constant: columns that were left out because all their values are equal.
    public static func clusters(_ result: ClusterResult, columns: [String], constant: [String]) -> AnswerSheet {
        let table = TableBlock(
            caption: "Clusters; in parentheses standard deviations from the mean of all rows",
            columns: [
                .init("Cluster", isNumeric: true), .init("Rows", isNumeric: true), .init("Share", isNumeric: true),
            ]
                + columns.map { .init($0, isNumeric: true) },
            rows: result.clusters.enumerated().map { place, cluster in
                [
                    AnswerWords.cell(place + 1), AnswerWords.cell(cluster.n),
                    TableCell(NumberWords.percent(Double(cluster.n) / Double(result.n))),
                ]
                    + zip(cluster.centre, cluster.standardised).map {
                        TableCell("\(AnswerWords.number($0)) (\(NumberText.fixed($1, decimals: 2)))")
                    }
            })
        let json = JSONValue.object([
            "n": .int(result.n), "left_out": .int(result.leftOut),
            "constant_columns": .array(constant.map { .string($0) }), "k": .int(result.k),
            "has_clusters": result.hasClusters.map { .bool($0) } ?? .null,
            "silhouettes": .array(result.silhouettes.map { .number($0) }), "stability": .number(result.stability),
            "clusters": .array(
                result.clusters.map { cluster in
                    .object([
                        "n": .int(cluster.n),
                        "centre": .object(
                            Dictionary(zip(columns, cluster.centre.map { JSONValue.number($0) })) { first, _ in first }),
                    ])
                }),
        ])
        let csv = CSVTable(
            columns: ["row", "cluster"],
            rows: result.labels.enumerated().map { [.int($0 + 1), $1.map { .int($0 + 1) } ?? .empty] })
        return AnswerSheet(
            title: "Clusters of \(columns.joined(separator: ", "))",
            sentences: [
                clusterVerdict(result),
                constant.isEmpty
                    ? "" : "Left out because all values are equal: \(constant.joined(separator: ", ")).",
            ].filter { !$0.isEmpty }, tables: [table], json: json, csv: csv)
    }
}
