import Analysis
import Model
import Words

/// What a declared report leaves out, with the reason: days that would tell of few people, and chosen parts without figures.
struct ReportGaps {
    let report: CustomReport
    /// The fewest people that a figure may be of.
    let k: Int

    /// How many of the days with records are left out; nil where none is.
    var summary: Prose? {
        let left = report.held.days
        guard left > 0 else { return nil }
        let told = report.analyses.value?.coverage.daysWithRecords ?? 0
        return tell(
            "\(NumberWords.count(left)) of \(NumberWords.count(told + left, "day", "days")) with records, so that nobody is told of; they are listed below"
        )
    }

    /// The days that are left out, and groups of the others; nil where nothing is.
    var section: PageSection? {
        let held = report.held
        var blocks: [Block] = []
        let spans = Self.spans(of: held)
        if !spans.isEmpty {
            let rows = spans.map { period, reason in
                [
                    TableCell(Wording.period(period), sortKey: Double(period.start.number)),
                    TableCell(NumberWords.count(period.length), sortKey: Double(period.length)),
                    TableCell(words(reason)),
                ]
            }
            blocks.append(
                .table(
                    TableBlock(
                        caption: say("Days whose records are in no figure of this report"),
                        columns: [.init(say("Days")), .init(say("How many"), isNumeric: true), .init(say("Why"))],
                        rows: rows)))
        }
        if held.groups + held.cells > 0 {
            blocks.append(
                .prose(
                    tell(
                        "Of the other days \(NumberWords.count(held.groups, "group of a day", "groups of days")) and \(NumberWords.count(held.cells, "metric of a group", "metrics of groups")) are left out of figures by group, because they are of fewer than \(k) people or would tell of such a group."
                    )))
        }
        guard !blocks.isEmpty else { return nil }
        return PageSection(id: "left_out", title: say("What is left out"), blocks: blocks)
    }

    private func words(_ reason: HeldBack.Reason) -> String {
        switch reason {
        case .fewPeople: say("fewer than \(k) people")
        case .fewBeside: say("another page or report of the day differs from it by fewer than \(k) people")
        }
    }

    /// Days in a row that are left out for one reason.
    static func spans(of held: HeldBack) -> [(Period, HeldBack.Reason)] {
        held.wholeDays.reduce(into: []) { spans, item in
            if let last = spans.last, last.1 == item.reason, last.0.end == item.day {
                spans[spans.count - 1].0 = Period(days: last.0.length + 1, through: item.day)
            } else {
                spans.append((Period(days: 1, through: item.day), item.reason))
            }
        }
    }

    /// Chosen parts that are not shown; nil where all are. One row for each part and reason.
    static func section(of absent: [AbsentPart]) -> PageSection? {
        guard !absent.isEmpty else { return nil }
        var order: [AbsentPart] = []
        var subjects: [AbsentPart: [String]] = [:]
        for part in absent {
            let key = AbsentPart(title: part.title, subject: nil, reason: part.reason)
            if subjects[key] == nil { order.append(key) }
            subjects[key, default: []] += part.subject.map { [$0] } ?? []
        }
        let rows = order.map { key in
            let named = subjects[key] ?? []
            let more = named.count > 6 ? say(" and \(named.count - 6) more") : ""
            return [
                TableCell(key.title),
                TableCell(named.isEmpty ? say("the whole report") : named.prefix(6).joined(separator: ", ") + more),
                TableCell(key.reason),
            ]
        }
        return PageSection(
            id: "not_shown", title: say("What cannot be shown"),
            blocks: [
                .table(
                    TableBlock(
                        caption: say("Parts of the report without figures"),
                        columns: [.init(say("Part")), .init(say("Of")), .init(say("Why"))], rows: rows))
            ])
    }
}
