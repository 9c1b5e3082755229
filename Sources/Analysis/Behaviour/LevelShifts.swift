import Statistics

extension LevelShift {
    /// Where the level or the slope of a series changes.
    ///
    /// Places come from the search of `AutomaticChangePoints`, which has nothing to set. Each is then weighed with the
    /// two stretches that meet in it: the jump between their lines and the change of slope by a segmented regression
    /// whose errors depend on those before, and the difference of their means with as many steps as they are worth. A
    /// change stands if the smallest of the three p, times three and times the number of steps (Bonferroni: it might
    /// have been any of them), is below `settings.alpha`; otherwise the least likely one is given up, its stretches are
    /// joined, and the others are weighed again. What stands is a change of level where the jump's interval excludes 0
    /// or the means differ more surely than the slopes, and the difference's interval excludes 0; else one of slope.
    ///
    /// A step that is an anomaly stands in the search as the median of itself and its neighbours (at either end of the three steps there), so that one odd day makes no
    /// level of its own while a shift keeps its edge.
    ///
    /// - Parameter level: the series without its season.
    static func find(
        _ level: [Double], anomalies: [Expectation], settings: AnalysisSettings
    ) throws(Absence) -> [LevelShift] {
        var data = level
        for odd in anomalies.map(\.index) where level.count > 2 {
            let middle = min(max(odd, 1), level.count - 2)
            data[odd] = level[(middle - 1)...(middle + 1)].sorted()[1]
        }
        let found: Answer<[Int]> = computed { () throws(Undefined) in
            try AutomaticChangePoints(data).indices
        }
        if case .failure(.constant) = found { return [] }
        var places = try found.get()
        while true {
            let edges = [0] + places + [data.count]
            let weighed = places.indices.map { place in
                WeighedChange(data[edges[place]..<edges[place + 2]], at: edges[place + 1], level: settings.level)
            }
            let weakest = weighed.indices.max { weighed[$0].p < weighed[$1].p }
            guard let weakest, weighed[weakest].p * 3 * Double(data.count) >= settings.alpha else {
                return weighed.map(\.shift)
            }
            places.remove(at: weakest)
        }
    }
}

/// A place of change with what speaks for it.
private struct WeighedChange {
    /// What would be told of it.
    let shift: LevelShift
    /// The smallest p of jump, slope and difference of means; 1 where nothing can be tested.
    let p: Double

    init(_ data: ArraySlice<Double>, at place: Int, level: Double) {
        let (before, after) = (Array(data[..<place]), Array(data[place...]))
        let fit: Answer<InterruptedTimeSeries> = computed { () throws(Undefined) in
            try InterruptedTimeSeries(Array(data), start: before.count, level: level)
        }
        let (early, late) = (Moments(before).mean, Moments(after).mean)
        let means = WeighedChange.means(before, after, fit.value, level: level)
        let (jump, slope) = (fit.value?.levelChange, fit.value?.slopeChange)
        let ofLevel = min(jump?.p ?? 1, means.p)
        let isJump = jump.map { !$0.interval.contains(0) } ?? false
        let isLevel = (isJump || ofLevel <= slope?.p ?? 1) && means.interval.map { !$0.contains(0) } ?? (late != early)
        p = min(ofLevel, slope?.p ?? 1)
        shift = LevelShift(
            index: place, kind: isLevel ? .level : .slope, before: early, after: late, difference: late - early,
            interval: means.interval, slopeChange: slope?.estimate, slopeInterval: slope?.interval)
    }

    /// The difference of the means with steps that depend on those before as in the regression.
    private static func means(
        _ before: [Double], _ after: [Double], _ fit: InterruptedTimeSeries?, level: Double
    ) -> (interval: Interval?, p: Double) {
        let dependence = FirstOrderDependence(phi: fit?.regression.phi ?? 0)
        let parts = [before, after].map { values -> (variance: Double, df: Double) in
            let variance = (Moments(values).variance ?? 0) / Double(values.count)
            return (
                variance * dependence.meanVarianceFactor(values.count),
                max(1, dependence.effectiveCount(values.count) - 1)
            )
        }
        let difference = Moments(after).mean - Moments(before).mean
        let variance = parts[0].variance + parts[1].variance
        guard exceedsRounding(variance: variance, about: difference) else { return (nil, difference == 0 ? 1 : 0) }
        let df = variance * variance / parts.reduce(0) { $0 + $1.variance * $1.variance / $1.df }
        let reach = StudentT.quantile((1 + level) / 2, df: df) * variance.squareRoot()
        return (
            Interval(low: difference - reach, high: difference + reach, level: level),
            2 * StudentT.cdf(-abs(difference) / variance.squareRoot(), df: df)
        )
    }
}
