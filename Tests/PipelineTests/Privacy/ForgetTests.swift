import Foundation
import TestSupport
import Testing

@testable import Pipeline

@Suite("Forgetting a person, and what may not be published")
struct ForgetTests {
    @Test("The account as JSON keeps to its schema, whether anything was stored or no longer is")
    func account() async throws {
        try await inWorkshop { shop in
            try shop.write(TwelvePeople.configuration, to: "assay.yaml")
            try shop.write(TwelvePeople.sessions(), to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .done)
            var request = HistoryRequest(configuration: "assay.yaml", archive: nil)
            request.format = .json
            for rows in [20, 0] {
                var bytes: [UInt8] = []
                let status = await forgetPerson(
                    "anna@example.org", request, in: shop.surroundings, messages: shop.sink
                ) { bytes += $0 }
                #expect(status == .done)
                let value = try JSONSerialization.jsonObject(with: Data(bytes))
                let schema = try JSONSchema(shop.read("site/schema/history-forget.schema.json"))
                #expect(schema.faults(of: value) == [])
                #expect((value as? [String: Any])?["rows"] as? Int == rows)
            }
        }
    }

    @Test("A run is made again as it was published: its zone, its language, its documents")
    func asItWas() async throws {
        try await inWorkshop { shop in
            try shop.write(TwelvePeople.configuration, to: "assay.yaml")
            try shop.write(TwelvePeople.sessions(), to: "exports/sessions.csv")
            var request = BuildRequest(
                exports: ["exports"], configuration: "assay.yaml", output: "site", archive: nil, asOf: "2026-10-29",
                timeZone: "Pacific/Auckland", isStrict: false, requiresNewData: false, isDryRun: false, jobs: 2)
            request.language = "de"
            request.hasOneFile = true
            request.learners = LearnerPages.none
            #expect(await Pipeline.build(request, in: shop.surroundings, messages: shop.sink) == .done)
            #expect(await shop.forget("anna@example.org").status == .done, "\(shop.messages)")
            let after = try shop.json("site/summaries/2026-10-29.json")["run"] as? [String: Any]
            #expect(after?["zone"] as? String == "Pacific/Auckland")
            let options = try #require(after?["options"] as? [String: Any])
            #expect(options["learners"] as? String == "none" && options["language"] as? String == "de")
            #expect(options["single_file"] as? Bool == true && options["pdf"] as? Bool == false)
            for page in ["index.html", "report.html"] {
                let text = try String(decoding: shop.read("site/runs/2026-10-29/\(page)"), as: UTF8.self)
                #expect(text.contains("<html lang=\"de\""))
            }
        }
    }

    @Test("A score that waits for its session goes with the person whose id stands in its own")
    func waitingScore() async throws {
        try await inWorkshop { shop in
            try shop.write(
                TwelvePeople.configuration.replacing(
                    "metrics:",
                    with:
                        "  marks: {files: [\"marks*\"], role: scores, id: session_id}\nmetrics:\n  mark: {source: marks, range: [0, 1], direction: higher}"
                ),
                to: "assay.yaml")
            try shop.write(TwelvePeople.sessions(), to: "exports/sessions.csv")
            try shop.write(
                "session_id,mark\nlost/anna@example.org/7,0.5\nlost/joanna@example.org/7,0.5\n", to: "exports/marks.csv"
            )
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .done, "\(shop.messages)")
            let (status, text) = await shop.forget("anna@example.org")
            #expect(status == .done, "\(shop.messages)")
            // 20 sessions and the score of hers that waits.
            #expect(text.contains("rows\t21 erased"), "\(text)")
        }
    }

    @Test("Afterwards figures and pages are those of exports that never had the person, and no byte names them")
    func erased() async throws {
        try await inWorkshop { shop in
            try shop.write(TwelvePeople.configuration, to: "assay.yaml")
            try shop.write(TwelvePeople.sessions(), to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .done)
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .done)
            let (status, text) = await shop.forget("anna@example.org")
            #expect(status == .done, "\(shop.messages)")
            #expect(text.contains("rows\t20 erased"))
            #expect(text.contains("made_again\t2026-10-20\nmade_again\t2026-10-29"))
            #expect(text.contains("0 of the person"))
            #expect(!text.contains("noted"))
            let summary = try shop.json("site/summaries/2026-10-29.json")
            let data = try #require(summary["distribution"] as? [String: Any])

            try shop.write(TwelvePeople.sessions(without: "anna@example.org"), to: "other/sessions.csv")
            #expect(
                await shop.build(
                    ["other"], configuration: "assay.yaml", output: "site2", archive: "other.sqlite",
                    asOf: "2026-10-29") == .done)
            let expected = try shop.json("site2/summaries/2026-10-29.json")
            #expect(
                NSDictionary(dictionary: data)
                    == NSDictionary(dictionary: try #require(expected["distribution"] as? [String: Any])))

            let shown = await shop.verify()
            #expect(shown.status == .done, "\(shop.messages)")
            for (name, bytes) in try shop.files(in: ".") where !name.hasPrefix("exports") && !name.hasPrefix("other") {
                #expect(bytes.range(of: Data("anna@example".utf8)) == nil, "\(name)")
            }
            let trail = await shop.show("1")
            #expect(!trail.text.contains("anna"))
        }
    }

    @Test("A learner: no byte names them by id or pseudonym, and pages of every day are those without them")
    func learner() async throws {
        try await inWorkshop { shop in
            var request = SampleRequest(
                folder: "all", sessions: 60, days: 60, end: "2026-11-19", seed: 7, format: "csv", split: "whole",
                timeZone: "Europe/Berlin")
            request.learners = 9
            #expect(await writeSample(request, in: shop.surroundings, messages: shop.sink) == .done)
            let sessions = String(decoding: try shop.read("all/learning.csv"), as: UTF8.self)
            let goals = String(decoding: try shop.read("all/goals.csv"), as: UTF8.self)
            try shop.write(sessions, to: "exports/learning.csv")
            try shop.write(
                goals + "bar,planted-streak,Bar exam of Anna,sessions,40,sessions,2026-11-01,2026-11-30\n",
                to: "exports/goals.csv")
            try shop.write(
                """
                time_zone: Europe/Berlin
                output: site
                archive: archive.sqlite
                sources:
                  lessons: {role: learning, files: ["learning*"]}
                  goals: {role: goals, files: ["goals*"]}
                """, to: "assay.yaml")
            for day in ["2026-11-18", "2026-11-19"] {
                #expect(await shop.build(configuration: "assay.yaml", asOf: day) == .done, "\(shop.messages)")
            }
            func learning(_ site: String, _ day: String) throws -> [String: Any] {
                try #require(try shop.json("\(site)/summaries/\(day).json")["learning"] as? [String: Any])
            }
            let list = try #require(try learning("site", "2026-11-19")["learners"] as? [[String: Any]])
            let own = try #require(list.first { ($0["streak"] as? [String: Any])?["current"] as? Int == 30 })
            let pseudonym = try #require(own["learner"] as? String)
            #expect(pseudonym.count == 16)
            let before = try shop.files(in: "site").values
            #expect(before.contains { $0.range(of: Data(pseudonym.utf8)) != nil })
            // Titles of goals are free text, which nobody has asked for.
            #expect(!before.contains { $0.range(of: Data("Bar exam".utf8)) != nil })

            let (status, text) = await shop.forget("planted-streak")
            #expect(status == .done, "\(shop.messages)")
            #expect(text.contains("made_again\t2026-11-18\nmade_again\t2026-11-19"), "\(text)")
            #expect(text.contains("sessions and goals of learners read: 0 of the person"))
            let rest = { (text: String) in
                text.split(separator: "\n").filter { !$0.contains("planted-streak") }.joined(separator: "\n") + "\n"
            }
            try shop.write(rest(sessions), to: "other/learning.csv")
            try shop.write(rest(goals), to: "other/goals.csv")
            for day in ["2026-11-18", "2026-11-19"] {
                #expect(
                    await shop.build(
                        ["other"], configuration: "assay.yaml", output: "site2", archive: "other.sqlite", asOf: day)
                        == .done)
                let (left, expected) = (try learning("site", day), try learning("site2", day))
                #expect(NSDictionary(dictionary: left) == NSDictionary(dictionary: expected), "\(day)")
            }
            let shown = await shop.verify()
            #expect(shown.status == .done, "\(shop.messages)")
            for (name, bytes) in try shop.files(in: ".")
            where !["all", "exports", "other/"].contains(where: { name.hasPrefix($0) }) {
                for word in ["planted-streak", pseudonym, "Bar exam"] {
                    #expect(bytes.range(of: Data(word.utf8)) == nil, "\(name) holds \(word)")
                    #expect(!name.contains(word))
                }
            }
            // A later export does not bring them back.
            try shop.write(
                sessions.replacing("planted-grace", with: "planted-streak"), to: "exports/learning-again.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-11-19") == .done, "\(shop.messages)")
            let after = try #require(try learning("site", "2026-11-19")["learners"] as? [[String: Any]])
            #expect(!after.contains { $0["learner"] as? String == pseudonym })
        }
    }

    /// A shop with the sample's learners, built for two days; the pages name learners by pseudonym.
    private func buildLearners(in shop: Workshop, with entries: String = "", as name: String = "assay.yaml")
        async throws
    {
        #expect(try await shop.sampleLearners(with: entries, as: name) == .done)
        for day in ["2026-11-18", "2026-11-19"] {
            #expect(await shop.build(configuration: name, asOf: day) == .done, "\(shop.messages)")
        }
    }

    private func filesNaming(_ words: [String], in shop: Workshop) throws -> [String] {
        try shop.files(in: ".").filter { name, bytes in
            !name.hasPrefix("exports/") && words.contains { bytes.range(of: Data($0.utf8)) != nil }
        }.keys.sorted()
    }

    private func pseudonymOfStreak(in shop: Workshop) throws -> String {
        let summary = try shop.json("site/summaries/2026-11-19.json")
        let list = try #require((summary["learning"] as? [String: Any])?["learners"] as? [[String: Any]])
        let own = try #require(list.first { ($0["streak"] as? [String: Any])?["current"] as? Int == 30 })
        return try #require(own["learner"] as? String)
    }

    @Test("Where pages of a run are gone, its summary loses what names the learner and keeps the rest")
    func struckSummary() async throws {
        try await inWorkshop { shop in
            try await buildLearners(in: shop, with: "retention: {runs: 1}")
            let pseudonym = try pseudonymOfStreak(in: shop)
            let before = try shop.json("site/summaries/2026-11-18.json")
            let (status, text) = await shop.forget("planted-streak")
            #expect(status == .done, "\(shop.messages)")
            #expect(text.contains("made_again\t2026-11-19\n"), "\(text)")
            #expect(text.split(separator: "\n").count { $0.hasPrefix("struck\trun ") } == 1, "\(text)")
            #expect(try filesNaming(["planted-streak", pseudonym], in: shop) == [])
            let after = try shop.json("site/summaries/2026-11-18.json")
            #expect(Set(after.keys) == Set(before.keys))
            let learners = try [before, after].map {
                try #require(($0["learning"] as? [String: Any])?["learners"] as? [[String: Any]])
            }
            #expect(
                learners[0].compactMap { $0["learner"] as? String }.filter { $0 != pseudonym }
                    == learners[1].compactMap { $0["learner"] as? String })
            #expect(learners[0].count == learners[1].count + 1)
            let verdict = try [before, after].map { try #require($0["run"] as? NSDictionary) }
            #expect(verdict[0] == verdict[1])
            #expect(await shop.verify().status == .done, "\(shop.messages)")
            // Nothing is left to do.
            #expect(await shop.forget("planted-streak").text.contains("its pages are gone"))
        }
    }

    @Test("Without a configuration the archive is erased and the pages left are named; asking again with one finishes")
    func finishedLater() async throws {
        try await inWorkshop { shop in
            try await buildLearners(in: shop, as: "night.yaml")
            let pseudonym = try pseudonymOfStreak(in: shop)
            let first = await shop.forget(
                "planted-streak", configuration: nil, archive: "archive.sqlite", output: "site")
            #expect(first.status == .failed)
            #expect(
                shop.messages.contains { $0.contains("learners/people/\(pseudonym)") && $0.contains("still names") },
                "\(shop.messages)")
            #expect(shop.messages.contains { $0.contains("--config") })
            let left = try filesNaming(["planted-streak", pseudonym], in: shop)
            #expect(!left.isEmpty)
            #expect(left.allSatisfy { $0.hasPrefix("site/") && !$0.hasPrefix("site/summaries/") }, "\(left)")

            let (status, text) = await shop.forget("planted-streak", configuration: "night.yaml")
            #expect(status == .done, "\(shop.messages)")
            #expect(text.contains("made_again\t2026-11-18\nmade_again\t2026-11-19"), "\(text)")
            #expect(try filesNaming(["planted-streak", pseudonym], in: shop) == [])
            #expect(await shop.verify().status == .done, "\(shop.messages)")
            #expect(await shop.forget("planted-streak", configuration: "night.yaml").text.isEmpty)
        }
    }

    @Test("The name of a file that holds the id is taken out, and a learner under their own id stays away")
    func ownIds() async throws {
        try await inWorkshop { shop in
            try await buildLearners(in: shop, with: "learning: {show_ids: true}")
            let all = String(decoding: try shop.read("exports/learning.csv"), as: UTF8.self)
            let own = all.split(separator: "\n").filter { $0.contains("planted-streak") || $0.hasPrefix("session_id") }
            try shop.write(
                own.joined(separator: "\n").replacing("planted-streak-2026", with: "more-2026") + "\n",
                to: "exports/learning-planted-streak.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-11-19") == .done, "\(shop.messages)")
            let (status, text) = await shop.forget("planted-streak")
            #expect(status == .done, "\(shop.messages)")
            #expect(text.contains("names of files read: 0 name the person"))
            #expect(try filesNaming(["planted-streak"], in: shop) == [])
            #expect(await shop.verify().status == .done, "\(shop.messages)")
            try shop.write(all.replacing("planted-grace-", with: "again-"), to: "exports/learning-again.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-11-19") == .done, "\(shop.messages)")
            let summary = try shop.json("site/summaries/2026-11-19.json")
            let list = try #require((summary["learning"] as? [String: Any])?["learners"] as? [[String: Any]])
            #expect(!list.contains { $0["learner"] as? String == "planted-streak" })
        }
    }

    @Test("A later export does not bring the person back, nor does the same one read again")
    func staysAway() async throws {
        try await inWorkshop { shop in
            try shop.write(TwelvePeople.configuration, to: "assay.yaml")
            try shop.write(TwelvePeople.sessions(), to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .done)
            #expect(await shop.forget("anna@example.org").status == .done)
            try shop.write(
                TwelvePeople.sessions() + "s900x,anna@example.org,2026-10-29T11:00:00Z,A,0.5\n",
                to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .done)
            let (_, text) = await shop.forget("anna@example.org")
            #expect(text.isEmpty)
            #expect(shop.messages.contains { $0.contains("Nothing is stored of a person with this id") })
        }
    }

    @Test(
        "An id in a figure, group or file name fails the build with its place but not the id, and the previous site stands"
    )
    func leak() async throws {
        try await inWorkshop { shop in
            try shop.write(TwelvePeople.configuration, to: "assay.yaml")
            try shop.write(TwelvePeople.sessions(), to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .done)
            let before = try shop.files(in: "site")
            // Somebody's id has slipped into the column of tiers.
            try shop.write(
                TwelvePeople.sessions().replacing(",A,", with: ",user-5@example.org,"), to: "exports/sessions2.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .failed)
            #expect(shop.messages.contains { $0.contains("the id of a person stands") })
            #expect(!shop.messages.contains { $0.contains("user-5") })
            #expect(try shop.files(in: "site") == before)
        }
    }

    @Test(
        "An id that only an earlier night has read is found, whatever its form; once forgotten it is looked for no more"
    )
    func earlierNight() async throws {
        try await inWorkshop { shop in
            try shop.write(TwelvePeople.configuration, to: "assay.yaml")
            try shop.write(TwelvePeople.sessions(), to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .done)
            let before = try shop.files(in: "site")
            // The second night names other people, and in the column of tiers one of the first.
            let others = TwelvePeople.sessions().replacing("user-", with: "other-").replacing("\ns", with: "\nt")
            try shop.write(others.replacing(",A,", with: ",USER-5@example.org,"), to: "exports/sessions2.csv")
            for _ in 0..<2 {
                #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .failed)
                #expect(shop.messages.contains { $0.contains("the id of a person stands") })
            }
            #expect(!shop.messages.contains { $0.lowercased().contains("user-5") })
            #expect(try shop.files(in: "site") == before)
            // The archive has no raw id.
            for (name, bytes) in try shop.files(in: ".") where name.hasSuffix(".sqlite") {
                #expect(bytes.range(of: Data("user-5@".utf8)) == nil, "\(name)")
            }
            try shop.write(others, to: "exports/sessions2.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .done)
        }
    }

    @Test("A dimension made of the person column is a mistake of the configuration")
    func dimension() async throws {
        try await inWorkshop { shop in
            try shop.write(
                TwelvePeople.configuration + "\n  who: {source: sessions, column: user_id}\n", to: "assay.yaml")
            try shop.write(TwelvePeople.sessions(), to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml") == .configuration)
        }
    }

    @Test("Another key than that of the stored people is refused")
    func otherKey() async throws {
        try await inWorkshop { shop in
            try shop.write(TwelvePeople.configuration, to: "assay.yaml")
            try shop.write(TwelvePeople.sessions(), to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .done)
            try shop.write(TwelvePeople.sessions(without: "user-5@example.org"), to: "exports/sessions.csv")
            try FileManager.default.removeItem(at: shop.folder.appending(path: "privacy.key"))
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .configuration)
        }
    }
}
