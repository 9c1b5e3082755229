import Model
import Partials
import Statistics

extension KPIResult {
    /// A KPI over its days up to asOf.
    ///
    /// Cost: the partials of the period, of the one before and of the look-back days.
    public init(_ kpi: KPI, metric: Metric, table: PartialTable, asOf: Day, settings: AnalysisSettings) {
        let period = Period(days: kpi.days ?? settings.currentDays, through: asOf)
        let before = Period(days: period.length, through: period.start.advanced(by: -1))
        let figure = { (period: Period) in
            kpi.statistic.figure(over: period, of: kpi.group, metric: metric, in: table, level: settings.level)
        }
        let found = figure(period)
        let days = KPIResult.days(kpi, metric, table, settings.lookBack(from: asOf), settings: settings)
        let newest = days.last { $0.value != nil }
        self.init(
            kpi: kpi, period: period, figure: found, previous: figure(before),
            newest: newest.map { .success($0) } ?? .failure(.noRecords),
            sameWeekday: KPIResult.sameWeekday(days, before: newest?.day, settings: settings), days: days,
            verdict: KPIResult.verdict(of: found, kpi), budget: KPIResult.budget(of: found, kpi, metric))
    }

    /// Met or missed where the whole interval lies on one side of the target; a count is known without an interval.
    static func verdict(of figure: Answer<StatisticFigure>, _ kpi: KPI) -> Verdict {
        guard let figure = figure.value, figure.n > 0 || kpi.statistic == .count else { return .noData }
        if kpi.statistic == .count { return kpi.bad.holds(figure.value, of: kpi.target) ? .missed : .met }
        guard let interval = figure.interval.value else { return .unclear }
        let (best, worst) = kpi.bad == .above ? (interval.low, interval.high) : (interval.high, interval.low)
        if !kpi.bad.holds(worst, of: kpi.target) { return .met }
        return kpi.bad.holds(best, of: kpi.target) ? .missed : .unclear
    }

    /// Records as good and bad ones, with the target as objective.
    private static func budget(
        of figure: Answer<StatisticFigure>, _ kpi: KPI, _ metric: Metric
    ) -> Answer<ErrorBudget> {
        guard kpi.statistic.isShare(of: metric) else { return .failure(.notDeclared) }
        return figure.flatMap { figure in
            let badShare = kpi.bad == .above ? figure.value : 1 - figure.value
            return ErrorBudget.of(
                objective: kpi.bad == .above ? 1 - kpi.target : kpi.target, events: figure.n,
                bad: Int((badShare * Double(figure.n)).rounded()))
        }
    }

    private static func days(
        _ kpi: KPI, _ metric: Metric, _ table: PartialTable, _ period: Period, settings: AnalysisSettings
    ) -> [KPIDay] {
        let first = max(period.start, table.days.first { period.contains($0) } ?? period.end)
        return (0..<max(0, first.distance(to: period.end))).map { offset in
            let day = first.advanced(by: offset)
            let figure = kpi.statistic.figure(
                over: Period(of: .day, containing: day), of: kpi.group, metric: metric, in: table,
                level: settings.level)
            let isThere = table.recordCount(day: day, group: kpi.group) > 0
            return KPIDay(day: day, value: isThere ? figure.value?.value : nil, n: figure.value?.n ?? 0)
        }
    }

    private static func sameWeekday(
        _ days: [KPIDay], before newest: Day?, settings: AnalysisSettings
    ) -> Answer<Double> {
        guard let newest else { return .failure(.noRecords) }
        let values = days.filter {
            $0.day < newest && $0.day.weekday == newest.weekday
                && $0.day.distance(to: newest) <= 7 * settings.weekdayWeeks
        }.compactMap(\.value)
        guard values.count >= settings.minimumWeekdays else {
            return .failure(.tooFew(.periods, found: values.count, needed: settings.minimumWeekdays))
        }
        return computed { () throws(Undefined) in try Quantiles(values).median }
    }
}

extension MetricStatistic {
    /// The statistic over a period of a table: of quantiles and shares the exact one where every value is at hand.
    func figure(
        over period: Period, of group: Group, metric: Metric, in table: PartialTable, level: Double
    ) -> Answer<StatisticFigure> {
        let records = table.recordCount(over: period, group: group)
        guard records > 0 else { return .failure(.noRecords) }
        var partial = table.merged(metric: metric.name, group: group, over: period)
        if needsCounts, partial?.counts.isExact == false {
            partial = table.exactly(metric: metric.name, group: group, over: period) ?? partial
        }
        return figure(of: partial, records: records, metric: metric, level: level)
    }
}
