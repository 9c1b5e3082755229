import Model
import Statistics

/// What changed from one run to another, from what both have said. Signs are b − a.
public struct RunComparison: Sendable {
    /// The run that is compared with.
    public let a: RunSnapshot
    /// The run that is described.
    public let b: RunSnapshot
    /// Days that both periods have.
    public let sharedDays: Int
    /// Claims of `b` that `a` did not make.
    public let newFindings: [RunSnapshot.Claim]
    /// Claims of `a` that `b` does not make.
    public let goneFindings: [RunSnapshot.Claim]
    /// Claims that both make.
    public let ongoingFindings: Int
    /// Alerts that fire in `b` alone.
    public let newAlerts: [RunSnapshot.Claim]
    /// Alerts that fired in `a` alone.
    public let goneAlerts: [RunSnapshot.Claim]
    /// Means that either run has, in the order of `b`, then those that only `a` has.
    public let figures: [MovedFigure]
    /// Days that `b` has and `a` had not, by metric.
    public let fresh: [FreshDays]
    /// Days that both runs have with other figures: rows that came late or were corrected.
    public let corrections: [CorrectedDay]
    /// KPIs of either run.
    public let kpis: [MovedKPI]
    /// Tests that changed, or why that is not known.
    public let tests: Answer<[TestMove]>

    /// Compares two runs.
    ///
    /// - Parameters:
    ///   - tests: results of tests up to `b`, held against those up to `a`; nil where there are none.
    ///   - level: the level of intervals.
    ///
    /// Pure; cost is linear in what the summaries hold.
    public init(_ a: RunSnapshot, _ b: RunSnapshot, tests: Answer<[TestMove]>, level: Double = 0.95) {
        (self.a, self.b, self.tests) = (a, b, tests)
        let shared = max(a.period.start, b.period.start).distance(to: min(a.period.end, b.period.end))
        sharedDays = max(0, shared)
        (newFindings, goneFindings) = RunComparison.apart(a.findings, b.findings)
        ongoingFindings = b.findings.count { $0.partOf == nil } - newFindings.count
        (newAlerts, goneAlerts) = RunComparison.apart(a.alerts, b.alerts)
        figures = MovedFigure.all(a, b, sharedDays: sharedDays, level: level)
        fresh = FreshDays.all(a, b)
        corrections = CorrectedDay.all(a, b)
        kpis = MovedKPI.all(a.kpis, b.kpis)
    }

    /// What only the second list has, and what only the first, each in its own order and without the parts of others.
    private static func apart(
        _ a: [RunSnapshot.Claim], _ b: [RunSnapshot.Claim]
    ) -> (new: [RunSnapshot.Claim], gone: [RunSnapshot.Claim]) {
        let (before, now) = (Set(a.map(\.id)), Set(b.map(\.id)))
        return (
            b.filter { $0.partOf == nil && !before.contains($0.id) },
            a.filter { $0.partOf == nil && !now.contains($0.id) }
        )
    }

    /// The change as a whole.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// Something is better and nothing worse.
        case better
        /// Something is worse and nothing better.
        case worse
        /// Both.
        case mixed
        /// Neither.
        case alike
    }

    /// `worse` counts findings for the worse that are new, those for the better that are gone, alerts that began to fire,
    /// tests that began to fail and KPIs that are missed now; `better` counts the opposite.
    public var signs: (better: Int, worse: Int) {
        let count = { (claims: [RunSnapshot.Claim], goodness: Finding.Goodness) in
            claims.count { $0.goodness == goodness }
        }
        let moves = tests.value ?? []
        let better =
            count(newFindings, .better) + count(goneFindings, .worse) + goneAlerts.count
            + moves.count { $0.change == .fixed } + kpis.count { $0.isMetNow }
        let worse =
            count(newFindings, .worse) + count(goneFindings, .better) + newAlerts.count
            + moves.count { $0.change == .newlyFailing } + kpis.count { $0.isMissedNow }
        return (better, worse)
    }

    /// The change as a whole, from `signs`.
    public var verdict: Verdict {
        switch signs {
        case (0, 0): .alike
        case (_, 0): .better
        case (0, _): .worse
        default: .mixed
        }
    }

    /// The mean that moved most by its effect size, over all records; nil where none has one.
    public var mostMoved: MovedFigure? {
        figures.filter { $0.group == "all" && ($0.effect.value ?? 0) != 0 }
            .max { abs($0.effect.value ?? 0) < abs($1.effect.value ?? 0) }
    }
}

/// A mean in two runs.
public struct MovedFigure: Sendable, Hashable {
    /// The metric's name.
    public let metric: String
    /// `all`, or `tier=professional`.
    public let group: String
    /// The figure of the first run; nil where it had none.
    public let a: RunSnapshot.Figure?
    /// The figure of the second run; nil where it has none.
    public let b: RunSnapshot.Figure?
    /// b − a in the metric's unit.
    public let difference: Answer<Double>
    /// Hedges' g, b − a over the pooled standard deviation of records.
    public let effect: Answer<Double>
    /// The interval of g; only where the runs share no day, because shared records are in both samples.
    public let interval: Answer<Interval>

    /// Every mean of either run.
    static func all(_ a: RunSnapshot, _ b: RunSnapshot, sharedDays: Int, level: Double) -> [MovedFigure] {
        let key = { (figure: RunSnapshot.Figure) in [figure.metric, figure.group] }
        let before = Dictionary(a.figures.map { (key($0), $0) }) { first, _ in first }
        let now = Set(b.figures.map(key))
        return b.figures.map { MovedFigure(before[key($0)], $0, sharedDays: sharedDays, level: level) }
            + a.figures.filter { !now.contains(key($0)) }
            .map { MovedFigure($0, nil, sharedDays: sharedDays, level: level) }
    }

    private init(_ a: RunSnapshot.Figure?, _ b: RunSnapshot.Figure?, sharedDays: Int, level: Double) {
        (self.a, self.b) = (a, b)
        metric = b?.metric ?? a?.metric ?? ""
        group = b?.group ?? a?.group ?? ""
        guard let a, let b, let before = a.mean, let now = b.mean else {
            let absence = Absence.undefined("only one of the runs has it")
            (difference, effect, interval) = (.failure(absence), .failure(absence), .failure(absence))
            return
        }
        difference = .success(now - before)
        let standardised: Answer<StandardizedDifference>
        if let sdA = a.sd, let sdB = b.sd {
            standardised = computed { () throws(Undefined) in
                try StandardizedDifference(
                    GroupSummary(n: a.n, mean: before, variance: sdA * sdA),
                    GroupSummary(n: b.n, mean: now, variance: sdB * sdB), variances: .unequal, level: level)
            }
        } else {
            standardised = .failure(.undefined("the summary carries no standard deviation"))
        }
        effect = standardised.map(\.hedgesG)
        interval =
            sharedDays > 0
            ? .failure(.undefined("the runs share \(sharedDays) \(word: sharedDays == 1 ? "day" : "days") of records"))
            : standardised.map(\.interval)
    }
}

/// The days that a later run has and an earlier one had not, against the earlier run's records.
public struct FreshDays: Sendable, Hashable {
    /// The metric's name.
    public let metric: String
    /// The days of the earlier run with a mean.
    public let before: [RunSnapshot.DayMean]
    /// The days that came.
    public let days: [RunSnapshot.DayMean]
    /// Records with a value in them.
    public let n: Int
    /// Their mean, days weighted by records; nil without a record.
    public let mean: Double?
    /// Glass' Δ: mean − mean of the earlier run, over the earlier run's standard deviation of records.
    public let effect: Answer<Double>

    /// For each metric that both runs know.
    static func all(_ a: RunSnapshot, _ b: RunSnapshot) -> [FreshDays] {
        b.metrics.compactMap { metric in
            guard let before = a.days[metric.name], let now = b.days[metric.name] else { return nil }
            return FreshDays(
                metric.name, before, now, a.figures.first { $0.metric == metric.name && $0.group == "all" })
        }
    }

    private init(
        _ metric: String, _ before: [RunSnapshot.DayMean], _ now: [RunSnapshot.DayMean], _ whole: RunSnapshot.Figure?
    ) {
        self.metric = metric
        self.before = before
        let known = Set(before.map(\.day))
        days = now.filter { !known.contains($0.day) }
        n = days.reduce(0) { $0 + $1.n }
        mean = n > 0 ? days.reduce(0) { $0 + Double($1.n) * $1.mean } / Double(n) : nil
        guard let mean else {
            effect = .failure(.noRecords)
            return
        }
        guard let whole, let centre = whole.mean, let sd = whole.sd else {
            effect = .failure(.undefined("the summary carries no standard deviation"))
            return
        }
        effect = sd > 0 ? .success((mean - centre) / sd) : .failure(.constant)
    }
}

/// A day that both runs know and describe differently.
public struct CorrectedDay: Sendable, Hashable {
    /// The metric's name.
    public let metric: String
    /// What the first run said.
    public let a: RunSnapshot.DayMean
    /// What the second run says.
    public let b: RunSnapshot.DayMean

    /// Days whose number of records differs, or whose mean does by more than rounding (10⁻¹² of it).
    static func all(_ a: RunSnapshot, _ b: RunSnapshot) -> [CorrectedDay] {
        b.metrics.flatMap { metric -> [CorrectedDay] in
            let before = Dictionary((a.days[metric.name] ?? []).map { ($0.day, $0) }) { first, _ in first }
            return (b.days[metric.name] ?? []).compactMap { now in
                guard let then = before[now.day] else { return nil }
                let isSame = abs(now.mean - then.mean) <= 1e-12 * max(abs(now.mean), abs(then.mean))
                return now.n == then.n && isSame ? nil : CorrectedDay(metric: metric.name, a: then, b: now)
            }
        }
    }
}

/// A KPI in two runs.
public struct MovedKPI: Sendable, Hashable {
    /// The state in the first run; nil where it was not there.
    public let a: RunSnapshot.KPIState?
    /// The state in the second run; nil where it is not there.
    public let b: RunSnapshot.KPIState?

    /// Met now and not before.
    public var isMetNow: Bool { a != nil && b?.verdict == "met" && a?.verdict != "met" }
    /// Missed now and not before.
    public var isMissedNow: Bool { a != nil && b?.verdict == "missed" && a?.verdict != "missed" }

    static func all(_ a: [RunSnapshot.KPIState], _ b: [RunSnapshot.KPIState]) -> [MovedKPI] {
        let before = Dictionary(a.map { ($0.id, $0) }) { first, _ in first }
        let now = Set(b.map(\.id))
        return b.map { MovedKPI(a: before[$0.id], b: $0) }
            + a.filter { !now.contains($0.id) }.map { MovedKPI(a: $0, b: nil) }
    }
}

/// A test that differs between two runs of the report.
public struct TestMove: Sendable, Hashable {
    /// The source of the results.
    public let source: String
    /// The suite and the test.
    public let name: String
    /// What people call it.
    public let title: String
    /// What is new about it.
    public let change: TestChange

    /// The tests that changed from the newest runs up to a day to those up to another one.
    ///
    /// - Parameter results: all results that hold.
    public static func between(
        _ a: Day, _ b: Day, _ results: [TestResult], settings: ValidationSettings
    ) -> Answer<[TestMove]> {
        let before = results.filter { $0.day <= a }
        guard !before.isEmpty, let result = ValidationResult(results, settings: settings, asOf: b, baseline: before)
        else { return .failure(.undefined("one of the runs has no results of tests")) }
        return .success(
            result.sources.flatMap { source in
                let titles = Dictionary(source.tests.map { (JudgedTest.name($0.result), $0.name) }) { first, _ in first
                }
                return TestChange.allCases.flatMap { change in
                    (source.change?.tests[change] ?? []).map {
                        TestMove(source: source.name, name: $0, title: titles[$0] ?? $0, change: change)
                    }
                }
            })
    }
}
