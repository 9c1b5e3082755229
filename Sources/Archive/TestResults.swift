import GRDB
import Model

/// Reads and writes test results: one row per source, run, suite, test and delivery, of which the latest delivery holds.
struct TestResultStore {
    private let db: Database

    init(_ db: Database) { self.db = db }

    func write(_ value: TestResult, delivery: Int64) throws {
        try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO test_results
                  (source, run, is_named, suite, test, delivery, day, started, title, category, status, score, seconds,
                   cases, cases_passed, attempts, failed_attempts, message)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            value.source.storable, value.run?.storable ?? "@\(value.started)", value.run != nil, value.suite.storable,
            value.test.storable, delivery, value.day.number, value.started, value.title.storable,
            value.category?.storable, value.status?.rawValue, value.score, value.seconds, value.cases,
            value.casesPassed, value.attempts, value.failedAttempts, value.message.storable,
        ])
    }

    /// The results that hold, of days in a period, by source, run, suite and test.
    func read(_ period: Period) throws -> [TestResult] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT test_results.* FROM test_results JOIN deliveries ON deliveries.id = delivery
                WHERE state = 'live' AND day >= ? ORDER BY source, run, suite, test, as_of DESC, delivery DESC
                """, arguments: [period.start.number])
        var results: [TestResult] = []
        var last: [String] = []
        while let row = try rows.next() {
            let key: [String] = [row["source"], row["run"], row["suite"], row["test"]]
            // The first of a key holds, even where it lies behind the period: a correction may move a run.
            guard key != last else { continue }
            last = key
            let day = Day(number: row["day"])
            if day >= period.start, day < period.end { results.append(try result(row, day)) }
        }
        return results
    }

    private func result(_ row: Row, _ day: Day) throws -> TestResult {
        let status = (row["status"] as String?).map { TestResult.Status(rawValue: $0) }
        if case .some(.none) = status { throw ArchiveError.damaged("unknown status of a test result") }
        var result = TestResult(
            source: row["source"], run: row["is_named"] ? row["run"] : nil, day: day, started: row["started"],
            suite: row["suite"], test: row["test"], status: status ?? nil)
        result.title = row["title"]
        result.category = row["category"]
        result.score = row["score"]
        result.seconds = row["seconds"]
        result.cases = row["cases"]
        result.casesPassed = row["cases_passed"]
        result.attempts = row["attempts"]
        result.failedAttempts = row["failed_attempts"]
        result.message = row["message"]
        return result
    }
}

extension Archive {
    /// The test results that hold, of the days of a period, in a fixed order. O(results from its start on).
    public func testResults(over period: Period) throws -> [TestResult] {
        try access { try TestResultStore($0).read(period) }
    }

    /// The newest day up to another one that has test results; nil if there is none.
    public func newestTestDay(notAfter day: Day) throws -> Day? {
        try newestDay(in: "test_results", notAfter: day)
    }
}
