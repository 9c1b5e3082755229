import Foundation
import Testing

@testable import Pipeline

@Suite("Consent and retention of session records that name people")
struct RecordConsentTests {
    private func configuration(_ privacy: String) -> String {
        """
        title: People
        output: site
        archive: archive.sqlite
        sources:
          sessions: {files: ["sessions*"], id: session_id, time: started_at, person: user_id}
          marks: {files: ["marks*"], role: scores, id: session_id}
          people: {files: ["users*"], role: people}
        metrics:
          accuracy: {source: sessions, range: [0, 1], direction: higher}
          quality: {source: marks, range: [0, 1], direction: higher}
        dimensions:
          tier: {source: sessions}
        privacy: {k: 3\(privacy)}
        """
    }

    /// Sessions of 12 people over 20 days, the twentieth is 2026-10-29; and a mark for each.
    private func write(
        _ shop: Workshop, to folder: String, name: String = "1",
        where isIn: (_ person: Int, _ day: Int) -> Bool = { _, _ in true }
    ) throws {
        let rows = (0..<240).filter { isIn($0 % 12, $0 % 20) }
        try shop.write(
            "session_id,user_id,started_at,tier,accuracy\n"
                + rows.map {
                    "s\($0)x,user-\($0 % 12)@x.org,2026-10-\(10 + $0 % 20)T10:00:00Z,\($0 % 2 == 0 ? "A" : "B"),0.\(100 + $0)\n"
                }.joined(), to: "\(folder)/sessions\(name).csv")
        try shop.write(
            "session_id,quality\n" + rows.map { "s\($0)x,0.\(900 - $0)\n" }.joined(),
            to: "\(folder)/marks\(name).csv")
    }

    private func figures(_ shop: Workshop, _ site: String = "site") throws -> NSDictionary {
        let summary = try shop.json("\(site)/summaries/2026-10-29.json")
        return NSDictionary(dictionary: try #require(summary["distribution"] as? [String: Any]))
    }

    private func refused(_ shop: Workshop) throws -> [String: Any] {
        try #require(try shop.json("site/runs/2026-10-29/privacy.json")["refused_rows"] as? [String: Any])
    }

    private func build(_ shop: Workshop, _ folder: String = "exports", site: String = "site") async
        -> Pipeline.ExitStatus
    {
        await shop.build(
            [folder], configuration: "assay.yaml", output: site, archive: site + ".sqlite", asOf: "2026-10-29")
    }

    private func users(_ answers: [Int: String]) -> String {
        "user_id,therapeutic_focus,consent\n"
            + (0..<12).map { "user-\($0)@x.org,sleep,\(answers[$0] ?? "yes")\n" }.joined()
    }

    @Test("Who says no leaves every figure, and later exports of the same rows change nothing")
    func consent() async throws {
        try await inWorkshop { shop in
            try shop.write(configuration(""), to: "assay.yaml")
            try write(shop, to: "exports")
            try shop.write(users([:]), to: "exports/users1.csv")
            #expect(await build(shop) == .done, "\(shop.messages)")
            let all = try figures(shop)
            try shop.write(users([3: "no", 7: "no"]), to: "exports/users2.csv")
            #expect(await build(shop) == .done, "\(shop.messages)")
            try write(shop, to: "other") { person, _ in person != 3 && person != 7 }
            try shop.write(users([:]), to: "other/users1.csv")
            #expect(await build(shop, "other", site: "site2") == .done, "\(shop.messages)")
            let without = try figures(shop, "site2")
            let left = try figures(shop)
            #expect(left == without && all != without)
            // 40 sessions and 40 marks, but of two people alone, so that no number is told.
            #expect(try refused(shop)["without_consent"] is NSNull)
            // The night after delivers everything again, and one session more of who said no.
            try write(shop, to: "exports", name: "2")
            let again = String(decoding: try shop.read("exports/sessions2.csv"), as: UTF8.self)
            try shop.write(again + "s900x,user-3@x.org,2026-10-29T10:00:00Z,A,0.9\n", to: "exports/sessions2.csv")
            #expect(await build(shop) == .done, "\(shop.messages)")
            let still = try figures(shop)
            #expect(still == without)
            let shown = await shop.verify(archive: "site.sqlite")
            #expect(shown.status == .done, "\(shop.messages)")
        }
    }

    @Test("Where agreement is needed only those count who have given it")
    func optIn() async throws {
        try await inWorkshop { shop in
            try shop.write(configuration(", consent: opt_in"), to: "assay.yaml")
            try write(shop, to: "exports")
            try shop.write(
                "user_id,therapeutic_focus,consent\n"
                    + (0..<6).map { "user-\($0)@x.org,sleep,yes\n" }.joined(), to: "exports/users1.csv")
            #expect(await build(shop) == .done, "\(shop.messages)")
            try write(shop, to: "other") { person, _ in person < 6 }
            try shop.write(users([:]), to: "other/users1.csv")
            #expect(await build(shop, "other", site: "site2") == .done, "\(shop.messages)")
            let (own, expected) = (try figures(shop), try figures(shop, "site2"))
            #expect(own == expected)
        }
    }

    @Test("Rows past retention leave the figures of their days, whenever they were delivered")
    func retention() async throws {
        try await inWorkshop { shop in
            try shop.write(configuration(""), to: "assay.yaml")
            try write(shop, to: "exports")
            try shop.write(users([:]), to: "exports/users1.csv")
            #expect(await build(shop) == .done, "\(shop.messages)")
            // Ten days are kept from now on; the same rows come once more.
            try shop.write(configuration(", retention_days: 10"), to: "assay.yaml")
            try write(shop, to: "exports", name: "2")
            let again = String(decoding: try shop.read("exports/sessions2.csv"), as: UTF8.self)
            try shop.write(again + "s901x,user-3@x.org,2026-10-29T10:00:00Z,A,0.9\n", to: "exports/sessions2.csv")
            #expect(await build(shop) == .done, "\(shop.messages)")
            try write(shop, to: "other") { _, day in day >= 10 }
            let newer = String(decoding: try shop.read("other/sessions1.csv"), as: UTF8.self)
            try shop.write(newer + "s901x,user-3@x.org,2026-10-29T10:00:00Z,A,0.9\n", to: "other/sessions1.csv")
            try shop.write(users([:]), to: "other/users1.csv")
            #expect(await build(shop, "other", site: "site2") == .done, "\(shop.messages)")
            let (own, expected) = (try figures(shop), try figures(shop, "site2"))
            #expect(own == expected)
            let past = try #require(try refused(shop)["past_retention"] as? Int)
            #expect(past > 0)
            let shown = await shop.verify(archive: "site.sqlite")
            #expect(shown.status == .done, "\(shop.messages)")
        }
    }
}
