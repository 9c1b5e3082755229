import Foundation
import Glibc
import Pipeline
import Testing

/// What goes wrong around a night: disks, rights, locks, broken files. Each has a clear error and the exit code of the
/// contract, the site stands, and the next night ends as if nothing had been.
@Suite(.serialized) struct FaultTests {
    static let late = "id,time,tier,score\nr1,2026-10-11 09:00:00,b,0.9\nr61,2026-10-30 09:00:00,a,0.5\n"

    /// A first night in a folder, with `late` waiting in `later/`, and what an undisturbed second night gives.
    private func prepared(_ workshop: Workshop, in folder: String = "") async throws -> (
        before: [String: Data], after: [String: Data]
    ) {
        try workshop.write(ExitStatusTests.rows, to: "exports/rows.csv")
        try workshop.write(Self.late, to: "later/rows-2.csv")
        try workshop.write(
            ExitStatusTests.configuration + "\nanalysis: {forecast_days: 0}\n", to: "assay.yaml")
        var before: [String: Data] = [:]
        for place in ["plain/", folder].filter({ !$0.isEmpty }) {
            #expect(
                await workshop.build(output: place + "site", archive: place + "a.sqlite") == .done,
                "\(workshop.messages)")
            before = try workshop.files(in: place + "site")
        }
        #expect(await workshop.build(["later"], output: "plain/site", archive: "plain/a.sqlite") == .done)
        return (before, try workshop.files(in: "plain/site"))
    }

    private func night(_ workshop: Workshop, in folder: String) async -> Pipeline.ExitStatus {
        await workshop.build(["later"], output: folder + "site", archive: folder + "a.sqlite")
    }

    @Test(
        .enabled(if: SmallDisk.isPossible, "a small disk can only be mounted by root"),
        arguments: [0, 16, 48, 96, 160, 256, 400])
    func aFullDisk(kilobytes: Int) async throws {
        try await inWorkshop { workshop in
            try await SmallDisk.with(bytes: 64 << 20, at: workshop.folder.appending(path: "small").path) { disk in
                let (before, after) = try await prepared(workshop, in: "small/")
                try disk.resize(to: try disk.used + kilobytes << 10)
                let status = await night(workshop, in: "small/")
                #expect(status == .cannotWrite || status == .done, "\(workshop.messages)")
                if kilobytes == 0 { #expect(status == .cannotWrite) }
                if status == .cannotWrite {
                    let message = workshop.messages.last ?? ""
                    #expect(message.contains("no room left"), "\(message)")
                    let found = try workshop.files(in: "small/site")
                    for (name, bytes) in found { #expect(bytes == before[name] || bytes == after[name], "\(name)") }
                    #expect(before.keys.allSatisfy { found[$0] != nil })
                    #expect(found["index.html"] == before["index.html"])
                }
                try disk.resize(to: 64 << 20)
                #expect(await workshop.verify(archive: "small/a.sqlite").status == .done, "\(workshop.messages)")
                #expect(await night(workshop, in: "small/") == .done, "\(workshop.messages)")
                #expect(try workshop.files(in: "small/site") == after)
            }
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "a small disk can only be mounted by root"), arguments: [true, false])
    func aDiskThatNobodyMayWriteTo(holdsArchive: Bool) async throws {
        try await inWorkshop { workshop in
            try await SmallDisk.with(bytes: 64 << 20, at: workshop.folder.appending(path: "small").path) { disk in
                let (before, after) = try await prepared(workshop, in: "small/")
                var archive = "small/a.sqlite"
                if !holdsArchive {
                    archive = "a.sqlite"
                    try runTool("cp", workshop.folder.appending(path: "small/a.sqlite").path, workshop.folder.path)
                }
                try disk.forbidWriting()
                #expect(
                    await workshop.build(["later"], output: "small/site", archive: archive) == .cannotWrite,
                    "\(workshop.messages)")
                #expect(workshop.messages.last?.contains("small") == true, "\(workshop.messages)")
                #expect(try workshop.files(in: "small/site") == before)
                #expect(
                    await workshop.build(["later"], output: "other", archive: holdsArchive ? "plain/a.sqlite" : archive)
                        == .done, "\(workshop.messages)")
                // Not the pages: they link to the reports before, which only the first folder has.
                let summary = try #require(after.keys.filter { $0.hasPrefix("summaries/") }.max())
                #expect(try workshop.files(in: "other")[summary] == after[summary] && after[summary] != nil)
            }
        }
    }

    /// A link that leads to itself can be read by nobody, not even by root.
    @Test func anExportThatCannotBeRead() async throws {
        try await inWorkshop { workshop in
            let (before, after) = try await prepared(workshop, in: "own/")
            let link = workshop.folder.appending(path: "later/rows-3.csv").path
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "rows-3.csv")
            #expect(
                await workshop.build(["later/rows-3.csv"], output: "own/site", archive: "own/a.sqlite") == .inputMissing
            )
            #expect(workshop.messages.last?.contains("rows-3.csv") == true, "\(workshop.messages)")
            #expect(try workshop.files(in: "own/site") == before)
            try FileManager.default.removeItem(atPath: link)
            #expect(await night(workshop, in: "own/") == .done)
            #expect(try workshop.files(in: "own/site") == after)
        }
    }

    @Test(.enabled(if: getuid() != 0, "root may read everything")) func anExportWithoutTheRightToReadIt() async throws {
        try await inWorkshop { workshop in
            let (before, _) = try await prepared(workshop, in: "own/")
            try runTool("chmod", "000", workshop.folder.appending(path: "later/rows-2.csv").path)
            #expect(await night(workshop, in: "own/") == .inputMissing)
            #expect(try workshop.files(in: "own/site") == before)
        }
    }

    /// What was read before the break is kept and said; the whole file, which comes later, counts nothing twice.
    @Test func aFileThatWasCutOff() async throws {
        try await inWorkshop { workshop in
            let (_, after) = try await prepared(workshop, in: "own/")
            try workshop.write(Self.late, to: "whole/rows-2.csv")
            let file = workshop.folder.appending(path: "whole/rows-2.csv").path
            try runTool("gzip", "-n", file)
            let whole = try workshop.read("whole/rows-2.csv.gz")
            let cut = workshop.folder.appending(path: "cut/rows-2.csv.gz")
            try FileManager.default.createDirectory(
                at: cut.deletingLastPathComponent(), withIntermediateDirectories: true)
            try whole.prefix(whole.count / 2).write(to: cut)
            #expect(
                await workshop.build(["cut"], output: "strict", archive: "strict.sqlite", isStrict: true)
                    == .inputRefused)
            #expect(workshop.messages.contains { $0.contains("rows-2.csv.gz") }, "\(workshop.messages)")
            let status = await workshop.build(["cut"], output: "own/site", archive: "own/a.sqlite")
            #expect(status == .done || status == .inputRefused, "\(workshop.messages)")
            #expect(
                workshop.messages.contains { $0.contains("rows-2.csv.gz") && $0.contains("ends early") },
                "\(workshop.messages)")
            #expect(await workshop.build(["whole"], output: "own/site", archive: "own/a.sqlite") == .done)
            let figures = "runs/2026-10-30/exports/distributions.csv"
            #expect(try workshop.files(in: "own/site")[figures] == after[figures])
        }
    }

    @Test func anArchiveThatIsHeldNamesItsHolder() async throws {
        try await inWorkshop { workshop in
            let (before, after) = try await prepared(workshop, in: "own/")
            let note = workshop.folder.appending(path: "own/a.sqlite.lock").path
            try workshop.write("4242\nnight-host\n2026-11-19T05:15:00Z\n", to: "own/a.sqlite.lock")
            let descriptor = unsafe open(note, O_RDWR)
            #expect(flock(descriptor, LOCK_EX) == 0)
            #expect(await night(workshop, in: "own/") == .locked)
            let message = try #require(workshop.messages.last { $0.contains("in use") })
            #expect(message.contains("process 4242 on night-host since 2026-11-19T05:15:00Z"), "\(message)")
            #expect(await workshop.undo(1, archive: "own/a.sqlite") == .locked)
            #expect(try workshop.files(in: "own/site") == before)
            close(descriptor)
            #expect(await night(workshop, in: "own/") == .done)
            #expect(try workshop.files(in: "own/site") == after)
        }
    }

    /// Whoever comes second leaves with 75, or finds the work done.
    @Test func twoBuildsAtOnce() async throws {
        try await inWorkshop { workshop in
            let (_, after) = try await prepared(workshop, in: "own/")
            let beside = Workshop(workshop.folder)
            async let first = night(workshop, in: "own/")
            async let second = night(beside, in: "own/")
            let statuses = await [first, second]
            #expect(statuses.contains(.done))
            #expect(statuses.allSatisfy { $0 == .done || $0 == .locked }, "\(workshop.messages + beside.messages)")
            #expect(try workshop.files(in: "own/site") == after)
            #expect(await workshop.verify(archive: "own/a.sqlite", days: 100).status == .done)
        }
    }

    /// Pages overwritten, the end cut off, the beginning gone: said with what to do, and a copy takes the place.
    @Test(arguments: ["middle", "end", "beginning"]) func aDamagedArchive(place: String) async throws {
        try await inWorkshop { workshop in
            let (before, after) = try await prepared(workshop, in: "own/")
            let archive = workshop.folder.appending(path: "own/a.sqlite")
            let copy = workshop.folder.appending(path: "copy.sqlite")
            #expect(
                await backUpHistory(
                    to: copy.path, HistoryRequest(configuration: nil, archive: "own/a.sqlite"),
                    in: workshop.surroundings, messages: workshop.sink) == .done)
            var bytes = try Data(contentsOf: copy)
            switch place {
            case "middle":
                for page in stride(from: 4, to: bytes.count >> 14, by: 2) {
                    bytes.replaceSubrange(page << 14..<page << 14 + 4_096, with: Data(repeating: 0xA5, count: 4_096))
                }
            case "end": bytes = bytes.prefix(bytes.count / 2)
            default: bytes.replaceSubrange(0..<100, with: Data(repeating: 0, count: 100))
            }
            for suffix in ["", "-wal", "-shm"] {
                _ = try? FileManager.default.removeItem(atPath: archive.path + suffix)  // the log may not be there
            }
            try bytes.write(to: archive)
            #expect(await workshop.verify(archive: "own/a.sqlite").status == .failed)
            #expect(workshop.messages.contains { $0.contains("Restore it from a backup") }, "\(workshop.messages)")
            #expect(await night(workshop, in: "own/") == .failed, "\(workshop.messages)")
            #expect(try workshop.files(in: "own/site") == before)
            try Data(contentsOf: copy).write(to: archive)
            #expect(await workshop.verify(archive: "own/a.sqlite").status == .done)
            #expect(await night(workshop, in: "own/") == .done, "\(workshop.messages)")
            #expect(try workshop.files(in: "own/site") == after)
        }
    }
}
