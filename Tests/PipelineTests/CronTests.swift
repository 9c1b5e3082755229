import Foundation
import Pipeline
import Testing

/// What a cron owner meets: exports that overlap midnight, sites that were moved, deliveries that were taken out, odd files.
@Suite(.serialized) struct CronTests {
    private static let configuration = """
        sources: {rows: {id: id, time: time}}
        metrics: {value: {}}
        analysis: {forecast_days: 0}
        """

    private func rows(_ days: [String], from first: Int = 0) -> String {
        "id,time,value\n"
            + days.enumerated().map { "r\(first + $0),\($1) 03:00:00,\(first + $0)\n" }.joined()
    }

    private func records(_ workshop: Workshop, _ day: String) throws -> Int? {
        let summary = try workshop.json("site/runs/\(day)/summary.json")
        return (summary["data"] as? [String: Any])?["records"] as? Int
    }

    @Test func rowsOfTodayWaitForTomorrow() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.configuration, to: "assay.yaml")
            try workshop.write(rows(["2026-11-18", "2026-11-19", "2026-11-20"]), to: "exports/a.csv")
            #expect(await workshop.build(asOf: "2026-11-19") == .done, "\(workshop.messages)")
            #expect(try records(workshop, "2026-11-19") == 2)
            #expect(await workshop.build(asOf: "2026-11-20") == .done)
            #expect(try records(workshop, "2026-11-20") == 3)
        }
    }

    @Test func aSiteThatIsGoneIsBuiltAnew() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.configuration, to: "assay.yaml")
            try workshop.write(rows(["2026-11-01", "2026-11-02", "2026-11-03"]), to: "exports/a.csv")
            #expect(await workshop.build(asOf: "2026-11-02") == .done)
            #expect(await workshop.build(asOf: "2026-11-03") == .done)
            try FileManager.default.removeItem(at: workshop.folder.appending(path: "site"))
            #expect(await workshop.build(asOf: "2026-11-03") == .done, "\(workshop.messages)")
            #expect(await workshop.build(output: "elsewhere", asOf: "2026-11-03") == .done, "\(workshop.messages)")
        }
    }

    @Test func whatWasTakenOutStaysOut() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.configuration, to: "assay.yaml")
            try workshop.write(rows(["2026-11-01", "2026-11-02"]), to: "exports/a.csv")
            #expect(await workshop.build(asOf: "2026-11-19") == .done)
            try workshop.write(rows(["2026-11-03"], from: 10), to: "exports/b.csv")
            #expect(await workshop.build(asOf: "2026-11-19") == .done)
            #expect(try records(workshop, "2026-11-19") == 3)
            #expect(await workshop.undo(2, configuration: "assay.yaml") == .done)
            #expect(await workshop.build(asOf: "2026-11-19") == .done)
            #expect(try records(workshop, "2026-11-19") == 2)
            #expect(workshop.messages.contains { $0.contains("b.csv") && $0.contains("--take-back") })
        }
    }

    @Test func oneBrokenFileCostsTheNightOneFile() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.configuration, to: "assay.yaml")
            try workshop.write(rows(["2026-11-01", "2026-11-02"]), to: "exports/a.csv")
            try workshop.write("<html>502 Bad Gateway</html>\n", to: "exports/b.csv")
            #expect(await workshop.build(asOf: "2026-11-19") == .done, "\(workshop.messages)")
            #expect(try records(workshop, "2026-11-19") == 2)
            #expect(workshop.messages.contains { $0.contains("b.csv") && $0.contains("left out") })
        }
    }

    @Test func aNightOfRefusalsIsRefused() async throws {
        try await inWorkshop { workshop in
            try workshop.write(
                "sources: {rows: {id: id, time: time, time_format: mdy}}\nmetrics: {value: {}}\n", to: "assay.yaml")
            try workshop.write(rows(["2026-11-21", "2026-11-22"]), to: "exports/a.csv")
            #expect(await workshop.build(asOf: "2026-11-22") == .inputRefused)
            #expect(workshop.messages.contains { $0.contains("allowed_rejects") })
            #expect(workshop.messages.contains { $0.contains("a.csv:2") && $0.contains("bad_date") })
        }
    }

    @Test func theSiteIsNoDelivery() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.configuration, to: "assay.yaml")
            try workshop.write(rows(["2026-11-01", "2026-11-02"]), to: "exports/a.csv")
            #expect(await workshop.build(output: "exports/site", asOf: "2026-11-19") == .done)
            #expect(await workshop.build(output: "exports/site", asOf: "2026-11-19") == .done)
            #expect(workshop.messages.contains { $0.contains("no new files (1 known)") }, "\(workshop.messages)")
        }
    }

    @Test func theArchiveStaysOutOfTheSite() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.configuration, to: "assay.yaml")
            try workshop.write(rows(["2026-11-01"]), to: "exports/a.csv")
            #expect(await workshop.build(archive: "site/a.sqlite") == .configuration)
        }
    }
}
