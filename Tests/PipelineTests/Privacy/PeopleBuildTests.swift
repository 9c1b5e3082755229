import Archive
import Foundation
import Testing

@testable import Pipeline

@Suite("People from exports to pages")
struct PeopleBuildTests {
    private static let sources = """
        title: People
        output: site
        archive: archive.sqlite
        sources:
          people: {files: ["users*"], role: people}
          outcomes: {files: ["outcomes*"], role: outcomes}
          models: {files: ["models*"], role: models}
        privacy:
          purpose: To see how cohorts fare

        """

    private func sampled(_ shop: Workshop, _ more: String = "") async throws {
        var request = SampleRequest(
            folder: "all", sessions: 100, days: 100, end: "2026-11-19", seed: 7, format: "csv", split: "month",
            timeZone: "UTC")
        request.hasPeople = true
        #expect(await writeSample(request, in: shop.surroundings, messages: shop.sink) == .done)
        for name in ["users.json", "outcomes.csv", "models.csv"] {
            try shop.write(String(decoding: try shop.read("all/\(name)"), as: UTF8.self), to: "exports/\(name)")
        }
        try shop.write(Self.sources + more, to: "assay.yaml")
    }

    private func build(_ shop: Workshop, asOf: String = "2026-11-19") async -> Pipeline.ExitStatus {
        await shop.build(configuration: "assay.yaml", asOf: asOf)
    }

    private func people(_ shop: Workshop, _ day: String = "2026-11-19") throws -> [String: Any] {
        try #require(try shop.json("site/summaries/\(day).json")["people"] as? [String: Any])
    }

    @Test("`assay init` proposes what an export of people alone is built with, and the key for it")
    func proposed() async throws {
        try await inWorkshop { shop in
            try await sampled(shop)
            for name in ["assay.yaml", "exports/outcomes.csv", "exports/models.csv"] {
                try FileManager.default.removeItem(at: shop.folder.appending(path: name))
            }
            #expect(await shop.propose() == .done, "\(shop.messages)")
            #expect(String(decoding: try shop.read("assay.yaml"), as: UTF8.self).contains("role: people"))
            _ = try shop.read(".assay/privacy.key")
            #expect(
                await shop.build(configuration: "assay.yaml", archive: ".assay/archive.sqlite", asOf: "2026-11-19")
                    == .done, "\(shop.messages)")
            let cohorts = try #require(try people(shop)["cohorts"] as? [[String: Any]])
            #expect(cohorts.map { $0["n"] as? Int } == [60, 50, 43])
        }
    }

    /// The sample's sessions end on 2026-11-19; nobody asks for a day, and the clock of the test says 2026-11-22.
    @Test("Progress, outcomes and models that say no day are of the day that dated rows give, not of the clock's")
    func undated() async throws {
        try await inWorkshop { shop in
            try await sampled(shop)
            try shop.write(
                "user_id,overall_progress\n" + (0..<20).map { "u\($0)x,0.5\n" }.joined(), to: "exports/users2.csv")
            try shop.write("model_name,accuracy\nrisk,0.75\n", to: "exports/models2.csv")
            #expect(await shop.build(configuration: "assay.yaml") == .done, "\(shop.messages)")
            let summary = try people(shop)
            let first = try JSONSerialization.data(withJSONObject: summary, options: .sortedKeys)
            let models = try #require(summary["models"] as? [[String: Any]])
            #expect(models.contains { $0["name"] as? String == "risk" })
            let asked = await shop.build(
                configuration: "assay.yaml", output: "asked", archive: "asked.sqlite", asOf: "2026-11-19")
            #expect(asked == .done, "\(shop.messages)")
            let other = try #require(try shop.json("asked/summaries/2026-11-19.json")["people"] as? [String: Any])
            #expect(try JSONSerialization.data(withJSONObject: other, options: .sortedKeys) == first)
        }
    }

    @Test("The planted cohorts come out; that of 3 people is counted with others and not named, and no id is anywhere")
    func planted() async throws {
        try await inWorkshop { shop in
            try await sampled(shop)
            #expect(await build(shop) == .done, "\(shop.messages)")
            let cohorts = try #require(try people(shop)["cohorts"] as? [[String: Any]])
            #expect(cohorts.map { $0["n"] as? Int } == [60, 50, 43])
            let share = try #require(cohorts[0]["success_rate"] as? [String: Any])
            #expect(share["share"] as? Double == 0.8)
            let page = String(decoding: try shop.read("site/runs/2026-11-19/cohorts/index.html"), as: UTF8.self)
            #expect(page.contains("Groups of fewer than 5 people are counted together with others."))
            #expect(!page.contains("mock") && !page.contains("http://") && !page.contains("https://"))
            for (name, bytes) in try shop.files(in: ".")
            where !name.hasPrefix("all") && !name.hasPrefix("exports") {
                #expect(bytes.range(of: Data("@example.org".utf8)) == nil, "\(name)")
            }
            let privacy = try shop.json("site/runs/2026-11-19/privacy.json")
            #expect(privacy["purpose"] as? String == "To see how cohorts fare")
            #expect(privacy["k"] as? Int == 5)
        }
    }

    @Test("What truth.json says of cohorts, of who came back and of ways to use the product is found")
    func truth() async throws {
        try await inWorkshop { shop in
            try await sampled(shop)
            #expect(await build(shop) == .done, "\(shop.messages)")
            let truth = try #require(try shop.json("all/truth.json")["people"] as? [String: Any])
            let planted = try #require(truth["cohorts"] as? [[String: Any]]).filter { ($0["people"] as? Int ?? 0) >= 5 }
            let found = try people(shop)
            let cohorts = try #require(found["cohorts"] as? [[String: Any]])
            for cohort in planted.dropLast() {
                let own = try #require(cohorts.first { $0["name"] as? String == cohort["name"] as? String })
                let share = try #require((own["success_rate"] as? [String: Any])?["share"] as? Double)
                let (n, successes) = (try #require(cohort["people"] as? Int), try #require(cohort["successes"] as? Int))
                #expect(own["n"] as? Int == n && share == Double(successes) / Double(n))
            }
            // Who came back a month later, over all first months and cohorts.
            let tables = try #require(found["tables"] as? [[String: Any]])
            let back = try #require(tables.first { $0["name"] as? String == "retention_1" })
            let columns = try #require(back["columns"] as? [String])
            let totals = try #require(back["column_totals"] as? [Int])
            let all = try #require(truth["cohorts"] as? [[String: Any]])
            let place = try #require(columns.firstIndex(of: "came back"))
            #expect(totals[place] == all.reduce(0) { $0 + ($1["came_back"] as? Int ?? 0) })
            let segments = try #require((found["segments"] as? [String: Any])?["segments"] as? [[String: Any]])
            #expect(segments.count == truth["segments"] as? Int)
            // The middle of the minutes of each way; means of people are rounded to where one person could not be told.
            let minutes = try segments.map { try #require(($0["centre"] as? [Double])?.first) }.sorted()
            for (own, middle) in zip(minutes, [9.0, 9, 22, 22, 45, 45]) { #expect(abs(own - middle) <= 2) }
            // Classes by month: in the first months everybody of a level is in its class.
            let months = try #require(tables.first { $0["name"] as? String == "engagement_months" })
            #expect(months["columns"] as? [String] == ["high", "medium", "low"])
            #expect(try #require(months["rows"] as? [String]).contains("2026-09"))
        }
    }

    @Test("Mistake: noise never added, privacy level ignored. Asked-for noise is drawn once, and the budget is kept")
    func mistakeNoNoise() async throws {
        try await inWorkshop { shop in
            try await sampled(
                shop,
                """
                  noise:
                    budget: 0.5
                    numbers:
                      active_people: {epsilon: 0.3}
                      sessions: {epsilon: 0.3, bound: 2}

                """)
            #expect(await build(shop) == .done, "\(shop.messages)")
            let first = try shop.json("site/runs/2026-11-19/privacy.json")
            let noise = try #require(first["noise"] as? [[String: Any]])
            #expect(noise[0]["value"] is Int)
            #expect(noise[1]["value"] is NSNull)
            #expect((noise[1]["reason"] as? String)?.contains("budget") == true)
            #expect(first["epsilon_spent"] as? Double == 0.3)
            // The day once more costs nothing and shows the same; the next one finds the budget used up.
            try FileManager.default.removeItem(at: shop.folder.appending(path: "site"))
            #expect(await build(shop) == .done)
            let again = try shop.json("site/runs/2026-11-19/privacy.json")
            #expect(NSDictionary(dictionary: again) == NSDictionary(dictionary: first))
            #expect(await build(shop, asOf: "2026-11-20") == .done)
            let next = try #require(try shop.json("site/runs/2026-11-20/privacy.json")["noise"] as? [[String: Any]])
            #expect(next.allSatisfy { $0["value"] is NSNull })
        }
    }

    @Test("Consent that is withdrawn takes every row of the person away, and is counted; retention drops old rows")
    func consentAndRetention() async throws {
        try await inWorkshop { shop in
            try await sampled(shop, "  retention_days: 60\n")
            #expect(await build(shop) == .done)
            let before = try #require(try people(shop)["cohorts"] as? [[String: Any]])
            // The first ten of the cohort of 60 say no; their sessions are in the archive already.
            let users = (1...10).map { "user-\(100_000 + $0 * 7)@example.org" }
            try shop.write(
                "user_id,therapeutic_focus,consent\n" + users.map { "\($0),anxiety,no\n" }.joined(),
                to: "exports/users-2026-11-20.csv")
            #expect(await build(shop, asOf: "2026-11-20") == .done, "\(shop.messages)")
            #expect(before[0]["n"] as? Int == 60)
            // Few of other groups are among the ten, so what was published stands until more has changed.
            let tables = try #require(try people(shop, "2026-11-20")["tables"] as? [[String: Any]])
            #expect(tables[0]["day"] as? String == "2026-11-19")
            let refused = try #require(
                try shop.json("site/runs/2026-11-20/privacy.json")["refused_rows"] as? [String: Any])
            #expect(try #require(refused["without_consent"] as? Int) >= 10)
            #expect(try #require(refused["past_retention"] as? Int) > 0)
            // Where nothing was published before, the ten do not count.
            #expect(
                await shop.build(
                    configuration: "assay.yaml", output: "site2", archive: "second.sqlite", asOf: "2026-11-20")
                    == .done, "\(shop.messages)")
            let fresh = try #require(
                try shop.json("site2/summaries/2026-11-20.json")["people"] as? [String: Any])
            let after = try #require(fresh["cohorts"] as? [[String: Any]])
            #expect(after[0]["n"] as? Int == 50)
        }
    }

    @Test("Mistake: a constant salt. Two archives have different keys, hence different pseudonyms")
    func mistakeConstantSalt() async throws {
        var keys: Set<String> = []
        for _ in 0..<2 {
            try await inWorkshop { shop in
                try await sampled(shop)
                #expect(await build(shop) == .done)
                keys.insert(String(decoding: try shop.read("privacy.key"), as: UTF8.self))
            }
        }
        #expect(keys.count == 2)
    }

    /// Twelve people of whom nothing is known but what they are here for.
    private static let focuses = "user_id,therapeutic_focus\n" + (0..<12).map { "u-\($0)-x,sleep\n" }.joined()

    @Test("Mistake: a lacking column fails. The report says what there is")
    func mistakeLackingColumn() async throws {
        try await inWorkshop { shop in
            // Nothing but ids and a focus: no session, progress, outcome or engagement.
            try shop.write(Self.focuses, to: "exports/users.csv")
            try shop.write(Self.sources, to: "assay.yaml")
            #expect(await build(shop) == .done, "\(shop.messages)")
            let cohorts = try #require(try people(shop)["cohorts"] as? [[String: Any]])
            #expect(cohorts.map { $0["n"] as? Int } == [12])
            let engagement = try #require(cohorts[0]["engagement"] as? [String: Any])
            #expect(engagement["mean"] is NSNull && engagement["reason"] is String)
        }
    }

    @Test(
        "Mistake: the audit's own insert fails its check. Each operation and level that may stand in it is one of those"
    )
    func mistakeAuditFailsItsCheck() async throws {
        try await inWorkshop { shop in
            try await sampled(shop)
            #expect(await build(shop) == .done, "\(shop.messages)")
            let audit = try shop.json("site/runs/2026-11-19/privacy.json")
            let operations = try #require(audit["operations"] as? [[String: Any]])
            #expect(
                Set(operations.compactMap { $0["operation"] as? String })
                    == ["data_access", "data_aggregation", "pattern_detection", "report_generation"])
            let levels = operations.compactMap { $0["level"] as? String }
            #expect(levels.count == operations.count && Set(levels).isSubset(of: ["low", "medium", "high", "maximum"]))
        }
    }

    @Test("Files of people that are dated by their names alone are reported as of that day, not of the clock's")
    func datedByName() async throws {
        try await inWorkshop { shop in
            try shop.write(Self.focuses, to: "exports/users-2026-11-15.csv")
            try shop.write(Self.sources, to: "assay.yaml")
            #expect(await shop.build(configuration: "assay.yaml") == .done, "\(shop.messages)")
            #expect(try people(shop, "2026-11-15")["cohorts"] is [Any])
        }
    }

    /// Progress in a person's own row has no day of its own, and counts on that of its delivery.
    @Test func rowsWithoutADayDoNotMoveTheReport() async throws {
        try await inWorkshop { shop in
            try shop.write(
                "user_id,outcome_category,measured_at\n"
                    + (0..<12).map { "u-\($0)-x,good,2026-10-0\($0 % 7 + 1)\n" }.joined(),
                to: "exports/outcomes.csv")
            try shop.write(
                "user_id,therapeutic_focus,overall_progress\n" + (0..<12).map { "u-\($0)-x,sleep,0.5\n" }.joined(),
                to: "exports/users.csv")
            try shop.write(Self.sources, to: "assay.yaml")
            #expect(await shop.build(configuration: "assay.yaml") == .done, "\(shop.messages)")
            let runs = shop.folder.appending(path: "site/runs").path
            #expect(try FileManager.default.contentsOfDirectory(atPath: runs) == ["2026-10-07"])
        }
    }

    @Test("Mistake: random figures. The same exports give the same bytes, apart from the key")
    func mistakeRandom() async throws {
        try await inWorkshop { shop in
            try await sampled(shop)
            #expect(await build(shop) == .done)
            let first = try shop.files(in: "site")
            try FileManager.default.removeItem(at: shop.folder.appending(path: "site"))
            try FileManager.default.removeItem(at: shop.folder.appending(path: "archive.sqlite"))
            #expect(await build(shop) == .done)
            let second = try shop.files(in: "site")
            #expect(first == second)
        }
    }

    @Test("Mistake: values unescaped, pages load from a network. A hostile focus stands as text")
    func mistakeUnescaped() async throws {
        try await inWorkshop { shop in
            let rows = (0..<12).map { "u-\($0)-x,<script>alert(1)</script>,low,low\n" }.joined()
            try shop.write(
                "user_id,therapeutic_focus,session_frequency,engagement_level\n" + rows, to: "exports/users.csv")
            try shop.write(Self.sources, to: "assay.yaml")
            #expect(await build(shop) == .done, "\(shop.messages)")
            let page = String(decoding: try shop.read("site/runs/2026-11-19/cohorts/index.html"), as: UTF8.self)
            #expect(!page.contains("<script>alert"))
            #expect(page.contains("&lt;script&gt;alert"))
        }
    }

    @Test("Forgetting takes a person out of rows about people, too")
    func forgets() async throws {
        try await inWorkshop { shop in
            try await sampled(shop)
            #expect(await build(shop) == .done)
            let (status, text) = await shop.forget("user-100007@example.org")
            #expect(status == .done, "\(shop.messages)")
            #expect(text.contains("rows about people read: 0 of the person"), "\(text)")
            #expect(text.contains("made_again\t2026-11-19"), "\(text)")
            let cohorts = try #require(try people(shop)["cohorts"] as? [[String: Any]])
            #expect(cohorts[0]["n"] as? Int == 59)
        }
    }
}
