import Statistics

/// Values far from the others by several rules, and how far the rules agree.
public struct OutlierFigures: Sendable, Hashable {
    /// Tukey's fences, the z-score and the modified z-score, in this order.
    public var fences: [Fence]
    /// The isolation forest on single values; fails for values without spread and where it was not asked for.
    public var forest: Answer<Forest>
    /// How many values are beyond the fences of how many of the three rules: `[1]` of exactly one, and so on.
    public var agreement: [Int]
    /// How near the counts are.
    public var exactness: Exactness

    /// One rule.
    public struct Fence: Sendable, Hashable {
        /// Which.
        public var rule: Rule
        /// Values below are outliers.
        public var low: Double
        /// Values above are outliers.
        public var high: Double
        /// Outliers below.
        public var below: Int
        /// Outliers above.
        public var above: Int

        /// Outliers on both sides.
        public var count: Int { below + above }
    }

    /// The rules. Raw values are the keys of JSON.
    public enum Rule: String, Sendable, Hashable, CaseIterable {
        /// 1.5 interquartile ranges beyond the quartiles.
        case iqr
        /// 3 standard deviations from the mean, both of the values themselves even where they are counted in bins.
        case z
        /// 0.6745 |x − median| / MAD above 3.5.
        case modifiedZ = "modified_z"
    }

    /// The outcome of an isolation forest.
    public struct Forest: Sendable, Hashable {
        /// Values with a score of at least `AnalysisSettings.forestScore`.
        public var count: Int
        /// Those below the median.
        public var below: Int
        /// Those above it.
        public var above: Int
        /// How many of the scored values are marked by how many of the four rules, the forest being one: of none first.
        public var agreement: [Int]
        /// The values that were scored.
        public var exactness: Exactness
    }
}

extension OutlierFigures {
    /// The outliers of counts.
    ///
    /// - Parameters:
    ///   - moments: of the same values.
    ///   - values: single values for the forest; nil for none.
    init(
        _ counts: ValueCounts, moments: MomentFigures, values: SampledValues?, settings: AnalysisSettings
    ) throws(Undefined) {
        let sample = counts.sample
        var made: [(Rule, OutlierFences)] = []
        for rule in Rule.allCases {
            do throws(Undefined) {
                let fences =
                    switch rule {
                    case .iqr: try OutlierFences(sample, rule: .quartiles(settings.outlierQuartiles))
                    case .z:
                        try OutlierFences(
                            sample, mean: moments.mean, sd: moments.sd ?? 0, multiple: settings.outlierZ)
                    case .modifiedZ: try OutlierFences(sample, rule: .modifiedZ(settings.outlierModifiedZ))
                    }
                made.append((rule, fences))
            } catch .constant {
                continue
            }
        }
        fences = made.map { Fence(rule: $0.0, low: $0.1.low, high: $0.1.high, below: $0.1.below, above: $0.1.above) }
        var agreement = [0, 0, 0, 0]
        for (value, count) in zip(sample.values, sample.counts) {
            agreement[made.count { $0.1.isOutside(value) }] += count
        }
        self.agreement = agreement
        exactness = counts.exactness
        forest =
            values.map { values in
                computed { () throws(Undefined) in try Forest(values, fences: made.map(\.1), settings: settings) }
            } ?? .failure(.notDeclared)
    }
}

extension OutlierFigures.Forest {
    fileprivate init(
        _ sampled: SampledValues, fences: [OutlierFences], settings: AnalysisSettings
    ) throws(Undefined) {
        let values = Array(sampled.values.prefix(settings.forestSample))
        let forest = try IsolationForest(columns: [values], seed: settings.seed)
        let scores = try forest.scores([values])
        let median = try Quantiles(values).median
        let outside = zip(values, scores).filter { $1 >= settings.forestScore }.map(\.0)
        let isAll = values.count == sampled.population
        var agreement = [0, 0, 0, 0, 0]
        for (value, score) in zip(values, scores) {
            agreement[fences.count { $0.isOutside(value) } + (score >= settings.forestScore ? 1 : 0)] += 1
        }
        self.init(
            count: outside.count, below: outside.count { $0 < median }, above: outside.count { $0 >= median },
            agreement: agreement, exactness: isAll ? .exact : .sampled(n: values.count, of: sampled.population))
    }
}
