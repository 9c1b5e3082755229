/// How coarsely means of people are told.
///
/// Whoever has two means and both numbers of people could tell the value of somebody who came between them. A mean is therefore rounded to a step of 1, 2 or 5 times a power of ten, at least 0.01 and at least the
/// spread of the values over their number: the value is then told no nearer than the values lie apart anyway.
enum CoarseMean {
    /// The step for the mean of some values.
    static func step(spread: Double, n: Int) -> Double {
        let needed = spread / Double(max(1, n))
        var (step, place) = (0.01, 0)
        while step < needed, step < 1e12 {
            step *= [2, 2.5, 2][place % 3]
            place += 1
        }
        return step
    }

    /// The step for the mean of some values.
    static func step(_ values: [Double]) -> Double {
        step(spread: (values.max() ?? 0) - (values.min() ?? 0), n: values.count)
    }

    /// The nearest multiple of a step.
    static func rounded(_ value: Double, to step: Double) -> Double {
        ((value / step).rounded() * step * 100).rounded() / 100
    }
}
