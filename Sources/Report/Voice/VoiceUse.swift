import Analysis
import Charts
import Model
import Words

extension VoiceSections {
    var errorBlocks: [Block] {
        guard let errors = voice.sessionsWithErrors.value, let mean = voice.errorsPerSession.value,
            let metric = metric(roles.errors)
        else { return [.notice(tell("Errors are not supplied."))] }
        return [
            .prose(
                Prose([
                    .text(
                        say(
                            "\(NumberWords.count(errors.successes)) of \(NumberWords.count(errors.n)) sessions had at least one error (\(share(errors))); there were \(NumberWords.plain(mean)) errors a session. "
                        )
                    ),
                    .link(Link(path: "trends/\(metric.name).html", text: say("Day by day"))), .text("."),
                ])),
            .prose(tell("Errors a session are no percentage: a session can have several.")),
        ] + (voice.errorBlocks.isEmpty ? [] : [.table(errorTable)])
    }

    private var errorTable: TableBlock {
        TableBlock(
            caption: voice.outcomes.value?.exactness == .exact
                ? say("Sessions with an error by the hour at which they began")
                : say(
                    "Sessions with an error by the hour at which they began, of the sessions that are kept as a sample"),
            columns: [
                .init(say("Hours")), .init(say("Sessions"), isNumeric: true),
                .init(say("With an error"), isNumeric: true),
                .init(say("Share"), isNumeric: true),
                .init(say("\(NumberWords.level(context.analyses.settings.level)) interval"), isNumeric: true),
            ],
            rows: voice.errorBlocks.map { block in
                [
                    TableCell(say("\(block.from):00 to \(block.to):00")),
                    cell(block.share) { TableCell(NumberWords.count($0.n), sortKey: Double($0.n)) },
                    cell(block.share) { TableCell(NumberWords.count($0.successes), sortKey: Double($0.successes)) },
                    cell(block.share) { TableCell(Self.percent($0.share), sortKey: $0.share) },
                    cell(block.share) { TableCell(ValidationWords.interval($0.interval), sortKey: $0.interval.low) },
                ]
            })
    }

    var cacheBlocks: [Block] {
        guard !voice.caches.isEmpty else { return [.notice(tell("Hits and misses of caches are not supplied."))] }
        let rows = voice.caches.map { item -> [TableCell] in
            [
                TableCell(item.cache.name),
                cell(item.rate) { TableCell(NumberWords.count($0.successes), sortKey: Double($0.successes)) },
                cell(item.rate) {
                    TableCell(NumberWords.count($0.n - $0.successes), sortKey: Double($0.n - $0.successes))
                },
                cell(item.rate) { TableCell(Self.percent($0.share), sortKey: $0.share) },
                cell(item.rate) { TableCell(ValidationWords.interval($0.interval), sortKey: $0.interval.low) },
            ]
        }
        let table = TableBlock(
            caption: say("Requests to caches"),
            columns: [
                .init(say("Cache")), .init(say("Hits"), isNumeric: true), .init(say("Misses"), isNumeric: true),
                .init(say("Hits of all"), isNumeric: true),
                .init(say("\(NumberWords.level(context.analyses.settings.level)) interval"), isNumeric: true),
            ], rows: rows)
        let marks = voice.caches.enumerated().map { place, item in
            Mark.line(
                item.days.map { .init(x: Double($0.day.number), y: $0.share.map { $0 * 100 }) },
                tone: .series(place % 6 + 1), label: item.cache.name)
        }
        guard let last = voice.period.last, voice.period.length > 1 else { return [.table(table)] }
        return [
            .table(table),
            .figure(
                FigureBlock(
                    figure: Figure(
                        title: say("Hits of all requests, day by day"),
                        description: voice.caches.compactMap { item in
                            item.rate.value.map { say("\(item.cache.name): \(Self.percent($0.share)) over all days") }
                        }.joined(separator: "; ") + ".",
                        x: Axis(title: say("Day"), scale: DateTicks.scale(from: voice.period.start, to: last)),
                        y: Axis(title: say("Hits"), unit: "%", scale: .linear(domain: 0...100, includesZero: true)),
                        marks: marks
                            + context.interventionRules(
                                touching: voice.caches.flatMap {
                                    [.values(of: $0.cache.hits), .values(of: $0.cache.misses)]
                                }, from: voice.period.start)),
                    caption: caption(say("days without requests are gaps")), data: cacheDays)),
        ]
    }

    /// The curves of the caches as they are drawn.
    private var cacheDays: TableBlock {
        let days = voice.caches.first?.days.map(\.day) ?? []
        let shares = voice.caches.map { Dictionary($0.days.map { ($0.day, $0.share) }) { first, _ in first } }
        return TableBlock(
            caption: say("Hits of all requests, day by day"),
            columns: [.init(say("Day"))] + voice.caches.map { .init($0.cache.name, isNumeric: true) },
            rows: days.map { day in
                [TableCell(Wording.day(day), sortKey: Double(day.number))]
                    + shares.map { known in
                        (known[day] ?? nil).map { TableCell(Self.percent($0), sortKey: $0) }
                            ?? TableCell(nil, reason: say("no requests"))
                    }
            })
    }

    /// Word error rate and opinion score, or that they are not supplied.
    var speechBlocks: [Block] {
        let items = [
            (say("Word error rate"), roles.wordErrorRate),
            (say("Opinion score of synthetic speech"), roles.opinionScore),
        ].map {
            label, name -> Definition in
            guard let metric = metric(name), let found = distribution(name), let moments = found.moments.value else {
                return Definition(label, text: tell("not supplied"))
            }
            let words = MetricWords(metric: metric)
            let interval =
                moments.meanInterval.map { say("; \(NumberWords.level($0.level)) interval \(words.interval($0))") }
                ?? ""
            return Definition(
                label, link: Link(path: "distributions/\(metric.name).html", text: metric.title),
                text: tell(
                    "mean of sessions \(words.value(moments.mean))\(interval), n = \(NumberWords.count(found.n))"))
        }
        return [.definitions(items)]
    }

    var outcomeBlocks: [Block] {
        var blocks: [Block] = []
        switch voice.outcomes {
        case .success(let table): blocks.append(.figure(outcomeFigure(table)))
        case .failure(let absence): blocks.append(.notice(tell("No cross table: \(Wording.absence(absence)).")))
        }
        for (dimension, name) in [(say("intent"), roles.intent), (say("outcome"), roles.outcome)] {
            guard let name, context.catalogue.dimension(named: name) != nil else { continue }
            for measured in [roles.resolved, roles.satisfaction] {
                guard let metric = metric(measured), let found = context.analyses.comparison(of: metric.name, by: name),
                    !found.groups.isEmpty
                else { continue }
                blocks.append(.table(groupTable(found, metric: metric, by: dimension)))
            }
        }
        return blocks
    }

    private func groupTable(_ found: ComparisonResult, metric: Metric, by dimension: String) -> TableBlock {
        let words = MetricWords(metric: metric)
        return TableBlock(
            caption: say("\(metric.title) by \(dimension)"),
            columns: [
                .init(dimension.prefix(1).uppercased() + dimension.dropFirst()), .init("n", isNumeric: true),
                .init(say("Mean"), isNumeric: true),
                .init(say("\(NumberWords.level(context.analyses.settings.level)) interval"), isNumeric: true),
            ],
            rows: found.groups.map { group in
                [
                    TableCell(group.value), TableCell(NumberWords.count(group.n), sortKey: Double(group.n)),
                    TableCell(words.value(group.mean), sortKey: group.mean),
                    group.interval.map { TableCell(words.interval($0), sortKey: $0.low) }
                        ?? TableCell(nil, reason: say("the values do not vary")),
                ]
            })
    }

    private func outcomeFigure(_ table: VoiceResult.OutcomeTable) -> FigureBlock {
        let most = Double(table.counts.joined().max() ?? 1)
        let cells = table.intents.indices.flatMap { row in
            table.outcomes.indices.map { column in
                let count = table.counts[row][column]
                return Mark.Cell(
                    column: column, row: row, tone: count > 0 ? .sequential(Double(count) / most) : nil,
                    text: NumberWords.count(count))
            }
        }
        let rows = zip(table.intents, table.counts).map { intent, counts in
            [TableCell(intent)] + counts.map { TableCell(NumberWords.count($0), sortKey: Double($0)) }
                + [TableCell(NumberWords.count(counts.reduce(0, +)), sortKey: Double(counts.reduce(0, +)))]
        }
        return FigureBlock(
            figure: Figure(
                title: say("Sessions by intent and outcome"),
                description:
                    say(
                        "The most frequent intent is \(table.intents.first ?? "") with \(NumberWords.count(table.counts.first?.reduce(0, +) ?? 0)) sessions."
                    ),
                size: .rows(table.intents.count), x: Axis(title: say("Outcome"), scale: .names(table.outcomes)),
                y: Axis(title: "", scale: .names(table.intents)), marks: [.cells(cells)]),
            caption: caption(Wording.exactness(table.exactness)),
            data: TableBlock(
                caption: say("Sessions by intent and outcome"),
                columns: [.init(say("Intent"))] + table.outcomes.map { .init($0, isNumeric: true) } + [
                    .init(say("All"), isNumeric: true)
                ],
                rows: rows))
    }

    // MARK: Load

    var loadBlocks: [Block] {
        let load = voice.load
        let most = load.means.joined().compactMap { $0 }.max() ?? 0
        guard most > 0 else {
            return [.notice(tell("The sessions’ times have no clock, so that hours are not known."))]
        }
        let cells = (0..<7).flatMap { row in
            (0..<24).map { hour -> Mark.Cell in
                let mean = load.means[row][hour]
                return Mark.Cell(
                    column: hour, row: row, tone: mean.map { .sequential($0 / most) },
                    text: mean.map { NumberText.fixed($0, decimals: $0 < 10 ? 1 : 0) })
            }
        }
        let peaks = load.peaks.map {
            say("\(Wording.weekdays[$0.weekday]) from \($0.hour):00 (\(NumberText.fixed($0.mean, decimals: 1)))")
        }
        let rows = (0..<7).map { row in
            [TableCell(Wording.weekdays[row])]
                + (0..<24).map { hour in
                    load.means[row][hour].map { TableCell(NumberText.fixed($0, decimals: 1), sortKey: $0) }
                        ?? TableCell(nil, reason: say("no such day"))
                }
        }
        let without =
            load.withoutHour > 0
            ? say(" \(NumberWords.count(load.withoutHour, "session has", "sessions have")) no hour.") : ""
        return [
            .prose(tell("Busiest, in sessions an hour: \(peaks.joined(separator: ", ")).\(without)")),
            .figure(
                FigureBlock(
                    figure: Figure(
                        title: say("Sessions an hour by weekday and hour"),
                        description: say("Busiest: \(peaks.prefix(3).joined(separator: ", "))."), size: .rows(7),
                        x: Axis(title: say("Hour"), scale: .names((0..<24).map { "\($0)" })),
                        y: Axis(title: "", scale: .names(Wording.weekdays)), marks: [.cells(cells)]),
                    caption: caption(say("mean of the days with sessions")),
                    data: TableBlock(
                        caption: say("Sessions an hour"),
                        columns: [.init(say("Weekday"))] + (0..<24).map { .init("\($0)", isNumeric: true) }, rows: rows,
                        export: Link(path: "exports/service-load.csv", text: "CSV")))),
        ]
    }

    /// A single value, whole where it is a count.
    private func short(_ value: Double, _ metric: Metric) -> String {
        metric.unit.isEmpty && value == value.rounded()
            ? NumberWords.exactly(value) : MetricWords(metric: metric).value(value)
    }

    /// The slowest sessions with the metrics that play a part.
    var sessionSection: PageSection? {
        guard !voice.slowest.isEmpty else { return nil }
        let wanted =
            [roles.total].compactMap { $0 } + roles.components.map(\.metric)
            + [roles.errors, roles.duration, roles.satisfaction].compactMap { $0 }
        let places = wanted.compactMap { name in context.catalogue.metrics.firstIndex { $0.name == name } }
        let rows = voice.slowest.map { row -> [TableCell] in
            [
                row.id.isEmpty ? TableCell(nil, reason: say("the export has no id")) : TableCell(row.id),
                TableCell(row.day.iso),
            ]
                + places.map { place in
                    row.values[place].map { TableCell(short($0, context.catalogue.metrics[place]), sortKey: $0) }
                        ?? TableCell(nil, reason: say("missing"))
                }
        }
        return PageSection(
            id: "sessions", title: say("Slowest sessions"),
            blocks: [
                .table(
                    TableBlock(
                        caption: voice.outcomes.value?.exactness == .exact
                            ? say("The slowest \(NumberWords.count(rows.count)) of all sessions")
                            : say(
                                "The slowest \(NumberWords.count(rows.count)) of the sessions that are kept as a sample"
                            ),
                        columns: [.init(say("Session")), .init(say("Day"))]
                            + places.map { .init(context.catalogue.metrics[$0].title, isNumeric: true) }, rows: rows))
            ])
    }
}
