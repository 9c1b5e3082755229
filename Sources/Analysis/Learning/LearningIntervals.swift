import Statistics

extension Moments {
    /// Student's interval of the mean of qualities or scores, held within 0 to 1 as these are; nil below two and where they do not vary.
    public func learningInterval(level: Double) -> Interval? {
        meanInterval(level: level, isProportion: false).map {
            Interval(low: max(0, $0.low), high: min(1, $0.high), level: $0.level)
        }
    }
}
