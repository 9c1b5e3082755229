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
            let change = caught { () throws(Absence) in
                if let idle { throw idle }
                guard end <= last else {
                    throw .tooFew(.periods, found: max(0, start.distance(to: last) + 1), needed: step)
                }
                var change = try ChangeFigures.betweenDependent(
                    days, period, and: baseline, known: known,
                    recordSD: days.moments(in: Period(from: baseline.start, through: end)).summarySD,
                    level: settings.level)
                if isDifference { change.relative = nil }
                return change
            }
            return FollowUp(
                day: step, period: period, change: change,
                difference: change.value?.difference ?? unvarying(days, period, baseline, change.absence))
        }
    }

    /// The difference of two levels that no day leaves; nil where that is not why there are no figures.
    private static func unvarying(
        _ days: [DayFigures], _ late: Period, _ early: Period, _ absence: Absence?
    ) -> Double? {
        switch absence {
        case .constant: 0
        case .constantSides: days.moments(in: late).mean - days.moments(in: early).mean
        default: nil
        }
    }
}

extension Outcome {
    /// Held, faded, reversed or unclear, by the follow-ups.
    ///
    /// The first follow-up that shows a change sets its way: its p is below (1 − `level`) divided by the number of
    /// follow-ups, so that many looks do not find one by chance. Where the segmented regression of the same days is possible
    /// and does not confirm that change, all is unclear. The newest follow-up says what has become of it:
    ///
    /// - its interval excludes 0: held, or reversed where it lies on the other side;
    /// - it contains 0 and `hasShrunk` since the first that shows the change: faded;
    /// - it contains 0 without that: unclear. Seven days often cannot tell a moderate effect from 0, which is no sign that
    ///   it became smaller.
    ///
    /// Where no day leaves the level of its side a difference is what it is: it shows a change unless it is 0.
    ///
    /// - Parameter days: those that the follow-ups compare.
    init(
        _ followUps: [FollowUp], days: [DayFigures], segmented: Answer<SegmentedFigures>, level: Double
    ) {
        let looks = followUps.compactMap { Look($0, level: level) }
        guard let newest = looks.last else {
            self = .insufficient
            return
        }
        let bound = (1 - level) / Double(looks.count)
        guard let first = looks.first(where: { $0.p < bound }) else {
            self = .unclear
            return
        }
        let way = first.difference
        if let fit = segmented.value, !fit.confirms(way, level: level) {
            self = .unclear
        } else if !newest.interval.contains(0) {
            self = newest.difference * way > 0 ? .held : .reversed
        } else {
            let shrunk = Self.hasShrunk(
                way, days, from: first.period, to: newest.period, known: segmented.value?.dependence, level: level)
            self = shrunk ? .faded : .unclear
        }
    }

    /// What a follow-up shows.
    private struct Look {
        let period: Period
        let difference, p: Double
        let interval: Interval

        /// nil where it has no figures.
        init?(_ followUp: FollowUp, level: Double) {
            guard let difference = followUp.difference else { return nil }
            (period, self.difference) = (followUp.period, difference)
            let change = followUp.change.value
            p = change?.test.p ?? (difference == 0 ? 1 : 0)
            interval = change?.interval ?? Interval(low: difference, high: difference, level: level)
        }
    }

    /// Whether a change became smaller from one follow-up to another: the interval of the later days' mean less the
    /// earlier days' lies beyond 0 against the change's way.
    ///
    /// The baseline, which both follow-ups share, is not needed for that: (later − baseline) − (earlier − baseline) =
    /// later − earlier, so its error, which makes the two effects alike, does not enter. A lasting change is called smaller
    /// by chance with (1 − `level`) / 2. Days of both follow-ups are left out; with fewer than two left on either side there
    /// is no telling.
    private static func hasShrunk(
        _ way: Double, _ days: [DayFigures], from early: Period, to late: Period, known: FirstOrderDependence?,
        level: Double
    ) -> Bool {
        let own = days.filter { !(early.contains($0.day) && late.contains($0.day)) }
        let found = caught { () throws(Absence) in
            try ChangeFigures.betweenDependent(own, late, and: early, known: known, recordSD: nil, level: level)
        }
        guard let change = found.value else {
            return found.absence == .constantSides
                && way * (own.moments(in: late).mean - own.moments(in: early).mean) < 0
        }
        return way > 0 ? change.interval.high < 0 : change.interval.low > 0
    }
}
