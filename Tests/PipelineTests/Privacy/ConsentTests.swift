import Foundation
import Model
import Testing

@testable import Pipeline

/// What people have said, and how long rows about them are kept, over several nights.
@Suite("Consent and retention over nights")
struct ConsentTests {
    private static let sources = """
        output: site
        archive: archive.sqlite
        sources:
          people: {files: ["users*"], role: people}
          outcomes: {files: ["outcomes*"], role: outcomes}
          lessons: {files: ["learning*"], role: learning}

        """
    private static let everybody = (1...30).map { "person-\($0)@example.org" }

    private func users(_ answer: (Int) -> String?, column: Bool = true) -> String {
        "user_id,therapeutic_focus\(column ? ",consent" : "")\n"
            + Self.everybody.enumerated().map { place, id in
                "\(id),focus\(column ? "," + (answer(place) ?? "") : "")\n"
            }.joined()
    }

    private func outcomes(_ category: (Int) -> String, day: String = "2026-10-20") -> String {
        "user_id,outcome_category,measured_at\n"
            + Self.everybody.enumerated().map { "\($1),\(category($0)),\(day)\n" }.joined()
    }

    private var lessons: String {
        "session_id,learner_id,start_time,topics,average_quality\n"
            + Self.everybody.enumerated().map { "l\($0)x,\($1),2026-10-\(10 + $0 % 10)T10:00:00Z,algebra,0.8\n" }
            .joined()
    }

    /// Builds a night of files, and says how many people and how many learners count.
    private func night(
        _ shop: Workshop, _ day: String, _ files: [String: String], more: String = ""
    ) async throws -> (people: Int, learners: Int) {
        for (name, text) in files { try shop.write(text, to: "exports/\(name)") }
        try shop.write(Self.sources + more, to: "assay.yaml")
        #expect(await shop.build(configuration: "assay.yaml", asOf: day) == .done, "\(shop.messages)")
        let summary = try shop.json("site/summaries/\(day).json")
        let people = (summary["people"] as? [String: Any])?["cohorts"] as? [[String: Any]] ?? []
        let learners = (summary["learning"] as? [String: Any])?["learners"] as? [[String: Any]] ?? []
        return (people.reduce(0) { $0 + ($1["n"] as? Int ?? 0) }, learners.count)
    }

    @Test("Profiles of people who say no are counted once, beside their other rows")
    func profilesAreCounted() async throws {
        func told(_ shop: Workshop, _ day: String) throws -> Int? {
            let rows = try shop.json("site/runs/\(day)/privacy.json")["refused_rows"] as? [String: Any]
            return rows?["without_consent"] as? Int
        }
        try await inWorkshop { shop in
            _ = try await night(shop, "2026-11-01", ["users-1.csv": users { $0 < 10 ? "no" : "yes" }])
            #expect(try told(shop, "2026-11-01") == 10)
            // Ten outcomes of the ten besides, and nothing of the profiles again.
            _ = try await night(shop, "2026-11-02", ["outcomes-1.csv": outcomes { _ in "good" }])
            #expect(try told(shop, "2026-11-02") == 20)
            // Five more say no: their earlier profiles and outcomes, and the new profiles of the fifteen: 20 + 5 + 5 + 15.
            _ = try await night(shop, "2026-11-03", ["users-2.csv": users { $0 < 15 ? "no" : "yes" }])
            #expect(try told(shop, "2026-11-03") == 45)
        }
    }

    @Test(
        "Of people who say no neither cohorts nor learners count, and an export without the column takes nothing back")
    func refusalStays() async throws {
        try await inWorkshop { shop in
            let no = users { $0 < 10 ? "no" : "yes" }
            let first = try await night(
                shop, "2026-11-01",
                ["users-1.csv": no, "outcomes-1.csv": outcomes { _ in "good" }, "learning.csv": lessons])
            #expect(first.people == 20 && first.learners == 20)
            let names = String(decoding: try shop.read("site/runs/2026-11-01/exports/learners.csv"), as: UTF8.self)
            #expect(names.split(whereSeparator: \.isNewline).count == 1 + 20)
            let second = try await night(shop, "2026-11-02", ["users-2.csv": users({ _ in nil }, column: false)])
            #expect(second.people == 20 && second.learners == 20)
            let third = try await night(shop, "2026-11-03", ["users-3.csv": users { _ in nil }])
            #expect(third.people == 20 && third.learners == 20)
        }
    }

    @Test(
        "A withdrawal that an export repeats byte for byte holds, and an agreement after it, under one name and several"
    )
    func repeatedBytes() async throws {
        for name in [{ (_: Int) in "users.csv" }, { "users-\($0).csv" }] {
            try await inWorkshop { shop in
                let yes = users { _ in "yes" }, no = users { $0 < 10 ? "no" : "yes" }
                for (place, (text, people)) in [(no, 20), (yes, 30), (no, 20), (yes, 30)].enumerated() {
                    let found = try await night(
                        shop, "2026-11-0\(place + 1)", [name(place): text, "outcomes.csv": outcomes { _ in "good" }])
                    #expect(found.people == people, "night \(place + 1) of \(name(0))")
                }
            }
        }
    }

    @Test(
        "An older export that arrives late undoes no refusal that is newer by its own time or by the date in its name")
    func lateExport() async throws {
        let timed = { (day: String, answer: @escaping (Int) -> String) in
            "user_id,therapeutic_focus,consent,consent_at\n"
                + Self.everybody.enumerated().map { "\($1),focus,\(answer($0)),2026-\(day)T09:00:00Z\n" }.joined()
        }
        try await inWorkshop { shop in
            let first = try await night(
                shop, "2026-11-10",
                ["users-b.csv": timed("11-09", { $0 < 10 ? "no" : "yes" }), "outcomes.csv": outcomes { _ in "good" }])
            #expect(first.people == 20)
            // Written on the 5th, read on the 11th.
            let late = try await night(shop, "2026-11-11", ["users-c.csv": timed("11-05", { _ in "yes" })])
            #expect(late.people == 20)
            let newer = try await night(shop, "2026-11-12", ["users-d.csv": timed("11-12", { $0 < 4 ? "no" : "yes" })])
            #expect(newer.people == 26)
            // A refusal of the 6th is older than the agreement of the 12th.
            let old = try await night(shop, "2026-11-13", ["users-e.csv": timed("11-06", { _ in "no" })])
            #expect(old.people == 26)
        }
        try await inWorkshop { shop in
            let first = try await night(
                shop, "2026-11-10",
                ["users-2026-11-09.csv": users { $0 < 10 ? "no" : "yes" }, "outcomes.csv": outcomes { _ in "good" }])
            #expect(first.people == 20)
            let late = try await night(shop, "2026-11-11", ["users-2026-11-05.csv": users { _ in "yes" }])
            #expect(late.people == 20)
            let newer = try await night(shop, "2026-11-12", ["users-2026-11-12.csv": users { _ in "yes" }])
            #expect(newer.people == 30)
        }
    }

    @Test("An answer in an object is read; what else stands in one is no agreement")
    func nestedAnswer() async throws {
        let answers = [
            #"{"given": true}"#, #"{"granted": "yes", "at": "2026-10-30T08:00:00Z"}"#, #"{"status": "granted"}"#,
            #"{"given": false}"#, #"{"value": "no"}"#, #"{"given": true, "status": "withdrawn"}"#, #"{"scope": "all"}"#,
        ]
        try await inWorkshop { shop in
            let people = Self.everybody.enumerated().map { place, id in
                #"{"user_id": "\#(id)", "therapeutic_focus": "focus", "consent": \#(answers[place % answers.count])}"#
            }
            // Every seventh of 30 people has the same answer: 5 each the first two, 4 each the others. The first three are yes.
            let found = try await night(
                shop, "2026-11-01",
                ["users.json": "[" + people.joined(separator: ",") + "]", "outcomes.csv": outcomes { _ in "good" }])
            #expect(found.people == 14)
        }
    }

    @Test("A yes is kept when its profile is past retention, and counts with opt_in when the person comes back")
    func keptYes() async throws {
        try await inWorkshop { shop in
            let more = "privacy: {consent: opt_in, retention_days: 30}\n"
            let first = try await night(
                shop, "2026-09-01",
                [
                    "users.csv": users { $0 < 20 ? "yes" : nil },
                    "outcomes.csv": outcomes({ _ in "good" }, day: "2026-08-30"),
                ],
                more: more)
            #expect(first.people == 20)
            // Lessons bring no row about a person, so that the profiles of August are past retention.
            _ = try await night(shop, "2026-10-20", ["learning.csv": lessons], more: more)
            let third = try await night(
                shop, "2026-10-21", ["outcomes.csv": outcomes({ _ in "good" }, day: "2026-10-20")], more: more)
            #expect(third.people == 20)
        }
    }

    @Test("An answer that cannot be read is no agreement")
    func unreadAnswer() async throws {
        try await inWorkshop { shop in
            let found = try await night(
                shop, "2026-11-01",
                ["users.csv": users { $0 < 10 ? "perhaps" : "yes" }, "outcomes.csv": outcomes { _ in "good" }])
            #expect(found.people == 20)
        }
    }

    @Test("With opt_in learners of whom nothing is known do not count")
    func optIn() async throws {
        try await inWorkshop { shop in
            let found = try await night(
                shop, "2026-11-01", ["users.csv": users { $0 < 12 ? "yes" : nil }, "learning.csv": lessons],
                more: "privacy: {consent: opt_in}\n")
            #expect(found.learners == 12)
        }
    }

    @Test("An outcome that a later export says otherwise, without an id, is corrected")
    func correction() async throws {
        try await inWorkshop { shop in
            for (day, word) in [("2026-11-01", "neutral"), ("2026-11-02", "excellent")] {
                _ = try await night(
                    shop, day,
                    [
                        "users.csv": users { _ in "yes" },
                        "outcomes-\(day).csv": outcomes { $0 < 15 ? word : "excellent" },
                    ])
            }
            let people = try #require(try shop.json("site/summaries/2026-11-02.json")["people"] as? [String: Any])
            let rate = try #require((people["cohorts"] as? [[String: Any]])?.first?["success_rate"] as? [String: Any])
            #expect(rate["share"] as? Double == 1)
        }
    }

    @Test("Rows past retention count in no run, whether it reads anything or not, and profiles go with the rest")
    func retention() async throws {
        try await inWorkshop { shop in
            let files = [
                "users.csv": users { _ in "yes" }, "outcomes.csv": outcomes({ _ in "good" }, day: "2026-10-20"),
                "learning.csv": lessons,
            ]
            let more = "privacy: {retention_days: 30}\n"
            let first = try await night(shop, "2026-10-21", files, more: more)
            #expect(first.people == 30 && first.learners == 30)
            // On 10 November the sessions of 10 and 11 October, three people each, are older than 30 days: 12 October is the first kept.
            let second = try await night(shop, "2026-11-10", [:], more: more)
            #expect(second.people == 30 && second.learners == 24)
            let third = try await night(shop, "2026-12-24", [:], more: more)
            #expect(third.people == 0 && third.learners == 0)
        }
    }

    @Test("A lost key is not replaced where people were stored with it")
    func lostKey() async throws {
        try await inWorkshop { shop in
            _ = try await night(
                shop, "2026-11-01", ["users.csv": users { _ in "yes" }, "outcomes.csv": outcomes { _ in "good" }])
            let key = shop.folder.appending(path: "privacy.key")
            try FileManager.default.removeItem(at: key)
            try shop.write(users { _ in "no" }, to: "exports/users-2.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-11-02") == .configuration)
            #expect(shop.messages.contains { $0.contains("is not there") }, "\(shop.messages)")
            #expect(!FileManager.default.fileExists(atPath: key.path))
        }
    }

    @Test("After a change of the key nobody is read before those who were erased have been erased under the new one")
    func erasuresUnderAnotherKey() async throws {
        try await inWorkshop { shop in
            let files = ["users.csv": users { _ in "yes" }, "outcomes.csv": outcomes { _ in "good" }]
            let before = try await night(shop, "2026-11-01", files)
            #expect(before.people == 30)
            for id in Self.everybody.prefix(2) {
                #expect(await shop.forget(id).status == .done)
            }
            #expect(await shop.undo(1, configuration: "assay.yaml") == .done)
            let key = shop.folder.appending(path: "privacy.key").path
            try shop.write(String(repeating: "5a", count: 32), to: "privacy.key")
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
            try shop.write(users { _ in "yes" } + "\n", to: "exports/users.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-11-02") == .configuration)
            #expect(
                shop.messages.contains { $0.contains("2 people were erased under another key") }, "\(shop.messages)")
            for id in Self.everybody.prefix(2) {
                #expect(await shop.forget(id).status == .done)
            }
            // 30 people less the 2 who were erased twice; the export still has them.
            let outcomes = outcomes { _ in "excellent" }
            let after = try await night(shop, "2026-11-02", ["outcomes.csv": outcomes])
            #expect(after.people == 28)
        }
    }

    @Test("A build that the leak check stops leaves no delivery that a later build would publish")
    func stoppedDelivery() async throws {
        try await inWorkshop { shop in
            let topic = "with person-1@example.org"
            for (name, text) in ["a": lessons.replacing(",algebra,", with: ",\(topic),"), "b": lessons] {
                try shop.write(text, to: "\(name)/learning-\(name).csv")
            }
            try shop.write(Self.sources, to: "assay.yaml")
            #expect(await shop.build(["a"], configuration: "assay.yaml", asOf: "2026-11-01") == .failed)
            #expect(shop.messages.contains { $0.contains("is taken out again") }, "\(shop.messages)")
            // The same command publishes no night without the delivery: it stops until what named somebody is mended.
            #expect(await shop.build(["a"], configuration: "assay.yaml", asOf: "2026-11-01") == .failed)
            #expect(try shop.files(in: "site").isEmpty)
            try shop.write(lessons, to: "a/learning-a.csv")
            #expect(await shop.build(["a"], configuration: "assay.yaml", asOf: "2026-11-01") == .done)
            #expect(await shop.build(["b"], configuration: "assay.yaml", asOf: "2026-11-02") == .done)
            for (name, bytes) in try shop.files(in: "site") {
                #expect(bytes.range(of: Data("person-1@example".utf8)) == nil, "\(name)")
            }
        }
    }

    @Test("Zones of the zone data that are in no list are zones; texts that name none are not")
    func zones() throws {
        // IANA tzdata: +5:30 the whole year.
        #expect(ZoneRules(identifier: "Asia/Kolkata")?.offset(atUTC: 1_792_890_000) == 19_800)
        #expect(ZoneRules(identifier: "Etc/GMT+5")?.offset(atUTC: 1_792_890_000) == -18_000)
        for name in ["Mars/Olympus", "../etc/passwd", "Asia", "", "GMT+0530", "/etc/localtime"] {
            #expect(ZoneRules(identifier: name) == nil, "\(name)")
        }
    }
}
