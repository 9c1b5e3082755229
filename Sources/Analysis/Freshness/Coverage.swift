import Model
import Partials

extension CoverageResult {
    /// Freshness and completeness on asOf.
    ///
    /// - Parameters:
    ///   - table: of days up to asOf.
    ///   - laterDays: how many days with records lie after it.
    ///   - metrics: the days of every metric over all records, in the catalogue's order.
    init(
        _ table: PartialTable, laterDays: Int, metrics: [(name: String, days: [DayFigures])], period: Period,
        asOf: Day, settings: AnalysisSettings
    ) {
        let volumes = table.volumes(of: .all)
        let used = volumes.filter { period.contains($0.day) }
        let records = used.reduce(0) { $0 + $1.records }
        self.init(
            period: period, oldestDay: volumes.first?.day, newestDay: volumes.last?.day,
            ageInDays: volumes.last.map { $0.day.distance(to: asOf) }, records: records,
            recordsEver: volumes.reduce(0) { $0 + $1.records }, daysWithRecords: used.count,
            emptyDays: Self.emptyDays(volumes.map(\.day), in: period),
            restingWeekdays: StepCalendar(used.map(\.day), from: period.start).resting, daysAfterAsOf: laterDays,
            recordsPerDay: used.isEmpty ? .failure(.noRecords) : .success(Double(records) / Double(used.count)),
            isSmall: records < settings.smallTotal,
            metrics: metrics.map { MetricCoverage($0.name, $0.days, in: period, settings: settings) },
            smallGroups: Self.smallGroups(table, in: period, settings: settings))
    }

    private static func emptyDays(_ days: [Day], in period: Period) -> [Day] {
        guard let oldest = days.first else { return [] }
        let filled = Set(days)
        let start = max(oldest, period.start)
        return (0..<max(0, start.distance(to: period.end))).map { start.advanced(by: $0) }
            .filter { !filled.contains($0) }
    }

    private static func smallGroups(
        _ table: PartialTable, in period: Period, settings: AnalysisSettings
    ) -> [SmallGroup] {
        table.catalogue.dimensions.flatMap { table.groups(of: $0.name) }.compactMap { group in
            let records = table.recordCount(over: period, group: group)
            guard records < settings.smallGroup else { return nil }
            return SmallGroup(group: group, n: records, needed: settings.smallGroup)
        }
    }
}

extension CoverageResult.MetricCoverage {
    fileprivate init(_ metric: String, _ days: [DayFigures], in period: Period, settings: AnalysisSettings) {
        let used = days.filter { period.contains($0.day) }
        let n = used.reduce(0) { $0 + $1.n }
        let missing = used.reduce(0) { $0 + $1.missing }
        let total = Double(n + missing)
        self.init(
            metric: metric, n: n, missing: missing,
            missingShare: total > 0 ? .success(Double(missing) / total) : .failure(.noRecords),
            isLow: total > 0 && Double(n) / total < settings.smallCoverage,
            newestDay: days.last { $0.n > 0 }?.day)
    }
}
