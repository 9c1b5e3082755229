import Model
import TestSupport
import Testing

@testable import Ingest

@Suite struct RegisterTests {
    private func catalogue() throws -> Catalogue {
        try known(
            Catalogue(
                metrics: [known(Metric(name: "compliance")), known(Metric(name: "overall_quality"))],
                dimensions: [
                    known(Dimension(name: "tier", values: ["professional", "research"])),
                    known(Dimension(name: "dataset")),
                ]))
    }

    private func interventions(_ text: String, file: String = "interventions.csv") throws -> (
        entries: [Intervention], outcome: ReadOutcome
    ) {
        try RegisterReader.interventions(
            .bytes(Array(text.utf8)), file: file, mapping: SourceMapping(table: "i", role: .interventions),
            catalogue: catalogue(), zone: .utc, asOf: known(Day(iso: "2026-06-30")))
    }

    private func measurements(_ text: String) throws -> (entries: [Measurement], outcome: ReadOutcome) {
        try RegisterReader.measurements(
            .bytes(Array(text.utf8)), file: "m.csv", mapping: SourceMapping(table: "m", role: .measurements),
            zone: .utc, asOf: known(Day(iso: "2026-06-30")))
    }

    @Test func shortNames() throws {
        let (entries, outcome) = try interventions(
            """
            id,name,description,type,metric,tier,dataset,start_date,end_date,expected_improvement,status,created_by,created_at
            INT-001,"Glossary, weekly",text,prompt_change,compliance,professional,,2026-06-01,,0.045,active,Dana,2026-05-22T09:00:00+02:00
            INT-002,Cache,text,infrastructure,latency,,customer_support,2026-06-04,2026-06-20,x,,"=A1",2026-05-25T09:00:00+02:00
            INT-003,Both,text,content,compliance,research,coding,2026-07-29,,0.06,planned,Ortiz,2026-05-19T09:00:00+02:00
            """)
        #expect(entries.map(\.id) == ["INT-001", "INT-002", "INT-003"])
        #expect(
            entries[0]
                == Intervention(
                    id: "INT-001", name: "Glossary, weekly", kind: "prompt_change", metric: "compliance",
                    scope: .value(dimension: "tier", value: "professional"), start: try known(Day(iso: "2026-06-01")),
                    end: nil,
                    expectedChange: 0.045, status: .active))
        #expect(entries[1].metric == nil)
        #expect(entries[1].status == .completed)
        #expect(entries[1].expectedChange == nil)
        #expect(
            entries[2].scope == .pair(first: "tier", firstValue: "research", second: "dataset", secondValue: "coding"))
        #expect(outcome.rejects.map(\.column) == ["expected"])
        #expect(outcome.cellsRejected == 1)
    }

    @Test func longNamesInJSON() throws {
        let (entries, _) = try interventions(
            """
            [{"intervention_id":"INT_20260601_101112_0001","name":"Training","intervention_type":"training",
              "target_component":"overall_quality","target_tier":null,"target_dataset":"clinical",
              "start_date":"2026-06-01T10:11:12Z","end_date":null,"expected_improvement":0.1,"status":"Completed"}]
            """, file: "interventions.json")
        #expect(entries.count == 1)
        #expect(entries[0].scope == .value(dimension: "dataset", value: "clinical"))
        #expect(entries[0].status == .completed)
        #expect(entries[0].metric == "overall_quality")
    }

    @Test func refusals() throws {
        let (entries, outcome) = try interventions(
            """
            id,start_date,tier,status
            ,2026-06-01,,active
            a,soon,,active
            b,2026-06-01,platinum,active
            c,2026-06-01,,paused?
            d,2026-06-01
            e,2026-06-01,all,active
            """)
        #expect(entries.map(\.id) == ["e"])
        #expect(entries.first?.scope == .all)
        #expect(
            outcome.rejects.map(\.cause) == [.missingId, .badDate, .unknownValue, .unknownValue, .wrongColumnCount])
        #expect(outcome.rejects.map(\.line) == [2, 3, 4, 5, 6])
        #expect(outcome.rows == 6)
    }

    @Test func measurements() throws {
        let text = """
            id,intervention_id,metric,measured_at,value,n
            M-1,INT-001,compliance,2026-05-02T23:59:59+02:00,0.747355,65
            M-2,INT-001,compliance,2026-07-02T23:59:59+02:00,0.7,65
            M-3,,compliance,2026-05-02T23:59:59+02:00,0.7,65
            M-4,INT-001,compliance,never,0.7,65
            M-5,INT-001,compliance,2026-05-03T00:10:00+02:00,?,x
            """
        let (entries, outcome) = try measurements(text)
        #expect(
            entries.first
                == Measurement(
                    id: "M-1", intervention: "INT-001", day: try known(Day(iso: "2026-05-02")), baseline: nil,
                    current: 0.747355,
                    change: nil, sampleSize: 65))
        #expect(entries.count == 1)
        #expect(outcome.rejects.map(\.cause) == [.futureDate, .missingId, .badDate, .notANumber, .missingValue])
    }

    /// What the archive's tables do not take is refused where it stands.
    @Test func whatTheArchiveDoesNotTakeIsARefusal() throws {
        let (entries, outcome) = try interventions(
            """
            id,name,metric,start_date,end_date,status
            a,A,compliance,2026-06-05,2026-06-01,completed
            b,B,compliance,2026-06-05,2026-06-05,completed
            """)
        #expect(entries.map(\.id) == ["b"])
        #expect(outcome.rejects.map(\.line) == [2] && outcome.rejects.map(\.cause) == [.badDate])
        #expect(outcome.rejects.first?.found == "2026-06-01, before the start 2026-06-05")
        let read = try measurements(
            """
            id,intervention_id,day,current,sample_size
            1,b,2026-06-06,0.7,-3
            2,b,2026-06-07,0.7,2.5
            3,b,2026-06-08,0.7,0
            """)
        #expect(read.entries.map(\.sampleSize) == [nil, nil, 0])
        #expect(read.outcome.rejects.map(\.line) == [2, 3] && read.outcome.cellsRejected == 2)
        #expect(read.outcome.rejects.allSatisfy { $0.cause == .outOfRange && $0.column == "sample_size" })
    }

    @Test func whatIsTakenForSomethingElseIsSaidWithItsLine() throws {
        let (entries, outcome) = try interventions(
            """
            id,name,metric,start_date,status
            a,A,compliance,2026-06-01,running
            a,A,compliance,2026-06-02,active
            b,,mood,2026-06-01,active
            c,,compliance,2026-06-01,active
            d,D,compliance,2027-01-01,completed
            e,E,compliance,2027-01-01,planned
            """)
        #expect(entries.map(\.id) == ["a", "a", "b", "c", "e"])
        #expect(outcome.rejects.map(\.line) == [6] && outcome.rejects.first?.cause == .futureDate)
        #expect(
            outcome.notes.map(\.description) == [
                "interventions.csv:2: warning: the status `running` is read as active",
                "interventions.csv:3: warning: the id `a` stands in an earlier row too; this row replaces it",
                "interventions.csv:4: warning: there is no metric `mood`; nothing is judged by it",
                "interventions.csv:4: warning: it has no name; its id stands for it (and 1 further row)",
            ])
    }

    @Test func measurementsWithoutAValueAreRefusedWithTheColumnsThatLack() throws {
        let read = try measurements("id,intervention_id,day,score\n1,b,2026-06-06,0.7\n")
        #expect(read.entries.isEmpty && read.outcome.rejects.map(\.cause) == [.missingValue])
        #expect(
            read.outcome.notes.map(\.message) == [
                "there is none of the columns current_quality, current, current_value, value, improvement_delta, change, delta"
            ])
    }

    @Test func longMeasurementNames() throws {
        let text = """
            {"measurement_id":"m","intervention_id":"i","measurement_date":"2026-05-02","baseline_quality":0.5,"current_quality":0.6,"improvement_delta":0.1,"sample_size":10}
            """
        let (entries, _) = try RegisterReader.measurements(
            .bytes(Array(text.utf8)), file: "m.ndjson", mapping: SourceMapping(table: "m", role: .measurements),
            zone: .utc,
            asOf: known(Day(iso: "2026-06-30")))
        #expect(
            entries == [
                Measurement(
                    id: "m", intervention: "i", day: try known(Day(iso: "2026-05-02")), baseline: 0.5, current: 0.6,
                    change: 0.1,
                    sampleSize: 10)
            ])
    }
}
