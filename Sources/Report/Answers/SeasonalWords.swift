import Analysis

/// The trend of a series with seasons, in words and under its JSON names.
enum SeasonalWords {
    /// - Parameter isOfAll: whether rows of groups are told beside it, so that it has to be said that this is of all rows.
    static func table(_ found: SeasonalTrend, isOfAll: Bool) -> TableBlock {
        TableBlock(
            caption: "With the season set apart, \(found.season) steps long"
                + (found.gaps > 0 && found.decomposition.value != nil
                    ? "; \(NumberWords.count(found.gaps, "gap", "gaps")) bridged for STL" : "")
                + (isOfAll ? "; of all rows" : ""),
            columns: [.init("Method"), .init("Figure"), .init("Value", isNumeric: true), .init("p", isNumeric: true)],
            rows: [
                [
                    TableCell("Seasonal Mann–Kendall"), TableCell("slope per season"),
                    AnswerWords.cell(found.mannKendall) { $0.slope },
                    AnswerWords.p(found.mannKendall.value?.p),
                ],
                [
                    TableCell("Seasonal Mann–Kendall"), TableCell("τ"), AnswerWords.cell(found.mannKendall) { $0.tau },
                    AnswerWords.p(found.mannKendall.value?.p),
                ],
                strength("strength of trend, 0 to 1", found) { $0.trendStrength },
                strength("strength of season, 0 to 1", found) { $0.seasonalStrength },
            ])
    }

    private static func strength(
        _ name: String, _ found: SeasonalTrend, _ figure: (SeasonalTrend.Decomposition) -> Answer<Double>
    ) -> [TableCell] {
        [
            TableCell("STL"), TableCell(name), AnswerWords.cell(found.decomposition.flatMap(figure)) { $0 },
            TableCell(nil, reason: "no test"),
        ]
    }

    static func json(_ found: SeasonalTrend) -> [String: JSONValue] {
        [
            "seasonal_mann_kendall": SummaryParts.answer(found.mannKendall) { test in
                .object([
                    "n": .int(test.n), "season": .int(found.season), "s": .number(test.s), "tau": .number(test.tau),
                    "z": .number(test.z), "p": .number(test.p), "slope_per_season": .number(test.slope),
                ])
            },
            "stl": SummaryParts.answer(found.decomposition) { parts in
                .object([
                    "season": .int(found.season), "seasonal_span": .int(parts.seasonalSpan),
                    "trend_span": .int(parts.trendSpan), "low_pass_span": .int(parts.lowPassSpan),
                    "bridged": .int(found.gaps),
                    "trend_strength": SummaryParts.answer(parts.trendStrength) { .number($0) },
                    "seasonal_strength": SummaryParts.answer(parts.seasonalStrength) { .number($0) },
                    "trend": .array(parts.trend.map { .number($0) }),
                    "seasonal": .array(parts.seasonal.map { .number($0) }),
                    "rest": .array(parts.rest.map { .number($0) }),
                ])
            },
        ]
    }
}
