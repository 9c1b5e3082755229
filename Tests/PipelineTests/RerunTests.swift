import Foundation
import Pipeline
import Testing

/// A build that has nothing to do ends at once, and every build that has something to do does it.
@Suite(.serialized) struct RerunTests {
    /// Forecasts take most of a small build.
    private static let configuration = Workshop.configuration + "\nanalysis: {forecast_days: 0}\n"
    private static let page = "site/runs/2026-11-19/data/index.html"

    private func built(_ body: (Workshop) async throws -> Void) async throws {
        try await inWorkshop { workshop in
            #expect(await workshop.sample(sessions: 360, days: 12) == .done)
            try workshop.write(Self.configuration, to: "assay.yaml")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            try await body(workshop)
        }
    }

    /// Builds and says whether it found that there was nothing to do.
    private func rests(_ workshop: Workshop, asOf: String? = nil, output: String = "site") async -> Bool {
        let said = workshop.messages.count
        #expect(await workshop.build(output: output, asOf: asOf) == .done, "\(workshop.messages)")
        return workshop.messages[said...].contains { $0.contains("nothing to do") }
    }

    @Test func theSameOnceMoreRewritesNothing() async throws {
        try await built { workshop in
            let (site, archive) = (try workshop.dates(in: "site"), try workshop.read("archive.sqlite"))
            #expect(await rests(workshop))
            #expect(await rests(workshop, asOf: nil))
            #expect(try workshop.dates(in: "site") == site)
            #expect(try workshop.read("archive.sqlite") == archive)
            #expect(await workshop.build(requiresNewData: true) == .noNewData)
        }
    }

    @Test func aTouchedFileIsHashedAndAChangedOneIsRead() async throws {
        try await built { workshop in
            let name = "exports/sessions-2026-11.csv"
            let bytes = try workshop.read(name)
            try workshop.write(String(decoding: bytes, as: UTF8.self), to: name)
            #expect(await rests(workshop))
            // The same length, the same second, another digit.
            var changed = bytes
            let last = try #require(changed.lastIndex { (0x30...0x38).contains($0) })
            changed[last] += 1
            try changed.write(to: workshop.folder.appending(path: name))
            #expect(await !rests(workshop))
            #expect(workshop.messages.contains { $0.contains("1 new file") })
            #expect(await rests(workshop))
        }
    }

    /// A night with years beside it reads only what is new: files that rested when they were hashed are known by their
    /// dates, and one of them that changes is still found.
    @Test func aNightBesideKnownFilesIsWhatARebuildIs() async throws {
        try await inWorkshop { workshop in
            #expect(await workshop.sample(sessions: 360, days: 12) == .done)
            try workshop.write(Self.configuration, to: "assay.yaml")
            let (late, old) = ("exports/sessions-2026-11.csv", "exports/quality-2026-11.csv")
            let (night, scores) = (try workshop.read(late), try workshop.read(old))
            let lines = night.split(separator: 0x0A, omittingEmptySubsequences: false)
            try workshop.write(
                String(decoding: Data(lines.prefix(200).joined(separator: [0x0A])), as: UTF8.self) + "\n", to: late)
            try await Task.sleep(for: .seconds(3))
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            try night.write(to: workshop.folder.appending(path: late))
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            #expect(workshop.messages.contains { $0.contains("1 new file") })
            // The same length, other digits, in a file that the second build did not read.
            try Data(scores.map { $0 == 0x37 ? 0x36 : $0 }).write(to: workshop.folder.appending(path: old))
            let said = workshop.messages.count
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            #expect(workshop.messages[said...].contains { $0.contains("1 new file") })
        }
    }

    @Test func aChangedRegisterIsRead() async throws {
        try await built { workshop in
            let name = "exports/interventions.csv"
            let text = String(decoding: try workshop.read(name), as: UTF8.self)
            try workshop.write(text.replacingOccurrences(of: "INT_001", with: "INT_091"), to: name)
            #expect(await !rests(workshop))
            let summary = try workshop.json("site/runs/2026-11-19/summary.json")
            #expect((summary["improvement"] as? [String: Any])?["INT_091"] != nil)
        }
    }

    /// What was published is put right again, whatever happened to it.
    @Test func damageIsRepaired() async throws {
        try await built { workshop in
            let before = try workshop.files(in: "site")
            for path in [
                "runs/2026-11-19/data/index.html", "runs/2026-11-19/manifest.json", "summaries/2026-11-19.json",
            ] {
                try workshop.write("damaged", to: "site/\(path)")
                #expect(await !rests(workshop), "\(path)")
                #expect(try workshop.files(in: "site") == before)
            }
            for path in ["runs/2026-11-19/data/index.html", "archive/index.html", "index.html", "assay.prom"] {
                try FileManager.default.removeItem(at: workshop.folder.appending(path: "site/\(path)"))
                #expect(await !rests(workshop), "\(path)")
                #expect(try workshop.files(in: "site") == before)
            }
            #expect(await rests(workshop))
        }
    }

    @Test func aStrangeFileInTheRunGoes() async throws {
        try await built { workshop in
            let before = try workshop.files(in: "site")
            try workshop.write("?", to: "site/runs/2026-11-19/data/strange.html")
            #expect(await !rests(workshop))
            #expect(try workshop.files(in: "site") == before)
        }
    }

    @Test func aMovedSiteIsMadeAgain() async throws {
        try await built { workshop in
            let before = try workshop.files(in: "site")
            try FileManager.default.moveItem(
                at: workshop.folder.appending(path: "site"), to: workshop.folder.appending(path: "moved"))
            #expect(await !rests(workshop))
            #expect(try workshop.files(in: "site") == before)
            #expect(await !rests(workshop, output: "moved"))
            #expect(try workshop.files(in: "moved") == before)
        }
    }

    @Test func templatesAndConfigurationCount() async throws {
        try await built { workshop in
            try workshop.write(Self.configuration + "\ntemplates: mine\n", to: "assay.yaml")
            try workshop.write("<p class=\"notice\">MINE</p>\n", to: "mine/blocks/notice.html")
            #expect(await !rests(workshop))
            #expect(await rests(workshop))
            try workshop.write(
                "<dl>{% for item in items %}<dt>{{ item.label }}</dt><dd>MINE</dd>{% endfor %}</dl>",
                to: "mine/blocks/key_figures.html")
            #expect(await !rests(workshop))
            #expect(String(decoding: try workshop.read("site/index.html"), as: UTF8.self).contains("MINE"))
            try workshop.write(
                Self.configuration.replacingOccurrences(of: "Small report", with: "Other name"), to: "assay.yaml")
            #expect(await !rests(workshop))
            #expect(String(decoding: try workshop.read(Self.page), as: UTF8.self).contains("Other name"))
        }
    }

    @Test func anotherDayAndUndoCount() async throws {
        try await built { workshop in
            #expect(await !rests(workshop, asOf: "2026-11-18"))
            #expect(await rests(workshop, asOf: "2026-11-18"))
            #expect(await !rests(workshop))
            #expect(await rests(workshop))
            let before = try workshop.read(Self.page)
            let row = "S_EXTRA,2026-11-19 10:00:00\n"
            try workshop.write("session_id,started_at\n" + row, to: "later/sessions-extra.csv")
            #expect(await workshop.build(["later"]) == .done)
            #expect(try workshop.read(Self.page) != before)
            #expect(await workshop.undo(2, configuration: "assay.yaml") == .done)
            #expect(await !rests(workshop))
            #expect(try workshop.read(Self.page) == before)
        }
    }

    @Test func aDryRunNeitherRestsNorWrites() async throws {
        try await built { workshop in
            let site = try workshop.dates(in: "site")
            #expect(await workshop.build(isDryRun: true) == .done)
            #expect(workshop.messages.contains { $0.contains("Nothing was written") })
            #expect(try workshop.dates(in: "site") == site)
            #expect(await rests(workshop))
        }
    }

    /// What could not be read is tried again each night; what nobody reads is said again.
    @Test func complaintsAreNotForgotten() async throws {
        try await built { workshop in
            try workshop.write("a,b\n1,2\n", to: "exports/strange.csv")
            #expect(await !rests(workshop))
            let said = workshop.messages.count
            #expect(await rests(workshop))
            #expect(workshop.messages[said...].contains { $0.contains("no source takes this file") })
            try workshop.write("x,y\n1,2\n", to: "exports/quality-broken.csv")
            for _ in 0..<2 {
                let said = workshop.messages.count
                #expect(await !rests(workshop))
                #expect(workshop.messages[said...].contains { $0.contains("the file is left out") })
            }
        }
    }

    @Test func aReceiptThatCannotBeReadCostsOneRun() async throws {
        try await built { workshop in
            try workshop.write("{", to: "archive.sqlite.receipt")
            #expect(await !rests(workshop))
            #expect(await rests(workshop))
        }
    }

    /// A night with a late row for the day writes the pages whose figures moved and leaves the others as they are.
    @Test func onlyChangedFilesAreWritten() async throws {
        try await built { workshop in
            let before = (try workshop.dates(in: "site"), try workshop.files(in: "site"))
            try workshop.write(
                "session_id,started_at,resolved\nS_EXTRA,2026-11-19 10:00:00,1\n", to: "later/sessions-extra.csv")
            #expect(await workshop.build(["later"]) == .done)
            let after = (try workshop.dates(in: "site"), try workshop.files(in: "site"))
            var (kept, written) = (0, 0)
            for (name, bytes) in after.1 {
                #expect((before.0[name] == after.0[name]) == (before.1[name] == bytes), "\(name)")
                if before.1[name] == bytes { kept += 1 } else { written += 1 }
            }
            #expect(kept > 10 && written > 3, "\(kept) kept, \(written) written")
        }
    }
}
