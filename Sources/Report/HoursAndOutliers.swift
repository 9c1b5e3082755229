import Analysis
import Charts
import Model
import Words

/// A metric through the day, and the records that lie far from the others.
extension ReportContext {
    /// Levels by hour of the day on a metric's trend page.
    func hourSection(_ metric: Metric) -> PageSection? {
        guard let index = catalogue.metrics.firstIndex(of: metric), analyses.hours.indices.contains(index) else {
            return nil
        }
        guard let profile = analyses.hours[index].value else {
            return PageSection(
                id: "hours", title: say("Through the day"),
                blocks: [
                    .notice(
                        tell(
                            "Hours cannot be compared: \(analyses.hours[index].absence.map(Wording.absence) ?? say("no values"))."
                        ))
                ])
        }
        let words = MetricWords(metric: metric)
        let level = NumberWords.level(analyses.settings.level)
        let figure = Figure(
            title: say("\(metric.title) by hour of the day"), description: hourSentence(profile, words),
            x: Axis(
                title: say("Hour"),
                scale: .labelled(
                    domain: 0...23,
                    ticks: stride(from: 0, through: 21, by: 3).map { .init(position: Double($0), label: "\($0)") })),
            y: Axis(title: say("Mean"), unit: words.unit, scale: .linear(domain: nil, includesZero: false)),
            marks: [
                .band(
                    wholeDay(profile) { hour, found in
                        .init(
                            x: Double(hour), low: found?.interval.map { words.onAxis($0.low) },
                            high: found?.interval.map { words.onAxis($0.high) })
                    }, tone: .series(1)),
                .line(
                    wholeDay(profile) { .init(x: Double($0), y: $1.map { words.onAxis($0.mean) }) }, tone: .series(1)),
            ])
        let table = TableBlock(
            caption: say("\(metric.title) by local hour"),
            columns: [
                .init(say("Hour")), .init("n", isNumeric: true), .init(say("Mean"), unit: words.unit, isNumeric: true),
                .init(say("\(level) interval"), isNumeric: true),
            ],
            rows: profile.levels.map { found in
                [
                    TableCell("\(found.hour):00"), TableCell(NumberWords.count(found.n), sortKey: Double(found.n)),
                    TableCell(words.value(found.mean), sortKey: found.mean),
                    found.interval.map { TableCell(words.interval($0), sortKey: $0.low) }
                        ?? TableCell(nil, reason: say("the values do not vary")),
                ]
            })
        let adjusted = profile.test.pAdjusted ?? profile.test.p
        let verdict =
            adjusted < analyses.settings.alpha
            ? say("The hour of the day matters") : say("No hour can be told apart from the others")
        return PageSection(
            id: "hours", title: say("Through the day"),
            blocks: [
                .prose(
                    tell(
                        "\(verdict) (Kruskal–Wallis, \(NumberWords.p(adjusted)) after correction; ε² = \(NumberText.fixed(profile.epsilonSquared, decimals: 3)))."
                    )),
                .figure(
                    FigureBlock(
                        figure: figure,
                        caption: caption(
                            say("Mean per hour with \(level) interval, differences between days taken out"),
                            "n = \(NumberWords.count(profile.n))",
                            Wording.exactness(profile.exactness)), data: table)),
            ])
    }

    private func hourSentence(_ profile: HourProfile, _ words: MetricWords) -> String {
        guard let low = profile.levels.min(by: { $0.mean < $1.mean }),
            let high = profile.levels.max(by: { $0.mean < $1.mean })
        else { return say("No values.") }
        return
            say(
                "Lowest in the hour from \(low.hour):00, \(words.value(low.mean)); highest in the hour from \(high.hour):00, \(words.value(high.mean))."
            )
    }

    /// Every hour, with or without values.
    private func wholeDay<Value>(_ profile: HourProfile, _ make: (Int, HourLevel?) -> Value) -> [Value] {
        (0..<24).map { hour in make(hour, profile.levels.first { $0.hour == hour }) }
    }

    /// The outlying records of a metric, each with what identifies it.
    func outlyingTable(_ metric: Metric) -> [Block] {
        guard let found = analyses.outlying.first(where: { $0.metric == metric.name }) else { return [] }
        guard !analyses.held.isOfPeople else {
            return [
                .notice(tell("Records lie beyond a fence; they name people, so that none is shown by itself."))
            ]
        }
        let words = MetricWords(metric: metric)
        let rules: [OutlierFigures.Rule: String] = [
            .iqr: say("quartiles"), .z: say("standard deviations"), .modifiedZ: say("modified z"),
        ]
        let rows = found.records.map { record -> [TableCell] in
            [
                record.id.isEmpty
                    ? TableCell(nil, reason: say("the export has no id")) : TableCell(TableCell.shortened(record.id)),
                TableCell(record.day.iso), TableCell(words.value(record.value), sortKey: record.value),
                record.distance.map {
                    TableCell(NumberWords.signed(NumberText.fixed($0, decimals: 1), $0), sortKey: $0)
                }
                    ?? TableCell(nil, reason: say("the quartiles are equal")),
                TableCell((record.distance ?? record.value) < 0 ? say("low") : say("high")),
                TableCell(record.rules.compactMap { rules[$0] }.joined(separator: ", ")),
            ]
                + record.values.map {
                    $0.map { TableCell(TableCell.shortened($0)) } ?? TableCell(nil, reason: say("missing"))
                }
        }
        return [
            .table(
                TableBlock(
                    caption:
                        say(
                            "Records farthest from the others, \(NumberWords.count(found.records.count)) of \(NumberWords.count(found.count)) beyond a fence; \(Wording.exactness(found.exactness))"
                        ),
                    columns: [
                        .init(say("Record")), .init(say("Day")), .init(say("Value"), unit: words.unit, isNumeric: true),
                        .init(say("Interquartile ranges from the median"), isNumeric: true), .init(say("Side")),
                        .init(say("Rules")),
                    ] + catalogue.dimensions.map { .init($0.title) }, rows: rows,
                    export: Link(path: "exports/outliers.csv", text: say("All metrics as CSV"))))
        ]
    }
}

extension Exports {
    /// The outlying records of every metric.
    var outliers: CSVTable {
        let dimensions = context.catalogue.dimensions
        return CSVTable(
            columns: ["metric", "record", "day", "value", "distance_iqr", "rules"] + dimensions.map(\.name),
            rows: context.analyses.outlying.flatMap { found in
                found.records.map { record in
                    [
                        .text(found.metric), record.id.isEmpty ? .empty : .text(record.id), .text(record.day.iso),
                        .number(record.value), .number(record.distance),
                        .text(record.rules.map(\.rawValue).joined(separator: " ")),
                    ] + record.values.map { $0.map { .text($0) } ?? .empty }
                }
            })
    }
}

extension SummaryParts {
    /// A metric by hour of the day.
    static func hours(_ profile: HourProfile) -> JSONValue {
        .object([
            "test": test(profile.test), "epsilon_squared": .number(profile.epsilonSquared), "n": .int(profile.n),
            "exactness": exactness(profile.exactness),
            "levels": .array(
                profile.levels.map {
                    .object([
                        "hour": .int($0.hour), "n": .int($0.n), "mean": .number($0.mean),
                        "interval": interval($0.interval),
                    ])
                }),
        ])
    }
}
