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
