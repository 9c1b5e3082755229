import Analysis
import Archive
import Ingest
import Model

/// Goes through the logs of an archive.
struct LearnersReading {
    let archive: Archive
    let settings: AnalysisSettings
    let zone: ZoneRules
    let cores: OrderedWork
    /// Whether titles of learners' goals are shown; archives of earlier versions hold them all.
    let showsTexts: Bool
    /// Whether learners count only if they have said that they agree.
    let needsConsent: Bool
    /// The key of pseudonyms; nil where nobody has one.
    let key: PseudonymKey?
    /// For how many days up to the day of a report sessions count; nil for all.
    let retentionDays: Int?
    /// What tells this program from others, which may make something else of a log; nil where nothing may be kept.
    var program: String?

    /// All learners as of a day, or the one who is named, with reports of at most `shows`.
    func result(
        asOf day: Day, shows: Int, showsEverybody: Bool = false, known: [String: Day] = [:], only learner: String? = nil
    ) async throws -> LearnersResult? {
        var tally = LearnersTally(asOf: day, settings: settings, shows: shows, known: known)
        let isKept = learner == nil ? try await addKept(to: &tally, asOf: day) : false
        if !isKept {
            try await each(asOf: day, only: learner, work: { $0 }, take: { tally.add($0) })
        }
        let reports = try await reports(of: tally.shown(), asOf: day)
        return tally.result(reports: reports, showsEverybody: showsEverybody)
    }

    /// The reports of learners as of a day, in the order of the names.
    private func reports(of names: [String], asOf day: Day) async throws -> [LearnerReport] {
        let circumstances = try circumstances(asOf: day)
        var zones = LearnerZones(fallback: zone)
        var reports: [LearnerReport] = []
        var left = names[...]
        try await cores.run(
            next: { () -> LearnerInput? in
                while let name = left.popFirst() {
                    let logs = try archive.learningSessions(of: [name], through: day)
                    if let input = logs.first.flatMap({ circumstances.input($0, &zones) }) { return input }
                }
                return nil
            },
            work: { [settings] input in
                LearnerReport(
                    LearnerState(input.log, asOf: day, goals: input.goals, settings: settings), settings: settings)
            }, take: { reports.append($0) })
        return reports
    }

    /// What is made of the state of each learner as of a day, by name.
    ///
    /// - Parameters:
    ///   - learner: the only one who is asked about; nil for all.
    ///   - sessions: about how many are read at once.
    ///   - rests: whether learners without a session for long are described as of an earlier day (`LearnerLog.describedDay`).
    func each<Made: Sendable>(
        asOf day: Day, only learner: String? = nil, sessions: Int = 20_000, rests: Bool = false,
        work: @escaping @Sendable (LearnerState) throws -> Made, take: (Made) throws -> Void
    ) async throws {
        let circumstances = try circumstances(asOf: day)
        var zones = LearnerZones(fallback: zone)
        var last: String?
        try await cores.run(
            next: { () -> [LearnerInput]? in
                let logs = try archive.learningSessions(
                    after: last, only: learner, through: day, limit: sessions)
                // Sessions of a learner who has none up to the day are left out, so that the last name is asked for.
                guard let name = logs.last?.first?.learner else { return nil }
                last = name
                return logs.compactMap { circumstances.input($0, &zones) }
            },
            work: { [settings] inputs in
                try inputs.map { input in
                    let described =
                        rests
                        ? input.log.describedDay(asOf: day, goals: input.goals, settings: settings.learning) : day
                    return try work(
                        LearnerState(input.log, asOf: described, goals: input.goals, settings: settings))
                }
            },
            take: { try $0.forEach(take) })
    }

    /// What besides the log decides what is told of a learner as of a day.
    func circumstances(asOf day: Day) throws -> LearnerCircumstances {
        let refused = try archive.learnersWithoutConsent(isNeeded: needsConsent) { id in
            key?.pseudonym(of: id) ?? id
        }
        let stored = try archive.learningGoals()
        return LearnerCircumstances(
            refused: refused, first: retentionDays.map { day.advanced(by: 1 - $0) },
            goals: Dictionary(grouping: showsTexts ? stored : stored.map(\.withoutTexts)) { $0.learner })
    }
}

/// Who counts, since when, and what learners want to reach.
struct LearnerCircumstances: Sendable {
    /// Learners who do not agree.
    let refused: Set<String>
    /// The first day whose sessions count; nil for all.
    let first: Day?
    /// Goals by learner; those of everybody without one.
    let goals: [String?: [LearningGoal]]

    /// The goals of a learner, those of everybody first.
    func goals(of learner: String) -> [LearningGoal] { (goals[nil] ?? []) + (goals[learner] ?? []) }

    /// What a learner's figures are made of; nil for one who does not count.
    ///
    /// - Parameter sessions: of one learner, one at least.
    func input(_ sessions: [LearningSession], _ zones: inout LearnerZones) -> LearnerInput? {
        let learner = sessions[0].learner
        guard !refused.contains(learner) else { return nil }
        let told = first.map { first in sessions.filter { $0.day >= first } } ?? sessions
        guard !told.isEmpty else { return nil }
        let name = LearnerZones.name(told)
        return LearnerInput(
            log: LearnerLog(learner: learner, zone: zones.rules(of: name), sessions: told), zone: name,
            goals: goals(of: learner))
    }
}

/// What a learner's figures are made of.
struct LearnerInput: Sendable {
    let log: LearnerLog
    /// The zone that the log names; empty where it names none.
    let zone: String
    let goals: [LearningGoal]
}

/// The rules of zones by the names that logs give them.
struct LearnerZones {
    /// Where learners live whose log names no zone, or none that there is.
    let fallback: ZoneRules
    private var known: [String: ZoneRules] = [:]

    init(fallback: ZoneRules) { self.fallback = fallback }

    /// The zone of the newest session that names one; empty where none does.
    static func name(_ sessions: [LearningSession]) -> String {
        sessions.lazy.filter { $0.zone != nil }.max(by: LearningSession.isEarlier)?.zone ?? ""
    }

    mutating func rules(of name: String) -> ZoneRules {
        if let rules = known[name] { return rules }
        let rules = ZoneRules(identifier: name) ?? fallback
        known[name] = rules
        return rules
    }
}
