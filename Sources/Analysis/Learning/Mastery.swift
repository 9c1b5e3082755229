import Model
import Statistics

/// How well a learner knows a topic, as of a day.
///
/// Of the sessions on the topic that have a quality or say whether they were a success, each is worth
/// w = (1 − d)^age, with d `LearningSettings.decayPerDay` and the age in days; N = Σ w. With a prior of k sessions of mean m
/// (`priorSessions`, `priorMean`), s = 1 for a success (the export's word, else quality ≥ `successQuality`) and q̄ the
/// exponentially weighted mean of the qualities, its weights α(1 − α)^j from the newest back divided by their sum so that
/// nothing pulls early scores towards 0:
///
///     score = a · (k m + Σ w s) / (k + N) + (1 − a) · (k m + N q̄) / (k + N)
///
/// with a = `successShare`. So a topic that nobody has tried stands at m, few sessions move it little, and without practice
/// it goes back there. The interval is Wilson's for the success rate on N sessions, of which the old ones count less.
public struct TopicMastery: Sendable, Hashable {
    /// The topic.
    public var topic: String
    /// Sessions on it.
    public var sessions: Int
    /// Those that can be judged: with a quality or a word on success.
    public var judged: Int
    /// How many of these were a success.
    public var successes: Int
    /// N: what the judged sessions are worth as of the day.
    public var evidence: Double
    /// From 0 to 1; fails without a judged session.
    public var score: Answer<Double>
    /// The interval of the success rate on N sessions.
    public var interval: Answer<Interval>
    /// The level as of the day.
    public var level: MasteryLevel
    /// Mean quality of the sessions on it; nil where none has one.
    public var quality: Double?
    /// The sessions behind that mean.
    public var qualitySessions: Int
    /// Minutes; a session with several topics gives each an equal share.
    public var minutes: Double
    /// Exchanges, shared alike.
    public var exchanges: Double
    /// The first day with it.
    public var first: Day
    /// The last day with it.
    public var last: Day
    /// The days on which levels were reached for the first time, by name.
    public var reached: [LevelReached]
    /// The score after each of the days with it, at most the last 60.
    public var path: [Point]
    /// The line through its daily quality; fails below five days.
    public var trend: Answer<TrendLine>

    /// A level that was reached.
    public struct LevelReached: Sendable, Hashable {
        /// Which.
        public var level: MasteryLevel
        /// When, for the first time.
        public var day: Day
    }

    /// A score on a day.
    public struct Point: Sendable, Hashable {
        /// The day.
        public var day: Day
        /// The score at its end.
        public var score: Double
    }

    /// The day on which it was mastered for the first time; nil if it never was.
    public var mastered: Day? { reached.filter(\.level.isMastered).map(\.day).min() }
    /// Whether it was mastered once and is not any more.
    public var hasFaded: Bool { mastered != nil && !level.isMastered }
}

/// What the judged sessions on a topic are worth as of a day, of which a score is made.
struct MasteryEvidence: Sendable, Hashable {
    /// Σ w.
    var weight = 0.0
    /// Σ w s.
    var weightOfSuccesses = 0.0
    /// Σ α(1 − α)^j q over the qualities, from the newest back.
    var smoothed = 0.0
    /// The sum of these weights.
    var smoothedWeight = 0.0

    /// What is left of it when every session is worth a factor less.
    func faded(by factor: Double) -> MasteryEvidence {
        var left = self
        left.weight *= factor
        left.weightOfSuccesses *= factor
        return left
    }

    /// The score; the evidence must be of one judged session or more.
    func score(_ settings: LearningSettings) -> Double {
        let (k, prior) = (settings.priorSessions, settings.priorSessions * settings.priorMean)
        let success = (prior + weightOfSuccesses) / (k + weight)
        guard smoothedWeight > 0 else { return success }
        let quality = (prior + weight * smoothed / smoothedWeight) / (k + weight)
        return settings.successShare * success + (1 - settings.successShare) * quality
    }
}

/// What a session is worth after some days: (1 − d)^days, multiplied day by day, so that a table and a loop agree to the last bit.
struct MasteryFading: Sendable {
    private let factors: [Double]

    /// Days after which nothing fades any more.
    static let longest = 4_000

    /// A table for at most so many days.
    init(_ settings: LearningSettings, days: Int = longest) {
        let count = max(0, min(days, Self.longest))
        var factors = [1.0]
        factors.reserveCapacity(count + 1)
        for _ in 0..<count { factors.append(factors[factors.count - 1] * (1 - settings.decayPerDay)) }
        self.factors = factors
    }

    func factor(days: Int) -> Double { factors[max(0, min(days, factors.count - 1))] }
}

/// One topic of a learner after the last session on it: what its mastery on any later day follows from.
struct TopicStanding: Sendable, Hashable {
    var topic: String
    var sessions = 0
    var judged = 0
    var successes = 0
    var evidence = MasteryEvidence()
    var quality = Moments()
    var minutes = 0.0
    var exchanges = 0.0
    var first: Day
    var last: Day

    /// The score as of a day; nil without a judged session.
    func score(asOf: Day, _ fading: MasteryFading, _ settings: LearningSettings) -> Double? {
        judged > 0 ? evidence.faded(by: fading.factor(days: last.distance(to: asOf))).score(settings) : nil
    }

    /// The level that a score gives.
    func level(_ score: Double?, _ settings: LearningSettings) -> MasteryLevel {
        score.flatMap { score in settings.levels.first { sessions >= $0.sessions && score >= $0.score } } ?? .lowest
    }
}

/// One topic while sessions are gone through.
struct TopicState {
    var standing: TopicStanding
    var reached: [TopicMastery.LevelReached] = []
    var path: [TopicMastery.Point] = []
    var days: [(day: Day, moments: Moments)] = []

    init(_ topic: String, _ day: Day) { standing = TopicStanding(topic: topic, first: day, last: day) }

    mutating func add(_ session: LearningSession, _ settings: LearningSettings, _ fading: MasteryFading) {
        let idle = standing.last.distance(to: session.day)
        if idle > 0 {
            standing.evidence = standing.evidence.faded(by: fading.factor(days: idle))
            standing.last = session.day
        }
        standing.sessions += 1
        let share = 1 / Double(session.topics.count)
        standing.minutes += (session.minutes ?? 0) * share
        standing.exchanges += Double(session.exchanges ?? 0) * share
        if let value = session.quality {
            let newest = settings.qualitySmoothing
            standing.quality.add(value)
            standing.evidence.smoothed = (1 - newest) * standing.evidence.smoothed + newest * value
            standing.evidence.smoothedWeight = (1 - newest) * standing.evidence.smoothedWeight + newest
            if days.last?.day == session.day {
                days[days.count - 1].moments.add(value)
            } else {
                days.append((session.day, Moments(n: 1, mean: value, m2: 0, m3: 0, m4: 0)))
            }
        }
        if let isSuccess = session.isSuccess ?? session.quality.map({ $0 >= settings.successQuality }) {
            standing.judged += 1
            standing.evidence.weight += 1
            if isSuccess {
                standing.successes += 1
                standing.evidence.weightOfSuccesses += 1
            }
        }
        // A session that is not judged counts towards the sessions that a level asks for.
        note(session.day, settings)
    }

    private mutating func note(_ day: Day, _ settings: LearningSettings) {
        guard standing.judged > 0 else { return }
        let score = standing.evidence.score(settings)
        for level in settings.levels where standing.sessions >= level.sessions && score >= level.score {
            if !reached.contains(where: { $0.level == level }) { reached.append(.init(level: level, day: day)) }
        }
        if path.last?.day == day { path.removeLast() }
        path.append(.init(day: day, score: score))
    }

    /// Every topic of a log, those with most sessions first, then by name. O(sessions × topics of a session).
    static func all(_ log: LearnerLog, _ settings: LearningSettings) -> [TopicState] {
        let span = log.sessions.first.map { first in log.sessions.map { first.day.distance(to: $0.day) }.max() ?? 0 }
        let fading = MasteryFading(settings, days: span ?? 0)
        var places: [String: Int] = [:]
        var states: [TopicState] = []
        for session in log.sessions {
            for topic in session.topics {
                let place = places[topic] ?? states.count
                if place == states.count {
                    places[topic] = place
                    states.append(TopicState(topic, session.day))
                }
                states[place].add(session, settings, fading)
            }
        }
        return states.sorted { ($1.standing.sessions, $0.standing.topic) < ($0.standing.sessions, $1.standing.topic) }
    }
}

extension TopicMastery {
    /// The mastery of every topic of a log as of a day, by sessions and name. O(sessions × topics of a session).
    static func all(
        _ states: [TopicState], asOf: Day, settings: LearningSettings, analysis: AnalysisSettings
    ) -> [TopicMastery] {
        let span = states.map { $0.standing.last.distance(to: asOf) }.max() ?? 0
        let fading = MasteryFading(settings, days: span)
        return states.map { TopicMastery($0, asOf: asOf, fading, settings: settings, analysis: analysis) }
    }

    private init(
        _ state: TopicState, asOf: Day, _ fading: MasteryFading, settings: LearningSettings, analysis: AnalysisSettings
    ) {
        let standing = state.standing
        (topic, sessions) = (standing.topic, standing.sessions)
        (judged, successes) = (standing.judged, standing.successes)
        let left = standing.evidence.faded(by: fading.factor(days: standing.last.distance(to: asOf)))
        evidence = left.weight
        let found = standing.score(asOf: asOf, fading, settings)
        score = found.map { .success($0) } ?? .failure(.noRecords)
        level = standing.level(found, settings)
        interval = computed { () throws(Undefined) in
            try WilsonInterval.weighted(
                min(left.weightOfSuccesses, left.weight), of: left.weight, level: analysis.level)
        }
        quality = standing.quality.n > 0 ? standing.quality.mean : nil
        qualitySessions = standing.quality.n
        (minutes, exchanges) = (standing.minutes, standing.exchanges)
        (first, last) = (standing.first, standing.last)
        reached = state.reached
        path = state.path.suffix(60)
        trend = TrendLine.fit(
            state.days.map { DayFigures(day: $0.day, moments: $0.moments, missing: 0) }, from: standing.first,
            settings: analysis)
    }
}
