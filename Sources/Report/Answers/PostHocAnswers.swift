import Analysis

/// Simultaneous tests of groups, and what pairs could show, in words and under their JSON names.
enum PostHocWords {
    static func tables(_ found: PostHocFigures, level: Double, alpha: Double) -> [TableBlock] {
        let all = "\(NumberWords.level(level)) interval for all pairs"
        let tests = [
            ("Tukey–Kramer: one variance for all groups", "q", found.tukey),
            ("Games–Howell: each pair’s own variances", "q", found.gamesHowell),
            ("Dunn: mean ranks, p after Holm’s correction", "z", found.dunn),
        ].compactMap { caption, statistic, answer in
            answer.value.map { pairs in
                let hasIntervals = pairs.contains { $0.interval != nil }
                let interval = [TableBlock.Column(all, isNumeric: true)]
                return TableBlock(
                    caption: caption,
                    columns: [.init("a"), .init("b"), .init("b − a", isNumeric: true)]
                        + (hasIntervals ? interval : [])
                        + [.init(statistic, isNumeric: true), .init("p, all pairs", isNumeric: true)],
                    rows: pairs.map { pair in
                        [TableCell(pair.a), TableCell(pair.b), AnswerWords.cell(pair.difference)]
                            + (hasIntervals ? [AnswerWords.interval(pair.interval)] : [])
                            + [AnswerWords.cell(pair.statistic), AnswerWords.p(pair.p)]
                    })
            }
        }
        guard let power = found.sensitivity.first?.power else { return tests }
        let limit = AnswerWords.number(alpha).trimmedZeros
        return tests + [
            TableBlock(
                caption:
                    "What each pair could show: the difference that a t test at \(limit), uncorrected, finds with a chance of \(NumberWords.level(power))",
                columns: [
                    .init("a"), .init("b"), .init("In SD", isNumeric: true), .init("In units", isNumeric: true),
                ],
                rows: found.sensitivity.map { pair in
                    [
                        TableCell(pair.a), TableCell(pair.b), AnswerWords.cell(pair.effect) { $0 },
                        AnswerWords.cell(pair.difference) { $0 },
                    ]
                })
        ]
    }

    static func json(_ found: PostHocFigures) -> [String: JSONValue] {
        [
            "post_hoc": .object([
                "tukey_hsd": pairs(found.tukey, "q"), "games_howell": pairs(found.gamesHowell, "q"),
                "dunn": pairs(found.dunn, "z"),
            ]),
            "sensitivity": .array(
                found.sensitivity.map { pair in
                    .object([
                        "a": .string(pair.a), "b": .string(pair.b), "power": .number(pair.power),
                        "minimum_detectable_effect": .number(pair.effect.value),
                        "minimum_detectable_difference": .number(pair.difference.value),
                        "reason": (pair.effect.absence ?? pair.difference.absence).map { .string($0.reason) } ?? .null,
                    ])
                }),
        ]
    }

    private static func pairs(_ answer: Answer<[PostHocPair]>, _ statistic: String) -> JSONValue {
        SummaryParts.answer(answer) { pairs in
            .object([
                "pairs": .array(
                    pairs.map { pair in
                        .object([
                            "a": .string(pair.a), "b": .string(pair.b), "difference": .number(pair.difference),
                            statistic: .number(pair.statistic), "df": .number(pair.degreesOfFreedom),
                            "p": .number(pair.p), "interval": SummaryParts.interval(pair.interval),
                        ])
                    })
            ])
        }
    }
}
