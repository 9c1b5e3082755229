import Model
import Statistics

/// One calendar day of what trends are told from; a day without a session has zeros and no quality.
struct LearningDayFigures {
    let day: Day
    let quality: Moments
    let minutes: Double
    let exchanges: Double
    let sessions: Double
    /// Whether nothing is known of the day.
    let isHeld: Bool

    init(_ day: Day, _ totals: LearningTotals, isHeld: Bool = false) {
        self.day = day
        self.isHeld = isHeld
        quality = totals.quality
        minutes = totals.minutes
        exchanges = Double(totals.exchanges)
        sessions = Double(totals.sessions)
    }
}

/// How one thing about learning moves, by the same rules as any metric of the report.
public struct LearningTrend: Sendable, Hashable {
    /// What it is.
    public var kind: Kind
    /// Line, change, season, anomalies and forecast over the look-back period.
    public var trend: TrendResult
    /// Means of the last 7, 30 and 90 days.
    public var windows: [Window]
    /// The last days against as many before, for each of `LearningSettings.comparedDays`.
    public var comparisons: [Comparison]
    /// The next days by a line and by a smoothed level.
    public var forecasts: [Answer<ForecastFigures>]
    /// Whether the slopes of the last week and of the one before both stand and point opposite ways.
    public var isReversed: Bool

    /// What moves.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Mean quality of sessions, from 0 to 1; days without a session have none.
        case quality
        /// Minutes per day, 0 on days without a session.
        case minutes
        /// Exchanges per day, 0 on days without a session.
        case exchanges
    }

    /// The mean of the last days.
    public struct Window: Sendable, Hashable {
        /// How many days.
        public var days: Int
        /// Days of them with a value.
        public var used: Int
        /// The mean; nil without a value.
        public var mean: Double?
        /// The standard deviation of the days; nil below two.
        public var sd: Double?
    }

    /// Some days against as many before.
    public struct Comparison: Sendable, Hashable {
        /// How many days.
        public var days: Int
        /// The difference with Welch's interval, days as clusters; fails where days cannot be compared.
        public var change: Answer<ChangeFigures>
    }

    /// The mean of the last seven days less that of the last thirty; nil where one of them has no value.
    public var momentum: Double? {
        func mean(_ days: Int) -> Double? { windows.first { $0.days == days }?.mean }
        return mean(7).flatMap { week in mean(30).map { week - $0 } }
    }

    /// How many days make a topic recent.
    public static let emergingDays = 30

    /// The forecast that is drawn: the one whose error in the back-test is smaller than that of any other, and the last where there is none
    /// such or not all have an error; with whether it was chosen by its error.
    public var bestForecast: (figures: ForecastFigures, isChosen: Bool)? {
        let made = forecasts.compactMap(\.value)
        let errors = made.compactMap { $0.backTest.value?.mae }
        if errors.count == made.count, errors.count > 1, let least = errors.min(),
            errors.count(where: { $0 == least }) == 1
        {
            return errors.firstIndex(of: least).map { (made[$0], true) }
        }
        return made.last.map { ($0, false) }
    }

    /// Whether a claim stands after the correction among a learner's trends.
    public var direction: TrendDirection { trend.direction }
}

extension LearningTrend {
    /// The trends of one learner or of all, p-values corrected among them (Benjamini–Hochberg).
    ///
    /// - Parameter days: every calendar day up to the day of the report, in order, without holes.
    static func all(_ days: [LearningDayFigures], asOf: Day, settings: AnalysisSettings) -> [LearningTrend] {
        var trends = Kind.allCases.map { LearningTrend($0, days, asOf: asOf, settings: settings) }
        let claims = trends.indices.filter { trends[$0].trend.line.value != nil }
        let corrected = adjusted(
            claims.compactMap { trends[$0].trend.line.value?.claim.p }, by: .benjaminiHochberg)
        for (place, p) in zip(claims, corrected) { trends[place].trend.line.update { $0.claim.pAdjusted = p } }
        var rules = settings
        // Sessions are fewer than the records of a metric; days with a value are what is needed.
        rules.minimumGroup = settings.minimumPeriods
        for place in trends.indices {
            trends[place].trend.direction = TrendDirection(of: trends[place].trend, settings: rules)
        }
        return trends
    }

    private init(_ kind: Kind, _ all: [LearningDayFigures], asOf: Day, settings: AnalysisSettings) {
        let figures = Self.figures(kind, all)
        let period = settings.lookBack(from: asOf)
        var rules = settings
        // The forecast of metrics takes a third of a second; a learner gets plainer ones.
        rules.forecastDays = 0
        let range = kind == .quality ? 0...1 : 0...Double.greatestFiniteMagnitude
        self.kind = kind
        trend = TrendResult(
            subject: Subject(metric: kind.rawValue, group: .all), days: figures.filter { $0.n > 0 },
            spread: figures.moments(in: period), period: period,
            range: range, settings: rules)
        forecasts = LearningForecast.all(
            trend, hasBridges: kind != .quality, range: range, asOf: asOf, settings: settings)
        windows = [7, 30, 90].map { length in
            let means = figures.suffix(length).filter { $0.n > 0 }
            let total = means.moments(in: Period(days: length, through: asOf))
            return Window(
                days: length, used: means.count, mean: total.n > 0 ? total.mean : nil,
                sd: Moments(means.map(\.mean)).variance?.squareRoot())
        }
        comparisons = settings.learning.comparedDays.map { length in
            let current = Period(days: length, through: asOf)
            let before = Period(days: length, through: current.start.advanced(by: -1))
            return Comparison(
                days: length,
                change: caught { () throws(Absence) in
                    try ChangeFigures.between(
                        DayCluster(figures, in: current), and: DayCluster(figures, in: before), recordSD: nil,
                        level: settings.level)
                })
        }
        isReversed = Self.isReversed(figures, asOf: asOf, settings: settings)
    }

    /// The values of one kind, day by day; without a record where there is none.
    static func figures(_ kind: Kind, _ days: [LearningDayFigures]) -> [DayFigures] {
        days.map { day in
            let moments =
                switch kind {
                case .quality: day.quality
                case .minutes where day.isHeld, .exchanges where day.isHeld: Moments()
                case .minutes: Moments(n: 1, mean: day.minutes, m2: 0, m3: 0, m4: 0)
                case .exchanges: Moments(n: 1, mean: day.exchanges, m2: 0, m3: 0, m4: 0)
                }
            return DayFigures(day: day.day, moments: moments, missing: 0)
        }
    }

    /// The mean of a day of one period less that of another, with Welch's interval, days as clusters; for quality a mean over sessions.
    public static func change(
        _ kind: Kind, _ days: [SpanProgress], in current: Period, against before: Period, level: Double
    ) -> Answer<ChangeFigures> {
        let figures = figures(kind, days.map { LearningDayFigures($0.period.start, $0.totals) })
        return caught { () throws(Absence) in
            try ChangeFigures.between(
                DayCluster(figures, in: current), and: DayCluster(figures, in: before), recordSD: nil, level: level)
        }
    }

    private static func isReversed(_ days: [DayFigures], asOf: Day, settings: AnalysisSettings) -> Bool {
        let slope = { (last: Day) -> Double? in
            let period = Period(days: 7, through: last)
            let used = days.filter { $0.n > 0 && period.contains($0.day) }
            guard let line = TrendLine.fit(used, from: period.start, settings: settings).value else { return nil }
            return line.claim.p < settings.alpha ? line.slope : nil
        }
        guard let now = slope(asOf), let before = slope(asOf.advanced(by: -7)) else { return false }
        return now * before < 0
    }
}

/// Whether a topic takes a larger share than before: the days with it among all topic days, the last 30 days against the
/// 30 before, corrected over all topics (Benjamini–Hochberg). What depends on each other is a cluster: the days of a week of one learner,
/// who studies a topic for days on end (days for themselves would call every second run of a week emerging), and of all learners
/// those of each learner, because learners with their own topics come and go.
public struct TopicGrowth: Sendable, Hashable {
    /// Its share of the last days' topic days.
    public var recent: Double
    /// Its share of those before.
    public var before: Double
    /// Recent − before with Student's interval.
    public var interval: Interval
    /// The test.
    public var test: TestFigures

    /// Whether it grows, at the usual α of 0.05.
    public func isEmerging(alpha: Double) -> Bool { recent > before && (test.pAdjusted ?? 1) < alpha }

    static func periods(_ asOf: Day) -> (recent: Period, before: Period) {
        let recent = Period(days: LearningTrend.emergingDays, through: asOf)
        return (recent, Period(days: LearningTrend.emergingDays, through: recent.start.advanced(by: -1)))
    }

    /// The growth of every topic of one learner: weeks of seven days back from the end of each period are clusters.
    ///
    /// Fails below `fewestWeeks` weeks with a topic.
    static func all(_ days: [LearningDay], asOf: Day, level: Double) -> [String: Answer<TopicGrowth>] {
        let (recent, before) = periods(asOf)
        var weeks: [Int: [String: (before: Int, recent: Int)]] = [:]
        for day in days where day.day >= before.start && day.day <= asOf {
            let isRecent = recent.contains(day.day)
            let back = day.day.distance(to: isRecent ? asOf : recent.start.advanced(by: -1)) / 7
            for topic in day.topics {
                weeks[isRecent ? back : -1 - back, default: [:]][topic, default: (0, 0)].before += isRecent ? 0 : 1
                weeks[isRecent ? back : -1 - back, default: [:]][topic, default: (0, 0)].recent += isRecent ? 1 : 0
            }
        }
        var totals = ClusteredShareTest.Totals()
        var parts: [String: ClusteredShareTest.Part] = [:]
        for week in weeks.values {
            let all = week.values.reduce((first: 0, second: 0)) { ($0.first + $1.before, $0.second + $1.recent) }
            totals.add(all.first, all.second)
            for (topic, count) in week {
                parts[topic, default: ClusteredShareTest.Part()].add(count.before, count.recent, of: all)
            }
        }
        return corrected(parts) { part in
            guard totals.count >= fewestWeeks else {
                return .failure(.tooFew(.periods, found: totals.count, needed: fewestWeeks))
            }
            return tested(.clusteredWeeks, part, of: totals, error: .pooled, level: level)
        }
    }

    /// The fewest weeks between which topics of one learner are compared.
    static let fewestWeeks = 5

    /// The fewest learners between whom topics are compared.
    static let fewestLearners = 5

    /// The growth of every topic over all learners.
    static func all(
        _ parts: [String: ClusteredShareTest.Part], of totals: ClusteredShareTest.Totals, level: Double
    ) -> [String: Answer<TopicGrowth>] {
        corrected(parts) { part in
            guard totals.count >= fewestLearners else {
                return .failure(.tooFew(.people, found: totals.count, needed: fewestLearners))
            }
            return tested(.clusteredShares, part, of: totals, error: .own, level: level)
        }
    }

    private static func tested(
        _ method: TestFigures.Method, _ part: ClusteredShareTest.Part, of totals: ClusteredShareTest.Totals,
        error: ClusteredShareTest.ErrorShares, level: Double
    ) -> Answer<TopicGrowth> {
        computed { () throws(Undefined) in
            let test = try ClusteredShareTest(part, of: totals, error: error, level: level)
            return TopicGrowth(
                recent: test.second, before: test.first, interval: test.interval,
                test: TestFigures(
                    method: method, statistic: test.t, degreesOfFreedom: [test.df], p: test.p))
        }
    }

    private static func corrected<Counts>(
        _ counts: [String: Counts], test: (Counts) -> Answer<TopicGrowth>
    ) -> [String: Answer<TopicGrowth>] {
        let sorted = counts.sorted { $0.key < $1.key }
        var found = sorted.map { test($0.value) }
        let told = found.indices.filter { found[$0].value != nil }
        let values = adjusted(told.compactMap { found[$0].value?.test.p }, by: .benjaminiHochberg)
        for (place, p) in zip(told, values) { found[place].update { $0.test.pAdjusted = p } }
        return Dictionary(zip(sorted.map(\.key), found)) { first, _ in first }
    }
}
