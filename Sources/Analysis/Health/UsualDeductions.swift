import Model
import Partials
import Statistics

extension Metric {
    /// How many of its unit make a second; nil where the unit is none of time, or not known.
    var unitsInSecond: Double? {
        switch unit {
        case "s", "sec", "seconds": 1
        case "ms", "milliseconds": 1_000
        case "min", "minutes": 1.0 / 60
        default: nil
        }
    }
}

extension HealthRow {
    /// The figure of the row.
    func figure(over period: Period, metric: Metric, in table: PartialTable, level: Double) -> Answer<StatisticFigure> {
        guard let against else {
            return statistic.figure(over: period, of: group, metric: metric, in: table, level: level)
        }
        let sum = { (name: String) in
            table.merged(metric: name, group: group, over: period).map { Int($0.moments.sum.rounded()) } ?? 0
        }
        let (part, rest) = (sum(metric.name), sum(against))
        guard part + rest > 0 else { return .failure(.noRecords) }
        return computed { () throws(Undefined) in
            let wilson = try WilsonInterval(successes: part, of: part + rest, level: level)
            return StatisticFigure(
                value: wilson.proportion, interval: .success(wilson.interval), n: part + rest, exactness: .exact)
        }
    }

    /// The deductions of the earlier voice dashboard, where none are declared: latency above 2 s costs 10 points, above 3 s 20;
    /// hits below 70 % of requests 10, below 50 % 15; satisfaction below 4 of 5 10, below 3 20. None for other records, and none for
    /// a latency whose unit is not known.
    static func usual(of roles: VoiceRoles, in catalogue: Catalogue) -> [HealthRow] {
        guard roles.areVoice else { return [] }
        var rows: [HealthRow] = []
        if let metric = roles.total.flatMap({ catalogue.metric(named: $0) }), let second = metric.unitsInSecond {
            rows.append(
                HealthRow(
                    id: "latency", title: metric.title, metric: metric.name, bad: .above,
                    steps: [.init(limit: 2 * second, points: 10), .init(limit: 3 * second, points: 20)]))
        }
        if let cache = roles.caches.first {
            var row = HealthRow(
                id: "cache", title: "Cache hits", metric: cache.hits, bad: .below,
                steps: [.init(limit: 0.7, points: 10), .init(limit: 0.5, points: 15)])
            row.against = cache.misses
            rows.append(row)
        }
        if let metric = roles.satisfaction.flatMap({ catalogue.metric(named: $0) }), metric.range?.upperBound == 5 {
            rows.append(
                HealthRow(
                    id: "satisfaction", title: metric.title, metric: metric.name, bad: .below,
                    steps: [.init(limit: 4, points: 10), .init(limit: 3, points: 20)]))
        }
        return rows
    }
}
