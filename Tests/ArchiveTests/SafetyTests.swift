import Foundation
import Model
import Partials
import TestSupport
import Testing

@testable import Archive

@Suite struct SafetyTests {
    /// What a killed process leaves: the files as they are while its transaction is open.
    @Test func aLoadingThatDidNotEndLeavesTheOldState() throws {
        try withTemporaryFolder { folder in
            let before: [Day: EncodedDay]
            let killed = folder.appending(path: "killed")
            try FileManager.default.createDirectory(at: killed, withIntermediateDirectories: true)
            do {
                let archive = try Night.open(folder)
                try archive.load(LoadingTests.one)
                before = try Night.figures(archive)
                try archive.begin()
                try archive.load(.sessions(Row(1, day: 3, latency: 99)))
                #expect(try Night.figures(archive) != before)
                for name in ["archive.sqlite", "archive.sqlite-wal"] {
                    try FileManager.default.copyItem(
                        at: folder.appending(path: name), to: killed.appending(path: name))
                }
                try archive.rollback()
                #expect(try Night.figures(archive) == before)
            }
            let survivor = try Night.open(killed)
            #expect(try Night.figures(survivor) == before)
            try survivor.checkIntegrity(full: true)
        }
    }

    @Test func aDroppedLoadingLeavesNoTrace() throws {
        try Night.withArchive { archive in
            do {
                let loading = try archive.load(asOf: Night.first)
                let file = LoadingTests.one
                let open = try #require(
                    try loading.begin(
                        DeliveryFile(sha256: file.sha256, name: "x", table: "sessions", bytes: 1)))
                try loading.add(file.batch, to: open)
            }
            #expect(try archive.deliveries().isEmpty)
            #expect(try archive.load(LoadingTests.one).inserted == 3)
        }
    }

    @Test func aSecondWriterIsToldWhoHoldsTheLock() throws {
        try withTemporaryFolder { folder in
            let first = try Night.open(folder)
            #expect(throws: ArchiveError.locked(by: Night.holder)) { try Night.open(folder) }
            let reader = try Archive(reading: first.path, catalogue: Night.catalogue, sizes: Night.sizes)
            #expect(try reader.dayRange() == nil)
            withExtendedLifetime(first) {}
        }
    }

    @Test func theNoteOfADeadHolderDoesNotLock() throws {
        try withTemporaryFolder { folder in
            try Data("1\nelsewhere\n2020\n".utf8).write(to: folder.appending(path: "archive.sqlite.lock"))
            #expect(try Night.open(folder).dayRange() == nil)
        }
    }

    /// What a writer leaves that is killed between naming its columns and numbering them.
    @Test func anArchiveWithoutNumberedColumnsIsReadAndThenCompleted() throws {
        try withTemporaryFolder { folder in
            let archive = try Night.open(folder)
            try archive.access { try $0.execute(sql: "DELETE FROM columns") }
            let reader = try Archive(reading: archive.path, catalogue: Night.catalogue, sizes: Night.sizes)
            let found = try reader.verify(sampled: 10)
            #expect(found.faults.isEmpty)
            #expect(try archive.load(LoadingTests.one).inserted == 3)
            #expect(try reader.verify(sampled: 10).faults.isEmpty)
        }
    }

    @Test func aFileThatIsNoDatabaseIsDamaged() throws {
        try withTemporaryFolder { folder in
            try Data(repeating: 0x41, count: 5000).write(to: folder.appending(path: "archive.sqlite"))
            #expect { try Night.open(folder) } throws: { error in
                if case .damaged = error as? ArchiveError { true } else { false }
            }
        }
    }

    @Test func changedBytesOfPartialsAreFound() throws {
        try withTemporaryFolder { folder in
            let archive = try Night.open(folder)
            try archive.load(LoadingTests.one)
            try archive.access { try $0.execute(sql: "UPDATE day_partials SET hash = hash + 1") }
            #expect { try archive.partials(over: Night.period) } throws: { error in
                if case .damaged = error as? ArchiveError { true } else { false }
            }
        }
    }

    /// Series are read without counts and samples, and say the same; a day whose cells have no hash of their own is read whole.
    @Test(arguments: ["", "UPDATE day_partials SET cells_hash = NULL"])
    func seriesAreReadAlone(sql: String) throws {
        try withTemporaryFolder { folder in
            let archive = try Night.open(folder)
            try archive.load(LoadingTests.one)
            try archive.access { try $0.execute(sql: sql) }
            for day in try archive.storedDays(over: Night.period) {
                let alone = try archive.storedDay(day, .series)
                #expect(alone.parts.count == (sql.isEmpty ? 1 : 3))
                #expect(try alone.partials(.series) == archive.storedDay(day).partials(.series))
            }
        }
    }

    @Test func aMissingFolderIsSaid() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "nowhere/archive.sqlite").path
            #expect { try Archive(path: path, catalogue: Night.catalogue, holder: Night.holder) } throws: { error in
                if case .cannotOpen = error as? ArchiveError { true } else { false }
            }
        }
    }

    @Test func aLaterSchemaIsRefused() throws {
        try withTemporaryFolder { folder in
            do {
                try Night.open(folder).access { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')") }
            }
            #expect(throws: ArchiveError.newerSchema) { try Night.open(folder) }
        }
    }

    /// The database defends itself against what no code of ours would write.
    @Test(arguments: [
        "INSERT INTO deliveries (as_of, state) VALUES (0, 'lost')",
        "INSERT INTO deliveries (as_of, state) VALUES (NULL, 'live')",
        "INSERT INTO deliveries (as_of, state) VALUES ('soon', 'live')",
        "INSERT INTO delivery_files (delivery, sha256, name, table_name, bytes) VALUES (99, zeroblob(32), 'a', 'b', 0)",
        "INSERT INTO delivery_files (delivery, sha256, name, table_name, bytes) VALUES (1, zeroblob(31), 'a', 'b', 0)",
        "UPDATE delivery_files SET accepted = rows + 1",
        "INSERT INTO delivery_files SELECT 77, delivery, sha256, name, table_name, bytes, 0, 0, 1, '' FROM delivery_files",
        "UPDATE segments SET n = 0", "UPDATE segments SET delivery = 77", "DELETE FROM deliveries",
        "UPDATE day_partials SET records = 0", "INSERT INTO catalogue VALUES (2, x'00')",
        "INSERT INTO columns (kind, name) VALUES ('metric', 'score')",
        "INSERT INTO dimension_values VALUES (999, 1, x'61')",
        "INSERT INTO strays VALUES (1, 5, 5)",
        "INSERT INTO runs VALUES ('', 1, 1, '', x'', 'done', x'', x'')",
        "INSERT INTO interventions VALUES ('i', 1, 'n', 'k', NULL, x'00', 5, 4, NULL, 'active')",
    ]) func constraintsHold(sql: String) throws {
        try Night.withArchive { archive in
            try archive.load(LoadingTests.one)
            #expect { try archive.access { try $0.execute(sql: sql) } } throws: { error in
                if case .refused = error as? ArchiveError { true } else { false }
            }
        }
    }
}
