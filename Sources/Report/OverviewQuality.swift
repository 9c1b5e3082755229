import Analysis
import Charts
import Model
import Words

/// Quality at a glance: the bands of the headline score, its largest groups, and the scores beside it.
extension ReportContext {
    /// The metrics in the catalogue's order, a composite (`overall_…`) before the others.
    var headlineFirst: [Metric] {
        let isOverall = { (metric: Metric) in metric.name.hasPrefix("overall") }
        return catalogue.metrics.filter(isOverall) + catalogue.metrics.filter { !isOverall($0) }
    }

    /// The first metric with quality bands; nil where none has any.
    private var headline: (metric: Metric, result: DistributionResult, bands: [BandCount])? {
        for metric in headlineFirst {
            if let result = analyses.distribution(of: overall(metric)), let bands = result.bands, !bands.isEmpty {
                return (metric, result, bands)
            }
        }
        return nil
    }

    /// The share of the best band, with the last whole week against the one before.
    func excellentFigure() -> KeyFigure? {
        guard let (metric, result, bands) = headline, let best = bands.last else { return nil }
        let weeks = (result.detail?.bandWeeks ?? []).filter { $0.week.end <= analyses.asOf.advanced(by: 1) }.suffix(2)
        var change: String?
        var tone = Tone.muted
        if weeks.count == 2, let before = weeks.first?.bands.last, let now = weeks.last?.bands.last {
            let moved = now.share - before.share
            let points = NumberWords.signed(NumberText.fixed(moved * 100, decimals: 1), moved) + say(" points")
            // Two shares whose Wilson intervals share a value are not told as better or worse.
            let isApart =
                now.interval.low > before.interval.high || now.interval.high < before.interval.low
            change =
                say("\(points) in the last whole week against the one before") + (isApart ? "" : say(" (not certain)"))
            tone = isApart ? (moved > 0 ? .good : .bad) : .muted
        }
        return KeyFigure(
            label: "\(metric.title): \(best.band.name)", value: NumberWords.percent(best.share),
            note: say("of \(NumberWords.count(result.n)) values, from \(NumberWords.exactly(best.band.low)) on"),
            change: change, tone: tone,
            link: Link(path: "distributions/\(metric.name).html", text: metric.title))
    }

    /// Unusual days of all metrics among the last days, and among as many before.
    func unusualFigure() -> KeyFigure? {
        let days = analyses.settings.currentDays
        let current = Period(days: days, through: analyses.asOf)
        let previous = Period(days: days, through: current.start.advanced(by: -1))
        var (now, before, judged) = (0, 0, 0)
        for trend in analyses.trends where trend.subject.group == .all {
            guard let found = trend.behaviour.anomalies.value else { continue }
            judged += 1
            let places = found.map { trend.day(of: $0.index) }
            now += places.count(where: current.contains)
            before += places.count(where: previous.contains)
        }
        guard judged > 0 else { return nil }
        return KeyFigure(
            label: say("Unusual days"), value: NumberWords.count(now),
            note: say("in \(NumberWords.count(judged, "metric", "metrics")), last \(NumberWords.count(days)) days"),
            change: say("\(NumberWords.count(before)) in the \(NumberWords.count(days)) days before"),
            link: Link(path: "trends/index.html", text: say("Trends")))
    }

    /// Bands, groups and scores as three small charts; nil without quality bands.
    func qualitySection() -> PageSection? {
        guard let (metric, result, bands) = headline else { return nil }
        let figures = [bandFigure(metric, result, bands), groupMeans(metric), scoreMeans()].compactMap { $0 }
        return PageSection(
            id: "quality", title: say("Quality at a glance"), depth: .executive, blocks: [.multiples(figures)])
    }

    /// The share of each band as bars: four lengths are told apart where four slices of a ring are not.
    private func bandFigure(_ metric: Metric, _ result: DistributionResult, _ bands: [BandCount]) -> FigureBlock {
        FigureBlock(
            figure: Figure(
                title: say("\(metric.title): quality bands"),
                description: bands.map { "\($0.band.name) \(NumberWords.percent($0.share))" }.joined(separator: ", ")
                    + ".",
                size: .small, x: Axis(title: "", unit: "%", scale: .linear(domain: nil, includesZero: true)),
                y: Axis(title: "", scale: .names(bands.map(\.band.name))),
                marks: [
                    .bars(
                        bands.enumerated().map { slot, band in
                            .init(
                                slot: Double(slot), value: band.share * 100, low: band.interval.low * 100,
                                high: band.interval.high * 100)
                        }, tone: .series(1))
                ]), caption: caption("n = \(NumberWords.count(result.n))"), data: nil)
    }

    /// The largest groups of the first dimension that is compared.
    private func groupMeans(_ metric: Metric) -> FigureBlock? {
        for dimension in catalogue.dimensions {
            guard let result = analyses.comparison(of: metric.name, by: dimension.name), result.groups.count > 1 else {
                continue
            }
            let groups = result.groups.sorted { ($1.n, $0.value) < ($0.n, $1.value) }.prefix(6)
            let n = groups.reduce(0) { $0 + $1.n }
            return means(
                say("\(metric.title) by \(dimension.title)"), unit: MetricWords(metric: metric),
                groups.map { ($0.value, $0.mean, $0.interval) },
                caption: caption(
                    groups.count < result.groups.count
                        ? say("the \(groups.count) largest of \(result.groups.count) groups") : "",
                    "n = \(NumberWords.count(n))"))
        }
        return nil
    }

    /// The means of the metrics with bands, which share one scale.
    private func scoreMeans() -> FigureBlock? {
        let scores = headlineFirst.compactMap { metric -> (Metric, MomentFigures)? in
            guard let result = analyses.distribution(of: overall(metric)), result.bands?.isEmpty == false else {
                return nil
            }
            return result.moments.value.map { (metric, $0) }
        }.prefix(8)
        guard scores.count > 1, let first = scores.first else { return nil }
        return means(
            say("Scores side by side"), unit: MetricWords(metric: first.0),
            scores.map { ($0.0.title, $0.1.mean, $0.1.meanInterval) },
            caption: caption(say("\(NumberWords.count(scores.count, "metric", "metrics")) with quality bands")))
    }

    private func means(
        _ title: String, unit words: MetricWords, _ rows: [(name: String, mean: Double, interval: Interval?)],
        caption: Prose
    ) -> FigureBlock {
        FigureBlock(
            figure: Figure(
                title: title,
                description: say("Means: ") + rows.map { "\($0.name) \(words.value($0.mean))" }.joined(separator: ", ")
                    + ".",
                size: .small,
                x: Axis(title: "", unit: words.unit, scale: .linear(domain: nil, includesZero: true)),
                y: Axis(title: "", scale: .names(rows.map(\.name))),
                marks: [
                    .bars(
                        rows.enumerated().map { slot, row in
                            .init(
                                slot: Double(slot), value: words.onAxis(row.mean),
                                low: row.interval.map { words.onAxis($0.low) },
                                high: row.interval.map { words.onAxis($0.high) })
                        }, tone: .series(1))
                ]), caption: caption, data: nil)
    }
}
