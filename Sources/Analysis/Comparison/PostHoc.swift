import Statistics

/// Which groups differ once an omnibus test says that some do, by the classical simultaneous tests, and what each pair was
/// large enough to show. The pairs of `ComparisonResult` rest on Welch's t or Fisher's test with Holm's correction; these
/// stand beside them because many fields expect them.
public struct PostHocFigures: Sendable, Hashable {
    /// Tukey–Kramer: one variance for all groups, p and intervals hold for all pairs together.
    public var tukey: Answer<[PostHocPair]>
    /// Games–Howell: each pair's own variances.
    public var gamesHowell: Answer<[PostHocPair]>
    /// Dunn's test of mean ranks, p after Holm's correction.
    public var dunn: Answer<[PostHocPair]>
    /// For every pair the difference that its sizes can show.
    public var sensitivity: [PairSensitivity]
}

/// One pair in a simultaneous test; the sign is b − a.
public struct PostHocPair: Sendable, Hashable {
    /// The first group's value.
    public var a: String
    /// The second group's value.
    public var b: String
    /// Of means for Tukey and Games–Howell, of mean ranks for Dunn.
    public var difference: Double
    /// q with its sign for Tukey and Games–Howell, z for Dunn.
    public var statistic: Double
    /// Degrees of freedom; nil for Dunn, whose statistic is taken as normal.
    public var degreesOfFreedom: Double?
    /// p, corrected for all pairs.
    public var p: Double
    /// The interval that holds for all pairs together; nil for Dunn.
    public var interval: Interval?
}

/// What a two-sided t test of a pair can find at `AnalysisSettings.alpha`, before any correction.
public struct PairSensitivity: Sendable, Hashable {
    /// The first group's value.
    public var a: String
    /// The second group's value.
    public var b: String
    /// The chance of finding the difference.
    public var power: Double
    /// The smallest difference in standard deviations that is found with that chance (the minimum detectable effect).
    public var effect: Answer<Double>
    /// The same in the unit of the values, by the pooled standard deviation of the pair.
    public var difference: Answer<Double>
}

extension PostHocFigures {
    /// Fails below two groups; each test fails for reasons of its own (nothing varies, more than 100 groups). Cost: the
    /// square of the groups, each pair with two integrals of the studentized range.
    static func of(_ groups: [ComparedGroup], power: Double, settings: AnalysisSettings) -> Answer<PostHocFigures> {
        guard groups.count >= 2 else { return .failure(.tooFew(.groups, found: groups.count, needed: 2)) }
        let names = groups.map(\.value)
        func means(_ variance: TukeyHSD.Variance) -> Answer<[PostHocPair]> {
            computed { () throws(Undefined) in
                try TukeyHSD(groups.map(\.summary), variance: variance, level: settings.level).comparisons
                    .map { PostHocPair($0, names) }
            }
        }
        return .success(
            PostHocFigures(
                tukey: means(.pooled), gamesHowell: means(.separate),
                dunn: groups.samples.flatMap { samples in
                    computed { () throws(Undefined) in
                        try DunnTest(samples, adjustment: .holm).comparisons.map { PostHocPair($0, names) }
                    }
                },
                sensitivity: groups.indices.flatMap { first in
                    groups.dropFirst(first + 1).map {
                        PairSensitivity(groups[first], $0, power: power, alpha: settings.alpha)
                    }
                }))
    }
}

extension PostHocPair {
    fileprivate init(_ pair: PairwiseComparison, _ names: [String]) {
        self.init(
            a: names[pair.first], b: names[pair.second], difference: pair.difference, statistic: pair.statistic,
            degreesOfFreedom: pair.df.isFinite ? pair.df : nil, p: pair.p, interval: pair.interval)
    }
}

extension PairSensitivity {
    fileprivate init(_ a: ComparedGroup, _ b: ComparedGroup, power: Double, alpha: Double) {
        let (first, second) = (a.summary, b.summary)
        let effect = computed { () throws(Undefined) in
            try TwoMeansPower.detectable(power: power, n1: first.n, n2: second.n, alpha: alpha)
        }
        let spread = computed { () throws(Undefined) in try GroupSummary.pooled([first, second]).variance.squareRoot() }
        self.init(
            a: a.value, b: b.value, power: power, effect: effect,
            difference: spread.flatMap { spread in effect.map { $0 * spread } })
    }
}
