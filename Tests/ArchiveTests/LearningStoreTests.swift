import Archive
import Foundation
import Model
import Testing

/// Sessions of learners in the archive: corrections, late rows, undo.
@Suite struct LearningStoreTests {
    private func session(_ learner: String, _ id: String, _ iso: String, quality: Double) throws -> LearningSession {
        let day = try #require(Day(iso: iso))
        var session = LearningSession(
            learner: learner, session: id, day: day, started: Int64(day.number) * 86_400, offset: 3600)
        session.quality = quality
        session.topics = ["a;b", "c"]
        session.parts = [0.5, nil, 1, nil, nil, nil]
        session.zone = "Europe/Berlin"
        session.isSuccess = false
        return session
    }

    private func load(_ archive: Archive, _ asOf: String, _ sessions: [LearningSession], _ name: UInt8) throws -> Int64
    {
        let loading = try archive.load(asOf: try #require(Day(iso: asOf)))
        let file = DeliveryFile(
            sha256: Array(repeating: name, count: 32), name: "f\(name).csv", table: "learning", bytes: 1)
        let open = try #require(try loading.begin(file))
        try loading.add(sessions)
        try loading.finish(open, rows: sessions.count, accepted: sessions.count, counts: [], rejects: [])
        return try #require(try loading.finish().delivery)
    }

    @Test func theLatestDeliveryHoldsAndUndoTakesItBack() throws {
        try Night.withArchive { archive in
            let first = try session("ann", "s1", "2026-11-10", quality: 0.5)
            let second = try session("ben", "s1", "2026-11-11", quality: 0.6)
            _ = try load(archive, "2026-11-11", [second, first], 1)
            let corrected = try session("ann", "s1", "2026-11-09", quality: 0.9)
            let delivery = try load(archive, "2026-11-12", [corrected], 2)
            let day = try #require(Day(iso: "2026-11-12"))
            #expect(try archive.learningSessions(after: nil, through: day) == [[corrected], [second]])
            #expect(try archive.learningSessions(after: "ann", through: day) == [[second]])
            #expect(try archive.learningSessions(after: nil, through: day, limit: 1) == [[corrected]])
            // A correction of an earlier delivery that comes later does not win over a newer one.
            _ = try load(archive, "2026-11-08", [try session("ann", "s1", "2026-11-10", quality: 0.1)], 3)
            #expect(try archive.learningSessions(after: nil, through: day).first == [corrected])
            try archive.undo(delivery: delivery)
            #expect(try archive.learningSessions(after: nil, through: day) == [[first], [second]])
            #expect(try archive.newestLearningDay(notAfter: day) == Day(iso: "2026-11-11"))
            let before = try #require(Day(iso: "2026-11-10"))
            #expect(try archive.learningSessions(after: nil, through: before) == [[first]])
        }
    }

    @Test func goalsAreReplacedByIdAndLearner() throws {
        try Night.withArchive { archive in
            let day = try #require(Day(iso: "2026-11-10"))
            var goal = LearningGoal(id: "g", learner: "ann", title: "t", kind: .sessions, target: 5, start: day)
            let everybody = LearningGoal(id: "g", title: "all", kind: .quality, target: 0.8, start: day, deadline: day)
            let loading = try archive.load(asOf: day)
            try loading.add([goal, everybody])
            _ = try loading.finish()
            goal.target = 7
            let again = try archive.load(asOf: day)
            try again.add([goal])
            _ = try again.finish()
            #expect(try archive.learningGoals() == [everybody, goal])
        }
    }

    /// What a statement would have to take back is held in memory: SQLite wrote 16 KB for each page that a row touched.
    @Test func rowsLeaveNoTemporaryFile() throws {
        let temporary = { () throws -> Set<String> in
            let folder = "/proc/self/fd"
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).compactMap {
                try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")  // may be closed by now
            }
            return Set(names.filter { $0.contains("/etilqs_") })
        }
        let sessions = try (0..<1_000).map {
            try session("a learner whose name is long \($0 % 100)", "\($0)", "2026-11-10", quality: 0.5)
        }
        // Another test may have such a file for a moment.
        let tries = try (0..<3).map { _ in
            try Night.withArchive { archive in
                let before = try temporary()
                try archive.begin()
                _ = try load(archive, "2026-11-10", sessions, 1)
                defer { try? archive.rollback() }  // what matters has been seen
                return try temporary().subtracting(before)
            }
        }
        #expect(tries.contains([]), "\(tries)")
    }
}
