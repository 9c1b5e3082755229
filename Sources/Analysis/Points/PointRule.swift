import Model

/// What is expected of a health metric: on which side it is bad, from where on, and for how long before that counts.
public struct PointRule: Sendable, Hashable {
    /// The key in configuration and JSON.
    public var id: String
    /// The words that a reader meets.
    public var title: String
    /// The name of the metric's points.
    public var metric: String
    /// The part of the context that its points have, such as ["host": "a1"]; empty for every series of the metric.
    public var context: [String: String] = [:]
    /// The part of the service for the status.
    public var component: String?
    /// The side on which values are bad.
    public var bad: LimitSide
    /// Beyond it a warning is due; the limit itself is good.
    public var warning: Double?
    /// Beyond it the state is critical.
    public var critical: Double?
    /// A warning is over only when values are not beyond this (hysteresis); nil for the limit.
    public var clearWarning: Double?
    /// The same for critical.
    public var clearCritical: Double?
    /// Minutes for which every point has to be beyond a limit before it fires.
    public var minutes: Double = 0
    /// Good points in a row that end it.
    public var clearPoints = 3
    /// Minutes after which a point says nothing any more.
    public var staleMinutes: Double = 30
    /// The share of the known time that ought to be good; nil for none.
    public var objective: Double?
    /// Whether it is judged.
    public var isEnabled = true
    /// Who answers for it.
    public var owner: String?
    /// Times in which it is acknowledged or muted.
    public var silences: [AlertSilence] = []
    /// Whether it is one of the usual ones and not of the configuration.
    public var isUsual = false

    /// Describes a rule.
    public init(
        id: String, title: String? = nil, metric: String? = nil, bad: LimitSide, warning: Double? = nil,
        critical: Double? = nil
    ) {
        self.id = id
        self.metric = metric ?? id
        self.title = title ?? KeyWords.title(of: metric ?? id)
        self.bad = bad
        self.warning = warning
        self.critical = critical
    }

    /// Whether the rule is about a series.
    public func covers(name: String, context series: String) -> Bool {
        guard name == metric else { return false }
        let parts = Set(series.split(separator: ", ", omittingEmptySubsequences: true).map(String.init))
        return context.allSatisfy { parts.contains("\($0.key)=\($0.value)") }
    }

    /// The limits that hold unless the configuration says otherwise, for metrics of these names.
    ///
    /// Those of the earlier health monitors, with their directions: response times and queues are bad above, rates below.
    public static let usual: [PointRule] = {
        let rows: [(name: String, bad: LimitSide, warning: Double, critical: Double, minutes: Double)] = [
            ("ragie_response_time", .above, 3_000, 8_000, 0),
            ("agent_coordination_success", .below, 0.9, 0.8, 0),
            ("context_preservation_rate", .below, 0.95, 0.85, 0),
            ("ragie_visual_citations", .below, 0.7, 0.5, 0),
            ("voice_text_sync", .below, 0.9, 0.8, 0),
            ("processing_time", .above, 300, 600, 5),
            ("success_rate", .below, 0.95, 0.9, 10),
            ("memory_usage", .above, 80, 90, 5),
            ("queue_depth", .above, 50, 100, 3),
            ("stuck_files", .above, 3, 5, 5),
            ("db_response_time", .above, 5, 10, 5),
            ("error_rate", .above, 0.05, 0.1, 10),
        ]
        return rows.map { row in
            var rule = PointRule(id: row.name, bad: row.bad, warning: row.warning, critical: row.critical)
            rule.minutes = row.minutes
            rule.isUsual = true
            return rule
        }
    }()
}
