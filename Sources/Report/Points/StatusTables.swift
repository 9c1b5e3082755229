import Analysis
import Charts
import Model
import Words

/// The data of the strips of status: what a reader of the figure sees, in words.
extension PointParts {
    /// The status of each of the last 24 hours, the newest first.
    func hourTable(_ parts: [PointComponent]) -> TableBlock {
        statusTable(
            say("Worst status of each hour"), say("Hour from"), parts,
            (0..<24).reversed().map { place in
                (
                    words.cell(points.until - Int64(24 - place) * 3_600_000_000),
                    parts.map { $0.hours.indices.contains(place) ? $0.hours[place] : .unknown }
                )
            })
    }

    /// The status of each day, the newest first.
    func dayTable(_ parts: [PointComponent], _ period: Period) -> TableBlock {
        statusTable(
            say("Worst status of each day"), say("Day"), parts,
            (0..<period.length).reversed().map { offset in
                let day = period.start.advanced(by: offset)
                return (
                    TableCell(day.iso, sortKey: Double(day.number)),
                    parts.map { part in part.days.first { $0.day == day }?.level ?? .unknown }
                )
            })
    }

    private func statusTable(
        _ caption: String, _ time: String, _ parts: [PointComponent], _ rows: [(TableCell, [HealthLevel])]
    ) -> TableBlock {
        TableBlock(
            caption: caption, columns: [.init(time)] + parts.map { .init($0.name) },
            rows: rows.map { first, levels in
                [first]
                    + levels.map {
                        let look = HealthWords.level($0)
                        return TableCell(look.word, tone: look.tone)
                    }
            })
    }
}
