import Model
import Statistics
import Testing

@testable import Analysis

/// A reader takes the figures of learners with pages, which are told whole, from those of all learners, and what is told of parts from
/// what is told of the sum. Whom that leaves is counted here from the sessions alone.
@Suite("Attack on tables of all learners, some of whom have pages")
struct LearnersAttackTests {
    private static let asOf = SmallLog.day("2026-11-20")

    /// What learners did, drawn from a seed: days of 30, hours, topics, a quality or none.
    private static func logs(_ seed: UInt64, learners: Int) -> [String: [LearningSession]] {
        var generator = SeededGenerator(seed: seed)
        func draw(_ n: Int) -> Int { Int(generator.next() % UInt64(n)) }
        var logs: [String: [LearningSession]] = [:]
        for place in 0..<learners {
            let name = "l\(place)"
            logs[name] = (0..<(2 + draw(8))).map { session in
                SmallLog.session(
                    asOf.advanced(by: -draw(30)).iso, 6 + draw(6), draw(60), quality: draw(3) == 0 ? nil : 0.7,
                    topics: [["algebra", "music", "zither", "chess"][min(draw(6), 3)]], learner: name,
                    id: "\(name)-\(session)")
            }
        }
        return logs
    }

    private static func result(
        _ logs: [String: [LearningSession]], shows: Int, known: [String: Day] = [:]
    ) -> (result: LearnersResult?, shown: Set<String>) {
        var settings = AnalysisSettings()
        settings.people.k = 5
        settings.learning.achievements = [1, 3, 5, 7].map {
            AchievementDefinition(
                id: "s\($0)", title: "s", category: "c", rarity: .common, points: 1, requirement: .sessions($0))
        }
        var tally = LearnersTally(asOf: asOf, settings: settings, shows: shows, known: known)
        let states = logs.sorted(by: { $0.key < $1.key }).map { name, sessions in
            LearnerState(
                LearnerLog(learner: name, zone: .utc, sessions: sessions), asOf: asOf, goals: [], settings: settings)
        }
        for state in states { tally.add(state) }
        let reports = SmallLog.reports(of: tally.shown(), among: states, settings)
        return (tally.result(reports: reports), Set(reports.map(\.state.learner)))
    }

    /// Learners besides those whose figures are known who have a session of some kind.
    private func others(
        _ logs: [String: [LearningSession]], _ shown: Set<String>, _ known: [String: Day] = [:],
        _ isMeant: (LearningSession) -> Bool
    ) -> Set<String> {
        Set(
            logs.filter { name, sessions in
                !shown.contains(name)
                    && sessions.contains { session in
                        isMeant(session) && (known[name].map { session.day > $0 } ?? true)
                    }
            }.keys)
    }

    @Test("No group of fewer than k learners is left, whatever is subtracted", arguments: 1...40)
    func subtraction(seed: Int) throws {
        let logs = Self.logs(UInt64(seed), learners: 6 + seed % 17)
        let (found, shown) = Self.result(logs, shows: seed % 8)
        let rest = logs.count - shown.count
        guard let result = found else {
            #expect(shown.isEmpty && rest < 5)
            return
        }
        if result.leavesOthersOut {
            #expect((1..<5).contains(rest))
            #expect(Set(result.learners.map(\.learner)) == shown)
            #expect(result.totals.sessions == shown.reduce(0) { $0 + (logs[$1]?.count ?? 0) })
            return
        }
        #expect(rest == 0 || rest >= 5)
        func isSafe(_ group: Set<String>) -> Bool { group.isEmpty || group.count >= 5 }
        func check(_ name: String, _ told: [Bool], _ groups: [Set<String>], isSumTold: Bool = true) {
            for (place, group) in groups.enumerated() where told[place] { #expect(isSafe(group), "\(name) \(place)") }
            guard isSumTold else { return }
            let left = zip(told, groups).reduce(into: Set<String>()) { if !$1.0 { $0.formUnion($1.1) } }
            #expect(isSafe(left), "\(name): what is left out is of \(left.count)")
        }
        check(
            "days", result.days.map { !$0.isHeld },
            result.days.map { day in others(logs, shown) { $0.day == day.day } })
        check(
            "qualities of days", result.days.map { $0.totals.quality.n > 0 },
            result.days.map { day in others(logs, shown) { $0.day == day.day && $0.quality != nil } },
            isSumTold: result.totals.quality.n > 0)
        if result.totals.quality.n > 0 { #expect(isSafe(others(logs, shown) { $0.quality != nil })) }
        check(
            "hours", result.hours.map { $0 != nil },
            result.hours.indices.map { hour in others(logs, shown) { $0.localSecond / 3_600 == hour } })
        let topics = ["algebra", "music", "zither", "chess"]
        check(
            "topics", topics.map { topic in result.topics.contains { $0.topic == topic } },
            topics.map { topic in others(logs, shown) { $0.topics == [topic] } })
        for topic in result.topics where topic.meanQuality != nil {
            #expect(isSafe(others(logs, shown) { $0.topics == [topic.topic] && $0.quality != nil }))
        }
        #expect(result.topics.allSatisfy { rest == 0 || $0.first == nil && $0.last == nil })
        // Achievements of 1, 3, 5 and 7 sessions: those who have met it, who have not, and who lie between two that are told.
        var last: Set<String>?
        for (place, needed) in [1, 3, 5, 7].enumerated() where result.achievements[place].learners != nil {
            let met = Set(logs.filter { !shown.contains($0.key) && $0.value.count >= needed }.keys)
            #expect(isSafe(met) && isSafe(Set(logs.keys).subtracting(shown).subtracting(met)))
            #expect(isSafe((last ?? met).subtracting(met)))
            last = met
        }
    }

    @Test("Learners who had pages a night before are known up to then", arguments: 1...40)
    func earlierNights(seed: Int) throws {
        let logs = Self.logs(UInt64(seed), learners: 12 + seed % 9)
        // The night before, others were shown; what they have done since is not known.
        let night = Self.asOf.advanced(by: -2)
        let known = Dictionary(uniqueKeysWithValues: logs.keys.sorted().prefix(seed % 9).map { ($0, night) })
        let (found, shown) = Self.result(logs, shows: 4, known: known)
        guard let result = found, !result.leavesOthersOut, shown.count < logs.count else { return }
        for day in result.days where !day.isHeld {
            let group = others(logs, shown, known) { $0.day == day.day }
            #expect(group.isEmpty || group.count >= 5, "\(day.day.iso)")
        }
        for topic in result.topics {
            let group = others(logs, shown, known) { $0.topics == [topic.topic] }
            #expect(group.isEmpty || group.count >= 5, "\(topic.topic)")
        }
    }

    @Test("Five shown of six: all figures are of the five")
    func fiveOfSix() throws {
        let logs = Dictionary(
            uniqueKeysWithValues: (0..<6).map { place in
                ("l\(place)", [SmallLog.session("2026-11-19", minutes: Double(60 - place), learner: "l\(place)")])
            })
        let result = try #require(Self.result(logs, shows: 5).result)
        // The sixth, with the fewest minutes, is in nothing: 60 + 59 + 58 + 57 + 56 minutes.
        #expect(result.leavesOthersOut && result.totals.minutes == 290 && result.topics.map(\.learners) == [5])
        // With five more who have no pages all eleven are told.
        let more = logs.merging(
            Dictionary(
                uniqueKeysWithValues: (6..<11).map { place in
                    ("l\(place)", [SmallLog.session("2026-11-19", minutes: 10, learner: "l\(place)")])
                })
        ) { first, _ in first }
        let whole = try #require(Self.result(more, shows: 5).result)
        #expect(!whole.leavesOthersOut && whole.topics.map(\.learners) == [11])
    }
}
