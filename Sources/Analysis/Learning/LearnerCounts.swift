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

    /// Learners who never had pages, of whom readers know no part.
    private var unknown: UnknownLearners
    /// Learners on days, whether readers know their part or not.
    private var days: [Int32: (learners: Int, withQuality: Int)] = [:]
    /// Learners whose part of a figure readers may not know, besides; below 0 for those who are taken out again.
    private var most: [Figure: Int] = [:]
    /// Learners whose part of a figure readers cannot know, besides.
    private var least: [Figure: Int] = [:]

    init(_ settings: LearningSettings) { unknown = UnknownLearners(settings) }

    /// How many learners' parts are unknown at most: 0 only where readers know all of the figure.
    func most(_ figure: Figure) -> Int { count(figure) + (most[figure] ?? 0) }

    /// How many learners' parts are unknown at least.
    func least(_ figure: Figure) -> Int { count(figure) + (least[figure] ?? 0) }

    private func count(_ figure: Figure) -> Int {
        switch figure {
        case .day(let day): days[day]?.learners ?? 0
        case .dayQuality(let day): days[day]?.withQuality ?? 0
        default: unknown.count(figure)
        }
    }

    /// Adds learners to a day, whether readers know of them or not; `add` of those they know takes them out.
    mutating func add(_ day: Int32, _ account: LearnersDayAccount) {
        let before = days[day] ?? (0, 0)
        days[day] = (before.learners + account.totals.activeDays, before.withQuality + account.withQuality)
    }

    /// Adds a learner whose days are added to `days` besides. O(days + topics).
    ///
    /// - Parameter known: the day through which readers know what the learner did; nil for one who never had pages.
    mutating func add(_ digest: LearnerDigest, _ standing: DigestStanding, known: Day?) {
        guard let known else { return unknown.add(digest, standing) }
        for day in digest.days where day.day <= known {
            note(.day(day.day.number), weight: -1, isSure: true)
            if day.hasQuality { note(.dayQuality(day.day.number), weight: -1, isSure: true) }
        }
        add(digest, standing, known: known, weight: 1, withDays: false)
    }

    /// Takes out a learner who was added, the days as well.
    mutating func remove(_ digest: LearnerDigest, _ standing: DigestStanding, known: Day?) {
        add(digest, standing, known: known, weight: -1, withDays: true)
    }

    private mutating func note(_ figure: Figure, weight: Int, isSure: Bool) {
        most[figure, default: 0] += weight
        if isSure { least[figure, default: 0] += weight }
    }

    private mutating func add(
        _ digest: LearnerDigest, _ standing: DigestStanding, known: Day?, weight: Int, withDays: Bool
    ) {
        let days = known.map { known in digest.days.filter { $0.day > known } } ?? digest.days
        guard !days.isEmpty || known == nil else {
            // That nothing came since is not known either.
            guard let known, known < standing.asOf else { return }
            return standing.states(of: digest) {
                if $0.followsFromSilence { note($0, weight: weight, isSure: false) }
            }
        }
        let isNew = known == nil
        if withDays {
            for day in days {
                note(.day(day.day.number), weight: weight, isSure: true)
                if day.hasQuality { note(.dayQuality(day.day.number), weight: weight, isSure: true) }
            }
        }
        note(.everybody, weight: weight, isSure: true)
        let periods = TopicGrowth.periods(standing.asOf)
        var (recent, before) = (Set<Int>(), Set<Int>())
        for day in digest.recent where known.map({ day.day > $0 }) ?? true {
            if periods.recent.contains(day.day) { recent.formUnion(day.topics) }
            if periods.before.contains(day.day) { before.formUnion(day.topics) }
        }
        if days.contains(where: \.hasQuality) { note(.quality, weight: weight, isSure: true) }
        for part in QualityPart.allCases where days.contains(where: { $0.has(part: part.place) }) {
            note(.part(part.place), weight: weight, isSure: true)
        }
        for topic in digest.topics where known.map({ topic.last > $0 }) ?? true {
            note(.topic(topic.topic), weight: weight, isSure: true)
        }
        for place in recent { note(.recently(digest.topics[place].topic), weight: weight, isSure: true) }
        for place in before { note(.earlier(digest.topics[place].topic), weight: weight, isSure: true) }
        for (place, met) in digest.met.enumerated() {
            if let met { note(.achievement(place), weight: weight, isSure: known.map { met > $0 } ?? true) }
        }
        standing.states(of: digest) { note($0, weight: weight, isSure: isNew) }
    }
}

/// What of a digest depends on the day that is described.
struct DigestStanding {
    let asOf: Day
    /// For each topic its score, and the level's place among those of the settings, behind the last for the lowest one.
    let topics: [(score: Double?, level: Int)]
    /// Topics that are mastered.
    let mastered: Int
    let streak: Int
    let isAtRisk: Bool
    let isActive: Bool
    let goals: [(kind: LearningGoal.Kind, status: GoalState.Status)]
    private let levels: [MasteryLevel]

    init(_ digest: LearnerDigest, asOf: Day, _ fading: MasteryFading, _ settings: LearningSettings) {
        self.asOf = asOf
        levels = settings.levels
        topics = digest.topics.map { topic in
            let score = topic.score(asOf: asOf, fading, settings)
            let level = score.flatMap { score in
                settings.levels.firstIndex { topic.sessions >= $0.sessions && score >= $0.score }
            }
            return (score, level ?? settings.levels.count)
        }
        mastered = topics.count { $0.level < settings.levels.count && settings.levels[$0.level].isMastered }
        streak = digest.currentStreak(asOf: asOf)
        isAtRisk = digest.isAtRisk(asOf: asOf, settings)
        isActive = digest.lastDay.map { $0.distance(to: asOf) < LearnersResult.activeDays } ?? false
        goals = digest.goals.map { ($0.kind, $0.status(asOf: asOf)) }
    }

    /// What a level is called.
    func name(ofLevel place: Int) -> String {
        place < levels.count ? levels[place].name : MasteryLevel.lowest.name
    }

    /// What follows from all that a learner did: of one who was known once it is not told which of it is new.
    func states(of digest: LearnerDigest, _ note: (LearnerCounts.Figure) -> Void) {
        for (hour, sessions) in digest.hours.enumerated() where sessions > 0 { note(.hour(hour)) }
        for (topic, state) in zip(digest.topics, topics) {
            note(.level(name(ofLevel: state.level), of: topic.topic))
            if topic.quality.n > 0 { note(.topicQuality(topic.topic)) }
            if state.score != nil { note(.topicScore(topic.topic)) }
        }
        for (kind, own) in Dictionary(grouping: goals, by: \.kind) {
            for status in Set(own.map(\.status)) { note(.goals(kind, status)) }
        }
        note(.zone(digest.zone))
        note(.streak(StreakBand.place(of: streak)))
        if isActive { note(.active) }
        if isAtRisk { note(.atRisk) }
        if mastered > 0 { note(.mastering) }
    }
}

/// Learners who never had pages, by the figures that they have a part of: nearly all of them, so these are arrays.
private struct UnknownLearners: Sendable {
    private var everybody = 0
    private var quality = 0
    private var parts = [Int](repeating: 0, count: QualityPart.allCases.count)
    private var hours = [Int](repeating: 0, count: 24)
    private var streaks = [Int](repeating: 0, count: StreakBand.limits.count)
    private var achievements: [Int]
    private var (active, atRisk, mastering) = (0, 0, 0)
    private var goals: [LearningGoal.Kind: [GoalState.Status: Int]] = [:]
    private var zones: [String: Int] = [:]
    private var places: [String: Int] = [:]
    private var topics: [Topic] = []
    private let names: [String]

    private struct Topic {
        var learners = 0
        var quality = 0
        var score = 0
        var recently = 0
        var earlier = 0
        var levels: [Int]
    }

    init(_ settings: LearningSettings) {
        achievements = [Int](repeating: 0, count: settings.achievements.count)
        names = settings.levels.map(\.name) + [MasteryLevel.lowest.name]
    }

    mutating func add(_ digest: LearnerDigest, _ standing: DigestStanding) {
        everybody += 1
        let has = digest.days.reduce(into: UInt8(0)) { $0 |= $1.has }
        if has & 1 != 0 { quality += 1 }
        for place in parts.indices where has & (2 << UInt8(place)) != 0 { parts[place] += 1 }
        for (hour, sessions) in digest.hours.enumerated() where sessions > 0 { hours[hour] += 1 }
        streaks[StreakBand.place(of: standing.streak)] += 1
        for (place, met) in digest.met.enumerated() where met != nil { achievements[place] += 1 }
        if standing.isActive { active += 1 }
        if standing.isAtRisk { atRisk += 1 }
        if standing.mastered > 0 { mastering += 1 }
        for (kind, own) in Dictionary(grouping: standing.goals, by: \.kind) {
            for status in Set(own.map(\.status)) { goals[kind, default: [:]][status, default: 0] += 1 }
        }
        zones[digest.zone, default: 0] += 1
        addTopics(digest, standing)
    }

    private mutating func addTopics(_ digest: LearnerDigest, _ standing: DigestStanding) {
        let periods = TopicGrowth.periods(standing.asOf)
        var (recent, before) = (Set<Int>(), Set<Int>())
        for day in digest.recent.reversed() {
            guard day.day >= periods.before.start else { break }
            if periods.recent.contains(day.day) { recent.formUnion(day.topics) }
            if periods.before.contains(day.day) { before.formUnion(day.topics) }
        }
        for (own, topic) in digest.topics.enumerated() {
            let place = places[topic.topic] ?? topics.count
            if place == topics.count {
                places[topic.topic] = place
                topics.append(Topic(levels: [Int](repeating: 0, count: names.count)))
            }
            topics[place].learners += 1
            if topic.quality.n > 0 { topics[place].quality += 1 }
            if standing.topics[own].score != nil { topics[place].score += 1 }
            if recent.contains(own) { topics[place].recently += 1 }
            if before.contains(own) { topics[place].earlier += 1 }
            topics[place].levels[standing.topics[own].level] += 1
        }
    }

    func count(_ figure: LearnerCounts.Figure) -> Int {
        func topic(_ name: String, _ count: (Topic) -> Int) -> Int { places[name].map { count(topics[$0]) } ?? 0 }
        return switch figure {
        case .everybody: everybody
        case .quality: quality
        case .part(let place): parts[place]
        case .day, .dayQuality: 0
        case .hour(let hour): hours[hour]
        case .topic(let name): topic(name, \.learners)
        case .topicQuality(let name): topic(name, \.quality)
        case .topicScore(let name): topic(name, \.score)
        case .level(let level, of: let name):
            topic(name) { topic in zip(names, topic.levels).reduce(0) { $0 + ($1.0 == level ? $1.1 : 0) } }
        case .recently(let name): topic(name, \.recently)
        case .earlier(let name): topic(name, \.earlier)
        case .achievement(let place): achievements[place]
        case .goals(let kind, let status): goals[kind]?[status] ?? 0
        case .zone(let name): zones[name] ?? 0
        case .streak(let band): streaks[band]
        case .active: active
        case .atRisk: atRisk
        case .mastering: mastering
        }
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
