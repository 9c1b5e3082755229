import Statistics

/// A statistical interval with its level, as Statistics computes it; a prediction interval where the result says so.
public typealias Interval = Statistics.Interval

extension Interval {
    /// Whether the two share a value, ends included.
    public func overlaps(_ other: Interval) -> Bool { low <= other.high && other.low <= high }

    /// The interval multiplied by a factor; a negative one swaps the ends.
    public func scaled(by factor: Double) -> Interval {
        let ends = (low * factor, high * factor)
        return Interval(low: Swift.min(ends.0, ends.1), high: Swift.max(ends.0, ends.1), level: level)
    }
}
