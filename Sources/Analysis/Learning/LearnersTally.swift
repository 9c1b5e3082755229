import Model
import Statistics

/// What all learners together did on a day.
public struct LearnersDayAccount: Sendable, Hashable {
    /// What was done; active days count learners.
    public var totals = LearningTotals()
    /// Learners of whom a session has a quality.
    public var withQuality = 0

    /// Nothing.
    public init() {}

    /// Adds a learner's day; learners come in the order of their names, so that sums are the same to the last bit.
    public mutating func add(_ day: LearningDay) {
        totals.merge(day.totals)
        if day.totals.quality.n > 0 { withQuality += 1 }
    }
}

/// Learners added one at a time, so that memory does not grow with their sessions, and the days of all of them.
public struct LearnersTally: Sendable {
    private let asOf: Day
    private let settings: AnalysisSettings
    private let fading: MasteryFading
    private let shows: Int
    /// The days through which readers know what learners did who had pages in a run before.
    private let known: [String: Day]
    private var lines: [LearnerLine] = []
    private var days: [Int32: LearningTotals] = [:]
    private var hours = [Int](repeating: 0, count: 24)
    private var topicPlaces: [String: Int] = [:]
    private var topics: [TopicAccount] = []
    /// Learners by topic and level, in the order of the settings, the lowest last.
    private var levels: [[Int]] = []
    private var achievements: [AchievementAccount]
    private var goals: [LearningGoal.Kind: [GoalState.Status: Int]] = [:]
    /// Topic days of learners, in the last days and in as many before.
    private var topicDays = ClusteredShareTest.Totals()
    private var zones: [String: Int] = [:]
    private var streaks = StreakBand.limits.map { StreakBand(low: $0.0, high: $0.1, learners: 0) }
    private var (active, atRisk) = (0, 0)
    /// Learners by the figures of which readers may not know their part, pages of this run aside.
    private var others: LearnerCounts

    /// A tally as of a day of whose learners the `shows` with most minutes in the look-back period are shown.
    ///
    /// - Parameter known: the newest day on which each learner had pages, which tell of everything up to it.
    public init(asOf: Day, settings: AnalysisSettings, shows: Int, known: [String: Day] = [:]) {
        self.known = known
        self.asOf = asOf
        self.settings = settings
        self.shows = shows
        fading = MasteryFading(settings.learning)
        achievements = settings.learning.achievements.map { AchievementAccount(definition: $0) }
        others = LearnerCounts(settings.learning)
    }

    /// Adds a learner with the days. Learners come in the order of their names. O(days + topics).
    public mutating func add(_ state: LearnerState) {
        add(state.digest)
        for day in state.days {
            var account = LearnersDayAccount()
            account.add(day)
            add(account, on: day.day)
        }
    }

    /// Adds what learners did on a day, some of them or all.
    public mutating func add(_ account: LearnersDayAccount, on day: Day) {
        days[day.number, default: LearningTotals()].merge(account.totals)
        others.add(day.number, account)
    }

    /// Adds a learner whose days are added by themselves. O(topics + recent days).
    public mutating func add(_ digest: LearnerDigest) {
        guard let last = digest.lastDay else { return }
        let standing = DigestStanding(digest, asOf: asOf, fading, settings.learning)
        let lookBack = settings.lookBack(from: asOf)
        let recent = digest.recent.reduce(into: (sessions: 0, minutes: 0.0)) { sum, day in
            if lookBack.contains(day.day) { sum = (sum.sessions + day.sessions, sum.minutes + day.minutes) }
        }
        lines.append(
            LearnerLine(
                learner: digest.learner, sessions: digest.sessions, hours: digest.minutes / 60,
                quality: digest.quality, recentMinutes: recent.minutes, recentSessions: recent.sessions,
                streak: standing.streak, longestStreak: digest.longestStreak, isAtRisk: standing.isAtRisk,
                mastered: standing.mastered, topics: digest.topics.count,
                points: digest.points(settings.learning.achievements),
                activeGoals: standing.goals.count { $0.status == .active },
                completedGoals: standing.goals.count { $0.status == .completed }, lastDay: last))
        for (hour, count) in digest.hours.enumerated() { hours[hour] += count }
        addTopics(digest, standing)
        for (place, met) in digest.met.enumerated() {
            guard let met else { continue }
            achievements[place].learners = (achievements[place].learners ?? 0) + 1
            achievements[place].first = achievements[place].first.map { min($0, met) } ?? met
        }
        for goal in standing.goals { goals[goal.kind, default: [:]][goal.status, default: 0] += 1 }
        zones[digest.zone, default: 0] += 1
        let band = StreakBand.place(of: standing.streak)
        streaks[band].learners = (streaks[band].learners ?? 0) + 1
        if standing.isActive { active += 1 }
        if standing.isAtRisk { atRisk += 1 }
        others.add(digest, standing, known: known[digest.learner])
    }

    private mutating func addTopics(_ digest: LearnerDigest, _ standing: DigestStanding) {
        var places: [Int] = []
        places.reserveCapacity(digest.topics.count)
        for (own, topic) in digest.topics.enumerated() {
            let place = topicPlaces[topic.topic] ?? topics.count
            if place == topics.count {
                topicPlaces[topic.topic] = place
                topics.append(TopicAccount(topic: topic.topic, first: topic.first, last: topic.last))
                levels.append([Int](repeating: 0, count: settings.learning.levels.count + 1))
            }
            places.append(place)
            topics[place].sessions += topic.sessions
            topics[place].learners += 1
            topics[place].minutes += topic.minutes
            if topic.quality.n > 0 {
                topics[place].quality += topic.quality.mean * Double(topic.quality.n)
                topics[place].qualitySessions += topic.quality.n
            }
            topics[place].first = topics[place].first.map { min($0, topic.first) }
            topics[place].last = topics[place].last.map { max($0, topic.last) }
            let (score, level) = standing.topics[own]
            levels[place][level] += 1
            if let score {
                topics[place].scores.add(score)
                if topics[place].takes(score, digest.learner) {
                    topics[place].note(
                        .init(
                            learner: digest.learner, score: score, sessions: topic.sessions,
                            level: standing.name(ofLevel: level)))
                }
            }
        }
        addGrowth(digest, places)
    }

    private mutating func addGrowth(_ digest: LearnerDigest, _ places: [Int]) {
        let edges = TopicGrowth.periods(asOf)
        var counts: [Int: (before: Int, recent: Int)] = [:]
        for day in digest.recent.reversed() {
            guard day.day >= edges.before.start else { break }
            let isRecent = edges.recent.contains(day.day)
            for own in day.topics {
                counts[own, default: (0, 0)].recent += isRecent ? 1 : 0
                counts[own, default: (0, 0)].before += isRecent ? 0 : 1
            }
        }
        let all = counts.values.reduce((0, 0)) { ($0.0 + $1.before, $0.1 + $1.recent) }
        topicDays.add(all.0, all.1)
        for (own, count) in counts {
            topics[places[own]].growthDays.add(count.before, count.recent, of: (all.0, all.1))
        }
    }

    /// Sorts the lines: those with most minutes in the look-back period first.
    private mutating func sortLines() {
        lines.sort { ($1.recentMinutes, $0.learner) < ($0.recentMinutes, $1.learner) }
    }

    /// The learners who are shown, those with most minutes in the look-back period first.
    public mutating func shown() -> [String] {
        sortLines()
        return lines.prefix(shows).map(\.learner)
    }

    /// The result with the reports of the learners who are shown, of all learners where readers know all others or not what k of them
    /// did, else of those who are shown alone; nil without any.
    ///
    /// - Parameter showsEverybody: whether learners without a report have pages, too.
    public mutating func result(reports: [LearnerReport], showsEverybody: Bool = false) -> LearnersResult? {
        guard !showsEverybody, reports.count < lines.count else { return whole(reports, showsEverybody, nil) }
        var others = others
        for report in reports {
            let digest = report.state.digest
            others.remove(
                digest, DigestStanding(digest, asOf: asOf, fading, settings.learning), known: known[digest.learner])
        }
        let held = HeldLearning(k: settings.people.k, others: others)
        guard !held.isTold(.everybody) else { return whole(reports, false, held) }
        var shown = LearnersTally(asOf: asOf, settings: settings, shows: reports.count)
        for report in reports.sorted(by: { $0.state.learner < $1.state.learner }) { shown.add(report.state) }
        var result = shown.whole(reports, false, nil)
        result?.leavesOthersOut = true
        return result
    }

    /// The result of everybody who was added; nil without any.
    private mutating func whole(
        _ reports: [LearnerReport], _ showsEverybody: Bool, _ held: HeldLearning?
    ) -> LearnersResult? {
        guard !lines.isEmpty, let first = days.keys.min() else { return nil }
        sortLines()
        var all = (first...asOf.number).map { number in
            LearnersDay(day: Day(number: number), totals: days[number] ?? LearningTotals())
        }
        let totals = all.reduce(into: LearningTotals()) { $0.merge($1.totals) }
        held?.hold(&all)
        let growth = TopicGrowth.all(
            Dictionary(topics.map { ($0.topic, $0.growthDays) }) { first, _ in first }, of: topicDays,
            level: settings.level)
        let names = settings.learning.levels.map(\.name) + [MasteryLevel.lowest.name]
        let accounts = zip(topics, levels).map { account, levels in
            var account = account
            account.growth = growth[account.topic] ?? .failure(.noRecords)
            for (name, count) in zip(names, levels) where count > 0 { account.levels?[name, default: 0] += count }
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
    /// The learners of a topic who are told.
    private static let most = 10

    /// Whether a score is among the best so far.
    fileprivate func takes(_ score: Double, _ learner: String) -> Bool {
        guard best.count >= Self.most, let last = best.last else { return true }
        return (last.score, learner) < (score, last.learner)
    }

    fileprivate mutating func note(_ item: Best) {
        best.append(item)
        best.sort { ($1.score, $0.learner) < ($0.score, $1.learner) }
        if best.count > Self.most { best.removeLast() }
    }
}
