import Statistics

/// Whether a level that began on some day has gone again before the newest one.
///
/// It has where one that ended leaves less unexplained than one up to now by more than log n of the variance of a value, for one
/// more place that was chosen. Source: G. Schwarz, Ann. Statist. 6 (1978) 461–464, doi:10.1214/aos/1176344136.
enum ReturnedLevel {
    /// How many values the level had; nil where it lasts.
    ///
    /// - Parameters:
    ///   - steps: the values since the level began, each less what was usual before.
    ///   - least: how many values there must be after the end.
    ///   - scatter: the squares that are left of the earlier values about what was usual.
    ///   - n: how many these are.
    ///   - levels: how many means were taken of them.
    static func end(of steps: [Double], leaving least: Int, scatter: Double, of n: Int, levels: Int) -> Int? {
        let ended = steps.indices.dropFirst().dropLast(least - 1).map { end -> (end: Int, rest: Double) in
            (end, Moments(Array(steps[..<end])).m2 + steps[end...].reduce(0) { $0 + $1 * $1 })
        }
        guard let best = ended.min(by: { $0.rest < $1.rest }) else { return nil }
        let variance = (scatter + best.rest) / Double(max(1, n + steps.count - levels - 1))
        return Moments(steps).m2 - best.rest > Logarithm.of(Double(n + steps.count)) * variance ? best.end : nil
    }
}
