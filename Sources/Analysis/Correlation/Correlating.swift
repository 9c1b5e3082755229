import Model
import Partials
import Statistics

extension CorrelationResult {
    /// Every pair of metrics in the records of a sample; fails with fewer than two metrics or without records.
    ///
    /// A record counts for a pair if it has both. Cost: metrics² / 2 × one sort of the sample.
    static func of(
        _ sample: RecordSample, catalogue: Catalogue, group: Group, period: Period, withKendall: Bool = false,
        settings: AnalysisSettings
    ) -> Answer<CorrelationResult> {
        let names = catalogue.metrics.map(\.name)
        guard names.count >= 2 else { return .failure(.tooFew(.metrics, found: names.count, needed: 2)) }
        guard sample.count > 0 else { return .failure(.noRecords) }
        let columns = names.indices.map { sample.values(metric: $0) }
        var pairs: [CorrelationPair] = []
        let composites = Composite.all(names, columns)
        let parts = Dictionary(grouping: composites, by: \.metric).mapValues { $0.flatMap { $0.parts.map(\.metric) } }
        for x in names.indices {
            for y in names.indices.dropFirst(x + 1) {
                var pair = CorrelationPair(
                    names[x], columns[x], names[y], columns[y], withKendall: withKendall, settings: settings)
                if !pair.isByDefinition {
                    pair.sharedColumns =
                        (parts[names[x], default: []].contains(names[y]) ? [names[y]] : [])
                        + (parts[names[y], default: []].contains(names[x]) ? [names[x]] : [])
                }
                pairs.append(pair)
            }
        }
        let tested = pairs.indices.filter { pairs[$0].spearman.value != nil && !pairs[$0].isByDefinition }
        let corrected = adjusted(tested.compactMap { pairs[$0].spearman.value?.test.p }, by: .benjaminiHochberg)
        for (place, p) in zip(tested, corrected) { pairs[place].pBH = p }
        return .success(
            CorrelationResult(
                group: group, period: period,
                exactness: sample.isComplete ? .exact : .sampled(n: sample.count, of: sample.population),
                metrics: names, pairs: pairs, composites: composites))
    }
}

extension CorrelationPair {
    fileprivate init(
        _ x: String, _ xs: [Double], _ y: String, _ ys: [Double], withKendall: Bool, settings: AnalysisSettings
    ) {
        let both = zip(xs, ys).filter { $0.isFinite && $1.isFinite }
        let (left, right) = (both.map(\.0), both.map(\.1))
        let needed = max(4, settings.minimumGroup)
        guard both.count >= needed else {
            let absence = both.isEmpty ? Absence.noRecords : .tooFew(.records, found: both.count, needed: needed)
            self.init(
                x: x, y: y, n: both.count, sharedColumns: settings.sharedColumns(x, y), pearson: .failure(absence),
                spearman: .failure(absence), kendall: .failure(absence))
            return
        }
        self.init(
            x: x, y: y, n: both.count, sharedColumns: settings.sharedColumns(x, y),
            pearson: computed { () throws(Undefined) in
                let found = try PearsonCorrelation(left, right, level: settings.level)
                return CorrelationFigures(.pearson, found.r, found.interval, p: found.p, n: found.n)
            },
            spearman: computed { () throws(Undefined) in
                let found = try SpearmanCorrelation(left, right, level: settings.level)
                return CorrelationFigures(
                    .spearman, found.rho, found.interval, p: found.p, n: found.n, isExact: found.method == .exact,
                    ties: found.ties)
            },
            kendall: !withKendall
                ? .failure(.notDeclared)
                : computed { () throws(Undefined) in
                    let found = try KendallCorrelation(left, right, level: settings.level)
                    return CorrelationFigures(
                        .kendall, found.tau, found.interval, p: found.p, n: found.n, isExact: found.method == .exact,
                        ties: found.ties)
                })
    }
}

extension CorrelationFigures {
    fileprivate init(
        _ method: TestFigures.Method, _ value: Double, _ interval: Interval?, p: Double?, n: Int,
        isExact: Bool? = nil, ties: Bool? = nil
    ) {
        self.init(
            coefficient: value, interval: interval,
            test: TestFigures(
                method: method, statistic: value, degreesOfFreedom: [Double(n - 2)], p: p ?? 1, isExact: isExact,
                ties: ties))
    }
}
