import Analysis
import Model
import Words

/// The scorecard of models on a page and in JSON, from the same figures.
enum ModelWords {
    static func blocks(_ models: [ModelCard], level: Double) -> [Block] {
        guard !models.isEmpty else { return [.notice(tell("No judgements of models were delivered."))] }
        return [
            .table(
                TableBlock(
                    caption: say(
                        "The newest judgement of each model and version, with \(NumberWords.level(level)) intervals after Wilson"
                    ),
                    columns: [
                        .init(say("Model")), .init(say("Version")), .init(say("Predicts")), .init(say("Day")),
                        .init(say("Accuracy"), isNumeric: true), .init(say("Precision"), isNumeric: true),
                        .init(say("Recall"), isNumeric: true), .init("F1", isNumeric: true),
                    ],
                    rows: models.map { card in
                        [
                            TableCell(card.score.name), TableCell(card.score.version),
                            TableCell(Wording.title(ofKey: card.score.purpose)),
                            TableCell(card.score.day.iso),
                        ] + card.figures.map(cell)
                    }))
        ] + reasons(models)
    }

    private static func cell(_ figure: ModelFigure) -> TableCell {
        switch figure.value {
        case .failure(let absence): return TableCell(nil, reason: Wording.absence(absence))
        case .success(let value):
            var about = figure.interval.value.map { [ValidationWords.interval($0)] } ?? []
            if let n = figure.n, figure.interval.value != nil { about.append("n = \(NumberWords.count(n))") }
            if figure.isSupplied { about.append(say("as supplied")) }
            if figure.contradictsCounts, let supplied = figure.supplied {
                about.append(say("the export says \(NumberWords.percent(supplied))"))
            }
            if let implied = figure.implied {
                about.append(say("precision and recall give \(NumberWords.percent(implied))"))
            }
            return TableCell(
                NumberWords.percent(value) + (about.isEmpty ? "" : " (\(about.joined(separator: ", ")))"),
                sortKey: value)
        }
    }

    /// Why supplied figures have no interval.
    private static func reasons(_ models: [ModelCard]) -> [Block] {
        let lacking = models.flatMap(\.figures).first { $0.value.value != nil && $0.interval.value == nil }
        guard let absence = lacking?.interval.absence else { return [] }
        return [.prose(tell("Figures without an interval: \(Wording.absence(absence))."))]
    }

    static func json(_ card: ModelCard) -> JSONValue {
        .object([
            "name": .string(card.score.name), "version": .string(card.score.version),
            "f1": .number(card.figures.last?.value.value),
            "shares": .object(Dictionary(card.figures.map { ($0.name, json($0)) }) { first, _ in first }),
        ])
    }

    private static func json(_ figure: ModelFigure) -> JSONValue {
        .object([
            "share": .number(figure.value.value),
            "interval": figure.interval.value.map { .array([.number($0.low), .number($0.high)]) } ?? .null,
            "n": figure.n.map { .int($0) } ?? .null, "is_supplied": .bool(figure.isSupplied),
            "supplied": .number(figure.supplied), "implied": .number(figure.implied),
            "reason": .text((figure.value.absence ?? figure.interval.absence)?.reason),
        ])
    }

    static let schema = SummarySchema.object([
        "name": SummarySchema.text, "version": SummarySchema.text, "f1": SummarySchema.number,
        "shares": SummarySchema.map(
            of: SummarySchema.object(
                [
                    "share": SummarySchema.number, "interval": SummarySchema.interval, "supplied": SummarySchema.number,
                    "implied": SummarySchema.number,
                ])),
    ])
}
