import Model

/// What points of health metrics say of the service up to a moment.
///
/// Between two points the value of the earlier one holds, for at most the rule's stale time: what is not known counts neither
/// as good nor as bad. All figures are weighted by time, so that neither a burst of points nor a gap shifts them, and
/// times are instants, so that a clock change makes no hour longer or shorter than it was.
public struct PointHealth: Sendable, Hashable {
    /// The moment that is described, in microseconds since 1970-01-01T00:00Z.
    public var until: Int64
    /// The zone of days and times.
    public var zone: ZoneRules
    /// The days that are looked at.
    public var period: Period
    /// One for each series, by name and context.
    public var series: [PointSeriesResult]
    /// Series beyond the largest number that is looked at.
    public var leftOut: Int
    /// Every component, in the order of the rules and series that name them.
    public var components: [PointComponent]
    /// All components together.
    public var overall: PointComponent
    /// Stages of pipelines; nil without any.
    public var stages: StageAccount?

    /// Every episode of every series, the newest first.
    public var episodes: [(series: PointSeriesResult, episode: PointEpisode)] {
        series.flatMap { series in series.episodes.map { (series, $0) } }
            .sorted { ($1.1.began, $0.0.name, $0.0.context) < ($0.1.began, $1.0.name, $1.0.context) }
    }
}

/// A component and its status over time.
public struct PointComponent: Sendable, Hashable {
    /// What it is called.
    public var name: String
    /// Its status at the moment that is described.
    public var level: HealthLevel
    /// The worst status of each day.
    public var days: [HealthNight]
    /// The worst status of each of the last 24 hours, the last one last.
    public var hours: [HealthLevel]
}

/// One series of points.
public struct PointSeriesResult: Sendable, Hashable {
    /// The metric's name.
    public var name: String
    /// What tells it apart from others of its name; empty for nothing.
    public var context: String
    /// Points in a unit that cannot be converted into that of the newest one; they are left out.
    public var otherUnits: Int
    /// The unit of its values; for counters the increase a minute.
    public var unit: String
    /// What its values are.
    public var kind: MetricPoint.Kind
    /// The rule; nil for a series that nothing is expected of.
    public var rule: PointRule?
    /// The newest points that are kept for drawing, at most some hundreds.
    public var shown: [PointValue]
    /// The newest value.
    public var latest: PointValue?
    /// Its status at the moment that is described; nil without a rule. Where the newest point is stale what fired still fires,
    /// and what was healthy is unknown.
    public var level: HealthLevel?
    /// The status of the newest point, stale or not; nil without a rule.
    public var lastKnown: HealthLevel?
    /// Figures over the last 24 hours, 7 days and 30 days.
    public var spans: [PointSpan]
    /// What fired, the oldest first.
    public var episodes: [PointEpisode]
    /// The worst status of each day of the period.
    public var days: [HealthNight]
    /// The worst status of each of the last 24 hours.
    public var hours: [HealthLevel]
    /// How time was spent in the period.
    public var time: PointTime
    /// Which way it moves from day to day.
    public var trend: PointTrend
    /// The acknowledgement or mute that holds.
    public var silence: AlertSilence?

    /// The context as a reader has it: a component or service by its name alone, other labels as they are.
    private var contextWords: String {
        context.split(separator: ", ").map { part in
            let pair = part.split(separator: "=", maxSplits: 1)
            return pair.count == 2 && ["component", "service"].contains(pair[0]) ? pair[1] : part
        }.joined(separator: ", ")
    }

    /// What a reader calls it.
    public var title: String {
        (rule?.title ?? KeyWords.title(of: name)) + (context.isEmpty ? "" : " (\(contextWords))")
    }
}

/// A value at a time.
public struct PointValue: Sendable, Hashable {
    /// Microseconds since 1970-01-01T00:00Z.
    public var time: Int64
    /// The value.
    public var value: Double
}

/// Figures over the last hours or days.
public struct PointSpan: Sendable, Hashable {
    /// How long it is.
    public var hours: Int
    /// Points in it.
    public var n: Int
    /// The mean weighted by time; nil where nothing is known.
    public var mean: Double?
    /// The smallest value; nil without a point.
    public var low: Double?
    /// The largest value.
    public var high: Double?
    /// The share of the time that is known.
    public var known: Double
    /// The share of the known time that is not beyond a limit; nil without a rule or where nothing is known.
    public var availability: Double?
    /// (1 − availability) ÷ (1 − objective); nil without an objective.
    public var burn: Double?
}

/// How the time of a period was spent.
public struct PointTime: Sendable, Hashable {
    /// Minutes for which a point says something.
    public var knownMinutes: Double = 0
    /// Minutes beyond the warning limit, those beyond the critical one among them.
    public var breachMinutes: Double = 0
    /// Minutes beyond the critical limit.
    public var criticalMinutes: Double = 0
    /// The share of known time that ought to be good.
    public var objective: Double?

    /// Known minutes that are not beyond a limit ÷ known minutes; nil where nothing is known.
    public var availability: Double? { knownMinutes > 0 ? 1 - breachMinutes / knownMinutes : nil }
    /// Minutes that may be bad: (1 − objective) × known minutes.
    public var allowedMinutes: Double? { objective.map { (1 - $0) * knownMinutes } }
    /// Minutes that may still be bad; below 0 where the budget is overdrawn.
    public var leftMinutes: Double? { allowedMinutes.map { $0 - breachMinutes } }
    /// The share of known time that was bad ÷ (1 − objective).
    public var burn: Double? {
        guard let allowed = allowedMinutes, allowed > 0 else { return nil }
        return breachMinutes / allowed
    }
}

/// A stretch in which a rule fired.
public struct PointEpisode: Sendable, Hashable {
    /// The first point beyond a limit.
    public var began: Int64
    /// The point at which it fired.
    public var fired: Int64
    /// The point at which it became critical; nil if it never did.
    public var escalated: Int64?
    /// The stretches in which it was critical, each to the first point that was not any more; the last one is open while it is.
    public var criticalSpells: [Spell] = []
    /// The first good point of those that ended it; nil while it fires.
    public var ended: Int64?
    /// The gravest level.
    public var worst: HealthLevel
    /// The level at its end, or now.
    public var level: HealthLevel
    /// The value farthest on the bad side.
    public var extreme: Double

    /// A stretch of time.
    public struct Spell: Sendable, Hashable {
        /// The point with which it begins.
        public var start: Int64
        /// The point with which it is over; nil while it lasts.
        public var end: Int64?
    }

    /// Minutes from the first point beyond a limit to the first good one; nil while it fires.
    public var minutesToRecover: Double? { ended.map { Double($0 - began) / 60_000_000 } }
    /// Minutes from the first point beyond a limit to the one at which it fired.
    public var minutesToFire: Double { Double(fired - began) / 60_000_000 }
}

extension PointSeriesResult {
    /// Mean minutes to recovery (MTTR) of the episodes that have ended; nil without one.
    public var meanMinutesToRecover: Double? {
        let ended = episodes.compactMap(\.minutesToRecover)
        return ended.isEmpty ? nil : ended.reduce(0, +) / Double(ended.count)
    }
}

extension PointHealth {
    /// Series that fire and are not muted, the gravest first.
    public var firing: [PointSeriesResult] {
        series.filter { $0.isFiring && $0.silence?.kind != .mute }
            .sorted { ($1.level ?? .healthy, $0.name, $0.context) < ($0.level ?? .healthy, $1.name, $1.context) }
    }

    /// Series whose newest point is stale and that do not fire.
    public var unknown: [PointSeriesResult] { series.filter { $0.level == .unknown } }

    /// Firing series that did not fire at the end of a day.
    public func new(since day: Day) -> [PointSeriesResult] {
        let end = zone.utc(fromLocal: Int64(day.number + 1) * 86_400) * 1_000_000
        return firing.filter { ($0.episodes.last?.fired ?? 0) >= end }
    }

    /// Series that fired at the end of a day and do not now.
    public func recovered(since day: Day) -> [PointSeriesResult] {
        let end = zone.utc(fromLocal: Int64(day.number + 1) * 86_400) * 1_000_000
        return series.filter { item in
            !item.isFiring && item.silence?.kind != .mute
                && item.episodes.contains { $0.fired < end && ($0.ended ?? end) >= end }
        }
    }
}

extension PointSeriesResult {
    /// Whether it fires.
    public var isFiring: Bool { level == .warning || level == .critical }
}

extension ReportAnalyses {
    /// Alerts of at least a severity that fire, of rules by night and of points.
    public func firing(atLeast severity: Finding.Severity) -> Int {
        let least: HealthLevel = severity == .critical ? .critical : .warning
        return alerts.firing(atLeast: severity)
            + (points?.firing.count { ($0.level ?? .healthy) >= least } ?? 0)
    }
}
