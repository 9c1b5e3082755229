import Model
import Testing

@testable import Ingest

@Suite("Rows about people")
struct PersonReaderTests {
    private static let key = PseudonymKey(bytes: Array(repeating: 7, count: 32))
    private static let day = Day(number: 20_776)

    private func read(
        _ text: String, as role: SourceMapping.Role, file: String = "rows.csv", firstDay: String? = nil,
        phrases: [String] = []
    ) throws -> (PersonReading, ReadOutcome) {
        try PersonReader.read(
            .bytes(Array(text.utf8)), file: file, mapping: SourceMapping(table: "t", role: role), zone: .utc,
            deliveryDay: Self.day, lastDay: Self.day,
            rules: PersonRules(key: Self.key, firstDay: firstDay.flatMap { Day(iso: $0) }, phrases: phrases))
    }

    private func person(_ id: String) -> String { Self.key.pseudonym(of: id) }

    @Test("Nested JSON gives a profile, progress and sessions; no id, name or text of it is kept")
    func nested() throws {
        let text = """
            [{"user_id": "anna-1", "name": "Anna", "therapeutic_focus": "anxiety", "session_frequency": "high", "age": 34,
              "engagement_level": "high", "created_at": "2026-09-01",
              "sessions": [
                {"duration_minutes": 41, "interaction_count": 25, "therapeutic_interventions_count": 3,
                 "progress_markers_count": 2, "note": "Anna said"},
                {"duration_minutes": 41, "interaction_count": 25, "date": "2026-10-02"}],
              "progress_data": {"overall_progress": 0.7, "goal_completion_rate": 0.5, "engagement_level": 0.8,
                "total_sessions": 2}}]
            """
        let (reading, outcome) = try read(text, as: .people, file: "users.json")
        #expect(outcome.failure == nil)
        #expect(outcome.rejects.isEmpty)
        #expect(reading.rawIDs == ["anna-1"])
        #expect(Set(reading.facts.map(\.person)) == [person("anna-1")])
        let profile = try #require(reading.facts.first { $0.kind == .profile })
        #expect(
            profile.words == [.focus: "anxiety", .frequency: "high", .engagementLevel: "high", .ageBand: "30–49"])
        #expect(profile.day.iso == "2026-09-01")
        let progress = try #require(reading.facts.first { $0.kind == .progress })
        #expect(progress.measures == [.overall: 0.7, .goals: 0.5, .engagement: 0.8, .sessionCount: 2])
        let sessions = reading.facts.filter { $0.kind == .session }
        #expect(sessions.count == 2)
        // The registration of the person is not the day of a session.
        #expect(sessions.map(\.day.iso) == ["2026-11-19", "2026-10-02"])
        #expect(sessions.map(\.isDated) == [false, true])
        #expect(!"\(reading.facts)".contains("nna"))
    }

    @Test("Ids that are keys of JSON objects name the nested rows, too")
    func idsAsKeys() throws {
        var mapping = SourceMapping(table: "t", role: .people)
        mapping.records = RecordPath("users{}")
        mapping.fields = ["person": "@key"]
        let text = """
            {"users": {
              "u-anna": {"therapeutic_focus": "sleep", "sessions": [{"duration_minutes": 41}, {"duration_minutes": 20}]},
              "u-ben": {"therapeutic_focus": "sleep", "sessions": [{"duration_minutes": 10}]}}}
            """
        let (reading, outcome) = try PersonReader.read(
            .bytes(Array(text.utf8)), file: "users.json", mapping: mapping, zone: .utc, deliveryDay: Self.day,
            lastDay: Self.day, rules: PersonRules(key: Self.key, firstDay: nil, phrases: []))
        #expect(outcome.failure == nil && outcome.rejects.isEmpty, "\(outcome.rejects)")
        #expect(reading.rawIDs == ["u-anna", "u-ben"])
        let sessions = reading.facts.filter { $0.kind == .session }
        #expect(
            sessions.map { [$0.person: $0.measures[.minutes]] } == [
                [person("u-anna"): 41], [person("u-anna"): 20], [person("u-ben"): 10],
            ])
    }

    @Test("Activity reads the same a part at a time, whatever the parts", arguments: ["csv", "ndjson"])
    func parts(form: String) throws {
        let rows = (0..<90).map { row in
            // Every tenth row names nobody, every ninth a day that there is not.
            (row % 10 == 0 ? "" : "u-\(row % 7)", "s\(row)", row % 9 == 4 ? "2026-02-31" : "2026-10-\(10 + row % 20)")
        }
        let text =
            form == "csv"
            ? "user_id,session_id,started_at,duration_minutes\n" + rows.map { "\($0.0),\($0.1),\($0.2),30\n" }.joined()
            : rows.map {
                #"{"user_id": "\#($0.0)", "session_id": "\#($0.1)", "started_at": "\#($0.2)", "duration_minutes": 30}"#
                    + "\n"
            }.joined()
        for block in [100, 1_000, 1 << 20] {
            let (reading, outcome) = try PersonReader.read(
                .bytes(Array(text.utf8)), file: "rows." + form, mapping: SourceMapping(table: "t", role: .activity),
                zone: .utc, deliveryDay: Self.day, lastDay: Self.day, rules: PersonRules(key: Self.key),
                limits: ReadLimits(chunkBytes: 50, blockBytes: block))
            // Of 90 rows 9 have no person and 10 a wrong day, one of them both (row 40): 72 are left.
            #expect(outcome.rows == 90 && outcome.accepted == 72 && reading.facts.count == 72, "\(block)")
            #expect(outcome.rejectCounts[.missingId]?.rows == 9 && outcome.rejectCounts[.badDate]?.rows == 9)
            #expect(Set(reading.facts.map(\.key)).count == 72 && reading.rawIDs.count == 7)
        }
    }

    @Test("Progress in a person's row is of the day that it names, else of the export's, never of the person's own")
    func progressDay() throws {
        let text = { (more: String) in
            #"[{"user_id": "u-1", "created_at": "2026-09-01", "progress_data": {"overall_progress": 0.5\#(more)}}]"#
        }
        let (dated, _) = try read(text(#", "measured_at": "2026-10-05""#), as: .people, file: "users-2026-10-09.json")
        #expect(dated.facts.map(\.kind) == [.profile, .progress])
        #expect(dated.facts.map(\.day.iso) == ["2026-09-01", "2026-10-05"])
        #expect(dated.facts.map(\.isDated) == [true, true])
        let (undated, _) = try read(text(""), as: .people, file: "users-2026-10-09.json")
        #expect(undated.facts.map(\.day.iso) == ["2026-09-01", "2026-10-09"])
        #expect(undated.facts.map(\.isDated) == [true, false])
    }

    @Test("A nested session without an id is the one that began then, so that a later export corrects it")
    func nestedSessionKeys() throws {
        let keys = try [("10:00", 41), ("10:00", 50), ("10:30", 41)].map { start, minutes in
            let text =
                #"[{"user_id": "u-1", "sessions": [{"start_time": "2026-10-02T\#(start):00Z", "duration_minutes": \#(minutes)}]}]"#
            let (reading, _) = try read(text, as: .people, file: "users.json")
            return try #require(reading.facts.first { $0.kind == .session }).key
        }
        #expect(keys[0] == keys[1])
        #expect(keys[0] != keys[2])
    }

    @Test(
        "Of several times of an answer the first column counts; one that lies ahead or cannot be read is refused alone")
    func consentTimes() throws {
        let text = """
            user_id,consent,consent_at,updated_at
            a,yes,2026-10-01T08:00:00Z,2026-10-05
            b,no,,2026-10-05
            c,yes,2027-01-01T08:00:00Z,2026-10-05
            d,yes,soon,2026-10-05
            e,,2026-10-01T08:00:00Z,
            """
        let (reading, outcome) = try read(text, as: .people, file: "users-2026-10-09.csv")
        let day = { (iso: String) in try #require(Day(iso: iso)) }
        // 2026-10-01T08:00Z: 20,727 days after 1970-01-01, and 28,800 seconds.
        #expect(
            try reading.facts.map(\.consentTime) == [
                ConsentTime(day: day("2026-10-01"), second: 20_727 * 86_400 + 28_800),
                ConsentTime(day: day("2026-10-05")),
                ConsentTime(day: day("2026-10-09")), ConsentTime(day: day("2026-10-09")), nil,
            ])
        #expect(outcome.rejectCounts[.futureDate]?.cells == 1)
        #expect(outcome.rejectCounts[.badDate]?.cells == 1)
    }

    @Test(
        "Mistake: phrases are compared with whole messages. They are found within them, in any case, and counted alone")
    func mistakeWholeMessages() throws {
        let (reading, _) = try read(
            "user_id,started_at,duration_minutes,message\nu1,2026-11-01,30,\"I CANNOT go on, and Cannot sleep\"\n"
                + "u2,2026-11-02,5,cannot go on\nu3,2026-11-02,5,I can go on\n",
            as: .activity, phrases: ["cannot go on", "cannot sleep"])
        #expect(reading.facts.map { $0.measures[.phrases] } == [2, 1, 0])
        #expect(!"\(reading.facts)".contains("go on"))
    }

    @Test("Flat tables; numbers outside the schema's range are refused alone, and what was found is not kept")
    func flat() throws {
        let (reading, outcome) = try read(
            """
            user_id,started_at,duration_minutes,interaction_count,engagement_score,sentiment_score,message
            u1,2026-11-01,30,12,0.5,0.4,"I CANNOT go on, says Bob"
            u2,2026-11-02,-5,12,1.5,0.4,fine
            ,2026-11-02,5,12,0.5,0.4,fine
            u3,Bob,5,12,0.5,0.4,fine
            """, as: .activity, phrases: ["cannot go on"])
        #expect(
            reading.facts.map(\.measures) == [
                [.minutes: 30, .interactions: 12, .engagement: 0.5, .sentiment: 0.4, .phrases: 1],
                [.interactions: 12, .sentiment: 0.4, .phrases: 0],
            ])
        #expect(outcome.rejects.map(\.cause) == [.outOfRange, .outOfRange, .missingId, .badDate])
        #expect(outcome.rejects.allSatisfy { $0.found.isEmpty })
        #expect(outcome.rows == 4)
        #expect(outcome.accepted == 2)
    }

    @Test("Rows past retention are counted, not taken; of who does not agree only that is kept")
    func retentionAndConsent() throws {
        let (reading, _) = try read(
            "user_id,date,overall_progress\nu1,2026-08-01,0.1\nu1,2026-11-01,0.2\n", as: .progress,
            firstDay: "2026-09-01")
        #expect(reading.facts.map(\.measures) == [[.overall: 0.2]])
        #expect(reading.refusals == [.pastRetention: 1])
        let (people, _) = try read(
            "user_id,therapeutic_focus,age,consent\nu1,anxiety,17,no\nu2,anxiety,17,yes\n", as: .people)
        #expect(
            people.facts.map(\.words) == [
                [.consent: "no"], [.consent: "yes", .focus: "anxiety", .ageBand: "<18"],
            ])
    }

    @Test("Equal rows without an id are told apart; the same file twice gives the same keys")
    func keys() throws {
        let text = "user_id,date,overall_progress\nu1,2026-11-01,0.2\nu1,2026-11-01,0.2\n"
        let (first, _) = try read(text, as: .progress)
        let (second, _) = try read(text, as: .progress)
        #expect(first.facts.map(\.key) == second.facts.map(\.key))
        #expect(Set(first.facts.map(\.key)).count == 2)
    }

    @Test("Outcomes are words of the schema")
    func outcomes() throws {
        let (reading, outcome) = try read(
            "user_id,outcome_category,session_count\nu1,Positive,4\nu2,splendid,4\n", as: .outcomes)
        #expect(reading.facts.map { $0.words[.category] } == ["positive"])
        #expect(outcome.rejects.map(\.cause) == [.unknownValue])
    }

    @Test("A table of sessions that names people carries pseudonyms; ids that are people become pseudonyms, too")
    func sessions() throws {
        let metric = try #require(Metric(name: "score"))
        let catalogue = try #require(Catalogue(metrics: [metric], dimensions: []))
        var mapping = SourceMapping(table: "t")
        mapping.idColumns = ["user_id", "n"]
        mapping.timeColumn = "time"
        mapping.personColumn = "user_id"
        mapping.metrics = [MetricColumn(metric: 0, columns: ["score"])]
        var limits = ReadLimits()
        limits.key = Self.key
        var batches: [RecordBatch] = []
        _ = try ExportReader.read(
            .bytes(Array("user_id,n,time,score\nu1,1,2026-11-01,3\nu2,1,2026-11-01,4\n".utf8)), file: "t.csv",
            mapping: mapping, catalogue: catalogue, zone: .utc, asOf: Self.day, limits: limits
        ) { batches.append($0) }
        #expect(batches[0].people == ["u1", "u2"].map { UInt64(person($0), radix: 16) })
        #expect(batches[0].ids[0] == "\(person("u1"))\u{1F}1")
        #expect(throws: IngestError.self) {
            try ExportReader.read(
                .bytes([]), file: "t.csv", mapping: mapping, catalogue: catalogue, zone: .utc, asOf: Self.day
            ) { _ in }
        }
    }
}
