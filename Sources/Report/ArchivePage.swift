import Model
import Words

extension ReportContext {
    /// The calendar of all runs, outside the run's folder: the newest year, then each year under its own address.
    func archivePages() -> [Page] {
        let years = Dictionary(grouping: input.runDays.sorted()) { $0.date.year }
        let newestFirst = years.keys.sorted(by: >)
        guard let newest = newestFirst.first else { return [] }
        let page = { (year: Int, path: String, title: String) in
            let days = years[year] ?? []
            return Page(
                path: path, kind: "archive", title: title, lead: archiveLead(days, of: newestFirst.count),
                crumbs: [home]
                    + (path == Self.archiveIndex ? [] : [Link(path: Self.archiveIndex, text: say("Archive"))]),
                sections: [yearSection(newestFirst, years)] + months(of: days))
        }
        return [page(newest, Self.archiveIndex, say("Archive"))]
            + newestFirst.map { page($0, Self.archivePath(ofYear: $0), say("Archive, \($0)")) }
    }

    private static let archiveIndex = "../../archive/index.html"

    private static func archivePath(ofYear year: Int) -> String { "../../archive/\(year).html" }

    /// The month in which a day's report is listed.
    static func archivePath(of day: Day) -> String {
        "\(archivePath(ofYear: day.date.year))#\(monthID(day))"
    }

    private static func monthID(_ day: Day) -> String { "m-" + String(day.iso.prefix(7)) }

    private func archiveLead(_ days: [Day], of years: Int) -> Prose {
        let all = NumberWords.count(input.runDays.count, "report", "reports")
        guard let last = input.runDays.max() else { return Prose("\(all).") }
        return Prose([
            .text(say("\(all) in all")),
            .text(
                years > 1
                    ? say(", \(NumberWords.count(days.count)) of this year; the newest describes ")
                    : say("; the newest describes ")),
            .link(Link(path: "../\(last.iso)/index.html", text: Wording.day(last))), .text("."),
        ])
    }

    /// Every year and its months, each with its number of reports.
    private func yearSection(_ newestFirst: [Int], _ years: [Int: [Day]]) -> PageSection {
        PageSection(
            id: "years", title: say("By year and month"), depth: .executive,
            blocks: [
                .links(
                    newestFirst.map { year in
                        let months = Dictionary(grouping: years[year] ?? []) { $0.date.month }
                        let pieces = months.keys.sorted().flatMap { month -> [Prose.Piece] in
                            let days = months[month] ?? []
                            let link = Link(
                                path: days.first.map(Self.archivePath) ?? Self.archiveIndex,
                                text: Wording.months[month - 1])
                            return [.link(link), .text(" \(NumberWords.count(days.count)) · ")]
                        }
                        return Definition(
                            "\(year)", link: Link(path: Self.archivePath(ofYear: year), text: "\(year)"),
                            text: Prose(
                                pieces + [.text(say("\(NumberWords.count(years[year]?.count ?? 0)) in the year"))]))
                    })
            ])
    }

    /// A calendar for each month with a report, the newest first: weeks as rows, weekdays as columns.
    private func months(of days: [Day]) -> [PageSection] {
        let months = Dictionary(grouping: days) { Self.monthID($0) }
        return months.keys.sorted(by: >).compactMap { id in
            months[id]?.first.map { first in
                PageSection(
                    id: id, title: "\(Wording.months[first.date.month - 1]) \(first.date.year)",
                    blocks: [.table(calendar(of: first, reported: Set(months[id] ?? [])))])
            }
        }
    }

    private func calendar(of day: Day, reported: Set<Day>) -> TableBlock {
        let month = Period(of: .month, containing: day)
        let weeks = Period.covering(month, by: .week)
        let rows = weeks.map { week -> [TableCell] in
            [TableCell(String(week.label(.week).suffix(3)))]
                + (0..<7).map { step in
                    let cell = week.start.advanced(by: step)
                    guard month.contains(cell) else { return TableCell("") }
                    let number = "\(cell.date.day)"
                    return reported.contains(cell)
                        ? TableCell(number, link: Link(path: "../\(cell.iso)/index.html", text: number))
                        : TableCell(number)
                }
        }
        return TableBlock(
            caption: "\(NumberWords.count(reported.count, "report", "reports"))",
            columns: [.init(say("Week"))] + Wording.shortWeekdays.map { .init($0, isNumeric: true) }, rows: rows
        )
    }
}
