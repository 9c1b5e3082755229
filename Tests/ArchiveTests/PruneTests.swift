import Foundation
import Model
import Partials
import TestSupport
import Testing

@testable import Archive

/// Pruning takes rows and leaves figures; nothing that comes later may change the figures that it left.
@Suite struct PruneTests {
    private static let rows = File.sessions(
        Row(1, day: 0, latency: 1, tier: "a"), Row(2, day: 0, latency: 2, tier: "b"),
        Row(3, day: 5, latency: 3, tier: "a"), Row(4, day: 6, latency: 4, tier: "b"))

    private func day(_ number: Int) -> Day { Night.first.advanced(by: number) }

    /// An archive whose days 0 to 4 have been pruned, and its figures before that.
    private func pruned(_ body: (Archive, [Day: EncodedDay]) throws -> Void) throws {
        try Night.withArchive { archive in
            try archive.load(Self.rows)
            let before = try Night.figures(archive)
            let outcome = try archive.prune(before: day(5))
            #expect((outcome.days, outcome.rows) == (1, 2))
            #expect(try Night.figures(archive) == before)
            #expect(try archive.firstKeptDay() == day(5))
            try body(archive, before)
            let found = try archive.verify(sampled: 100)
            #expect(found.faults.isEmpty, "\(found.faults)")
        }
    }

    @Test func figuresStayAndRowsGo() throws {
        try pruned { archive, _ in
            let left = try archive.access { try Int.fetchOne($0, sql: "SELECT sum(n) FROM segments") }
            #expect(left == 2)
            #expect(try archive.deliveries().map(\.prunedRows) == [2])
            #expect(try archive.prune(before: day(3)).firstDay == day(5), "the first kept day never moves back")
            #expect(try archive.auditTrail().map(\.kind) == ["start", "delivery", "prune"])
        }
    }

    /// Late, corrected, joined and moved rows of pruned days are refused and counted; the others count.
    @Test func whatBelongsToPrunedDaysIsRefused() throws {
        try pruned { archive, before in
            let outcome = try archive.load(
                .sessions(
                    Row(1, day: 0, latency: 99, tier: "a"), Row(8, day: 1, latency: 8), Row(2, day: 6, latency: 9),
                    Row(3, day: 5, latency: 33, tier: "a"), Row(9, day: 7, latency: 9)),
                .quality(Row(1, score: 0.5), Row(3, score: 0.25)), asOf: 7)
            #expect((outcome.inserted, outcome.replaced, outcome.moved) == (1, 1, 0))
            let files = try #require(try archive.deliveries().last?.files)
            #expect(files.map(\.accepted) == [2, 1])
            #expect(files.map { $0.rejects.map(\.count) } == [[3], [1]])
            #expect(files.allSatisfy { $0.rejects.allSatisfy { $0.cause == .prunedDay && $0.isWholeRow } })
            let after = try Night.figures(archive)
            #expect(after[day(0)] == before[day(0)])
            #expect(after[day(1)] == nil)
            #expect(after[day(5)] != before[day(5)])
            #expect(after[day(6)] == before[day(6)])
        }
    }

    @Test func aDeliveryWithPrunedRowsStays() throws {
        try pruned { archive, before in
            #expect(throws: ArchiveError.pruned(before: day(5))) { try archive.undo(delivery: 1) }
            try archive.load(.sessions(Row(3, day: 5, latency: 33, tier: "a")), asOf: 7)
            try archive.undo(delivery: 2)
            #expect(try Night.figures(archive) == before)
        }
    }

    /// A row that is stored under a pruned day but was moved to a later one is kept, and updates of it work.
    @Test func rowsThatMovedAwayAreKept() throws {
        try Night.withArchive { archive in
            try archive.load(Self.rows)
            try archive.load(.sessions(Row(1, day: 6, latency: 1.5)), asOf: 1)
            let before = try Night.figures(archive)
            #expect(try archive.prune(before: day(5)).rows == 1)
            #expect(try Night.figures(archive) == before)
            #expect(try archive.verify(sampled: 100).faults.isEmpty)
            try archive.load(.sessions(Row(1, day: 6, latency: 7)), asOf: 2)
            #expect(try Night.figures(archive)[day(0)] == before[day(0)])
            try archive.undo(delivery: 3)
            #expect(try Night.figures(archive) == before)
            #expect(throws: ArchiveError.pruned(before: day(5))) { try archive.undo(delivery: 2) }
            #expect(try Night.figures(archive) == before)
        }
    }

    /// Another catalogue leaves the pruned days as they are; what they have is found by name.
    @Test func anotherCatalogueKeepsWhatIsLeft() throws {
        try withTemporaryFolder { folder in
            do {
                let archive = try Night.open(folder)
                try archive.load(Self.rows)
                _ = try archive.prune(before: day(5))
            }
            let archive = try Night.open(folder, catalogue: Night.make(["latency", "score", "fresh"], ["tier"]))
            _ = try archive.adoptCatalogue()
            let table = try archive.partials(over: Night.period)
            #expect(table.days == [day(0), day(5), day(6)])
            #expect(table.merged(metric: "latency", group: .all, over: Night.period)?.moments.n == 4)
            #expect(table.merged(metric: "latency", group: .all, over: Night.period)?.moments.mean == 2.5)
            #expect(try archive.verify(sampled: 100).faults.isEmpty)
        }
    }
}
