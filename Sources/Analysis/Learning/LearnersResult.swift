import Model
import Statistics

/// What all learners did, as of a day.
public struct LearnersResult: Sendable, Hashable {
    /// The day that it describes.
    public var asOf: Day
    /// Everything so far.
    public var totals: LearningTotals
    /// One line for each learner, those with most minutes in the look-back period first.
    public var learners: [LearnerLine]
    /// Those whose figures are told in full, in the same order; the others have pages where `showsEverybody` says so.
    public var shown: [LearnerReport]
    /// Whether learners who are not among `shown` have pages, too.
    public var showsEverybody = false
    /// The smallest number of learners that figures of all learners are told of; nil where pages show each learner anyway.
    public var heldTo: Int?
    /// Topics that are left out because too few learners have them, or with those of whom they would tell.
    public var heldTopics = 0
    /// Kinds of goals of which too few learners have some of a status.
    public var heldGoalKinds = 0
    /// Calendar days from the first with a session to the day of the report, gap-filled; each in the learners' zones.
    public var days: [LearnersDay]
    /// Sessions by the local hour in which they start; nil where too few learners begin in it.
    public var hours: [Int?]
    /// Topics, those with most sessions first.
    public var topics: [TopicAccount]
    /// Achievements in the order of their definitions.
    public var achievements: [AchievementAccount]
    /// Goals by kind and status.
    public var goals: [LearningGoal.Kind: [GoalState.Status: Int]]
    /// The trends of all learners together.
    public var trends: [LearningTrend]
    /// The names of the zones, with learners.
    public var zones: [String: Int]
    /// Learners by the streak that goes on.
    public var streaks: [StreakBand]
    /// Learners with a session in the last seven days; nil where they are not told.
    public var active: Int?
    /// Learners whose streak is at risk; nil where they are not told.
    public var atRisk: Int?
    /// Topics that are mastered, of each learner; nil where they are not told.
    public var mastered: Int?
    /// Whether learners without pages are in no figure, because fewer than k of them never had any: figures are then of
    /// `shown` alone.
    public var leavesOthersOut = false

    /// Learners who have pages.
    public var withPages: [String] { showsEverybody ? learners.map(\.learner) : shown.map(\.state.learner) }

    /// Days without a session after which a learner is not active.
    static let activeDays = 7
}

/// One learner in a list.
public struct LearnerLine: Sendable, Hashable {
    /// Who.
    public var learner: String
    /// Everything so far.
    public var sessions: Int
    /// Hours so far.
    public var hours: Double
    /// Mean quality over sessions; nil without one.
    public var quality: Double?
    /// Minutes in the look-back period.
    public var recentMinutes: Double
    /// Sessions in the look-back period.
    public var recentSessions: Int
    /// Days of the streak that goes on.
    public var streak: Int
    /// Days of the longest streak.
    public var longestStreak: Int
    /// Whether the streak is at risk.
    public var isAtRisk: Bool
    /// Topics that are mastered.
    public var mastered: Int
    /// Topics.
    public var topics: Int
    /// Points of achievements.
    public var points: Int
    /// Goals that are pursued.
    public var activeGoals: Int
    /// Goals that were reached.
    public var completedGoals: Int
    /// The newest day with a session.
    public var lastDay: Day
}

/// One calendar day of all learners.
public struct LearnersDay: Sendable, Hashable {
    /// The day.
    public var day: Day
    /// What was done; active days count learners.
    public var totals: LearningTotals
    /// Whether nothing is told of it because too few learned, or with a day of which it would tell.
    public var isHeld = false

    /// A day.
    public init(day: Day, totals: LearningTotals = LearningTotals()) {
        self.day = day
        self.totals = totals
    }
}

/// One topic of all learners.
public struct TopicAccount: Sendable, Hashable {
    /// The topic.
    public var topic: String
    /// Sessions on it.
    public var sessions = 0
    /// Learners who have had it.
    public var learners = 0
    /// Whether that is told: of a number near that of all learners the rest would be few.
    public var tellsLearners = true
    /// Learners who have had it; nil where that is not told.
    public var toldLearners: Int? { tellsLearners ? learners : nil }
    /// Minutes, shared among the topics of a session.
    public var minutes = 0.0
    /// Sum of the quality of the sessions on it that have one, so that each of them counts once.
    public var quality = 0.0
    /// The sessions behind that sum.
    public var qualitySessions = 0
    /// Mean quality of the sessions that have one; nil without any.
    public var meanQuality: Double? { qualitySessions > 0 ? quality / Double(qualitySessions) : nil }
    /// Learners at each level, by name; nil where too few are at one of them.
    public var levels: [String: Int]? = [:]
    /// Scores of the learners who have one.
    public var scores = Moments()
    /// The first day with it; nil where it would be that of one learner.
    public var first: Day?
    /// The last day with it; nil where it would be that of one learner.
    public var last: Day?
    /// Learners' days with it, in the last days (`LearningTrend.emergingDays`) and in as many before.
    var growthDays = ClusteredShareTest.Part()
    /// Whether it grows as a share of all learners' topic days; fails where there is too little.
    public var growth: Answer<TopicGrowth> = .failure(.noRecords)
    /// The learners with the highest scores, at most ten.
    public var best: [Best] = []

    /// A learner on the topic.
    public struct Best: Sendable, Hashable {
        /// Who.
        public var learner: String
        /// The score.
        public var score: Double
        /// The sessions behind it.
        public var sessions: Int
        /// The level.
        public var level: String
    }
}

/// An achievement over all learners.
public struct AchievementAccount: Sendable, Hashable {
    /// Which.
    public var definition: AchievementDefinition
    /// Learners who have met it; nil where too few have, or have not.
    public var learners: Int? = 0
    /// The day on which it was first met by anyone.
    public var first: Day?
}

/// Learners added one at a time, so that memory does not grow with their sessions.
public struct LearnersTally: Sendable {
    private let asOf: Day
    private let settings: AnalysisSettings
    private let shows: Int
    /// The days through which readers know what learners did who had pages in a run before.
    private let known: [String: Day]
    private var totals = LearningTotals()
    private var lines: [LearnerLine] = []
    private var kept: [(recent: Double, state: LearnerState)] = []
    private var days: [Int32: LearningTotals] = [:]
    private var hours = [Int](repeating: 0, count: 24)
    private var topics: [String: TopicAccount] = [:]
    private var achievements: [AchievementAccount]
    private var goals: [LearningGoal.Kind: [GoalState.Status: Int]] = [:]
    /// Topic days of learners, in the last days and in as many before.
    private var topicDays = ClusteredShareTest.Totals()
    private var zones: [String: Int] = [:]
    private var streaks = StreakBand.limits.map { StreakBand(low: $0.0, high: $0.1, learners: 0) }
    private var (active, atRisk) = (0, 0)
    /// Learners by the figures of which readers may not know their part, pages of this run aside.
    private var others = LearnerCounts()

    /// A tally as of a day that keeps the states of the `shows` learners with most minutes in the look-back period.
    ///
    /// - Parameter known: the newest day on which each learner had pages, which tell of everything up to it.
    public init(asOf: Day, settings: AnalysisSettings, shows: Int, known: [String: Day] = [:]) {
        self.known = known
        self.asOf = asOf
        self.settings = settings
        self.shows = shows
        achievements = settings.learning.achievements.map { AchievementAccount(definition: $0) }
    }

    /// Adds a learner. O(days + topics).
    public mutating func add(_ state: LearnerState) {
        guard let last = state.days.last?.day else { return }
        totals.merge(state.totals)
        let recent = state.totals(in: settings.lookBack(from: asOf))
        lines.append(
            LearnerLine(
                learner: state.learner, sessions: state.totals.sessions, hours: state.totals.hours,
                quality: state.totals.meanQuality, recentMinutes: recent.minutes, recentSessions: recent.sessions,
                streak: state.streaks.currentLength, longestStreak: state.streaks.longest?.length ?? 0,
                isAtRisk: state.streaks.isAtRisk, mastered: state.mastered, topics: state.topics.count,
                points: state.points, activeGoals: state.goals.count { $0.status == .active },
                completedGoals: state.goals.count { $0.status == .completed }, lastDay: last))
        for day in state.days { days[day.day.number, default: LearningTotals()].merge(day.totals) }
        for (hour, count) in state.hours.enumerated() {
            hours[hour] += count
        }
        addTopics(state)
        for (place, item) in state.achievements.enumerated() {
            guard let met = item.met else { continue }
            achievements[place].learners = (achievements[place].learners ?? 0) + 1
            achievements[place].first = achievements[place].first.map { min($0, met) } ?? met
        }
        for goal in state.goals { goals[goal.goal.kind, default: [:]][goal.status, default: 0] += 1 }
        zones[state.zone, default: 0] += 1
        let band = StreakBand.place(of: state.streaks.currentLength)
        streaks[band].learners = (streaks[band].learners ?? 0) + 1
        if last.distance(to: asOf) < LearnersResult.activeDays { active += 1 }
        if state.streaks.isAtRisk { atRisk += 1 }
        others.add(state, asOf: asOf, known: known[state.learner])
        kept.append((recent.minutes, state))
        if kept.count > 2 * shows + 100 { cut() }
    }

    private mutating func addTopics(_ state: LearnerState) {
        for topic in state.topics {
            var account = topics[topic.topic] ?? TopicAccount(topic: topic.topic, first: topic.first, last: topic.last)
            account.sessions += topic.sessions
            account.learners += 1
            account.minutes += topic.minutes
            if let quality = topic.quality {
                account.quality += quality * Double(topic.qualitySessions)
                account.qualitySessions += topic.qualitySessions
            }
            account.levels?[topic.level.name, default: 0] += 1
            account.first = account.first.map { min($0, topic.first) }
            account.last = account.last.map { max($0, topic.last) }
            if let score = topic.score.value {
                account.scores.add(score)
                account.note(
                    .init(
                        learner: state.learner, score: score, sessions: topic.sessions, level: topic.level.name))
            }
            topics[topic.topic] = account
        }
        let edges = TopicGrowth.periods(asOf)
        var counts: [String: (before: Int, recent: Int)] = [:]
        for day in state.days.reversed() {
            guard day.day >= edges.before.start else { break }
            let isRecent = edges.recent.contains(day.day)
            for topic in day.topics {
                counts[topic, default: (0, 0)].recent += isRecent ? 1 : 0
                counts[topic, default: (0, 0)].before += isRecent ? 0 : 1
            }
        }
        let all = counts.values.reduce((0, 0)) { ($0.0 + $1.before, $0.1 + $1.recent) }
        topicDays.add(all.0, all.1)
        for (topic, count) in counts {
            topics[topic]?.growthDays.add(count.before, count.recent, of: (all.0, all.1))
        }
    }

    /// Keeps the states that are shown.
    private mutating func cut() {
        kept.sort { ($1.recent, $0.state.learner) < ($0.recent, $1.state.learner) }
        kept = Array(kept.prefix(shows))
    }

    /// The states of the learners who are shown, those with most minutes in the look-back period first.
    public mutating func shown() -> [LearnerState] {
        cut()
        return kept.map(\.state)
    }

    /// The result with the reports of the learners who are shown, of all learners where readers know all others or not what k of them
    /// did, else of those who are shown alone; nil without any.
    ///
    /// - Parameter showsEverybody: whether learners without a report have pages, too.
    public mutating func result(reports: [LearnerReport], showsEverybody: Bool = false) -> LearnersResult? {
        guard !showsEverybody, reports.count < lines.count else { return whole(reports, showsEverybody, nil) }
        var others = others
        for report in reports {
            others.add(report.state, asOf: asOf, known: known[report.state.learner], weight: -1)
        }
        let held = HeldLearning(k: settings.people.k, others: others)
        guard !held.isTold(.everybody) else { return whole(reports, false, held) }
        var shown = LearnersTally(asOf: asOf, settings: settings, shows: reports.count)
        for report in reports { shown.add(report.state) }
        var result = shown.whole(reports, false, nil)
        result?.leavesOthersOut = true
        return result
    }

    /// The result of everybody who was added; nil without any.
    private mutating func whole(
        _ reports: [LearnerReport], _ showsEverybody: Bool, _ held: HeldLearning?
    ) -> LearnersResult? {
        guard !lines.isEmpty, let first = days.keys.min() else { return nil }
        lines.sort { ($1.recentMinutes, $0.learner) < ($0.recentMinutes, $1.learner) }
        var all = (first...asOf.number).map { number in
            LearnersDay(day: Day(number: number), totals: days[number] ?? LearningTotals())
        }
        held?.hold(&all)
        let growth = TopicGrowth.all(topics.mapValues(\.growthDays), of: topicDays, level: settings.level)
        let accounts = topics.values.map { account in
            var account = account
            account.growth = growth[account.topic] ?? .failure(.noRecords)
            return account
        }
        var result = LearnersResult(
            asOf: asOf, totals: totals, learners: lines, shown: reports, days: all, hours: hours,
            topics: accounts.sorted { ($1.sessions, $0.topic) < ($0.sessions, $1.topic) },
            achievements: achievements, goals: goals,
            trends: LearningTrend.all(
                all.map { LearningDayFigures($0.day, $0.totals, isHeld: $0.isHeld) }, asOf: asOf, settings: settings),
            zones: zones, streaks: streaks, active: active, atRisk: atRisk,
            mastered: lines.reduce(0) { $0 + $1.mastered })
        result.showsEverybody = showsEverybody
        held?.hold(&result)
        return result
    }
}

extension TopicAccount {
    fileprivate mutating func note(_ item: Best) {
        best.append(item)
        best.sort { ($1.score, $0.learner) < ($0.score, $1.learner) }
        if best.count > 10 { best.removeLast() }
    }
}
