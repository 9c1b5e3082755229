import Model
import Partials

/// All rules with what they say.
public struct AlertAccount: Sendable, Hashable {
    /// The rules in the order of the configuration.
    public var rules: [AlertRule]
    /// Rule by rule, group by group.
    public var results: [AlertResult]
    /// Groups that a rule names and that have no record up to the report's day.
    public var withoutData: [(rule: String, group: Group)] { missing.map { ($0.rule, $0.group) } }
    /// Rules whose dimension has more values than are judged, with how many were left out.
    public var leftOut: [String: Int]
    /// The report's day.
    public var asOf: Day
    /// The nights that were replayed; empty without records.
    public var period: Period

    private var missing: [Missing]

    private struct Missing: Sendable, Hashable {
        let rule: String
        let group: Group
    }

    /// Judges every rule for every group of its scope.
    ///
    /// A scope of every value judges the `settings.maximumGroups` values with most records; groups stand in their order.
    init(_ table: PartialTable, asOf: Day, settings: AnalysisSettings) {
        rules = settings.alertRules
        results = []
        missing = []
        leftOut = [:]
        self.asOf = asOf
        let start = asOf.advanced(by: 1 - settings.alertDays)
        period = Period(from: max(start, table.entries.first?.day ?? start), through: asOf)
        var known: [NightsKey: AlertNights] = [:]
        for rule in rules {
            let (groups, others) = AlertAccount.groups(of: rule.scope, in: table, settings: settings)
            if others > 0 { leftOut[rule.id] = others }
            let metric = rule.metric.flatMap { table.catalogue.metric(named: $0) }
            for group in groups where !rule.terms(for: group).isOff {
                let key = NightsKey(metric: rule.metric, group: group)
                let series = known[key] ?? AlertNights(table, metric: metric, group: group, asOf: asOf)
                known[key] = series
                if !series.records.contains(where: { $0 > 0 }) { missing.append(Missing(rule: rule.id, group: group)) }
                results.append(
                    AlertReplay.result(of: rule, in: group, over: series, asOf: asOf, settings: settings))
            }
            if groups.isEmpty, case .each(let dimension) = rule.scope {
                missing.append(Missing(rule: rule.id, group: .value(dimension: dimension, value: "*")))
            }
        }
    }

    private struct NightsKey: Hashable {
        let metric: String?
        let group: Group
    }

    private static func groups(
        of scope: AlertScope, in table: PartialTable, settings: AnalysisSettings
    ) -> (groups: [Group], leftOut: Int) {
        switch scope {
        case .all: return ([.all], 0)
        case .one(let dimension, let value): return ([.value(dimension: dimension, value: value)], 0)
        case .each(let dimension):
            let found = table.groups(of: dimension)
            guard found.count > settings.maximumGroups else { return (found, 0) }
            let counted = found.map { (group: $0, records: table.recordCount(over: table.period, group: $0)) }
            let largest = counted.sorted { ($1.records, $0.group) < ($0.records, $1.group) }
                .prefix(settings.maximumGroups)
            return (largest.map(\.group).sorted(), found.count - largest.count)
        }
    }
}

extension AlertAccount {
    /// Firing alerts that are not muted, the gravest first, then in the order of rules.
    public var firing: [AlertResult] { ranked(results.filter { $0.state.firing != nil && !$0.isMuted }) }

    /// Alerts that have breached, but not often enough yet, and are not muted.
    public var pending: [AlertResult] {
        results.filter { if case .pending = $0.state { !$0.isMuted } else { false } }
    }

    /// Alerts that cannot be judged.
    public var unknown: [AlertResult] {
        results.filter { if case .unknown = $0.state { true } else { false } }
    }

    /// Muted alerts, firing or not.
    public var muted: [AlertResult] { results.filter(\.isMuted) }

    /// Firing alerts that did not fire on an earlier day.
    public func new(since day: Day) -> [AlertResult] { firing.filter { $0.state(on: day).firing == nil } }

    /// Firing alerts that fired on an earlier day, too.
    public func ongoing(since day: Day) -> [AlertResult] { firing.filter { $0.state(on: day).firing != nil } }

    /// Alerts that fired on an earlier day and do not now.
    public func recovered(since day: Day) -> [AlertResult] {
        results.filter { $0.state.firing == nil && $0.state(on: day).firing != nil && !$0.isMuted }
    }

    /// Firing alerts of at least a severity.
    public func firing(atLeast severity: Finding.Severity) -> Int {
        firing.count { ($0.state.firing ?? .note) >= severity }
    }

    private func ranked(_ results: [AlertResult]) -> [AlertResult] {
        results.enumerated().sorted { left, right in
            let (a, b) = (left.element.state.firing ?? .note, right.element.state.firing ?? .note)
            return a != b ? a > b : left.offset < right.offset
        }.map(\.element)
    }
}

extension AlertResult {
    /// Whether a mute holds on the report's day.
    public var isMuted: Bool { silence?.kind == .mute }
}
