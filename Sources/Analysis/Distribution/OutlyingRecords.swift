import Model
import Partials

/// Records whose value of a metric is far from the others, so that somebody can look at them.
public struct OutlyingRecords: Sendable, Hashable {
    /// The metric's name.
    public var metric: String
    /// Those that the most rules name, then those that lie farthest; at most `AnalysisSettings.outlyingRecords`.
    /// None where records name people.
    public var records: [OutlyingRecord]
    /// How many records of the sample lie beyond the fences of at least one rule.
    public var count: Int
    /// Whether all records of the period were looked at or a sample of them.
    public var exactness: Exactness
}

/// One of them.
public struct OutlyingRecord: Sendable, Hashable {
    /// The record's id in the export; empty where it has none.
    public var id: String
    /// Its day.
    public var day: Day
    /// Its value.
    public var value: Double
    /// The rules beyond whose fences it lies.
    public var rules: [OutlierFigures.Rule]
    /// How far it lies from the median, in interquartile ranges, with sign; nil where the quartiles are equal.
    public var distance: Double?
    /// Its value of each dimension of the catalogue, in order; nil is missing.
    public var values: [String?]
}

extension OutlyingRecords {
    /// The outlying records of a metric, by its place in the catalogue, in a sample of all records of the period; nil where
    /// there are no fences or no record lies beyond them.
    init?(
        of metric: Metric, at index: Int, _ sample: RecordSample, result: DistributionResult, dimensions: Int,
        settings: AnalysisSettings
    ) {
        guard let fences = result.outliers.value?.fences, !fences.isEmpty, let quantiles = result.quantiles.value else {
            return nil
        }
        let column = sample.values(metric: index)
        let range = quantiles.iqr
        var found: [(row: Int, rules: [OutlierFigures.Rule], distance: Double)] = []
        for row in column.indices where column[row].isFinite {
            let rules = fences.filter { column[row] < $0.low || column[row] > $0.high }.map(\.rule)
            if !rules.isEmpty { found.append((row, rules, column[row] - quantiles.median)) }
        }
        guard !found.isEmpty else { return nil }
        found.sort {
            ($1.rules.count, abs($1.distance), sample.records.keys[$0.row])
                < ($0.rules.count, abs($0.distance), sample.records.keys[$1.row])
        }
        let hasIds = sample.records.ids.count == sample.count
        self.init(
            metric: metric.name,
            records: found.prefix(sample.isOfPeople ? 0 : settings.outlyingRecords).map { entry in
                OutlyingRecord(
                    id: hasIds ? sample.records.ids[entry.row] : "", day: Day(number: sample.records.days[entry.row]),
                    value: column[entry.row], rules: entry.rules, distance: range > 0 ? entry.distance / range : nil,
                    values: (0..<dimensions).map { sample.value(dimension: $0, at: entry.row) })
            }, count: found.count,
            exactness: sample.isComplete ? .exact : .sampled(n: sample.count, of: sample.population))
    }
}
