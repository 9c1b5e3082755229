import Model

/// Consecutive activity of a learner.
///
/// A day is active where a session starts on it, in the learner's zone. An active day continues a streak where it is the
/// calendar day after the last active one, **or** where its first session starts at most `LearningSettings.graceHours`
/// after the last known moment of the sessions before; otherwise it begins another one. The length counts active days, so
/// that a day that the grace has bridged is not counted.
public struct Streak: Sendable, Hashable {
    /// The first active day.
    public var start: Day
    /// The last active day.
    public var end: Day
    /// Active days.
    public var length: Int
    /// The last known moment of its sessions, in seconds since 1970-01-01T00:00Z.
    public var lastMoment: Int64
}

/// A length that a streak reached for the first time.
public struct StreakMilestone: Sendable, Hashable {
    /// The length in active days.
    public var length: Int
    /// The day on which it was reached.
    public var day: Day
}

/// The streaks of a learner as of a day.
public struct StreakAccount: Sendable, Hashable {
    /// All streaks in their order; the last one may go on.
    public var history: [Streak]
    /// The one that goes on at the end of the day of the report; nil where it has ended.
    public var current: Streak?
    /// The longest one, the earliest of them.
    public var longest: Streak?
    /// The moment by which the current one needs a session, in seconds since 1970-01-01T00:00Z; nil without one.
    public var deadline: Int64?
    /// Whether the current one is longer than `LearningSettings.atRiskDays` and the day of the report has no session.
    public var isAtRisk: Bool
    /// Lengths that were reached, with the day of the first time.
    public var milestones: [StreakMilestone]
    /// The next length that is worth telling, where it is at most `LearningSettings.nearDays` away; nil otherwise.
    public var near: Int?
    /// Streaks that have ended.
    public var broken: Int { history.count - (current == nil ? 0 : 1) }
    /// Mean length; nil without a streak.
    public var meanLength: Double? {
        history.isEmpty ? nil : Double(history.reduce(0) { $0 + $1.length }) / Double(history.count)
    }
    /// Length of the streak with each active day.
    var lengths: [Int32: Int]
    /// The last day at whose end the newest streak goes on, if no session comes; nil without a streak.
    var lastDayOfGrace: Day?

    /// The streaks of a log at the end of a day. O(sessions).
    ///
    /// Sessions are taken by their start, so that the order in which they were delivered does not matter. A session that
    /// starts on a day before the newest active one (a journey west) adds no day.
    public init(_ log: LearnerLog, asOf: Day, settings: LearningSettings) {
        let grace = Int64(settings.graceHours * 3_600)
        var history: [Streak] = []
        lengths = [:]
        milestones = []
        for session in log.sessions {
            let isNew = history.last.map { session.day > $0.end } ?? true
            let goesOn = history.last.map {
                session.day <= $0.end.advanced(by: 1) || session.started - $0.lastMoment <= grace
            }
            if goesOn ?? false {
                history[history.count - 1].lastMoment = max(history[history.count - 1].lastMoment, session.lastMoment)
                if isNew {
                    history[history.count - 1].end = session.day
                    history[history.count - 1].length += 1
                }
            } else {
                history.append(
                    Streak(start: session.day, end: session.day, length: 1, lastMoment: session.lastMoment))
            }
            guard isNew, let length = history.last?.length else { continue }
            lengths[session.day.number] = length
            if settings.streakMilestones.contains(length), !milestones.contains(where: { $0.length == length }) {
                milestones.append(StreakMilestone(length: length, day: session.day))
            }
        }
        self.history = history
        longest = history.reduce(nil) { best, next in best.map { $0.length >= next.length ? $0 : next } ?? next }
        guard let last = history.last else {
            (current, deadline, near, isAtRisk) = (nil, nil, nil, false)
            return
        }
        let end = { (day: Day) in log.zone.utc(fromLocal: Int64(day.number + 1) * 86_400) }
        let due = max(end(last.end.advanced(by: 1)), last.lastMoment + grace)
        // Every session of the day of the report is in the log, so that its end is the moment that is judged.
        // One that began there at the last moment of the grace would go on, one after the next calendar day would not.
        let local = last.lastMoment + grace + Int64(log.zone.offset(atUTC: last.lastMoment + grace))
        var final = Day(number: Int32(clamping: local / 86_400))
        while final > last.end, end(final) > last.lastMoment + grace { final = final.advanced(by: -1) }
        final = max(final, last.end)
        lastDayOfGrace = final
        let goesOn = asOf <= final
        current = goesOn ? last : nil
        deadline = goesOn ? due : nil
        isAtRisk = goesOn && last.end < asOf && last.length > settings.atRiskDays
        near =
            goesOn
            ? settings.streakMilestones.sorted().first {
                // The first days of any streak are near something.
                $0 > settings.nearDays && $0 > last.length && $0 - last.length <= settings.nearDays
            }
            : nil
    }

    /// How long the current streak is; 0 without one.
    public var currentLength: Int { current?.length ?? 0 }
}
