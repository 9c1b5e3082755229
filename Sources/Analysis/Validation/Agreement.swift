import Model

extension SourceAgreement {
    /// Holds two sources against each other; the heavier one is `a`.
    init(_ a: SourceResult, _ b: SourceResult, settings: ValidationSettings) {
        let success = a.card.success.flatMap { first in b.card.success.map { $0.share - first.share } }
        let score = a.card.score.flatMap { first in b.card.score.map { $0 - first } }
        let consistency = success.map { rate in
            score.value.map { 1 - (abs(rate) + abs($0) / 100) / 2 } ?? 1 - abs(rate)
        }
        var earlier: [String: TestResult.Status] = [:]
        for test in a.tests where test.isPresent { earlier[JudgedTest.name(test.result)] = test.status }
        var (shared, contradicting) = (0, [String]())
        for test in b.tests where test.isPresent && test.status != .skipped {
            let name = JudgedTest.name(test.result)
            guard let other = earlier[name], other != .skipped else { continue }
            shared += 1
            if other.isGood != test.status.isGood { contradicting.append(name) }
        }
        self.init(
            a: a.name, b: b.name, success: success, score: score, consistency: consistency, shared: shared,
            contradicting: contradicting.sorted(),
            isDiscrepant: abs(success.value ?? 0) > settings.sourceSuccessDifference
                || abs(score.value ?? 0) > settings.sourceScoreDifference
                || (consistency.value ?? 1) < settings.sourceConsistency)
    }
}

extension CriterionResult {
    /// Measures a criterion on the newest runs.
    init(_ criterion: SuccessCriterion, sources: [SourceResult], agreements: [SourceAgreement], level: Double) {
        let (value, n) = CriterionResult.measure(criterion.measure, sources, agreements, level)
        let isMet = value.value.map { value in
            value >= criterion.atLeast ?? -.infinity && value <= criterion.atMost ?? .infinity
        }
        self.init(criterion: criterion, value: value, n: n, isMet: isMet)
    }

    private static func measure(
        _ measure: SuccessCriterion.Measure, _ sources: [SourceResult], _ agreements: [SourceAgreement], _ level: Double
    ) -> (Answer<Double>, n: Int) {
        switch measure {
        case .success(let patterns):
            let tests = sources.flatMap(\.tests).filter {
                $0.isPresent && $0.status != .skipped && patterns.match($0.result)
            }
            guard !tests.isEmpty else { return (.failure(.undefined("no test that matches ran")), 0) }
            return (.success(Double(tests.count { $0.status == .passed }) / Double(tests.count)), tests.count)
        case .score(let category):
            return score(of: category, sources)
        case .difference(let a, let b):
            let (first, second) = (score(of: a, sources), score(of: b, sources))
            return (first.0.flatMap { x in second.0.map { abs(x - $0) } }, first.n + second.n)
        case .consistency:
            guard let agreement = agreements.first else { return (.failure(.undefined("there is one source only")), 0) }
            return (agreement.consistency, agreement.shared)
        }
    }

    /// The mean score of a category over the sources, by their weights.
    private static func score(of category: String, _ sources: [SourceResult]) -> (Answer<Double>, n: Int) {
        var (sum, weights, n) = (0.0, 0.0, 0)
        for source in sources {
            guard let card = source.categories.first(where: { $0.name == category })?.card, let score = card.score.value
            else { continue }
            sum += source.weight * score
            weights += source.weight
            n += card.scored
        }
        guard weights > 0 else { return (.failure(.undefined("no test of “\(category)” has a score")), 0) }
        return (.success(sum / weights), n)
    }
}
