import Model

extension ReportContext {
    /// The calendar of all runs, outside the run's folder.
    func archivePage() -> Page {
        let days = input.runDays.sorted().reversed()
        var months: [(title: String, days: [Day])] = []
        for day in days {
            let title = "\(Wording.months[day.date.month - 1]) \(day.date.year)"
            if months.last?.title == title {
                months[months.count - 1].days.append(day)
            } else {
                months.append((title, [day]))
            }
        }
        let sections = months.map { month in
            PageSection(
                id: "m-" + String(month.days[0].iso.prefix(7)), title: month.title,
                blocks: [
                    .links(
                        month.days.map { day in
                            Definition(
                                Wording.day(day), link: Link(path: "../\(day.iso)/index.html", text: Wording.day(day)),
                                text: Prose(
                                    "\(Wording.weekdays[day.weekday]), ISO week \(Period(of: .week, containing: day).label(.week))"
                                ))
                        })
                ])
        }
        return Page(
            path: "../../archive/index.html", kind: "archive", title: "Archive",
            lead: Prose("\(NumberWords.count(input.runDays.count, "report", "reports")), the newest first."),
            crumbs: [home], sections: sections)
    }
}
