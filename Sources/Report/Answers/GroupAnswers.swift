import Analysis
import Charts
import Model

/// Answers about spread, correlation, interventions and clusters.
extension AnswerSheet {
    /// How a column is spread, over all rows first and then in each group.
    public static func distribution(_ results: [DistributionResult], metric: Metric) -> AnswerSheet {
        let names = results.map { AnswerWords.name($0.subject.group) }
        let figures: [(String, (DistributionResult) -> TableCell)] = [
            ("n", { AnswerWords.cell($0.n) }), ("Missing", { AnswerWords.cell($0.missing) }),
            ("Mean", { AnswerWords.cell($0.moments) { $0.mean } }),
            ("Standard deviation", { AnswerWords.cell($0.moments) { $0.sd } }),
            ("Coefficient of variation", { AnswerWords.cell($0.moments) { $0.cv } }),
            ("Skewness", { AnswerWords.cell($0.moments) { $0.skewness } }),
            ("Excess kurtosis", { AnswerWords.cell($0.moments) { $0.kurtosis } }),
            ("Smallest", { AnswerWords.cell($0.moments) { $0.min } }),
            ("5 %", { AnswerWords.cell($0.quantiles) { $0.quantile(0.05) } }),
            ("Lower quartile", { AnswerWords.cell($0.quantiles) { $0.q1 } }),
            ("Median", { AnswerWords.cell($0.quantiles) { $0.median } }),
            ("Upper quartile", { AnswerWords.cell($0.quantiles) { $0.q3 } }),
            ("95 %", { AnswerWords.cell($0.quantiles) { $0.quantile(0.95) } }),
            ("99 %", { AnswerWords.cell($0.quantiles) { $0.quantile(0.99) } }),
            ("Largest", { AnswerWords.cell($0.moments) { $0.max } }),
            ("Median absolute deviation", { AnswerWords.cell($0.quantiles) { $0.mad } }),
            ("Shape", { TableCell($0.detail?.shape.value.map { Wording.shape($0.shape) }, reason: "too few values") }),
        ]
        var tables = [
            TableBlock(
                caption: "Figures; quantiles type 7",
                columns: [.init("Figure")] + names.map { .init($0, isNumeric: true) },
                rows: figures.map { name, make in [TableCell(name)] + results.map(make) })
        ]
        let isOfAll = results.count > 1
        let start = tables.count
        if let first = results.first, let normality = first.normality.value {
            tables.append(
                TableBlock(
                    caption: "Tests of normality, \(basis(normality))"
                        // The limits that K² and Jarque–Bera rest on are rough below 20 values (D’Agostino 1971; Jarque, Bera 1987).
                        + (normality.n < 20 ? "; p of K² and Jarque–Bera are rough below 20 values" : ""),
                    columns: AnswerWords.testColumns,
                    rows: normality.tests.map { AnswerWords.row(Wording.method($0.method), .success($0)) }))
        }
        if let outliers = results.first?.outliers.value { tables += [fences(outliers), agreement(outliers)] }
        if let detail = results.first?.detail { tables += [dip(detail), drift(detail)].compactMap { $0 } }
        if isOfAll { for place in start..<tables.count { tables[place].caption += "; of all rows" } }
        var json: [String: JSONValue] = [:]
        var groups: [String: JSONValue] = [:]
        for (name, result) in zip(names, results) {
            let value = SummaryParts.distribution(result)
            if result.subject.group == .all, case .object(let fields) = value {
                json = fields
            } else {
                groups[name] = value
            }
        }
        json["column"] = .string(metric.title)
        if !groups.isEmpty { json["groups"] = .object(groups) }
        let csv = CSVTable(
            columns: [
                "group", "n", "missing", "mean", "sd", "skewness", "kurtosis", "min", "q1", "median", "q3", "max",
            ],
            rows: zip(names, results).map { name, result in
                let (moments, ranks) = (result.moments.value, result.quantiles.value)
                return [
                    .text(name), .int(result.n), .int(result.missing), .number(moments?.mean), .number(moments?.sd),
                    .number(moments?.skewness), .number(moments?.kurtosis), .number(moments?.min), .number(ranks?.q1),
                    .number(ranks?.median), .number(ranks?.q3), .number(moments?.max),
                ]
            })
        return AnswerSheet(
            title: "Distribution of \(metric.title)", sentences: [], tables: tables, json: .object(json), csv: csv)
    }

    /// On how many values tests of normality rest; their p are those of limits all the same.
    private static func basis(_ normality: NormalityFigures) -> String {
        normality.exactness == .exact
            ? "on all \(NumberWords.count(normality.n, "value", "values"))" : Wording.exactness(normality.exactness)
    }

    /// What each rule marks, and beyond which values.
    private static func fences(_ outliers: OutlierFigures) -> TableBlock {
        var rows = outliers.fences.map { fence in
            [
                TableCell(fence.rule.rawValue), AnswerWords.cell(fence.below), AnswerWords.cell(fence.above),
                TableCell("\(AnswerWords.number(fence.low)) to \(AnswerWords.number(fence.high))"),
            ]
        }
        if let forest = outliers.forest.value {
            rows.append([
                TableCell("isolation forest, \(Wording.exactness(forest.exactness))"), AnswerWords.cell(forest.below),
                AnswerWords.cell(forest.above), TableCell(nil, reason: "a forest has no fences"),
            ])
        }
        return TableBlock(
            caption: "Outliers",
            columns: [
                .init("Rule"), .init("Low", isNumeric: true), .init("High", isNumeric: true),
                .init("Usual range", isNumeric: true),
            ], rows: rows)
    }

    /// How many values are marked by how many rules, with the forest among those that it scored.
    private static func agreement(_ outliers: OutlierFigures) -> TableBlock {
        let forest = outliers.forest.value?.agreement
        return TableBlock(
            caption: "Agreement: values by how many of the rules mark each",
            columns: [
                .init("Rules", isNumeric: true), .init("Of three with fences", isNumeric: true),
                .init("With the forest, of \(NumberWords.count(forest?.reduce(0, +) ?? 0)) scored", isNumeric: true),
            ],
            rows: (1...4).map { place in
                [outliers.agreement, forest ?? []].reduce(into: [AnswerWords.cell(place)]) { row, counts in
                    row.append(
                        counts.indices.contains(place)
                            ? AnswerWords.cell(counts[place]) : TableCell(nil, reason: "no such rules"))
                }
            })
    }

    /// Hartigan's test of one mode.
    private static func dip(_ detail: DistributionDetail) -> TableBlock? {
        guard let shape = detail.shape.value, let dip = shape.dip else { return nil }
        return TableBlock(
            caption: "Hartigan’s dip test of one mode, p simulated",
            columns: [.init("D", isNumeric: true), .init("p", isNumeric: true), .init("Values", isNumeric: true)],
            rows: [[AnswerWords.cell(dip.statistic), AnswerWords.p(dip.p), AnswerWords.cell(shape.dipN ?? 0)]])
    }

    /// The last days against earlier ones; nil for rows without time.
    private static func drift(_ detail: DistributionDetail) -> TableBlock? {
        guard detail.sincePrevious.absence != .notDeclared else { return nil }
        let rows = [("days before", detail.sincePrevious), ("first days", detail.sinceBaseline)].map { name, answer in
            [
                TableCell(name), AnswerWords.cell(answer) { Double($0.currentN) },
                AnswerWords.cell(answer) { Double($0.baselineN) }, AnswerWords.cell(answer) { $0.stabilityIndex },
                AnswerWords.cell(answer) { $0.stabilityBound }, AnswerWords.cell(answer) { $0.wasserstein },
                AnswerWords.p(answer.flatMap(\.kolmogorovSmirnov)), TableCell(answer.value?.verdict.rawValue),
            ]
        }
        return TableBlock(
            caption: "Drift of the last days",
            columns: [
                .init("Against"), .init("n now", isNumeric: true), .init("n then", isNumeric: true),
                .init("Stability index", isNumeric: true), .init("Chance leaves", isNumeric: true),
                .init("Mean distance", isNumeric: true), .init("p (Kolmogorov–Smirnov)", isNumeric: true),
                .init("Verdict"),
            ], rows: rows)
    }

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
        let csv = CSVTable(
            columns: ["x", "y", "n", "pearson", "pearson_p", "spearman", "spearman_p", "kendall", "kendall_p", "p_bh"],
            rows: result.pairs.map {
                [
                    .text(title($0.x)), .text(title($0.y)), .int($0.n), .number($0.pearson.value?.coefficient),
                    .number($0.pearson.value?.test.p), .number($0.spearman.value?.coefficient),
                    .number($0.spearman.value?.test.p), .number($0.kendall.value?.coefficient),
                    .number($0.kendall.value?.test.p), .number($0.pBH),
                ]
            })
        return AnswerSheet(
            title: "Correlations", sentences: [], tables: [table],
            json: .object(["pairs": .array(result.pairs.map { SummaryParts.correlation($0, title) })]), csv: csv)
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
            rows += [
                [TableCell("Before (n = \(figures.before.n))"), AnswerWords.cell(figures.before.mean), TableCell("")],
                [TableCell("After (n = \(figures.after.n))"), AnswerWords.cell(figures.after.mean), TableCell("")],
                [
                    TableCell("After − before, by records"), AnswerWords.cell(figures.difference),
                    AnswerWords.interval(figures.interval),
                ],
                [
                    TableCell("After − before, by days"), AnswerWords.cell(figures.byDay) { $0.difference },
                    AnswerWords.interval(figures.byDay.value?.interval),
                ],
                [
                    TableCell("Hedges g"), AnswerWords.cell(figures.hedgesG) { $0.value },
                    AnswerWords.interval(figures.hedgesG.value?.interval),
                ],
            ]
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
        if case .object(let fields) = SummaryParts.improvement(result, settings: settings) {
            json.merge(fields.filter { !["name", "metric", "register_status"].contains($0.key) }) { _, new in new }
        }
        if let scope { json["group"] = .string(scope) }
        let table = TableBlock(
            caption:
                "From \(result.before.start.iso) to \((result.before.last ?? result.before.start).iso), and from \(result.intervention.start.iso)",
            columns: [
                .init("Figure"), .init("Value", isNumeric: true),
                .init(AnswerWords.intervalTitle(level), isNumeric: true),
            ], rows: rows)
        let csv = CSVTable(
            columns: ["figure", "value", "low", "high"],
            rows: [
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

    /// Whether the change stands, against what, and what has become of it.
    private static func creditSentences(_ result: ImprovementResult, _ settings: AnalysisSettings) -> [String] {
        let days = result.seenFollowUps.map { String($0) }.joined(separator: ", ")
        let seen = days.isEmpty ? "" : " (seen after \(days) days)"
        let basis =
            result.control.value == nil
            ? "" : " It is what the group changed by more than the records outside of it."
        guard result.credit.value != nil else {
            return ["Outcome at the follow-ups: \(result.outcome.rawValue)\(seen)."]
        }
        return [
            "The change \(result.isClaimed(settings) ? "stands" : "does not stand").\(basis)",
            result.isConfirmed(settings).map {
                "The segmented regression \($0 ? "finds" : "does not find") a jump or another slope of the same sign at the start."
            } ?? "",
            "Outcome at the follow-ups: \(result.outcome.rawValue)\(seen).",
        ]
    }

    private static func improvementTests(_ result: ImprovementResult) -> TableBlock {
        TableBlock(
            caption: "Tests", columns: AnswerWords.testColumns,
            rows: [
                AnswerWords.row("Welch t, records", result.figures.map(\.welch)),
                AnswerWords.row(
                    "Welch t, days reduced by autocorrelation", result.figures.flatMap { $0.byDay.map(\.test) }),
                AnswerWords.row("Mann–Whitney", result.figures.flatMap(\.mannWhitney)),
            ]
                + (result.control.value.map {
                    [AnswerWords.row("Difference in differences, by day", .success($0.test))]
                } ?? []) + [
                    AnswerWords.row("Level, autoregressive errors", result.segmented.map(\.level.test)),
                    AnswerWords.row("Slope, autoregressive errors", result.segmented.map(\.slope.test)),
                ])
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
            "\(result.k) clusters of \(rows); mean silhouette \(NumberText.fixed(best, decimals: 2))\(best < 0.25 ? ", which is no substantial structure (Kaufman and Rousseeuw)" : ""); stability \(NumberText.fixed(result.stability, decimals: 2)) (adjusted Rand index over other starts)."
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
    public static func clusters(_ result: ClusterResult, columns: [String]) -> AnswerSheet {
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
            "n": .int(result.n), "left_out": .int(result.leftOut), "k": .int(result.k),
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
                clusterVerdict(result)
            ], tables: [table], json: json, csv: csv)
    }
}
