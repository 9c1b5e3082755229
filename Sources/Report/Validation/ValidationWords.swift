import Analysis
import Charts
import Model
import Words

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
        let names = result.sources.filter { $0.weight > 0 && $0.card.score.value == nil }.map { say("“\($0.name)”") }
        return names.isEmpty
            ? ""
            : say(
                " (\(names.joined(separator: say(" and "))) \(names.count == 1 ? say("gives") : say("give")) no scores)"
            )
    }

    static func verdict(_ readiness: Readiness) -> (word: String, tone: Tone) {
        switch readiness {
        case .ready: (say("Ready"), .good)
        case .conditional: (say("Conditionally ready"), .accent)
        case .notReady: (say("Not ready"), .bad)
        }
    }

    static func status(_ status: TestResult.Status) -> (word: String, tone: Tone) {
        switch status {
        case .passed: (say("passed"), .good)
        case .warned: (say("warned"), .accent)
        case .failed: (say("failed"), .bad)
        case .skipped: (say("skipped"), .muted)
        case .errored: (say("broke off"), .bad)
        }
    }

    static func change(_ change: TestChange) -> (word: String, tone: Tone) {
        switch change {
        case .newlyFailing: (say("newly failing"), .bad)
        case .fixed: (say("fixed"), .good)
        case .weakened: (say("passed before, warned now"), .accent)
        case .newlySkipped: (say("newly skipped"), .accent)
        case .added: (say("new"), .muted)
        case .gone: (say("gone"), .muted)
        }
    }

    static func allows(_ readiness: Readiness) -> (word: String, tone: Tone) {
        switch readiness {
        case .ready: (say("ready"), .good)
        case .conditional: (say("conditional at most"), .accent)
        case .notReady: (say("not ready"), .bad)
        }
    }

    static func score(_ value: Double) -> String { NumberText.fixed(value, decimals: 1) }

    static func percent(_ share: Double) -> String { NumberWords.percent(share) }

    /// "15 of 25 (60.0 %)".
    static func share(_ share: SuccessShare) -> String {
        say("\(NumberWords.count(share.successes)) of \(NumberWords.count(share.n)) (\(percent(share.share)))")
    }

    static func interval(_ interval: Interval) -> String {
        say("\(percent(interval.low)) to \(percent(interval.high))")
    }

    static func seconds(_ value: Double) -> String { "\(NumberWords.plain(value))\u{202F}s" }

    /// A reason as a sentence with its figures.
    func sentence(_ reason: VerdictReason) -> String {
        switch reason.rule {
        case .success(let share):
            return
                say(
                    "\(Self.percent(share)) of the tests that ran passed\(hasSources ? say(", sources weighted") : ""); ready needs \(Self.percent(settings.readySuccess)), conditional \(Self.percent(settings.conditionalSuccess))."
                )
        case .score(let score):
            return
                say(
                    "The overall score is \(Self.score(score)) of 100\(withoutScore); ready needs \(Self.score(settings.readyScore)), conditional \(Self.score(settings.conditionalScore))."
                )
        case .noScore: return say("No result has a score, so that the share of passed tests decides alone.")
        case .nothingRan: return say("No test ran, so that nothing is known.")
        case .fewTests(let found, let needed):
            return
                say(
                    "\(NumberWords.count(found, "test", "tests")) ran; fewer than \(NumberWords.count(needed)) are too few to call anything ready."
                )
        case .refused(let count):
            return
                say(
                    "\(NumberWords.count(count, "result", "results")) that \(count == 1 ? say("was") : say("were")) delivered could not be used: how \(count == 1 ? say("it") : say("they")) ended is not known."
                )
        case .gone(let source, let count, let before):
            return
                say(
                    "\(NumberWords.count(count)) of \(NumberWords.count(before)) tests of the run before did not run\(of(source)); more than \(Self.percent(settings.goneShare)) gone are too many to call it ready."
                )
        case .gate(let name, let source, let status):
            let ended = status.map { Self.status($0).word } ?? say("is not among the results")
            return
                say(
                    "Gate test “\(name)”\(source.map(of) ?? "") \(status == .errored ? say("broke off") : status == .skipped ? say("was skipped") : ended)."
                )
        case .allGates(let count):
            return count == 1 ? say("The gate test passed.") : say("All \(NumberWords.count(count)) gate tests passed.")
        case .category(let name, let source, let passed, let ran):
            return
                say(
                    "In “\(name)”\(of(source)) \(passed == 0 ? say("none") : NumberWords.count(passed)) of \(NumberWords.count(ran)) passed."
                )
        case .missingSource(let source):
            return say("There are no results of the source “\(source)”, which has a weight.")
        case .criticalSource(let name, let share):
            return
                say(
                    "Of the source “\(name)” \(Self.percent(share)) passed, below the critical \(Self.percent(settings.criticalSuccess))."
                )
        case .disagreement(let a, let b, let consistency):
            return
                say(
                    "“\(a)” and “\(b)” contradict each other: consistency \(NumberText.fixed(consistency, decimals: 2))."
                )
        case .stale(let source, let days):
            return say("The newest run\(of(source)) is \(NumberWords.count(days, "day", "days")) old.")
        case .criterion(let name, let isDetermined):
            return isDetermined
                ? say("The criterion “\(name)” is not met.") : say("The criterion “\(name)” cannot be determined.")
        }
    }

    /// Names in a sentence, the first few of them.
    static func list(_ names: [String], _ limit: Int = 5) -> String {
        let shown = names.prefix(limit).map { TableCell.shortened($0) }.joined(separator: ", ")
        return names.count > limit ? say("\(shown) and \(NumberWords.count(names.count - limit)) more") : shown
    }

    static func priority(_ priority: ValidationAdvice.Priority) -> (word: String, tone: Tone) {
        switch priority {
        case .critical: (say("critical"), .bad)
        case .high: (say("high"), .accent)
        case .medium: (say("medium"), .muted)
        case .info: (say("for information"), .good)
        }
    }

    /// What to do, and the figures that say so.
    func advice(_ advice: ValidationAdvice) -> (what: String, figures: String) {
        switch advice.matter {
        case .gates(let names):
            return (
                say("Make the gate tests pass before anything else: \(Self.list(names))."),
                say("\(NumberWords.count(names.count, "gate test", "gate tests")) not passed")
            )
        case .criticalSource(let name, let share):
            return (
                say("Stop: most tests of “\(name)” do not pass."),
                say(
                    "\(Self.share(share)), \(NumberWords.level(result.level)) interval \(Self.interval(share.interval))"
                )
            )
        case .errored(let source, let count, let ran):
            return (
                say("Repair the test environment\(of(source)): tests that break off say nothing of the product."),
                say("\(NumberWords.count(count)) of \(NumberWords.count(ran)) tests that ran broke off")
            )
        case .lowSuccess(let share, let passed, let ran, let needed):
            return (
                say("Work on the tests that fail until \(Self.percent(needed)) pass."),
                say("\(Self.percent(share)) (\(NumberWords.count(passed)) of \(NumberWords.count(ran)))")
            )
        case .lowCategory(let name, let source, let score, let scored, let needed):
            return (
                say("Look into “\(name)”\(of(source)) first."),
                say(
                    "mean score \(Self.score(score)) of \(NumberWords.count(scored, "test", "tests")), below \(Self.score(needed))"
                )
            )
        case .newlyFailing(let source, let tests):
            return (
                say("Find what changed since the run before\(of(source)): \(Self.list(tests))."),
                say("\(NumberWords.count(tests.count, "test", "tests")) newly failing")
            )
        case .failing(let source, let tests, let ran):
            return (
                say("Mend the tests that fail\(of(source)): \(Self.list(tests))."),
                say("\(NumberWords.count(tests.count)) of \(NumberWords.count(ran)) failed")
            )
        case .flaky(let source, let tests):
            return (
                say("Make flaky tests steady or take them out of the verdict\(of(source)): \(Self.list(tests))."),
                say(
                    "\(NumberWords.count(tests.count, "test comes", "tests come")) and \(tests.count == 1 ? say("goes") : say("go"))"
                )
            )
        case .skipped(let source, let count, let total):
            return (
                say("Run what was skipped\(of(source)): it is not known to work."),
                say("\(NumberWords.count(count)) of \(NumberWords.count(total)) skipped")
            )
        case .disagreement(let agreement):
            let parts = [
                agreement.success.value.map { say("success \(Self.points($0))") },
                agreement.score.value.map { say("score \(Self.difference($0))") },
                agreement.consistency.value.map { say("consistency \(NumberText.fixed($0, decimals: 2))") },
            ]
            return (
                say("Find out why “\(agreement.b)” differs from “\(agreement.a)”."),
                parts.compactMap { $0 }.joined(separator: ", ")
            )
        case .slower(let source, let tests):
            return (
                say("Look at tests that become slower\(of(source)): \(Self.list(tests))."),
                say("\(NumberWords.count(tests.count, "test", "tests")) with a trend that stands after correction")
            )
        case .praise(let share, let passed, let ran):
            return (
                say("Nothing to do: keep running these tests."),
                say("\(Self.percent(share)) passed (\(NumberWords.count(passed)) of \(NumberWords.count(ran)))")
            )
        }
    }

    /// A difference of shares in percentage points.
    static func points(_ difference: Double) -> String {
        NumberWords.signed(NumberText.fixed(difference * 100, decimals: 1), difference) + say(" points")
    }

    /// A difference of scores: with a second decimal below 1, so that it is not taken for that of rounded scores.
    static func difference(_ difference: Double) -> String {
        NumberWords.signed(NumberText.fixed(difference, decimals: abs(difference) < 1 ? 2 : 1), difference)
    }

    /// The counts in words: "15 passed, 8 failed, 2 broke off"; ways in which none ended are left out.
    static func counts(_ counts: StatusCounts) -> String {
        TestResult.Status.allCases.filter { counts[$0] > 0 }
            .map { "\(NumberWords.count(counts[$0])) \(status($0).word)" }.joined(separator: ", ")
    }

    /// What a criterion asks for.
    func criterion(_ criterion: SuccessCriterion) -> String {
        let (what, words): (String, (Double) -> String) =
            switch criterion.measure {
            case .success(let patterns):
                (say("share of passed tests named \(Self.list(patterns.map(\.text), 3))"), Self.percent)
            case .score(let category): (say("mean score of “\(category)”"), Self.score)
            case .difference(let a, let b): (say("difference of the mean scores of “\(a)” and “\(b)”"), Self.score)
            case .consistency: (say("consistency of the sources"), { NumberText.fixed($0, decimals: 2) })
            }
        let limits = [
            criterion.atLeast.map { say("at least \(words($0))") },
            criterion.atMost.map { say("at most \(words($0))") },
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

    /// The tests that passed in the run before and fail now, the first five by name; nil where there are none.
    var newlyFailing: String? {
        let failing = result.sources.flatMap { source in
            source.tests.filter { $0.change == .newlyFailing }.map { $0.name + of(source.name) }
        }
        guard !failing.isEmpty else { return nil }
        let named = failing.prefix(5).joined(separator: ", ")
        let rest = failing.count > 5 ? say(" and \(failing.count - 5) more") : ""
        return say("Newly failing: \(named)\(rest).")
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
                        ? say(" \(NumberWords.count(limiting.count - 1, "more reason", "more reasons")) below.") : "")
            }
            ?? ""
        return Prose([
            .strong(verdict.word + "."),
            .text("\(why) \(NumberWords.count(result.counts.total, "test", "tests")): \(counts)."),
        ])
    }
}
