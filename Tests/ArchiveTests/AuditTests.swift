import Foundation
import Model
import TestSupport
import Testing

@testable import Archive

/// The audit trail says what was done, and finds what was done behind its back.
@Suite struct AuditTests {
    /// An archive with two deliveries, one taken out, and a run.
    private func filled(_ body: (Archive) throws -> Void) throws {
        try Night.withArchive { archive in
            try archive.load(LoadingTests.one)
            try archive.load(.sessions(Row(9, day: 2, latency: 4, tier: "b")))
            try archive.undo(delivery: 2)
            try archive.saveRun(
                Run(
                    id: "r1", asOf: Night.first, started: "2026-11-19T03:00:00Z", inputs: [], outcome: "done",
                    manifestHash: [1, 2]), summary: [7])
            try body(archive)
        }
    }

    @Test func everyActHasItsEntry() throws {
        try filled { archive in
            let trail = try archive.auditTrail()
            #expect(trail.map(\.kind) == ["start", "delivery", "delivery", "undo", "run"])
            #expect(trail.map(\.subject) == ["archive", "1", "2", "2", "r1"])
            #expect(trail.map(\.sequence) == [1, 2, 3, 4, 5])
            #expect(trail.allSatisfy { $0.at == Night.holder.since })
            let found = try archive.verify(sampled: 10, head: trail[2].hash)
            #expect(found.faults.isEmpty, "\(found.faults)")
            #expect(found.head == trail[4].hash)
            #expect(found.recomputed == found.days && found.days > 0)
        }
    }

    /// The table itself refuses; what follows needs the file in hand.
    @Test(arguments: ["UPDATE audit SET detail = ''", "DELETE FROM audit", "DELETE FROM audit WHERE sequence = 5"])
    func theTrailIsOnlyAddedTo(sql: String) throws {
        try filled { archive in
            #expect(throws: ArchiveError.self) { try archive.access { try $0.execute(sql: sql) } }
        }
    }

    @Test(arguments: [
        ("UPDATE audit SET detail = detail || ' ' WHERE sequence = 3", "audit entry 3 is not the one"),
        ("UPDATE audit SET at = '2020-01-01T00:00:00Z' WHERE sequence = 2", "audit entry 2 is not the one"),
        ("DELETE FROM audit WHERE sequence = 2", "before 3 is missing"),
        ("DELETE FROM audit WHERE sequence = 1", "has no beginning"),
        (
            "UPDATE audit SET sequence = 99 WHERE sequence = 3; UPDATE audit SET sequence = 3 WHERE sequence = 4; UPDATE audit SET sequence = 4 WHERE sequence = 99",
            "audit entry 3 is not the one"
        ),
        ("DELETE FROM audit WHERE sequence = 5", "run r1 is not what the trail says"),
        ("DELETE FROM audit WHERE sequence > 3", "delivery 2 is undone, which the trail does not say"),
        ("UPDATE deliveries SET as_of = as_of + 1 WHERE id = 1", "delivery 1 is not what"),
        ("UPDATE deliveries SET state = 'live' WHERE id = 2", "delivery 2 is live"),
        ("UPDATE delivery_files SET name = 'other.csv'", "delivery 1 is not what"),
        ("UPDATE delivery_files SET sha256 = zeroblob(32) WHERE delivery = 1", "delivery 1 is not what"),
        ("DELETE FROM runs", "run r1 is gone"),
        ("UPDATE runs SET summary = x'0008'", "run r1 is not what"),
        (
            "INSERT INTO runs SELECT 'r2', 9, as_of, started, inputs, outcome, summary, manifest_hash FROM runs",
            "run r2"
        ),
        ("UPDATE day_partials SET cells = counts", "are not the bytes that were written"),
        ("UPDATE day_partials SET cells_hash = cells_hash + 1", "are not the bytes that were written"),
        ("DELETE FROM day_partials WHERE day = (SELECT min(day) FROM day_partials)", "are not those of its rows"),
        ("INSERT INTO retention VALUES (1, 0)", "not those that pruning left"),
    ]) func tamperingIsFound(sql: String, expected: String) throws {
        try filled { archive in
            try archive.access { db in
                try db.execute(sql: "DROP TRIGGER audit_is_not_edited; DROP TRIGGER audit_is_not_shortened; \(sql)")
            }
            let faults = try archive.verify(sampled: 100).faults
            #expect(faults.contains { $0.contains(expected) }, "\(faults)")
        }
    }

    /// Who takes entries off the end and everything that they speak of is found by a head that was noted down.
    @Test func aNotedHeadFindsACutTrail() throws {
        try filled { archive in
            let head = try archive.verify(sampled: 0).head
            try archive.access { db in
                try db.execute(
                    sql: """
                        DROP TRIGGER audit_is_not_shortened; DELETE FROM audit WHERE sequence = 5; DELETE FROM runs
                        """)
            }
            #expect(try archive.verify(sampled: 0).faults.isEmpty)
            #expect(try archive.verify(sampled: 0, head: head).faults.count == 1)
        }
    }

    @Test func aBackupIsTheSameArchive() throws {
        try withTemporaryFolder { folder in
            let archive = try Night.open(folder)
            try archive.load(LoadingTests.one)
            let copied = folder.appending(path: "copy")
            try FileManager.default.createDirectory(at: copied, withIntermediateDirectories: true)
            let path = copied.appending(path: "archive.sqlite").path
            let reader = try Archive(reading: archive.path, catalogue: Night.catalogue, sizes: Night.sizes)
            try reader.backUp(to: path)
            #expect(throws: ArchiveError.self) { try reader.backUp(to: path) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: copied.path) == ["archive.sqlite"])
            let copy = try Night.open(copied)
            #expect(try copy.fingerprint() == (try archive.fingerprint()))
            #expect(try Night.figures(copy) == (try Night.figures(archive)))
            #expect(try copy.verify(sampled: 10).faults.isEmpty)
            try copy.load(.sessions(Row(7, day: 4, latency: 1)))
            #expect(try copy.fingerprint() != (try archive.fingerprint()))
        }
    }

    @Test func theStoredCatalogueIsEnough() throws {
        try withTemporaryFolder { folder in
            let metrics = [Metric(name: "score", range: 0...1), Metric(name: "latency")].compactMap { $0 }
            let dimensions = ["tier", "city"].compactMap { Dimension(name: $0) }
            let catalogue = try #require(
                Catalogue(metrics: metrics, dimensions: dimensions, pairs: [.init(first: 0, second: 1)]))
            let path: String
            do { path = try Night.open(folder, catalogue: catalogue).path }
            let stored = try #require(try Archive.storedCatalogue(of: path))
            #expect(stored.sizes == Night.sizes)
            #expect(stored.catalogue.metrics.map(\.bins) == catalogue.metrics.map(\.bins))
            #expect(stored.catalogue.pairs == catalogue.pairs)
            let archive = try Archive(
                path: path, catalogue: stored.catalogue, holder: Night.holder, sizes: stored.sizes)
            #expect(try archive.catalogueChange() == nil)
        }
    }
}
