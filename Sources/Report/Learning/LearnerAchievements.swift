import Analysis
import Charts
import Model
import Words

extension LearnersPages {
    func achievementBlocks(_ report: LearnerReport) -> [Block] {
        let states = report.state.achievements
        let met = states.filter { $0.met != nil }.sorted {
            ($1.met ?? $1.definition.sortDay) < ($0.met ?? $0.definition.sortDay)
        }
        let hidden = states.count { !$0.isShown }
        let columns: [TableBlock.Column] = [
            .init(say("Achievement")), .init(say("Requires")), .init(say("Rarity")),
            .init(say("Points"), isNumeric: true),
        ]
        let cells = { (state: AchievementState) -> [TableCell] in
            [
                TableCell(say(word: state.definition.title)),
                TableCell(LearningWording.requirement(state.definition.requirement)),
                TableCell(say(word: state.definition.rarity.rawValue)), LearningFigures.count(state.definition.points),
            ]
        }
        var blocks: [Block] = []
        if !met.isEmpty {
            blocks.append(
                .table(
                    TableBlock(
                        caption: say("Met, the newest first; each on the first day on which its condition held")
                            + (met.count > 30 ? say(", 30 of \(NumberWords.count(met.count))") : ""),
                        columns: columns + [.init(say("Day"))],
                        rows: met.prefix(30).map { cells($0) + [LearningFigures.date($0.met, "")] })))
        }
        if !report.next.isEmpty {
            blocks.append(
                .table(
                    TableBlock(
                        caption: say("Nearest"),
                        columns: columns + [
                            .init(say("So far"), isNumeric: true), .init(say("Progress"), isNumeric: true),
                        ],
                        rows: report.next.map { state in
                            cells(state) + [
                                TableCell(
                                    LearningWording.progress(state),
                                    sortKey: state.value),
                                TableCell(NumberWords.percent(state.progress, decimals: 0), sortKey: state.progress),
                            ]
                        })))
        }
        if hidden > 0 {
            blocks.append(
                .prose(tell("\(NumberWords.count(hidden, "achievement is", "achievements are")) hidden until met.")))
        }
        return blocks.isEmpty ? [.notice(tell("No achievement is defined."))] : blocks
    }

    private func figure(_ kind: LearningHealth.Kind, _ value: Double) -> String {
        switch kind {
        case .quality, .exchanges: NumberWords.signed(NumberText.fixed(value, decimals: 1), value) + "\u{202F}%"
        case .streak: LearningWording.days(Int(value))
        case .anomalies: NumberWords.count(Int(value))
        }
    }

    func healthTable(_ health: LearningHealth) -> TableBlock {
        TableBlock(
            caption:
                say(
                    "50 and the points of the parts, held within 0 to 100: \(NumberText.fixed(health.score, decimals: 1))"
                ),
            columns: [
                .init(say("Part")), .init(say("Figure"), isNumeric: true), .init(say("Points"), isNumeric: true),
            ],
            rows: health.parts.map { part in
                let name =
                    switch part.kind {
                    case .quality: say("Quality against the week before")
                    case .streak: say("Streak that goes on")
                    case .exchanges: say("Exchanges against the week before")
                    case .anomalies: say("Unusual days on the bad side")
                    }
                return [
                    TableCell(name),
                    context.cell(part.figure) { TableCell(figure(part.kind, $0), sortKey: $0) },
                    TableCell(
                        NumberWords.signed(NumberText.fixed(part.points, decimals: 1), part.points),
                        sortKey: part.points),
                ]
            })
    }
}

extension AchievementDefinition {
    /// Before all days, for what is not met.
    fileprivate var sortDay: Day { Day(number: .min) }
}
