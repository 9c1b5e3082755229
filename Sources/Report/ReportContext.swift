import Analysis
import Charts
import Model
import Words

/// What every page builder starts from.
struct ReportContext {
    let input: ReportInput

    var analyses: ReportAnalyses { input.analyses }
    var catalogue: Catalogue { input.analyses.catalogue }

    func words(_ name: String) -> MetricWords? { catalogue.metric(named: name).map(MetricWords.init) }

    /// n, period, zone and method, as every caption says them.
    func caption(_ parts: String..., period: Period? = nil) -> Prose {
        let own = parts.filter { !$0.isEmpty }.joined(separator: " · ")
        // The last week or month may reach beyond the report's day; what it shows does not.
        let asked = period ?? analyses.period
        let end = min(asked.end, analyses.asOf.advanced(by: 1))
        let used = Period(start: asked.start, end: max(end, asked.start)) ?? asked
        let span = say(" · \(Wording.period(used)) · zone \(input.run.zone)")
        return Prose(own.isEmpty ? String(span.dropFirst(" · ".count)) : own + span)
    }

    /// The subject of a metric over all records.
    func overall(_ metric: Metric) -> Subject { Subject(metric: metric.name, group: .all) }

    var home: Link { Link(path: "index.html", text: say("Overview")) }

    /// The comparison that best explains a metric's groups, dimension by dimension.
    func dimensionLink(_ dimension: Dimension) -> Link {
        Link(path: "comparisons/\(dimension.name).html", text: dimension.title)
    }

    /// A test as four cells: its statistic, degrees of freedom, p and p after correction.
    ///
    /// - Parameter uncorrected: why a test has no corrected p; that another of its table has one, if nothing is given.
    func cells(of answer: Answer<TestFigures>, uncorrected: String? = nil) -> [TableCell] {
        switch answer {
        case .success(let test):
            [
                TableCell(NumberWords.plain(test.statistic), sortKey: test.statistic),
                TableCell(test.degreesOfFreedom.map(NumberWords.plain).joined(separator: "; ")),
                TableCell(NumberWords.bareP(test), sortKey: test.p),
                test.pAdjusted.map { TableCell(NumberWords.bareP($0), sortKey: $0) }
                    ?? TableCell(nil, reason: uncorrected ?? say("shown beside the one that counts")),
            ]
        case .failure(let absence):
            [TableCell(nil, reason: Wording.absence(absence)), TableCell(nil), TableCell(nil), TableCell(nil)]
        }
    }

    static var testColumns: [TableBlock.Column] {
        [
            .init(say("Test")), .init(say("Statistic"), isNumeric: true),
            .init(say("Degrees of freedom"), isNumeric: true),
            .init("p", isNumeric: true), .init(say("p, whole report"), isNumeric: true),
        ]
    }
}

/// Ticks of a time axis: as many days, Mondays, months or quarters as fit.
enum DateTicks {
    /// Worded ticks for a range of days; positions are day numbers.
    static func scale(from first: Day, to last: Day) -> Axis.Scale {
        let length = first.distance(to: last)
        let domain = Double(first.number)...Double(max(last.number, first.number + 1))
        let days = (0...max(0, length)).map { first.advanced(by: $0) }
        let ticks: [Axis.Tick]
        if length <= 10 {
            ticks = days.map { tick($0, Wording.shortDay($0)) }
        } else if length <= 45 {
            ticks = days.filter { $0.weekday == 0 }.map { tick($0, Wording.shortDay($0)) }
        } else {
            let months = days.filter { $0.date.day == 1 }
            let every = max(1, (months.count + 8) / 9)
            ticks = months.filter { ($0.date.month - 1) % min(12, every) == 0 }.map { day in
                let name = Wording.shortMonths[day.date.month - 1]
                return tick(day, day.date.month == 1 || length > 400 ? "\(name) \(day.date.year)" : name)
            }
        }
        return .labelled(domain: domain, ticks: ticks)
    }

    private static func tick(_ day: Day, _ label: String) -> Axis.Tick {
        Axis.Tick(position: Double(day.number), label: label)
    }
}
