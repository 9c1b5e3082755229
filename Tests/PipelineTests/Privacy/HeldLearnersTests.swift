import Archive
import Foundation
import Model
import Testing

@testable import Analysis
@testable import Pipeline

@Suite("Tables of all learners, and the page on privacy where little is told")
struct HeldLearnersTests {
    private func configuration(_ more: String = "") -> String {
        """
        output: site
        archive: archive.sqlite
        sources:
          lessons: {files: ["lessons*"], role: learning}
          people: {files: ["users*"], role: people}
        \(more)
        """
    }

    /// Each learner has a lesson on each of ten days, the first `few` another one, on a topic of theirs, at 21 o'clock of one day alone.
    private func lessons(of learners: Int, few: Int) -> String {
        let usual = (0..<learners).flatMap { learner in
            (1...10).map { "l\(learner)-\($0),learner-\(learner)@x.org,2026-10-\(9 + $0)T10:00:00Z,algebra,0.8\n" }
        }
        let rare = (0..<few).map { "r\($0),learner-\($0)@x.org,2026-10-25T21:00:00Z,zither,0.8\n" }
        return "session_id,learner_id,start_time,topics,average_quality\n" + (usual + rare).joined()
    }

    private func build(_ shop: Workshop, pages: String, learners: Int, few: Int) async throws {
        try shop.write(configuration("learning: {pages: \(pages)}"), to: "assay.yaml")
        try shop.write(lessons(of: learners, few: few), to: "exports/lessons.csv")
        #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-25") == .done, "\(shop.messages)")
    }

    private func rows(_ shop: Workshop, _ table: String) throws -> [String] {
        String(decoding: try shop.read("site/runs/2026-10-25/exports/\(table).csv"), as: UTF8.self)
            .split(whereSeparator: \.isNewline).dropFirst().map(String.init)
    }

    @Test("What two learners did stands nowhere unless each learner has pages, nor what would tell of it")
    func heldToK() async throws {
        try await inWorkshop { shop in
            try await build(shop, pages: "none", learners: 12, few: 2)
            for (name, bytes) in try shop.files(in: "site") {
                #expect(bytes.range(of: Data("zither".utf8)) == nil, "\(name)")
            }
            // Of 16 days 10 have all learners, 5 none; the last has two and is left out with the first of the ten.
            let days = try rows(shop, "learning-days")
            #expect(days.count == 14)
            #expect(!days.contains { $0.hasPrefix("2026-10-25") } && !days.contains { $0.hasPrefix("2026-10-10") })
            // Active in the last seven days, from the 19th on, are all 12: the tenth lesson is of the 19th.
            let learning = try #require(try shop.json("site/summaries/2026-10-25.json")["learning"] as? [String: Any])
            #expect(learning["active_7_days"] as? Int == 12)
            let page = String(decoding: try shop.read("site/runs/2026-10-25/learners/index.html"), as: UTF8.self)
            #expect(page.contains("days (2), hours (2), topics (2)"))
        }
        try await inWorkshop { shop in
            try await build(shop, pages: "all", learners: 12, few: 2)
            #expect(try rows(shop, "learning-days").count == 16)
            #expect(try rows(shop, "learning-topics").count == 2)
        }
    }

    @Test("Fewer than k learners have no pages at all without pages of their own, and the page on privacy says so")
    func tooFew() async throws {
        try await inWorkshop { shop in
            try await build(shop, pages: "none", learners: 4, few: 0)
            let files = try shop.files(in: "site").keys
            #expect(!files.contains { $0.contains("/learners/") || $0.contains("learning-") })
            #expect(files.contains { $0.hasSuffix("privacy/index.html") })
        }
    }

    @Test(
        "After pages of all learners a night without them tells neither whose streak is at risk nor exact rows, and names the pages left"
    )
    func afterAll() async throws {
        try await inWorkshop { shop in
            // Twelve learners from the 10th to the 19th; on the 20th all but one come. Nine have geometry besides.
            let header = "session_id,learner_id,start_time,topics,average_quality\n"
            let usual = (0..<12).flatMap { learner in
                (1...10).map {
                    "l\(learner)-\($0),learner-\(learner)@x.org,2026-10-\(9 + $0)T20:00:00Z,\(learner < 9 && $0 > 5 ? "geometry" : "algebra"),0.8\n"
                }
            }
            let last = (0..<11).map { "m\($0),learner-\($0)@x.org,2026-10-20T10:00:00Z,algebra,0.8\n" }
            try shop.write(configuration("learning: {pages: all}"), to: "assay.yaml")
            try shop.write(header + usual.joined(), to: "exports/lessons1.csv")
            #expect(
                await shop.build(configuration: "assay.yaml", asOf: "2026-10-19") == .done,
                "\(shop.messages)")
            let marks = String(
                decoding: try shop.read("site/runs/2026-10-19/exports/learning-milestones.csv"), as: UTF8.self)
            // The tenth session of each is of the 19th; each topic of October stands with its days.
            #expect(
                marks.split(whereSeparator: \.isNewline).count { $0.contains(",2026-10-19,volume,sessions,10") } == 12)
            let reached = String(
                decoding: try shop.read("site/runs/2026-10-19/exports/learning-reached.csv"), as: UTF8.self)
            #expect(
                reached.split(whereSeparator: \.isNewline).count { $0.contains(",month,2026-10,topic,algebra,,5") } == 9
            )
            #expect(
                reached.split(whereSeparator: \.isNewline).count { $0.contains(",month,2026-10,topic,algebra,,10") }
                    == 3)
            try shop.write(configuration("learning: {pages: none}"), to: "assay.yaml")
            try shop.write(header + last.joined(), to: "exports/lessons2.csv")
            #expect(
                await shop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .done,
                "\(shop.messages)")
            let learning = try #require(try shop.json("site/summaries/2026-10-20.json")["learning"] as? [String: Any])
            #expect(learning["at_risk"] is NSNull)
            #expect(shop.messages.contains { $0.contains("pages of single learners") })
            let privacy = try shop.json("site/runs/2026-10-20/privacy.json")
            #expect(privacy["earlier_learner_pages"] as? [String] == ["2026-10-19"])
            let page = String(decoding: try shop.read("site/runs/2026-10-20/privacy/index.html"), as: UTF8.self)
            #expect(page.contains("Pages of single learners still stand in"))
            // 120 and 11 rows were delivered.
            let files = try shop.read("site/runs/2026-10-20/exports/files.csv")
            let told = String(decoding: files, as: UTF8.self)
            #expect(told.contains(",100,100,0,") && told.contains(",10,10,0,") && !told.contains(",120,"))
        }
    }

    @Test("A number of learners of a topic that leaves few without it is not told")
    func nearlyAll() async throws {
        try await inWorkshop { shop in
            let rows = (0..<12).flatMap { learner in
                (1...10).map {
                    "l\(learner)-\($0),learner-\(learner)@x.org,2026-10-\(9 + $0)T10:00:00Z,\(learner < 9 && $0 > 5 ? "geometry" : "algebra"),0.8\n"
                }
            }
            try shop.write(configuration("learning: {pages: none}"), to: "assay.yaml")
            try shop.write(
                "session_id,learner_id,start_time,topics,average_quality\n" + rows.joined(), to: "exports/lessons.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-25") == .done, "\(shop.messages)")
            let topics = try learnersOfTopics(shop)
            // All twelve have algebra; geometry has nine of them, and three have not.
            #expect(topics["algebra"] == "12" && topics["geometry"] == "", "\(topics)")
        }
    }

    private func learnersOfTopics(_ shop: Workshop) throws -> [String: String] {
        Dictionary(
            try rows(shop, "learning-topics").map { row in
                let cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                return (cells[0], cells[2])
            }
        ) { first, _ in first }
    }

    @Test("The page on privacy stands where nobody agrees")
    func nobodyAgrees() async throws {
        try await inWorkshop { shop in
            try shop.write(configuration(), to: "assay.yaml")
            let people = (0..<20).map { "user-\($0)@x.org,sleep,no\n" }.joined()
            try shop.write("user_id,therapeutic_focus,consent\n" + people, to: "exports/users.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-25") == .done, "\(shop.messages)")
            _ = try shop.json("site/runs/2026-10-25/privacy.json")
        }
    }

    @Test("Session records of people go when they are past retention, in a run that reads nothing new, too")
    func retention() async throws {
        try await inWorkshop { shop in
            try shop.write(
                """
                output: site
                archive: archive.sqlite
                sources:
                  sessions: {files: ["sessions*"], id: session_id, time: started_at, person: user_id}
                metrics:
                  accuracy: {source: sessions, range: [0, 1], direction: higher}
                privacy: {k: 3, retention_days: 30}
                """, to: "assay.yaml")
            let rows = (0..<60).map { "s\($0)x,user-\($0 % 6)@x.org,2026-10-\(10 + $0 / 6)T10:00:00Z,0.\(100 + $0)\n" }
            try shop.write("session_id,user_id,started_at,accuracy\n" + rows.joined(), to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-19") == .done, "\(shop.messages)")
            // On 12 November 14 October is the first of 30 days: four of the ten days are past.
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-11-12") == .done, "\(shop.messages)")
            let empty = try #require(Catalogue(metrics: [], dimensions: []))
            let archive = try Archive(reading: shop.folder.appending(path: "archive.sqlite").path, catalogue: empty)
            #expect(try archive.dayRange()?.start == Day(iso: "2026-10-14"))
            #expect(try archive.dayRange()?.last == Day(iso: "2026-10-19"))
        }
    }

    @Test("Gaussian noise that can never be drawn is named by `assay check`, with the least ε that can be")
    func undrawable() async throws {
        // Δ = 3, δ = 10⁻⁶: √(ln 10⁶ + 0.001) − √(ln 10⁶) = 0.000134515, and 9 / (2 · 0.000134515²) = 248,688,190.
        let query = NoiseQuery(kind: .sessions, epsilon: 0.001, mechanism: .gaussian, delta: 1e-6)
        #expect(!query.isDrawable)
        // ρ = 9 / (2 · 10⁷), ε = ρ + 2 √(ρ · ln 10⁶) = 0.0049872, rounded up to thousandths.
        #expect(query.leastDrawableEpsilon == 0.005)
        #expect(NoiseQuery(kind: .sessions, epsilon: 0.005, mechanism: .gaussian, delta: 1e-6).isDrawable)
        #expect(!NoiseQuery(kind: .sessions, epsilon: 0.004_98, mechanism: .gaussian, delta: 1e-6).isDrawable)
        try await inWorkshop { shop in
            try shop.write(
                configuration("privacy: {noise: {numbers: {sessions: {epsilon: 0.001, mechanism: gaussian}}}}"),
                to: "assay.yaml")
            try shop.write(lessons(of: 3, few: 0), to: "exports/lessons.csv")
            #expect(await shop.check(configuration: "assay.yaml") == .done)
            #expect(
                shop.messages.contains { $0.contains("= 248688190") && $0.contains("10000000") }, "\(shop.messages)")
        }
    }
}
