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
    /// The mean of all values plus the mean distance of these from the mean of their day.
    public var mean: Double
    /// Its interval; nil for a single value and for values without spread.
    public var interval: Interval?
}

extension HourProfile {
    /// The hours of a metric, by its place in the catalogue, over a sample of all records of the period.
    ///
    /// Each value counts by its distance from the mean of its day, so that days which differ, and have their records at
    /// other hours, do not pass for hours that differ (aligned ranks: J. L. Hodges and E. L. Lehmann, Ann. Math. Stat. 33
    /// (1962) 482–497, doi:10.1214/aoms/1177704575). Hours with fewer than `settings.minimumHour` values are left out.
    /// Fails where no record has a time of day, below `settings.minimumPeriods` days, below two such hours, and with
    /// `.constant` where no value differs from its day. The hour is that of the wall clock: on the night that has it twice
    /// both count as one.
    static func of(
        _ metric: Metric, at index: Int, _ sample: RecordSample, settings: AnalysisSettings
    ) -> Answer<HourProfile> {
        let minutes = sample.records.minutes
        let column = sample.values(metric: index)
        let used = column.indices.filter { column[$0].isFinite && minutes[$0] != RecordBatch.noMinute }
        guard !used.isEmpty else { return .failure(.undefined("no_time_of_day")) }
        var days: [Int32: Moments] = [:]
        for row in used { days[sample.records.days[row], default: Moments()].add(column[row]) }
        guard days.count >= settings.minimumPeriods else {
            return .failure(.tooFew(.periods, found: days.count, needed: settings.minimumPeriods))
        }
        let centre = used.reduce(0) { $0 + column[$1] } / Double(used.count)
        // What would be equal but for the rounding of means is a tie of ranks.
        let quantum = Quantum(below: used.reduce(0) { max($0, abs(column[$1])) })
        var byHour = Array(repeating: [Double](), count: 24)
        for row in used {
            let mean = days[sample.records.days[row]]?.mean ?? centre
            byHour[Int(minutes[row]) / 60].append(quantum.rounded(centre + (column[row] - mean)))
        }
        let spread = Moments(byHour.flatMap { $0 })
        guard exceedsRounding(variance: spread.variance ?? 0, about: centre) else { return .failure(.constant) }
        let hours = byHour.indices.filter { byHour[$0].count >= settings.minimumHour }
        guard hours.count >= 2 else { return .failure(.tooFew(.groups, found: hours.count, needed: 2)) }
        return computed { () throws(Undefined) in try KruskalWallis(hours.map { byHour[$0] }) }.map { test in
            HourProfile(
                metric: metric.name,
                levels: hours.map { hour in
                    let moments = Moments(byHour[hour])
                    return HourLevel(
                        hour: hour, n: moments.n, mean: moments.mean,
                        interval: moments.meanInterval(
                            level: settings.level, isProportion: false, within: metric.range))
                },
                test: TestFigures(
                    method: .kruskalWallis, statistic: test.h, degreesOfFreedom: [Double(test.df)], p: test.p),
                epsilonSquared: test.epsilonSquared, n: test.sizes.reduce(0, +),
                exactness: sample.isComplete ? .exact : .sampled(n: sample.count, of: sample.population))
        }
    }
}

/// A step far below the figures of a column and far above their rounding.
private struct Quantum {
    private let step: Double

    init(below largest: Double) { step = largest > 0 ? largest.binade * 0x1p-38 : 1 }

    func rounded(_ value: Double) -> Double { (value / step).rounded() * step }
}
