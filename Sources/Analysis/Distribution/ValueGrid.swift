/// The grid of values that are whole multiples of a step, as counts are.
struct ValueGrid: Sendable, Hashable {
    /// The distance between neighbours.
    let step: Double

    /// The largest step of which all differences are multiples, where values repeat on it: at most a third as many distinct values as
    /// values. Nil where there is none, and for fewer than three distinct values.
    ///
    /// The step is the smallest difference of neighbours; each other difference may be off a multiple by 10⁻⁶ of a step.
    init?(_ values: [Double]) {
        let distinct = Set(values).sorted()
        guard distinct.count > 2, 3 * distinct.count <= values.count else { return nil }
        let gaps = zip(distinct.dropFirst(), distinct).map { $0 - $1 }
        guard let least = gaps.min() else { return nil }
        let isGrid = gaps.allSatisfy { gap in
            let steps = gap / least
            return abs(steps - steps.rounded()) <= 1e-6 * steps
        }
        guard isGrid else { return nil }
        step = least
    }

    /// Each value spread evenly over the step around it, so that what has one hill by its counts has one hill.
    func spread(_ values: some Collection<Double>) -> [Double] {
        let counts = values.reduce(into: [Double: Int]()) { $0[$1, default: 0] += 1 }
        return counts.flatMap { value, count in
            (0..<count).map { value + step * ((Double($0) + 0.5) / Double(count) - 0.5) }
        }
    }
}
