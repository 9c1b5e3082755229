import Analysis
import Model

extension ReportContext {
    /// Every method and setting that this report used.
    func methodsPage() -> Page {
        Page(
            path: "methods/index.html", kind: "methods", title: "Methods",
            lead: "How each figure of this report is computed, with the settings that were in force.", crumbs: [home],
            sections: [
                PageSection(
                    id: "methods", title: "Methods",
                    blocks: [.definitions(methods.map { Definition($0.term, text: Prose($0.text)) })]),
                PageSection(id: "settings", title: "Settings", blocks: [.table(settingsTable())]),
                PageSection(id: "metrics", title: "Metrics", blocks: [.table(metricTable())]),
            ], alternates: [Link(path: "summary.json", text: "JSON")])
    }

    private var methods: [(term: String, text: String)] {
        let settings = analyses.settings
        let level = NumberWords.level(settings.level)
        return [
            ("Day", "A record belongs to the local day on which it starts, in zone \(input.run.zone)."),
            (
                "Partials",
                "For each day, metric and group: n, missing, sums of powers (Welford; merged after Chan, Golub and LeVeque 1979), smallest, largest, counts by value or bin, and a sample of whole records. Every figure is made from these; each says whether it is exact, read from bins, or from a sample."
            ),
            (
                "Mean and interval",
                "Arithmetic mean with \(level) interval from Student’s t over the records’ spread; for shares Wilson’s interval (1927)."
            ),
            (
                "Quantiles",
                "Type 7 of Hyndman and Fan (1996): linear between order statistics. Read from bins where a metric has more than 128 distinct values on a day or in sum; the largest possible error is shown."
            ),
            (
                "Skewness and kurtosis",
                "g₁ and g₂ from moments with divisor n, not corrected for bias; kurtosis is excess kurtosis."
            ),
            (
                "Trend",
                "Least-squares line through the means per day; every day counts the same, gaps are left out. Interval with Newey–West standard error (1987). The test that counts reduces the number of days by their autocorrelation. Beside it Theil–Sen’s slope (Sen 1968) and Mann–Kendall’s test with ties, corrected for autocorrelation after Hamed and Rao (1998) where there is any."
            ),
            (
                "Verdict of a trend",
                "Rising or falling where the corrected p is below \(NumberWords.plain(settings.alpha)) and the interval excludes 0; flat where the whole interval of the change lies within ±\(NumberWords.plain(settings.smallestEffect)) standard deviations between records; else inconclusive."
            ),
            (
                "Comparison of groups",
                "Welch’s analysis of variance, then Welch’s t for every pair with Holm’s correction (1979); Hedges g with interval, Mann–Whitney and Cliff’s δ on the counts. Signs are b − a. Groups need \(NumberWords.count(settings.minimumGroup)) records."
            ),
            ("Correlation", "Pearson’s r with Fisher’s interval and Spearman’s ρ on whole records."),
            (
                "Before and after",
                "The \(NumberWords.count(settings.baselineDays)) days before the start against the days since, with days as clusters, because days vary for reasons of their own."
            ),
            (
                "Many tests",
                "All tests of a report that can lead to a claim are corrected together after Benjamini and Hochberg (1995) at \(NumberWords.plain(settings.alpha)). Findings are ranked by standardised size."
            ),
            (
                "Outside values",
                "A value outside its metric’s range is refused with its place. A missing value is never 0."
            ),
        ]
    }

    private func settingsTable() -> TableBlock {
        let settings = analyses.settings
        let rows: [(String, String)] = [
            ("look_back_days", NumberWords.count(settings.lookBackDays)), ("alpha", NumberWords.plain(settings.alpha)),
            ("level", NumberWords.plain(settings.level)),
            ("minimum_periods", NumberWords.count(settings.minimumPeriods)),
            ("minimum_group", NumberWords.count(settings.minimumGroup)),
            ("maximum_groups", NumberWords.count(settings.maximumGroups)),
            ("small_group", NumberWords.count(settings.smallGroup)),
            ("small_total", NumberWords.count(settings.smallTotal)),
            ("small_coverage", NumberWords.plain(settings.smallCoverage)),
            ("edge_days", NumberWords.count(settings.edgeDays)),
            ("current_days", NumberWords.count(settings.currentDays)),
            ("smallest_effect", NumberWords.plain(settings.smallestEffect)),
            ("volatile_cv", NumberWords.plain(settings.volatileCV)),
            ("baseline_days", NumberWords.count(settings.baselineDays)),
            ("notable_correlation", NumberWords.plain(settings.notableCorrelation)),
        ]
        return TableBlock(
            caption: "Settings of the analysis, by their key in the configuration",
            columns: [.init("Setting"), .init("Value", isNumeric: true)],
            rows: rows.map { [TableCell($0.0), TableCell($0.1)] })
    }

    private func metricTable() -> TableBlock {
        TableBlock(
            caption: "Metrics as declared",
            columns: [.init("Metric"), .init("Key"), .init("Unit"), .init("Range"), .init("Good"), .init("Bins")],
            rows: catalogue.metrics.map { metric in
                let bins =
                    switch metric.bins {
                    case .linear(let lower, let upper, let count):
                        "\(NumberWords.count(count)) equal from \(NumberWords.plain(lower)) to \(NumberWords.plain(upper))"
                    case .logarithmic(let share): "growing, \(NumberWords.percent(share)) error"
                    }
                let good =
                    switch metric.direction {
                    case .higher: "higher"
                    case .lower: "lower"
                    case .neutral: "neither"
                    }
                return [
                    TableCell(metric.title), TableCell(metric.name),
                    TableCell(metric.isProportion ? "share" : metric.unit),
                    TableCell(metric.range.map { "\(limit($0.lowerBound)) to \(limit($0.upperBound))" } ?? "any"),
                    TableCell(good), TableCell(bins),
                ]
            })
    }

    private func limit(_ value: Double) -> String { value.isFinite ? NumberWords.plain(value) : "any" }
}
