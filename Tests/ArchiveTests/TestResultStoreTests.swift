import Archive
import Model
import TestSupport
import Testing

/// Results follow the rules of the registers: the same twice changes nothing, corrections replace, undo takes back.
@Suite struct TestResultStoreTests {
    private func result(_ test: String, _ status: TestResult.Status, day: Int32 = 20_000, run: String? = "r1")
        -> TestResult
    {
        var result = TestResult(
            source: "live", run: run, day: Day(number: day), started: Int64(day) * 86_400_000_000, suite: "s",
            test: test,
            status: status)
        result.score = 50
        result.message = "a\0b"
        return result
    }

    private func load(_ results: [TestResult], into archive: Archive, name: String, day: Int32) throws {
        let loading = try archive.load(asOf: Day(number: day))
        let bytes = [UInt8](repeating: UInt8(name.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % 251 }), count: 32)
        guard let file = try loading.begin(DeliveryFile(sha256: bytes, name: name, table: "v", bytes: name.utf8.count))
        else {
            try loading.cancel()
            return
        }
        try loading.add(results)
        try loading.finish(file, rows: results.count, accepted: results.count, counts: [], rejects: [])
        _ = try loading.finish()
    }

    private func statuses(_ archive: Archive, from day: Int32 = 19_000) throws -> [String] {
        let period = try #require(Period(start: Day(number: day), end: Day(number: 30_000)))
        return try archive.testResults(over: period).map { "\($0.run ?? "@") \($0.test) \($0.status?.rawValue ?? "")" }
    }

    @Test func correctionsReplaceAndUndoTakesThemBack() throws {
        try withTemporaryFolder { folder in
            let archive = try Archive(
                path: folder.appending(path: "a.sqlite").path,
                catalogue: try #require(Catalogue(metrics: [], dimensions: [])),
                holder: LockHolder(process: 1, host: "test", since: "2026-11-19T00:00:00Z"))
            try load([result("a", .failed), result("b", .passed)], into: archive, name: "one", day: 20_000)
            try load([result("a", .failed), result("b", .passed)], into: archive, name: "one", day: 20_000)
            #expect(try statuses(archive) == ["r1 a failed", "r1 b passed"])
            try load([result("a", .passed), result("c", .skipped, run: nil)], into: archive, name: "two", day: 20_001)
            #expect(try statuses(archive) == ["@ c skipped", "r1 a passed", "r1 b passed"])
            // An older delivery that comes late does not override a newer one.
            try load([result("a", .errored)], into: archive, name: "late", day: 19_999)
            #expect(try statuses(archive).contains("r1 a passed"))
            try archive.undo(delivery: 2)
            #expect(try statuses(archive) == ["r1 a failed", "r1 b passed"])
            #expect(try statuses(archive, from: 20_001).isEmpty)
            #expect(try archive.newestTestDay(notAfter: Day(number: 25_000)) == Day(number: 20_000))
        }
    }
}
