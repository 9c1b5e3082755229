import Model
import Statistics

/// What drove the change of a mean between two periods: what happened within groups and how their shares moved.
///
/// With shares w and means m of the groups in the earlier (0) and the later period (1), M̄ the middle of both overall means:
/// within = (w₀ + w₁) / 2 · (m₁ − m₀) and mix = (w₁ − w₀) · ((m₀ + m₁) / 2 − M̄). Over all groups the two add up to the change
/// of the overall mean exactly (up to rounding), whatever the order of the periods. A group that is in one period only has
/// no change within; all that it brings is mix. Source: E. M. Kitagawa, J. Am. Stat. Assoc. 50 (1955) 1168–1194,
/// doi:10.1080/01621459.1955.10501299.
public struct ChangeDrivers: Sendable, Hashable {
    /// The later period.
    public var current: Period
    /// The earlier one.
    public var baseline: Period
    /// The change of the overall mean.
    public var change: Double
    /// The sum of the groups' changes within.
    public var within: Double
    /// The sum of the groups' changes of share.
    public var mix: Double
    /// The groups, the largest contribution first; nil names the records without a value of the dimension.
    public var parts: [Part]

    /// What one group contributed.
    public struct Part: Sendable, Hashable {
        /// The dimension's value; nil for records without one.
        public var value: String?
        /// Records with a value of the metric, earlier and later.
        public var counts: [Int]
        /// From the change of its own mean.
        public var within: Double
        /// From the change of its share.
        public var mix: Double
        /// Both.
        public var total: Double { within + mix }
    }
}

extension ChangeDrivers {
    /// One group in both periods.
    struct Side {
        let value: String?
        let baseline: Moments
        let current: Moments
    }

    /// Every group in two periods, and what is left of all records: those without a value and groups that are not kept.
    ///
    /// - Parameter days: of a metric in each group of a dimension, and under nil over all records.
    static func sides(
        _ days: [String?: [DayFigures]], _ baseline: Period, _ current: Period
    ) -> [Side] {
        let values = days.keys.compactMap { $0 }.sorted()
        let named = values.map { value in
            Side(
                value: value, baseline: days[value]?.moments(in: baseline) ?? Moments(),
                current: days[value]?.moments(in: current) ?? Moments())
        }
        let rest = { (period: Period, side: (Side) -> Moments) -> Moments in
            let all = (days[nil] ?? []).moments(in: period)
            let known = named.reduce((n: 0, sum: 0.0)) {
                ($0.n + side($1).n, $0.sum + Double(side($1).n) * side($1).mean)
            }
            let left = all.n - known.n
            guard left > 0 else { return Moments() }
            return Moments(
                n: left, mean: (Double(all.n) * all.mean - known.sum) / Double(left), m2: 0, m3: 0, m4: 0)
        }
        return named + [
            Side(
                value: nil, baseline: rest(baseline) { $0.baseline }, current: rest(current) { $0.current })
        ]
    }

    /// The decomposition of the change between two periods.
    ///
    /// - Parameter sides: disjoint groups that hold every record together.
    ///
    /// Fails where a period has fewer than `needed` values.
    init(_ sides: [Side], current: Period, baseline: Period, needed: Int) throws(Absence) {
        var (early, late) = (Moments(), Moments())
        for side in sides {
            early.merge(side.baseline)
            late.merge(side.current)
        }
        let fewest = min(early.n, late.n)
        guard fewest >= max(1, needed) else {
            throw fewest == 0 ? .noRecords : .tooFew(.records, found: fewest, needed: needed)
        }
        let middle = (early.mean + late.mean) / 2
        parts = sides.filter { $0.baseline.n + $0.current.n > 0 }.map { side in
            let w0 = Double(side.baseline.n) / Double(early.n), w1 = Double(side.current.n) / Double(late.n)
            let m0 = side.baseline.n > 0 ? side.baseline.mean : side.current.mean
            let m1 = side.current.n > 0 ? side.current.mean : m0
            return Part(
                value: side.value, counts: [side.baseline.n, side.current.n], within: (w0 + w1) / 2 * (m1 - m0),
                mix: (w1 - w0) * ((m0 + m1) / 2 - middle))
        }.sorted { (abs($1.total), $0.value ?? "") < (abs($0.total), $1.value ?? "") }
        self.current = current
        self.baseline = baseline
        change = late.mean - early.mean
        within = parts.reduce(0) { $0 + $1.within }
        mix = parts.reduce(0) { $0 + $1.mix }
    }
}
