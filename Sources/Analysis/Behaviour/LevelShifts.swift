import Statistics

extension LevelShift {
    /// Where the level or the slope of a series changes.
    ///
    /// Places come from the search of `AutomaticChangePoints`, which has nothing to set. Each is then weighed with the
    /// two stretches that meet in it: the jump between their lines and the change of slope by a segmented regression
    /// whose errors depend on those before, and, where a step tells them better than one line through both, the difference of
    /// their means with as many steps as they are worth. A
    /// change stands if the smallest of the three p, times three and times the number of steps (Bonferroni: it might
    /// have been any of them), is below `settings.alpha`; otherwise the least likely one is given up, its stretches are
    /// joined, and the others are weighed again. What stands is a change of level where one slope with a jump leaves no more
    /// of the two stretches unexplained, by least squares, than two slopes that meet, and the difference's interval excludes 0;
    /// else one of slope.
    ///
    /// A step that is an anomaly stands in the search as the median of itself and its neighbours (at either end of the three steps there), so that one odd day makes no
    /// level of its own while a shift keeps its edge.
    ///
    /// The search knows no level of fewer than `AutomaticChangePoints.minimumLength` steps. Where the newest one has gone again two
    /// steps ago or more (`ReturnedLevel`), its end is weighed as well; if that does not stand, its begin is given up, too, and its
    /// steps are odd ones.
    ///
    /// - Parameters:
    ///   - level: the series without its season.
    ///   - isKnown: whether each step has a value; the others are bridged, which helps to find places and is no value in a mean.
    static func find(
        _ level: [Double], isKnown: [Bool], anomalies: [Expectation], settings: AnalysisSettings
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
        var hasWeighedEnd = false
        while true {
            let edges = [0] + places + [data.count]
            let weighed = places.indices.map { place in
                WeighedChange(
                    data[edges[place]..<edges[place + 2]], at: edges[place + 1], isKnown: isKnown, level: settings.level
                )
            }
            let weakest = weighed.indices.max { weighed[$0].p < weighed[$1].p }
            if let weakest, weighed[weakest].p * 3 * Double(data.count) >= settings.alpha {
                places.remove(at: weakest)
                continue
            }
            guard weighed.last?.shift.kind == .level, let last = places.last,
                let end = end(of: data[last...], after: data[edges[edges.count - 3]..<last])
            else { return weighed.map(\.shift) }
            if hasWeighedEnd { places.removeLast() } else { places.append(last + end) }
            hasWeighedEnd = true
        }
    }

    /// After how many steps a level has gone again, two steps ago or more; nil where it lasts.
    private static func end(of level: ArraySlice<Double>, after before: ArraySlice<Double>) -> Int? {
        let usual = Moments(Array(before))
        return ReturnedLevel.end(
            of: level.map { $0 - usual.mean }, leaving: 2, scatter: usual.m2, of: before.count, levels: 1)
    }
}

/// A place of change with what speaks for it.
private struct WeighedChange {
    /// What would be told of it.
    let shift: LevelShift
    /// The smallest p of jump, slope and difference of means; 1 where nothing can be tested.
    let p: Double

    init(_ data: ArraySlice<Double>, at place: Int, isKnown: [Bool], level: Double) {
        let fit: Answer<InterruptedTimeSeries> = computed { () throws(Undefined) in
            try InterruptedTimeSeries(Array(data), start: place - data.startIndex, level: level)
        }
        let known = { (side: ArraySlice<Double>) in
            let values = side.indices.filter { isKnown[$0] }.map { side[$0] }
            // Steps between two known ones alone have no value of their own.
            return values.isEmpty ? Array(side) : values
        }
        let (before, after) = (known(data[..<place]), known(data[place...]))
        let (early, late) = (Moments(before).mean, Moments(after).mean)
        let means = WeighedChange.means(before, after, fit.value, level: level)
        let (jump, slope) = (fit.value?.levelChange, fit.value?.slopeChange)
        let isLevel =
            means.interval.map { !$0.contains(0) } ?? (late != early)
            && WeighedChange.explained(Array(data), from: place - data.startIndex) { _ in 1 }
                >= WeighedChange.explained(Array(data), from: place - data.startIndex) { Double($0) + 0.5 }
        let line: Answer<LinearFit> = computed { () throws(Undefined) in try LinearFit(Array(data)) }
        let alongLine = line.value.map { Double($0.df) * $0.residualSD * $0.residualSD } ?? .infinity
        // On a slope all means differ, and every place that the search proposes would be a step.
        let isStep = Moments(Array(data[..<place])).m2 + Moments(Array(data[place...])).m2 < alongLine
        p = min(jump?.p ?? 1, isStep ? means.p : 1, slope?.p ?? 1)
        shift = LevelShift(
            index: place, kind: isLevel ? .level : .slope, before: early, after: late, difference: late - early,
            interval: means.interval, slopeChange: slope?.estimate, slopeInterval: slope?.interval)
    }

    /// What a regressor that is 0 before a place takes off the squares that a straight line leaves; 0 where no line is defined.
    ///
    /// By the theorem of Frisch and Waugh (doi:10.2307/1907330): (r·s)² / s·s of what the line leaves of values and regressor.
    ///
    /// - Parameter later: the regressor, by the number of steps since the place. Two slopes meet half a step before it, where a jump lies too.
    private static func explained(_ data: [Double], from place: Int, later: (Int) -> Double) -> Double {
        let regressor = data.indices.map { $0 < place ? 0 : later($0 - place) }
        let rests = [data, regressor].map { values -> [Double] in
            let line: Answer<LinearFit> = computed { () throws(Undefined) in try LinearFit(values) }
            return line.value.map { line in values.indices.map { values[$0] - line(Double($0)) } } ?? []
        }
        let along = zip(rests[0], rests[1]).reduce(0) { $0 + $1.0 * $1.1 }
        let squares = rests[1].reduce(0) { $0 + $1 * $1 }
        return squares > 0 ? along * along / squares : 0
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
