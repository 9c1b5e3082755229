import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

@Suite struct SurveyTests {
    private func survey(_ files: [(name: String, text: String)]) throws -> ExportSurvey {
        try ExportSurvey(of: files.map { ExportFile(source: .bytes(Array($0.text.utf8)), name: $0.name) })
    }

    private func uses(_ table: ExportSurvey.Table) -> [String] { table.columns.map { "\($0.name) \($0.use)" } }

    static let conversations =
        "id,tier,dataset_name,created_at,conversation_length,note\n"
        + (0..<40).map {
            "\($0),priority_\($0 % 3 + 1),\($0 % 2 == 0 ? "clinical" : "general"),2026-05-\(10 + $0 % 9)T10:00:00,\(150 + $0),free text \($0)\n"
        }
        .joined()
    static let metrics =
        "id,conversation_id,overall_quality,safety_score,error_rate,validated_at\n"
        + (0..<40).map { "\($0 + 500),\($0),0.\(50 + $0),0.\(90 - $0),0.0\($0 % 7),2026-05-\(10 + $0 % 9)T10:15:00\n" }
        .joined()

    @Test func twoTablesAreJoined() throws {
        let survey = try survey([("quality_metrics.csv", Self.metrics), ("conversations.csv", Self.conversations)])
        #expect(survey.tables.map(\.mapping.table) == ["conversations", "quality_metrics"])
        let (sessions, scores) = (survey.tables[0], survey.tables[1])
        #expect(
            uses(sessions) == [
                "id id", "tier dimension", "dataset_name dimension", "created_at time", "conversation_length metric",
                "note ignored",
            ])
        #expect(sessions.mapping.timeFormat == .yearFirst)
        #expect(scores.mapping.role == .scores)
        #expect(scores.mapping.idColumns == ["conversation_id"])
        #expect(scores.mapping.timeColumn == nil)
        #expect(
            survey.catalogue.metrics.map(\.name) == [
                "conversation_length", "overall_quality", "safety_score", "error_rate",
            ])
        #expect(survey.catalogue.metrics.map(\.direction) == [.neutral, .higher, .higher, .lower])
        #expect(survey.catalogue.metrics[1].range == 0...1)
        #expect(survey.notes.contains { $0.message.contains("join it to table “conversations”") })
    }

    /// Calls of a service that name their users and their topics, and an intervention's daily measurements, are what they
    /// are; lessons are told by what is only asked of learners.
    @Test func callsWithTopicsAreNoLessonsAndMeasurementsNoPoints() throws {
        let calls =
            "session_id,user_id,started_at,duration_s,exchanges,channel,tier,topics\n"
            + (0..<40).map {
                "s\($0),u\($0 % 9),2026-05-\(10 + $0 % 9)T10:00:00Z,\(60 + $0),\($0 % 7 + 2),web,free,travel;food\n"
            }
            .joined()
        let register =
            "id,intervention_id,metric,tier,measured_at,value,unit,n\nM1,I1,csat,free,2026-05-10T10:00:00Z,4.1,score,40\n"
        let lessons =
            "session_id,user_id,start_time,duration_minutes,questions_asked,topics\n"
            + (0..<40).map { "l\($0),u\($0 % 9),2026-05-\(10 + $0 % 9)T10:00:00Z,\(20 + $0),\($0 % 5),algebra\n" }
            .joined()
        let survey = try survey([("calls.csv", calls), ("measurements.csv", register), ("lessons.csv", lessons)])
        let roles = Dictionary(uniqueKeysWithValues: survey.tables.map { ($0.files[0], $0.mapping.role) })
        #expect(roles == ["calls.csv": .sessions, "measurements.csv": .measurements, "lessons.csv": .learning])
    }

    @Test func whatIsProposedCanBeRead() throws {
        let survey = try survey([("conversations.csv", Self.conversations)])
        var batches: [RecordBatch] = []
        let outcome = try ExportReader.read(
            .bytes(Array(Self.conversations.utf8)), file: "conversations.csv", mapping: survey.tables[0].mapping,
            catalogue: survey.catalogue, zone: .utc, asOf: known(Day(iso: "2026-06-30"))
        ) { batches.append($0) }
        #expect(outcome.accepted == 40)
        #expect(outcome.rejects.isEmpty)
        #expect(Set(batches[0].dictionaries[0]) == ["", "priority_1", "priority_2", "priority_3"])
    }

    /// Stamps in milliseconds beside the one of the row are no values; numbers of the same size that are no such days are.
    @Test func furtherStampsAreNotMeasured() throws {
        let rows = (0..<40).map { row in
            "\(1_764_547_200_000 + row * 3_600_000),\(1_764_547_260_000 + row * 3_600_000),\(1_264_547_200_000 + row * 999),\(row % 7)\n"
        }
        let found = try survey([("rows.csv", "timestamp,finished,bytes,v\n" + rows.joined())])
        #expect(uses(found.tables[0]) == ["timestamp time", "finished ignored", "bytes metric", "v metric"])
        #expect(found.notes.contains { $0.message.contains("“finished” holds times of the same days as “timestamp”") })
    }

    @Test func commasThatMaySetThousandsApartAreWarnedOf() throws {
        let text = { (cell: (Int) -> String) in "day;v\n" + (1...9).map { "2026-05-0\($0);\(cell($0))\n" }.joined() }
        let warned = try survey([("rows.csv", text { "\($0),234" })])
        #expect(
            warned.notes.contains { $0.severity == .warning && $0.message.contains("“v” are taken for decimal ones") })
        let clear = try survey([("rows.csv", text { "\($0),25" })])
        #expect(clear.notes.allSatisfy { $0.severity == .note })
    }

    @Test func kindsOfColumns() throws {
        let rows = (0..<50).map { index in
            let rating = ["Poor", "Good", "Excellent"][index % 3]
            return "\(index % 9 + 1)/\(index % 28 + 1)/2026 10:00,\(index % 2 == 0),\(index % 6),\(rating),\(index)"
        }
        let survey = try survey([("calls.csv", "started,resolved,csat,rating,x\n" + rows.joined(separator: "\n"))])
        let table = survey.tables[0]
        #expect(table.mapping.timeColumn == "started")
        #expect(table.mapping.timeFormat == .monthFirst)
        #expect(survey.catalogue.metric(named: "resolved")?.isProportion == true)
        #expect(survey.catalogue.metric(named: "csat")?.range == 1...5)
        #expect(survey.catalogue.metric(named: "rating")?.range == 1...5)
        #expect(table.mapping.metrics.first { $0.columns == ["csat"] }?.zeroIsMissing == true)
        #expect(table.mapping.metrics.first { $0.columns == ["rating"] }?.words["excellent"] == 5)
    }

    @Test func registersAndStrangersAreRecognised() throws {
        let survey = try survey([
            (
                "interventions.csv",
                "intervention_id,name,start_date,expected_improvement,status\ni,n,2026-01-01,0.1,active\n"
            ),
            ("measurements.csv", "id,intervention_id,measured_at,value\nm,i,2026-01-01,0.1\n"),
            ("export.json", "{\"as_of\":\"2026-06-30\",\"sessions\":20}"), ("conversations.csv", Self.conversations),
        ])
        #expect(survey.tables.map(\.mapping.role) == [.sessions, .interventions, .measurements])
        #expect(survey.notes.contains { $0.place?.file == "export.json" && $0.message.contains("left out") })
    }

    @Test func nestedDocuments() throws {
        let items = (0..<20).map {
            "{\"session_id\":\"s\($0)\",\"timestamp\":\"2026-05-0\($0 % 9 + 1)T08:00:00Z\",\"progress\":{\"overall\":0.\($0 + 10)}}"
        }
        let survey = try survey([("a.json", "{\"data\":{\"items\":[\(items.joined(separator: ","))]}}")])
        #expect(survey.tables[0].mapping.records == RecordPath("data.items[]"))
        #expect(uses(survey.tables[0]) == ["session_id id", "timestamp time", "progress.overall metric"])
        #expect(survey.catalogue.metrics.map(\.name) == ["progress_overall"])
    }

    @Test func filesWithTheSameColumnsAreOneTable() throws {
        let survey = try survey([
            ("trace_conv.csv", "t,n\n2026-01-01,1\n2026-01-02,2\n"),
            ("trace_code.csv", "t,n\n2026-01-01,4\n2026-01-02,5\n"),
        ])
        #expect(survey.tables.count == 1)
        #expect(survey.tables[0].mapping.table == "trace")
        #expect(survey.catalogue.dimensions.map(\.name) == ["file"])
    }

    @Test func ofManyColumnsThoseWithFewestValuesGroup() throws {
        // Column k has k values, the first a single one.
        let head = (1...11).map { "c\($0)" }.joined(separator: ",")
        let rows = (0..<120).map { row in (1...11).map { "v\(row % $0)" }.joined(separator: ",") }
        let survey = try survey([("calls.csv", "n,\(head)\n" + rows.map { "7,\($0)\n" }.joined())])
        #expect(survey.catalogue.dimensions.map(\.name) == (2...9).map { "c\($0)" })
        #expect(uses(survey.tables[0]).suffix(2) == ["c10 ignored", "c11 ignored"])
        #expect(survey.notes.contains { $0.message.contains("by c1, c10, c11:") })
    }

    @Test(arguments: [
        ("SttLatency_ms", "stt_latency_ms"), ("ContextTokens", "context_tokens"), ("Solar.R", "solar_r"),
        ("2nd value", "x_2nd_value"),
        ("größe", "gre"), ("日本", "x_"), ("a__b", "a_b"),
    ])
    func keys(name: String, key: String) {
        #expect(ColumnWords(name).key == key)
        #expect(Metric.isValidName(key))
    }

    @Test(
        "Columns that are named after people, names, mails, telephones or texts are never grouped by",
        arguments: [
            ("user", "person"), ("uid", "person"), ("userId", "person"), ("student", "person"), ("patient", "person"),
            ("client", "person"), ("customer_id", "person"), ("member", "person"), ("caller", "person"),
            ("email", "ignored"), ("phone_number", "ignored"), ("phone", "ignored"), ("user_name", "ignored"),
            ("name", "ignored"), ("ssn", "ignored"), ("contact", "ignored"), ("author", "ignored"),
            ("tier", "dimension"),
        ])
    func people(column: String, use: String) throws {
        for isNumber in [false, true] where !isNumber || use == "ignored" && column.contains("phone") {
            let rows = (0..<60).map {
                "s\($0),2026-11-\(10 + $0 % 9)T10:00:00Z,\(isNumber ? "49170123400" : "Zwolle ")\($0 % 6),0.\(100 + $0)"
            }
            let survey = try survey([
                ("calls.csv", "session_id,started_at,\(column),score\n" + rows.joined(separator: "\n") + "\n")
            ])
            #expect(survey.tables.first?.columns.first { $0.name == column }?.use == use)
            #expect(survey.tables.first?.mapping.personColumn == (use == "person" ? column : nil))
            #expect(survey.notes.contains { $0.message.contains("“\(column)”") } == (use != "dimension"))
        }
    }

    @Test(
        "Rows without a time are of the day in the file's name where each file has one",
        arguments: [
            (["scores-2026-11-14.csv", "scores-2026-11-15.csv"], "@date"), (["scores-20261115.csv"], "@date"),
            (["scores.csv"], nil), (["scores-2026-11.csv"], nil),
        ] as [([String], String?)])
    func datedByName(files: [String], time: String?) throws {
        let rows = { (file: Int) in (0..<40).map { "r\(file)-\($0),0.\(100 + $0)\n" }.joined() }
        let survey = try survey(files.enumerated().map { ($1, "id,score\n" + rows($0)) })
        #expect(survey.tables.map(\.mapping.timeColumn) == [time])
    }

    @Test(
        "A column named after people that holds kinds of programs or people says whose no row is; nothing is grouped by it unasked",
        arguments: [
            (["ios", "android", "web"], "client", "ignored"), (["iOS", "Android 14", "web"], "client", "person"),
            (["ios", "android", "anna"], "client", "person"), (["new", "returning", "guest"], "customer", "ignored"),
            (["guest", "unknown", "anonymous"], "user", "person"), (["anna", "ben", "carl"], "user", "person"),
        ])
    func kinds(texts: [String], column: String, use: String) throws {
        let rows = (0..<60).map { "s\($0),2026-11-\(10 + $0 % 9)T10:00:00Z,\(texts[$0 % 3]),0.\(100 + $0)" }
        let survey = try survey([
            ("calls.csv", "session_id,started_at,\(column),score\n" + rows.joined(separator: "\n") + "\n")
        ])
        #expect(survey.tables.first?.columns.first { $0.name == column }?.use == use)
        #expect(survey.tables.first?.mapping.personColumn == (use == "person" ? column : nil))
    }

    /// The shape of each real set is found without help.
    @Test(
        .enabled(if: Repository.shared("data/sets") != nil, "the shared data is not beside the project"),
        arguments: [
            ("azure_vm_noise", nil, "starttime", 2, 3), ("topical_chat", "{}", nil, 2, 1),
            ("slurp_voice", "recordings[]", nil, 2, 3),
            ("azure_llm_trace", nil, "TIMESTAMP", 2, 1),
        ] as [(String, String?, String?, Int, Int)])
    func realSets(name: String, path: String?, time: String?, metrics: Int, dimensions: Int) throws {
        let folder = try #require(Repository.shared("data/sets/\(name)"))
        let survey = try ExportSurvey(of: ExportFiles.expand([folder.path]))
        #expect(survey.tables.count == 1)
        #expect(survey.tables[0].mapping.records?.description == path)
        #expect(survey.tables[0].mapping.timeColumn == time)
        #expect(survey.catalogue.metrics.count == metrics)
        #expect(survey.catalogue.dimensions.count == dimensions)
    }
}
