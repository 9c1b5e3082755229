import Model

/// Where all metrics together go over the look-back period, from the direction of each over all records.
///
/// A metric counts as improving or declining by `ReportAnalyses.standingDirection`, hence by a test after correction over
/// the whole report, read through its direction of goodness; one without a good direction cannot do either.
public struct OverallVerdict: Sendable, Hashable {
    /// The verdict.
    public var word: Word
    /// Names of metrics by what they do, each in the catalogue's order.
    public var improving: [String] = []
    /// Moving away from what is good.
    public var declining: [String] = []
    /// Rising or falling without a good direction.
    public var moving: [String] = []
    /// Whose change, if any, is too small to matter.
    public var flat: [String] = []
    /// Whose data fit a change that matters and none.
    public var inconclusive: [String] = []
    /// With too little data.
    public var insufficient: [String] = []

    /// The verdicts. Raw values are those of JSON.
    public enum Word: String, Sendable, Hashable, CaseIterable {
        /// Some metric improves and none declines.
        case improving
        /// Some metric declines and none improves.
        case declining
        /// Some improve and some decline.
        case mixed
        /// None does either, and one could be judged at least.
        case stable
        /// No metric has enough data, or all records together are too few (`CoverageResult.shortfalls`).
        case insufficient
    }

    /// Reads the directions that stand in settled analyses.
    public init(of analyses: ReportAnalyses) {
        word = .insufficient
        for metric in analyses.catalogue.metrics {
            guard let trend = analyses.trend(of: Subject(metric: metric.name, group: .all)) else { continue }
            switch (analyses.standingDirection(of: trend), metric.direction) {
            case (.rising, .higher), (.falling, .lower): improving.append(metric.name)
            case (.rising, .lower), (.falling, .higher): declining.append(metric.name)
            case (.rising, .neutral), (.falling, .neutral): moving.append(metric.name)
            case (.flat, _): flat.append(metric.name)
            case (.inconclusive, _): inconclusive.append(metric.name)
            case (.insufficient, _): insufficient.append(metric.name)
            }
        }
        guard analyses.coverage.shortfalls(analyses.settings).isEmpty else { return }
        word =
            switch (improving.isEmpty, declining.isEmpty) {
            case (false, true): .improving
            case (true, false): .declining
            case (false, false): .mixed
            case (true, true): moving.isEmpty && flat.isEmpty && inconclusive.isEmpty ? .insufficient : .stable
            }
    }
}

extension ReportAnalyses {
    /// Where a subject goes: the way of a level that has moved for good, as a finding tells it, else the slope's. A step is no
    /// line, and its slope may well say nothing.
    public func standingDirection(of trend: TrendResult) -> TrendDirection {
        standingShift(of: trend).map { $0.estimate > 0 ? .rising : .falling } ?? trend.direction
    }
}
