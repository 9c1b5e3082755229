import Foundation
import TestSupport
import Testing

@testable import Pipeline

/// Learners from exports to pages: what is planted is found, to the day.
@Suite(.serialized) struct LearnersTests {
    private static let configuration = """
        time_zone: Europe/Berlin
        sources:
          lessons: {role: learning, files: ["learning*"]}
          goals: {role: goals, files: ["goals*"]}
        learning: {show_ids: true, top: 12}
        goals:
          five_topics: {type: topics, target: 5, start: 2026-08-01, title: Five topics}
        """

    private func sample(_ workshop: Workshop, configuration: String = configuration) async throws {
        var request = SampleRequest(
            folder: "all", sessions: 120, days: 90, end: "2026-11-19", seed: 7, format: "csv", split: "whole",
            timeZone: "Europe/Berlin")
        request.learners = 9
        #expect(await writeSample(request, in: workshop.surroundings, messages: workshop.sink) == .done)
        for name in ["learning.csv", "goals.csv"] {
            try workshop.write(String(decoding: try workshop.read("all/\(name)"), as: UTF8.self), to: "exports/\(name)")
        }
        try workshop.write(configuration, to: "assay.yaml")
    }

    private func learners(_ workshop: Workshop, day: String = "2026-11-19") throws -> [String: [String: Any]] {
        let summary = try workshop.json("site/summaries/\(day).json")
        let learning = summary["learning"] as? [String: Any]
        let list = learning?["learners"] as? [[String: Any]] ?? []
        return Dictionary(uniqueKeysWithValues: list.map { ($0["learner"] as? String ?? "", $0) })
    }

    @Test func plantedStatesAreFoundToTheDay() async throws {
        try await inWorkshop { workshop in
            try await sample(workshop)
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let found = try learners(workshop)
            #expect(found.count == 9)
            let streak = found["planted-streak"]?["streak"] as? [String: Any]
            #expect(streak?["current"] as? Int == 30)
            #expect(streak?["start"] as? String == "2026-10-21")
            let milestones = streak?["milestones"] as? [[String: Any]] ?? []
            #expect(milestones.map { $0["days"] as? Int } == [3, 7, 14, 30])
            #expect(milestones.map { $0["on"] as? String } == ["2026-09-22", "2026-09-26", "2026-11-03", "2026-11-19"])
            // Over the night on which New York leaves summer time, and a day without a session.
            let grace = found["planted-grace"]?["streak"] as? [String: Any]
            #expect(grace?["longest"] as? Int == 4)
            #expect(grace?["current"] as? Int == 0)
            let mastered = (found["planted-mastery"]?["mastered"] as? [[String: Any]])?.first
            #expect(mastered?["topic"] as? String == "algebra")
            #expect(mastered?["on"] as? String == "2026-10-15")
            let goals = found["planted-goal"]?["goals"] as? [[String: Any]] ?? []
            #expect(goals.first { $0["id"] as? String == "twenty" }?["completed_on"] as? String == "2026-11-18")
            #expect(goals.contains { $0["id"] as? String == "five_topics" })
            let gone = found["planted-gone"]?["insights"] as? [[String: Any]] ?? []
            #expect(gone.contains { ($0["text"] as? String ?? "").contains("20 days") })
            let page = String(
                decoding: try workshop.read("site/runs/2026-11-19/learners/people/planted-streak/index.html"),
                as: UTF8.self)
            #expect(page.contains("a streak of 30 days goes on"))
            #expect(page.contains("mean of 7 sessions in seven days; 0.82 in the seven before"))
            let index = String(
                decoding: try workshop.read("site/runs/2026-11-19/learners/index.md"), as: UTF8.self)
            #expect(index.contains("| Hour | Sessions |") && index.contains("| 07:00 |"))
            for (name, bytes) in try workshop.files(in: "site/runs/2026-11-19/learners") where name.hasSuffix(".html") {
                #expect(bytes.count <= 69_000, "\(name) has \(bytes.count) bytes")
            }
        }
    }

    @Test func undoLateRowsAndOrderRepairHistory() async throws {
        try await inWorkshop { workshop in
            try await sample(workshop)
            let lines = String(decoding: try workshop.read("exports/learning.csv"), as: UTF8.self).split(
                separator: "\n")
            let isLate = { (line: Substring) in line.contains("planted-streak-2026-11-01") }
            let early = lines.filter { !isLate($0) }
            try workshop.write(early.joined(separator: "\n") + "\n", to: "exports/learning.csv")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let broken = try learners(workshop)["planted-streak"]?["streak"] as? [String: Any]
            #expect(broken?["current"] as? Int == 18)

            try workshop.write(
                ([lines[0]] + lines.filter(isLate)).joined(separator: "\n") + "\n", to: "exports/learning-late.csv")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let repaired = try learners(workshop)
            #expect((repaired["planted-streak"]?["streak"] as? [String: Any])?["current"] as? Int == 30)

            // All rows at once, the newest first, in another archive: the same figures.
            try workshop.write(
                ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n") + "\n", to: "other/learning.csv")
            try workshop.write(
                String(decoding: try workshop.read("exports/goals.csv"), as: UTF8.self), to: "other/goals.csv")
            #expect(await workshop.build(["other"], output: "site2", archive: "other.sqlite") == .done)
            for name in ["learners.csv", "learning-mastery.csv", "learning-achievements.csv", "learning-streaks.csv"] {
                let path = "runs/2026-11-19/exports/\(name)"
                #expect(try workshop.read("site/\(path)") == (try workshop.read("site2/\(path)")), "\(name)")
            }

            #expect(await workshop.undo(2) == .done, "\(workshop.messages)")
            #expect(await workshop.build() == .done)
            let undone = try learners(workshop)["planted-streak"]?["streak"] as? [String: Any]
            #expect(undone?["current"] as? Int == 18)
        }
    }

    @Test func learnersAreNamedByPseudonymsAndMayHaveNoPages() async throws {
        try await inWorkshop { workshop in
            try await sample(
                workshop,
                configuration: Self.configuration.replacing("{show_ids: true, top: 12}", with: "{pages: none}"))
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            #expect(try learners(workshop).isEmpty)
            let files = try workshop.files(in: "site")
            #expect(!files.keys.contains { $0.contains("learners/people") })
            #expect(files.keys.contains("runs/2026-11-19/learners/index.html"))
            for (name, bytes) in files {
                #expect(!String(decoding: bytes, as: UTF8.self).contains("planted-"), "\(name)")
            }
        }
    }

    @Test func mistakesInTheFileOfAchievementsAreTold() async throws {
        try await inWorkshop { workshop in
            try await sample(
                workshop,
                configuration: Self.configuration.replacing("top: 12", with: "top: 12, achievements: mine.yaml"))
            try workshop.write("one: {points: 5, requires: sesions, value: 3}\n", to: "mine.yaml")
            #expect(await workshop.build() == .configuration)
            #expect(workshop.messages.contains { $0.contains("sessions") }, "\(workshop.messages)")
            try workshop.write("one: {title: Mine, points: 5, requires: sessions, value: 3}\n", to: "mine.yaml")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let table = String(
                decoding: try workshop.read("site/runs/2026-11-19/exports/learning-achievements.csv"), as: UTF8.self)
            #expect(table.contains("Mine"))
            #expect(!table.contains("first-steps"))
        }
    }

    @Test func theCommandAnswers() async throws {
        try await inWorkshop { workshop in
            try await sample(workshop)
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            var text = ""
            var request = LearnersRequest(what: .streaks, configuration: nil, archive: "archive.sqlite")
            request.learner = "planted-streak"
            request.format = .csv
            let print = { (bytes: [UInt8]) in text += String(decoding: bytes, as: UTF8.self) }
            #expect(
                await answerLearners(request, in: workshop.surroundings, messages: workshop.sink, print: print) == .done
            )
            #expect(text.contains("planted-streak,2026-10-21,2026-11-19,30,yes"), "\(text)")
            let schema = try JSONSchema(workshop.read("site/schema/learners.schema.json"))
            for question in LearnersQuestion.allCases {
                var asked = LearnersRequest(what: question, archive: "archive.sqlite")
                asked.format = .json
                var bytes: [UInt8] = []
                #expect(
                    await answerLearners(asked, in: workshop.surroundings, messages: workshop.sink) { bytes += $0 }
                        == .done)
                let value = try JSONSerialization.jsonObject(with: Data(bytes))
                #expect(schema.faults(of: value).prefix(3) == [], "\(question)")
            }
            let tables = try JSONSerialization.jsonObject(
                with: workshop.read("site/runs/2026-11-19/exports/learning.json"))
            let document = try JSONSchema(workshop.read("site/schema/learning.schema.json"))
            #expect(document.faults(of: tables).prefix(3) == [])
            request.learner = "nobody"
            #expect(
                await answerLearners(request, in: workshop.surroundings, messages: workshop.sink, print: print)
                    == .usage)
        }
    }

    /// Beyond those who are held, pages of learners who rest stand from night to night; a session, or a goal's deadline, writes them anew.
    @Test func pagesOfLearnersWhoRestAreNotWrittenAnew() async throws {
        try await inWorkshop { workshop in
            let count = ArchiveStore.learnersInMemory + 4
            let lines = (0..<count).map {
                "s\($0),learner-\(1_000 + $0),2026-05-1\($0 % 10)T10:00:00Z,\(100 + $0 % 300),0.8,algebra"
            }
            let head = "session_id,learner_id,start_time,duration_minutes,average_quality,topics\n"
            try workshop.write(head + lines.joined(separator: "\n") + "\n", to: "exports/learning.csv")
            try workshop.write(
                "sources:\n  lessons: {role: learning, files: [\"learning*\"]}\nlearning: {pages: all, top: 5, show_ids: true}\n",
                to: "assay.yaml")
            #expect(await workshop.build(asOf: "2026-11-19") == .done, "\(workshop.messages)")
            // One of the last four, who are not held, comes back.
            try workshop.write(
                head + "new,learner-1203,2026-11-20T09:00:00Z,30,0.9,algebra\n", to: "exports/learning-2.csv")
            #expect(await workshop.build(asOf: "2026-11-20") == .done, "\(workshop.messages)")
            let number = { (day: String, learner: Int, page: String) throws -> Int? in
                let path = "site/runs/\(day)/learners/people/learner-\(learner)/\(page).html"
                return try FileManager.default.attributesOfItem(
                    atPath: workshop.folder.appending(path: path).path)[.systemFileNumber] as? Int
            }
            let held = try #require(try number("2026-11-19", 1_000, "index"))
            #expect(try number("2026-11-20", 1_000, "index") != held)
            for learner in 1_200...1_202 {
                for page in ["index", "progress", "week", "month", "quarter", "year"] {
                    let before = try #require(try number("2026-11-19", learner, page))
                    #expect(try number("2026-11-20", learner, page) == before, "\(learner), \(page)")
                }
            }
            // Pictures of everything so far say so, whatever the report looks back on.
            let progress = String(
                decoding: try workshop.read("site/runs/2026-11-20/learners/people/learner-1201/progress.html"),
                as: UTF8.self)
            #expect(progress.contains("11 May 2026 to 1 November 2026"))
            let page = String(
                decoding: try workshop.read("site/runs/2026-11-20/learners/people/learner-1201/index.html"),
                as: UTF8.self)
            // The last session was on 11 May; 90 + 3 · 28 days later is 1 November.
            #expect(page.contains("as of 1 November 2026") && !page.contains("2026-11-20"))
            let back = String(
                decoding: try workshop.read("site/runs/2026-11-20/learners/people/learner-1203/index.html"),
                as: UTF8.self)
            #expect(back.contains("2 sessions"))
        }
    }

    /// More learners than are held at once: the others are gone through one at a time, and have the same pages.
    @Test func everybodyHasPagesHoweverManyThereAre() async throws {
        try await inWorkshop { workshop in
            let count = ArchiveStore.learnersInMemory + 3
            let lines = (0..<count).map {
                "s\($0),learner-\(1_000 + $0),2026-11-1\($0 % 10)T10:00:00Z,\(100 + $0 % 300),0.8,algebra"
            }
            try workshop.write(
                "session_id,learner_id,start_time,duration_minutes,average_quality,topics\n"
                    + lines.joined(separator: "\n") + "\n", to: "exports/learning.csv")
            try workshop.write(
                "sources:\n  lessons: {role: learning, files: [\"learning*\"]}\nlearning: {pages: all, top: 5}\n",
                to: "assay.yaml")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let run = "site/runs/2026-11-19/"
            let files = try workshop.files(in: "site")
            let pages = files.keys.filter { $0.hasSuffix("/index.html") && $0.contains("learners/people/") }
            #expect(pages.count == count)
            #expect(files.keys.filter { $0.hasSuffix("/index.md") && $0.contains("learners/people/") }.count == count)
            let manifest = try #require(try workshop.json(run + "manifest.json")["files"] as? [[String: Any]])
            #expect(manifest.count { ($0["path"] as? String ?? "").hasPrefix("learners/people/") } >= 2 * count)
            let table = String(decoding: try workshop.read(run + "exports/learners.csv"), as: UTF8.self)
            #expect(table.split(whereSeparator: \.isNewline).count == 1 + ArchiveStore.learnersInMemory)
        }
    }
}
