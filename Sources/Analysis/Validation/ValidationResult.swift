import Model

/// What results of tests say about readiness, with everything that led there.
public struct ValidationResult: Sendable, Hashable {
    /// The rules that were used.
    public var settings: ValidationSettings
    /// The level of intervals.
    public var level: Double
    /// Whether to go ahead.
    public var readiness: Readiness
    /// Every rule that was applied, with what it allows; the verdict is the least of them.
    public var reasons: [VerdictReason]
    /// The sources' scores, weighted; nil with a reason where no source has one.
    public var score: Answer<Double>
    /// The sources' success shares, weighted.
    public var success: Answer<Double>
    /// One for each source, the heaviest first, then by name.
    public var sources: [SourceResult]
    /// Every two sources, the heavier first.
    public var agreements: [SourceAgreement]
    /// The declared criteria, in their order.
    public var criteria: [CriterionResult]
    /// What to do, the gravest first.
    public var advice: [ValidationAdvice]

    /// The tests of all sources.
    public var tests: [TestAccount] { sources.flatMap(\.tests) }
    /// The counts of all sources.
    public var counts: StatusCounts { sources.reduce(into: StatusCounts()) { $0.add($1.card.counts) } }
    /// The newest day of a run.
    public var day: Day? { sources.map(\.newest.day).max() }
}

/// Whether to go ahead.
public enum Readiness: String, Sendable, Hashable, Comparable, CaseIterable {
    /// Not yet.
    case notReady = "not_ready"
    /// With conditions.
    case conditional
    /// Yes.
    case ready

    /// Less before more.
    public static func < (left: Readiness, right: Readiness) -> Bool { left.rank < right.rank }

    private var rank: Int { Readiness.allCases.firstIndex(of: self) ?? 0 }
}

/// A rule of the verdict and how far it lets the verdict go.
public struct VerdictReason: Sendable, Hashable {
    /// The best verdict that it allows.
    public var allows: Readiness
    /// The rule with its figures.
    public var rule: Rule

    /// The rules.
    public enum Rule: Sendable, Hashable {
        /// The weighted success share, in 0 to 1.
        case success(Double)
        /// The weighted score, from 0 to 100.
        case score(Double)
        /// No result has a score, so that success alone decides.
        case noScore
        /// No test ran.
        case nothingRan
        /// Too few tests ran.
        case fewTests(found: Int, needed: Int)
        /// Results that were delivered and could not be used.
        case refused(Int)
        /// Tests of the run before that are not in the newest one, of so many.
        case gone(source: String, count: Int, of: Int)
        /// How a gate test ended; nil where it is not among the results.
        case gate(name: String, source: String?, status: TestResult.Status?)
        /// How many gate tests passed, where all did.
        case allGates(Int)
        /// A category in which less than the conditional share passed.
        case category(name: String, source: String, passed: Int, ran: Int)
        /// A source with a weight has no results.
        case missingSource(String)
        /// The success share of a source is critical.
        case criticalSource(name: String, success: Double)
        /// Two sources contradict each other.
        case disagreement(String, String, consistency: Double)
        /// The newest run of a source is days old.
        case stale(source: String, days: Int)
        /// A declared criterion is not met, or undetermined.
        case criterion(name: String, isDetermined: Bool)
    }
}

/// How many tests ended in which way.
public struct StatusCounts: Sendable, Hashable {
    /// Tests that passed.
    public var passed = 0
    /// Tests that passed in part.
    public var warned = 0
    /// Tests that failed.
    public var failed = 0
    /// Tests that were not run.
    public var skipped = 0
    /// Tests that broke off.
    public var errored = 0

    /// Tests that ran: all but those skipped.
    public var ran: Int { passed + warned + failed + errored }
    /// All tests.
    public var total: Int { ran + skipped }

    /// How many ended in a way.
    public subscript(status: TestResult.Status) -> Int {
        switch status {
        case .passed: passed
        case .warned: warned
        case .failed: failed
        case .skipped: skipped
        case .errored: errored
        }
    }

    mutating func add(_ status: TestResult.Status) {
        switch status {
        case .passed: passed += 1
        case .warned: warned += 1
        case .failed: failed += 1
        case .skipped: skipped += 1
        case .errored: errored += 1
        }
    }

    mutating func add(_ other: StatusCounts) {
        passed += other.passed
        warned += other.warned
        failed += other.failed
        skipped += other.skipped
        errored += other.errored
    }
}

/// A share of successes with Wilson's interval.
public struct SuccessShare: Sendable, Hashable {
    /// Successes.
    public var successes: Int
    /// Trials.
    public var n: Int
    /// Successes ÷ trials.
    public var share: Double
    /// Wilson's score interval.
    public var interval: Interval
}

/// A run or category in figures.
public struct Scorecard: Sendable, Hashable {
    /// Tests by how they ended.
    public var counts: StatusCounts
    /// passed ÷ (passed + warned + failed + errored): a skipped test neither helps nor harms, one that broke off is no
    /// success.
    public var success: Answer<SuccessShare>
    /// Of a category the mean of its tests' scores, of a run the mean of its categories weighted as declared. Tests
    /// without a score (skipped, broken off, or none given) are left out, not taken as 0.
    public var score: Answer<Double>
    /// How many tests have a score.
    public var scored: Int
    /// The sum of all durations; nil where no test has one.
    public var seconds: Double?
}

/// A category of one source.
public struct CategoryResult: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Its heading.
    public var title: String
    /// Its weight in the overall score.
    public var weight: Double
    /// Its figures.
    public var card: Scorecard
    /// Its figures in the run before; nil without one.
    public var before: Scorecard?
}

/// One run in short.
public struct RunFigures: Sendable, Hashable {
    /// The id of the export, or the time at which it began.
    public var id: String
    /// Its local day.
    public var day: Day
    /// When its first result began, in microseconds since 1970-01-01T00:00Z.
    public var started: Int64
    /// Its figures.
    public var card: Scorecard
}

/// One source: its newest run, what came before, and its tests.
public struct SourceResult: Sendable, Hashable {
    /// The source.
    public var name: String
    /// Its share of the overall figures, in 0 to 1.
    public var weight: Double
    /// The newest run.
    public var newest: RunFigures
    /// Its runs, the oldest first, the newest last.
    public var runs: [RunFigures]
    /// Its categories, declared ones first, in their order.
    public var categories: [CategoryResult]
    /// The tests of the newest run and those that were in the run before, by category, suite and test.
    public var tests: [TestAccount]
    /// What changed since the run before; nil without one.
    public var change: RunChange?

    /// The figures of the newest run.
    public var card: Scorecard { newest.card }
}

/// One test of one source.
public struct TestAccount: Sendable, Hashable {
    /// The newest result; of a test that has gone, the last one.
    public var result: TestResult
    /// How it counts: as the export says, else by its score and cut-offs.
    public var status: TestResult.Status
    /// Whether cut-offs decided.
    public var isByScore: Bool
    /// The cut-offs that hold for it, passed and warned.
    public var cutOffs: [Double]
    /// The category that it counts in.
    public var category: String
    /// Whether it has to pass.
    public var isGate: Bool
    /// Whether it is in the newest run.
    public var isPresent: Bool
    /// The share of its cases that went well; a reason where it gives no cases.
    public var caseShare: Answer<SuccessShare>
    /// How it ended in each of the source's runs, in their order; nil where it was not in the run.
    public var history: [TestResult.Status?]
    /// Its durations in the same runs.
    public var durations: [Double?]
    /// What is new about it since the run before.
    public var change: TestChange?
    /// Whether it comes and goes.
    public var flakiness: Answer<Flakiness>
    /// Whether it becomes slower or faster.
    public var slowing: Answer<Slowing>

    /// What people call it.
    public var name: String { result.title.isEmpty ? result.test : result.title }
    /// An id that outlives the night, made of source, suite and test.
    public var id: String { Finding.hash([result.source, result.suite, result.test]) }
}

/// How a test differs from the run before.
public enum TestChange: String, Sendable, Hashable, CaseIterable {
    /// It was passed or warned and is failed or errored now.
    case newlyFailing = "newly_failing"
    /// It was failed or errored and is passed or warned now.
    case fixed
    /// It was passed and is warned now.
    case weakened
    /// It ran before and was skipped now.
    case newlySkipped = "newly_skipped"
    /// It was not there before.
    case added
    /// It is not there any more.
    case gone
}

/// What changed between two runs of a source.
public struct RunChange: Sendable, Hashable {
    /// The earlier run.
    public var from: RunFigures
    /// Tests by what is new about them, each list by suite and test.
    public var tests: [TestChange: [String]]
    /// The score now − then; a reason where either has none.
    public var score: Answer<Double>
    /// The success share now − then.
    public var success: Answer<Double>
}

/// Whether a test's outcome comes and goes.
public struct Flakiness: Sendable, Hashable {
    /// Runs with an outcome.
    public var runs: Int
    /// Runs that were unstable: an outcome that did not last, or attempts that disagree.
    public var unstable: Int
    /// unstable ÷ runs with Wilson's interval.
    public var rate: SuccessShare
    /// Whether it is called flaky.
    public var isFlaky: Bool
}

/// How the duration of a test moves from run to run.
public struct Slowing: Sendable, Hashable {
    /// Runs with a duration.
    public var runs: Int
    /// The change of a run, in seconds: Theil–Sen's slope with its interval.
    public var slope: Double
    /// The interval of the slope.
    public var interval: Interval
    /// Slope × (runs − 1) ÷ median duration; nil where the median is 0.
    public var relativeChange: Double?
    /// Mann–Kendall's p.
    public var p: Double
    /// The same, corrected over all tests by Benjamini and Hochberg.
    public var pAdjusted: Double
    /// Whether it stands after correction and is large enough to tell.
    public var isNotable: Bool
}

/// Two sources held against each other.
public struct SourceAgreement: Sendable, Hashable {
    /// The heavier source.
    public var a: String
    /// The other one.
    public var b: String
    /// b's success share − a's.
    public var success: Answer<Double>
    /// b's score − a's.
    public var score: Answer<Double>
    /// 1 − (|success difference| + |score difference| ÷ 100) ÷ 2; without scores 1 − |success difference|.
    public var consistency: Answer<Double>
    /// Tests that both ran.
    public var shared: Int
    /// Those that one passed and the other did not, by suite and test.
    public var contradicting: [String]
    /// Whether a difference is larger than allowed or the consistency smaller.
    public var isDiscrepant: Bool
}

/// A criterion and what came of it.
public struct CriterionResult: Sendable, Hashable {
    /// The criterion.
    public var criterion: SuccessCriterion
    /// What was measured.
    public var value: Answer<Double>
    /// How many tests it rests on.
    public var n: Int
    /// Whether it is met; nil where it cannot be told.
    public var isMet: Bool?
}

/// Something to do, with its figures.
public struct ValidationAdvice: Sendable, Hashable {
    /// How pressing it is.
    public var priority: Priority
    /// What it is about.
    public var matter: Matter

    /// Degrees of urgency.
    public enum Priority: String, Sendable, Hashable, Comparable, CaseIterable {
        /// Before anything else.
        case critical
        /// Soon.
        case high
        /// When there is time.
        case medium
        /// Nothing to do.
        case info

        /// The most pressing first.
        public static func < (left: Priority, right: Priority) -> Bool { left.rank < right.rank }

        private var rank: Int { Priority.allCases.firstIndex(of: self) ?? 0 }
    }

    /// What advice is about.
    public enum Matter: Sendable, Hashable {
        /// Gate tests that did not pass.
        case gates([String])
        /// The success share of a source is critical.
        case criticalSource(String, SuccessShare)
        /// Tests that broke off in a source.
        case errored(source: String, count: Int, ran: Int)
        /// The success share of all is low.
        case lowSuccess(Double, passed: Int, ran: Int, needed: Double)
        /// The score of a category is low.
        case lowCategory(name: String, source: String, score: Double, scored: Int, needed: Double)
        /// Tests that have begun to fail.
        case newlyFailing(source: String, tests: [String])
        /// Tests that fail, and did before as far as is known.
        case failing(source: String, tests: [String], ran: Int)
        /// Tests that come and go.
        case flaky(source: String, tests: [String])
        /// Tests that were skipped.
        case skipped(source: String, count: Int, total: Int)
        /// Sources that disagree.
        case disagreement(SourceAgreement)
        /// Tests that become slower.
        case slower(source: String, tests: [String])
        /// All is well.
        case praise(Double, passed: Int, ran: Int)
    }
}
