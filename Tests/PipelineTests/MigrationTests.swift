import Foundation
import Pipeline
import TestSupport
import Testing

/// Archives that earlier programs wrote are opened, brought up to date and reported from like new ones.
@Suite(.serialized) struct MigrationTests {
    private static let nights = ["night1", "night2", "night3"]

    /// The schemas of which there is an archive.
    private static let versions: [Int] = {
        // Without the folder there is nothing to test, which `everyEarlierSchemaHasAnArchive` says.
        let folder = Repository.fixture("archives").path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []  // see above
        return names.compactMap { name in
            guard name.hasPrefix("schema-"), name.hasSuffix(".sqlite.zst") else { return nil }
            return Int(name.dropFirst(7).dropLast(11))
        }.sorted()
    }()

    @Test func everyEarlierSchemaHasAnArchive() { #expect(Set([1, 2, 3, 4, 7, 12]).isSubset(of: Self.versions)) }

    private func prepare(_ workshop: Workshop) throws {
        for name in Self.nights + ["assay.yaml"] {
            try FileManager.default.copyItem(
                at: Repository.fixture("archives/\(name)"), to: workshop.folder.appending(path: name))
        }
    }

    /// The program and the run's own moment are not figures.
    private func figures(_ workshop: Workshop, _ output: String) throws -> [String: Data] {
        try workshop.files(in: output).filter { $0.key.contains("/exports/") }
    }

    @Test(arguments: versions) func anEarlierArchiveEqualsAFreshOne(version: Int) async throws {
        try await inWorkshop { workshop in
            try prepare(workshop)
            for night in Self.nights {
                #expect(await workshop.build([night], output: "new", archive: "new.sqlite") == .done)
            }
            #expect(await workshop.undo(3, archive: "new.sqlite") == .done)
            let packed = Repository.fixture("archives/schema-\(version).sqlite.zst")
            try unpackZstd(packed, to: workshop.folder.appending(path: "old.sqlite"))

            for archive in ["new", "old"] {
                let said = workshop.messages.count
                #expect(
                    await workshop.build(Self.nights, output: archive, archive: "\(archive).sqlite") == .done,
                    "\(workshop.messages)")
                #expect(workshop.messages[said...].contains { $0.contains("no new files") }, "\(workshop.messages)")
                let (status, text) = await workshop.verify(archive: "\(archive).sqlite", days: 1_000)
                #expect(status == .done, "\(workshop.messages)")
                #expect(text.contains("recomputed\t2"), "\(text)")
            }
            let (new, old) = (try figures(workshop, "new"), try figures(workshop, "old"))
            #expect(!new.isEmpty)
            for (name, bytes) in new { #expect(old[name] == bytes, "\(name) differs") }
            #expect(Set(old.keys) == Set(new.keys))
            let trail = await workshop.show("1", archive: "old.sqlite").text
            #expect(trail.contains("audit\t2\t"), "\(trail)")
        }
    }

    /// What was taken out can be taken out of an old archive too, and a delivery that stayed comes out clean.
    @Test(arguments: versions) func anEarlierArchiveCanBeTakenApart(version: Int) async throws {
        try await inWorkshop { workshop in
            try prepare(workshop)
            let packed = Repository.fixture("archives/schema-\(version).sqlite.zst")
            try unpackZstd(packed, to: workshop.folder.appending(path: "archive.sqlite"))
            #expect(await workshop.undo(2, archive: "archive.sqlite") == .done, "\(workshop.messages)")
            #expect(await workshop.undo(2, archive: "archive.sqlite") == .usage)
            #expect(await workshop.build(["night1"], output: "new", archive: "new.sqlite") == .done)
            #expect(await workshop.build(Self.nights, output: "old", archive: "archive.sqlite") == .done)
            let (new, old) = (try figures(workshop, "new"), try figures(workshop, "old"))
            for (name, bytes) in new { #expect(old[name] == bytes, "\(name) differs") }
            #expect(await workshop.verify(archive: "archive.sqlite", days: 1_000).status == .done)
        }
    }
}
