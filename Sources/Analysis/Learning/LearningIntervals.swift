import Statistics

extension Moments {
    /// Student's interval of the mean of these values; nil below two and where they do not vary.
    public func learningInterval(level: Double) -> Interval? { meanInterval(level: level, isProportion: false) }
}
