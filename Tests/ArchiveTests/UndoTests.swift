import Archive
import Model
import Partials
import Testing

@Suite struct UndoTests {
    @Test func undoingTheOnlyDeliveryLeavesNothing() throws {
        try Night.withArchive { archive in
            let outcome = try archive.load(LoadingTests.one)
            let undone = try archive.undo(delivery: try #require(outcome.delivery))
            #expect(undone.changedDays == outcome.touchedDays)
            #expect(try archive.dayRange() == nil)
            #expect(try !archive.knows(sha256: LoadingTests.one.sha256))
            #expect(try archive.deliveries().map(\.isUndone) == [true])
            #expect(try archive.load(LoadingTests.one).inserted == 3)
        }
    }

    @Test func undoingACorrectionBringsTheEarlierRecordBack() throws {
        try Night.withArchive { archive in
            try archive.load(LoadingTests.one)
            let before = try Night.figures(archive)
            let correction = try archive.load(.sessions(Row(1, day: 0, latency: 7, tier: "b")))
            #expect(try Night.figures(archive) != before)
            let undone = try archive.undo(delivery: try #require(correction.delivery))
            #expect(undone.changedDays == [Night.first])
            #expect(try Night.figures(archive) == before)
        }
    }

    @Test func undoingAMoveBringsTheRecordAndItsJoinedRowsBack() throws {
        try Night.withArchive { archive in
            try archive.load(LoadingTests.one, .quality(Row(1, score: 0.5)))
            let before = try Night.figures(archive)
            let move = try archive.load(.sessions(Row(1, day: 5, latency: 1.5, tier: "a")))
            let undone = try archive.undo(delivery: try #require(move.delivery))
            #expect(undone.changedDays == [Night.first, Night.first.advanced(by: 5)])
            #expect(try Night.figures(archive) == before)
        }
    }

    /// Scores whose session is taken out wait again, and return with it.
    @Test func rowsWaitAgainWhenTheirSessionIsTakenOut() throws {
        try Night.withArchive { archive in
            let sessions = try archive.load(LoadingTests.one)
            try archive.load(.quality(Row(1, score: 0.5), Row(3, score: 0.75)))
            let before = try Night.figures(archive)
            try archive.undo(delivery: try #require(sessions.delivery))
            #expect(try archive.dayRange() == nil)
            try archive.load(LoadingTests.one)
            #expect(try Night.figures(archive) == before)
        }
    }

    @Test func undoingNothingIsAnError() throws {
        try Night.withArchive { archive in
            #expect(throws: ArchiveError.unknownDelivery(7)) { try archive.undo(delivery: 7) }
            let outcome = try archive.load(LoadingTests.one)
            let id = try #require(outcome.delivery)
            try archive.undo(delivery: id)
            #expect(throws: ArchiveError.unknownDelivery(id)) { try archive.undo(delivery: id) }
        }
    }
}
