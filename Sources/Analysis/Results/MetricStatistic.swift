import Model
import Partials
import Statistics

/// What is read of the values of a metric over some days: the one number that an alert rule or a KPI looks at.
public enum MetricStatistic: Sendable, Hashable {
    /// The arithmetic mean; the share, for a proportion.
    case mean
    /// The quantile of type 7 at a share within 0 and 1.
    case quantile(Double)
    /// The share of values above a limit.
    case shareAbove(Double)
    /// The share of values below a limit.
    case shareBelow(Double)
    /// Records with a value.
    case count
    /// The share of records without one.
    case missingShare
}

/// A side of a limit.
public enum LimitSide: String, Sendable, Hashable, CaseIterable {
    /// Larger than the limit.
    case above
    /// Smaller than the limit.
    case below

    /// The other side.
    public var opposite: LimitSide { self == .above ? .below : .above }

    /// Whether a number lies on this side of a limit; the limit itself does not.
    public func holds(_ value: Double, of limit: Double) -> Bool { self == .above ? value > limit : value < limit }
}

extension MetricStatistic {
    /// The statistic of a name: `mean`, `p1` to `p99`, `n`, `missing_share`, and with a limit `share_above`, `share_below`.
    public init?(name: String, limit: Double? = nil) {
        switch (name, limit) {
        case ("mean", nil): self = .mean
        case ("n", nil): self = .count
        case ("missing_share", nil): self = .missingShare
        case ("share_above", let limit?): self = .shareAbove(limit)
        case ("share_below", let limit?): self = .shareBelow(limit)
        default:
            guard limit == nil, name.first == "p", let percent = Int(name.dropFirst()), (1...99).contains(percent),
                name.dropFirst() == "\(percent)"
            else { return nil }
            self = .quantile(Double(percent) / 100)
        }
    }

    /// The names that configurations use; every whole percentage from `p1` to `p99` is one.
    public static let names = ["mean", "p50", "p90", "p95", "p99", "share_above", "share_below", "n", "missing_share"]

    /// Its name in configuration and JSON.
    public var name: String {
        switch self {
        case .mean: "mean"
        case .quantile(let share): "p\(Int((share * 100).rounded()))"
        case .shareAbove: "share_above"
        case .shareBelow: "share_below"
        case .count: "n"
        case .missingShare: "missing_share"
        }
    }

    /// The limit of a share; nil for others.
    public var limit: Double? {
        switch self {
        case .shareAbove(let limit), .shareBelow(let limit): limit
        default: nil
        }
    }

    /// Whether it is a share of records, from 0 to 1, for a metric.
    public func isShare(of metric: Metric?) -> Bool {
        switch self {
        case .shareAbove, .shareBelow, .missingShare: true
        case .mean: metric?.isProportion ?? false
        case .quantile, .count: false
        }
    }

    /// Whether it needs the counts of values and not only their sums.
    var needsCounts: Bool {
        switch self {
        case .quantile, .shareAbove, .shareBelow: true
        case .mean, .count, .missingShare: false
        }
    }

    /// The side on which the statistic of a metric is bad; nil where the metric has no good direction.
    ///
    /// More missing and fewer records are bad whatever the metric; a share above a limit is bad where high values are.
    public func badSide(for direction: Direction?) -> LimitSide? {
        let ofValues: LimitSide? =
            switch direction {
            case .higher: .below
            case .lower: .above
            case .neutral, nil: nil
            }
        return switch self {
        case .mean, .quantile, .shareAbove: ofValues
        case .shareBelow: ofValues?.opposite
        case .count: .below
        case .missingShare: .above
        }
    }
}

/// A statistic over some days, with what is known about it.
public struct StatisticFigure: Sendable, Hashable {
    /// The number.
    public var value: Double
    /// Student's t interval of a mean, Wilson's of a share, the bootstrap's of a quantile (`QuantileInterval`), to the
    /// outer edges of their bins where values were counted in bins; fails where there are too few values for one, and for counts, which are known.
    public var interval: Answer<Interval>
    /// Records with a value.
    public var n: Int
    /// How near it is.
    public var exactness: Exactness
}

extension MetricStatistic {
    /// The statistic of merged days.
    ///
    /// - Parameters:
    ///   - partial: nil where the group has no value.
    ///   - records: of the group, with and without a value.
    ///
    /// Cost: the distinct values or bins.
    func figure(
        of partial: Partial?, records: Int, metric: Metric, level: Double
    ) -> Answer<StatisticFigure> {
        let n = partial?.n ?? 0
        switch self {
        case .count:
            return .success(
                StatisticFigure(value: Double(n), interval: .failure(.notDeclared), n: n, exactness: .exact))
        case .missingShare: return Self.share(of: records - n, in: records, exactness: .exact, level: level)
        case .mean:
            guard let moments = partial?.moments else { return .failure(.noRecords) }
            let interval = moments.meanInterval(of: metric, level: level)
            return .success(
                StatisticFigure(
                    value: moments.mean,
                    interval: interval.map { .success($0) }
                        ?? .failure(n < 2 ? .tooFew(.records, found: n, needed: 2) : .constant), n: n,
                    exactness: .exact))
        case .quantile(let share):
            guard let partial else { return .failure(.noRecords) }
            return Self.quantile(share, of: partial, level: level)
        case .shareAbove, .shareBelow:
            guard let partial else { return .failure(.noRecords) }
            return computed { () throws(Undefined) in try ValueCounts(toldBy: partial) }.flatMap { counts in
                Self.share(of: hits(in: counts.sample), in: n, exactness: counts.exactness, level: level)
            }
        }
    }

    /// Values beyond the limit of a share; binned ones count by the middle of their bin.
    func hits(in sample: CountedSample) -> Int {
        let (side, limit): (LimitSide, Double) =
            switch self {
            case .shareAbove(let limit): (.above, limit)
            case .shareBelow(let limit): (.below, limit)
            default: (.above, .infinity)
            }
        return zip(sample.values, sample.counts).reduce(0) { side.holds($1.0, of: limit) ? $0 + $1.1 : $0 }
    }

    private static func share(
        of hits: Int, in n: Int, exactness: Exactness, level: Double
    ) -> Answer<StatisticFigure> {
        computed { () throws(Undefined) in
            let found = try WilsonInterval(successes: hits, of: n, level: level)
            return StatisticFigure(
                value: found.proportion, interval: .success(found.interval), n: n, exactness: exactness)
        }
    }

    private static func quantile(
        _ share: Double, of partial: Partial, level: Double
    ) -> Answer<StatisticFigure> {
        computed { () throws(Undefined) in
            let counts = try ValueCounts(toldBy: partial)
            let held = { (value: Double) in min(partial.maximum, max(partial.minimum, value)) }
            let value = held(try Quantiles(counts.sample)(share))
            let found: Answer<Interval> = computed { () throws(Undefined) in
                let ends = try QuantileInterval(
                    counts.sample, share: share, level: level, method: .bootstrap
                ).interval
                // A value that was counted in a bin can be anywhere in it: the ends reach to the bins' outer edges.
                let edges = { (value: Double) -> ClosedRange<Double> in
                    guard let bins = counts.bins, let place = counts.sample.values.firstIndex(of: value) else {
                        return value...value
                    }
                    return bins[place]
                }
                return Interval(
                    low: held(edges(ends.low).lowerBound), high: held(edges(ends.high).upperBound), level: level)
            }
            return StatisticFigure(value: value, interval: found, n: partial.n, exactness: counts.exactness)
        }
    }
}
