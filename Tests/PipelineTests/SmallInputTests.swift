import Foundation
import Pipeline
import Testing

/// What is too small to rest decisions on is told, and refused with `--strict`.
@Suite(.serialized) struct SmallInputTests {
    private static func rows(_ count: Int, days: Int) -> String {
        "id,date,tier,score\n"
            + (0..<count).map { "r\($0),2026-11-\(10 + $0 % days),\($0 % 2 == 0 ? "a" : "b"),0.\(10 + $0 * 7 % 83)\n" }
            .joined()
    }

    @Test func thirtyRowsOfThreeDaysAreTooFew() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.rows(30, days: 3), to: "exports/rows.csv")
            #expect(await workshop.build(isStrict: true) == .inputRefused)
            #expect(workshop.messages.contains { $0.contains("30 records of 50, 3 days of 7") }, "\(workshop.messages)")
            #expect(try workshop.files(in: "site").isEmpty)
            // The rows stay: without --strict they make a report that says how small it is.
            #expect(await workshop.build() == .done)
            let page = String(decoding: try workshop.read("site/runs/2026-11-12/index.html"), as: UTF8.self)
            for words in [
                "Too little data for a verdict", "30 records of 50", "3 days of 7",
                "No change could be tested: there are records on 3 days",
                "no change: nothing earlier to compare with",
            ] { #expect(page.contains(words), "\(words)") }
            let groups = String(
                decoding: try workshop.read("site/runs/2026-11-12/comparisons/index.html"), as: UTF8.self)
            #expect(groups.contains("Nothing to compare: no group has 30 values of a metric."))
        }
    }

    @Test func fiftyRowsOfSevenDaysAreEnough() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.rows(50, days: 7), to: "exports/rows.csv")
            #expect(await workshop.build(isStrict: true) == .done, "\(workshop.messages)")
        }
    }

    /// Three nights whose rows say no time, in files that say the day: each night's rows are of that day.
    @Test func filesThatNameTheirDayDateTheirRows() async throws {
        try await inWorkshop { workshop in
            for day in 13...15 {
                let rows = (0..<20).map { "\(day)-\($0),0.\(100 + day * 3 + $0)\n" }.joined()
                try workshop.write("id,score\n" + rows, to: "exports/scores-2026-11-\(day).csv")
            }
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let data = try #require(
                try workshop.json("site/runs/2026-11-15/summary.json")["data"] as? [String: Any])
            #expect(data["records"] as? Int == 60)
            let days = String(decoding: try workshop.read("site/series/score.csv"), as: UTF8.self)
            #expect(days.contains("all,day,2026-11-13,20,0,") && days.contains("all,day,2026-11-15,20,0,"), "\(days)")
        }
    }
}
