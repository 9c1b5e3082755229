import Analysis
import Charts
import Model

/// How a column is spread.
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

    private static func name(_ rule: OutlierFigures.Rule) -> String {
        switch rule {
        case .iqr: "interquartile range (Tukey)"
        case .z: "z-score"
        case .modifiedZ: "modified z-score"
        }
    }

    private static func name(_ verdict: DriftFigures.Verdict) -> String {
        switch verdict {
        case .stable: "stable"
        case .moderate: "moderate drift"
        case .large: "large drift"
        }
    }

    /// What each rule marks, and beyond which values.
    private static func fences(_ outliers: OutlierFigures) -> TableBlock {
        var rows = outliers.fences.map { fence in
            [
                TableCell(name(fence.rule)), AnswerWords.cell(fence.below), AnswerWords.cell(fence.above),
                TableCell("\(AnswerWords.number(fence.low)) to \(AnswerWords.number(fence.high))"),
            ]
        }
        if let forest = outliers.forest.value {
            rows.append([
                TableCell(
                    "isolation forest, \(forest.exactness == .exact ? "on all values" : Wording.exactness(forest.exactness))"
                ),
                AnswerWords.cell(forest.below),
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
                AnswerWords.p(answer.flatMap(\.kolmogorovSmirnov)),
                TableCell(answer.value.map { Self.name($0.verdict) }),
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
}
