/// A statistical interval: confidence, prediction or bootstrap, as the result that carries it says.
public struct Interval: Sendable, Hashable {
    /// The lower end, in the unit of the estimate; `-Double.infinity` for a one-sided interval.
    public let low: Double
    /// The upper end, in the unit of the estimate; `Double.infinity` for a one-sided interval.
    public let high: Double
    /// The nominal coverage, strictly between 0 and 1, for example 0.95.
    public let level: Double

    /// Makes an interval from its ends; the caller guarantees `low <= high`.
    public init(low: Double, high: Double, level: Double) {
        self.low = low
        self.high = high
        self.level = level
    }

    /// The distance between the ends.
    public var width: Double { high - low }

    /// Whether `value` lies between the ends, both included.
    public func contains(_ value: Double) -> Bool { low <= value && value <= high }
}

extension Interval {
    /// The symmetric interval `centre ± reach`.
    init(centre: Double, reach: Double, level: Double) {
        self.init(low: centre - reach, high: centre + reach, level: level)
    }
}
