import Model

/// How a part of the service is, the best first.
public enum HealthLevel: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Every rule is judged and none fires.
    case healthy
    /// A note fires.
    case degraded
    /// No rule fires, but one cannot be judged: no data is not good.
    case unknown
    /// A warning fires.
    case warning
    /// A critical alert fires.
    case critical

    /// Better before worse.
    public static func < (left: HealthLevel, right: HealthLevel) -> Bool { left.rank < right.rank }

    private var rank: Int { HealthLevel.allCases.firstIndex(of: self) ?? 0 }

    init(_ state: AlertState) {
        switch state {
        case .quiet, .pending: self = .healthy
        case .unknown: self = .unknown
        case .firing(.note, _): self = .degraded
        case .firing(.warning, _): self = .warning
        case .firing(.critical, _): self = .critical
        }
    }
}

/// The worst-of status: a component is as bad as its worst alert, the whole as bad as its worst component.
///
/// Mutes silence alerts, not the status: it says how the service is, not whom to wake.
public struct HealthStatus: Sendable, Hashable {
    /// The components in the order of the rules that name them.
    public var components: [HealthComponent]
    /// All components together.
    public var overall: HealthComponent
}

/// The status of a component on every replayed night.
public struct HealthComponent: Sendable, Hashable {
    /// What it is called.
    public var name: String
    /// The keys of its alerts.
    public var alerts: [String]
    /// Each night with its level, in order; the report's day last.
    public var nights: [HealthNight]

    /// The level on the report's day.
    public var level: HealthLevel { nights.last?.level ?? .unknown }
    /// Nights whose level is known.
    public var known: Int { nights.count { $0.level != .unknown } }
    /// Known nights without a warning or worse.
    public var good: Int { nights.count { $0.level < .unknown } }
}

/// A level on a night.
public struct HealthNight: Sendable, Hashable {
    /// The night.
    public var day: Day
    /// The level.
    public var level: HealthLevel
}

extension HealthStatus {
    /// The status of the components that rules name; nil without a rule.
    init?(_ alerts: AlertAccount, catalogue: Catalogue) {
        var names: [String] = []
        var members: [String: [AlertResult]] = [:]
        for result in alerts.results {
            let metric = result.rule.metric.flatMap { catalogue.metric(named: $0) }
            let name = result.rule.component ?? metric?.title ?? "Data"
            if members[name] == nil { names.append(name) }
            members[name, default: []].append(result)
        }
        guard !names.isEmpty else { return nil }
        components = names.map { HealthComponent(name: $0, results: members[$0] ?? [], over: alerts.period) }
        overall = HealthComponent(
            name: "All", alerts: alerts.results.map(\.id),
            nights: HealthComponent.worst(components.map(\.nights), over: alerts.period))
    }
}

extension HealthComponent {
    fileprivate init(name: String, results: [AlertResult], over period: Period) {
        self.init(
            name: name, alerts: results.map(\.id),
            nights: HealthComponent.worst(
                results.map { result in
                    result.nights.map { HealthNight(day: $0.day, level: HealthLevel($0.state)) }
                }, over: period))
    }

    /// The worst of several levels on each night of a period; a night that none knows is unknown.
    fileprivate static func worst(_ series: [[HealthNight]], over period: Period) -> [HealthNight] {
        (0..<period.length).map { offset in
            let day = period.start.advanced(by: offset)
            let levels = series.compactMap { nights -> HealthLevel? in
                guard let first = nights.first?.day else { return nil }
                let place = first.distance(to: day)
                return nights.indices.contains(place) ? nights[place].level : nil
            }
            return HealthNight(day: day, level: levels.max() ?? .unknown)
        }
    }
}
