import Foundation
import Model
import Testing

@testable import Pipeline

@Suite("What declared reports leave out, and why")
struct CustomGapTests {
    private func report(_ shop: Workshop, _ name: String) throws -> [String: Any] {
        let all = try #require(try shop.json("site/summaries/2026-10-29.json")["reports"] as? [String: Any])
        return try #require(all[name] as? [String: Any])
    }

    private func page(_ shop: Workshop, _ path: String) throws -> String {
        String(decoding: try shop.read("site/runs/2026-10-29/reports/\(path)"), as: UTF8.self)
    }

    /// On 2026-10-26 to 28 twelve people use voice each day, persons 0 to 11; on the 29th only persons 12, 13 and 14 do, and ten
    /// others chat. So voice is of 15 people, but of 12 on the days that can be told.
    private static let thinDay: String = {
        var lines = ["session_id,user_id,started_at,tier,dataset,accuracy,latency"]
        for day in 26...29 {
            let voice = day == 29 ? Array(12..<15) : Array(0..<12)
            for person in voice + Array(20..<40) {
                let tier = person < 20 ? "voice" : "chat"
                lines.append(
                    "s\(day)-\(person)x,person-\(person)@x,2026-10-\(day)T10:00:00Z,\(tier),one,0.\(300 + person * 7),\(person)"
                )
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }()

    @Test("Days of few people are named with their reason, and the people counted are those of the days that are told")
    func thinDays() async throws {
        try await inWorkshop { shop in
            try shop.write(
                CustomReportTests.configuration + """

                    reports:
                      voice: {filter: {tier: voice}, range: 4d, by: [dataset], sections: [figures], charts: []}
                      thin: {filter: {tier: voice}, range: 1d, sections: [figures]}
                    """, to: "assay.yaml")
            try shop.write(Self.thinDay, to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .done, "\(shop.messages)")
            let made = try report(shop, "voice")
            #expect(made["records"] as? Int == 36)
            // 12 people, in steps of k = 5; 15 with those of the day that is left out.
            #expect(made["people_at_least"] as? Int == 10)
            let left = try #require(made["left_out"] as? [String: Any])
            let days = try #require(left["days"] as? [[String: String]])
            #expect(days == [["day": "2026-10-29", "reason": "few_people"]])
            let text = try page(shop, "voice/index.md")
            #expect(text.contains("36 records on 3 of 4 days"), "\(text)")
            #expect(text.contains("**Left out**: 1 of 4 days"))
            #expect(text.contains("| 29 October 2026 | 1 | fewer than 5 people |"))
            #expect(text.contains("**People**: at least 10,"))
            // A report of nothing but such a day is not one without records.
            let thin = try page(shop, "thin/index.md")
            #expect(thin.contains("Nothing can be said: fewer than 5 people"), "\(thin)")
        }
    }

    @Test("The days in a row that are left out for one reason are one span")
    func spans() throws {
        let first = try #require(Day(iso: "2026-10-30"))
        var held = HeldBack()
        for step in [0, 1, 2, 5] { held[first.advanced(by: step)].reason = .fewPeople }
        held[first.advanced(by: 3)].reason = .fewBeside
        #expect(held.days == 5)
        let days = held.wholeDays.map(\.day.iso)
        #expect(days == ["2026-10-30", "2026-10-31", "2026-11-01", "2026-11-02", "2026-11-04"])
        let october = try #require(Period(start: first, end: first.advanced(by: 2)))
        #expect(held.limited(to: october).days == 2)
    }

    @Test(
        "A chosen part without figures says why",
        arguments: [
            (
                "{range: 30d, by: [], sections: [drivers, pairs]}",
                "What drove the change | the whole report | the report groups by nothing"
            ),
            ("{range: 30d, by: [tier], sections: [adjusted]}", "no second dimension in which records could be alike"),
            (
                "{range: 30d, by: [tier], sections: [places]}",
                "fewer than two groups have 30 records or more both in the last 30 days"
            ),
            ("{range: 30d, metrics: [latency], charts: [bands]}", "the metric has no bands"),
            ("{range: 5d, metrics: [latency], charts: [boxes]}", "two groups that are large enough"),
        ])
    func emptyParts(definition: String, reason: String) async throws {
        try await inWorkshop { shop in
            let bare = CustomReportTests.configuration.replacing(", person: user_id", with: "")
            try shop.write(bare + "\nreports:\n  x: \(definition)\n", to: "assay.yaml")
            try shop.write(CustomReportTests.rows, to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .done, "\(shop.messages)")
            let text = try page(shop, "x/index.md")
            #expect(text.contains("## What cannot be shown") && text.contains(reason), "\(text)")
        }
    }

    @Test("A page of pairs says that there are none instead of counting 0 of 0")
    func noPairs() async throws {
        try await inWorkshop { shop in
            let bare = CustomReportTests.configuration.replacing(", person: user_id", with: "")
            try shop.write(
                bare + "\nreports:\n  x: {filter: {tier: a}, by: [tier], sections: [pairs]}\n", to: "assay.yaml")
            try shop.write(CustomReportTests.rows, to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .done, "\(shop.messages)")
            let text = try page(shop, "x/by-tier-pairs.md")
            #expect(text.contains("There are no pairs: no metric has two groups of 30 records or more."), "\(text)")
            #expect(!text.contains("0 of 0"))
        }
    }
}

@Suite("A check finds what a build refuses")
struct BuildableCheckTests {
    @Test(
        "A value that no record has, in the archive or in the files, is found without a build",
        arguments: [
            (
                "reports:\n  x: {filter: {tier: aa}}",
                "report `x` matches nothing: no record has the value `aa` of `tier`"
            ),
            (
                "alerts:\n  y: {metric: latency, above: 3, where: {tier: z}}",
                "alert rule `y` matches nothing: no record has the value `z` of `tier`"
            ),
            (
                "health:\n  points:\n    cpu: {above: 90}\n", "matches nothing: no point is called `cpu`"
            ),
        ])
    func unmatched(wrong: String, message: String) async throws {
        try await inWorkshop { shop in
            try shop.write(CustomReportTests.configuration + "\n" + wrong + "\n", to: "assay.yaml")
            try shop.write(CustomReportTests.rows, to: "exports/sessions.csv")
            #expect(await shop.check(configuration: "assay.yaml") == .configuration, "\(shop.messages)")
            #expect(shop.messages.contains { $0.contains(message) }, "\(shop.messages)")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .configuration)
        }
    }

    @Test("Values count that are stored, and those that the files bring")
    func matched() async throws {
        try await inWorkshop { shop in
            let wanted = "\nreports:\n  x: {filter: {tier: [a, later]}}\n"
            try shop.write(CustomReportTests.configuration, to: "assay.yaml")
            try shop.write(CustomReportTests.rows, to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .done, "\(shop.messages)")
            try shop.write(CustomReportTests.configuration + wanted, to: "assay.yaml")
            try shop.write(
                "session_id,user_id,started_at,tier,dataset,accuracy,latency\ns900x,person-1@x,2026-10-29T11:00:00Z,later,one,0.5,1.0\n",
                to: "more/sessions-2.csv")
            #expect(await shop.check(["more"], configuration: "assay.yaml") == .done, "\(shop.messages)")
            #expect(await shop.check(["exports"], configuration: "assay.yaml") == .configuration)
        }
    }

    @Test("A key of pseudonyms other than the archive's is found without a build")
    func otherKey() async throws {
        try await inWorkshop { shop in
            try shop.write(CustomReportTests.configuration, to: "assay.yaml")
            try shop.write(CustomReportTests.rows, to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .done, "\(shop.messages)")
            #expect(await shop.check(configuration: "assay.yaml") == .done, "\(shop.messages)")
            try FileManager.default.removeItem(at: shop.folder.appending(path: "privacy.key"))
            #expect(await shop.check(configuration: "assay.yaml") == .configuration)
            #expect(shop.messages.contains { $0.contains("key of pseudonyms") }, "\(shop.messages)")
        }
    }
}
