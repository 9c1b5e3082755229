import Model

/// What to do about results, each with the figures that say so.
struct Advising {
    let settings: ValidationSettings
    let sources: [SourceResult]
    let agreements: [SourceAgreement]
    let success: Answer<Double>

    /// The advice, the gravest first.
    var all: [ValidationAdvice] {
        var found =
            overall + sources.flatMap(advice) + agreements.filter(\.isDiscrepant).map { make(.high, .disagreement($0)) }
        if found.isEmpty { found = praise }
        return found.enumerated().sorted { ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset) }
            .map(\.element)
    }

    private func make(_ priority: ValidationAdvice.Priority, _ matter: ValidationAdvice.Matter) -> ValidationAdvice {
        ValidationAdvice(priority: priority, matter: matter)
    }

    private var overall: [ValidationAdvice] {
        var found: [ValidationAdvice] = []
        let gates = sources.flatMap { source in
            source.tests.filter { $0.isGate && !($0.isPresent && $0.status == .passed) }.map(\.name)
        }
        if !gates.isEmpty { found.append(make(.critical, .gates(gates))) }
        guard let success = success.value else { return found }
        let passed = sources.reduce(0) { $0 + $1.card.counts.passed }
        let ran = sources.reduce(0) { $0 + $1.card.counts.ran }
        if success < settings.advisedSuccess - 1e-9 {
            found.append(make(.high, .lowSuccess(success, passed: passed, ran: ran, needed: settings.advisedSuccess)))
        }
        return found
    }

    /// Where nothing is to be done: what so many passed tests are worth.
    private var praise: [ValidationAdvice] {
        guard let success = success.value, success >= settings.praisedSuccess - 1e-9 else { return [] }
        let passed = sources.reduce(0) { $0 + $1.card.counts.passed }
        let ran = sources.reduce(0) { $0 + $1.card.counts.ran }
        guard ran >= settings.minimumTests else { return [] }
        return [make(.info, .praise(success, passed: passed, ran: ran))]
    }

    private func advice(on source: SourceResult) -> [ValidationAdvice] {
        var found: [ValidationAdvice] = []
        let counts = source.card.counts
        if sources.count > 1, let share = source.card.success.value, share.share < settings.criticalSuccess {
            found.append(make(.critical, .criticalSource(source.name, share)))
        }
        if counts.errored > 0 {
            found.append(make(.high, .errored(source: source.name, count: counts.errored, ran: counts.ran)))
        }
        for category in source.categories where category.weight > 0 {
            guard let score = category.card.score.value, score < settings.advisedScore else { continue }
            found.append(
                make(
                    .high,
                    .lowCategory(
                        name: category.title, source: source.name, score: score, scored: category.card.scored,
                        needed: settings.advisedScore)))
        }
        let failing = source.tests.filter { $0.change == .newlyFailing }.map(\.name)
        if !failing.isEmpty {
            found.append(make(.high, .newlyFailing(source: source.name, tests: failing)))
        }
        let still = source.tests.filter {
            $0.isPresent && !$0.isGate && $0.status == .failed && $0.change != .newlyFailing
        }
        if !still.isEmpty {
            found.append(make(.medium, .failing(source: source.name, tests: still.map(\.name), ran: counts.ran)))
        }
        let flaky = source.tests.filter { $0.isPresent && $0.flakiness.value?.isFlaky == true }.map(\.name)
        if !flaky.isEmpty { found.append(make(.medium, .flaky(source: source.name, tests: flaky))) }
        let slower = source.tests.filter {
            $0.isPresent && $0.slowing.value.map { $0.isNotable && $0.slope > 0 } == true
        }
        if !slower.isEmpty { found.append(make(.medium, .slower(source: source.name, tests: slower.map(\.name)))) }
        if counts.skipped > 0 {
            found.append(make(.medium, .skipped(source: source.name, count: counts.skipped, total: counts.total)))
        }
        return found
    }
}
