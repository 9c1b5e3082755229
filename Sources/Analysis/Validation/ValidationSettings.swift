import Model

/// Every rule by which results of tests become a verdict, with the defaults that users of such reports know.
public struct ValidationSettings: Sendable, Hashable {
    /// Declared categories, in their order; tests outside them keep the category of the export, with weight 1.
    public var categories: [CategoryRule] = []
    /// Tests that have to pass, by suite and name as in `CategoryRule.tests`.
    public var gates: [NamePattern] = []
    /// Weights of sources; empty weighs all alike.
    public var sourceWeights: [SourceWeight] = []
    /// What is judged from results besides the rule, in its order.
    public var criteria: [SuccessCriterion] = []
    /// Scores from which a test without a status is passed, and warned.
    public var passScore = 80.0
    /// Scores from which a test without a status is warned; below it has failed.
    public var warnScore = 60.0
    /// Overall score from which the state may be ready.
    public var readyScore = 80.0
    /// Success share from which the state may be ready.
    public var readySuccess = 0.8
    /// Overall score from which the state may be conditional.
    public var conditionalScore = 60.0
    /// Success share from which the state may be conditional.
    public var conditionalSuccess = 0.6
    /// Tests that ran, below which nothing is called ready.
    public var minimumTests = 5
    /// The share of the tests of the run before from which, when more of them are gone, nothing is called ready.
    public var goneShare = 0.1
    /// Days from which the newest run is too old to call anything ready.
    public var staleDays = 7
    /// Minutes without a result after which the next one begins a run of its own, where the export names no runs.
    public var runGapMinutes = 60
    /// Runs that history, flakiness and durations look at.
    public var historyRuns = 20
    /// Runs with an outcome that flakiness and a trend of durations need.
    public var minimumRuns = 5
    /// Runs that a new outcome has to last to be a change.
    public var lastingRuns = 3
    /// Unstable runs from which a test is called flaky.
    public var unstableRuns = 2
    /// Relative change of a duration over the runs from which it is told.
    public var notableSlowing = 0.2
    /// Difference of two sources' success shares beyond which they disagree.
    public var sourceSuccessDifference = 0.2
    /// Difference of two sources' scores beyond which they disagree.
    public var sourceScoreDifference = 20.0
    /// Consistency of two sources from which they agree.
    public var sourceConsistency = 0.7
    /// Success share of a source below which it is critical.
    public var criticalSuccess = 0.5
    /// Category score below which it is advised on.
    public var advisedScore = 70.0
    /// Success share below which it is advised on.
    public var advisedSuccess = 0.8
    /// Success share from which all is said to be well.
    public var praisedSuccess = 0.9

    /// The defaults.
    public init() {}

    /// A category: which tests it holds, and how much it weighs.
    public struct CategoryRule: Sendable, Hashable {
        /// Its name, as the export or the configuration gives it.
        public var name: String
        /// Its heading; nil for its name.
        public var title: String?
        /// Its share of the overall score, relative to other categories; 0 leaves it out.
        public var weight: Double
        /// Patterns of tests; empty takes the tests that the export puts there.
        public var tests: [NamePattern]
        /// Score from which a test without a status is passed; nil for the general one.
        public var passScore: Double?
        /// Score from which it is warned; nil for the general one.
        public var warnScore: Double?

        /// A category.
        public init(
            name: String, title: String? = nil, weight: Double = 1, tests: [NamePattern] = [],
            passScore: Double? = nil, warnScore: Double? = nil
        ) {
            self.name = name
            self.title = title
            self.weight = weight
            self.tests = tests
            self.passScore = passScore
            self.warnScore = warnScore
        }
    }

    /// How much a source weighs in the overall figures.
    public struct SourceWeight: Sendable, Hashable {
        /// The source.
        public var source: String
        /// Its weight, relative to the others.
        public var weight: Double

        /// A weight.
        public init(source: String, weight: Double) {
            self.source = source
            self.weight = weight
        }
    }
}

/// Something that has to hold, computed from results; without results it is undetermined, never met.
public struct SuccessCriterion: Sendable, Hashable {
    /// What it is called.
    public var name: String
    /// What is measured.
    public var measure: Measure
    /// The smallest value that meets it; nil for none.
    public var atLeast: Double?
    /// The largest value that meets it; nil for none.
    public var atMost: Double?

    /// What a criterion measures.
    public enum Measure: Sendable, Hashable {
        /// The success share of the tests that match.
        case success([NamePattern])
        /// The mean score of a category.
        case score(category: String)
        /// The absolute difference of two categories' mean scores.
        case difference(String, String)
        /// The consistency of the two heaviest sources.
        case consistency
    }

    /// A criterion.
    public init(name: String, measure: Measure, atLeast: Double? = nil, atMost: Double? = nil) {
        self.name = name
        self.measure = measure
        self.atLeast = atLeast
        self.atMost = atMost
    }
}

extension [NamePattern] {
    /// Whether one of the patterns matches a test by its name alone, as `suite/test` or by its title.
    func match(_ result: TestResult) -> Bool {
        contains {
            $0.matches(result.test) || $0.matches("\(result.suite)/\(result.test)")
                || (!result.title.isEmpty && $0.matches(result.title))
        }
    }
}
