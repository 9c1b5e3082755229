import Model
import Statistics

/// What a rule says about one group: every night, every episode, and where it stands.
public struct AlertResult: Sendable, Hashable {
    /// The rule.
    public var rule: AlertRule
    /// The records that were judged.
    public var group: Group
    /// The terms in force for the group.
    public var terms: AlertTerms
    /// Every replayed night in order, the report's day last.
    public var nights: [AlertNight]
    /// Every time that the alert fired, in order; the last may still be open.
    public var episodes: [AlertEpisode]
    /// The acknowledgement or mute that holds on the report's day; a mute goes before.
    public var silence: AlertSilence?
    /// Silences of this group whose last day is over.
    public var expired: [AlertSilence]

    /// The key of rule and group, such as `slow_responses` or `slow_responses/channel=voice`.
    public var id: String { group == .all ? rule.id : "\(rule.id)/\(AlertResult.key(group))" }

    /// Where it stands on the report's day.
    public var state: AlertState { nights.last?.state ?? .unknown(.noRecords) }

    /// The newest night with a judgement; nil if there never was one.
    public var newest: AlertNight? { nights.last { $0.isJudged } }

    /// The open episode.
    public var open: AlertEpisode? { episodes.last.flatMap { $0.resolved == nil ? $0 : nil } }

    /// Where it stood on a night; not known outside the replayed ones.
    public func state(on day: Day) -> AlertState {
        guard let first = nights.first?.day else { return .unknown(.noRecords) }
        let place = first.distance(to: day)
        return nights.indices.contains(place) ? nights[place].state : .unknown(.noRecords)
    }

    private static func key(_ group: Group) -> String {
        switch group {
        case .all: "all"
        case .value(let dimension, let value): "\(dimension)=\(value)"
        case .pair(let first, let firstValue, let second, let secondValue):
            "\(first)=\(firstValue),\(second)=\(secondValue)"
        }
    }
}

/// One night of a rule in a group.
public struct AlertNight: Sendable, Hashable {
    /// The night.
    public var day: Day
    /// The statistic, the age or the number of empty nights; fails with the reason why the night was not judged.
    public var value: Answer<Double>
    /// What the limits were compared with: the value itself, or its distance from what was expected.
    public var reading: Double?
    /// What was expected, for changes and anomalies.
    public var expected: Double?
    /// Records that the value comes from.
    public var n: Int
    /// The gravest level that the night breaches; nil for none.
    public var breach: Finding.Severity?
    /// Where the alert stands after the night.
    public var state: AlertState

    /// Whether the night was judged at all.
    public var isJudged: Bool { value.value != nil }
}

/// Where an alert stands after a night.
public enum AlertState: Sendable, Hashable {
    /// Judged and good.
    case quiet
    /// Breached, but not often enough yet.
    case pending(Finding.Severity)
    /// Firing with the gravest level that fires; stale where its newest nights could not be judged.
    case firing(Finding.Severity, isStale: Bool)
    /// Not judged for longer than the rule allows, or never; with the newest reason.
    case unknown(Absence)

    /// The severity of a firing alert.
    public var firing: Finding.Severity? { if case .firing(let severity, _) = self { severity } else { nil } }

    /// The name in JSON.
    public var name: String {
        switch self {
        case .quiet: "ok"
        case .pending: "pending"
        case .firing: "firing"
        case .unknown: "unknown"
        }
    }
}

/// One time that an alert fired.
public struct AlertEpisode: Sendable, Hashable {
    /// The first breach of those that made it fire.
    public var first: Day
    /// The night on which it fired.
    public var fired: Day
    /// The first good night of the run that ended it; nil while it is open.
    public var recovered: Day?
    /// The night on which that run was long enough; nil while it is open.
    public var resolved: Day?
    /// The gravest severity that it reached.
    public var severity: Finding.Severity
    /// The value of the night whose reading was farthest on the bad side.
    public var worst: Double
    /// The night of that value.
    public var worstDay: Day
    /// Nights that breached.
    public var breaches: Int
    /// Whether the group is gone, so that nothing ended the episode but that.
    public var isGone = false

    /// Days from the first breach to the first good night; nil while it is open.
    public var days: Int? { recovered.map { first.distance(to: $0) } }
}

/// Breaches in a row.
public struct AlertRun: Sendable, Hashable {
    /// The first night.
    public var first: Day
    /// The last night.
    public var last: Day
    /// Judged nights in it, all of them breaches.
    public var nights: Int
}

extension AlertResult {
    /// Judged nights.
    public var judged: Int { nights.count(where: \.isJudged) }

    /// Judged nights that breached.
    public var breaches: Int { nights.count { $0.breach != nil } }

    /// The most judged nights in a row that breached; nights without a judgement neither end nor lengthen a run. The newest
    /// of equals; nil for none.
    public var longestBreach: AlertRun? {
        var longest: AlertRun?
        var run: AlertRun?
        for night in nights where night.isJudged {
            guard night.breach != nil else {
                run = nil
                continue
            }
            let grown = AlertRun(first: run?.first ?? night.day, last: night.day, nights: (run?.nights ?? 0) + 1)
            run = grown
            if grown.nights >= longest?.nights ?? 0 { longest = grown }
        }
        return longest
    }

    /// Mean days from first breach to first good night over the episodes that ended; nil without one.
    public var meanDaysToRecover: Double? {
        let ended = episodes.filter { !$0.isGone }.compactMap(\.days)
        return ended.isEmpty ? nil : Double(ended.reduce(0, +)) / Double(ended.count)
    }

    /// Mean nights from the first breach to the night on which the alert fired; nil if it never did.
    public var meanDaysToDetect: Double? {
        let delays = episodes.map { $0.first.distance(to: $0.fired) }
        return delays.isEmpty ? nil : Double(delays.reduce(0, +)) / Double(delays.count)
    }

    /// Good nights among judged ones with Wilson's interval; fails where none was judged.
    public func availability(level: Double) -> Answer<ShareFigures> {
        computed { () throws(Undefined) in
            let found = try WilsonInterval(successes: judged - breaches, of: judged, level: level)
            return ShareFigures(value: found.proportion, interval: found.interval, exactness: .exact)
        }
    }

    /// What is left of the error budget of nights; fails with `.notDeclared` without an objective.
    public var budget: Answer<ErrorBudget> {
        guard let objective = terms.objective else { return .failure(.notDeclared) }
        let used = nights.suffix(terms.objectiveDays).filter(\.isJudged)
        return ErrorBudget.of(objective: objective, events: used.count, bad: used.count { $0.breach != nil })
    }
}

/// How much of what an objective allows has been used.
///
/// allowed = (1 − objective) × events; burn = (bad / events) / (1 − objective): 1 uses the budget up exactly. B. Beyer and
/// others, The Site Reliability Workbook 2018, chapters 2 and 5.
public struct ErrorBudget: Sendable, Hashable {
    /// The share of events that ought to be good.
    public var objective: Double
    /// Judged nights, or records.
    public var events: Int
    /// Those that were bad.
    public var bad: Int

    /// How many may be bad.
    public var allowed: Double { (1 - objective) * Double(events) }
    /// How many more may be; below 0 where the budget is overdrawn.
    public var left: Double { allowed - Double(bad) }
    /// How fast the budget is used.
    public var burn: Double { Double(bad) / allowed }

    static func of(objective: Double, events: Int, bad: Int) -> Answer<ErrorBudget> {
        guard events > 0 else { return .failure(.noRecords) }
        guard objective < 1 else { return .failure(.undefined("an objective of 1 leaves no budget")) }
        return .success(ErrorBudget(objective: objective, events: events, bad: bad))
    }
}
