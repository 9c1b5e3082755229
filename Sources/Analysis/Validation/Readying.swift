import Model

/// Applies the rules of the verdict.
struct Readying {
    let settings: ValidationSettings
    let sources: [SourceResult]
    let agreements: [SourceAgreement]
    let criteria: [CriterionResult]
    let success: Answer<Double>
    let score: Answer<Double>
    let asOf: Day
    /// Results that could not be used.
    var refused = 0

    /// Every rule with what it allows, the most restrictive first.
    var reasons: [VerdictReason] {
        let all = figures + lacking + gates + categories + sourceRules + criterionRules
        return all.enumerated().sorted { ($0.element.allows, $0.offset) < ($1.element.allows, $1.offset) }
            .map(\.element)
    }

    private func reason(_ rule: VerdictReason.Rule, _ allows: Readiness) -> VerdictReason {
        VerdictReason(allows: allows, rule: rule)
    }

    private var figures: [VerdictReason] {
        let ran = sources.reduce(0) { $0 + $1.card.counts.ran }
        guard ran > 0, let success = success.value else { return [reason(.nothingRan, .notReady)] }
        var found = [
            reason(.success(success), level(success, settings.readySuccess, settings.conditionalSuccess))
        ]
        if let score = score.value {
            found.append(reason(.score(score), level(score, settings.readyScore, settings.conditionalScore)))
        } else {
            found.append(reason(.noScore, .ready))
        }
        if ran < settings.minimumTests {
            found.append(reason(.fewTests(found: ran, needed: settings.minimumTests), .conditional))
        }
        return found
    }

    /// What was delivered but could not be used, or ran before and does not now, is not known to work.
    private var lacking: [VerdictReason] {
        var found: [VerdictReason] = []
        if refused > 0 { found.append(reason(.refused(refused), .conditional)) }
        for source in sources {
            guard let change = source.change else { continue }
            let (before, gone) = (change.from.card.counts.total, change.tests[.gone]?.count ?? 0)
            if before > 0, Double(gone) > settings.goneShare * Double(before) {
                found.append(reason(.gone(source: source.name, count: gone, of: before), .conditional))
            }
        }
        return found
    }

    private func level(_ value: Double, _ ready: Double, _ conditional: Double) -> Readiness {
        // Shares such as 0.8 of 5 are computed, so that the last bit must not decide.
        value >= ready - 1e-9 ? .ready : value >= conditional - 1e-9 ? .conditional : .notReady
    }

    /// A gate that did not pass stops everything; one that nobody ran is not known to hold.
    private var gates: [VerdictReason] {
        var found: [VerdictReason] = []
        var passed = 0
        for source in sources {
            for test in source.tests where test.isGate {
                let status = test.isPresent ? test.status : nil
                if status == .passed {
                    passed += 1
                } else {
                    found.append(
                        reason(
                            .gate(name: test.name, source: source.name, status: status),
                            status == .warned ? .conditional : .notReady))
                }
            }
        }
        for gate in settings.gates where !sources.flatMap(\.tests).contains(where: { [gate].match($0.result) }) {
            found.append(reason(.gate(name: gate.text, source: nil, status: nil), .notReady))
        }
        if found.isEmpty, passed > 0 { found.append(reason(.allGates(passed), .ready)) }
        return found
    }

    /// A category that clearly fails is no success of the whole, however good the others are; few tests make nothing
    /// clear, and what they suggest is a condition.
    private var categories: [VerdictReason] {
        sources.flatMap { source in
            source.categories.compactMap { category -> VerdictReason? in
                guard category.weight > 0, let share = category.card.success.value else { return nil }
                let allows: Readiness =
                    share.interval.high < settings.conditionalSuccess
                    ? .notReady : share.share < settings.conditionalSuccess - 1e-9 ? .conditional : .ready
                guard allows < .ready else { return nil }
                return reason(
                    .category(
                        name: category.title, source: source.name, passed: share.successes, ran: share.n), allows)
            }
        }
    }

    private var sourceRules: [VerdictReason] {
        var found: [VerdictReason] = []
        for weight in settings.sourceWeights
        where weight.weight > 0 && !sources.contains(where: { $0.name == weight.source }) {
            found.append(reason(.missingSource(weight.source), .conditional))
        }
        for source in sources {
            if sources.count > 1, let share = source.card.success.value?.share, share < settings.criticalSuccess {
                found.append(reason(.criticalSource(name: source.name, success: share), .notReady))
            }
            let age = source.newest.day.distance(to: asOf)
            if age >= settings.staleDays { found.append(reason(.stale(source: source.name, days: age), .conditional)) }
        }
        for agreement in agreements where agreement.isDiscrepant {
            guard let consistency = agreement.consistency.value else { continue }
            found.append(reason(.disagreement(agreement.a, agreement.b, consistency: consistency), .conditional))
        }
        return found
    }

    private var criterionRules: [VerdictReason] {
        criteria.filter { $0.isMet != true }.map {
            reason(.criterion(name: $0.criterion.name, isDetermined: $0.isMet != nil), .conditional)
        }
    }
}
