import Analysis
import Archive
import Ingest
import Model
import Partials

extension LearnersReading {
    /// Adds all learners and their days from what is kept of them, after making anew what has changed since: a night reads the logs of
    /// those who learned and the sessions of the days on which they did.
    ///
    /// - Returns: false where that cannot be done, with nothing added: nothing may be kept, learners who do not agree have rows still,
    ///   or many have sessions after the day or before the first one that counts.
    func addKept(to tally: inout LearnersTally, asOf day: Day) async throws -> Bool {
        guard let program else { return false }
        let circumstances = try circumstances(asOf: day)
        guard circumstances.refused.isEmpty else { return false }
        let apart = try archive.learners(withSessionsAfter: day, orBefore: circumstances.first)
        var kept = try KeptLearners(self, circumstances, program: program, apart: apart)
        guard apart.count * 4 <= kept.count else { return false }
        try await kept.renew()
        try await kept.add(to: &tally, asOf: day)
        return true
    }
}

/// What is kept of the logs of learners.
private struct KeptLearners {
    private let reading: LearnersReading
    private let circumstances: LearnerCircumstances
    /// Learners whose whole log is not told; nothing is kept of them.
    private let apart: Set<String>
    private var rules: LearnerRules
    private var zones: LearnerZones
    /// Learners of whom something must be made anew, by name.
    private var stale: [String]
    private var staleDays: [Day]
    private var days: Int
    /// Learners with sessions.
    private(set) var count: Int

    /// Learners whose logs are read together; who learns every day for years has thousands of sessions.
    private static let batch = 25
    /// Learners who are kept in one transaction, at least.
    private static let kept = 500

    init(
        _ reading: LearnersReading, _ circumstances: LearnerCircumstances, program: String, apart: Set<String>
    ) throws {
        self.reading = reading
        self.circumstances = circumstances
        self.apart = apart
        var zones = LearnerZones(fallback: reading.zone)
        var rules = try LearnerRules(reading.settings, circumstances, program: program)
        var stale = try reading.archive.changedLearners()
        var count = stale.count
        var failure: (any Error)?
        try reading.archive.keptLearnerRules { learner, zone, code in
            count += 1
            do {
                if try rules.code(of: learner, in: zones.rules(of: zone), named: zone) != code { stale.append(learner) }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        let days = try reading.archive.keptLearningDays(rules: rules.days)
        (self.rules, self.zones, self.count) = (rules, zones, count)
        self.days = days.count
        self.stale = stale.filter { !apart.contains($0) }
        staleDays = days.filter { $0.content == nil }.map(\.day)
    }

    // MARK: Making anew

    /// Makes anew what has changed: from single logs and days, or in one pass through all logs where that is a good part of them.
    mutating func renew() async throws {
        if stale.count * 4 > count || staleDays.count * 4 > days {
            return try await renewAll()
        }
        try await renewLearners()
        var left = staleDays[...]
        let (archive, code, zone) = (reading.archive, rules.days, reading.zone)
        try await reading.cores.run(
            next: { try left.popFirst().map { ($0, try archive.learningSessions(on: $0)) } },
            work: { day, logs in
                var account = LearnersDayAccount()
                for sessions in logs {
                    // Days do not depend on the zone: each session says its own.
                    let log = LearnerLog(learner: sessions[0].learner, zone: zone, sessions: sessions)
                    for day in log.days(streaks: [:]) { account.add(day) }
                }
                return (day, account.bytes)
            },
            take: { made in try archive.transaction { try archive.keep([made], rules: code) } })
    }

    private mutating func renewLearners() async throws {
        var left = stale[...]
        var made: [KeptLearner] = []
        var (zones, rules) = (zones, rules)
        let (archive, circumstances) = (reading.archive, circumstances)
        try await reading.cores.run(
            next: { () -> [(LearnerInput, [UInt8])]? in
                guard !left.isEmpty else { return nil }
                let names = Array(left.prefix(Self.batch))
                left = left.dropFirst(Self.batch)
                return try archive.learningSessions(of: names, through: Day(number: .max)).compactMap { sessions in
                    try circumstances.input(sessions, &zones).map { input in
                        (input, try rules.code(of: input.log.learner, in: input.log.zone, named: input.zone))
                    }
                }
            },
            work: { [settings = reading.settings] inputs in
                inputs.map { KeptLearners.made($0.0, rules: $0.1, settings) }
            },
            take: { some in
                made += some
                guard made.count >= Self.kept else { return }
                try archive.transaction { try archive.keep(made) }
                made = []
            })
        try archive.transaction { try archive.keep(made) }
    }

    private static func made(_ input: LearnerInput, rules: [UInt8], _ settings: AnalysisSettings) -> KeptLearner {
        KeptLearner(
            learner: input.log.learner, zone: input.zone, rules: rules,
            content: LearnerDigest(input.log, goals: input.goals, settings: settings).bytes)
    }

    /// One pass through all logs, for all days and the learners who have changed.
    private mutating func renewAll() async throws {
        var last: String?
        var accounts: [Int32: LearnersDayAccount] = [:]
        let changed = Set(stale)
        var (zones, rules) = (zones, rules)
        let (archive, circumstances) = (reading.archive, circumstances)
        try await reading.cores.run(
            next: { () -> [(input: LearnerInput, rules: [UInt8])]? in
                let logs = try archive.learningSessions(after: last, through: Day(number: .max))
                guard let name = logs.last?.first?.learner else { return nil }
                last = name
                return try logs.compactMap { sessions in
                    try circumstances.input(sessions, &zones).map { input in
                        (input, try rules.code(of: input.log.learner, in: input.log.zone, named: input.zone))
                    }
                }
            },
            work: { [settings = reading.settings] inputs in
                (
                    days: inputs.flatMap { $0.input.log.days(streaks: [:]) },
                    kept: inputs.filter { changed.contains($0.input.log.learner) }.map {
                        KeptLearners.made($0.input, rules: $0.rules, settings)
                    }
                )
            },
            take: { made in
                for day in made.days { accounts[day.day.number, default: LearnersDayAccount()].add(day) }
                try archive.transaction { try archive.keep(made.kept) }
            })
        let days = accounts.sorted { $0.key < $1.key }.map { (day: Day(number: $0.key), content: $0.value.bytes) }
        try archive.transaction { try archive.keep(days, rules: rules.days) }
    }

    // MARK: Adding

    /// Adds what is kept, and in their places by name those of whom nothing is.
    mutating func add(to tally: inout LearnersTally, asOf day: Day) async throws {
        var others = try await digests(of: apart.sorted(by: KeptLearners.isEarlier), through: day)[...]
        var last: String?
        let archive = reading.archive
        let apart = apart
        try await reading.cores.run(
            next: { () -> [KeptLearner]? in
                let kept = try archive.keptLearners(after: last, limit: 250)
                // Asked again at the end, it must not begin anew.
                guard let name = kept.last?.learner else { return nil }
                last = name
                return kept.filter { !apart.contains($0.learner) }
            },
            work: { kept in
                try kept.map { try LearnerDigest(learner: $0.learner, bytes: $0.content) }
            },
            take: { digests in
                for digest in digests {
                    while let next = others.first, KeptLearners.isEarlier(next.learner, digest.learner) {
                        tally.add(next)
                        others = others.dropFirst()
                    }
                    tally.add(digest)
                }
            })
        for digest in others { tally.add(digest) }
        for kept in try archive.keptLearningDays(rules: rules.days) where kept.day <= day {
            guard circumstances.first.map({ kept.day >= $0 }) ?? true, let content = kept.content else { continue }
            tally.add(try LearnersDayAccount(bytes: content), on: kept.day)
        }
    }

    /// The digests of learners whose log is not told whole.
    private func digests(of names: [String], through day: Day) async throws -> [LearnerDigest] {
        var left = names[...]
        var digests: [LearnerDigest] = []
        var zones = zones
        let (archive, circumstances) = (reading.archive, circumstances)
        try await reading.cores.run(
            next: { () -> [LearnerInput]? in
                guard !left.isEmpty else { return nil }
                let names = Array(left.prefix(Self.batch))
                left = left.dropFirst(Self.batch)
                return try archive.learningSessions(of: names, through: day).compactMap {
                    circumstances.input($0, &zones)
                }
            },
            work: { [settings = reading.settings] inputs in
                inputs.map { LearnerDigest($0.log, goals: $0.goals, settings: settings) }
            },
            take: { digests += $0 })
        return digests
    }

    /// The order in which the archive has names.
    private static func isEarlier(_ first: String, _ second: String) -> Bool {
        first.utf8.lexicographicallyPrecedes(second.utf8)
    }
}

/// Stands for everything besides a log that what is kept of it was made with.
private struct LearnerRules {
    private let common: String
    private let circumstances: LearnerCircumstances
    /// Goals of everybody in words.
    private let shared: String
    /// By the name that logs give a zone, for learners without goals of their own.
    private var known: [String: [UInt8]] = [:]
    /// What stands for what days were made with.
    let days: [UInt8]

    init(_ settings: AnalysisSettings, _ circumstances: LearnerCircumstances, program: String) throws {
        let made = "\(program) \(LearnerDigest.revision)"
        common = "\(made) \(settings.lookBackDays) \(settings.learning)"
        self.circumstances = circumstances
        shared = "\(circumstances.goals[nil] ?? [])"
        days = try sha256(of: made)
    }

    mutating func code(of learner: String, in zone: ZoneRules, named name: String) throws -> [UInt8] {
        if let own = circumstances.goals[learner] {
            return try sha256(of: "\(common) \(shared) \(own) \(zone)")
        }
        if let code = known[name] { return code }
        let code = try sha256(of: "\(common) \(shared) \(zone)")
        known[name] = code
        return code
    }
}
