import Analysis
import Charts
import Model
import Words

extension Composite {
    /// Its parts and the constant as a sum: `0.3339 · Q1 + 0.3335 · Q2 − 0.5`.
    func sum(_ title: (String) -> String) -> String {
        let terms: [(value: Double, text: String)] =
            parts.map { (value: $0.weight, text: " · \(title($0.metric))") }
            + (constant == 0 && !parts.isEmpty ? [] : [(value: constant, text: "")])
        return terms.enumerated().map { place, term in
            let sign = place == 0 ? (term.value < 0 ? "−" : "") : term.value < 0 ? " − " : " + "
            return sign + NumberWords.plain(abs(term.value)) + term.text
        }.joined()
    }
}

extension ReportContext {
    /// How metrics go together: both coefficients in one grid, the pairs as a table.
    func correlationSection() -> PageSection {
        guard let result = analyses.correlation.value, result.metrics.count > 1 else {
            let reason = analyses.correlation.absence.map(Wording.absence) ?? say("a single metric")
            return PageSection(
                id: "correlation", title: say("Correlation between metrics"),
                blocks: [.notice(Prose("\(reason.capitalizedFirst)."))])
        }
        let byDefinition = result.pairs.contains { $0.isByDefinition }
        return PageSection(
            id: "correlation", title: say("Correlation between metrics"),
            blocks: [
                .figure(
                    FigureBlock(
                        figure: correlationGrid(result),
                        caption: caption(
                            say("Spearman’s ρ below the diagonal, Pearson’s r above"),
                            byDefinition
                                ? say("struck through: by definition, one is made of the other or both of the same")
                                : "",
                            Wording.exactness(result.exactness)),
                        data: correlationTable(result)))
            ] + result.composites.map { .prose(Prose(formula($0))) })
    }

    /// What a metric is made of, by its values.
    private func formula(_ found: Composite) -> String {
        return say(
            "By its values \(title(found.metric)) is, up to rounding, \(found.sum(title)): it goes with these by definition."
        )
    }

    private func title(_ name: String) -> String { catalogue.metric(named: name)?.title ?? name }

    private func correlationGrid(_ result: CorrelationResult) -> Figure {
        let titles = result.metrics.map(title)
        var cells: [Mark.Cell] = []
        for pair in result.pairs {
            guard let x = result.metrics.firstIndex(of: pair.x), let y = result.metrics.firstIndex(of: pair.y) else {
                continue
            }
            let both = [(x, y, pair.spearman.value), (y, x, pair.pearson.value)]
            for (column, row, found) in both {
                let value = pair.isByDefinition ? nil : found?.coefficient
                cells.append(
                    .init(
                        column: column, row: row, tone: value.map { .diverging($0) },
                        text: value.map { NumberText.fixed($0, decimals: 2) }))
            }
        }
        let strong = result.pairs.filter { !$0.isByDefinition }
            .compactMap { pair in pair.spearman.value.map { (pair, $0.coefficient) } }
            .max { abs($0.1) < abs($1.1) }
        return Figure(
            title: say("Correlation between metrics"),
            description: strong.map {
                say(
                    "The strongest: \(title($0.0.x)) with \(title($0.0.y)), \(NumberText.fixed($0.1, decimals: 2)) (Spearman’s ρ)."
                )
            } ?? say("No pair has a correlation."),
            size: .rows(titles.count + 1), x: Axis(title: "", scale: .names(titles)),
            y: Axis(title: "", scale: .names(titles)), marks: [.cells(cells)])
    }

    /// The pairs by ρ, those by definition last.
    private func correlationTable(_ result: CorrelationResult) -> TableBlock {
        let strength = { (pair: CorrelationPair) in
            pair.isByDefinition ? -1 : abs(pair.spearman.value?.coefficient ?? 0)
        }
        let rows = result.pairs.sorted { strength($0) > strength($1) }.prefix(30).map { pair in
            [
                TableCell(title(pair.x)), TableCell(title(pair.y)),
                TableCell(NumberWords.count(pair.n), sortKey: Double(pair.n)),
                cell(pair.pearson) {
                    TableCell(NumberText.fixed($0.coefficient, decimals: 3), sortKey: $0.coefficient)
                },
                cell(pair.spearman) {
                    TableCell(NumberText.fixed($0.coefficient, decimals: 3), sortKey: $0.coefficient)
                },
                pair.isByDefinition
                    ? TableCell(say("by definition"))
                    : cell(pair.spearman) { TableCell(Wording.strength(ofCorrelation: $0.coefficient)) },
                pair.isByDefinition
                    ? TableCell(
                        nil, reason: say("both are made of \(pair.sharedColumns.map(title).joined(separator: ", "))"))
                    : cell(pair.spearman) {
                        TableCell(NumberWords.bareP($0.test.pAdjusted ?? $0.test.p), sortKey: $0.test.p)
                    },
            ]
        }
        return TableBlock(
            caption: say("Pairs of metrics, the strongest first"),
            columns: [
                .init(say("Metric")), .init(say("With")), .init("n", isNumeric: true),
                .init(say("Pearson r"), isNumeric: true), .init(say("Spearman ρ"), isNumeric: true),
                .init(say("Strength")), .init(say("p of ρ"), isNumeric: true),
            ], rows: Array(rows), export: Link(path: "exports/correlations.csv", text: say("All pairs as CSV")))
    }
}
