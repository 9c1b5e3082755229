import Analysis
import Yams

/// What stands under `analysis`.
extension SettingKey where Settings == AnalysisSettings {
    /// Every key.
    static let all: [SettingKey] = [
        whole("look_back_days", \.lookBackDays, 7...3_660),
        number("alpha", \.alpha, 0.000_1...0.5),
        number("level", \.level, 0.5...0.999_9),
        whole("minimum_periods", \.minimumPeriods, 3...366),
        whole("minimum_days", \.minimumDays, 0...366),
        whole("minimum_records", \.minimumRecords, 0...1_000_000_000),
        whole("minimum_group", \.minimumGroup, 2...1_000_000),
        whole("maximum_groups", \.maximumGroups, 2...200),
        whole("maximum_entangled", \.maximumEntangled, 0...50),
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
}
