import Archive
import Foundation
import Model
import Partials
import Statistics
import TestSupport
import Testing

@Suite struct LoadingTests {
    static let one = File.sessions(
        Row(1, day: 0, latency: 1.5, tier: "a"), Row(2, day: 0, latency: 2.5, tier: "b"),
        Row(3, day: 1, latency: 3.5, tier: "a"))

    @Test func theSameDeliveryTwiceChangesNothing() throws {
        try Night.withArchive { archive in
            let first = try archive.load(Self.one)
            #expect(first.inserted == 3)
            #expect(first.touchedDays == [Night.first, Night.first.advanced(by: 1)])
            let figures = try Night.figures(archive)
            let second = try archive.load(Self.one)
            #expect(second.delivery == nil)
            #expect(second.skippedFiles == ["sessions.csv"])
            #expect(second.touchedDays.isEmpty)
            #expect(try Night.figures(archive) == figures)
            #expect(try archive.deliveries().count == 1)
            #expect(try archive.knows(sha256: Self.one.sha256))
        }
    }

    @Test func overlapDoesNotCountDouble() throws {
        try Night.withArchive { archive in
            try archive.load(Self.one)
            let outcome = try archive.load(
                .sessions(Row(2, day: 0, latency: 2.5, tier: "b"), Row(4, day: 0, latency: 9, tier: "b")))
            #expect(outcome.inserted == 1)
            #expect(outcome.unchanged == 1)
            #expect(outcome.replaced == 0)
            #expect(try archive.partials(over: Night.period).recordCount(day: Night.first) == 3)
        }
    }

    @Test func aConfirmationChangesNoFigure() throws {
        try Night.withArchive { archive in
            try archive.load(Self.one)
            var again = Self.one
            again.salt = 1
            let outcome = try archive.load(again)
            #expect(outcome.unchanged == 3)
            #expect(outcome.touchedDays.count == 2)
            #expect(outcome.changedDays.isEmpty)
        }
    }

    @Test func aCorrectionReplaces() throws {
        try Night.withArchive { archive in
            try archive.load(Self.one)
            let outcome = try archive.load(.sessions(Row(1, day: 0, latency: 7, tier: "b")))
            #expect(outcome.replaced == 1)
            #expect(outcome.changedDays == [Night.first])
            let table = try archive.partials(over: Night.period)
            let partial = table.merged(metric: "latency", group: .all, over: Night.period)
            #expect(partial?.counts.entries.map(\.value) == [2.5, 3.5, 7])
            #expect(table.recordCount(day: Night.first, group: .value(dimension: "tier", value: "b")) == 2)
        }
    }

    /// The as-of day decides what holds, not the order of loading.
    @Test func anOlderExportDoesNotUndoANewerOne() throws {
        try Night.withArchive { archive in
            try archive.load(.sessions(Row(1, day: 0, latency: 7)), asOf: 9)
            let outcome = try archive.load(.sessions(Row(1, day: 0, latency: 1), Row(2, day: 0, latency: 2)), asOf: 3)
            #expect(outcome.unchanged == 1 && outcome.inserted == 1)
            let partial = try archive.partials(over: Night.period)
                .merged(metric: "latency", group: .all, over: Night.period)
            #expect(partial?.counts.entries.map(\.value) == [2, 7])
        }
    }

    @Test func twoTablesJoinOnTheKey() throws {
        try Night.withArchive { archive in
            // The quality file comes first in the delivery; its rows still find their days.
            let outcome = try archive.load(.quality(Row(1, score: 0.5), Row(3, score: 0.25)), Self.one)
            #expect(outcome.inserted == 3)
            #expect(outcome.pending == 0)
            let series = try archive.partials(over: Night.period).series(metric: "score", group: .all)
            #expect(series.map(\.partial.moments.mean) == [0.5, 0.25])
            #expect(series.map(\.partial.missing) == [1, 0])
        }
    }

    @Test func rowsWaitForTheirDay() throws {
        try Night.withArchive { archive in
            let early = try archive.load(.quality(Row(1, score: 0.5), Row(9, score: 0.9)))
            #expect(early.pending == 2 && early.touchedDays.isEmpty)
            #expect(try archive.dayRange() == nil)
            try archive.load(Self.one)
            #expect(try archive.pendingRows() == 1)
            let table = try archive.partials(over: Night.period)
            #expect(table.merged(metric: "score", group: .all, over: Night.period)?.n == 1)
        }
    }

    @Test func aRecordThatMovesTakesItsJoinedRowsAlong() throws {
        try Night.withArchive { archive in
            try archive.load(Self.one, .quality(Row(1, score: 0.5)))
            let outcome = try archive.load(.sessions(Row(1, day: 5, latency: 1.5, tier: "a")))
            #expect(outcome.moved == 1 && outcome.inserted == 0 && outcome.replaced == 0)
            #expect(outcome.changedDays == [Night.first, Night.first.advanced(by: 5)])
            let table = try archive.partials(over: Night.period)
            let series = table.series(metric: "score", group: .all)
            #expect(series.map(\.day) == [Night.first.advanced(by: 5)])
            #expect(table.recordCount(day: Night.first) == 1)
            // A later score still goes to the new day.
            try archive.load(.quality(Row(1, score: 0.75)))
            let later = try archive.partials(over: Night.period).series(metric: "score", group: .all)
            #expect(later.map(\.partial.moments.mean) == [0.75])
        }
    }

    @Test func aKeyTwiceInOneFileIsItsLastRow() throws {
        try Night.withArchive { archive in
            try archive.load(.sessions(Row(1, day: 0, latency: 1), Row(1, day: 2, latency: 2)))
            let series = try archive.partials(over: Night.period).series(metric: "latency", group: .all)
            #expect(series.map(\.day) == [Night.first.advanced(by: 2)])
            #expect(series.map(\.partial.moments.mean) == [2])
        }
    }

    @Test func hostileValuesComeBack() throws {
        let names = [
            "'; DROP TABLE segments;--", "a\u{0}b", "\u{202E}x", "<script>", "", "\u{1F600}", "e\u{301}", "\u{E9}",
            String(repeating: "y", count: 5000),
        ]
        try Night.withArchive { archive in
            let rows = names.enumerated().map { Row(UInt64($0), day: 0, latency: 1, tier: $1) }
            try archive.load([File(table: "sessions", rows: rows)])
            let table = try archive.partials(over: Night.period)
            // The two spellings of é are one value; an empty text is a value of its own here.
            #expect(table.groups(of: "tier").count == names.count - 1)
            let sample = table.sample(group: .all, over: Night.period)
            #expect(sample.records.ids.count == sample.count)
        }
    }

    /// The bound on memory decides only when rows are written, not what they say.
    @Test func aSmallBufferGivesTheSameFigures() throws {
        var generator = SeededGenerator(seed: 5)
        let rows = (0..<12_000).map { key in
            Row(
                UInt64(key), day: Int.random(in: 0..<3, using: &generator),
                latency: Double(Int.random(in: 1...9, using: &generator)), tier: "t\(key % 3)")
        }
        let scores = rows.shuffled(using: &generator).map { Row($0.key, score: Double($0.key % 11) / 10) }
        let figures = try [1 << 20, 64 << 20].map { bytes in
            try withTemporaryFolder { folder in
                let archive = try Archive(
                    path: folder.appending(path: "a.sqlite").path, catalogue: Night.catalogue, holder: Night.holder,
                    sizes: Night.sizes, bufferBytes: bytes)
                let outcome = try archive.load([
                    File(table: "quality", rows: scores), File(table: "sessions", rows: rows),
                ])
                #expect(outcome.inserted == 12_000)
                return try Night.figures(archive)
            }
        }
        #expect(figures[0] == figures[1])
    }
}
