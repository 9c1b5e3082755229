import Analysis
import Charts
import Model
import Words

/// Engagement by day, week and month, and outcomes by category and week.
extension PeopleTables {
    var courses: [Block] {
        people.weeks.engagement.flatMap(engagement)
            + zip([say("Successes by outcome"), say("Other outcomes")], people.weeks.categories)
            .flatMap { table($1, title: $0) }
            + table(people.weeks.outcomes, title: say("Outcomes by week"))
            + successes + [.prose(Prose(successWords))]
    }

    /// The share of successes of the weeks that are told.
    private var successes: [Block] {
        let weeks = zip(people.weeks.outcomes.table.value?.rows ?? [], people.weeks.success)
            .filter { Day(iso: $0.0) != nil }.sorted { $0.0 < $1.0 }
        guard !weeks.isEmpty else { return [] }
        return [
            .table(
                TableBlock(
                    caption: say("Share of successes by week, with Wilson intervals"),
                    columns: [.init(say("Week of")), .init(say("Successes"), isNumeric: true)],
                    rows: weeks.map { [TableCell($0.0), share($0.1)] },
                    export: Link(path: "exports/people-tables.csv", text: "CSV")))
        ]
    }

    private var successWords: String {
        say("Share of successes by week: ") + words(people.weeks.successCourse, a: say("a week"))
    }

    private func words(_ course: MonotoneCourse, a period: String) -> String {
        switch (course.p, course.slope) {
        case (.success(let p), .success(let slope)):
            let verdict =
                p < context.analyses.settings.alpha
                ? (slope > 0 ? say("rising") : slope < 0 ? say("falling") : say("no slope"))
                : say("no trend to be told from chance")
            return say(
                "median slope \(NumberWords.exactly((slope * 1_000).rounded() / 1_000)) \(period), Mann–Kendall p \(NumberWords.bareP(p)): \(verdict)."
            )
        case (.failure(let absence), _), (_, .failure(let absence)):
            return say("no trend: \(Wording.absence(absence)).")
        }
    }

    private func engagement(_ series: EngagementSeries) -> [Block] {
        let (title, period, column) =
            switch series.grain {
            case .day: (say("Mean engagement by day"), say("a day"), say("Day"))
            case .week: (say("Mean engagement by week"), say("a week"), say("Week of"))
            case .month, .quarter: (say("Mean engagement by month"), say("a month"), say("Month"))
            }
        let shown = zip(series.periods, series.means).compactMap { period, answer in
            answer.value.map { (period: period, answer: answer, mean: $0) }
        }
        guard !shown.isEmpty else {
            return [.notice(tell("\(title): none that is over has \(people.k) people with an engagement."))]
        }
        let data = TableBlock(
            caption: say("\(title), of people; those of fewer than \(people.k) people are left out"),
            columns: [.init(column), .init(say("Mean engagement"), isNumeric: true)],
            rows: shown.map { entry in
                let name = series.grain == .month ? entry.period.label(.month) : entry.period.start.iso
                return [TableCell(name), mean(entry.answer)]
            })
        let course: Block = .prose(Prose("\(title): \(words(series.course, a: period))"))
        guard shown.count > 1, let figure = figure(series, title) else { return [course, .table(data)] }
        let level = NumberWords.level(context.analyses.settings.level)
        return [
            course,
            .figure(
                FigureBlock(
                    figure: figure,
                    caption: context.caption(
                        say("mean with \(level) interval; gaps are of fewer than \(people.k) people"),
                        period: Period(start: shown[0].period.start, end: shown[shown.count - 1].period.end)),
                    data: data
                ).openingOnNewest),
        ]
    }

    private func figure(_ series: EngagementSeries, _ title: String) -> Figure? {
        guard let first = series.periods.first?.start, let last = series.periods.last?.start else { return nil }
        let points = zip(series.periods, series.means).map { (x: Double($0.start.number), mean: $1.value) }
        let known = points.compactMap(\.mean)
        guard let start = known.first?.mean, let end = known.last?.mean, let low = known.map(\.mean).min(),
            let high = known.map(\.mean).max()
        else { return nil }
        let told = NumberWords.evenly([start, end, low, high])
        return Figure(
            title: title,
            description: say("\(told[0]) at first, \(told[1]) at last; lowest \(told[2]), highest \(told[3])."),
            x: Axis(title: say("Date"), scale: DateTicks.scale(from: first, to: last)),
            y: Axis(title: say("Mean engagement"), scale: .linear(domain: nil, includesZero: false)),
            marks: [
                .band(
                    points.map { .init(x: $0.x, low: $0.mean?.interval.low, high: $0.mean?.interval.high) },
                    tone: .series(1)),
                .line(points.map { .init(x: $0.x, y: $0.mean?.mean) }, tone: .series(1)),
            ])
    }
}
