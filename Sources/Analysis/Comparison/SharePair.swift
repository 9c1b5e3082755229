import Statistics

/// Two groups of zeros and ones.
public struct SharePair: Sendable, Hashable {
    /// Cohen's h, the second share's angle less the first's; nil where all values are equal.
    public var cohensH: Double?
    /// Newcombe's interval of the second share less the first.
    public var interval: Interval
    /// Fisher's exact test: what counts for shares, however small the groups are. Its statistic is the odds ratio,
    /// infinite where a cell is empty and 1 where nothing differs.
    public var fisher: TestFigures
    /// z with the pooled standard error; fails where all values are equal.
    public var twoProportion: Answer<TestFigures>
    /// Pearson's χ² without correction; fails where all values are equal.
    public var chiSquared: Answer<TestFigures>
}

extension SharePair {
    /// Nil where a group has other values than 0 and 1, and where its counts are not exact.
    init?(_ a: Answer<ValueCounts>, _ b: Answer<ValueCounts>, level: Double) {
        guard let a = a.value, let b = b.value, let first = a.ones, let second = b.ones else { return nil }
        let (n1, n2) = (a.sample.n, b.sample.n)
        let made: Answer<SharePair> = computed { () throws(Undefined) in
            let fisher = try FisherExact(second, n2 - second, first, n1 - first)
            let test: Answer<TwoProportionTest> = computed { () throws(Undefined) in
                try TwoProportionTest(successes: first, of: n1, and: second, of: n2, level: level)
            }
            return SharePair(
                cohensH: test.value?.cohensH,
                interval: TwoProportionTest.interval(
                    try WilsonInterval(successes: first, of: n1, level: level),
                    try WilsonInterval(successes: second, of: n2, level: level)),
                fisher: TestFigures(
                    method: .fisherExact, statistic: fisher.oddsRatio ?? 1, p: fisher.p, isExact: true),
                twoProportion: test.map {
                    TestFigures(method: .twoProportion, statistic: $0.z, p: $0.p, isExact: false)
                },
                chiSquared: computed { () throws(Undefined) in
                    try TestFigures(ChiSquaredTest([[first, n1 - first], [second, n2 - second]]))
                })
        }
        guard let value = made.value else { return nil }
        self = value
    }
}

extension ValueCounts {
    /// How many values are 1 where all are 0 or 1; nil where others occur or the counts are not exact.
    var ones: Int? {
        guard exactness == .exact, sample.values.allSatisfy({ $0 == 0 || $0 == 1 }) else { return nil }
        return zip(sample.values, sample.counts).reduce(0) { $0 + ($1.0 == 1 ? $1.1 : 0) }
    }
}

extension TestFigures {
    /// Pearson's χ².
    init(_ test: ChiSquaredTest) {
        self.init(
            method: .chiSquared, statistic: test.statistic, degreesOfFreedom: [Double(test.df)], p: test.p,
            isExact: false)
    }
}
