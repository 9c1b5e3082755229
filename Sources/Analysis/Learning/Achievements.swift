import Model

/// Something that can be achieved, as a data file defines it.
public struct AchievementDefinition: Sendable, Hashable {
    /// The id.
    public var id: String
    /// What it is called.
    public var title: String
    /// What it belongs to, such as "streak".
    public var category: String
    /// How rare it is.
    public var rarity: Rarity
    /// What it is worth.
    public var points: Int
    /// Whether it is shown only once it is met.
    public var isHidden: Bool
    /// What has to hold.
    public var requirement: Requirement

    /// How rare achievements are.
    public enum Rarity: String, Sendable, Hashable, CaseIterable {
        /// Nearly everybody meets it.
        case common
        /// Many do.
        case uncommon
        /// Few do.
        case rare
        /// Very few do.
        case epic
        /// Hardly anybody does.
        case legendary
    }

    /// What has to hold, each computed from the sessions.
    public enum Requirement: Sendable, Hashable {
        /// So many sessions.
        case sessions(Int)
        /// A streak of so many days.
        case streak(Int)
        /// A session that starts before a local minute of the day.
        case startBefore(minute: Int)
        /// A session that starts at a local minute of the day or later.
        case startFrom(minute: Int)
        /// So many days whose mean quality over sessions is at least a value.
        case qualityDays(Int, atLeast: Double)
        /// So many sessions of at least a quality.
        case qualitySessions(Int, atLeast: Double)
        /// So many different topics.
        case topics(Int)
        /// So many exchanges on one topic.
        case topicExchanges(Int)
        /// So many exchanges.
        case exchanges(Int)
        /// A session of at least so many minutes.
        case sessionMinutes(Double)
        /// So many minutes in all.
        case minutes(Double)
        /// So many items of feedback.
        case feedback(Int)
        /// So many days with a session.
        case activeDays(Int)
    }

    /// Defines an achievement.
    public init(
        id: String, title: String, category: String, rarity: Rarity, points: Int, isHidden: Bool = false,
        requirement: Requirement
    ) {
        self.id = id
        self.title = title
        self.category = category
        self.rarity = rarity
        self.points = points
        self.isHidden = isHidden
        self.requirement = requirement
    }
}

extension AchievementDefinition.Requirement {
    /// What is measured, and how much of it is needed: more of it never holds without less.
    var measure: (name: String, amount: Double) {
        switch self {
        case .sessions(let n): ("sessions", Double(n))
        case .streak(let n): ("streak", Double(n))
        case .startBefore(let minute): ("earliest", -Double(minute))
        case .startFrom(let minute): ("latest", Double(minute))
        case .qualityDays(let n, let least): ("days of \(least)", Double(n))
        case .qualitySessions(let n, let least): ("sessions of \(least)", Double(n))
        case .topics(let n): ("topics", Double(n))
        case .topicExchanges(let n): ("exchanges on a topic", Double(n))
        case .exchanges(let n): ("exchanges", Double(n))
        case .sessionMinutes(let n): ("minutes of a session", n)
        case .minutes(let n): ("minutes", n)
        case .feedback(let n): ("feedback", Double(n))
        case .activeDays(let n): ("days", Double(n))
        }
    }
}

/// An achievement of a learner.
public struct AchievementState: Sendable, Hashable {
    /// Which.
    public var definition: AchievementDefinition
    /// The local day on which it was met for the first time; nil while it is not.
    public var met: Day?
    /// How far the learner has come. Of a streak that is not long enough yet it is the one that goes on, since the next has to begin
    /// at its first day again; of what a single session does it is 0 or 1.
    public var value: Double
    /// The longest streak so far where one is asked for and it was longer than the one that goes on; nil otherwise.
    public var longest: Int?
    /// How far it is.
    public var needed: Double
    /// From 0 to 1.
    public var progress: Double { met != nil ? 1 : needed > 0 ? min(1, value / needed) : 0 }
    /// Whether readers may see it.
    public var isShown: Bool { met != nil || !definition.isHidden }
}

/// What a learner has done so far while days are gone through; every requirement reads it.
struct AchievementCounters {
    var sessions = 0
    var exchanges = 0
    var minutes = 0.0
    var feedback = 0
    var activeDays = 0
    var topics = 0
    var longestStreak = 0
    var longestSession = 0.0
    var earliest = 1_440
    var latest = -1
    var bestQuality = 0.0
    var topicExchanges: [String: Double] = [:]
    var mostOnTopic = 0.0
    /// Sessions, and days, of at least each of the qualities that are asked for.
    var sessionsOfQuality: [Double: Int] = [:]
    var daysOfQuality: [Double: Int] = [:]

    mutating func add(_ session: LearningSession, qualities: [Double]) {
        sessions += 1
        exchanges += session.exchanges ?? 0
        minutes += session.minutes ?? 0
        longestSession = max(longestSession, session.minutes ?? 0)
        feedback += session.positiveFeedback + session.negativeFeedback
        earliest = min(earliest, session.localSecond / 60)
        latest = max(latest, session.localSecond / 60)
        let share = Double(session.exchanges ?? 0) / Double(max(1, session.topics.count))
        for topic in session.topics {
            let sum = (topicExchanges[topic] ?? 0) + share
            topicExchanges[topic] = sum
            mostOnTopic = max(mostOnTopic, sum)
        }
        topics = topicExchanges.count
        guard let quality = session.quality else { return }
        bestQuality = max(bestQuality, quality)
        for least in qualities where quality >= least { sessionsOfQuality[least, default: 0] += 1 }
    }

    mutating func close(_ day: LearningDay, qualities: [Double]) {
        activeDays += 1
        longestStreak = max(longestStreak, day.streak)
        // The mean of the day counts once all its sessions are known.
        guard let quality = day.totals.meanQuality else { return }
        for least in qualities where quality >= least { daysOfQuality[least, default: 0] += 1 }
    }

    /// How far a requirement was met at best, and how far it goes.
    func progress(_ requirement: AchievementDefinition.Requirement) -> (value: Double, needed: Double) {
        switch requirement {
        case .sessions(let needed): (Double(sessions), Double(needed))
        case .streak(let needed): (Double(longestStreak), Double(needed))
        case .startBefore(let minute): (earliest < minute ? 1 : 0, 1)
        case .startFrom(let minute): (latest >= minute ? 1 : 0, 1)
        case .qualityDays(let needed, let least): (Double(daysOfQuality[least] ?? 0), Double(needed))
        case .qualitySessions(let needed, let least): (Double(sessionsOfQuality[least] ?? 0), Double(needed))
        case .topics(let needed): (Double(topics), Double(needed))
        case .topicExchanges(let needed): (mostOnTopic, Double(needed))
        case .exchanges(let needed): (Double(exchanges), Double(needed))
        case .sessionMinutes(let needed): (longestSession >= needed - 1e-9 ? 1 : 0, 1)
        case .minutes(let needed): (minutes, needed)
        case .feedback(let needed): (Double(feedback), Double(needed))
        case .activeDays(let needed): (Double(activeDays), Double(needed))
        }
    }
}

extension AchievementDefinition.Requirement {
    /// The quality that it asks for, if any.
    var quality: Double? {
        switch self {
        case .qualityDays(_, let least), .qualitySessions(_, let least): least
        default: nil
        }
    }
}

extension AchievementState {
    /// Every achievement of a log, in the order of the definitions: met on the first day on which its condition held, found
    /// by going through sessions in time. O(sessions × definitions).
    ///
    /// - Parameter running: days of the streak that goes on; what is missing of a longer one counts from there.
    public static func all(
        _ log: LearnerLog, days: [LearningDay], running: Int, definitions: [AchievementDefinition]
    ) -> [AchievementState] {
        let qualities = Array(Set(definitions.compactMap(\.requirement.quality))).sorted()
        var counters = AchievementCounters()
        var met = [Day?](repeating: nil, count: definitions.count)
        var open = Array(definitions.indices)
        var places: [Int32: [Int]] = [:]
        for place in log.sessions.indices { places[log.sessions[place].day.number, default: []].append(place) }
        for day in days {
            for place in places[day.day.number] ?? [] { counters.add(log.sessions[place], qualities: qualities) }
            counters.close(day, qualities: qualities)
            open.removeAll { index in
                let (value, needed) = counters.progress(definitions[index].requirement)
                // Shares of exchanges add up to whole numbers but for rounding.
                guard value >= needed - 1e-9 else { return false }
                met[index] = day.day
                return true
            }
        }
        return definitions.indices.map { index in
            let (value, needed) = counters.progress(definitions[index].requirement)
            var state = AchievementState(definition: definitions[index], met: met[index], value: value, needed: needed)
            if case .streak = definitions[index].requirement, state.met == nil {
                state.value = Double(running)
                state.longest = counters.longestStreak > running ? counters.longestStreak : nil
            }
            return state
        }
    }

    /// The ones that are nearest, of those that may be shown: by share, then as defined; at most `count`.
    public static func next(_ states: [AchievementState], count: Int = 5) -> [AchievementState] {
        let open = states.enumerated().filter { $0.element.met == nil && $0.element.isShown && $0.element.value > 0 }
        return open.sorted { ($1.element.progress, $0.offset) < ($0.element.progress, $1.offset) }.prefix(count)
            .map(\.element)
    }
}
