import Model
import Statistics

extension FollowUp {
    /// The days up to each follow-up against the baseline.
    ///
    /// A follow-up on day k compares the `settings.currentDays` days that end k days after the start.
    ///
    /// - Parameters:
    ///   - isDifference: whether the days are differences from a control, of which no share can be told.
    ///   - idle: why there is nothing to follow up.
    static func all(
        _ days: [DayFigures], start: Day, baseline: Period, through last: Day, known: FirstOrderDependence?,
        isDifference: Bool, idle: Absence?, settings: AnalysisSettings
    ) -> [FollowUp] {
        settings.followUpDays.map { step in
            let end = start.advanced(by: step - 1)
            let period = Period(from: max(start, end.advanced(by: 1 - settings.currentDays)), through: end)
            if let idle { return FollowUp(day: step, period: period, change: .failure(idle)) }
            guard end <= last else {
                return FollowUp(
                    day: step, period: period,
                    change: .failure(
                        .tooFew(.periods, found: max(0, start.distance(to: last) + 1), needed: step)))
            }
            return FollowUp(
                day: step, period: period,
                change: caught { () throws(Absence) in
                    var change = try ChangeFigures.betweenDependent(
                        days, period, and: baseline, known: known,
                        recordSD: days.moments(in: Period(from: baseline.start, through: end)).summarySD,
                        level: settings.level)
                    if isDifference { change.relative = nil }
                    return change
                })
        }
    }
}

extension Outcome {
    /// Held, faded, reversed or unclear, by the intervals of the follow-ups: one that excludes 0 shows a change.
    ///
    /// The first follow-up that shows a change sets its way, at (1 − `level`) divided by the number of follow-ups, so that
    /// many looks do not find one by chance; the newest says what has become of it. A change counts only
    /// if the segmented regression of the same days confirms it; otherwise all is unclear. Where that regression is not
    /// possible the follow-ups stand alone.
    init(_ followUps: [FollowUp], segmented: Answer<SegmentedFigures>, level: Double) {
        let changes = followUps.compactMap { $0.change.value }
        let signs = changes.map { $0.interval.contains(0) ? 0 : $0.difference > 0 ? 1 : -1 }
        guard let newest = signs.last else {
            self = .insufficient
            return
        }
        let bound = (1 - level) / Double(changes.count)
        guard let seen = changes.firstIndex(where: { $0.test.p < bound }), let first = Optional(signs[seen]), first != 0
        else {
            self = .unclear
            return
        }
        if let fit = segmented.value, !fit.confirms(Double(first), level: level) {
            self = .unclear
            return
        }
        self = newest == 0 ? .faded : newest == first ? .held : .reversed
    }
}
