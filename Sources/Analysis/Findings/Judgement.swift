import Model

extension Finding.Goodness {
    /// How a change is met. A difference between groups has no good way: which of them is first is only their order.
    init(of estimate: Double, kind: Finding.Kind, direction: Direction) {
        guard kind != .groupDifference, kind != .correlation, kind != .season, kind != .hours, estimate != 0 else {
            self = .neutral
            return
        }
        switch direction {
        case .higher: self = estimate > 0 ? .better : .worse
        case .lower: self = estimate < 0 ? .better : .worse
        case .neutral: self = .neutral
        }
    }
}

extension Finding.Severity {
    /// `critical` for a change for the worse that is large, `warning` for one that is medium, `note` for all else.
    init(of standardised: Double, goodness: Finding.Goodness, steps: AnalysisSettings.EffectSteps) {
        let size = abs(standardised)
        if goodness == .worse, size >= steps.large {
            self = .critical
        } else if goodness == .worse, size >= steps.medium {
            self = .warning
        } else {
            self = .note
        }
    }
}
