import Model
import Statistics

/// What is said about people: counts that may be published, and figures of groups of at least k.
public struct PeopleResult: Sendable, Hashable {
    /// The smallest count that is published.
    public var k: Int
    /// The cohorts with their sizes.
    public var sizes: PublishedTable
    /// Cohorts by whether their people succeeded.
    public var success: PublishedTable
    /// Cohorts by class of engagement.
    public var engagement: PublishedTable
    /// Cohorts by class of progress.
    public var progress: PublishedTable
    /// Figures of each cohort, in the order of the rows of `sizes`.
    public var cohorts: [CohortFigures]
    /// Cohorts in pairs, the least p first.
    public var pairs: [CohortPair]
    /// What holds of a cohort more or less often than of all others.
    public var patterns: [CohortPattern]
    /// Classes of engagement and progress month by month.
    public var months: ClassMonths
    /// Engagement and outcomes week by week.
    public var weeks: PeopleWeeks
    /// Who came back, by the month of the first session.
    public var retention: [RetentionAge]
    /// The first day whose rows about people are kept; nil where all are.
    public var keptFrom: Day?
    /// People by age band, region and gender, as coarse as k needs.
    public var attributes: GeneralisedAttributes
    /// Groups by how people use the product.
    public var segments: Answer<SegmentFigures>
    /// How many people trigger rules name.
    public var triggers: [TriggerCount]
    /// The newest judgement of each model and version.
    public var models: [ModelCard]
    /// What these tables were made of, for the next run.
    public var releases: [String: TableRelease]

    /// A cohort that stands for itself, or the pool of those that do not.
    public struct CohortFigures: Sendable, Hashable {
        /// The name.
        public var name: String
        /// How many people.
        public var n: Int
        /// Successes of those with an outcome.
        public var success: Answer<SuccessShare>
        /// Mean engagement, 0 to 1, rounded like all means of people (`CoarseMean`) and of the same people as the tables.
        public var engagement: Answer<GroupMean>
        /// Mean rate of goals.
        public var goals: Answer<GroupMean>
        /// Mean hours of sessions.
        public var hours: Answer<GroupMean>
    }

    /// A mean with its interval.
    public struct GroupMean: Sendable, Hashable {
        /// The mean, rounded as `CoarseMean` says.
        public var mean: Double
        /// The interval; of cohorts from what is published of them alone (`FigureRelease.Figure`).
        public var interval: Interval
    }

    /// Two cohorts.
    public struct CohortPair: Sendable, Hashable {
        /// The first cohort.
        public var a: String
        /// The second cohort.
        public var b: String
        /// Share of successes of b less that of a; Newcombe's interval; Fisher's p after Holm.
        public var success: Answer<PairDifference>
        /// Mean engagement of b less that of a; Welch; p after Holm. `effect` is Hedges g.
        public var engagement: Answer<PairDifference>
        /// Mean rate of goals of b less that of a, in the same way.
        public var goals: Answer<PairDifference>
        /// Mean hours of sessions of b less that of a, in the same way.
        public var hours: Answer<PairDifference>
    }

    /// A difference between cohorts.
    public struct PairDifference: Sendable, Hashable {
        /// b − a.
        public var difference: Double
        /// The interval.
        public var interval: Interval
        /// Cohen’s h of shares, Hedges g of means.
        public var effect: Double
        /// The p of the test.
        public var p: Double
        /// The same after Holm over all pairs.
        public var pHolm: Double
    }

    /// Whether people came back some months after their first.
    public struct RetentionAge: Sendable, Hashable {
        /// Months after the first.
        public var months: Int
        /// First months by whether people came back.
        public var table: PublishedTable
        /// The share of each row of the table.
        public var shares: [Answer<SuccessShare>]
    }

    /// How many people a rule names.
    public struct TriggerCount: Sendable, Hashable {
        /// The name.
        public var name: String
        /// How grave it is.
        public var severity: String
        /// People who are named and who are not.
        public var table: PublishedTable
    }

    /// Says what may be said; nil without people and without judgements of models.
    ///
    /// - Parameters:
    ///   - facts: by person, kind and key, without people who do not agree.
    ///   - earlier: the tables as they were last published, by name.
    public init?(
        _ facts: [PersonFact], scores: [ModelScore], settings: PeopleSettings, asOf: Day, level: Double,
        earlier: [String: TableRelease]
    ) {
        guard !facts.isEmpty || !scores.isEmpty else { return nil }
        let people = PersonSummary.all(facts)
        var today = Publishing(k: settings.k, asOf: asOf, everybody: people.count, after: earlier)
        self.init(people, settings: settings, level: level, publishing: &today)
        // All tables stand or none: the total of one that is new less that of one that is not would tell of few people, too.
        if today.isTold {
            var held = Publishing(
                k: settings.k, asOf: asOf, everybody: people.count, after: earlier, held: earlier)
            self.init(people, settings: settings, level: level, publishing: &held)
        }
        models = ModelCard.all(scores, level: level)
    }

    private init(
        _ people: [PersonSummary], settings: PeopleSettings, level: Double, publishing: inout Publishing
    ) {
        let names = people.map { $0.cohort(settings) }
        (k, keptFrom) = (settings.k, settings.firstDay)
        func table(_ name: String, _ columns: [String], of: (PersonSummary) -> String) -> PublishedTable {
            publishing.table(
                name, zip(names, people).map { ($0, of($1)) }, columnOrder: columns, others: "other cohorts")
        }
        let all = table("cohorts", ["people"]) { _ in "people" }
        success = table("cohorts_success", ["success", "no success", "no outcome"]) {
            $0.isSuccess.map { $0 ? "success" : "no success" } ?? "no outcome"
        }
        engagement = table("cohorts_engagement", ["high", "medium", "low", "not known"]) {
            $0.engagementClass(settings) ?? "not known"
        }
        progress = table(
            "cohorts_progress", ["excellent", "good", "moderate", "needs_attention", "not known"]
        ) { $0.progressClass ?? "not known" }
        // Every table of cohorts has their sizes; where one cannot be published, or was not when tables last moved, another tells them.
        sizes = [all, success, engagement, progress].first { $0.table.value != nil } ?? all
        // Who has a score is told by no table: one that is not published itself is guarded like those that are.
        let scored = table("cohorts_scored", ["score", "no score"]) { $0.engagement == nil ? "no score" : "score" }
        let known: [FigureRelease.Measure: KnownValues] = [
            .engagement: KnownValues(
                scored, lacking: "no score", count: people.count { $0.engagement == nil }, k: settings.k),
            .hours: KnownValues(
                engagement, lacking: "not known", count: people.count { $0.engagementClass(settings) == nil },
                k: settings.k),
            .goals: KnownValues(
                progress, lacking: "not known", count: people.count { $0.progressClass == nil }, k: settings.k),
        ]
        let published = sizes
        let released = publishing.figures {
            FigureRelease(people, names: names, sizes: published, known: known, settings: settings)
        }
        let groups = CohortGroups(sizes: sizes, success: success, released: released, level: level)
        cohorts = groups.figures
        pairs = groups.pairs
        patterns = CohortPattern.all(
            [("engagement", engagement), ("therapeutic_progress", progress), ("outcome", success)],
            atLeast: settings.patternConfidence)
        retention = RetentionAge.all(people, keptFrom: settings.firstDay, publishing: &publishing, level: level)
        months = ClassMonths(
            people, settings: settings,
            beside: MonthsAfterFirst(people, keptFrom: settings.firstDay, retention, k: settings.k),
            classesOf: (engagement, progress), publishing: &publishing)
        weeks = PeopleWeeks(people, publishing: &publishing, level: level)
        attributes = GeneralisedAttributes(people, publishing: &publishing)
        segments = released?.segments.answer ?? .failure(.notPublishedBefore)
        triggers = TriggerCount.all(people, settings: settings, publishing: &publishing)
        models = []
        releases = publishing.releases
    }
}
