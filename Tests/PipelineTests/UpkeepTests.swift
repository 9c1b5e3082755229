import Foundation
import Pipeline
import Testing

/// Pruning, checking, copying and showing as a user does them.
@Suite(.serialized) struct UpkeepTests {
    private func built(_ configuration: String = "", _ body: (Workshop) async throws -> Void) async throws {
        try await inWorkshop { workshop in
            #expect(await workshop.sample(sessions: 400, days: 40) == .done)
            try workshop.write(
                Workshop.configuration + "\nanalysis: {forecast_days: 0}\n" + configuration, to: "assay.yaml")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            try await body(workshop)
        }
    }

    @Test func pruningKeepsEveryFigureAndRefusesLateRows() async throws {
        try await built("\nretention: {row_days: 10}\n") { workshop in
            let distributions = "site/runs/2026-11-19/exports/distributions.csv"
            let before = try workshop.read(distributions)
            #expect(await workshop.prune(rowDays: nil, isDryRun: true) == .done, "\(workshop.messages)")
            #expect(workshop.messages.last?.contains("would be dropped") == true)
            let size = try workshop.read("archive.sqlite").count
            #expect(await workshop.prune(rowDays: nil) == .done, "\(workshop.messages)")
            #expect(try workshop.read("archive.sqlite").count < size)
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            #expect(try workshop.read(distributions) == before)
            let page = String(decoding: try workshop.read("site/runs/2026-11-19/data/index.html"), as: UTF8.self)
            #expect(page.contains("rows of days before 2026-11-10 have been pruned"))

            try workshop.write(
                "session_id,started_at,resolved\nS_A,2026-11-09 10:00:00,1\nS_B,2026-11-10 10:00:00,1\n",
                to: "later/sessions-late.csv")
            #expect(await workshop.build(["later"]) == .done, "\(workshop.messages)")
            let shown = await workshop.show("2").text
            #expect(
                shown.contains("reject\tsessions-late.csv:2\tpruned_day\tstarted_at\t2026-11-09 10:00:00"), "\(shown)")
            #expect(await workshop.undo(1) == .failed)
            #expect(workshop.messages.contains { $0.contains("their rows have been pruned") })
            #expect(await workshop.undo(2) == .done)
            #expect(await workshop.verify(days: 100).status == .done, "\(workshop.messages)")
        }
    }

    /// The newest runs and the last of each month keep their pages; every run keeps its summary.
    @Test func pagesGoByCountAndSummariesStay() async throws {
        try await built("\nretention: {runs: 2}\n") { workshop in
            for day in ["2026-10-30", "2026-10-31", "2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19"] {
                #expect(await workshop.build(asOf: day) == .done, "\(workshop.messages)")
            }
            let runs = try FileManager.default.contentsOfDirectory(
                atPath: workshop.folder.appending(path: "site/runs").path)
            #expect(runs.sorted() == ["2026-10-31", "2026-11-18", "2026-11-19"])
            let files = try workshop.files(in: "site").keys
            #expect(files.count { $0.hasPrefix("summaries/") } == 6)
            let archive = String(decoding: try workshop.read("site/archive/index.html"), as: UTF8.self)
            #expect(archive.contains("runs/2026-10-31/") && !archive.contains("runs/2026-10-30/"))
        }
    }

    @Test func aCopyTakesTheArchivesPlace() async throws {
        try await built { workshop in
            #expect(await workshop.backUp(to: "copy.sqlite") == .done, "\(workshop.messages)")
            #expect(await workshop.backUp(to: "copy.sqlite") == .cannotWrite)
            let site = try workshop.files(in: "site")
            try workshop.write("damaged", to: "archive.sqlite")
            for name in ["archive.sqlite-wal", "archive.sqlite-shm"] {
                _ = try? FileManager.default.removeItem(at: workshop.folder.appending(path: name))  // may not be there
            }
            #expect(await workshop.build() == .failed)
            #expect(await workshop.verify().status == .failed)
            #expect(try workshop.files(in: "site") == site)
            try workshop.read("copy.sqlite").write(to: workshop.folder.appending(path: "archive.sqlite"))
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            #expect(try workshop.files(in: "site") == site)
            #expect(await workshop.verify().status == .done)
        }
    }

    @Test func showNamesWhatItKnows() async throws {
        try await built { workshop in
            let delivery = await workshop.show("1")
            #expect(delivery.text.contains("file\tinterventions.csv\tinterventions\t"), "\(delivery.text)")
            let run = await workshop.show("2026-11-19")
            #expect(run.text.contains("outcome\tdone"))
            let manifest = try #require(run.text.split(separator: "\n").first { $0.hasPrefix("manifest\t") })
            #expect(manifest.count == 9 + 64)
            #expect(await workshop.show("nothing").status == .usage)
        }
    }

    @Test func aNightThatWasInterruptedSaysTheSame() async throws {
        try await inWorkshop { workshop in
            #expect(await workshop.sample(sessions: 200, days: 10) == .done)
            try workshop.write(Workshop.configuration + "\nanalysis: {forecast_days: 0}\n", to: "assay.yaml")
            // A remark on reading: the column of a dimension is not there.
            try workshop.write("session_id,started_at\nS_X,2026-11-19 10:00:00\n", to: "exports/sessions-z.csv")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let before = try workshop.files(in: "site")
            // As after a kill between the archive and the site: everything is known, nothing is published.
            try FileManager.default.removeItem(at: workshop.folder.appending(path: "site"))
            #expect(await workshop.build() == .done)
            #expect(try workshop.files(in: "site") == before)
            #expect(
                String(decoding: try #require(before["runs/2026-11-19/data/index.html"]), as: UTF8.self)
                    .contains("sessions-z.csv"))
        }
    }
}
