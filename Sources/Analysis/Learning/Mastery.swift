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

/// One topic while sessions are gone through.
private struct TopicState {
    var sessions = 0
    var judged = 0
    var successes = 0
    var weight = 0.0
    var weightOfSuccesses = 0.0
    var smoothed = 0.0
    var smoothedWeight = 0.0
    var quality = Moments()
    var minutes = 0.0
    var exchanges = 0.0
    var first: Day
    var last: Day
    var reached: [TopicMastery.LevelReached] = []
    var path: [TopicMastery.Point] = []
    var days: [(day: Day, moments: Moments)] = []

    /// Lets time pass.
    mutating func age(to day: Day, _ settings: LearningSettings) {
        let days = last.distance(to: day)
        guard days > 0 else { return }
        var factor = 1.0
        for _ in 0..<min(days, 4_000) { factor *= 1 - settings.decayPerDay }
        weight *= factor
        weightOfSuccesses *= factor
        last = day
    }

    mutating func add(_ session: LearningSession, _ settings: LearningSettings) {
        age(to: session.day, settings)
        sessions += 1
        let share = 1 / Double(session.topics.count)
        minutes += (session.minutes ?? 0) * share
        exchanges += Double(session.exchanges ?? 0) * share
        if let value = session.quality {
            quality.add(value)
            smoothed = (1 - settings.qualitySmoothing) * smoothed + settings.qualitySmoothing * value
            smoothedWeight = (1 - settings.qualitySmoothing) * smoothedWeight + settings.qualitySmoothing
            if days.last?.day == session.day {
                days[days.count - 1].moments.add(value)
            } else {
                days.append((session.day, Moments(n: 1, mean: value, m2: 0, m3: 0, m4: 0)))
            }
        }
        if let isSuccess = session.isSuccess ?? session.quality.map({ $0 >= settings.successQuality }) {
            judged += 1
            weight += 1
            if isSuccess {
                successes += 1
                weightOfSuccesses += 1
            }
        }
        // A session that is not judged counts towards the sessions that a level asks for.
        note(session.day, settings)
    }

    private mutating func note(_ day: Day, _ settings: LearningSettings) {
        guard let score = score(settings) else { return }
        for level in settings.levels where sessions >= level.sessions && score >= level.score {
            if !reached.contains(where: { $0.level == level }) { reached.append(.init(level: level, day: day)) }
        }
        if path.last?.day == day { path.removeLast() }
        path.append(.init(day: day, score: score))
    }

    func score(_ settings: LearningSettings) -> Double? {
        guard judged > 0 else { return nil }
        let (k, prior) = (settings.priorSessions, settings.priorSessions * settings.priorMean)
        let success = (prior + weightOfSuccesses) / (k + weight)
        guard smoothedWeight > 0 else { return success }
        let quality = (prior + weight * smoothed / smoothedWeight) / (k + weight)
        return settings.successShare * success + (1 - settings.successShare) * quality
    }
}

extension TopicMastery {
    /// The mastery of every topic of a log as of a day, by sessions and name. O(sessions × topics of a session).
    public static func all(
        _ log: LearnerLog, asOf: Day, settings: LearningSettings, analysis: AnalysisSettings
    ) -> [TopicMastery] {
        var states: [String: TopicState] = [:]
        for session in log.sessions {
            for topic in session.topics {
                states[topic, default: TopicState(first: session.day, last: session.day)].add(session, settings)
            }
        }
        return states.map { TopicMastery($0.key, $0.value, asOf: asOf, settings: settings, analysis: analysis) }
            .sorted { ($1.sessions, $0.topic) < ($0.sessions, $1.topic) }
    }

    private init(
        _ topic: String, _ state: TopicState, asOf: Day, settings: LearningSettings, analysis: AnalysisSettings
    ) {
        let last = state.last
        var state = state
        state.age(to: asOf, settings)
        self.topic = topic
        (sessions, judged, successes) = (state.sessions, state.judged, state.successes)
        evidence = state.weight
        let found = state.score(settings)
        score = found.map { .success($0) } ?? .failure(.noRecords)
        level =
            found.flatMap { found in
                settings.levels.first { state.sessions >= $0.sessions && found >= $0.score }
            } ?? MasteryLevel.lowest
        interval = computed { () throws(Undefined) in
            try WilsonInterval.weighted(
                min(state.weightOfSuccesses, state.weight), of: state.weight, level: analysis.level)
        }
        quality = state.quality.n > 0 ? state.quality.mean : nil
        qualitySessions = state.quality.n
        (minutes, exchanges, first, self.last) = (state.minutes, state.exchanges, state.first, last)
        reached = state.reached
        path = state.path.suffix(60)
        trend = TrendLine.fit(
            state.days.map { DayFigures(day: $0.day, moments: $0.moments, missing: 0) }, from: state.first,
            settings: analysis)
    }
}
