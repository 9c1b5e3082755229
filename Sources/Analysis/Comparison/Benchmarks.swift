import Model
import Partials
import Statistics

/// An outside number that a metric is held against, with where it comes from.
public struct Benchmark: Sendable, Hashable {
    /// The metric's name.
    public var metric: String
    /// What the number is called.
    public var name: String
    /// The number, in the metric's unit.
    public var value: Double
    /// Where it comes from.
    public var source: String

    /// Names a benchmark.
    public init(metric: String, name: String, value: Double, source: String) {
        self.metric = metric
        self.name = name
        self.value = value
        self.source = source
    }
}

/// A metric against a benchmark over the look-back period.
public struct BenchmarkResult: Sendable, Hashable {
    /// The benchmark.
    public var benchmark: Benchmark
    /// Records with a value.
    public var n: Int
    /// mean − benchmark; fails without values.
    public var gap: Answer<Double>
    /// The interval of the gap.
    public var interval: Interval?
    /// The share of values at or above the benchmark, with Wilson's interval and how near it is.
    public var share: Answer<ShareFigures>
    /// The share of values that meet the benchmark, hence at or above it where more is better and at or below it where less is;
    /// fails with `.notDeclared` for a metric without a good way.
    public var meeting: Answer<ShareFigures>
    /// How much the mean would have to move the good way to reach the benchmark; 0 where it does, nil for a metric
    /// without a good way.
    public var potential: Double?
}

/// A share with its interval.
public struct ShareFigures: Sendable, Hashable {
    /// The share.
    public var value: Double
    /// Wilson's interval.
    public var interval: Interval
    /// How near it is.
    public var exactness: Exactness
}

extension ShareFigures {
    /// The share of values that are meant; fails where they were not counted.
    fileprivate static func of(
        _ partial: Partial, level: Double, _ isMeant: (Double) -> Bool
    ) -> Answer<ShareFigures> {
        computed { () throws(Undefined) in
            let counts = try ValueCounts(toldBy: partial)
            let meant = zip(counts.sample.values, counts.sample.counts).reduce(0) { isMeant($1.0) ? $0 + $1.1 : $0 }
            let found = try WilsonInterval(successes: meant, of: counts.sample.n, level: level)
            return ShareFigures(value: found.proportion, interval: found.interval, exactness: counts.exactness)
        }
    }
}

extension BenchmarkResult {
    /// A benchmark against all records of a period.
    init(_ benchmark: Benchmark, metric: Metric, partial: Partial?, level: Double) {
        guard let partial, let mean = Optional(partial.moments.mean) else {
            self.init(
                benchmark: benchmark, n: 0, gap: .failure(.noRecords), interval: nil, share: .failure(.noRecords),
                meeting: .failure(.noRecords), potential: nil)
            return
        }
        let reach = partial.moments.meanInterval(of: metric, level: level)
        let above = ShareFigures.of(partial, level: level) { $0 >= benchmark.value }
        let meeting: Answer<ShareFigures> =
            switch metric.direction {
            case .higher: above
            case .lower: ShareFigures.of(partial, level: level) { $0 <= benchmark.value }
            case .neutral: .failure(.notDeclared)
            }
        let gap = mean - benchmark.value
        let potential: Double? =
            switch metric.direction {
            case .higher: max(0, -gap)
            case .lower: max(0, gap)
            case .neutral: nil
            }
        self.init(
            benchmark: benchmark, n: partial.n, gap: .success(gap),
            interval: reach.map {
                Interval(low: $0.low - benchmark.value, high: $0.high - benchmark.value, level: $0.level)
            }, share: above, meeting: meeting, potential: potential)
    }
}
