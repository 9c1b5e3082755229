import Model
import Partials
import Statistics

/// Two groups of sessions side by side: which of them does better, and what could have been seen at all.
public struct VoiceSplit: Sendable, Hashable {
    /// The dimension that tells the groups apart.
    public var dimension: String
    /// The first group: the control.
    public var a: String
    /// The second.
    public var b: String
    /// One for each metric that is supplied; every sign is b − a.
    public var rows: [Row]
    /// Sessions of the first and of the second group.
    public var sessions: [Int]

    /// One metric.
    public struct Row: Sendable, Hashable {
        /// The metric.
        public var metric: String
        /// The pair of groups: difference, interval, test.
        public var pair: PairFigures
        /// Means of both.
        public var means: [Double]
        /// The smallest difference, in the metric's unit, that these numbers of sessions would have shown with a power of
        /// 80 %; fails where the spread is not known.
        public var detectable: Answer<Double>
        /// Sessions in each group that would show a difference as large as the one that was found with a power of 80 %; fails for no difference.
        public var needed: Answer<Double>
    }
}

extension VoiceSplit {
    /// The power that notes are made for.
    public static let power = 0.8

    /// The declared split, or that of a dimension of a usual name with two groups; nil where there is none.
    init?(_ comparisons: [ComparisonResult], roles: VoiceRoles, table: PartialTable, period: Period, alpha: Double) {
        let usual = ["variant", "ab_group", "experiment_group", "experiment", "arm", "split", "test_group"]
        let name = roles.split?.dimension ?? usual.first { table.catalogue.dimension(named: $0) != nil }
        guard let name else { return nil }
        let found = comparisons.filter { $0.dimension == name }
        guard let first = found.first(where: { !$0.pairs.isEmpty }) else { return nil }
        let names: (String, String)
        if let a = roles.split?.a, let b = roles.split?.b {
            names = (a, b)
        } else {
            guard first.groups.count == 2 else { return nil }
            names = (first.groups[0].value, first.groups[1].value)
        }
        let wanted = [
            roles.satisfaction, roles.resolved, roles.duration, roles.latency,
            roles.errors,
        ].compactMap { $0 }
        dimension = name
        (a, b) = names
        sessions = [names.0, names.1].map {
            table.recordCount(over: period, group: .value(dimension: name, value: $0))
        }
        rows = wanted.compactMap { metric in
            guard let result = found.first(where: { $0.metric == metric }) else { return nil }
            return Row(metric, result, names, alpha)
        }
        guard !rows.isEmpty else { return nil }
    }
}

extension VoiceSplit.Row {
    init?(_ metric: String, _ result: ComparisonResult, _ names: (a: String, b: String), _ alpha: Double) {
        guard let a = result.groups.first(where: { $0.value == names.a }),
            let b = result.groups.first(where: { $0.value == names.b }),
            var pair = result.pairs.first(where: { Set([$0.a, $0.b]) == [names.a, names.b] })
        else { return nil }
        // Pairs stand in the order of values; here the first is the control.
        if pair.a != names.a { pair = pair.turned }
        let known: Answer<Double> = computed { () throws(Undefined) in
            let groups = try [a, b].map { group throws(Undefined) in
                try GroupSummary(n: group.n, mean: group.mean, variance: group.sd * group.sd)
            }
            return try GroupSummary.pooled(groups).variance.squareRoot()
        }
        detectable = known.flatMap { spread in
            computed { () throws(Undefined) in
                try TwoMeansPower.detectable(power: VoiceSplit.power, n1: a.n, n2: b.n, alpha: alpha) * spread
            }
        }
        let difference = pair.difference
        needed = known.flatMap { spread in
            computed { () throws(Undefined) in
                try TwoMeansPower.sizePerGroup(d: difference / spread, power: VoiceSplit.power, alpha: alpha)
            }
        }
        self.metric = metric
        self.pair = pair
        means = [a.mean, b.mean]
    }
}

extension PairFigures {
    /// The same pair with its groups exchanged, as far as a difference and its test go.
    fileprivate var turned: PairFigures {
        var turned = self
        (turned.a, turned.b) = (b, a)
        (turned.countA, turned.countB) = (countB, countA)
        turned.difference = -difference
        turned.reach = reach.map { Interval(low: -$0.high, high: -$0.low, level: $0.level) }
        return turned
    }
}

/// Errors of one kind, week by week.
public struct ErrorKind: Sendable, Hashable {
    /// The dimension: type or component.
    public var dimension: String
    /// The type or component.
    public var value: String
    /// Sessions with it in each week.
    public var weeks: [Int]
    /// Sessions in all.
    public var total: Int

    /// Kinds of errors by week, the most frequent first, at most 15 of a dimension; weeks begin on Monday and reach back from the end.
    static func all(_ table: PartialTable, roles: VoiceRoles, period: Period) -> (weeks: [Period], kinds: [ErrorKind]) {
        let dimensions = [roles.errorComponent, roles.errorType].compactMap { $0 }
        guard let last = period.last, !dimensions.isEmpty else { return ([], []) }
        var weeks: [Period] = []
        var week = Period(of: .week, containing: last)
        while week.end > period.start, weeks.count < 8 {
            weeks.insert(week, at: 0)
            week = Period(of: .week, containing: week.start.advanced(by: -1))
        }
        let kinds = dimensions.flatMap { dimension in
            table.groups(of: dimension).compactMap { group -> ErrorKind? in
                guard case .value(_, let value) = group else { return nil }
                let total = table.recordCount(over: period, group: group)
                guard total > 0 else { return nil }
                return ErrorKind(
                    dimension: dimension, value: value, weeks: weeks.map { table.recordCount(over: $0, group: group) },
                    total: total)
            }.sorted { ($1.total, $0.value) < ($0.total, $1.value) }.prefix(15)
        }
        return (weeks, kinds)
    }
}
