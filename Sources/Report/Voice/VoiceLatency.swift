import Analysis
import Charts
import Model
import Words

extension VoiceSections {
    /// The latencies in their order: components, then the whole.
    private var latencies: [(name: String, metric: Metric)] {
        let components = roles.components.compactMap { component in
            metric(component.metric).map { (component.name, $0) }
        }
        return components + (metric(roles.total).map { [(say("whole"), $0)] } ?? [])
    }

    var latencyBlocks: [Block] {
        guard !latencies.isEmpty else { return [.notice(tell("No latencies are supplied."))] }
        var blocks: [Block] = [.table(latencyTable)]
        if let figure = shareFigure { blocks.append(.figure(figure)) }
        blocks.append(sumBlock)
        if let figure = boxFigure { blocks.append(.figure(figure)) }
        if let figure = curveFigure { blocks.append(.figure(figure)) }
        return blocks
    }

    private var latencyTable: TableBlock {
        let shares = [0.5, 0.9, 0.95, 0.99]
        return TableBlock(
            caption: say("Latencies; what was not measured is missing, not 0"),
            columns: [
                .init(say("Component")), .init("n", isNumeric: true), .init(say("Missing"), isNumeric: true),
                .init(say("Mean"), isNumeric: true), .init(say("Smallest"), isNumeric: true),
            ]
                + shares.map { .init("p\(Int($0 * 100))", isNumeric: true) } + [.init(say("Largest"), isNumeric: true)],
            rows: latencies.map { name, metric in
                let words = MetricWords(metric: metric)
                let found = distribution(metric.name)
                // Records of another kind beside the sessions have no latency that could be missing.
                let missing = found.map { max(0, voice.sessions - $0.n) }
                let value = { (value: Double) in TableCell(words.value(value), sortKey: value) }
                return [
                    TableCell(name, link: Link(path: "distributions/\(metric.name).html", text: metric.title)),
                    TableCell(found.map { NumberWords.count($0.n) }, sortKey: found.map { Double($0.n) }),
                    TableCell(missing.map { NumberWords.count($0) }, sortKey: missing.map { Double($0) }),
                    cell(found?.moments) { value($0.mean) }, cell(found?.moments) { value($0.min) },
                ]
                    + shares.map { share in
                        cell(found?.quantiles) { ranks in
                            ranks.quantile(share).map(value) ?? TableCell(nil, reason: say("not computed"))
                        }
                    } + [cell(found?.moments) { value($0.max) }]
            })
    }

    /// The components as parts of one bar.
    private var shareFigure: FigureBlock? {
        guard let shares = voice.shares.value else { return nil }
        var marks: [Mark] = []
        var from = 0.0
        for (place, item) in shares.enumerated() {
            let to = from + item.share * 100
            marks.append(.bins([.init(from: from, to: to, height: 1)], tone: .series(place % 6 + 1)))
            marks.append(
                .dots(
                    [.init(x: (from + to) / 2, y: 0.5, text: item.component.name)], tone: .series(place % 6 + 1),
                    label: "\(item.component.name) \(Self.percent(item.share))"))
            from = to
        }
        let rows = shares.map { item -> [TableCell] in
            [
                TableCell(item.component.name),
                TableCell(
                    metric(item.component.metric).map { MetricWords(metric: $0).value(item.mean) }, sortKey: item.mean),
                TableCell(Self.percent(item.share), sortKey: item.share),
            ]
        }
        return FigureBlock(
            figure: Figure(
                title: say("What the latency is made of"),
                description: shares.map { "\($0.component.name) \(Self.percent($0.share))" }.joined(separator: ", ")
                    + say(" of the sum of mean latencies."),
                size: .rows(3),
                x: Axis(
                    title: say("Share of the sum of means"), unit: "%",
                    scale: .linear(domain: 0...100, includesZero: true)),
                y: Axis(title: "", scale: .labelled(domain: 0...1, ticks: [])), marks: marks),
            caption: caption(say("mean of each component ÷ sum of means")),
            data: TableBlock(
                caption: say("Mean latencies"),
                columns: [
                    .init(say("Component")), .init(say("Mean"), isNumeric: true), .init(say("Share"), isNumeric: true),
                ],
                rows: rows))
    }

    private var sumBlock: Block {
        switch voice.sumCheck {
        case .failure(let absence):
            return .notice(
                tell("The whole latency cannot be checked against its components: \(Wording.absence(absence))."))
        case .success(let check):
            let words = metric(roles.total).map(MetricWords.init)
            let median = words?.difference(check.medianDifference) ?? NumberWords.plain(check.medianDifference)
            let basis = NumberWords.count(check.n, "session", "sessions")
            let rest = check.total - check.n
            let unchecked =
                rest > 0
                ? say(
                    " \(NumberWords.count(rest, "session", "sessions")) more could not be checked or are not in the sample."
                )
                : ""
            let text =
                check.differing == 0
                ? say(
                    "In all \(basis) that were checked the whole latency is the sum of its components (within 5 % or 50 ms); "
                )
                : say(
                    "In \(NumberWords.count(check.differing)) of \(basis) that were checked the whole latency is not the sum of its components (by more than 5 % and 50 ms); "
                )
            return .prose(Prose(text + say("whole − sum is \(median) in the middle.") + unchecked))
        }
    }

    private var boxFigure: FigureBlock? {
        let boxes = latencies.enumerated().compactMap { place, item -> Mark.Box? in
            guard let box = distribution(item.metric.name)?.box.value else { return nil }
            return Mark.Box(
                slot: Double(place), low: box.lowWhisker, q1: box.q1, median: box.median, q3: box.q3,
                high: box.highWhisker, mean: box.mean)
        }
        // Different units do not go on one axis.
        guard !boxes.isEmpty, Set(latencies.map(\.metric.unit)).count == 1, let unit = latencies.first?.metric.unit
        else {
            return nil
        }
        let rows = zip(latencies, boxes).map { item, box in
            [
                TableCell(item.name), TableCell(NumberWords.plain(box.low)), TableCell(NumberWords.plain(box.q1)),
                TableCell(NumberWords.plain(box.median)), TableCell(NumberWords.plain(box.q3)),
                TableCell(NumberWords.plain(box.high)),
            ]
        }
        return FigureBlock(
            figure: Figure(
                title: say("Spread of latencies"),
                description: zip(latencies, boxes).map {
                    say(
                        "\($0.name): half of all between \(NumberWords.plain($1.q1)) and \(NumberWords.plain($1.q3)) \(unit)"
                    )
                }.joined(separator: "; ") + ".",
                x: Axis(title: "", scale: .names(latencies.map(\.name))),
                y: Axis(title: say("Latency"), unit: unit, scale: .linear(domain: nil, includesZero: true)),
                marks: [.boxes(boxes, tone: .series(1))]),
            caption: caption(say("whiskers reach 1.5 quartile distances; what lies beyond is not drawn")),
            data: TableBlock(
                caption: say("The boxes"),
                columns: [.init(say("Component"))]
                    + [say("Low"), say("Lower quartile"), say("Median"), say("Upper quartile"), say("High")].map {
                        .init($0, unit: unit, isNumeric: true)
                    },
                rows: rows))
    }

    /// Cumulative shares from the percentiles that were computed.
    private var curveFigure: FigureBlock? {
        let curves = latencies.compactMap { item -> (name: String, points: [Mark.Point])? in
            guard let curve = distribution(item.metric.name)?.detail?.curves.value?.cumulative, !curve.isEmpty else {
                return nil
            }
            return (item.name, curve.map { .init(x: $0.x, y: $0.y * 100) })
        }
        guard !curves.isEmpty, Set(latencies.map(\.metric.unit)).count == 1, let unit = latencies.first?.metric.unit
        else {
            return nil
        }
        let rows = latencies.flatMap { item -> [[TableCell]] in
            (distribution(item.metric.name)?.quantiles.value?.quantiles ?? []).map { quantile in
                [
                    TableCell(item.name), TableCell(Self.percent(quantile.share), sortKey: quantile.share),
                    TableCell(NumberWords.plain(quantile.value), sortKey: quantile.value),
                ]
            }
        }
        return FigureBlock(
            figure: Figure(
                title: say("Share of sessions up to a latency"),
                description: latencies.compactMap { item in
                    distribution(item.metric.name)?.quantiles.value?.quantile(0.95).map {
                        say("\(item.name): 95 % within \(NumberWords.plain($0)) \(unit)")
                    }
                }.joined(separator: "; ") + ".",
                x: Axis(title: say("Latency"), unit: unit, scale: .linear(domain: nil, includesZero: true)),
                y: Axis(title: say("Sessions"), unit: "%", scale: .linear(domain: 0...100, includesZero: true)),
                marks: curves.enumerated().map { .line($1.points, tone: .series($0 % 6 + 1), label: $1.name) }
                    + targetRules),
            caption: caption(say("cumulative shares")),
            data: TableBlock(
                caption: say("Percentiles"),
                columns: [
                    .init(say("Component")), .init(say("Share"), isNumeric: true),
                    .init(say("Latency"), unit: unit, isNumeric: true),
                ],
                rows: rows))
    }

    /// The declared limits of latencies.
    private var targetRules: [Mark] {
        voice.targets.compactMap { item in
            guard let latency = latencies.first(where: { $0.metric.name == item.target.metric }) else { return nil }
            return .rule(
                at: item.target.atMost, vertical: true, tone: .accent,
                label:
                    say(
                        "\(latency.name): \(Self.percent(item.target.share)) within \(NumberWords.exactly(item.target.atMost))"
                    )
            )
        }
    }

    // MARK: Buckets

    var bucketSection: PageSection? {
        guard !voice.buckets.isEmpty else { return nil }
        let figures = voice.buckets.map(bucketFigure)
        return PageSection(
            id: "buckets", title: say("Latency in buckets"),
            blocks: [
                .prose(tell("The buckets that dashboards of services use:")),
                .multiples(figures),
                .prose(tell("Buckets that follow the data, as wide as Freedman and Diaconis have them:")),
                .multiples(voice.buckets.compactMap { adaptiveFigure($0.metric) }),
                .prose(
                    Prose(
                        [
                            .text(say("Larger, with mean and median, on the pages of distributions: "))
                        ]
                            + voice.buckets.enumerated().flatMap { place, item -> [Prose.Piece] in
                                [
                                    .text(place == 0 ? "" : ", "),
                                    .link(
                                        Link(
                                            path: "distributions/\(item.metric).html",
                                            text: metric(item.metric)?.title ?? item.metric)),
                                ]
                            } + [.text(".")])),
            ])
    }

    /// The bars of a latency's own distribution, with their limits and counts.
    private func adaptiveFigure(_ name: String) -> FigureBlock? {
        guard let metric = metric(name) else { return nil }
        var block = context.histogram(context.overall(metric))
        block?.figure.size = .small
        // The mean and median are named on the larger picture.
        block?.figure.marks.removeAll { if case .rule = $0 { true } else { false } }
        return block
    }

    private func bucketFigure(_ item: VoiceResult.BucketCounts) -> FigureBlock {
        let metric = metric(item.metric)
        let unit = metric?.unit ?? ""
        let names = item.limits.map { $0.map { "≤ \(NumberWords.exactly($0))" } ?? say("more") }
        let filled = item.counts.indices.filter { item.counts[$0] > 0 }
        let shown = (filled.first ?? 0)...(filled.last ?? 0)
        let rows = shown.map { place -> [TableCell] in
            [
                TableCell(names[place], sortKey: Double(place)),
                TableCell(NumberWords.count(item.counts[place]), sortKey: Double(item.counts[place])),
            ]
        }
        let largest = item.counts.indices.max { item.counts[$0] < item.counts[$1] } ?? 0
        return FigureBlock(
            figure: Figure(
                title: say("\(metric?.title ?? item.metric) in buckets"),
                description:
                    say(
                        "Most sessions, \(NumberWords.count(item.counts[largest])), are in the bucket \(names[largest]) \(unit)."
                    ),
                size: .small, x: Axis(title: say("Bucket"), unit: unit, scale: .names(Array(names[shown]))),
                y: Axis(title: say("Sessions"), scale: .linear(domain: nil, includesZero: true)),
                marks: [
                    .bars(
                        shown.enumerated().map { .init(slot: Double($0), value: Double(item.counts[$1])) },
                        tone: .series(1))
                ]),
            caption: Prose("n = \(NumberWords.count(item.counts.reduce(0, +))) · \(Wording.exactness(item.exactness))"),
            data: TableBlock(
                caption: say("\(metric?.title ?? item.metric) in buckets"),
                columns: [.init(say("Bucket"), unit: unit), .init(say("Sessions"), isNumeric: true)], rows: rows,
                export: Link(path: "exports/service-buckets.csv", text: "CSV")))
    }
}
