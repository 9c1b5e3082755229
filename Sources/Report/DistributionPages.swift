import Analysis
import Charts
import Model
import Words

extension ReportContext {
    /// The page that lists how every metric is spread.
    func distributionIndex() -> Page {
        let rows = catalogue.metrics.compactMap { metric -> [TableCell]? in
            guard let result = analyses.distribution(of: overall(metric)) else { return nil }
            let words = MetricWords(metric: metric)
            return [
                TableCell(metric.title, link: Link(path: "distributions/\(metric.name).html", text: metric.title)),
                TableCell(NumberWords.count(result.n), sortKey: Double(result.n)),
                TableCell(NumberWords.count(result.missing), sortKey: Double(result.missing)),
                cell(result.moments) { TableCell(words.value($0.mean), sortKey: $0.mean) },
                cell(result.moments) {
                    $0.sd.map { TableCell(words.spread($0), sortKey: $0) }
                        ?? TableCell(nil, reason: say("a single value"))
                },
                cell(result.quantiles) { TableCell(words.value($0.q1), sortKey: $0.q1) },
                cell(result.quantiles) { TableCell(words.value($0.median), sortKey: $0.median) },
                cell(result.quantiles) { TableCell(words.value($0.q3), sortKey: $0.q3) },
            ]
        }
        let small = catalogue.metrics.compactMap { histogram(overall($0), size: .small) }
        return Page(
            path: "distributions/index.html", kind: "analysis", title: say("Distributions"),
            lead: tell(
                "How the values of \(NumberWords.count(catalogue.metrics.count, "metric", "metrics")) are spread over the \(NumberWords.count(analyses.coverage.records, "record", "records")) of the period."
            ),
            crumbs: [home],
            sections: [
                PageSection(
                    id: "metrics", title: say("All metrics"), depth: .executive,
                    blocks: [
                        .table(
                            TableBlock(
                                caption: say("Figures of each metric, \(Wording.period(analyses.period))"),
                                columns: [
                                    .init(say("Metric")), .init("n", isNumeric: true),
                                    .init(say("Missing"), isNumeric: true),
                                    .init(say("Mean"), isNumeric: true),
                                    .init(say("Standard deviation"), isNumeric: true),
                                    .init(say("Lower quartile"), isNumeric: true),
                                    .init(say("Median"), isNumeric: true),
                                    .init(say("Upper quartile"), isNumeric: true),
                                ], rows: rows,
                                export: Link(path: "exports/distributions.csv", text: say("All groups as CSV"))))
                    ]),
                PageSection(
                    id: "shapes", title: say("Shapes"),
                    blocks: small.isEmpty ? [.notice(tell("There are no values to draw."))] : [.multiples(small)]),
            ],
            alternates: [
                Link(path: "exports/distributions.csv", text: "CSV"), Link(path: "summary.json", text: "JSON"),
            ])
    }

    /// The bars of a distribution with its mean and median.
    func histogram(_ subject: Subject, size: FigureSize = .standard) -> FigureBlock? {
        guard let result = analyses.distribution(of: subject), let histogram = result.histogram.value,
            let words = words(subject.metric),
            let moments = result.moments.value, let quantiles = result.quantiles.value
        else { return nil }
        var marks: [Mark] = [
            .bins(words.bars(histogram), tone: .series(1))
        ]
        if size == .standard {
            marks.append(
                .rule(
                    at: words.onAxis(moments.mean), vertical: true, tone: .series(2),
                    label: say("mean \(words.value(moments.mean))")))
            marks.append(
                .rule(
                    at: words.onAxis(quantiles.median), vertical: true, tone: .series(3),
                    label: say("median \(words.value(quantiles.median))")))
        }
        let rule =
            switch histogram.rule {
            case .distinctValues: say("one bar for each value")
            case .freedmanDiaconis: say("bars by Freedman and Diaconis, rounded")
            case .freedmanDiaconisBinned:
                say(
                    "bars by Freedman and Diaconis, rounded, from finer bins, those across an edge taken as evenly filled"
                )
            }
        let figure = Figure(
            title: words.metric.title,
            description:
                say(
                    "\(NumberWords.count(result.n, "value", "values")) of \(words.metric.title), mean \(words.value(moments.mean)), median \(words.value(quantiles.median)), from \(words.value(moments.min)) to \(words.value(moments.max))."
                ),
            size: size,
            x: Axis(
                title: size == .standard ? words.metric.title : "", unit: words.unit,
                scale: words.barScale),
            y: Axis(title: size == .standard ? say("Records") : "", scale: .linear(domain: nil, includesZero: true)),
            marks: marks)
        let data = TableBlock(
            caption: say("Bars of \(words.metric.title)"),
            columns: histogram.rule == .distinctValues
                ? [
                    .init(say("Value"), unit: words.metric.unit, isNumeric: true),
                    .init(say("Records"), isNumeric: true),
                ]
                : [
                    .init(say("From"), unit: words.metric.unit, isNumeric: true), .init(say("To"), isNumeric: true),
                    .init(say("Records"), isNumeric: true),
                ],
            rows: histogram.bins.map {
                let ends = histogram.rule == .distinctValues ? [($0.low + $0.high) / 2] : [$0.low, $0.high]
                return ends.map { TableCell(words.barEnd($0), sortKey: $0) }
                    + [TableCell(NumberWords.count($0.count), sortKey: Double($0.count))]
            })
        return FigureBlock(
            figure: figure, caption: caption("n = \(NumberWords.count(result.n))", rule),
            data: size == .standard ? data : nil)
    }

    /// What extremes, quantiles and bars are of where records name people.
    private var heldValuesNotice: [Block] {
        guard analyses.held.isOfPeople else { return [] }
        let k = analyses.settings.people.k
        return [
            .notice(
                tell(
                    "Records name people. Least and greatest values, quantiles and bars are of values that at least \(k) people share, or of the mean of at least \(k) people’s neighbouring values."
                ))
        ]
    }

    /// The page of one metric.
    func distributionPage(_ metric: Metric) -> Page {
        let subject = overall(metric)
        guard let result = analyses.distribution(of: subject), let moments = result.moments.value,
            let quantiles = result.quantiles.value
        else {
            let reason =
                analyses.distribution(of: subject)?.moments.absence.map(Wording.absence)
                ?? say("no values in this period")
            return Page(
                path: "distributions/\(metric.name).html", kind: "analysis", title: metric.title,
                lead: tell("Nothing can be said: \(reason)."),
                crumbs: [home, Link(path: "distributions/index.html", text: say("Distributions"))],
                sections: [
                    PageSection(
                        id: "figures", title: say("Figures"), blocks: [.notice(Prose("\(reason.capitalizedFirst)."))])
                ])
        }
        let words = MetricWords(metric: metric)
        var sections = [
            PageSection(
                id: "shape", title: say("Shape"), depth: .executive,
                blocks: (histogram(subject).map { [.figure($0)] } ?? [.notice(tell("There is nothing to draw."))])
                    + heldValuesNotice),
            PageSection(
                id: "figures", title: say("Figures"), blocks: [.table(figuresTable(result, moments, quantiles, words))]),
        ]
        if let bands = result.bands, !bands.isEmpty {
            sections.append(bandSection(bands, result))
            if let weeks = bandWeekBlock(metric, result) { sections[sections.count - 1].blocks.append(weeks) }
        }
        for dimension in catalogue.dimensions {
            if let section = boxSection(metric, dimension) { sections.append(section) }
        }
        sections += detailSections(result, metric)
        sections.append(normalitySection(result))
        return Page(
            path: "distributions/\(metric.name).html", kind: "analysis", title: metric.title,
            lead: Prose(
                metric.isProportion
                    ? say(
                        "\(words.value(moments.mean)) of \(NumberWords.count(result.n, "record", "records"))\(moments.meanInterval.map { say(", interval \(words.interval($0))") } ?? "")."
                    )
                    : say(
                        "Half of \(NumberWords.count(result.n, "value", "values")) lie between \(words.value(quantiles.q1)) and \(words.value(quantiles.q3)); the median is \(words.value(quantiles.median)), the mean \(words.value(moments.mean))."
                    )
            ),
            crumbs: [home, Link(path: "distributions/index.html", text: say("Distributions"))],
            previous: neighbour(of: metric, by: -1, folder: "distributions"),
            next: neighbour(of: metric, by: 1, folder: "distributions"),
            sections: sections,
            alternates: [
                Link(path: "exports/distributions.csv", text: "CSV"), Link(path: "summary.json", text: "JSON"),
            ])
    }

    private func figuresTable(
        _ result: DistributionResult, _ moments: MomentFigures, _ quantiles: QuantileFigures, _ words: MetricWords
    ) -> TableBlock {
        let optional = { (value: Double?, reason: String) in
            value.map { TableCell(NumberWords.plain($0), sortKey: $0) } ?? TableCell(nil, reason: reason)
        }
        let spread = { (value: Double?, reason: String) in
            value.map { TableCell(words.spread($0), sortKey: $0) } ?? TableCell(nil, reason: reason)
        }
        var rows: [[TableCell]] = [
            [TableCell("n"), TableCell(NumberWords.count(result.n))],
            [TableCell(say("Records without a value")), TableCell(NumberWords.count(result.missing))],
            [TableCell(say("Mean")), TableCell(words.value(moments.mean))],
            [
                TableCell(say("\(NumberWords.level(analyses.settings.level)) interval of the mean")),
                moments.meanInterval.map { TableCell(words.interval($0)) }
                    ?? TableCell(nil, reason: result.n == 1 ? say("a single value") : say("the values do not vary")),
            ],
            [TableCell(say("Standard deviation (n − 1)")), spread(moments.sd, say("a single value"))],
            [TableCell(say("Variance (n − 1)")), optional(moments.variance, say("a single value"))],
            [
                TableCell(say("Coefficient of variation")),
                optional(moments.cv, say("the mean is 0 or there is a single value")),
            ],
            [
                TableCell(say("Skewness (moments, no bias correction)")),
                optional(moments.skewness, say("all values are equal")),
            ],
            [
                TableCell(say("Excess kurtosis (moments, no bias correction)")),
                optional(moments.kurtosis, say("all values are equal")),
            ],
            [TableCell(say("Smallest")), TableCell(words.value(moments.min))],
            [TableCell(say("Largest")), TableCell(words.value(moments.max))],
            [TableCell(say("Range")), spread(moments.range, "")],
        ]
        for quantile in quantiles.quantiles {
            rows.append([
                TableCell(say("Quantile \(NumberWords.percent(quantile.share, decimals: 0))")),
                TableCell(words.value(quantile.value)),
            ])
        }
        rows.append([TableCell(say("Interquartile range")), spread(quantiles.iqr, "")])
        rows.append([TableCell(say("Median absolute deviation")), spread(quantiles.mad, "")])
        rows.append([
            TableCell(say("Mode")),
            quantiles.mode.map { TableCell(words.value($0), sortKey: $0) }
                ?? TableCell(nil, reason: say("no value occurs twice")),
        ])
        return TableBlock(
            caption: analyses.held.isOfPeople
                ? say(
                    "Figures; quantiles and mode \(Wording.exactness(quantiles.exactness)), least and greatest value as enough people share them, the others exact"
                )
                : quantiles.exactness == .exact
                    ? say("Figures, all exact")
                    : say("Figures; quantiles and mode \(Wording.exactness(quantiles.exactness)), the others exact"),
            columns: [.init(say("Figure")), .init(say("Value"), unit: words.metric.unit, isNumeric: true)], rows: rows,
            export: Link(path: "exports/distributions.csv", text: say("All groups as CSV")))
    }

    private func bandSection(_ bands: [BandCount], _ result: DistributionResult) -> PageSection {
        let table = TableBlock(
            caption: say("Quality bands; a value on an edge belongs to the upper band"),
            columns: [
                .init(say("Band")), .init(say("From"), isNumeric: true), .init(say("To"), isNumeric: true),
                .init(say("Records"), isNumeric: true),
                .init(say("Share"), isNumeric: true),
                .init(say("\(NumberWords.level(analyses.settings.level)) interval"), isNumeric: true),
            ],
            rows: bands.map { band in
                [
                    TableCell(band.band.name), TableCell(NumberWords.plain(band.band.low), sortKey: band.band.low),
                    TableCell(NumberWords.plain(band.band.high), sortKey: band.band.high),
                    TableCell(NumberWords.count(band.count), sortKey: Double(band.count)),
                    TableCell(NumberWords.percent(band.share), sortKey: band.share),
                    TableCell(
                        say("\(NumberWords.percent(band.interval.low)) to \(NumberWords.percent(band.interval.high))"),
                        sortKey: band.interval.low),
                ]
            })
        let figure = Figure(
            title: say("Share of each quality band"),
            description: bands.map { "\($0.band.name) \(NumberWords.percent($0.share))" }.joined(separator: ", ") + ".",
            size: .rows(bands.count),
            x: Axis(title: say("Share"), unit: "%", scale: .linear(domain: nil, includesZero: true)),
            y: Axis(title: "", scale: .names(bands.map(\.band.name))),
            marks: [
                .bars(
                    bands.enumerated().map { index, band in
                        .init(
                            slot: Double(index), value: band.share * 100, low: band.interval.low * 100,
                            high: band.interval.high * 100)
                    }, tone: .series(1))
            ])
        let exactness = bands.map(\.exactness).first { $0 != .exact } ?? .exact
        return PageSection(
            id: "bands", title: say("Quality bands"),
            blocks: [
                .figure(
                    FigureBlock(
                        figure: figure,
                        caption: caption(
                            "n = \(NumberWords.count(result.n))", say("Wilson intervals"), Wording.exactness(exactness)),
                        data: table))
            ])
    }

    private func boxSection(_ metric: Metric, _ dimension: Dimension) -> PageSection? {
        let words = MetricWords(metric: metric)
        let results = analyses.distributions.compactMap {
            result -> (name: String, result: DistributionResult, box: BoxFigures)? in
            guard result.subject.metric == metric.name, case .value(dimension.name, let value) = result.subject.group,
                let box = result.box.value
            else { return nil }
            return (value, result, box)
        }
        guard results.count > 1 else { return nil }
        let figure = Figure(
            title: say("\(metric.title) by \(dimension.title)"),
            description: say("Medians: ")
                + results.map { "\($0.name) \(words.value($0.box.median))" }.joined(separator: ", ") + ".",
            size: .rows(results.count),
            x: Axis(title: metric.title, unit: words.unit, scale: .linear(domain: nil, includesZero: false)),
            y: Axis(title: "", scale: .names(results.map(\.name))),
            marks: [
                .boxes(
                    results.enumerated().map { index, item in
                        let box = item.box
                        return .init(
                            slot: Double(index), low: words.onAxis(box.lowWhisker), q1: words.onAxis(box.q1),
                            median: words.onAxis(box.median),
                            q3: words.onAxis(box.q3), high: words.onAxis(box.highWhisker), mean: words.onAxis(box.mean),
                            outliers: box.extremes.map(words.onAxis))
                    }, tone: .series(1))
            ])
        let table = TableBlock(
            caption: say("Boxes of \(metric.title) by \(dimension.title)"),
            columns: [
                .init(dimension.title), .init("n", isNumeric: true), .init(say("Lower whisker"), isNumeric: true),
                .init(say("Lower quartile"), isNumeric: true),
                .init(say("Median"), isNumeric: true), .init(say("Upper quartile"), isNumeric: true),
                .init(say("Upper whisker"), isNumeric: true),
                .init(say("Beyond whiskers"), isNumeric: true),
            ],
            rows: results.map { item in
                let box = item.box
                let beyond = box.lowOutliers + box.highOutliers
                return [
                    TableCell(item.name), TableCell(NumberWords.count(item.result.n), sortKey: Double(item.result.n)),
                ]
                    + [box.lowWhisker, box.q1, box.median, box.q3, box.highWhisker].map {
                        TableCell(words.value($0), sortKey: $0)
                    }
                    + [TableCell(NumberWords.count(beyond), sortKey: Double(beyond))]
            })
        return PageSection(
            id: "boxes-\(dimension.name)", title: say("By \(dimension.title)"),
            blocks: [
                .figure(
                    FigureBlock(
                        figure: figure,
                        caption: caption(
                            say("Whiskers reach the last value within 1.5 interquartile ranges"),
                            say("dot inside a box: mean"),
                            say("dots beyond: extremes")),
                        data: table))
            ])
    }

    private func normalitySection(_ result: DistributionResult) -> PageSection {
        switch result.normality {
        case .failure(let absence):
            return PageSection(
                id: "normality", title: say("Tests of normality"), depth: .technical,
                blocks: [.notice(Prose("\(Wording.absence(absence).capitalizedFirst)."))])
        case .success(let figures):
            let rows =
                figures.tests.map { [TableCell(Wording.method($0.method))] + cells(of: .success($0)) }
                + figures.refused.map { [TableCell(Wording.method($0.method))] + cells(of: .failure($0.absence)) }
            return PageSection(
                id: "normality", title: say("Tests of normality"), depth: .technical,
                blocks: [
                    .table(
                        TableBlock(
                            caption: figures.exactness == .exact
                                ? say(
                                    "All values tested, n = \(NumberWords.count(figures.n)); with many every small departure shows"
                                )
                                : say(
                                    "\(NumberWords.count(figures.n, "value", "values")) tested, \(Wording.exactness(figures.exactness)); with many values every small departure shows"
                                ),
                            columns: Self.testColumns, rows: rows))
                ])
        }
    }
}
