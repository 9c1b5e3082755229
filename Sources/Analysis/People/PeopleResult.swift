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
        /// Mean engagement, 0 to 1, rounded like all means of people (`CoarseMean`).
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
        /// The interval.
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
        let groups = CohortGroups(
            people, names: names, sizes: sizes, success: success, k: settings.k, level: level)
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
        segments = SegmentFigures.of(people, settings: settings)
        triggers = TriggerCount.all(people, settings: settings, publishing: &publishing)
        models = []
        releases = publishing.releases
    }
}

/// The people of each published cohort.
struct CohortGroups {
    let members: [(name: String, people: [PersonSummary])]
    let sizes: PublishedTable
    let success: PublishedTable
    let k: Int
    let level: Double

    init(
        _ people: [PersonSummary], names: [String], sizes: PublishedTable, success: PublishedTable, k: Int,
        level: Double
    ) {
        self.sizes = sizes
        self.success = success
        self.k = k
        self.level = level
        let rows = sizes.table.value?.rows ?? []
        var members = rows.map { (name: $0, people: [PersonSummary]()) }
        for (name, person) in zip(names, people) {
            if let place = rows.firstIndex(of: name) ?? rows.firstIndex(of: "other cohorts") {
                members[place].people.append(person)
            }
        }
        self.members = members
    }

    var figures: [PeopleResult.CohortFigures] {
        guard let guarded = sizes.table.value else { return [] }
        return members.enumerated().map { row, member in
            PeopleResult.CohortFigures(
                name: member.name, n: guarded.rowTotals[row], success: share(member.name),
                engagement: mean(member.people.compactMap(\.engagement)),
                goals: mean(member.people.compactMap(\.goalRate)), hours: mean(member.people.compactMap(\.hours)))
        }
    }

    private func share(_ cohort: String) -> Answer<SuccessShare> {
        guard let row = success.row(cohort) else { return .failure(success.table.absence ?? .hidden) }
        return Self.share(of: "success", row, success, level: level)
    }

    private func mean(_ values: [Double]) -> Answer<PeopleResult.GroupMean> {
        Self.mean(values, k: k, level: level)
    }

    /// The share of a column among those of a row that have one, where all counts that it takes are published.
    static func share(
        of name: String, _ row: Int, _ published: PublishedTable, level: Double
    ) -> Answer<SuccessShare> {
        guard let table = published.table.value, let yes = table.columns.firstIndex(of: name),
            case .count(let successes) = table.cells[row][yes]
        else { return .failure(.hidden) }
        var others = 0
        for (column, name) in table.columns.enumerated() where column != yes && name != "no outcome" {
            guard case .count(let count) = table.cells[row][column] else { return .failure(.hidden) }
            others += count
        }
        return Scorecard.share(successes, of: successes + others, level: level)
    }

    /// The mean of at least k people, rounded (`CoarseMean`), so that one of them cannot be told from two nights.
    static func mean(_ values: [Double], k: Int, level: Double) -> Answer<PeopleResult.GroupMean> {
        guard values.count >= k else { return .failure(.hidden) }
        return computed { () throws(Undefined) in
            let made = try MeanInterval(values, level: level)
            let step = CoarseMean.step(values)
            func rounded(_ value: Double) -> Double { CoarseMean.rounded(value, to: step) }
            return PeopleResult.GroupMean(
                mean: rounded(made.mean),
                interval: Interval(
                    low: rounded(made.interval.low), high: rounded(made.interval.high), level: level))
        }
    }

    /// Every pair of cohorts; p corrected over the pairs of each question by Holm.
    var pairs: [PeopleResult.CohortPair] {
        let figures = figures
        var pairs: [PeopleResult.CohortPair] = []
        for b in figures.indices {
            for a in 0..<b {
                pairs.append(
                    PeopleResult.CohortPair(
                        a: figures[a].name, b: figures[b].name,
                        success: successDifference(figures[a].success, figures[b].success),
                        engagement: difference(\.engagement, a, b), goals: difference(\.goalRate, a, b),
                        hours: difference(\.hours, a, b)))
            }
        }
        correct(&pairs, \.success)
        for path in [\PeopleResult.CohortPair.engagement, \.goals, \.hours] { correct(&pairs, path) }
        func least(_ pair: PeopleResult.CohortPair) -> Double {
            [pair.success, pair.engagement, pair.goals, pair.hours].compactMap { $0.value?.p }.min() ?? 2
        }
        return pairs.sorted { (least($0), $0.a, $0.b) < (least($1), $1.a, $1.b) }
    }

    private func successDifference(
        _ a: Answer<SuccessShare>, _ b: Answer<SuccessShare>
    ) -> Answer<PeopleResult.PairDifference> {
        guard let a = a.value, let b = b.value else { return .failure(a.absence ?? b.absence ?? .hidden) }
        return computed { () throws(Undefined) in
            let fisher = try FisherExact(b.successes, b.n - b.successes, a.successes, a.n - a.successes)
            let (first, second) = (
                try WilsonInterval(successes: a.successes, of: a.n, level: level),
                try WilsonInterval(successes: b.successes, of: b.n, level: level)
            )
            // Undefined where both shares are 0 or both 1: then they are equal.
            let h: Answer<Double> = computed { () throws(Undefined) in
                try TwoProportionTest(successes: a.successes, of: a.n, and: b.successes, of: b.n).cohensH
            }
            return PeopleResult.PairDifference(
                difference: b.share - a.share, interval: TwoProportionTest.interval(first, second),
                effect: h.value ?? 0,
                p: fisher.p, pHolm: fisher.p)
        }
    }

    private func difference(
        _ value: (PersonSummary) -> Double?, _ a: Int, _ b: Int
    ) -> Answer<PeopleResult.PairDifference> {
        let (first, second) = (members[a].people.compactMap(value), members[b].people.compactMap(value))
        guard min(first.count, second.count) >= k else { return .failure(.hidden) }
        // Two cohorts of which neither varies may be far apart: that all values are equal would be false.
        let differ = first.first != second.first
        return computed { () throws(Undefined) in
            let test = try WelchTTest(first, second, level: level)
            let effect = try StandardizedDifference(first, second, level: level)
            // No nearer than the means themselves, and p no nearer than its size.
            let step = max(CoarseMean.step(first), CoarseMean.step(second))
            func rounded(_ value: Double) -> Double { CoarseMean.rounded(value, to: step) }
            let p = CoarseMean.rounded(p: test.p)
            return PeopleResult.PairDifference(
                difference: rounded(test.difference),
                interval: Interval(
                    low: rounded(test.interval.low), high: rounded(test.interval.high), level: level),
                effect: CoarseMean.rounded(effect.hedgesG, to: 0.1), p: p, pHolm: p)
        }.mapError { differ && $0 == .constant ? .constantSides : $0 }
    }

    private func correct(
        _ pairs: inout [PeopleResult.CohortPair],
        _ path: WritableKeyPath<PeopleResult.CohortPair, Answer<PeopleResult.PairDifference>>
    ) {
        let places = pairs.indices.filter { pairs[$0][keyPath: path].value != nil }
        let raw = places.compactMap { pairs[$0][keyPath: path].value?.p }
        guard let adjusted = computed({ () throws(Undefined) in try Adjustment.holm.adjusted(raw) }).value else {
            return
        }
        for (place, p) in zip(places, adjusted) { pairs[place][keyPath: path].update { $0.pHolm = p } }
    }
}
