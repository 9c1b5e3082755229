import Model
import Statistics

/// Makes the account of one source from its runs.
struct SourceAccount {
    let settings: ValidationSettings
    let level: Double
    let alpha: Double
    /// The runs with their tests judged, the oldest first; never empty.
    private let runs: [(run: TestRuns.Run, tests: [JudgedTest])]
    /// What the newest run is compared with; nil for the one before it.
    private let against: (run: TestRuns.Run, tests: [JudgedTest])?

    /// nil without a run. `against` is compared with instead of the run before.
    init?(
        _ runs: [TestRuns.Run], against: TestRuns.Run? = nil, settings: ValidationSettings, level: Double, alpha: Double
    ) {
        guard !runs.isEmpty else { return nil }
        self.settings = settings
        self.level = level
        self.alpha = alpha
        let judged = { (run: TestRuns.Run) in (run: run, tests: run.results.map(settings.judged)) }
        self.runs = runs.suffix(settings.historyRuns).map(judged)
        self.against = against.map(judged) ?? self.runs.dropLast().last
    }

    /// The account, with a weight that is set when all sources are known.
    func result(named name: String) -> SourceResult {
        let newest = runs[runs.count - 1]
        let figures = runs.map { self.figures($0) }
        var tests = accounts()
        Slowing.correct(&tests, settings: settings, alpha: alpha)
        return SourceResult(
            name: name, weight: 1, newest: figures[figures.count - 1], runs: figures,
            categories: categories(newest.tests), tests: tests, change: change(tests, newest: figures.last))
    }

    private func figures(_ run: (run: TestRuns.Run, tests: [JudgedTest])) -> RunFigures {
        RunFigures(
            id: run.run.id, day: run.run.day, started: run.run.started,
            card: .run(run.tests, settings: settings, level: level))
    }

    private func categories(_ tests: [JudgedTest]) -> [CategoryResult] {
        let groups = Dictionary(grouping: tests, by: \.category)
        let earlier = Dictionary(grouping: against?.tests ?? [], by: \.category)
        return settings.order(Set(groups.keys)).map { name in
            CategoryResult(
                name: name, title: settings.title(ofCategory: name),
                weight: settings.weight(ofCategory: name), card: .category(groups[name] ?? [], level: level),
                before: earlier[name].map { .category($0, level: level) })
        }
    }

    // MARK: Tests

    private struct Key: Hashable, Comparable {
        let suite: String
        let test: String

        init(_ result: TestResult) { (suite, test) = (result.suite, result.test) }

        static func < (left: Key, right: Key) -> Bool { (left.suite, left.test) < (right.suite, right.test) }
    }

    private func accounts() -> [TestAccount] {
        let byRun = runs.map { run in
            Dictionary(run.tests.map { (Key($0.result), $0) }) { first, _ in first }
        }
        let newest = byRun[byRun.count - 1]
        let before = Dictionary((against?.tests ?? []).map { (Key($0.result), $0) }) { first, _ in first }
        let keys = Set(newest.keys).union(before.keys).sorted()
        let accounts = keys.compactMap { key -> TestAccount? in
            guard let shown = newest[key] ?? before[key] else { return nil }
            let past = byRun.map { $0[key] }
            return account(shown, past: past, now: newest[key], before: against == nil ? nil : .some(before[key]))
        }
        let order = settings.order(Set(accounts.map(\.category)))
        let places = Dictionary(order.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        return accounts.enumerated().sorted { left, right in
            (places[left.element.category] ?? 0, left.offset) < (places[right.element.category] ?? 0, right.offset)
        }.map(\.element)
    }

    private func account(
        _ shown: JudgedTest, past: [JudgedTest?], now: JudgedTest?, before: JudgedTest??
    ) -> TestAccount {
        let ran = past.compactMap { $0 }.filter { $0.status != .skipped }
        let durations = past.map { $0?.result.seconds }
        return TestAccount(
            result: shown.result, status: shown.status, isByScore: shown.isByScore, cutOffs: shown.cutOffs,
            category: shown.category,
            isGate: shown.isGate, isPresent: now != nil, caseShare: cases(shown.result),
            history: past.map { $0?.status }, durations: durations,
            change: before.flatMap { SourceAccount.change(from: $0?.status, to: now?.status) },
            flakiness: Flakiness.of(
                ran.map(\.result), isGood: ran.map(\.status.isGood), settings: settings, level: level),
            slowing: Slowing.of(durations.compactMap { $0 }, settings: settings, level: level))
    }

    private func cases(_ result: TestResult) -> Answer<SuccessShare> {
        guard let n = result.cases, let passed = result.casesPassed else {
            return .failure(.undefined("the export gives no cases"))
        }
        return Scorecard.share(passed, of: n, level: level)
    }

    /// What is new about a test; nil for nothing.
    static func change(from before: TestResult.Status?, to now: TestResult.Status?) -> TestChange? {
        guard let before else { return now == nil ? nil : .added }
        guard let now else { return .gone }
        if now == .skipped { return before == .skipped ? nil : .newlySkipped }
        if before.isGood, now.isBad { return .newlyFailing }
        if before.isBad, now.isGood { return .fixed }
        return before == .passed && now == .warned ? .weakened : nil
    }

    private func change(_ tests: [TestAccount], newest: RunFigures?) -> RunChange? {
        guard let against, let newest else { return nil }
        let earlier = figures(against)
        var found: [TestChange: [String]] = [:]
        for test in tests.sorted(by: { ($0.result.suite, $0.result.test) < ($1.result.suite, $1.result.test) }) {
            if let change = test.change { found[change, default: []].append(JudgedTest.name(test.result)) }
        }
        return RunChange(
            from: earlier, tests: found, score: difference(newest.card.score, earlier.card.score),
            success: difference(newest.card.success.map(\.share), earlier.card.success.map(\.share)))
    }

    private func difference(_ now: Answer<Double>, _ before: Answer<Double>) -> Answer<Double> {
        now.flatMap { now in before.map { now - $0 } }
    }
}
