import Model
import Statistics

/// One learner's sessions in their order in time, with the rules of the learner's zone.
public struct LearnerLog: Sendable {
    /// Who.
    public let learner: String
    /// Where, as of the newest session that names a zone.
    public let zone: ZoneRules
    /// The sessions by start and id.
    public let sessions: [LearningSession]

    /// A log; the sessions may come in any order, and none may start after the day of the report.
    public init(learner: String, zone: ZoneRules, sessions: [LearningSession]) {
        self.learner = learner
        self.zone = zone
        // Places move instead of sessions, which hold many references.
        let order = sessions.indices.sorted { LearningSession.isEarlier(sessions[$0], sessions[$1]) }
        self.sessions = order.map { sessions[$0] }
    }
}

/// What a learner did in some days, from sessions, never from means of means.
public struct LearningTotals: Sendable, Hashable {
    /// Sessions that started.
    public var sessions = 0
    /// Sessions that the export calls completed, or of which it does not say.
    public var completed = 0
    /// Exchanges.
    public var exchanges = 0
    /// Minutes.
    public var minutes = 0.0
    /// Sessions without a duration, whose minutes are missing from `minutes`.
    public var untimed = 0
    /// Exchanges of the sessions that tell both exchanges and minutes.
    public var pacedExchanges = 0
    /// Minutes of the sessions that tell both.
    public var pacedMinutes = 0.0
    /// The quality of the sessions that have one: each session counts once.
    public var quality = Moments()
    /// Questions asked.
    public var questions = 0
    /// Times that the learner had to ask again.
    public var clarifications = 0
    /// Items of feedback that were good.
    public var positive = 0
    /// Items of feedback that were bad.
    public var negative = 0
    /// Parts of the quality, in the order of `QualityPart.allCases`; empty where no session has any.
    public var parts: [Moments] = []
    /// Local days with a session.
    public var activeDays = 0

    /// Nothing.
    public init() {}

    /// Hours.
    public var hours: Double { minutes / 60 }
    /// Mean quality over sessions; nil without a session that has one.
    public var meanQuality: Double? { quality.n > 0 ? quality.mean : nil }
    /// Exchanges per hour over the sessions that tell both; nil without a minute of them.
    public var velocity: Double? { pacedMinutes > 0 ? Double(pacedExchanges) / (pacedMinutes / 60) : nil }
    /// Minutes per timed session; nil without one.
    public var meanMinutes: Double? { sessions > untimed ? minutes / Double(sessions - untimed) : nil }
    /// Items of feedback.
    public var feedback: Int { positive + negative }

    /// Adds a session; its day is for the caller to count.
    public mutating func add(_ session: LearningSession) {
        sessions += 1
        if session.isCompleted ?? true { completed += 1 }
        exchanges += session.exchanges ?? 0
        if let minutes = session.minutes { self.minutes += minutes } else { untimed += 1 }
        if let minutes = session.minutes, let exchanges = session.exchanges {
            pacedMinutes += minutes
            pacedExchanges += exchanges
        }
        if let value = session.quality { quality.add(value) }
        questions += session.questions ?? 0
        clarifications += session.clarifications ?? 0
        positive += session.positiveFeedback
        negative += session.negativeFeedback
        guard !session.parts.isEmpty else { return }
        if parts.isEmpty { parts = Array(repeating: Moments(), count: QualityPart.allCases.count) }
        for part in QualityPart.allCases {
            if let value = session.part(part) { parts[part.place].add(value) }
        }
    }

    /// Adds other days.
    public mutating func merge(_ other: LearningTotals) {
        sessions += other.sessions
        completed += other.completed
        exchanges += other.exchanges
        minutes += other.minutes
        untimed += other.untimed
        pacedExchanges += other.pacedExchanges
        pacedMinutes += other.pacedMinutes
        quality.merge(other.quality)
        questions += other.questions
        clarifications += other.clarifications
        positive += other.positive
        negative += other.negative
        activeDays += other.activeDays
        if parts.isEmpty {
            parts = other.parts
        } else {
            for place in other.parts.indices { parts[place].merge(other.parts[place]) }
        }
    }
}

/// One local day with sessions.
public struct LearningDay: Sendable, Hashable {
    /// The day.
    public var day: Day
    /// What was done.
    public var totals = LearningTotals()
    /// What it was about, in the order in which topics came.
    public var topics: [String] = []
    /// Topics that came for the first time.
    public var newTopics: [String] = []
    /// How long the streak was with this day.
    public var streak = 0
}

extension LearnerLog {
    /// The days with sessions in their order. O(sessions).
    ///
    /// A session that starts on an earlier local day than the one before it, because the learner has travelled west,
    /// belongs to its own day all the same.
    public func days(streaks: [Int32: Int]) -> [LearningDay] {
        var days: [LearningDay] = []
        var places: [Int32: Int] = [:]
        var known: Set<String> = []
        for session in sessions {
            let place = places[session.day.number] ?? days.count
            if place == days.count {
                places[session.day.number] = place
                days.append(LearningDay(day: session.day))
                days[place].totals.activeDays = 1
                days[place].streak = streaks[session.day.number] ?? 0
            }
            days[place].totals.add(session)
            for topic in session.topics {
                if !days[place].topics.contains(topic) { days[place].topics.append(topic) }
                if known.insert(topic).inserted { days[place].newTopics.append(topic) }
            }
        }
        return days.sorted { $0.day < $1.day }
    }
}
