import Model

/// How many learners stand behind each figure of all learners.
struct LearnerCounts: Sendable {
    /// A figure that learners contribute to.
    enum Figure: Hashable, Sendable {
        /// What is told of all learners together.
        case everybody
        /// The mean quality of all learners.
        case quality
        /// A part of the quality, by its place.
        case part(Int)
        /// A day, by its number.
        case day(Int32)
        /// The mean quality of a day.
        case dayQuality(Int32)
        /// Sessions that start in an hour.
        case hour(Int)
        /// A topic.
        case topic(String)
        /// The mean quality of a topic.
        case topicQuality(String)
        /// The mean score of a topic.
        case topicScore(String)
        /// A level of a topic.
        case level(String, of: String)
        /// A topic in the last days that growth is told of.
        case recently(String)
        /// A topic in as many days before.
        case earlier(String)
        /// An achievement, by its place.
        case achievement(Int)
        /// Goals of a kind with a status.
        case goals(LearningGoal.Kind, GoalState.Status)
        /// A zone.
        case zone(String)
        /// A length of the streak that goes on, by its band's place.
        case streak(Int)
        /// Learners with a session in seven days.
        case active
        /// Learners whose streak is at risk.
        case atRisk
        /// Learners who master a topic.
        case mastering
    }

    /// Learners whose part of a figure readers may not know.
    private var most: [Figure: Int] = [:]
    /// Learners whose part of a figure readers cannot know.
    private var least: [Figure: Int] = [:]

    /// How many learners' parts are unknown at most: 0 only where readers know all of the figure.
    func most(_ figure: Figure) -> Int { most[figure] ?? 0 }

    /// How many learners' parts are unknown at least.
    func least(_ figure: Figure) -> Int { least[figure] ?? 0 }

    /// Adds a learner, or takes one out again with a weight of −1. O(days + topics).
    ///
    /// - Parameter known: the day through which readers know what the learner did; nil for one who never had pages.
    mutating func add(_ state: LearnerState, asOf: Day, known: Day?, weight: Int = 1) {
        let days = known.map { known in state.days.filter { $0.day > known } } ?? state.days
        func note(_ figure: Figure, isSure: Bool) {
            most[figure, default: 0] += weight
            if isSure { least[figure, default: 0] += weight }
        }
        guard !days.isEmpty || known == nil else {
            // That nothing came since is not known either.
            if let known, known < asOf {
                noteStates(state, asOf: asOf) { if $0.followsFromSilence { note($0, isSure: false) } }
            }
            return
        }
        let isNew = known == nil
        note(.everybody, isSure: true)
        let periods = TopicGrowth.periods(asOf)
        var (topics, recent, before) = (Set<String>(), Set<String>(), Set<String>())
        var parts: Set<Int> = []
        for day in days {
            note(.day(day.day.number), isSure: true)
            if day.totals.quality.n > 0 { note(.dayQuality(day.day.number), isSure: true) }
            for (place, part) in day.totals.parts.enumerated() where part.n > 0 { parts.insert(place) }
            topics.formUnion(day.topics)
            if periods.recent.contains(day.day) { recent.formUnion(day.topics) }
            if periods.before.contains(day.day) { before.formUnion(day.topics) }
        }
        if days.contains(where: { $0.totals.quality.n > 0 }) { note(.quality, isSure: true) }
        for place in parts { note(.part(place), isSure: true) }
        for topic in topics { note(.topic(topic), isSure: true) }
        for topic in recent { note(.recently(topic), isSure: true) }
        for topic in before { note(.earlier(topic), isSure: true) }
        for (place, item) in state.achievements.enumerated() {
            if let met = item.met { note(.achievement(place), isSure: known.map { met > $0 } ?? true) }
        }
        noteStates(state, asOf: asOf) { note($0, isSure: isNew) }
    }

    /// What follows from all that a learner did: of one who was known once it is not told which of it is new.
    private func noteStates(_ state: LearnerState, asOf: Day, _ note: (Figure) -> Void) {
        for (hour, sessions) in state.hours.enumerated() where sessions > 0 { note(.hour(hour)) }
        for topic in state.topics {
            note(.level(topic.level.name, of: topic.topic))
            if topic.quality != nil { note(.topicQuality(topic.topic)) }
            if topic.score.value != nil { note(.topicScore(topic.topic)) }
        }
        for (kind, own) in Dictionary(grouping: state.goals, by: \.goal.kind) {
            for status in Set(own.map(\.status)) { note(.goals(kind, status)) }
        }
        note(.zone(state.zone))
        note(.streak(StreakBand.place(of: state.streaks.currentLength)))
        if let last = state.days.last?.day, last.distance(to: asOf) < LearnersResult.activeDays { note(.active) }
        if state.streaks.isAtRisk { note(.atRisk) }
        if state.mastered > 0 { note(.mastering) }
    }
}

/// How many learners there are for each length of the streak that goes on, whether or not readers know them.
public struct StreakBand: Sendable, Hashable {
    /// The least days.
    public var low: Int
    /// The most days.
    public var high: Int
    /// Learners; nil where they are not told.
    public var learners: Int?

    /// The bands, from none on.
    static let limits = [(0, 0), (1, 2), (3, 6), (7, 13), (14, 29), (30, 99), (100, Int.max)]

    static func place(of length: Int) -> Int { limits.firstIndex { length <= $0.1 } ?? limits.count - 1 }
}

extension LearnerCounts.Figure {
    /// Whether a learner's part of it changes with days without a session: streaks end, mastery fades, deadlines pass.
    fileprivate var followsFromSilence: Bool {
        switch self {
        case .level, .topicScore, .goals, .streak, .active, .atRisk, .mastering: true
        default: false
        }
    }
}
