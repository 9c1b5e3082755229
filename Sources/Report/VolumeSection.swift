import Analysis
import Charts
import Model
import Words

extension ReportContext {
    /// Days that brought unusually many or few records, and what weekdays bring.
    func volumeSection() -> PageSection {
        let bound = NumberWords.exactly(analyses.settings.anomalyScore)
        var blocks: [Block] = []
        switch analyses.volumeBehaviour?.unusual ?? .failure(.noRecords) {
        case .failure(let absence):
            blocks.append(.notice(tell("Unusual days cannot be told: \(Wording.absence(absence)).")))
        case .success(let days) where days.isEmpty:
            blocks.append(
                .prose(
                    tell(
                        "No day’s number of records lies more than \(bound) robust standard deviations, and as many times the scatter of counting, from what was expected of it, in logarithms."
                    )))
        case .success(let days):
            blocks.append(.table(unusualVolumes(days, bound: bound)))
        }
        if let table = weekdayVolumes() { blocks.append(.table(table)) }
        return PageSection(id: "volume", title: say("Days with unusually many or few records"), blocks: blocks)
    }

    private func unusualVolumes(_ days: [UnusualVolume], bound: String) -> TableBlock {
        let shown = days.suffix(20)
        return TableBlock(
            caption:
                say(
                    "Days more than \(bound) robust standard deviations from slow movement and weekday, in logarithms, and beyond the scatter of counting"
                )
                + (shown.count < days.count ? say("; newest \(shown.count) of \(days.count)") : ""),
            columns: [
                .init(say("Day")), .init(say("Records"), isNumeric: true), .init(say("Expected"), isNumeric: true),
                .init(say("Score"), isNumeric: true), .init(say("Side")),
            ],
            rows: shown.map { day in
                [
                    TableCell(day.day.iso), TableCell(NumberWords.count(day.records), sortKey: Double(day.records)),
                    TableCell(NumberText.fixed(day.expected, decimals: 0), sortKey: day.expected),
                    NumberWords.score(day.score),
                    TableCell(day.score > 0 ? say("many") : say("few")),
                ]
            }, export: Link(path: "exports/volume-anomalies.csv", text: "CSV"))
    }

    /// What a weekday brings over the geometric mean of the week.
    private func weekdayVolumes() -> TableBlock? {
        guard let weekdays = analyses.volumeBehaviour?.weekdays.value else { return nil }
        return TableBlock(
            caption:
                say(
                    "Records by weekday against the week, slow movement removed (Kruskal–Wallis \(NumberWords.p(weekdays.test.p)))"
                ),
            columns: [
                .init(say("Weekday")), .init(say("Days"), isNumeric: true),
                .init(say("Against the week"), isNumeric: true),
                .init(say("\(NumberWords.level(analyses.settings.level)) interval"), isNumeric: true),
            ],
            rows: weekdays.levels.map { level in
                [
                    TableCell(Wording.weekdays[level.position]),
                    TableCell(NumberWords.count(level.n), sortKey: Double(level.n)),
                    TableCell(NumberWords.signedPercent(level.offset), sortKey: level.offset),
                    level.interval.map {
                        TableCell(
                            say("\(NumberWords.signedPercent($0.low)) to \(NumberWords.signedPercent($0.high))"),
                            sortKey: $0.low)
                    } ?? TableCell(nil, reason: say("a single day")),
                ]
            })
    }
}
