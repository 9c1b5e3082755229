/// Expected values of the next steps of a series with their prediction intervals.
public struct Forecast: Sendable, Hashable {
    /// How the intervals were found.
    public enum Method: String, Sendable, Hashable {
        /// From the variance formula of the model with normal errors.
        case analytic
        /// From seeded simulated paths with normal errors.
        case simulated
        /// From the widest of several models and how far they disagree.
        case combined
    }

    /// The expected values, the next step first, in the unit of the data.
    public let values: [Double]
    /// The prediction interval of each step.
    public let intervals: [Interval]
    /// How the intervals were found.
    public let method: Method

    /// Values and intervals that a formula gave.
    public init(values: [Double], intervals: [Interval]) {
        self.init(values: values, intervals: intervals, method: .analytic)
    }

    init(values: [Double], intervals: [Interval], method: Method) {
        (self.values, self.intervals, self.method) = (values, intervals, method)
    }

    /// The first steps of it.
    public func first(_ steps: Int) -> Forecast {
        Forecast(values: Array(values.prefix(steps)), intervals: Array(intervals.prefix(steps)), method: method)
    }

    /// Normal intervals from the variance of each step.
    init(values: [Double], variances: [Double], level: Double) {
        let z = -Normal.quantile((1 - level) / 2)
        self.values = values
        intervals = zip(values, variances).map { Interval(centre: $0, reach: z * $1.squareRoot(), level: level) }
        method = .analytic
    }
}
