import Model
import Words

extension ValidationResult {
    /// What the newest run of each source says, held against the runs before; nil without results up to asOf.
    ///
    /// - Parameters:
    ///   - results: the results that hold, in any order; later ones than asOf are left out.
    ///   - settings: every rule.
    ///   - asOf: the day that is judged.
    ///   - baseline: results to compare with instead of the run before, per source the newest run among them.
    ///   - baselineRun: the id of the run to compare with instead.
    ///   - refused: results that were delivered and could not be used.
    ///   - level: the level of intervals.
    ///   - alpha: where trends of durations stand after correction.
    ///
    /// Pure. Cost: a sort of the results and, for each test, the pairs of its runs.
    public init?(
        _ results: [TestResult], settings: ValidationSettings = ValidationSettings(), asOf: Day,
        baseline: [TestResult]? = nil, baselineRun: String? = nil, refused: Int = 0, level: Double = 0.95,
        alpha: Double = 0.05
    ) {
        let bySource = Dictionary(grouping: results.filter { $0.day <= asOf }, by: \.source)
        var sources = bySource.keys.sorted().compactMap { name -> SourceResult? in
            let runs = TestRuns(bySource[name] ?? [], gapMinutes: settings.runGapMinutes).runs
            var against: TestRuns.Run?
            if let baseline {
                // A file may name its source otherwise; with one source on either side it is meant all the same.
                let own = baseline.filter { $0.source == name }
                let others = Set(baseline.map(\.source)).count == 1 && bySource.count == 1 ? baseline : []
                against = TestRuns(own.isEmpty ? others : own, gapMinutes: settings.runGapMinutes).runs.last
            } else if let baselineRun {
                against = runs.dropLast().last { $0.id == baselineRun || $0.day.iso == baselineRun }
            }
            return SourceAccount(runs, against: against, settings: settings, level: level, alpha: alpha)?
                .result(named: name)
        }
        guard !sources.isEmpty else { return nil }
        ValidationResult.weigh(&sources, settings)
        let agreements = sources.indices.flatMap { first in
            sources.indices.dropFirst(first + 1).map {
                SourceAgreement(sources[first], sources[$0], settings: settings)
            }
        }
        let criteria = settings.criteria.map {
            CriterionResult($0, sources: sources, agreements: agreements, level: level)
        }
        let success = ValidationResult.blend(sources, Phrase("no test ran")) { $0.card.success.value?.share }
        let score = ValidationResult.blend(sources, Phrase("no result has a score")) { $0.card.score.value }
        let reasons = Readying(
            settings: settings, sources: sources, agreements: agreements, criteria: criteria, success: success,
            score: score, asOf: asOf, refused: refused
        ).reasons
        self.init(
            settings: settings, level: level, readiness: reasons.map(\.allows).min() ?? .notReady, reasons: reasons,
            score: score, success: success, sources: sources, agreements: agreements, criteria: criteria,
            advice: Advising(settings: settings, sources: sources, agreements: agreements, success: success).all)
    }

    /// Gives each source its share of the declared weights, and puts the heaviest first. Sources without a declared
    /// weight share alike where none is declared, and do not count where others are.
    private static func weigh(_ sources: inout [SourceResult], _ settings: ValidationSettings) {
        let declared = settings.sourceWeights.filter { weight in sources.contains { $0.name == weight.source } }
        let sum = declared.reduce(0) { $0 + $1.weight }
        for index in sources.indices {
            sources[index].weight =
                sum > 0
                ? (declared.first { $0.source == sources[index].name }?.weight ?? 0) / sum : 1 / Double(sources.count)
        }
        sources.sort { ($1.weight, $0.name) < ($0.weight, $1.name) }
    }

    /// The mean of a figure over the sources that have it, by their weights.
    private static func blend(
        _ sources: [SourceResult], _ why: Phrase, _ figure: (SourceResult) -> Double?
    ) -> Answer<Double> {
        var (sum, weights) = (0.0, 0.0)
        for source in sources where source.weight > 0 {
            guard let value = figure(source) else { continue }
            sum += source.weight * value
            weights += source.weight
        }
        return weights > 0 ? .success(sum / weights) : .failure(.undefined(why))
    }
}
