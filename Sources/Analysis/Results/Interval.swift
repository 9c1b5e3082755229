import Statistics

/// A statistical interval with its level, as Statistics computes it; a prediction interval where the result says so.
public typealias Interval = Statistics.Interval

extension Interval {
    /// Whether the two share a value, ends included.
    public func overlaps(_ other: Interval) -> Bool { low <= other.high && other.low <= high }

    /// The interval cut off at the ends of a range that no value can leave; as it is without one.
    public func held(within range: ClosedRange<Double>?) -> Interval {
        guard let range else { return self }
        let ends = (range.holding(low), range.holding(high))
        return Interval(low: ends.0, high: ends.1, level: level)
    }

    /// The interval multiplied by a factor; a negative one swaps the ends.
    public func scaled(by factor: Double) -> Interval {
        let ends = (low * factor, high * factor)
        return Interval(low: Swift.min(ends.0, ends.1), high: Swift.max(ends.0, ends.1), level: level)
    }
}

extension ClosedRange<Double> {
    /// The value, or the end of the range that it lies beyond.
    func holding(_ value: Double) -> Double { Swift.min(upperBound, Swift.max(lowerBound, value)) }
}
