import Model
import Partials
import Statistics

/// How a metric depends on the local hour in which its records begin.
public struct HourProfile: Sendable, Hashable {
    /// The metric's name.
    public var metric: String
    /// Hours with enough values, in order.
    public var levels: [HourLevel]
    /// Kruskal–Wallis between the hours.
    public var test: TestFigures
    /// ε², the share of the variance of ranks that lies between the hours: 0 none, 1 all.
    public var epsilonSquared: Double
    /// Values behind it.
    public var n: Int
    /// Whether all records of the period are in it or a sample of them.
    public var exactness: Exactness
}

/// One hour of the day.
public struct HourLevel: Sendable, Hashable {
    /// 0 to 23.
    public var hour: Int
    /// Values.
    public var n: Int
    /// Their mean.
    public var mean: Double
    /// Its interval; nil for a single value.
    public var interval: Interval?
}

extension HourProfile {
    /// The hours of a metric, by its place in the catalogue, over a sample of all records of the period.
    ///
    /// Hours with fewer than `settings.minimumHour` values are left out. Fails where no record has a time of day, below two
    /// such hours, and with `.constant` where all values are equal. The hour is that of the wall clock: on the night that has
    /// it twice both count as one.
    static func of(
        _ metric: Metric, at index: Int, _ sample: RecordSample, settings: AnalysisSettings
    ) -> Answer<HourProfile> {
        let minutes = sample.records.minutes
        let column = sample.values(metric: index)
        var byHour = Array(repeating: [Double](), count: 24)
        for row in column.indices where column[row].isFinite && minutes[row] != RecordBatch.noMinute {
            byHour[Int(minutes[row]) / 60].append(column[row])
        }
        guard byHour.contains(where: { !$0.isEmpty }) else { return .failure(.undefined("no_time_of_day")) }
        let hours = byHour.indices.filter { byHour[$0].count >= settings.minimumHour }
        guard hours.count >= 2 else { return .failure(.tooFew(.groups, found: hours.count, needed: 2)) }
        return computed { () throws(Undefined) in try KruskalWallis(hours.map { byHour[$0] }) }.map { test in
            HourProfile(
                metric: metric.name,
                levels: hours.map { hour in
                    let moments = Moments(byHour[hour])
                    return HourLevel(
                        hour: hour, n: moments.n, mean: moments.mean,
                        interval: moments.meanInterval(level: settings.level, isProportion: metric.isProportion))
                },
                test: TestFigures(
                    method: .kruskalWallis, statistic: test.h, degreesOfFreedom: [Double(test.df)], p: test.p),
                epsilonSquared: test.epsilonSquared, n: test.sizes.reduce(0, +),
                exactness: sample.isComplete ? .exact : .sampled(n: sample.count, of: sample.population))
        }
    }
}
