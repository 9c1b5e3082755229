import Model
import Partials
import Statistics

extension SegmentedFigures {
    /// The regression over the look-back before the start and the days after it; fails with fewer than
    /// `settings.minimumSegment` days with a value on either side, and with too many gaps. What is expected of the days
    /// after the start stays within `range`.
    init(
        _ days: [DayFigures], start: Day, through last: Day?, range: ClosedRange<Double>?, settings: AnalysisSettings
    ) throws(Absence) {
        guard let last else { throw .noRecords }
        let first = start.advanced(by: -settings.lookBackDays)
        let used = days.filter { $0.n > 0 && first <= $0.day && $0.day <= last }
        let before = used.count { $0.day < start }
        let fewest = min(before, used.count - before)
        guard fewest >= settings.minimumSegment, let origin = used.first?.day else {
            throw .tooFew(.periods, found: fewest, needed: settings.minimumSegment)
        }
        let steps = StepCalendar(used.map(\.day), from: origin)
        let series = RegularSeries(used, steps)
        try series.require(2 * settings.minimumSegment)
        let place = steps.step(from: start)
        let fitted: Answer<InterruptedTimeSeries> = computed { () throws(Undefined) in
            try InterruptedTimeSeries(series.bridged, start: place, level: settings.level)
        }
        let fit = try fitted.get()
        let curve: Answer<([CounterfactualPoint], Double)> = computed { () throws(Undefined) in
            var points: [CounterfactualPoint] = []
            var effect = 0.0
            for index in place..<series.bridged.count {
                let expected = try fit.counterfactual(at: index)
                effect += try fit.effect(at: index).estimate
                points.append(
                    CounterfactualPoint(
                        day: steps.day(of: index), value: range?.holding(expected.estimate) ?? expected.estimate,
                        interval: expected.interval.held(within: range)))
            }
            return (points, effect / Double(points.count))
        }
        let (points, effect) = try curve.get()
        let sides = [
            Period(from: origin, through: start.advanced(by: -1)), Period(from: start, through: last),
        ].map { used.moments(in: $0).mean }
        self.init(
            period: Period(from: steps.start, through: steps.day(of: series.bridged.count - 1)), days: series.n,
            level: SegmentedTerm(fit.levelChange, fit),
            slope: SegmentedTerm(fit.slopeChange, fit, times: steps.stepsPerDay),
            counterfactual: points, meanEffect: effect, meanChange: sides[1] - sides[0],
            dependence: FirstOrderDependence(phi: fit.regression.phi))
    }
}

extension SegmentedTerm {
    fileprivate init(_ term: Coefficient, _ fit: InterruptedTimeSeries, times factor: Double = 1) {
        self.init(
            estimate: term.estimate * factor, interval: term.interval.scaled(by: factor),
            test: TestFigures(
                method: .segmented, statistic: term.t, degreesOfFreedom: [fit.regression.effectiveDF], p: term.p))
    }
}

/// How far a baseline lay from the days before it.
enum BaselineShift {
    /// (mean of the baseline's daily means − mean of earlier ones) / standard deviation of the earlier ones.
    ///
    /// Interventions start where things look bad, and things that look bad by chance get better by themselves
    /// (regression towards the mean; F. Galton 1886). Fails below `settings.minimumDecomposed` earlier days.
    static func of(_ days: [DayFigures], baseline: Period, settings: AnalysisSettings) -> Answer<Double> {
        let start = baseline.start.advanced(by: -settings.lookBackDays)
        let earlier = days.filter { $0.n > 0 && start <= $0.day && $0.day < baseline.start }.map(\.mean)
        let base = days.filter { $0.n > 0 && baseline.contains($0.day) }.map(\.mean)
        let found = min(earlier.count, base.count)
        guard earlier.count >= settings.minimumDecomposed, !base.isEmpty else {
            return .failure(.tooFew(.periods, found: found, needed: settings.minimumDecomposed))
        }
        let moments = Moments(earlier)
        guard let sd = moments.summarySD, sd > 0 else { return .failure(.constant) }
        return .success((Moments(base).mean - moments.mean) / sd)
    }
}
