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
        // What is left of all records are groups that are held back then, not records without a value.
        let held = table.held
        if held.groups + held.cells > 0, comparison.drivers.value?.parts.contains(where: { $0.value == nil }) ?? false {
            comparison.drivers = .failure(.hidden)
        }
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
                ChangeDrivers.sides(days, earlier, month), needed: settings.minimumGroup, alpha: settings.alpha)
        }
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
