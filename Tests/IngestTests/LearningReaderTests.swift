import Model
import Testing

@testable import Ingest

/// Sessions of learners and goals from every form in which they come.
@Suite struct LearningReaderTests {
    private let people = LearningReader.People(names: LearnerNames { "p-\($0)" }) { name in
        ["Asia/Tokyo": ZoneRules(name: "Asia/Tokyo", offset: 9 * 3600), "UTC": .utc][name]
    }

    private func reader(_ file: String, _ mapping: SourceMapping, lastDay: String = "2026-11-19") throws
        -> LearningReader
    {
        LearningReader(
            file: file, mapping: mapping, zone: .utc, people: people, lastDay: try #require(Day(iso: lastDay)))
    }

    private func sessions(_ text: String, _ file: String) throws -> ([LearningSession], ReadOutcome) {
        let export = ExportFile(source: .bytes(Array(text.utf8)), name: file)
        let mapping = try #require(try LearningSurvey.mapping(of: export))
        #expect(mapping.role == .learning)
        let reader = try reader(file, mapping)
        var found: [LearningSession] = []
        let outcome = try reader.sessions(export.source) { found += $0 }
        return (found, outcome)
    }

    private static let csv = """
        session_id,learner_id,time_zone,start_time,end_time,total_exchanges,average_quality,topics,relevance,positive_feedback
        s1,anna,Asia/Tokyo,2026-11-10T23:30:00Z,2026-11-11T00:00:00Z,12,0.8,algebra; music,0.9,2
        s2,anna,Asia/Tokyo,2026-11-12T07:30:00,,4,1.8,"[""music"", ""music""]",,
        s3,ben,Nowhere/Land,2026-11-12T07:30:00Z,,4,0.5,music,,
        s4,,UTC,2026-11-12T07:30:00Z,,4,0.5,music,,
        s5,ben,UTC,2027-01-01T07:30:00Z,,4,0.5,music,,
        """

    @Test func rowsBecomeSessionsOfTheLearnersDay() throws {
        let (found, outcome) = try sessions(Self.csv, "lessons.csv")
        #expect(found.map(\.session) == ["p-anna\u{1F}s1", "p-anna\u{1F}s2"])
        let first = try #require(found.first)
        #expect(first.learner == "p-anna")
        // 23:30 UTC is 08:30 of the next day in Tokyo.
        #expect(first.day.iso == "2026-11-11")
        #expect(first.localSecond == 8 * 3600 + 1800)
        #expect(first.minutes == 30)
        #expect(first.topics == ["algebra", "music"])
        #expect(first.part(.relevance) == 0.9)
        #expect(first.positiveFeedback == 2)
        // A stamp without an offset is read in the learner's zone; a quality of 1.8 is refused alone.
        #expect(found[1].day.iso == "2026-11-12")
        #expect(found[1].started == Int64(found[1].day.number) * 86_400 + 7 * 3600 + 1800 - 9 * 3600)
        #expect(found[1].quality == nil)
        #expect(found[1].topics == ["music"])
        #expect(outcome.rejects.map(\.cause) == [.outOfRange, .unknownValue, .missingId, .futureDate])
        #expect(outcome.accepted == 2)
    }

    @Test func refusalsNameNobody() throws {
        let broken = Self.csv + "\ns6,someone-secret,UTC\n"
        let (_, outcome) = try sessions(broken, "lessons.csv")
        #expect(outcome.rejects.contains { $0.cause == .wrongColumnCount })
        #expect(!outcome.rejects.contains { $0.found.contains("secret") })
    }

    /// A list of learners, and an object by learner, with lists of sessions.
    @Test(arguments: [
        #"{"learners":[{"learner_id":"anna","time_zone":"UTC","sessions":[{"session_id":"s1","start_time":"2026-11-10T10:00:00Z","topics":["a","b"],"quality_breakdown":{"clarity":0.7}}]}]}"#,
        #"{"anna":{"time_zone":"UTC","sessions":[{"session_id":"s1","start_time":"2026-11-10T10:00:00Z","topics":["a","b"],"quality_breakdown":{"clarity":0.7}}]}}"#,
    ]) func nestedDocumentsAreUnderstood(text: String) throws {
        let (found, _) = try sessions(text, "learners.json")
        let session = try #require(found.first)
        #expect(session.learner == "p-anna")
        #expect(session.topics == ["a", "b"])
        #expect(session.part(.clarity) == 0.7)
    }

    /// The parts of the quality are an object of their own in some sessions only; all are read.
    @Test func sessionsWithoutPartsAreNotLost() throws {
        let text =
            #"{"learners":[{"learner_id":"anna","sessions":[{"session_id":"s1","quality_breakdown":{"clarity":0.7},"start_time":"2026-11-10T10:00:00Z","topics":["a"]},{"session_id":"s2","start_time":"2026-11-11T10:00:00Z","topics":["a"]}]}]}"#
        let (found, outcome) = try sessions(text, "learners.json")
        #expect(found.count == 2)
        #expect(found.map { $0.part(.clarity) } == [0.7, nil])
        #expect(outcome.accepted == 2)
    }

    @Test func goalsHaveOneUnitAndNoStatusOfTheirOwn() throws {
        let text = """
            goal_id,learner_id,title,goal_type,target_value,unit,start_date,deadline,status
            g1,anna,Good,quality,0.8,,2026-11-01,,completed
            g2,,All,Streak days,7,days,2026-11-01,2026-11-30,active
            g3,anna,Odd,wishes,1,,2026-11-01,,active
            g4,anna,None,sessions,0,,2026-11-01,,active
            """
        let export = ExportFile(source: .bytes(Array(text.utf8)), name: "goals.csv")
        let mapping = try #require(try LearningSurvey.mapping(of: export))
        #expect(mapping.role == .goals)
        let reader = try reader("goals.csv", mapping)
        var found: [LearningGoal] = []
        let outcome = try reader.goals(export.source) { found += $0 }
        #expect(found.map(\.id) == ["g1", "g2"])
        #expect(found[0].target == 80)
        #expect(found[0].learner == "p-anna")
        #expect(found[0].declared == .active)
        #expect(found[1].learner == nil)
        #expect(found[1].kind == .streak)
        #expect(outcome.rejects.map(\.cause) == [.unknownValue, .missingValue])
    }

    /// However small the parts in which a long log is read, the same sessions come, and refusals keep their lines. Of the 40 rows the
    /// 30th, which stands in line 31, has no learner.
    @Test(arguments: ["csv", "ndjson"], [1, 64, 300, 5_000, 1 << 20]) func partsOfALogMakeTheWhole(
        format: String, bytes: Int
    ) throws {
        let rows = (1...40).map { row in
            let learner = row == 30 ? "" : "anna"
            let start = "2026-11-\(row < 20 ? 10 : 11)T\(row % 10 + 10):00:00Z"
            return format == "csv"
                ? "s\(row),\(learner),\(start),\"one\n\nline\""
                : #"{"session_id":"s\#(row)","learner_id":"\#(learner)","start_time":"\#(start)","topics":["a"]\#(row == 35 ? ",\"average_quality\":0.5" : "")}"#
        }
        let header = format == "csv" ? ["session_id,learner_id,start_time,topics"] : []
        let text = (header + rows).joined(separator: "\n")
        let export = ExportFile(source: .bytes(Array(text.utf8)), name: "lessons.\(format)")
        let mapping = try #require(try LearningSurvey.mapping(of: export))
        var limits = ReadLimits(chunkBytes: 50, blockBytes: bytes)
        limits.hashes = false
        let reader = LearningReader(
            file: "lessons.\(format)", mapping: mapping, zone: .utc, people: people,
            lastDay: try #require(Day(iso: "2026-11-19")), limits: limits)
        var found: [LearningSession] = []
        let outcome = try reader.sessions(export.source) { found += $0 }
        #expect(found.map(\.session) == (1...40).filter { $0 != 30 }.map { "p-anna\u{1F}s\($0)" })
        #expect(outcome.rows == 40 && outcome.accepted == 39)
        // In the CSV each row takes three lines below the header.
        #expect(outcome.rejects.map(\.line) == [format == "csv" ? 1 + 29 * 3 + 1 : 30])
        #expect(found.map(\.quality) == (1...40).filter { $0 != 30 }.map { $0 == 35 && format == "ndjson" ? 0.5 : nil })
    }

    @Test func otherExportsAreLeftAlone() throws {
        let text = "session_id,user_id,started_at,score\ns1,u1,2026-11-10T10:00:00Z,0.5\n"
        #expect(
            try LearningSurvey.mapping(of: ExportFile(source: .bytes(Array(text.utf8)), name: "sessions.csv")) == nil)
    }

    /// HMAC-SHA-256 of "anna" with the key "key", first eight bytes. Python: hmac.new(b"key", b"anna", "sha256").hexdigest()[:16]
    @Test func pseudonymsAreKeyedHashes() {
        let names = LearnerNames.keyed(by: Array("key".utf8))
        #expect(names("anna") == "d27d461c645c7ca8")
        #expect(names("anna") != names("Anna"))
        #expect(LearnerNames.asSupplied("anna") == "anna")
    }

    @Test func aSessionLastsADayAtMost() throws {
        let (found, outcome) = try sessions(
            """
            session_id,learner_id,start_time,end_time,duration_minutes,topics
            a,anna,2026-11-10T10:00:00Z,2026-11-11T10:00:00Z,,x
            b,anna,2026-11-10T10:00:00Z,2027-11-10T10:00:00Z,,x
            c,anna,2026-11-10T10:00:00Z,,900000,x
            """, "lessons.csv")
        #expect(found.map(\.minutes) == [1440, nil, nil])
        #expect(outcome.rejects.map(\.cause) == [.outOfRange, .outOfRange])
    }

    @Test func impossibleGoalsAreRefused() throws {
        let text = """
            goal_id,learner_id,goal_type,target_value,start_date,deadline
            a,anna,quality,150,2026-11-01,
            b,anna,sessions,20,2026-11-10,2026-11-01
            c,anna,sessions,20,2026-11-10,2026-11-10
            """
        let export = ExportFile(source: .bytes(Array(text.utf8)), name: "goals.csv")
        let mapping = try #require(try LearningSurvey.mapping(of: export))
        let reader = try reader("goals.csv", mapping)
        var found: [LearningGoal] = []
        let outcome = try reader.goals(export.source) { found += $0 }
        #expect(found.map(\.id) == ["b", "c"])
        #expect(found.map { $0.deadline?.iso } == [nil, "2026-11-10"])
        #expect(outcome.rejects.map(\.cause) == [.outOfRange, .badDate])
    }
}
