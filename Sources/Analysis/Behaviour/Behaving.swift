import Model
import Statistics

extension SeriesBehaviour {
    /// Looks at the means of days, whose season is the week.
    ///
    /// - Parameters:
    ///   - days: those with a value, in ascending order.
    ///   - horizon: days to forecast, of which those that are steps are; 0 for none.
    init(
        _ days: [DayFigures], _ steps: StepCalendar, horizon: Int = 0, range: ClosedRange<Double>? = nil,
        settings: AnalysisSettings
    ) {
        let series = RegularSeries(days, steps)
        self.init(
            series, season: steps.weekdays.count, phase: steps.phase,
            horizon: horizon < 1 ? 0 : steps.steps(in: horizon, after: series.values.count - 1), range: range,
            settings: settings)
        guard steps.rests else { return }
        if steps.weekdays.count == 1 { season = .failure(.tooFew(.groups, found: 1, needed: 2)) }
        season.update { profile in
            for place in profile.levels.indices {
                profile.levels[place].position = steps.weekdays[profile.levels[place].position]
            }
        }
        shifts.update { shifts in
            for place in shifts.indices {
                shifts[place].slopeChange = shifts[place].slopeChange.map { $0 * steps.stepsPerDay }
                shifts[place].slopeInterval = shifts[place].slopeInterval?.scaled(by: steps.stepsPerDay)
            }
        }
    }

    /// Looks at a series.
    ///
    /// - Parameters:
    ///   - series: the steps in order.
    ///   - season: steps in a season; 1 for none.
    ///   - phase: the place in the season of the first step.
    ///   - horizon: steps to forecast; 0 for none.
    ///   - range: of the values, where a metric declares one; forecasts are held within it.
    ///
    /// Cost: one search for shifts, a sort of the neighbours of each step and, if asked for, one automatic forecast with its back-test.
    public init(
        _ series: RegularSeries, season: Int, phase: Int = 0, horizon: Int = 0, range: ClosedRange<Double>? = nil,
        settings: AnalysisSettings
    ) {
        let parts = caught { () throws(Absence) in try SlowAndSeasonal(series, season: season, settings: settings) }
        let profile = parts.flatMap { parts in
            caught { () throws(Absence) in
                try SeasonalProfile(series, parts, season: season, phase: phase, settings: settings)
            }
        }
        let level =
            profile.value?.removed(from: series, season: season, phase: phase, alpha: settings.alpha)
            ?? series.bridged
        let expectations = parts.flatMap { _ in
            caught { () throws(Absence) in try Expectation.all(series, level: level, settings: settings) }
        }
        let shifts = parts.flatMap { _ in
            caught { () throws(Absence) in
                try LevelShift.find(
                    level, isKnown: series.values.map { $0 != nil },
                    anomalies: expectations.value?.filter(\.isAnomaly) ?? [], settings: settings)
            }
        }
        self.init(
            series: series, season: profile, shifts: shifts,
            expectations: expectations.flatMap {
                Expectation.again($0, series, level: level, shifts: shifts.value ?? [], settings: settings)
            },
            forecast: horizon < 1
                ? .failure(.notDeclared)
                : caught { () throws(Absence) in
                    try ForecastFigures(series, season: season, horizon: horizon, range: range, settings: settings)
                })
    }
}

/// A series as slow movement and season.
struct SlowAndSeasonal {
    /// The slow part of every step: the mean of one season around it.
    let slow: [Double]
    /// Whether there are three seasons to learn one from.
    let hasSeason: Bool

    /// Moving means over one season (`settings.slowSpan` steps without one); near the ends the nearest whole window stands
    /// for those that would reach beyond.
    ///
    /// Fails below `settings.minimumDecomposed` values or with too many gaps.
    init(_ series: RegularSeries, season: Int, settings: AnalysisSettings) throws(Absence) {
        try series.require(max(8, settings.minimumDecomposed))
        let data = series.bridged
        hasSeason = season >= 2 && data.count >= 3 * season
        let span = min(data.count, hasSeason ? season : settings.slowSpan)
        var sums = [0.0]
        for value in data { sums.append((sums.last ?? 0) + value) }
        slow = data.indices.map { index in
            let start = min(max(0, index - span / 2), data.count - span)
            return (sums[start + span] - sums[start]) / Double(span)
        }
    }
}

extension SeasonalProfile {
    fileprivate init(
        _ series: RegularSeries, _ parts: SlowAndSeasonal, season: Int, phase: Int, settings: AnalysisSettings
    ) throws(Absence) {
        guard season >= 2 else { throw .notDeclared }
        guard parts.hasSeason else { throw .tooFew(.periods, found: series.values.count, needed: 3 * season) }
        let used = series.values.indices.filter { series.values[$0] != nil }
        // What rounding of the sums leaves of equal differences would be taken for an order by ranks.
        let scale = series.bridged.map(abs).max() ?? 0
        let rests = joiningTies(used.map { series.bridged[$0] - parts.slow[$0] }, within: scale * 1e-12)
        let places = SeasonalPlaces(zip(used, rests).map { ($1, ($0 + phase) % season) }, season: season)
        try self.init(places, settings: settings)
    }

    /// Levels and test of values that are gathered by place.
    ///
    /// Taking a mean of one season from each value takes 1 / season of the scatter within places and nothing of that between
    /// them; the statistic is lowered by (season − 1) / season for it.
    init(_ places: SeasonalPlaces, settings: AnalysisSettings) throws(Absence) {
        let filled = places.values.filter { !$0.isEmpty }
        guard filled.count >= 2 else { throw .tooFew(.groups, found: filled.count, needed: 2) }
        let test: Answer<KruskalWallis> = computed { () throws(Undefined) in try KruskalWallis(filled) }
        let found = try test.get()
        let means = places.values.map { Moments($0) }
        let season = Double(places.values.count)
        let statistic = found.h * (season - 1) / season
        let centre = means.filter { $0.n > 0 }.reduce(0) { $0 + $1.mean } / Double(filled.count)
        let all = Moments(filled.flatMap { $0 })
        let within = means.reduce(0) { $0 + $1.m2 }
        self.init(
            levels: means.indices.filter { means[$0].n > 0 }.map { place in
                let offset = means[place].mean - centre
                let reach = means[place].meanInterval(level: settings.level, isProportion: false)
                return SeasonalLevel(
                    position: place, n: means[place].n, offset: offset,
                    interval: reach.map { Interval(low: $0.low - centre, high: $0.high - centre, level: $0.level) })
            },
            test: TestFigures(
                method: .kruskalWallis, statistic: statistic, degreesOfFreedom: [Double(found.df)],
                p: ChiSquared.upperTail(statistic, df: Double(found.df))),
            strength: all.m2 > 0 ? max(0, 1 - within / all.m2) : 0)
    }

    /// The series without the season, if there is one by the test.
    func removed(from series: RegularSeries, season: Int, phase: Int, alpha: Double) -> [Double]? {
        guard test.p < alpha else { return nil }
        let offsets = Dictionary(levels.map { ($0.position, $0.offset) }) { first, _ in first }
        return series.bridged.enumerated().map { $1 - (offsets[($0 + phase) % season] ?? 0) }
    }
}

/// Values gathered by their place in the season.
struct SeasonalPlaces {
    /// For each place its values.
    let values: [[Double]]

    /// Gathers values that are there.
    init(_ entries: [(value: Double, place: Int)?], season: Int) {
        var values = Array(repeating: [Double](), count: season)
        for case let entry? in entries { values[entry.place].append(entry.value) }
        self.values = values
    }
}

extension Expectation {
    /// The same where levels shift: each day by the days of its own level.
    static func again(
        _ found: [Expectation], _ series: RegularSeries, level: [Double], shifts: [LevelShift],
        settings: AnalysisSettings
    ) -> Answer<[Expectation]> {
        let steps = shifts.filter { $0.kind == .level }.map(\.index)
        guard !steps.isEmpty else { return .success(found) }
        return caught { () throws(Absence) in try all(series, level: level, steps: steps, settings: settings) }
    }

    /// Every step with a value against the median of its neighbours, `settings.slowSpan` on either side without itself,
    /// plus its place in the season.
    ///
    /// The spread is 1.4826 times the median absolute difference, which is the standard deviation of a normal; where more
    /// than half of the differences are 0 it is their mean absolute value × 1.2533. An anomaly lies more than
    /// `settings.anomalyScore` of them away. One that lies nearer to the median of twice as many neighbours, of whatever level and near
    /// an end as many on its other side, is judged by that: the first days after an incident of some days are usual. Without any difference none is one; without a step, either, it fails with
    /// `.constant`.
    ///
    /// - Parameters:
    ///   - level: the series without its season.
    ///   - steps: the first steps of new levels. Neighbours are those of the same level: the days on either side of a shift
    ///     are usual for their own.
    static func all(
        _ series: RegularSeries, level: [Double], steps: [Int] = [], settings: AnalysisSettings
    ) throws(Absence) -> [Expectation] {
        let used = series.values.indices.filter { series.values[$0] != nil }
        let edges = [0] + steps + [level.count]
        let distance = { (index: Int, span: Int, own: Range<Int>) -> Double in
            let window = (max(0, index - span)..<min(level.count, index + span + 1)).clamped(to: own)
            let around = window.filter { $0 != index }.map { level[$0] }.sorted()
            let half = around.count / 2
            return level[index] - (around.count % 2 == 1 ? around[half] : (around[half - 1] + around[half]) / 2)
        }
        let rest = used.map { index in
            let next = edges.firstIndex { $0 > index } ?? edges.count - 1
            let own = edges[next - 1]..<edges[next]
            // A level of one day has no other day to go by.
            return distance(index, settings.slowSpan, own.count > 1 ? own : level.indices)
        }
        let sizes = rest.map(abs)
        let middle: Answer<Double> = computed { () throws(Undefined) in try Quantiles(sizes).median }
        let scale = series.bridged.map(abs).max() ?? 0
        var spread = try middle.get() * 1.482602218505602
        if spread <= scale * 1e-12 { spread = sizes.reduce(0, +) / Double(sizes.count) * 1.2533141373155003 }
        let isFlat = spread <= scale * 1e-12
        guard !isFlat || !steps.isEmpty else { throw .constant }
        let reach = settings.anomalyScore * spread
        return zip(used, rest).map { index, near in
            let value = series.bridged[index]
            let shift = max(0, index + 2 * settings.slowSpan - level.count + 1) - max(0, 2 * settings.slowSpan - index)
            let wide =
                abs(near) > reach ? distance(index, 2 * settings.slowSpan + abs(shift), level.indices) : near
            let rest = abs(wide) < abs(near) ? wide : near
            let centre = value - rest
            return Expectation(
                index: index, value: value, expected: centre, bounds: (centre - reach)...(centre + reach),
                score: isFlat ? 0 : rest / spread, isAnomaly: !isFlat && abs(rest) > reach)
        }
    }
}
