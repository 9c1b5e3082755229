import Analysis
import Model
import Testing

/// The verdict on results of tests. Intervals are those of statsmodels 0.14 `proportion_confint(k, n, method='wilson')`.
@Suite struct ValidationTests {
    private let day = Day(number: 20_000)

    private func result(
        _ test: String, _ status: TestResult.Status?, score: Double? = nil, category: String = "all", night: Int = 0,
        source: String = "live"
    ) -> TestResult {
        let day = day.advanced(by: night)
        var result = TestResult(
            source: source, run: "n\(night)", day: day, started: Int64(day.number) * 86_400_000_000, test: test,
            status: status)
        result.category = category
        result.score = score
        return result
    }

    private func judge(
        _ results: [TestResult], asOf night: Int = 0, _ change: (inout ValidationSettings) -> Void = { _ in }
    ) throws -> ValidationResult {
        var settings = ValidationSettings()
        change(&settings)
        return try #require(ValidationResult(results, settings: settings, asOf: day.advanced(by: night)))
    }

    /// The run of 2025-07-14 of the tool that this replaces: 25 tests, of which two broke off.
    private var run: [TestResult] {
        let scores: [(String, [Double?])] = [
            ("text", [100, 100, 100, 50, 50]), ("voice", [100, 0, 100, 50, 100]), ("cross", [0, 0, 100, 100, 81.6]),
            ("integration", [100, 100, 50, 0, 100]), ("performance", [94.2, 100, nil, 95.2, nil]),
        ]
        return scores.flatMap { category, scores in
            scores.enumerated().map { place, score in
                let status: TestResult.Status = score == nil ? .errored : (score ?? 0) >= 80 ? .passed : .failed
                return result("\(category)_00\(place + 1)", status, score: score, category: category)
            }
        }
    }

    @Test func theKnownRunIsConditional() throws {
        let found = try judge(run)
        let share = try #require(found.sources[0].card.success.value)
        #expect(share.successes == 15 && share.n == 25)
        #expect(abs(share.interval.low - 0.40739457358966996) < 1e-12)
        #expect(abs(share.interval.high - 0.7659669762225203) < 1e-12)
        let means = found.sources[0].categories.map { $0.card.score.value ?? -1 }
        // 281.6/5 = 56.32; performance is (94.2 + 100 + 95.2)/3, its two broken tests are no zeros.
        #expect(zip(means, [56.32, 70, 96.46666666666667, 80, 70]).allSatisfy { abs($0 - $1) < 1e-9 })
        #expect(abs((found.score.value ?? 0) - 74.55733333333333) < 1e-9)
        #expect(found.readiness == .conditional)
    }

    @Test func ruleOf80And60() throws {
        func verdict(_ passed: Int, _ failed: Int, score: Double?) throws -> Readiness {
            try judge(
                (0..<passed).map { result("p\($0)", .passed, score: score) }
                    + (0..<failed).map { result("f\($0)", .failed, score: score) }
            ).readiness
        }
        #expect(try verdict(8, 2, score: 80) == .ready)
        #expect(try verdict(8, 2, score: 79.9) == .conditional)
        #expect(try verdict(79, 21, score: 80) == .conditional)
        #expect(try verdict(6, 4, score: 60) == .conditional)
        #expect(try verdict(59, 41, score: 90) == .notReady)
        #expect(try verdict(9, 1, score: 59) == .notReady)
        #expect(try verdict(8, 2, score: nil) == .ready)
        #expect(try verdict(2, 0, score: 100) == .conditional)
    }

    @Test(arguments: [
        (TestResult.Status.passed, Readiness.ready), (.warned, .conditional), (.failed, .notReady),
        (.errored, .notReady),
        (.skipped, .notReady),
    ])
    func gateTestsDecide(status: TestResult.Status, verdict: Readiness) throws {
        let results = (0..<19).map { result("t\($0)", .passed) } + [result("safety_1", status)]
        let found = try judge(results) { $0.gates = [NamePattern("safety_*")] }
        #expect(found.readiness == verdict)
    }

    @Test func aGateThatNobodyRanIsNotReady() throws {
        let found = try judge((0..<9).map { result("t\($0)", .passed) }) { $0.gates = [NamePattern("safety")] }
        #expect(found.readiness == .notReady)
        #expect(found.reasons[0].rule == .gate(name: "safety", source: nil, status: nil))
    }

    @Test func skippedCountNeitherWay() throws {
        let found = try judge(
            (0..<8).map { result("p\($0)", .passed) } + [result("f", .failed)]
                + (0..<5).map { result("s\($0)", .skipped) })
        #expect(found.success.value == 8.0 / 9 && found.counts.skipped == 5 && found.counts.ran == 9)
        let nothing = try judge((0..<5).map { result("s\($0)", .skipped) })
        #expect(nothing.readiness == .notReady && nothing.success.value == nil)
        #expect(nothing.reasons.map(\.rule) == [.nothingRan])
    }

    @Test func cutOffsDecideWhereNoStatusIsGiven() throws {
        let found = try judge([
            result("a", nil, score: 80), result("b", nil, score: 79.9), result("c", nil, score: 59.9),
            result("voice_1", nil, score: 85), result("d", .passed, score: 10),
        ]) {
            $0.categories = [.init(name: "strict", tests: [NamePattern("VOICE_*")], passScore: 90, warnScore: 70)]
        }
        let statuses = Dictionary(uniqueKeysWithValues: found.tests.map { ($0.result.test, $0.status) })
        #expect(statuses == ["a": .passed, "b": .warned, "c": .failed, "voice_1": .warned, "d": .passed])
    }

    @Test func oldResultsAreNoGreenLight() throws {
        let results = (0..<9).map { result("t\($0)", .passed) }
        #expect(try judge(results, asOf: 6).readiness == .ready)
        #expect(try judge(results, asOf: 7).readiness == .conditional)
        #expect(ValidationResult(results, asOf: day.advanced(by: -1)) == nil)
    }

    // MARK: Runs

    @Test func newlyFailingAndFixed() throws {
        let found = try judge(
            [
                result("a", .passed, score: 90), result("b", .failed, score: 10), result("c", .passed),
                result("d", .passed),
                result("e", .skipped), result("gone", .passed), result("a", .failed, score: 20, night: 1),
                result("b", .warned, score: 70, night: 1), result("c", .skipped, night: 1),
                result("d", .warned, night: 1),
                result("e", .skipped, night: 1), result("new", .failed, night: 1),
            ], asOf: 1)
        let change = try #require(found.sources[0].change)
        #expect(
            change.tests == [
                .newlyFailing: ["a"], .fixed: ["b"], .newlySkipped: ["c"], .weakened: ["d"], .gone: ["gone"],
                .added: ["new"],
            ])
        #expect(change.score.value == -5 && change.from.id == "n0")
    }

    @Test func anotherRunOrFileCanBeTheBaseline() throws {
        let results = [
            result("a", .failed), result("a", .passed, night: 1), result("a", .passed, night: 2),
        ]
        func changes(_ baseline: [TestResult]?, _ run: String?) -> [TestChange: [String]]? {
            ValidationResult(results, asOf: day.advanced(by: 2), baseline: baseline, baselineRun: run)?.sources[0]
                .change?
                .tests
        }
        #expect(changes(nil, nil) == [:])
        #expect(changes(nil, "n0") == [.fixed: ["a"]])
        #expect(changes([result("a", .errored, source: "elsewhere")], nil) == [.fixed: ["a"]])
    }

    @Test func runsWithoutAnIdAreToldByTime() throws {
        func result(_ test: String, minute: Int64, _ status: TestResult.Status) -> TestResult {
            TestResult(
                source: "live", day: day, started: Int64(day.number) * 86_400_000_000 + minute * 60_000_000, test: test,
                status: status)
        }
        let found = try judge([
            result("a", minute: 0, .passed), result("b", minute: 5, .passed), result("c", minute: 200, .passed),
            result("a", minute: 210, .failed), result("a", minute: 211, .passed),
        ])
        #expect(found.sources[0].runs.map(\.card.counts.total) == [2, 2, 1])
        #expect(found.sources[0].runs[0].id == "2024-10-04T00:00:00Z")
    }

    // MARK: Flaky tests and durations

    private func history(_ outcomes: String, attempts: Int = 1) -> [TestResult] {
        outcomes.enumerated().map { night, outcome in
            var found = result("t", outcome == "P" ? .passed : outcome == "S" ? .skipped : .failed, night: night)
            if outcome == "R" { (found.status, found.attempts, found.failedAttempts) = (.passed, 2, 1) }
            return found
        }
    }

    @Test(arguments: [
        ("PPPPPFFFFF", 0, false), ("FFFFPPPPP", 0, false), ("PPPFFFPPP", 0, false), ("PPPFPPPP", 1, false),
        ("PPFPPPFPPP", 2, true), ("PFPFPFPF", 6, true), ("PPPPPPF", 0, false), ("PPRPPRPP", 2, true),
        ("PPFSPPPSFPPP", 2, true),
    ])
    func flakyIsWhatComesAndGoes(outcomes: String, unstable: Int, isFlaky: Bool) throws {
        let found = try judge(history(outcomes), asOf: outcomes.count - 1)
        let flaky = try #require(found.tests[0].flakiness.value)
        #expect(flaky.unstable == unstable && flaky.isFlaky == isFlaky)
        #expect(flaky.runs == outcomes.count { $0 != "S" })
    }

    @Test func fewRunsSayNothingOfFlakiness() throws {
        let found = try judge(history("PFPF"), asOf: 3)
        #expect(found.tests[0].flakiness.absence == .tooFew(.runs, found: 4, needed: 5))
    }

    @Test func slowingHasItsSlopeAndInterval() throws {
        // scipy.stats.theilslopes([1, 1.1, 1.3, 1.2, 1.5, 1.6, 1.8]): 0.125, 0.1 to 0.2.
        let seconds = [1, 1.1, 1.3, 1.2, 1.5, 1.6, 1.8]
        let results = seconds.enumerated().map { night, seconds in
            var found = result("t", .passed, night: night)
            found.seconds = seconds
            return found
        }
        let slowing = try #require(try judge(results, asOf: 6).tests[0].slowing.value)
        #expect(abs(slowing.slope - 0.125) < 1e-12 && abs(slowing.interval.low - 0.1) < 1e-12)
        #expect(abs((slowing.relativeChange ?? 0) - 0.125 * 6 / 1.3) < 1e-12)
        #expect(slowing.isNotable)
    }

    // MARK: Sources

    @Test func sourcesAreWeighted() throws {
        let results =
            (0..<10).map { result("t\($0)", $0 < 9 ? .passed : .failed, score: 90, source: "simulated") }
            + (0..<10).map { result("t\($0)", $0 < 6 ? .passed : .failed, score: 60, source: "live") }
        let found = try judge(results) {
            $0.sourceWeights = [.init(source: "simulated", weight: 0.3), .init(source: "live", weight: 0.7)]
        }
        #expect(found.sources.map(\.name) == ["live", "simulated"])
        #expect(abs((found.score.value ?? 0) - (0.3 * 90 + 0.7 * 60)) < 1e-9)
        #expect(abs((found.success.value ?? 0) - (0.3 * 0.9 + 0.7 * 0.6)) < 1e-9)
        let agreement = found.agreements[0]
        #expect(abs((agreement.consistency.value ?? 0) - (1 - (0.3 + 0.3) / 2)) < 1e-12)
        #expect(agreement.shared == 10 && agreement.contradicting == ["t6", "t7", "t8"] && agreement.isDiscrepant)
        #expect(found.readiness == .conditional)
    }

    @Test func aSourceThatIsMissingIsSaid() throws {
        let found = try judge((0..<9).map { result("t\($0)", .passed) }) {
            $0.sourceWeights = [.init(source: "simulated", weight: 0.3), .init(source: "live", weight: 0.7)]
        }
        #expect(found.sources[0].weight == 1 && found.readiness == .conditional)
        #expect(found.reasons[0].rule == .missingSource("simulated"))
    }

    @Test func aCriticalSourceIsNotReady() throws {
        let results =
            (0..<20).map { result("t\($0)", .passed, source: "simulated") }
            + (0..<10).map { result("u\($0)", $0 < 4 ? .passed : .failed, category: "u", source: "live") }
        let found = try judge(results) {
            $0.sourceWeights = [.init(source: "simulated", weight: 1), .init(source: "live", weight: 0.01)]
        }
        #expect(found.readiness == .notReady)
        #expect(found.advice[0].priority == .critical)
    }

    // MARK: Mistakes of earlier tools (DOMAIN.md 5.5)

    /// "Three of five criteria always true."
    @Test func criteriaComeFromResultsAndNeverFromNothing() throws {
        let criteria: [SuccessCriterion] = [
            .init(name: "parity", measure: .difference("text", "voice"), atMost: 20),
            .init(name: "citations", measure: .success([NamePattern("*citation*")]), atLeast: 1),
            .init(name: "performance", measure: .score(category: "performance"), atLeast: 60),
            .init(name: "consistency", measure: .consistency, atLeast: 0.7),
        ]
        let empty = try judge((0..<9).map { result("t\($0)", .passed) }) { $0.criteria = criteria }
        #expect(empty.criteria.map(\.isMet) == [nil, nil, nil, nil] && empty.readiness == .conditional)
        let met = try judge(run + [result("citations", .failed, source: "sim")]) { $0.criteria = criteria }
        #expect(met.criteria.map(\.isMet) == [true, false, true, false])
    }

    /// "Correlation is a difference": what two sources share is called consistency and is one minus their differences.
    @Test func agreementOfSourcesIsNoCorrelation() throws {
        let results = ["a", "b"].flatMap { source in
            (0..<10).map { result("t\($0)", $0 < 5 ? .passed : .failed, score: 70, source: source) }
        }
        #expect(try judge(results).agreements[0].consistency.value == 1)
    }

    /// "Two tests fail on a missing import and count as zero scores."
    @Test func brokenTestsAreNoZeros() throws {
        let found = try judge([result("a", .passed, score: 90), result("b", .errored), result("c", .errored)])
        #expect(found.score.value == 90 && found.sources[0].card.scored == 1)
        #expect(found.counts.errored == 2 && found.counts.failed == 0)
        #expect(found.success.value == 1.0 / 3)
    }

    /// "Unweighted mean mixes percent-of-queries with time scores."
    @Test func categoriesAreWeighedNotTests() throws {
        let results =
            (0..<9).map { result("text_\($0)", .passed, score: 100, category: "text") }
            + [result("time", .failed, score: 0, category: "time")]
        #expect(try judge(results).score.value == 50)
        #expect(try judge(results) { $0.categories = [.init(name: "time", weight: 0)] }.score.value == 100)
        #expect(try judge(results) { $0.categories = [.init(name: "text", weight: 3)] }.score.value == 75)
    }

    /// "3 passes out of 4 queries decides a category."
    @Test func aFewTestsDoNotDecideACategory() throws {
        let few =
            (0..<16).map { result("t\($0)", .passed) } + (0..<2).map { result("f\($0)", .failed, category: "few") }
        #expect(try judge(few).readiness == .conditional)
        let share = try #require(
            try judge((0..<4).map { result("q\($0)", $0 < 3 ? .passed : .failed) }).sources[0].categories[0].card
                .success
                .value)
        #expect(abs(share.interval.low - 0.30064184258240184) < 1e-12)
        #expect(abs(share.interval.high - 0.9544127391902995) < 1e-12)
    }

    /// "API test 0 of 11 yet overall success."
    @Test func aCategoryThatFailsAltogetherIsNoSuccess() throws {
        let results =
            (0..<89).map { result("t\($0)", .passed, score: 100) }
            + (0..<11).map { result("api_\($0)", .failed, category: "api") }
        let found = try judge(results)
        #expect((found.success.value ?? 0) == 0.89 && found.readiness == .notReady)
        #expect(found.reasons[0].rule == .category(name: "API", source: "live", passed: 0, ran: 11))
    }

    @Test func adviceCarriesItsFigures() throws {
        let found = try judge(run) { $0.gates = [NamePattern("text_005")] }
        #expect(found.advice.map(\.priority) == found.advice.map(\.priority).sorted())
        #expect(found.advice[0].matter == .gates(["text_005"]))
        #expect(
            found.advice.contains { $0.matter == .errored(source: "live", count: 2, ran: 25) }
                && found.advice.contains { $0.matter == .lowSuccess(0.6, passed: 15, ran: 25, needed: 0.8) })
        let good = try judge((0..<10).map { result("t\($0)", .passed) })
        #expect(good.advice.map(\.matter) == [.praise(1, passed: 10, ran: 10)])
        // Nine of ten is no reason to do nothing.
        let near = try judge((0..<10).map { result("t\($0)", $0 == 0 ? .failed : .passed) })
        #expect(near.advice.map(\.matter) == [.failing(source: "live", tests: ["t0"], ran: 10)])
    }

    @Test func theOrderOfResultsDoesNotMatter() throws {
        let results = run + history("PFPPFPP")
        #expect(try judge(results, asOf: 6) == (try judge(results.reversed(), asOf: 6)))
    }
}
