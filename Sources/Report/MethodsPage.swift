import Analysis
import Model
import Words

extension ReportContext {
    /// Every method and setting that this report used.
    func methodsPage() -> Page {
        Page(
            path: "methods/index.html", kind: "methods", title: say("Methods"),
            lead: tell("How each figure of this report is computed, with the settings that were in force."),
            crumbs: [home],
            sections: [
                PageSection(
                    id: "methods", title: say("Methods"),
                    blocks: [.definitions(methods.map { Definition($0.term, text: Prose($0.text)) })]),
                PageSection(id: "settings", title: say("Settings"), blocks: [.table(settingsTable())]),
                PageSection(id: "metrics", title: say("Metrics"), blocks: [.table(metricTable())]),
                PageSection(
                    id: "design", title: say("How pages are drawn"),
                    blocks: [
                        .links([
                            Definition(
                                say("Style guide"), link: Link(path: StylePage.path, text: say("Style guide")),
                                text: tell("Every component and chart of the newest report, with its data."))
                        ])
                    ]),
            ], alternates: [Link(path: "summary.json", text: "JSON")])
    }

    private var methods: [(term: String, text: String)] {
        let settings = analyses.settings
        let level = NumberWords.level(settings.level)
        return [
            (
                say("Day"),
                say(
                    "A record belongs to the local day on which it starts: the date that its time stamp shows where the stamp has an offset of its own, the date in zone \(input.run.zone) where it is in UTC or has none. Sources may ask for the zone throughout (day: zone)."
                )
            ),
            (
                say("Partials"),
                say(
                    "For each day, metric and group: n, missing, sums of powers (Welford; merged after Chan, Golub and LeVeque 1979), smallest, largest, counts by value or bin, and a sample of whole records. Every figure is made from these; each says whether it is exact, read from bins, or from a sample."
                )
            ),
            (
                say("Mean and interval"),
                say(
                    "Arithmetic mean with \(level) interval from Student’s t over the records’ spread; for shares Wilson’s interval (1927)."
                )
            ),
            (
                say("Quantiles"),
                say(
                    "Type 7 of Hyndman and Fan (1996): linear between order statistics. Read from bins where a metric has more than 128 distinct values on a day or in sum; the largest possible error is shown."
                )
            ),
            (
                say("Skewness and kurtosis"),
                say("g₁ and g₂ from moments with divisor n, not corrected for bias; kurtosis is excess kurtosis.")
            ),
            (
                say("Trend"),
                say(
                    "Least-squares line through the means per day, with a level for each weekday from \(NumberWords.count(settings.wholeWeeks)) days on; every day counts the same, gaps are left out. Interval and test reduce the number of days by their autocorrelation (Santer and others 2000). Beside them Theil–Sen’s slope (Sen 1968) and Mann–Kendall’s test with ties, corrected for autocorrelation after Hamed and Rao (1998) where there is any."
                )
            ),
            (
                say("Verdict of a trend"),
                say(
                    "Rising or falling where the corrected p is below \(NumberWords.exactly(settings.alpha)) and the interval excludes 0; flat where the whole interval of the change lies within ±\(NumberWords.exactly(settings.smallestEffect)) standard deviations between records; else inconclusive. From \(NumberWords.count(settings.wholeWeeks)) days on the test takes levels of weekdays out."
                )
            ),
            (
                say("Newest day and lasting shifts"),
                say(
                    "The newest day is held against the same weekday of the \(NumberWords.count(settings.weekdayWeeks)) weeks before, carried on along the slope of those weeks; how far such a day may stray is told from all their days, with what the number of records of a day adds (random effects after DerSimonian and Laird 1986), with the autocorrelation of neighbouring days, and with the skewness of few records (a gamma distribution by the cube root of Wilson and Hilferty 1931). Only groups with records on the report’s day are judged by it. A lasting shift begins on the day on which a step, beside levels of weekdays, leaves least of all days unexplained; its p is that of this day times the number of days tried (Bonferroni), and it is told where a step fits better than a line."
                )
            ),
            (
                say("Overall verdict"),
                say(
                    "Improving where some metric improves and none declines by a level that has moved for good or else by the verdict of its trend, declining the other way round, mixed where both happen, stable where neither does."
                )
            ),
            (
                say("Comparison of groups"),
                say(
                    "Welch’s analysis of variance, then Welch’s t for every pair with Holm’s correction (1979); Hedges g with interval, Mann–Whitney and Cliff’s δ on the counts. Signs are b − a. Groups need \(NumberWords.count(settings.minimumGroup)) records."
                )
            ),
            (
                say("Weekdays and months"),
                say(
                    "Values less the mean of one season around them, by place in the season: Kruskal–Wallis, its statistic lowered by (season − 1) / season for the mean that was taken out. Months need two years of monthly means."
                )
            ),
            (
                say("Level shifts"),
                say(
                    "The series is cut into straight pieces, its weekdays taken out: exact search with a penalty for each cut, raised where neighbouring days depend on each other; at least five days lie between two cuts. A cut is told only if the jump, the change of slope or the difference of the means stands with errors that depend on the day before (Prais and Winsten), its p times three and times the number of days below \(NumberWords.exactly(settings.alpha)), because it might have been any of them."
                )
            ),
            (
                say("Unusual days"),
                say(
                    "A day is compared with the median of the \(NumberWords.count(settings.slowSpan)) days on either side plus its weekday; beyond \(NumberWords.exactly(settings.anomalyScore)) robust standard deviations (1.4826 × median absolute difference) it is unusual."
                )
            ),
            (
                say("Number of records"),
                say(
                    "The logarithm of each day’s number of records is looked at like any daily mean. A day is unusual beyond \(NumberWords.exactly(settings.anomalyScore)) robust standard deviations and as many times the scatter of counting (1 / √expected). The newest day is held against its weekday as above; the size of that finding is the logarithm of what came over what was expected, and fewer records than expected are for the worse."
                )
            ),
            (
                say("Forecast"),
                say(
                    "The median of up to four methods: exponential smoothing with the form of the least corrected Akaike criterion, the Theta method, and both on logarithms; prediction intervals allow for their disagreement and are held within the metric’s range. The same is fitted anew at past days to say how well it did."
                )
            ),
            (
                say("Shape"),
                say(
                    "Normal, lognormal, uniform and exponential fitted by maximum likelihood; the best is named where it comes within \(NumberWords.exactly(settings.shapeDistance)) in cumulative share. Several hills are named where Hartigan’s dip test (1985) speaks against one."
                )
            ),
            (
                say("Outliers"),
                say(
                    "Tukey’s fences at \(NumberWords.exactly(settings.outlierQuartiles)) interquartile ranges, z beyond \(NumberWords.exactly(settings.outlierZ)), modified z beyond \(NumberWords.exactly(settings.outlierModifiedZ)), and an isolation forest (100 trees of 256 values, seeded)."
                )
            ),
            (
                say("Drift"),
                say(
                    "Stability index over tenths of the earlier days, with what chance leaves in one of a hundred samples of these sizes; Wasserstein’s mean distance; Kolmogorov–Smirnov beside them."
                )
            ),
            (
                say("What drove a change"),
                say(
                    "Kitagawa’s decomposition (1955): changes within groups and changes of their shares, which add up to the change of the mean exactly. A step or a recent change says so where shares make more of it than what happened within the groups."
                )
            ),
            (
                say("Differences among like records"),
                say(
                    "Direct standardisation: groups are compared within the values of another dimension and averaged with the pooled numbers of records, for every pair of dimensions that is declared (pairs, from all records) and for the \(NumberWords.count(settings.maximumEntangled)) that go together with theirs most closely (Cramér’s V of at least \(NumberWords.plain(settings.entangled)), from whole records)."
                )
            ),
            (
                say("Level and slope"),
                say(
                    "Segmented regression of the daily means whose errors may each depend on the one before (Prais and Winsten); the line before, drawn on, is what would have been. A change stands where days before and after differ after correction and this regression finds a jump or another slope of the same sign, each at half of 1 − the level of intervals. Where a scope leaves records outside, their change is taken off (difference in differences)."
                )
            ),
            (say("Correlation"), say("Pearson’s r with Fisher’s interval and Spearman’s ρ on whole records.")),
            (
                say("Before and after"),
                say(
                    "The \(NumberWords.count(settings.baselineDays)) days before the start against the days from the start to the end, or to the day of the report where there is none, with days as clusters, because days vary for reasons of their own."
                )
            ),
            (
                say("Many tests"),
                say(
                    "All tests of a report that can lead to a claim are corrected after Benjamini and Hochberg (1995) at \(NumberWords.exactly(settings.alpha)), over the whole report and within their kind, of which the larger p holds; a difference between groups must stand after Holm’s correction in its own table, too. Findings are ranked by the part of the standardised size that the interval leaves certain; those of trivial size are left out, so that fewer findings than rejected tests are listed. Findings of one event are told as one: the same change of a metric in a group stands under that of all records or of the wider group, unless it is graver or of another size there; a slope stands under the step that fits better, like steps of several groups that no step of all records holds under the weightiest, and the pairs of a comparison, too."
                )
            ),
            (
                say("Outside values"),
                say("A value outside its metric’s range is refused with its place. A missing value is never 0.")
            ),
        ]
    }

    private func settingsTable() -> TableBlock {
        let settings = analyses.settings
        let rows: [(String, String)] = [
            ("look_back_days", NumberWords.count(settings.lookBackDays)),
            ("alpha", NumberWords.exactly(settings.alpha)),
            ("level", NumberWords.exactly(settings.level)),
            ("minimum_periods", NumberWords.count(settings.minimumPeriods)),
            ("minimum_days", NumberWords.count(settings.minimumDays)),
            ("minimum_records", NumberWords.count(settings.minimumRecords)),
            ("minimum_group", NumberWords.count(settings.minimumGroup)),
            ("maximum_groups", NumberWords.count(settings.maximumGroups)),
            ("small_group", NumberWords.count(settings.smallGroup)),
            ("small_total", NumberWords.count(settings.smallTotal)),
            ("small_coverage", NumberWords.exactly(settings.smallCoverage)),
            ("edge_days", NumberWords.count(settings.edgeDays)),
            ("current_days", NumberWords.count(settings.currentDays)),
            ("smallest_effect", NumberWords.exactly(settings.smallestEffect)),
            ("volatile_cv", NumberWords.exactly(settings.volatileCV)),
            ("baseline_days", NumberWords.count(settings.baselineDays)),
            ("notable_correlation", NumberWords.exactly(settings.notableCorrelation)),
            ("minimum_decomposed", NumberWords.count(settings.minimumDecomposed)),
            ("anomaly_score", NumberWords.exactly(settings.anomalyScore)),
            ("forecast_days", NumberWords.count(settings.forecastDays)),
            ("minimum_forecast", NumberWords.count(settings.minimumForecast)),
            ("shape_distance", NumberWords.exactly(settings.shapeDistance)),
            ("outlier_quartiles", NumberWords.exactly(settings.outlierQuartiles)),
            ("outlier_z", NumberWords.exactly(settings.outlierZ)),
            ("outlier_modified_z", NumberWords.exactly(settings.outlierModifiedZ)),
            ("forest_score", NumberWords.exactly(settings.forestScore)),
            ("follow_up_days", settings.followUpDays.map(String.init).joined(separator: ", ")),
            ("overdue_days", NumberWords.count(settings.overdueDays)),
            ("alert_days", NumberWords.count(settings.alertDays)),
            ("minimum_segment", NumberWords.count(settings.minimumSegment)),
        ]
        return TableBlock(
            caption: say("Settings of the analysis, by their key in the configuration"),
            columns: [.init(say("Setting")), .init(say("Value"), isNumeric: true)],
            rows: rows.map { [TableCell($0.0), TableCell($0.1)] })
    }

    private func metricTable() -> TableBlock {
        TableBlock(
            caption: say("Metrics as declared"),
            columns: [
                .init(say("Metric")), .init(say("Key")), .init(say("Unit")), .init(say("Range")), .init(say("Good")),
                .init(say("Bins")),
            ],
            rows: catalogue.metrics.map { metric in
                let bins =
                    switch metric.bins {
                    case .linear(let lower, let upper, let count):
                        say(
                            "\(NumberWords.count(count)) equal from \(NumberWords.plain(lower)) to \(NumberWords.plain(upper))"
                        )
                    case .logarithmic(let share): say("growing, \(NumberWords.percent(share)) error")
                    }
                let good =
                    switch metric.direction {
                    case .higher: say("higher")
                    case .lower: say("lower")
                    case .neutral: say("neither")
                    }
                return [
                    TableCell(metric.title), TableCell(metric.name),
                    TableCell(metric.isProportion ? say("share") : metric.unit),
                    TableCell(
                        metric.range.map { say("\(limit($0.lowerBound)) to \(limit($0.upperBound))") } ?? say("any")),
                    TableCell(good), TableCell(bins),
                ]
            })
    }

    private func limit(_ value: Double) -> String { value.isFinite ? NumberWords.plain(value) : say("any") }
}
