import Model
import Statistics
import Testing

@testable import Analysis

/// What is kept of a learner's log tells tables of all learners the same as the log itself, to the last bit, on any later day.
@Suite struct LearnerDigestTests {
    private static let end = SmallLog.day("2026-11-20")

    /// Logs drawn from a seed: some learners go on, others have rested for weeks.
    private static func logs(_ seed: UInt64) -> [LearnerLog] {
        var generator = SeededGenerator(seed: seed)
        func draw(_ n: Int) -> Int { Int(generator.next() % UInt64(n)) }
        return (0..<14).map { place in
            let rest = [0, 0, 1, 2, 8, 40, 70, 150][draw(8)]
            let zone = [SmallLog.berlin ?? .utc, SmallLog.tokyo, .utc][draw(3)]
            let sessions = (0..<(1 + draw(30))).map { number in
                var session = SmallLog.session(
                    end.advanced(by: -rest - draw(90)).iso, draw(24), draw(60),
                    minutes: draw(5) == 0 ? nil : Double(5 + draw(60)),
                    quality: draw(4) == 0 ? nil : Double(40 + draw(60)) / 100, exchanges: draw(20),
                    topics: Array(["algebra", "music", "zither", "chess"].dropFirst(draw(3)).prefix(1 + draw(2))),
                    learner: "l\(10 + place)", id: "\(number)", zone: zone)
                if draw(3) == 0 { session.parts = [0.5, nil, 0.75, nil, nil, 1] }
                if draw(9) == 0 { session.isSuccess = draw(2) == 0 }
                session.positiveFeedback = draw(2)
                return session
            }
            return LearnerLog(learner: "l\(10 + place)", zone: zone, sessions: sessions)
        }
    }

    private static var settings: AnalysisSettings {
        var settings = AnalysisSettings()
        settings.people.k = 3
        settings.learning.levels[2].sessions = 3
        settings.learning.achievements = [
            ("five", .sessions(5)), ("week", .streak(3)), ("topics", .topics(3)), ("early", .startBefore(minute: 480)),
        ].map { id, requirement in
            AchievementDefinition(
                id: id, title: id, category: "c", rarity: .common, points: 7, requirement: requirement)
        }
        settings.learning.goals = [
            LearningGoal(
                id: "g", title: "g", kind: .sessions, target: 6, start: end.advanced(by: -60),
                deadline: end.advanced(by: -1)),
            LearningGoal(id: "s", learner: "l12", title: "s", kind: .streak, target: 2, start: end.advanced(by: -90)),
        ]
        return settings
    }

    @Test(arguments: 1...12) func whatIsKeptTellsTheSame(seed: Int) throws {
        let logs = Self.logs(UInt64(seed))
        let settings = Self.settings
        for later in [0, 1, 2, 9, 31, 200] {
            let day = Self.end.advanced(by: later)
            let known = ["l10": day.advanced(by: -20), "l13": day.advanced(by: -400), "l15": day]
            var whole = LearnersTally(asOf: day, settings: settings, shows: 3, known: known)
            var kept = LearnersTally(asOf: day, settings: settings, shows: 3, known: known)
            let states = logs.map { LearnerState($0, asOf: day, goals: [], settings: settings) }
            for state in states { whole.add(state) }
            var days: [Int32: LearnersDayAccount] = [:]
            for log in logs {
                let digest = LearnerDigest(log, goals: [], settings: settings)
                let read = try LearnerDigest(learner: log.learner, bytes: digest.bytes)
                #expect(read == digest)
                kept.add(read)
                for day in log.days(streaks: [:]) { days[day.day.number, default: LearnersDayAccount()].add(day) }
            }
            for (number, account) in days {
                kept.add(try LearnersDayAccount(bytes: account.bytes), on: Day(number: number))
            }
            let names = whole.shown()
            #expect(kept.shown() == names)
            let reports = SmallLog.reports(of: names, among: states, settings)
            let (made, again) = (whole.result(reports: reports), kept.result(reports: reports))
            let (result, other) = (try #require(made), try #require(again))
            #expect(result == other, "day \(later)")
            // Each learner's line is that of the state itself.
            guard !result.leavesOthersOut else { continue }
            for line in other.learners {
                let state = try #require(states.first { $0.learner == line.learner })
                #expect(line.streak == state.streaks.currentLength && line.isAtRisk == state.streaks.isAtRisk)
                #expect(line.mastered == state.mastered && line.points == state.points)
                #expect(line.activeGoals == state.goals.count { $0.status == .active })
                #expect(line.hours == state.totals.hours && line.quality == state.totals.meanQuality)
                let recent = state.totals(in: settings.lookBack(from: day))
                #expect(line.recentMinutes == recent.minutes && line.recentSessions == recent.sessions)
            }
        }
    }

    @Test func damageIsSeen() throws {
        let log = SmallLog.log(SmallLog.daily(4, through: "2026-11-20"))
        let bytes = LearnerDigest(log, goals: [], settings: Self.settings).bytes
        for length in 0..<bytes.count {
            #expect(throws: (any Error).self) { try LearnerDigest(learner: "a", bytes: Array(bytes.prefix(length))) }
        }
        #expect(throws: (any Error).self) { try LearnerDigest(learner: "a", bytes: bytes + [0]) }
    }
}
