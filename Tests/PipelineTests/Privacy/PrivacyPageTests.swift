import Foundation
import TestSupport
import Testing

@testable import Pipeline

@Suite("The page on privacy and privacy.json tell what was done")
struct PrivacyPageTests {
    /// 30 people in two cohorts, each with four sessions, progress and an outcome; the first `refusing` say no.
    private func write(_ shop: Workshop, refusing: Int = 0, _ more: String = "") throws {
        let users = (0..<30).map {
            "user-\($0)@x.org,\($0 % 2 == 0 ? "sleep" : "stress"),low,low,\($0 < refusing ? "no" : "yes")\n"
        }
        try shop.write(
            "user_id,therapeutic_focus,session_frequency,engagement_level,consent\n" + users.joined(),
            to: "exports/users.csv")
        let sessions = (0..<120).map {
            "user-\($0 / 4)@x.org,s\($0)-x,2026-10-\(10 + $0 % 4 * 3)T10:00:00Z,\(20 + $0 % 7),\(8 + $0 % 5),0.5\n"
        }
        try shop.write(
            "user_id,session_id,started_at,duration_minutes,interaction_count,engagement_score\n" + sessions.joined(),
            to: "exports/activity.csv")
        let outcomes = (0..<30).map { "user-\($0)@x.org,\($0 % 3 == 0 ? "good" : "neutral"),2026-10-20\n" }
        try shop.write("user_id,outcome_category,measured_at\n" + outcomes.joined(), to: "exports/outcomes.csv")
        try shop.write(
            """
            output: site
            archive: archive.sqlite
            sources:
              users: {files: ["users*"], role: people}
              activity: {files: ["activity*"], role: activity}
              outcomes: {files: ["outcomes*"], role: outcomes}
            \(more)
            """, to: "assay.yaml")
    }

    private func build(_ shop: Workshop, _ day: String = "2026-10-25") async -> Pipeline.ExitStatus {
        await shop.build(configuration: "assay.yaml", asOf: day)
    }

    private func privacy(_ shop: Workshop, _ day: String = "2026-10-25") throws -> [String: Any] {
        try shop.json("site/runs/\(day)/privacy.json")
    }

    private func page(_ shop: Workshop, _ path: String = "privacy/index.html", _ day: String = "2026-10-25") throws
        -> String
    {
        String(decoding: try shop.read("site/runs/\(day)/\(path)"), as: UTF8.self)
    }

    @Test("Operations have the counts of the tables that were told, and page and file list the same")
    func operations() async throws {
        try await inWorkshop { shop in
            try write(shop)
            #expect(await build(shop) == .done, "\(shop.messages)")
            let audit = try privacy(shop)
            let schema = try JSONSchema(shop.read("site/schema/privacy.schema.json"))
            #expect(schema.faults(of: audit) == [])
            let operations = try #require(audit["operations"] as? [[String: Any]])
            #expect(
                operations.compactMap { $0["operation"] as? String }
                    == ["data_access", "data_aggregation", "pattern_detection", "report_generation"])
            let counts = try #require(operations[1]["counts"] as? [String: Int])
            // Told and refused as the summary has them, whatever they are of.
            let summary = try #require(try shop.json("site/summaries/2026-10-25.json")["people"] as? [String: Any])
            let tables = try #require(summary["tables"] as? [[String: Any]])
            let told = tables.filter { $0["rows"] != nil }
            let cells = told.flatMap { ($0["cells"] as? [[Any]] ?? []).flatMap { $0 } }
            #expect(counts["tables"] == told.count && counts["tables_refused"] == tables.count - told.count)
            #expect(counts["counts_hidden"] == cells.count { $0 is String })
            #expect(tables.contains { $0["name"] as? String == "outcomes_weeks" } && told.count > 5)
            #expect(counts["cohorts"] == 2 && audit["cohorts"] as? [String] != nil)
            let page = try page(shop)
            for operation in operations {
                #expect(page.contains(try #require(operation["what"] as? String)))
                #expect(page.contains(try #require(operation["level"] as? String)))
            }
            #expect(page.contains("tables told: \(told.count)"))
            // Nobody was erased, no number drawn: neither is listed.
            #expect(!page.contains("erasure") && !page.contains("numbers told"))
        }
    }

    @Test("Erasures are named, their number from k on alone")
    func erasures() async throws {
        try await inWorkshop { shop in
            try write(shop)
            #expect(await build(shop) == .done)
            for person in 0..<5 {
                #expect(await shop.forget("user-\(person)@x.org").status == .done, "\(shop.messages)")
                let operations = try #require(try privacy(shop)["operations"] as? [[String: Any]])
                let erasure = try #require(operations.first { $0["operation"] as? String == "erasure" })
                let people = (erasure["counts"] as? [String: Any])?["people"]
                #expect(person < 4 ? people is NSNull : people as? Int == 5)
            }
        }
    }

    @Test("Rows of one person who refuses are not counted, however many they are; of many people they are rounded down")
    func refusals() async throws {
        try await inWorkshop { shop in
            // Of the one: four sessions and an outcome, five rows or more.
            try write(shop, refusing: 1)
            #expect(await build(shop) == .done)
            let one = try #require(try privacy(shop)["refused_rows"] as? [String: Any])
            #expect(one["without_consent"] is NSNull)
            #expect(try page(shop).contains("of fewer than 5 people"))
        }
        try await inWorkshop { shop in
            try write(shop, refusing: 7)
            #expect(await build(shop) == .done)
            let seven = try #require(try privacy(shop)["refused_rows"] as? [String: Any])
            // Seven times four sessions, an outcome and the profile are 42.
            #expect(seven["without_consent"] as? Int == 40)
        }
    }

    @Test("ε is told as decimals are added by hand, up to the day of the run, and a number that is too dear says so")
    func epsilon() async throws {
        try await inWorkshop { shop in
            try write(
                shop,
                "privacy: {noise: {budget: 0.9, numbers: {active_people: {epsilon: 0.1}, sessions: {epsilon: 0.2}, minutes: {epsilon: 0.7}}}}"
            )
            for day in ["2026-10-19", "2026-10-20", "2026-10-19"] { #expect(await build(shop, day) == .done) }
            for (day, spent, left) in [("2026-10-19", 0.3, 0.6), ("2026-10-20", 0.6, 0.3)] {
                let audit = try privacy(shop, day)
                #expect(audit["epsilon_spent"] as? Double == spent && audit["epsilon_left"] as? Double == left)
                #expect(!(try page(shop, "privacy/index.html", day)).contains("000000"))
            }
            let noise = try #require(try privacy(shop, "2026-10-19")["noise"] as? [[String: Any]])
            #expect(
                noise[2]["reason"] as? String == "its ε of 0.7 is more than the 0.3 that is left of the year's budget")
        }
    }

    @Test("A mistake in ε is told once")
    func oneMistake() async throws {
        try await inWorkshop { shop in
            try write(shop, "privacy: {noise: {numbers: {active_people: {epsilon: 0}}}}")
            #expect(await shop.check(configuration: "assay.yaml") == .configuration)
            #expect(shop.messages.count { $0.contains("epsilon") } == 1, "\(shop.messages)")
        }
    }

    @Test("What is not told is named, and exports without ages say so")
    func notices() async throws {
        try await inWorkshop { shop in
            try write(shop)
            #expect(await build(shop) == .done)
            let cohorts = try page(shop, "cohorts/index.html")
            #expect(cohorts.contains("No row tells anybody’s age, region or gender."))
            #expect(cohorts.contains("People by month and newest class of progress in it: no records."))
            #expect(!cohorts.contains("As coarse as it takes"))
        }
    }
}
