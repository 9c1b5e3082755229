import Model
import Statistics

/// A measurement that came with the exports, checked against our own figures.
public struct MeasurementCheck: Sendable, Hashable {
    /// What is wrong with a measurement.
    public enum Fault: String, Sendable, Hashable, CaseIterable {
        /// The supplied change lies outside the interval of ours, with that of its own number of records where it says one.
        case change
        /// The supplied value lies outside the interval of ours for that day.
        case value
        /// The supplied change is not current − baseline.
        case arithmetic
        /// The supplied number of records is not ours.
        case records
    }

    /// As supplied.
    public var measurement: Measurement
    /// The supplied change, or current − baseline where only those are given.
    public var suppliedChange: Double?
    /// Our own change from the baseline to the days from the start to the day of the measurement.
    public var ownChange: Answer<ChangeFigures>
    /// Our own mean of that day, with what a value that comes alone is compared.
    public var ownValue: Answer<DayMean>
    /// Our records: of that day for a value that comes alone, else from the first day of the baseline to that day.
    public var ownRecords: Int
    /// What is wrong with it, in the order of the cases.
    public var faults: [Fault]

    /// Whether there is a figure of ours to hold it against.
    public var isComparable: Bool { suppliedChange != nil ? ownChange.value != nil : ownValue.value != nil }

    /// The mean of a day.
    public struct DayMean: Sendable, Hashable {
        /// The mean.
        public var mean: Double
        /// Its interval; nil where the day's values do not tell it.
        public var interval: Interval?
    }
}

extension MeasurementCheck {
    /// A value without baseline and change is taken for the mean of its day, any other measurement for what changed since
    /// the start. A supplied change is held against current − baseline as exactly as the three are written: they are
    /// rounded, each by half of its last decimal. More records than there are from the first day of the baseline on
    /// cannot be behind a change; behind the value of a day stand that day's.
    init(
        _ measurement: Measurement, of metric: Metric?, from start: Day, baseline: Period, days: [DayFigures],
        known: FirstOrderDependence?, idle: Absence?, level: Double
    ) {
        let told = Self.difference(measurement)
        let supplied = measurement.change ?? told
        let whole = Period(from: min(baseline.start, measurement.day), through: measurement.day)
        let recordSD = days.moments(in: whole).summarySD
        let own: Answer<ChangeFigures> = caught { () throws(Absence) in
            if let idle { throw idle }
            guard start <= measurement.day else { throw .beforeStart }
            let measured = Period(from: start, through: measurement.day)
            return try ChangeFigures.betweenDependent(
                days, measured, and: baseline, known: known, recordSD: recordSD, level: level)
        }
        let day = days.first { $0.day == measurement.day && $0.n > 0 }
        let value: Answer<DayMean> =
            day.map { day in
                .success(
                    DayMean(
                        mean: day.mean, interval: metric.flatMap { day.moments.meanInterval(of: $0, level: level) }))
            } ?? .failure(.noRecords)
        let records =
            supplied == nil
            ? day?.n ?? 0
            : days.moments(in: whole).n
        self.init(
            measurement: measurement, suppliedChange: supplied, ownChange: own, ownValue: value, ownRecords: records,
            faults: [])
        faults = Fault.allCases.filter { fault in
            switch fault {
            case .change: isChangeWrong(recordSD: recordSD)
            case .value: supplied == nil && isValueWrong
            case .arithmetic: isArithmeticWrong(told)
            case .records: isNumberWrong
            }
        }
    }

    private static func difference(_ measurement: Measurement) -> Double? {
        guard let current = measurement.current, let earlier = measurement.baseline else { return nil }
        return current - earlier
    }

    /// Whether the supplied change is another one than ours: its records, if it says how many, vary as ours do.
    private func isChangeWrong(recordSD: Double?) -> Bool {
        guard let change = suppliedChange, let own = ownChange.value, !own.interval.contains(change) else {
            return false
        }
        guard let n = measurement.sampleSize, n > 0, let sd = recordSD else { return true }
        let reach = change < own.difference ? own.difference - own.interval.low : own.interval.high - own.difference
        let theirs = Normal.quantile((1 + own.interval.level) / 2) * sd / Double(n).squareRoot()
        let gap = change - own.difference
        return gap * gap > reach * reach + theirs * theirs
    }

    private var isValueWrong: Bool {
        guard let supplied = measurement.current, let own = ownValue.value else { return false }
        let rounding = Self.rounding([supplied])
        return abs(supplied - own.mean) > rounding && own.interval?.contains(supplied) != true
    }

    private func isArithmeticWrong(_ told: Double?) -> Bool {
        guard let change = measurement.change, let told, let current = measurement.current,
            let earlier = measurement.baseline
        else { return false }
        return abs(change - told) > 3 * Self.rounding([change, current, earlier])
    }

    private var isNumberWrong: Bool {
        guard let n = measurement.sampleSize, ownValue.value != nil || suppliedChange != nil else { return false }
        return suppliedChange == nil ? n != ownRecords : n > ownRecords
    }

    /// Half of the last decimal that any of the numbers has, and a little for what doubles cannot hold.
    private static func rounding(_ values: [Double]) -> Double {
        let decimals = values.map { value in
            let text = String(describing: abs(value))
            guard let point = text.firstIndex(of: "."), !text.contains("e"), !text.hasSuffix(".0") else { return 0 }
            return text.distance(from: point, to: text.endIndex) - 1
        }
        var unit = 0.5
        for _ in 0..<(decimals.max() ?? 0) { unit /= 10 }
        return unit * (1 + 1e-6)
    }
}
