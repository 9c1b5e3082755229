import Archive
import Model
import TestSupport
import Testing

/// Points and stages follow the rules of the registers: the same twice changes nothing, corrections replace, undo takes back.
@Suite struct MetricPointStoreTests {
    private func point(_ second: Int64, _ value: Double, day: Int32 = 20_000, context: String = "host=a") -> MetricPoint
    {
        MetricPoint(
            name: "cpu", context: context, unit: "%", day: Day(number: day),
            time: (Int64(day) * 86_400 + second) * 1_000_000, value: value)
    }

    private func load(
        _ points: [MetricPoint], _ stages: [StageRun] = [], into archive: Archive, name: String, day: Int32
    ) throws {
        let loading = try archive.load(asOf: Day(number: day))
        let bytes = [UInt8](repeating: UInt8(name.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % 251 }), count: 32)
        guard let file = try loading.begin(DeliveryFile(sha256: bytes, name: name, table: "p", bytes: name.utf8.count))
        else { return try loading.cancel() }
        try loading.add(points)
        try loading.add(stages)
        try loading.finish(file, rows: points.count, accepted: points.count, counts: [], rejects: [])
        _ = try loading.finish()
    }

    @Test func correctionsReplaceByTimeAndUndoTakesThemBack() throws {
        try withTemporaryFolder { folder in
            let archive = try Archive(
                path: folder.appending(path: "a.sqlite").path,
                catalogue: try #require(Catalogue(metrics: [], dimensions: [])),
                holder: LockHolder(process: 1, host: "test", since: "2026-11-19T00:00:00Z"))
            let period = try #require(Period(start: Day(number: 19_000), end: Day(number: 30_000)))
            let values = { try archive.metricPoints(over: period).map(\.value) }
            // Two points of one time in one file stay two: they come from sessions that are not told apart.
            try load([point(10, 2), point(0, 1), point(0, 1.5)], into: archive, name: "one", day: 20_000)
            try load([point(10, 2), point(0, 1), point(0, 1.5)], into: archive, name: "one", day: 20_000)
            #expect(try values() == [1, 1.5, 2])
            let started = Int64(20_000) * 86_400_000_000
            let open = StageRun(stage: "s", item: "i", day: Day(number: 20_000), started: started, ended: nil)
            var done = open
            done.ended = started + 60_000_000
            try load([point(0, 9), point(20, 3)], [open], into: archive, name: "two", day: 20_001)
            try load([], [done], into: archive, name: "three", day: 20_002)
            #expect(try values() == [9, 2, 3])
            #expect(try archive.stageRuns(over: period).map(\.ended) == [done.ended])
            // An older delivery that comes late does not override a newer one.
            try load([point(0, 7)], into: archive, name: "late", day: 19_999)
            #expect(try values() == [9, 2, 3])
            try archive.undo(delivery: 3)
            #expect(try archive.stageRuns(over: period).map(\.ended) == [nil])
            try archive.undo(delivery: 2)
            #expect(try values() == [1, 1.5, 2] && archive.stageRuns(over: period).isEmpty)
            #expect(try archive.newestPointDay(notAfter: Day(number: 25_000)) == Day(number: 20_000))
            #expect(try archive.pointSeries().map(\.context) == ["host=a"])
            _ = try archive.prune(before: Day(number: 20_001))
            #expect(try values().isEmpty)
        }
    }
}
