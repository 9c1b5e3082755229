import Model

/// A rule that is judged for every night of the history: on what, where, and from which limit on it speaks.
public struct AlertRule: Sendable, Hashable {
    /// The key in configuration and JSON.
    public var id: String
    /// The words that a reader meets.
    public var title: String
    /// The metric's name; nil looks at records, whatever they hold.
    public var metric: String?
    /// The groups of records that it is judged for.
    public var scope: AlertScope
    /// What is judged.
    public var terms: AlertTerms
    /// Other terms for single values of the scope's dimension.
    public var overrides: [String: AlertTerms]
    /// Who acts on it.
    public var owner: String?
    /// The part of the service that it watches; nil takes the metric's title.
    public var component: String?
    /// Acknowledgements and mutes, in the order of the configuration.
    public var silences: [AlertSilence]

    /// Describes a rule.
    public init(
        id: String, title: String, metric: String?, scope: AlertScope = .all, terms: AlertTerms,
        overrides: [String: AlertTerms] = [:], owner: String? = nil, component: String? = nil,
        silences: [AlertSilence] = []
    ) {
        self.id = id
        self.title = title
        self.metric = metric
        self.scope = scope
        self.terms = terms
        self.overrides = overrides
        self.owner = owner
        self.component = component
        self.silences = silences
    }

    /// The terms for a group.
    public func terms(for group: Group) -> AlertTerms {
        if case .value(_, let value) = group { return overrides[value] ?? terms }
        return terms
    }
}

/// For which groups a rule is judged.
public enum AlertScope: Sendable, Hashable {
    /// All records together.
    case all
    /// Each value of a dimension by itself.
    case each(dimension: String)
    /// One value of a dimension.
    case one(dimension: String, value: String)
}

/// What a rule judges and how steady it must be.
public struct AlertTerms: Sendable, Hashable {
    /// What is read of the values.
    public var statistic = MetricStatistic.mean
    /// What makes a night a breach.
    public var condition: AlertCondition
    /// The limits by severity, the mildest first; none stands for a rule that is switched off.
    public var levels: [AlertLevel]
    /// Records with a value that a night needs to be judged.
    public var minimum = 30
    /// Days up to and with the night that the statistic is read from.
    public var overDays = 1
    /// Breaches among the last `within` judged nights that make the alert fire.
    public var breaches = 1
    /// The judged nights among which they are counted.
    public var within = 1
    /// Judged nights in a row on the good side that end it.
    public var clearNights = 3
    /// Nights without a judgement after which the state is not known and pending breaches are forgotten.
    public var staleDays = 3
    /// The share of judged nights that ought to be good; nil for no error budget.
    public var objective: Double?
    /// The nights up to the report's day that the error budget looks at.
    public var objectiveDays = 30

    /// The usual steadiness.
    public init(_ condition: AlertCondition, levels: [AlertLevel]) {
        self.condition = condition
        self.levels = levels
    }

    /// Whether it is switched off for its group.
    public var isOff: Bool { levels.isEmpty }
}

/// What the limits of a rule are compared with.
public enum AlertCondition: Sendable, Hashable {
    /// The statistic itself, in its unit; a breach lies beyond the limit on this side.
    case limit(LimitSide)
    /// The statistic less its level over the days before, in standard errors of the series' own noise; a breach reaches the
    /// limit on the bad side (on either, where it is nil).
    case change(baselineDays: Int, bad: LimitSide?)
    /// The statistic less what the days just before led us to expect, in robust standard deviations of such surprises.
    case anomaly(bad: LimitSide?)
    /// The age in days of the newest record; a breach reaches the limit.
    case freshness
    /// Expected nights in a row without a record of a group that had some; a breach reaches the limit.
    case absence(withinDays: Int)

    /// Its name in configuration and JSON.
    public var name: String {
        switch self {
        case .limit(.above): "above"
        case .limit(.below): "below"
        case .change: "change"
        case .anomaly: "anomaly"
        case .freshness: "freshness"
        case .absence: "absence"
        }
    }
}

/// From where on a rule speaks with a severity.
public struct AlertLevel: Sendable, Hashable {
    /// How grave a breach is.
    public var severity: Finding.Severity
    /// The limit.
    public var limit: Double
    /// The limit that has to be cleared for a night to be good again; the same as `limit` where nothing else is said.
    public var clear: Double

    /// Names a level.
    public init(_ severity: Finding.Severity, _ limit: Double, clear: Double? = nil) {
        self.severity = severity
        self.limit = limit
        self.clear = clear ?? limit
    }
}

/// Somebody's word that an alert is known: who, why and until when.
public struct AlertSilence: Sendable, Hashable {
    /// What it does.
    public var kind: Kind
    /// The value of the rule's dimension that it is about; nil for all groups.
    public var value: String?
    /// Who said so.
    public var owner: String
    /// Why.
    public var reason: String
    /// The last day on which it holds.
    public var until: Day

    /// What a silence does.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The alert stays in sight and counts; somebody works on it.
        case acknowledge
        /// The alert is kept apart and counts for nothing.
        case mute
    }

    /// Describes a silence.
    public init(_ kind: Kind, value: String? = nil, owner: String, reason: String, until: Day) {
        self.kind = kind
        self.value = value
        self.owner = owner
        self.reason = reason
        self.until = until
    }

    /// Whether it holds on a day.
    public func holds(on day: Day) -> Bool { day <= until }

    /// Whether it is about a group.
    func isAbout(_ group: Group) -> Bool {
        guard let value else { return true }
        if case .value(_, value) = group { return true }
        return false
    }
}
