import Statistics

extension Finding {
    /// What findings are ranked by: the part of the standardised effect that its interval leaves certain.
    ///
    /// The interval of the estimate is brought to the scale of the standardised effect and its end nearer to 0 is
    /// taken; 0 where it includes 0. So a large effect with a wide interval stands behind a middling one that is
    /// sure, and a tiny one is never first however small its p.
    var weight: Double {
        guard let interval, estimate != 0 else { return 0 }
        let scaled = interval.scaled(by: standardised / estimate)
        return scaled.contains(0) ? 0 : Swift.min(abs(scaled.low), abs(scaled.high))
    }
}
