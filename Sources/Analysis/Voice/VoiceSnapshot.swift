import Model
import Partials
import Statistics

/// The KPIs of a voice service over some days, each with its interval, n, and the same over as many days before.
public struct VoiceSnapshot: Sendable, Hashable {
    /// The days.
    public var period: Period
    /// As many days before.
    public var before: Period
    /// The figures in their order; those whose metric is not supplied are left out.
    public var rows: [Row]

    /// What a figure is about.
    public enum Block: String, Sendable, Hashable, CaseIterable {
        /// How customers fare.
        case customer
        /// How the service works.
        case operations
        /// How fast it answers.
        case performance
        /// How much there is to do.
        case volume
    }

    /// One figure.
    public struct Row: Sendable, Hashable {
        /// Its name in JSON.
        public var id: String
        /// What it is about.
        public var block: Block
        /// The metric; nil for those that several metrics make.
        public var metric: String?
        /// Whether it is a share of 1.
        public var isShare: Bool
        /// The side that is bad; nil where neither is.
        public var bad: LimitSide?
        /// The figure: Student's t interval of a mean, Wilson's of a share, the bootstrap's of a percentile.
        public var figure: Answer<StatisticFigure>
        /// The same before.
        public var previous: Answer<StatisticFigure>
        /// The interval of later − earlier: over several days that of `ChangeFigures.byDay` for means and shares, caches among
        /// them, as everywhere in the report; over one day Welch's for means and Newcombe's for shares; for percentiles, and for
        /// shares that are the same on all days, that from the two intervals (`Interval.difference`). Fails for counts.
        public var change: Answer<Interval>
    }

    /// The row of a name.
    public func row(_ id: String) -> Row? { rows.first { $0.id == id } }
}

extension VoiceSnapshot {
    /// The figures of some days; nil where there are no sessions of a voice service.
    ///
    /// Cost: the partials of the days and of as many before, once for each metric.
    public init?(_ table: PartialTable, roles declared: VoiceRoles, period: Period, level: Double) {
        before = Period(days: period.length, through: period.start.advanced(by: -1))
        self.period = period
        let both = Period(days: 2 * period.length, through: period.start.advanced(by: period.length - 1))
        let roles = declared.completed(
            by: table.catalogue,
            among: declared.isCompleted ? nil : table.sample(group: .all, over: both, withIds: false))
        guard roles.areVoice else { return nil }
        let made = Making(table: table, roles: roles, period: period, before: before, level: level)
        var rows: [Row?] = [
            made.row("first_call_resolution", .customer, roles.resolved, made.resolution(roles.resolved), bad: .below),
            made.row("customer_satisfaction", .customer, roles.satisfaction, .mean, bad: .below),
            made.row("word_error_rate", .customer, roles.wordErrorRate, .mean, bad: .above),
            made.row("tts_mos_score", .customer, roles.opinionScore, .mean, bad: .below),
            made.row("avg_handle_time", .operations, roles.duration, .mean, bad: nil),
            made.row("sessions_with_errors", .operations, roles.errors, .shareAbove(0), bad: .above),
            made.row("errors_per_session", .operations, roles.errors, .mean, bad: .above),
            made.hits(roles.caches),
        ]
        for (id, share) in [("latency_p50", 0.5), ("latency_p95", 0.95), ("latency_p99", 0.99)] {
            rows.append(
                roles.latency == nil && !roles.components.isEmpty
                    ? made.withoutWhole(id) : made.row(id, .performance, roles.latency, .quantile(share), bad: .above))
        }
        rows.append(made.sessions)
        self.rows = rows.compactMap { $0 }
    }

    private struct Making {
        let table: PartialTable
        let roles: VoiceRoles
        let period: Period
        let before: Period
        let level: Double

        /// The latency of one component is not that of the answer.
        func withoutWhole(_ id: String) -> Row {
            let absence = Absence.undefined("no whole latency is supplied")
            return Row(
                id: id, block: .performance, metric: nil, isShare: false, bad: .above, figure: .failure(absence),
                previous: .failure(absence), change: .failure(absence))
        }

        /// The mean of a proportion; of a column of numbers that are 0 or 1 the share above a half, which is the same with Wilson's
        /// interval.
        func resolution(_ name: String?) -> MetricStatistic {
            guard let name, let metric = table.catalogue.metric(named: name), !metric.isProportion,
                let partial = table.merged(metric: name, group: .all, over: period), partial.n > 0,
                partial.minimum >= 0, partial.maximum <= 1
            else { return .mean }
            return .shareAbove(0.5)
        }

        func row(
            _ id: String, _ block: Block, _ name: String?, _ statistic: MetricStatistic, bad: LimitSide?
        ) -> Row? {
            guard let metric = name.flatMap({ table.catalogue.metric(named: $0) }) else { return nil }
            let figure = { (period: Period) in
                statistic.figure(over: period, of: .all, metric: metric, in: table, level: level)
            }
            var now = figure(period)
            let then = figure(before)
            // Errors are counted: there are none below 0.
            if id == "errors_per_session", var known = now.value {
                known.interval = known.interval.map { Interval(low: max(0, $0.low), high: $0.high, level: $0.level) }
                now = .success(known)
            }
            let isShare = statistic.isShare(of: metric)
            return Row(
                id: id, block: block, metric: metric.name, isShare: isShare, bad: bad, figure: now, previous: then,
                change: change(now, then, metric, statistic, isShare: isShare))
        }

        private func change(
            _ now: Answer<StatisticFigure>, _ then: Answer<StatisticFigure>, _ metric: Metric,
            _ statistic: MetricStatistic,
            isShare: Bool
        ) -> Answer<Interval> {
            guard let now = now.value, let then = then.value else { return .failure(.noRecords) }
            if isShare {
                return changeByDay(now, then) { day in
                    statistic.figure(over: day, of: .all, metric: metric, in: table, level: level).value
                        .map { ($0.value, $0.n) }
                }
            }
            if statistic != .mean { return difference(now, then) }
            if period.length > 1 {
                let days = table.days(of: Subject(metric: metric.name, group: .all))
                return caught { () throws(Absence) in
                    try ChangeFigures.byDay(days, period, and: before, recordSD: nil, level: level).interval
                }
            }
            return computed { () throws(Undefined) in
                try WelchTTest(summary(metric, before), summary(metric, period), level: level).interval
            }
        }

        /// The change of a share with days as clusters, each with its share and what that is a share of.
        private func changeByDay(
            _ now: StatisticFigure, _ then: StatisticFigure, _ share: (Period) -> (value: Double, n: Int)?
        ) -> Answer<Interval> {
            guard period.length > 1 else { return difference(now, then) }
            let days = (0..<2 * period.length).compactMap { step -> DayFigures? in
                let day = before.start.advanced(by: step)
                return share(Period(days: 1, through: day)).map {
                    DayFigures(day: day, moments: Moments(n: $0.n, mean: $0.value, m2: 0, m3: 0, m4: 0), missing: 0)
                }
            }
            let change = caught { () throws(Absence) in
                try ChangeFigures.byDay(days, period, and: before, recordSD: nil, level: level).interval
            }
            return change.absence == .constant ? difference(now, then) : change
        }

        /// Of two independent figures with an interval each: Newcombe's of shares.
        private func difference(_ now: StatisticFigure, _ then: StatisticFigure) -> Answer<Interval> {
            now.interval.flatMap { own in
                then.interval.map { .difference(of: now.value, in: own, less: then.value, in: $0) }
            }
        }

        private func summary(_ metric: Metric, _ period: Period) throws(Undefined) -> GroupSummary {
            guard let moments = table.merged(metric: metric.name, group: .all, over: period)?.moments, moments.n > 1
            else {
                throw .tooFew(found: 0, needed: 2)
            }
            return try GroupSummary(n: moments.n, mean: moments.mean, variance: moments.m2 / Double(moments.n - 1))
        }

        /// Hits ÷ (hits + misses) of all caches, with an interval that knows that requests of a session are alike.
        func hits(_ caches: [VoiceRoles.Cache]) -> Row? {
            guard !caches.isEmpty else { return nil }
            let sum = { (metric: String, period: Period) in
                table.merged(metric: metric, group: .all, over: period).map { Int($0.moments.sum.rounded()) } ?? 0
            }
            let requests = { (period: Period) -> (hits: Int, all: Int) in
                let hits = caches.reduce(0) { $0 + sum($1.hits, period) }
                return (hits, caches.reduce(hits) { $0 + sum($1.misses, period) })
            }
            let figure = { (period: Period) -> Answer<StatisticFigure> in
                let (hits, all) = requests(period)
                guard all > 0 else { return .failure(.noRecords) }
                let sample = table.sample(group: .all, over: period, withIds: false)
                return RequestShare(caches, of: sample, in: table.catalogue).interval(hits: hits, of: all, level: level)
                    .map {
                        StatisticFigure(value: $0.share, interval: .success($0.interval), n: all, exactness: .exact)
                    }
            }
            let (now, then) = (figure(period), figure(before))
            let change = now.flatMap { now in
                then.flatMap { then in
                    changeByDay(now, then) { day in
                        let (hits, all) = requests(day)
                        return all > 0 ? (Double(hits) / Double(all), all) : nil
                    }
                }
            }
            return Row(
                id: "cache_hit_rate", block: .operations, metric: nil, isShare: true, bad: .below, figure: now,
                previous: then, change: change)
        }

        var sessions: Row {
            let figure = { (period: Period) -> Answer<StatisticFigure> in
                let n = roles.count(in: table, over: period)
                return .success(
                    StatisticFigure(value: Double(n), interval: .failure(.notDeclared), n: n, exactness: .exact))
            }
            return Row(
                id: "sessions", block: .volume, metric: nil, isShare: false, bad: nil, figure: figure(period),
                previous: figure(before), change: .failure(.notDeclared))
        }
    }
}

/// What a figure of a voice service advises: one row of rules, with the figure and the threshold.
public struct VoiceAdvice: Sendable, Hashable {
    /// The row of the snapshot.
    public var row: VoiceSnapshot.Row
    /// The threshold in the figure's unit.
    public var limit: Double
    /// Whether the whole interval lies beyond the threshold.
    public var isSure: Bool

    /// The thresholds of the earlier dashboard, in seconds and shares of 1. Too few sessions are told first.
    static let rules: [(id: String, bad: LimitSide, limit: Double, isTime: Bool)] = [
        ("latency_p95", .above, 2, true), ("cache_hit_rate", .below, 0.6, false),
        ("customer_satisfaction", .below, 4, false), ("first_call_resolution", .below, 0.8, false),
    ]

    /// Fewest sessions that advice is given on.
    public static let minimum = 10

    /// The rows beyond their threshold; none below `minimum` sessions.
    public static func all(_ snapshot: VoiceSnapshot, catalogue: Catalogue) -> [VoiceAdvice] {
        guard let sessions = snapshot.row("sessions")?.figure.value, sessions.n >= minimum else { return [] }
        return rules.compactMap { rule in
            guard let row = snapshot.row(rule.id), let figure = row.figure.value else { return nil }
            let second = row.metric.flatMap { catalogue.metric(named: $0)?.unitsInSecond }
            // A limit in seconds says nothing of a latency whose unit is not known.
            guard let limit = rule.isTime ? second.map({ rule.limit * $0 }) : rule.limit else { return nil }
            // 168 of 210 are 0.8, whatever the last bit of a mean says.
            guard abs(figure.value - limit) > 1e-9 * limit, rule.bad.holds(figure.value, of: limit) else { return nil }
            let near = figure.interval.value.map { rule.bad == .above ? $0.low : $0.high }
            return VoiceAdvice(row: row, limit: limit, isSure: near.map { rule.bad.holds($0, of: limit) } ?? false)
        }
    }
}
