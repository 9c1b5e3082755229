import Analysis
import Charts
import Model
import Words

/// What a time axis shows, as far as an intervention may have changed it.
enum Touched {
    /// The values of a metric in a group.
    case values(of: String, in: Group = .all)
    /// The records of a group, whatever they hold: any intervention may change how many there are.
    case records(in: Group = .all)
    /// What no export of records tells, such as the sessions of learners.
    case service

    /// Whether an intervention is meant for it or for no metric alone, and not confined to other records.
    func isTouched(by item: Intervention) -> Bool {
        switch self {
        case .values(let metric, let group):
            (item.metric == metric || item.metric == nil) && item.scope.overlaps(group)
        case .records(let group): item.scope.overlaps(group)
        case .service: item.metric == nil && item.scope == .all
        }
    }

    /// What the nights of an alert were judged by.
    init(_ result: AlertResult) {
        self = result.rule.metric.map { .values(of: $0, in: result.group) } ?? .records(in: result.group)
    }
}

extension ReportContext {
    /// Interventions that start up to a day, by default the report's, and may have changed something on an axis;
    /// those that were given up are none.
    func interventions(touching axis: [Touched], through last: Day? = nil) -> [Intervention] {
        let last = last ?? analyses.asOf
        return input.interventions.filter { item in
            item.status != .cancelled && item.start <= last && axis.contains { $0.isTouched(by: item) }
        }
    }

    /// The same as rules on an axis of days; what has yet to begin says that it is planned.
    func interventionRules(touching axis: [Touched], from first: Day, through last: Day? = nil) -> [Mark] {
        interventions(touching: axis, through: last).filter { $0.start >= first }.map { item in
            .rule(
                at: Double(item.start.number), vertical: true, tone: .accent,
                label: item.start > analyses.asOf ? say("\(item.name) (planned)") : item.name)
        }
    }

    /// The same on an axis of the 24 hours up to an instant: each stands at the beginning of its first day in the zone.
    func interventionRules(touching axis: [Touched], hoursUntil until: Int64, in zone: ZoneRules) -> [Mark] {
        interventions(touching: axis).compactMap { item in
            let start = zone.utc(fromLocal: Int64(item.start.number) * 86_400) * 1_000_000
            let hours = Double(start - until) / 3_600_000_000
            guard (-24...0).contains(hours) else { return nil }
            return .rule(at: hours, vertical: true, tone: .accent, label: item.name)
        }
    }

    /// Interventions that touch a metric, as rules on an axis of days.
    func interventionRules(for metric: String, in group: Group = .all, from first: Day) -> [Mark] {
        interventionRules(touching: [.values(of: metric, in: group)], from: first)
    }
}
