import Model
import Partials
import Statistics

/// Metrics of one scale compared within records: the components of a score, which every record has side by side.
///
/// Columns of the same rows are no independent samples; each pair is compared by the differences within records.
public struct ComponentComparison: Sendable, Hashable {
    /// The records.
    public var exactness: Exactness
    /// The metrics, in the catalogue's order.
    public var metrics: [String]
    /// Every pair, x before y in that order.
    public var pairs: [PairedFigures]
}

/// Two columns of the same rows; every sign is b − a.
public struct PairedFigures: Sendable, Hashable {
    /// The first column.
    public var a: String
    /// The second column.
    public var b: String
    /// Rows (or keys) that have both.
    public var n: Int
    /// Rows (or keys) that were looked at.
    public var outOf: Int
    /// The mean difference.
    public var difference: Double
    /// Its interval by Student's t; nil where the differences do not vary.
    public var interval: Interval?
    /// Student's t on the differences.
    public var test: Answer<TestFigures>
    /// Wilcoxon's signed ranks.
    public var wilcoxon: Answer<TestFigures>
    /// The mean difference over the standard deviation of the differences (Cohen's d of paired samples); nil for none.
    public var standardised: Double?
    /// The p of `counted` after Holm's correction among the pairs; nil without a test.
    public var pHolm: Double?
    /// The same after Benjamini and Hochberg's.
    public var pBH: Double?
}

extension PairedFigures {
    /// The test that tells the columns apart: Student's t, and Wilcoxon's where the differences do not vary.
    public var counted: Answer<TestFigures> { test.value != nil ? test : wilcoxon }
}

extension ComponentComparison {
    /// Compares the metrics that share a unit and a declared range, if there are two or more; the largest such set.
    static func of(
        _ sample: RecordSample, catalogue: Catalogue, settings: AnalysisSettings
    ) -> Answer<ComponentComparison> {
        let scales = Dictionary(
            grouping: catalogue.metrics.indices.filter {
                catalogue.metrics[$0].range != nil && !catalogue.metrics[$0].isProportion
            }
        ) { Scale(unit: catalogue.metrics[$0].unit, range: catalogue.metrics[$0].range ?? 0...0) }
        let sets = scales.values.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
        guard let chosen = sets.first, chosen.count >= 2 else {
            return .failure(.tooFew(.metrics, found: sets.first?.count ?? 0, needed: 2))
        }
        guard sample.count > 0 else { return .failure(.noRecords) }
        let columns = chosen.map { (catalogue.metrics[$0].name, sample.values(metric: $0)) }
        return .success(
            ComponentComparison(
                exactness: sample.isComplete ? .exact : .sampled(n: sample.count, of: sample.population),
                metrics: columns.map(\.0), pairs: PairedFigures.all(columns, settings: settings)))
    }

    private struct Scale: Hashable {
        let unit: String
        let range: ClosedRange<Double>
    }
}

extension PairedFigures {
    /// Every pair of columns of the same rows, NaN being a missing value; pairs with fewer than
    /// `settings.minimumGroup` rows are left out.
    static func all(_ columns: [(name: String, values: [Double])], settings: AnalysisSettings) -> [PairedFigures] {
        var pairs: [PairedFigures] = []
        for (index, a) in columns.enumerated() {
            for b in columns.dropFirst(index + 1) {
                if let pair = PairedFigures(a, b, settings: settings) { pairs.append(pair) }
            }
        }
        let tested = pairs.indices.filter { pairs[$0].counted.value != nil }
        let p = tested.compactMap { pairs[$0].counted.value?.p }
        for (index, value) in zip(tested, adjusted(p, by: .holm)) { pairs[index].pHolm = value }
        for (index, value) in zip(tested, adjusted(p, by: .benjaminiHochberg)) { pairs[index].pBH = value }
        return pairs
    }

    private init?(
        _ a: (name: String, values: [Double]), _ b: (name: String, values: [Double]), settings: AnalysisSettings
    ) {
        let both = zip(a.values, b.values).filter { $0.isFinite && $1.isFinite }
        guard both.count >= max(2, settings.minimumGroup) else { return nil }
        let (first, second) = (both.map(\.0), both.map(\.1))
        let found: Answer<PairedTTest> = computed { () throws(Undefined) in
            try PairedTTest(first, second, level: settings.level)
        }
        let ranks: Answer<WilcoxonSignedRank> = computed { () throws(Undefined) in
            try WilcoxonSignedRank(first, second)
        }
        let mean = Moments(both.map { $1 - $0 })
        let sd = mean.summarySD ?? 0
        self.init(
            a: a.name, b: b.name, n: both.count, outOf: a.values.count, difference: mean.mean,
            interval: found.value?.interval,
            test: found.map {
                TestFigures(method: .pairedT, statistic: $0.t, degreesOfFreedom: [$0.df], p: $0.p)
            },
            wilcoxon: ranks.map {
                TestFigures(
                    method: .wilcoxon, statistic: $0.positiveRankSum, p: $0.p, isExact: $0.method == .exact,
                    ties: $0.ties)
            },
            standardised: sd > 0 ? mean.mean / sd : nil, pHolm: nil, pBH: nil)
    }
}
