import Model

/// Which interventions of the register something is of.
public enum RegisterPart: Sendable, Hashable {
    /// All of them.
    case all
    /// Those of a kind; an empty one is that of interventions without a kind.
    case kind(String)
    /// Those that are meant to move a metric.
    case metric(String)

    /// Whether an intervention is one of them.
    public func holds(_ item: Intervention) -> Bool {
        switch self {
        case .all: true
        case .kind(let kind): item.kind == kind
        case .metric(let metric): item.metric == metric
        }
    }
}

extension Intervention {
    /// Whether it has been open for more than some days.
    public func isOverdue(on day: Day, after days: Int) -> Bool {
        status == .active && end == nil && start.distance(to: day) > days
    }
}

extension ReportAnalyses {
    /// All interventions, those of each kind and those of each metric, kinds and metrics only where there are several.
    public var registerParts: [RegisterPart] {
        let kinds = Set(improvements.map(\.intervention.kind)).sorted().map(RegisterPart.kind)
        let metrics = catalogue.metrics.map { RegisterPart.metric($0.name) }.filter { part in
            improvements.contains { part.holds($0.intervention) }
        }
        return [.all] + (kinds.count > 1 ? kinds : []) + (metrics.count > 1 ? metrics : [])
    }
}
