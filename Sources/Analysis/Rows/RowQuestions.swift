import Model
import Partials
import Statistics

/// The questions that can be asked of rows at hand; the answers are those of the site, with ranks always exact.
public struct RowQuestions: Sendable {
    /// The rows.
    public let table: RowTable
    /// The thresholds.
    public let settings: AnalysisSettings

    /// Asks with these thresholds.
    public init(_ table: RowTable, settings: AnalysisSettings) {
        self.table = table
        self.settings = settings
    }

    private var period: Period { table.period ?? Period(of: .day, containing: Day(number: 0)) }

    /// How the values of a metric are spread, over all rows and in each group of a dimension.
    public func distributions(of metric: Metric, by dimension: String?) -> [DistributionResult] {
        groups(by: dimension).map { group in
            let subject = Subject(metric: metric.name, group: group)
            let partial = table.partial(of: subject)
            let values = table.values(of: subject).filter(\.isFinite)
            return DistributionResult(
                subject, metric: metric, partial: partial, records: table.count(of: group), period: period,
                sample: { SampledValues(values: drawn(values), population: values.count) },
                overTime: { DistributionOverTime(subject, rows: table, settings: settings) },
                settings: settings)
        }
    }

    /// At most `normalitySample` values in an order of chance, so that the first of them are a sample as well. They are drawn
    /// by the seed from the values in order of size: the order of rows changes nothing.
    private func drawn(_ values: [Double]) -> [Double] {
        let ordered = values.sorted()
        var generator = SeededGenerator(seed: settings.seed)
        return generator.sample(settings.normalitySample, outOf: ordered.count).map { ordered[$0] }
    }

    private func groups(by dimension: String?) -> [Group] {
        [.all] + (dimension.map { table.groups(of: $0) } ?? [])
    }

    /// A metric between the groups of a dimension.
    public func comparison(of metric: Metric, by dimension: String) -> ComparisonResult {
        let (candidates, merged) = candidates(of: metric, by: dimension)
        var result = ComparisonResult.compare(
            candidates, merged: merged, dimension: dimension, metric: metric, period: period, settings: settings)
        result.addLikeRecords(
            CrossedRecords(table.sample, catalogue: table.catalogue, settings: settings), level: settings.level)
        if table.hasTime {
            var days: [String?: [DayFigures]] = [nil: table.days(of: Subject(metric: metric.name, group: .all))]
            for candidate in candidates {
                days[candidate.value] = table.days(of: Subject(metric: metric.name, group: candidate.group))
            }
            result.addMovement(days, through: table.period?.last, settings: settings)
        }
        // Columns are known by their titles here.
        let title = { [table] (name: String) in table.catalogue.dimension(named: name)?.title ?? name }
        for place in result.entangled.indices {
            result.entangled[place].dimension = title(result.entangled[place].dimension)
        }
        for pair in result.pairs.indices {
            for place in result.pairs[pair].adjustments.indices {
                result.pairs[pair].adjustments[place].dimension = title(result.pairs[pair].adjustments[place].dimension)
            }
        }
        return result
    }

    /// The simultaneous tests of the same groups, and what their sizes can show.
    ///
    /// - Parameter power: the chance with which a difference is to be found, above `AnalysisSettings.alpha` and below 1.
    public func postHoc(of metric: Metric, by dimension: String, power: Double) -> Answer<PostHocFigures> {
        let (candidates, merged) = candidates(of: metric, by: dimension)
        let sorted = SortedCandidates(candidates, merged: merged, metric: metric, settings: settings)
        return PostHocFigures.of(sorted.compared, power: power, settings: settings)
    }

    private func candidates(
        of metric: Metric, by dimension: String
    ) -> ([ComparedGroup.Candidate], [Subject: Partial]) {
        var merged: [Subject: Partial] = [:]
        let candidates = table.groups(of: dimension).compactMap { group -> ComparedGroup.Candidate? in
            guard case .value(_, let value) = group else { return nil }
            let subject = Subject(metric: metric.name, group: group)
            merged[subject] = table.partial(of: subject)
            return ComparedGroup.Candidate(
                value: value, group: group, records: table.count(of: group), isAnalysed: true)
        }
        return (candidates, merged)
    }

    /// Columns of the same rows by their differences.
    public func paired(_ metrics: [Metric]) -> [PairedFigures] {
        PairedFigures.all(
            metrics.map { ($0.title, table.values(of: Subject(metric: $0.name, group: .all))) }, settings: settings)
    }

    /// The groups of a dimension by the differences of rows that share a key: a key counts where it stands once in each
    /// of two groups.
    public func paired(_ metric: Metric, by dimension: String, key: String) -> [PairedFigures] {
        guard let place = table.catalogue.dimensions.firstIndex(where: { $0.name == key }),
            let keys = table.rows.dimensions[place],
            let group = table.catalogue.dimensions.firstIndex(where: { $0.name == dimension }),
            let codes = table.rows.dimensions[group],
            let value = table.catalogue.metrics.firstIndex(where: { $0.name == metric.name }),
            let values = table.rows.metrics[value]
        else { return [] }
        let names = table.rows.dictionaries[group]
        var columns = [[Double]](
            repeating: Array(repeating: .nan, count: table.rows.dictionaries[place].count - 1), count: names.count)
        var seen = columns.map { $0.map { _ in false } }
        for row in keys.indices where keys[row] > 0 && codes[row] > 0 {
            let (column, entry) = (Int(codes[row]), Int(keys[row]) - 1)
            columns[column][entry] = seen[column][entry] ? .nan : values[row]
            seen[column][entry] = true
        }
        let ordered = names.indices.dropFirst().sorted { names[$0] < names[$1] }
        return PairedFigures.all(ordered.map { (names[$0], columns[$0]) }, settings: settings)
    }

    /// Every pair of metrics.
    public func correlation() -> Answer<CorrelationResult> {
        CorrelationResult.of(
            table.sample, catalogue: table.catalogue, group: .all, period: period, withKendall: true,
            settings: settings)
    }

    /// The trend of a metric over all rows and in each group of a dimension, p corrected among them by Benjamini and
    /// Hochberg.
    ///
    /// - Parameter grain: rows are averaged over periods of it; slopes stay per day.
    public func trends(of metric: Metric, by dimension: String?, grain: Grain) -> [(TrendResult, SeriesResult)] {
        var found = groups(by: dimension).map { trend(of: metric, in: $0, grain: grain) }
        let tested = found.indices.filter { found[$0].0.line.value != nil }
        let corrected = adjusted(tested.compactMap { found[$0].0.line.value?.claim.p }, by: .benjaminiHochberg)
        for (place, p) in zip(tested, corrected) { found[place].0.line.update { $0.claim.pAdjusted = p } }
        for place in found.indices {
            found[place].0.direction = TrendDirection(of: found[place].0, settings: settings)
        }
        return found
    }

    private func trend(of metric: Metric, in group: Group, grain: Grain) -> (TrendResult, SeriesResult) {
        let subject = Subject(metric: metric.name, group: group)
        let days = table.days(of: subject)
        var settings = settings
        settings.shownPeriods = [grain: .max]
        settings.recurrence = table.hasTime ? Recurrence(of: grain) : .none
        let steps = grain == .day ? days : DayFigures.gathered(days, by: grain)
        // Weeks and longer steps stand on their first day, which lies before the first row where that step is not whole.
        let whole = Period(start: Period(of: grain, containing: period.start).start, end: period.end) ?? period
        var trend = TrendResult(
            subject: subject, days: steps, spread: days.moments(in: period), period: whole, range: metric.range,
            settings: settings)
        let used = steps.filter { $0.n > 0 }
        if !table.hasTime {
            trend.months = .failure(.notDeclared)
            trend.change = .failure(.notDeclared)
            trend.sincePrevious = .failure(.notDeclared)
            trend.sinceSameWeekday = .failure(.notDeclared)
            trend.lastingShift = .failure(.notDeclared)
            trend.steps = StepCalendar(start: used.first?.day ?? period.start)
            trend.behaviour = SeriesBehaviour(
                RegularSeries(used, trend.steps), season: 1, horizon: settings.forecastDays, range: metric.range,
                settings: settings)
        }
        if grain != .day, let first = used.first?.day, let last = used.last?.day {
            trend.steps = StepCalendar(start: first, grain: grain)
            let periods = Period.covering(Period(from: first, through: last), by: grain)
            let known = Dictionary(steps.map { ($0.day, $0) }) { first, _ in first }
            let means = periods.map { period in known[period.start].flatMap { $0.n > 0 ? $0.mean : nil } }
            let season = grain == .month ? 12 : grain == .quarter ? 4 : 1
            trend.behaviour = SeriesBehaviour(
                RegularSeries(means), season: season,
                phase: grain == .month ? first.date.month - 1 : (first.date.month - 1) / 3,
                horizon: settings.forecastDays, range: metric.range, settings: settings)
        }
        return (
            trend,
            SeriesResult(
                subject: subject, grain: grain, days: days, asOf: period.last ?? period.start,
                metric: metric, settings: settings)
        )
    }

    /// A metric before and after a day.
    ///
    /// - Parameters:
    ///   - group: the rows that were changed; the others serve as control.
    ///   - expected: the change that was hoped for.
    public func improvement(
        of metric: Metric, at day: Day, in group: Group, until end: Day?, expected: Double?
    ) -> ImprovementResult {
        let intervention = Intervention(
            id: "asked", name: "change of \(day.iso)", kind: "", metric: metric.name, scope: group, start: day,
            end: end, expectedChange: expected, status: .active)
        var result = ImprovementResult(
            intervention, measurements: [], table: table, asOf: period.last ?? day, settings: settings)
        result.updateCreditedTest { $0.pAdjusted = $0.p }
        result.settleOutcome(settings)
        return result
    }
}

extension DayFigures {
    /// Days put together by periods of a grain, each standing on its first day.
    static func gathered(_ days: [DayFigures], by grain: Grain) -> [DayFigures] {
        var found: [DayFigures] = []
        for day in days {
            let start = Period(of: grain, containing: day.day).start
            if let last = found.last, last.day == start {
                var moments = last.moments
                moments.merge(day.moments)
                found[found.count - 1] = DayFigures(day: start, moments: moments, missing: last.missing + day.missing)
            } else {
                found.append(DayFigures(day: start, moments: day.moments, missing: day.missing))
            }
        }
        return found
    }
}
