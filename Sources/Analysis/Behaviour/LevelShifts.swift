import Statistics

extension LevelShift {
    /// Where the level of a series shifts.
    ///
    /// The search is that of `AutomaticChangePoints`, which has nothing to set. A step that
    /// is an anomaly stands in it as the median of itself and its neighbours, so that one odd day makes no level of its own
    /// while a shift keeps its edge.
    ///
    /// - Parameter level: the series without its season.
    static func find(
        _ level: [Double], anomalies: [Expectation], settings: AnalysisSettings
    ) throws(Absence) -> [LevelShift] {
        var data = level
        for odd in anomalies.map(\.index) where odd > 0 && odd + 1 < level.count {
            data[odd] = [level[odd - 1], level[odd], level[odd + 1]].sorted()[1]
        }
        let found: Answer<[Int]> = computed { () throws(Undefined) in
            try AutomaticChangePoints(data).indices
        }
        if case .failure(.constant) = found { return [] }
        let indices = try found.get()
        let edges = [0] + indices + [data.count]
        return indices.enumerated().map { place, index in
            let before = Array(data[edges[place]..<index])
            let after = Array(data[index..<edges[place + 2]])
            let test: Answer<WelchTTest> = computed { () throws(Undefined) in
                try WelchTTest(GroupSummary(before), GroupSummary(after), level: settings.level)
            }
            let (early, late) = (Moments(before).mean, Moments(after).mean)
            return LevelShift(
                index: index, before: early, after: late, difference: late - early, interval: test.value?.interval)
        }
    }
}
