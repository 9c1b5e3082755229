import Analysis
import Yams

/// A setting of the analysis that `assay.yaml` may change: its key and where it goes.
///
/// A further setting is a row here; its default stands in `AnalysisSettings`.
struct AnalysisKey: Sendable {
    let name: String
    let apply: @Sendable (inout AnalysisSettings, Node, inout YAMLReader) -> Void

    /// Every key under `analysis`.
    static let all: [AnalysisKey] = [
        whole("look_back_days", \.lookBackDays, 7...3_660),
        number("alpha", \.alpha, 0.000_1...0.5),
        number("level", \.level, 0.5...0.999_9),
        whole("minimum_periods", \.minimumPeriods, 3...366),
        whole("minimum_group", \.minimumGroup, 2...1_000_000),
        whole("maximum_groups", \.maximumGroups, 2...200),
        whole("small_group", \.smallGroup, 0...1_000_000_000),
        whole("small_total", \.smallTotal, 0...1_000_000_000),
        number("small_coverage", \.smallCoverage, 0...1),
        whole("edge_days", \.edgeDays, 1...90),
        whole("current_days", \.currentDays, 1...366),
        number("smallest_effect", \.smallestEffect, 0...2),
        number("volatile_cv", \.volatileCV, 0...10),
        whole("baseline_days", \.baselineDays, 1...366),
        number("notable_correlation", \.notableCorrelation, 0...1),
        whole("minimum_decomposed", \.minimumDecomposed, 8...366),
        number("anomaly_score", \.anomalyScore, 1...100),
        whole("forecast_days", \.forecastDays, 0...366),
        whole("minimum_forecast", \.minimumForecast, 5...366),
        number("shape_distance", \.shapeDistance, 0...1),
        number("outlier_quartiles", \.outlierQuartiles, 0...100),
        number("outlier_z", \.outlierZ, 0...100),
        number("outlier_modified_z", \.outlierModifiedZ, 0...100),
        number("forest_score", \.forestScore, 0...1),
        days("follow_up_days", \.followUpDays, 1...366),
        whole("overdue_days", \.overdueDays, 1...3_660),
        whole("alert_days", \.alertDays, 1...3_660),
        whole("minimum_segment", \.minimumSegment, 3...366),
    ]

    private static func whole(
        _ name: String, _ path: any WritableKeyPath<AnalysisSettings, Int> & Sendable, _ range: ClosedRange<Int>
    ) -> AnalysisKey {
        AnalysisKey(name: name) { settings, node, reader in
            if let value = reader.integer(node, of: "`\(name)`", in: range) { settings[keyPath: path] = value }
        }
    }

    private static func days(
        _ name: String, _ path: any WritableKeyPath<AnalysisSettings, [Int]> & Sendable, _ range: ClosedRange<Int>
    ) -> AnalysisKey {
        AnalysisKey(name: name) { settings, node, reader in
            let found = reader.list(node).compactMap { reader.integer($0, of: "a day of `\(name)`", in: range) }
            if !found.isEmpty { settings[keyPath: path] = Array(Set(found)).sorted() }
        }
    }

    private static func number(
        _ name: String, _ path: any WritableKeyPath<AnalysisSettings, Double> & Sendable, _ range: ClosedRange<Double>
    ) -> AnalysisKey {
        AnalysisKey(name: name) { settings, node, reader in
            guard let value = reader.number(node, of: "`\(name)`") else { return }
            guard range.contains(value) else {
                reader.fail(
                    "`\(name)` must lie between \(range.lowerBound) and \(range.upperBound), found \(value)", at: node)
                return
            }
            settings[keyPath: path] = value
        }
    }
}
