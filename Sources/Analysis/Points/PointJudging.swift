import Model
import Statistics

extension PointSeriesResult {
    /// Judges the points of one series, in the order of time.
    init(_ points: [MetricPoint], rule: PointRule?, frame: PointFrame, settings: AnalysisSettings) {
        let all = points
        let points = PointSeriesResult.inOneUnit(points)
        let first = points[0]
        let values = PointSeriesResult.values(points)
        let stale = Int64(((rule?.staleMinutes ?? PointRule(id: "", bad: .above).staleMinutes) * 60_000_000).rounded())
        var judging = PointJudging(rule: rule)
        for value in PointSeriesResult.instants(values, worse: rule?.bad ?? .above) { judging.take(value) }
        let isStale = values.last.map { frame.until - $0.time > stale } ?? true
        let steps = PointSteps(values, rule: rule, stale: stale, until: frame.until)
        let lastKnown = rule == nil ? nil : values.isEmpty ? nil : judging.level
        let isCounter = first.kind == .counter
        self.init(
            name: first.name, context: first.context, otherUnits: all.count - points.count,
            unit: isCounter ? (first.unit.isEmpty ? "a minute" : "\(first.unit) a minute") : first.unit,
            kind: first.kind,
            rule: rule, shown: PointSeriesResult.thinned(values, since: frame.until - 86_400_000_000),
            latest: values.last,
            level: rule == nil ? nil : isStale && judging.level == .healthy ? .unknown : lastKnown,
            lastKnown: lastKnown,
            spans: [24, 168, 720].map { steps.span(hours: $0, values) }, episodes: judging.episodes,
            days: [], hours: [], time: steps.time(from: frame.start, to: frame.until),
            trend: PointTrend(
                frame.days.compactMap { steps.figures(of: $0.day, from: $0.start, to: $0.end) },
                from: frame.days.first?.day ?? frame.asOf, settings: settings), silence: nil)
        let firing = judging.episodes
        days = frame.days.map { day in
            HealthNight(day: day.day, level: steps.worst(from: day.start, to: day.end, firing) ?? .unknown)
        }
        hours = (0..<24).map { place in
            let end = frame.until - Int64(23 - place) * 3_600_000_000
            return steps.worst(from: end - 3_600_000_000, to: end, firing) ?? .unknown
        }
        if rule == nil { (days, hours) = ([], []) }
        silence = rule?.silences.first { $0.holds(on: frame.asOf) && ($0.value == nil || $0.value == context) }
    }

    /// The values of a series in the unit of its newest point; of a counter, the increase a minute since the point before. A
    /// counter that falls has begun anew.
    private static func values(_ points: [MetricPoint]) -> [PointValue] {
        guard points[0].kind == .counter else { return points.map { PointValue(time: $0.time, value: $0.value) } }
        return zip(points, points.dropFirst()).compactMap { before, after in
            let minutes = Double(after.time - before.time) / 60_000_000
            guard minutes > 0 else { return nil }
            let increase = after.value >= before.value ? after.value - before.value : after.value
            return PointValue(time: after.time, value: increase / minutes)
        }
    }

    /// One value for each instant, the one farthest on the bad side: points of one instant, of several sessions or of a file that came
    /// twice, are one look at the service and not several good points in a row.
    private static func instants(_ values: [PointValue], worse bad: LimitSide) -> [PointValue] {
        var found: [PointValue] = []
        for value in values {
            if let last = found.last, last.time == value.time {
                if bad.holds(value.value, of: last.value) { found[found.count - 1] = value }
            } else {
                found.append(value)
            }
        }
        return found
    }

    /// Points in the unit of the newest one: times are converted, values in a unit that cannot be are left out.
    static func inOneUnit(_ points: [MetricPoint]) -> [MetricPoint] {
        guard let unit = points.last?.unit, points.contains(where: { $0.unit != unit }) else { return points }
        let seconds: [String: Double] = [
            "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "sec": 1, "seconds": 1, "min": 60, "h": 3_600,
        ]
        return points.compactMap { point in
            if point.unit == unit { return point }
            guard let from = seconds[point.unit], let to = seconds[unit] else { return nil }
            var converted = point
            converted.unit = unit
            // Division keeps 250 ms exactly 0.25 s.
            converted.value = from >= to ? point.value * (from / to).rounded() : point.value / (to / from).rounded()
            return converted
        }
    }

    /// At most 300 of the points since a time: of each stretch the smallest and the largest.
    private static func thinned(_ values: [PointValue], since: Int64) -> [PointValue] {
        let recent = values.filter { $0.time > since }
        guard recent.count > 300 else { return recent }
        let size = (recent.count + 149) / 150
        return stride(from: 0, to: recent.count, by: size).flatMap { start -> [PointValue] in
            let part = recent[start..<min(recent.count, start + size)]
            guard let low = part.min(by: { $0.value < $1.value }), let high = part.max(by: { $0.value < $1.value })
            else {
                return []
            }
            return low.time == high.time ? [low] : [low, high].sorted { $0.time < $1.time }
        }
    }
}

/// What all series are looked at in.
struct PointFrame {
    let asOf: Day
    let until: Int64
    /// Each day of the period with its first and last instant, none after `until`.
    let days: [(day: Day, start: Int64, end: Int64)]

    var start: Int64 { days.first?.start ?? until }

    init(asOf: Day, until: Int64, period: Period, zone: ZoneRules) {
        self.asOf = asOf
        self.until = until
        let midnight = { (day: Day) in zone.utc(fromLocal: Int64(day.number) * 86_400) * 1_000_000 }
        days = (0..<period.length).map { offset in
            let day = period.start.advanced(by: offset)
            return (day, min(until, midnight(day)), min(until, midnight(day.advanced(by: 1))))
        }
    }
}

/// Goes through the points of a series and remembers what fires.
private struct PointJudging {
    private var warning: PointLatch?
    private var critical: PointLatch?
    private let bad: LimitSide
    private(set) var episodes: [PointEpisode] = []

    init(rule: PointRule?) {
        bad = rule?.bad ?? .above
        guard let rule, rule.isEnabled else { return }
        warning = PointLatch(rule, limit: rule.warning, clear: rule.clearWarning)
        critical = PointLatch(rule, limit: rule.critical, clear: rule.clearCritical)
    }

    var level: HealthLevel {
        critical?.isFiring == true ? .critical : warning?.isFiring == true ? .warning : .healthy
    }

    mutating func take(_ point: PointValue) {
        let before = level
        warning?.take(point)
        critical?.take(point)
        let now = level
        if now >= .warning, before == .healthy {
            let began = [warning?.began, critical?.began].compactMap { $0 }.min() ?? point.time
            episodes.append(
                PointEpisode(
                    began: began, fired: point.time, escalated: nil, ended: nil, worst: now, level: now,
                    extreme: point.value))
        }
        guard !episodes.isEmpty, before >= .warning || now >= .warning else { return }
        let open = episodes.count - 1
        if now >= .warning {
            episodes[open].level = now
            episodes[open].worst = max(episodes[open].worst, now)
            if bad.holds(point.value, of: episodes[open].extreme) { episodes[open].extreme = point.value }
        } else {
            episodes[open].ended = [warning?.ended, critical?.ended].compactMap { $0 }.max() ?? point.time
        }
        if now == .critical, before != .critical {
            episodes[open].escalated = episodes[open].escalated ?? point.time
            episodes[open].criticalSpells.append(.init(start: point.time))
        } else if now != .critical, before == .critical {
            let spell = episodes[open].criticalSpells.count - 1
            episodes[open].criticalSpells[spell].end = critical?.ended ?? point.time
        }
    }
}

/// The step function of a series: each value holds until the next point, for at most the stale time.
private struct PointSteps {
    private let rule: PointRule?
    private let steps: [(start: Int64, end: Int64, value: Double)]
    private let until: Int64

    init(_ values: [PointValue], rule: PointRule?, stale: Int64, until: Int64) {
        self.rule = rule
        self.until = until
        steps = values.enumerated().map { place, point in
            let next = place + 1 < values.count ? values[place + 1].time : until
            return (point.time, max(point.time, min(next, point.time + stale, until)), point.value)
        }
    }

    private func isBeyond(_ value: Double, _ limit: Double?) -> Bool {
        guard let rule, let limit else { return false }
        return rule.bad.holds(value, of: limit)
    }

    private func isBreach(_ value: Double) -> Bool {
        isBeyond(value, rule?.warning) || isBeyond(value, rule?.critical)
    }

    /// The steps that reach into a stretch, cut to it.
    private func within(_ from: Int64, _ to: Int64) -> [(length: Double, value: Double)] {
        steps.compactMap { step in
            let length = min(step.end, to) - max(step.start, from)
            return length > 0 ? (Double(length) / 60_000_000, step.value) : nil
        }
    }

    func time(from: Int64, to: Int64) -> PointTime {
        var time = PointTime(objective: rule?.objective)
        for step in within(from, to) {
            time.knownMinutes += step.length
            if isBreach(step.value) { time.breachMinutes += step.length }
            if isBeyond(step.value, rule?.critical) { time.criticalMinutes += step.length }
        }
        return time
    }

    func span(hours: Int, _ values: [PointValue]) -> PointSpan {
        let from = until - Int64(hours) * 3_600_000_000
        let inside = values.filter { $0.time > from && $0.time <= until }.map(\.value)
        let parts = within(from, until)
        let known = parts.reduce(0) { $0 + $1.length }
        let time = time(from: from, to: until)
        return PointSpan(
            hours: hours, n: inside.count,
            mean: known > 0 ? parts.reduce(0) { $0 + $1.length * $1.value } / known : nil, low: inside.min(),
            high: inside.max(), known: known / Double(hours * 60), availability: rule == nil ? nil : time.availability,
            burn: time.burn)
    }

    /// What is known of a day, its mean weighted by time; nil where nothing is.
    func figures(of day: Day, from: Int64, to: Int64) -> DayFigures? {
        let parts = within(from, to)
        let known = parts.reduce(0) { $0 + $1.length }
        guard known > 0 else { return nil }
        let mean = parts.reduce(0) { $0 + $1.length * $1.value } / known
        return DayFigures(day: day, moments: Moments(n: parts.count, mean: mean, m2: 0, m3: 0, m4: 0), missing: 0)
    }

    /// The worst status in a stretch: what fired in it, else healthy where anything is known; nil where nothing is.
    ///
    /// What fires stays while no points come: no data is not good.
    func worst(from: Int64, to: Int64, _ episodes: [PointEpisode]) -> HealthLevel? {
        guard from < to else { return nil }
        var worst = HealthLevel.healthy
        for episode in episodes where episode.fired < to && (episode.ended ?? until) > from {
            let wasCritical = episode.criticalSpells.contains { $0.start < to && ($0.end ?? until) > from }
            worst = max(worst, wasCritical ? .critical : .warning)
        }
        return worst == .healthy && within(from, to).isEmpty ? nil : worst
    }
}

extension PointHealth {
    /// What points say up to a moment; nil without a point or stage.
    ///
    /// - Parameters:
    ///   - points: by name, context and time, of the days of `period`.
    ///   - until: the moment that is described: the end of the as-of day, or the newest point where no day was asked for.
    ///   - settings: of the trends.
    ///
    /// Pure. Cost: the points, times the days for the strips.
    public init?(
        _ points: [MetricPoint], stages: [StageRun], rules: [PointRule], stageLimits: StageLimits, asOf: Day,
        until: Int64,
        period: Period, zone: ZoneRules, settings: AnalysisSettings = AnalysisSettings()
    ) {
        let frame = PointFrame(asOf: asOf, until: until, period: period, zone: zone)
        self.until = until
        self.zone = zone
        self.period = period
        self.stages = StageAccount(stages.filter { $0.started <= until }, limits: stageLimits, until: until)
        var parts: [(points: [MetricPoint], rule: PointRule?)] = []
        var start = 0
        while start < points.count {
            var end = start + 1
            while end < points.count, points[end].name == points[start].name,
                points[end].context == points[start].context
            {
                end += 1
            }
            let part = points[start..<end].filter { $0.time <= until }
            start = end
            if let first = part.first { parts.append((part, PointHealth.rule(of: first, among: rules))) }
        }
        // What something is expected of comes first: many labels of another metric must not push it out.
        let judged = parts.indices.filter { parts[$0].rule != nil }
        let others = parts.indices.filter { parts[$0].rule == nil }
        let series = (judged + others).prefix(PointHealth.largestSeries).sorted().map { place in
            PointSeriesResult(parts[place].points, rule: parts[place].rule, frame: frame, settings: settings)
        }
        guard !series.isEmpty || self.stages != nil else { return nil }
        self.series = series
        leftOut = parts.count - series.count
        var names: [String] = []
        for item in series where item.rule != nil {
            let name = item.componentName
            if !names.contains(name) { names.append(name) }
        }
        components = names.map { name in
            PointComponent(name: name, series: series.filter { $0.rule != nil && $0.componentName == name })
        }
        overall = PointComponent(name: "All", series: series.filter { $0.rule != nil })
    }

    /// How many series are looked at: more are a label for each request, not metrics of a service.
    static let largestSeries = 200

    /// The rule of a series: the first of the configuration that covers it, else the usual one.
    private static func rule(of point: MetricPoint, among rules: [PointRule]) -> PointRule? {
        (rules + PointRule.usual).first { $0.covers(name: point.name, context: point.context) }
            .flatMap { $0.isEnabled ? $0 : nil }
    }
}

extension PointSeriesResult {
    /// The component of the rule, else that of the context, else the metric.
    public var componentName: String {
        if let component = rule?.component { return component }
        for key in ["component=", "service="] {
            if let part = context.split(separator: ", ").first(where: { $0.hasPrefix(key) }) {
                return String(part.dropFirst(key.count))
            }
        }
        return rule?.title ?? name
    }
}

extension PointComponent {
    /// As bad as the worst of its series.
    fileprivate init(name: String, series: [PointSeriesResult]) {
        self.name = name
        level = series.compactMap(\.level).max() ?? .unknown
        let dates = series.first?.days.map(\.day) ?? []
        days = dates.indices.map { place in
            HealthNight(day: dates[place], level: series.map { $0.days[place].level }.max() ?? .unknown)
        }
        hours = (0..<24).map { place in series.compactMap { $0.hours.isEmpty ? nil : $0.hours[place] }.max() ?? .unknown
        }
    }
}
