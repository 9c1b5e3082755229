import Model
import Statistics

extension [DayFigures] {
    /// The days less what their weekday adds, as the days before a change tell it; the same days where weekdays do not differ.
    ///
    /// Of the look-back before `start`, weekday levels and a line are fitted to the daily means; a weekday adds its level less the
    /// mean of all weekdays that there are. Days since the start have no part in it, so that no effect is taken for a weekday. Nothing
    /// is taken out below `settings.wholeWeeks` days before, and where what the line leaves of them does not differ by weekday
    /// (Kruskal–Wallis, `settings.alpha`): sides that are no whole weeks would differ by their weekdays alone.
    func withoutWeekdays(before start: Day, settings: AnalysisSettings) -> [DayFigures] {
        let first = start.advanced(by: -settings.lookBackDays)
        let early = filter { $0.n > 0 && first <= $0.day && $0.day < start }
        guard early.count >= settings.wholeWeeks else { return self }
        let x = early.map { Double(start.distance(to: $0.day)) }
        let scale = early.map { abs($0.mean) }.max() ?? 0
        guard let within = WithinLevels(early, x: x, of: .weekdays, scale: scale) else { return self }
        let spread = within.x.reduce(0) { $0 + $1 * $1 }
        let slope = spread > 0 ? zip(within.x, within.y).reduce(0) { $0 + $1.0 * $1.1 } / spread : 0
        var levels = Array<[Double]>(repeating: [], count: 7)
        for (day, x) in zip(early, x) { levels[day.day.weekday].append(day.mean - slope * x) }
        let sides = levels.filter { !$0.isEmpty }.map { joiningTies($0, within: 16 * .ulpOfOne * scale) }
        let test = computed { () throws(Undefined) in try KruskalWallis(sides) }
        guard let test = test.value, test.p < settings.alpha else { return self }
        let means = levels.map { $0.isEmpty ? nil : Moments($0).mean }
        let known = means.compactMap { $0 }
        let centre = known.reduce(0, +) / Double(known.count)
        return map { day in
            guard day.n > 0, let mean = means[day.day.weekday] else { return day }
            let moments = day.moments
            return DayFigures(
                day: day.day,
                moments: Moments(
                    n: moments.n, mean: moments.mean - (mean - centre), m2: moments.m2, m3: moments.m3, m4: moments.m4),
                missing: day.missing, isHeld: day.isHeld)
        }
    }
}
