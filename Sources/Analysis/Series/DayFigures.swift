import Model
import Statistics

/// What one day says about a subject.
struct DayFigures: Sendable, Hashable {
    /// The day.
    let day: Day
    /// Number, mean and spread of the values.
    let moments: Moments
    /// Records without a value.
    let missing: Int
    /// Whether what the day says is left out because it would be of too few people; there are no values then, and none are missing.
    var isHeld = false

    /// Records with a value.
    var n: Int { moments.n }

    /// The mean; meaningless where `n` is 0.
    var mean: Double { moments.mean }
}

extension Sequence<DayFigures> {
    /// The moments of the days that lie in a period.
    func moments(in period: Period) -> Moments {
        var sum = Moments()
        for day in self where period.contains(day.day) { sum.merge(day.moments) }
        return sum
    }
}
