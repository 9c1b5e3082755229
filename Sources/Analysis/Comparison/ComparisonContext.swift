import Model
import Partials
import Statistics

/// What comparisons read beside the merged partials of their groups.
struct ComparisonContext {
    let table: PartialTable
    let period: Period
    let settings: AnalysisSettings
    private let pairs: PairMoments
    private let crossed: CrossedRecords

    /// - Parameter sample: of all records of the period.
    init(_ table: PartialTable, sample: RecordSample, period: Period, settings: AnalysisSettings) {
        self.table = table
        self.period = period
        self.settings = settings
        pairs = PairMoments(table, period: period)
        crossed = CrossedRecords(sample, catalogue: table.catalogue, settings: settings)
    }

    /// Adds to a comparison what it takes other groups or periods to tell.
    ///
    /// - Parameter days: the days of the metric in each group of the dimension, and under nil over all records.
    func complete(_ comparison: inout ComparisonResult, days: [String?: [DayFigures]]) {
        for index in comparison.pairs.indices {
            comparison.pairs[index].adjustments = pairs.adjustments(
                of: comparison.metric, dimension: comparison.dimension, a: comparison.pairs[index].a,
                b: comparison.pairs[index].b, catalogue: table.catalogue, level: settings.level)
        }
        comparison.addLikeRecords(crossed, level: settings.level)
        comparison.addMovement(days, through: period.last, settings: settings)
    }
}

extension ComparisonResult {
    /// Adds what drove the newest change of the mean and how the places of the groups moved; nothing without a last day.
    ///
    /// - Parameter days: the days of the metric in each group of the dimension, and under nil over all records.
    mutating func addMovement(_ days: [String?: [DayFigures]], through last: Day?, settings: AnalysisSettings) {
        guard let last else { return }
        let week = Period(days: settings.currentDays, through: last)
        let before = Period(days: settings.currentDays, through: week.start.advanced(by: -1))
        drivers = caught { () throws(Absence) in
            try ChangeDrivers(
                ChangeDrivers.sides(days, before, week), current: week, baseline: before,
                needed: settings.minimumGroup)
        }
        let month = Period(days: settings.baselineDays, through: last)
        let earlier = Period(days: settings.baselineDays, through: month.start.advanced(by: -1))
        movement = caught { () throws(Absence) in
            try RankMovement.places(
                ChangeDrivers.sides(days, earlier, month), needed: settings.minimumGroup)
        }
    }
}

extension ChangeDrivers {
    /// Every group in two periods, and what is left of all records: those without a value and groups that are not kept.
    fileprivate static func sides(
        _ days: [String?: [DayFigures]], _ baseline: Period, _ current: Period
    ) -> [ChangeDrivers.Side] {
        let values = days.keys.compactMap { $0 }.sorted()
        let named = values.map { value in
            ChangeDrivers.Side(
                value: value, baseline: days[value]?.moments(in: baseline) ?? Moments(),
                current: days[value]?.moments(in: current) ?? Moments())
        }
        let rest = { (period: Period, side: (ChangeDrivers.Side) -> Moments) -> Moments in
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
            ChangeDrivers.Side(
                value: nil, baseline: rest(baseline) { $0.baseline }, current: rest(current) { $0.current })
        ]
    }
}

extension ComparisonResult {
    /// Adds the dimensions that go together with this one, and the differences among records that are alike in them where
    /// there are none from all records yet.
    mutating func addLikeRecords(_ crossed: CrossedRecords, level: Double) {
        entangled = crossed.entanglements(of: dimension)
        guard !entangled.isEmpty else { return }
        let found = crossed.adjustments(
            of: metric, dimension: dimension, pairs: pairs.map { ($0.a, $0.b) },
            leavingOut: Set(pairs.flatMap { $0.adjustments.map(\.dimension) }), level: level)
        for (place, adjustments) in found.enumerated() { pairs[place].adjustments += adjustments }
    }
}
