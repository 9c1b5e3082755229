import Analysis
import Charts
import Model

/// Words for results of tests; the verdict is said here and nowhere else.
struct ValidationWords {
    let result: ValidationResult

    var settings: ValidationSettings { result.settings }

    /// Whether more than one source has to be told apart.
    var hasSources: Bool { result.sources.count > 1 }

    /// " (live)" where there are several sources.
    func of(_ source: String) -> String { hasSources ? " (\(source))" : "" }

    /// " (“live” gives no scores)"; empty where every source that counts gives some.
    private var withoutScore: String {
        let names = result.sources.filter { $0.weight > 0 && $0.card.score.value == nil }.map { "“\($0.name)”" }
        return names.isEmpty
            ? "" : " (\(names.joined(separator: " and ")) \(names.count == 1 ? "gives" : "give") no scores)"
    }

    static func verdict(_ readiness: Readiness) -> (word: String, tone: Tone) {
        switch readiness {
        case .ready: ("Ready", .good)
        case .conditional: ("Conditionally ready", .accent)
        case .notReady: ("Not ready", .bad)
        }
    }

    static func status(_ status: TestResult.Status) -> (word: String, tone: Tone) {
        switch status {
        case .passed: ("passed", .good)
        case .warned: ("warned", .accent)
        case .failed: ("failed", .bad)
        case .skipped: ("skipped", .muted)
        case .errored: ("errored", .bad)
        }
    }

    static func change(_ change: TestChange) -> (word: String, tone: Tone) {
        switch change {
        case .newlyFailing: ("newly failing", .bad)
        case .fixed: ("fixed", .good)
        case .weakened: ("passed before, warned now", .accent)
        case .newlySkipped: ("newly skipped", .accent)
        case .added: ("new", .muted)
        case .gone: ("gone", .muted)
        }
    }

    static func allows(_ readiness: Readiness) -> (word: String, tone: Tone) {
        switch readiness {
        case .ready: ("holds", .good)
        case .conditional: ("conditional at most", .accent)
        case .notReady: ("not ready", .bad)
        }
    }

    static func score(_ value: Double) -> String { NumberText.fixed(value, decimals: 1) }

    static func percent(_ share: Double) -> String { NumberWords.percent(share) }

    /// "15 of 25 (60.0 %)".
    static func share(_ share: SuccessShare) -> String {
        "\(NumberWords.count(share.successes)) of \(NumberWords.count(share.n)) (\(percent(share.share)))"
    }

    static func interval(_ interval: Interval) -> String { "\(percent(interval.low)) to \(percent(interval.high))" }

    static func seconds(_ value: Double) -> String { "\(NumberWords.plain(value))\u{202F}s" }

    /// A reason as a sentence with its figures.
    func sentence(_ reason: VerdictReason) -> String {
        switch reason.rule {
        case .success(let share):
            return
                "\(Self.percent(share)) of the tests that ran passed\(hasSources ? ", sources weighted" : ""); ready needs \(Self.percent(settings.readySuccess)), conditional \(Self.percent(settings.conditionalSuccess))."
        case .score(let score):
            return
                "The overall score is \(Self.score(score)) of 100\(withoutScore); ready needs \(Self.score(settings.readyScore)), conditional \(Self.score(settings.conditionalScore))."
        case .noScore: return "No result has a score, so that the share of passed tests decides alone."
        case .nothingRan: return "No test ran, so that nothing is known."
        case .fewTests(let found, let needed):
            return
                "\(NumberWords.count(found, "test", "tests")) ran; fewer than \(NumberWords.count(needed)) are too few to call anything ready."
        case .refused(let count):
            return
                "\(NumberWords.count(count, "result", "results")) that \(count == 1 ? "was" : "were") delivered could not be used: how \(count == 1 ? "it" : "they") ended is not known."
        case .gone(let source, let count, let before):
            return
                "\(NumberWords.count(count)) of \(NumberWords.count(before)) tests of the run before did not run\(of(source)); more than \(Self.percent(settings.goneShare)) gone are too many to call it ready."
        case .gate(let name, let source, let status):
            let ended = status.map { Self.status($0).word } ?? "is not among the results"
            return
                "Gate test “\(name)”\(source.map(of) ?? "") \(status == .errored ? "broke off" : status == .skipped ? "was skipped" : ended)."
        case .allGates(let count):
            return count == 1 ? "The gate test passed." : "All \(NumberWords.count(count)) gate tests passed."
        case .category(let name, let source, let passed, let ran):
            return
                "In “\(name)”\(of(source)) \(passed == 0 ? "none" : NumberWords.count(passed)) of \(NumberWords.count(ran)) passed."
        case .missingSource(let source): return "There are no results of the source “\(source)”, which has a weight."
        case .criticalSource(let name, let share):
            return
                "Of the source “\(name)” \(Self.percent(share)) passed, below the critical \(Self.percent(settings.criticalSuccess))."
        case .disagreement(let a, let b, let consistency):
            return
                "“\(a)” and “\(b)” contradict each other: consistency \(NumberText.fixed(consistency, decimals: 2))."
        case .stale(let source, let days):
            return "The newest run\(of(source)) is \(NumberWords.count(days, "day", "days")) old."
        case .criterion(let name, let isDetermined):
            return isDetermined
                ? "The criterion “\(name)” is not met." : "The criterion “\(name)” cannot be determined."
        }
    }

    /// Names in a sentence, the first few of them.
    static func list(_ names: [String], _ limit: Int = 5) -> String {
        let shown = names.prefix(limit).map { TableCell.shortened($0) }.joined(separator: ", ")
        return names.count > limit ? "\(shown) and \(NumberWords.count(names.count - limit)) more" : shown
    }

    static func priority(_ priority: ValidationAdvice.Priority) -> (word: String, tone: Tone) {
        switch priority {
        case .critical: ("critical", .bad)
        case .high: ("high", .accent)
        case .medium: ("medium", .muted)
        case .info: ("for information", .good)
        }
    }

    /// What to do, and the figures that say so.
    func advice(_ advice: ValidationAdvice) -> (what: String, figures: String) {
        switch advice.matter {
        case .gates(let names):
            return (
                "Make the gate tests pass before anything else: \(Self.list(names)).",
                "\(NumberWords.count(names.count, "gate test", "gate tests")) not passed"
            )
        case .criticalSource(let name, let share):
            return (
                "Stop: most tests of “\(name)” do not pass.",
                "\(Self.share(share)), \(NumberWords.level(result.level)) interval \(Self.interval(share.interval))"
            )
        case .errored(let source, let count, let ran):
            return (
                "Repair the test environment\(of(source)): tests that break off say nothing of the product.",
                "\(NumberWords.count(count)) of \(NumberWords.count(ran)) tests that ran broke off"
            )
        case .lowSuccess(let share, let passed, let ran, let needed):
            return (
                "Work on the tests that fail until \(Self.percent(needed)) pass.",
                "\(Self.percent(share)) (\(NumberWords.count(passed)) of \(NumberWords.count(ran)))"
            )
        case .lowCategory(let name, let source, let score, let scored, let needed):
            return (
                "Look into “\(name)”\(of(source)) first.",
                "mean score \(Self.score(score)) of \(NumberWords.count(scored, "test", "tests")), below \(Self.score(needed))"
            )
        case .newlyFailing(let source, let tests):
            return (
                "Find what changed since the run before\(of(source)): \(Self.list(tests)).",
                "\(NumberWords.count(tests.count, "test", "tests")) newly failing"
            )
        case .flaky(let source, let tests):
            return (
                "Make flaky tests steady or take them out of the verdict\(of(source)): \(Self.list(tests)).",
                "\(NumberWords.count(tests.count, "test comes", "tests come")) and \(tests.count == 1 ? "goes" : "go")"
            )
        case .skipped(let source, let count, let total):
            return (
                "Run what was skipped\(of(source)): it is not known to work.",
                "\(NumberWords.count(count)) of \(NumberWords.count(total)) skipped"
            )
        case .disagreement(let agreement):
            let parts = [
                agreement.success.value.map { "success \(Self.points($0))" },
                agreement.score.value.map { "score \(Self.difference($0))" },
                agreement.consistency.value.map { "consistency \(NumberText.fixed($0, decimals: 2))" },
            ]
            return (
                "Find out why “\(agreement.b)” differs from “\(agreement.a)”.",
                parts.compactMap { $0 }.joined(separator: ", ")
            )
        case .slower(let source, let tests):
            return (
                "Look at tests that become slower\(of(source)): \(Self.list(tests)).",
                "\(NumberWords.count(tests.count, "test", "tests")) with a trend that stands after correction"
            )
        case .praise(let share, let passed, let ran):
            return (
                "Nothing to do: keep running these tests.",
                "\(Self.percent(share)) passed (\(NumberWords.count(passed)) of \(NumberWords.count(ran)))"
            )
        }
    }

    /// A difference of shares in percentage points.
    static func points(_ difference: Double) -> String {
        NumberWords.signed(NumberText.fixed(difference * 100, decimals: 1), difference) + " points"
    }

    static func difference(_ difference: Double) -> String {
        NumberWords.signed(NumberText.fixed(difference, decimals: 1), difference)
    }

    /// The counts in words: "15 passed, 8 failed, 2 errored"; ways in which none ended are left out.
    static func counts(_ counts: StatusCounts) -> String {
        TestResult.Status.allCases.filter { counts[$0] > 0 }
            .map { "\(NumberWords.count(counts[$0])) \(status($0).word)" }.joined(separator: ", ")
    }

    /// What a criterion asks for.
    func criterion(_ criterion: SuccessCriterion) -> String {
        let (what, words): (String, (Double) -> String) =
            switch criterion.measure {
            case .success(let patterns):
                ("share of passed tests named \(Self.list(patterns.map(\.text), 3))", Self.percent)
            case .score(let category): ("mean score of “\(category)”", Self.score)
            case .difference(let a, let b): ("difference of the mean scores of “\(a)” and “\(b)”", Self.score)
            case .consistency: ("consistency of the sources", { NumberText.fixed($0, decimals: 2) })
            }
        let limits = [
            criterion.atLeast.map { "at least \(words($0))" }, criterion.atMost.map { "at most \(words($0))" },
        ]
        return "\(what): \(limits.compactMap { $0 }.joined(separator: ", "))"
    }

    /// The measured value of a criterion.
    func value(_ value: Double, of criterion: SuccessCriterion) -> String {
        switch criterion.measure {
        case .success: Self.percent(value)
        case .score, .difference: Self.score(value)
        case .consistency: NumberText.fixed(value, decimals: 2)
        }
    }

    /// The verdict as one sentence.
    var lead: Prose {
        let verdict = Self.verdict(result.readiness)
        let limiting = result.reasons.filter { $0.allows == result.readiness && $0.allows < .ready }
        let counts = Self.counts(result.counts)
        let why =
            limiting.first.map {
                " " + sentence($0)
                    + (limiting.count > 1
                        ? " \(NumberWords.count(limiting.count - 1, "more reason", "more reasons")) below." : "")
            }
            ?? ""
        return Prose([
            .strong(verdict.word + "."),
            .text("\(why) \(NumberWords.count(result.counts.total, "test", "tests")): \(counts)."),
        ])
    }
}
