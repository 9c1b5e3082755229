import Analysis
import Model

/// Logs made by hand.
enum SmallLog {
    /// Berlin around the end of summer time on 25 October 2026, at 01:00 UTC (IANA tzdata 2025).
    static let berlin = ZoneRules(
        name: "Europe/Berlin", transitions: [1_774_746_000, 1_792_890_000], offsets: [3600, 7200, 3600])
    /// Tokyo, which has no summer time.
    static let tokyo = ZoneRules(name: "Asia/Tokyo", offset: 9 * 3600)

    static func day(_ iso: String) -> Day { Day(iso: iso) ?? Day(number: 0) }

    /// A session that starts at a local time of a day.
    static func session(
        _ iso: String, _ hour: Int = 18, _ minute: Int = 0, minutes: Double? = 20, quality: Double? = 0.8,
        exchanges: Int? = 10, topics: [String] = ["algebra"], learner: String = "a", id: String? = nil,
        zone: ZoneRules = .utc
    ) -> LearningSession {
        let day = day(iso)
        let started = zone.utc(fromLocal: Int64(day.number) * 86_400 + Int64(hour * 3600 + minute * 60))
        var session = LearningSession(
            learner: learner, session: id ?? "\(iso)-\(hour)-\(minute)", day: day, started: started,
            offset: zone.offset(atUTC: started))
        session.ended = minutes.map { started + Int64($0 * 60) }
        session.minutes = minutes
        session.quality = quality
        session.exchanges = exchanges
        session.topics = topics
        return session
    }

    static func log(_ sessions: [LearningSession], zone: ZoneRules = .utc) -> LearnerLog {
        LearnerLog(learner: "a", zone: zone, sessions: sessions)
    }

    /// A session on each of so many days up to one.
    static func daily(_ count: Int, through iso: String, quality: Double? = 0.8, topics: [String] = ["algebra"])
        -> [LearningSession]
    {
        let last = day(iso)
        return (0..<count).map { session(last.advanced(by: -$0).iso, quality: quality, topics: topics) }
    }

    static func streaks(
        _ sessions: [LearningSession], asOf: String, zone: ZoneRules = .utc,
        settings: LearningSettings = LearningSettings()
    ) -> StreakAccount {
        let end = day(asOf)
        return StreakAccount(log(sessions.filter { $0.day <= end }, zone: zone), asOf: end, settings: settings)
    }

    static func state(
        _ sessions: [LearningSession], asOf: String, zone: ZoneRules = .utc, goals: [LearningGoal] = [],
        settings: AnalysisSettings = AnalysisSettings()
    ) -> LearnerState {
        let end = day(asOf)
        return LearnerState(
            log(sessions.filter { $0.day <= end }, zone: zone), asOf: end, goals: goals, settings: settings)
    }

    /// The reports of the learners who are named, in that order.
    static func reports(
        of names: [String], among states: [LearnerState], _ settings: AnalysisSettings
    ) -> [LearnerReport] {
        names.compactMap { name in states.first { $0.learner == name } }.map { LearnerReport($0, settings: settings) }
    }
}
