import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

/// Real exports that nobody on this project made. Expected figures from `reference/08_ingest.json`, which names the
/// CPython 3.11.7 calls (`csv.reader`, `json.load`, `float`, `strptime`) that gave them.
@Suite struct RealSetTests {
    static let data = Repository.shared("data")

    private func path(_ name: String) throws -> String { try #require(Self.data).appending(path: name).path }

    private func read(_ table: Table, _ name: String) throws -> Reading {
        try table.read(.file(path(name)), file: name)
    }

    private func mean(_ values: [Double?]) -> Double {
        let known = values.compactMap { $0 }
        return known.reduce(0, +) / Double(known.count)
    }

    @Test(
        .enabled(if: data != nil, "the shared data is not beside the project"),
        arguments: [
            (
                "sets/azure_llm_trace/AzureLLMInferenceTrace_conv.csv", 19_366, 1154.6974078281523, 14_050.0,
                "2023-11-16 18:15:46.680590", "2023-11-16 19:14:08.402527"
            ),
            (
                "sets/azure_llm_trace/AzureLLMInferenceTrace_code.csv", 8_819, 2047.848282118154, 7_437.0,
                "2023-11-16 18:17:03.979960", "2023-11-16 19:14:19.928016"
            ),
        ])
    func azureTrace(name: String, rows: Int, mean: Double, most: Double, first: String, last: String) throws {
        let table = Table(time: "TIMESTAMP", metrics: [.init(name: "tokens")]) {
            $0.metrics[0].columns = ["ContextTokens"]
        }
        let reading = try read(table, name)
        #expect(reading.count == rows)
        #expect(reading.outcome.rejects.isEmpty)
        #expect(abs(self.mean(reading.values("tokens")) - mean) < 1e-9)
        #expect(reading.values("tokens").compactMap { $0 }.max() == most)
        #expect(try #require(reading.times.min()) == microseconds(first))
        #expect(try #require(reading.times.max()) == microseconds(last))
        #expect(Set(reading.keys).count == rows)
    }

    @Test(.enabled(if: data != nil, "the shared data is not beside the project"))
    func azureVMNoise() throws {
        let table = Table(
            time: "starttime", metrics: [.init(name: "runtime_s"), .init(name: "value")],
            dimensions: [.init(name: "vm_region"), .init(name: "vm_sku"), .init(name: "vm_lifespan")])
        let reading = try read(table, "sets/azure_vm_noise/postgres_tps.csv")
        #expect(reading.count == 92_569)
        #expect(reading.outcome.rejects.isEmpty)
        #expect(abs(mean(reading.values("value")) - 8705.004785619376) < 1e-8)
        #expect(abs(mean(reading.values("runtime_s")) - 133.59830764078689) < 1e-9)
        #expect(reading.times.min() == (try microseconds("2023-05-28 19:55:28.270000")))
        #expect(reading.times.max() == (try microseconds("2024-09-23 13:16:10.500000")))
        for name in ["vm_region", "vm_sku", "vm_lifespan"] { #expect(Set(reading.texts(name)).count == 2) }
    }

    @Test(.enabled(if: data != nil, "the shared data is not beside the project"))
    func incidentLog() throws {
        let table = Table(
            time: "opened_at",
            metrics: [
                .init(name: "reassignment_count"), .init(name: "made_sla", isProportion: true),
                .init(name: "sys_mod_count"),
            ],
            dimensions: [.init(name: "priority"), .init(name: "incident_state")])
        let reading = try read(table, "sets/incident_log/incident_event_log_5998.csv")
        #expect(reading.count == 5998)
        #expect(reading.outcome.rejects.isEmpty)
        #expect(abs(mean(reading.values("reassignment_count")) - 1.1403801267089029) < 1e-12)
        #expect(abs(mean(reading.values("sys_mod_count")) - 6.139713237745915) < 1e-12)
        #expect(Set(reading.texts("incident_state")).count == 8)
        #expect(reading.times.min() == (try microseconds("2016-02-29 01:16:00.000000")))
        #expect(reading.times.max() == (try microseconds("2016-03-02 15:33:00.000000")))
    }

    @Test(.enabled(if: data != nil, "the shared data is not beside the project"))
    func topicalChat() throws {
        let words = ["Poor": 1.0, "Not Good": 2, "Passable": 3, "Good": 4, "Excellent": 5]
        var table = Table(
            id: "@key", metrics: [.init(name: "rating", range: 1...5)], dimensions: [.init(name: "config")]
        ) {
            $0.records = RecordPath("{}")
            $0.metrics[0].columns = ["conversation_rating.agent_1"]
            $0.metrics[0].words = words
        }
        let conversations = try read(table, "sets/topical_chat/valid_freq.json")
        #expect(conversations.count == 539)
        #expect(conversations.outcome.rejects.isEmpty)
        #expect(counts(conversations.values("rating")) == [5: 286, 4: 205, 3: 42, 2: 5, nil: 1])
        #expect(counts(conversations.texts("config")) == ["A": 127, "B": 133, "C": 129, "D": 150])

        table.mapping.records = RecordPath("{}.content[]")
        table.mapping.idColumns = []
        table.mapping.metrics[0].columns = ["turn_rating"]
        let turns = try read(table, "sets/topical_chat/valid_freq.json")
        #expect(turns.count == 11_681)
        #expect(counts(turns.values("rating")) == [5: 5557, 4: 5201, 3: 735, 2: 108, 1: 51, nil: 29])
        #expect(Set(turns.keys).count == 11_681)
    }

    @Test(.enabled(if: data != nil, "the shared data is not beside the project"))
    func slurp() throws {
        let table = Table(metrics: [.init(name: "wer", range: 0...1)], dimensions: [.init(name: "scenario")]) {
            $0.records = RecordPath("recordings[]")
        }
        let recordings = try read(table, "sets/slurp_voice/devel.jsonl")
        #expect(recordings.count + recordings.outcome.rowsRejected == 8690)
        let lines = try read(
            Table(id: "slurp_id", dimensions: [.init(name: "scenario")]), "sets/slurp_voice/devel.jsonl")
        #expect(lines.count == 2033)
        #expect(counts(lines.texts("scenario"))["calendar"] == 280)
        #expect(Set(lines.texts("scenario")).count == 18)
    }

    @Test(.enabled(if: data != nil, "the shared data is not beside the project"))
    func aider() throws {
        let table = Table(
            id: "dirname", time: "date", metrics: [.init(name: "pass_rate_1", range: 0...100)],
            dimensions: [.init(name: "edit_format")])
        let reading = try read(table, "sets/llm_eval/aider/edit_leaderboard.csv")
        #expect(reading.count == 98)
        #expect(reading.days.min() == "2023-11-06")
        #expect(reading.days.max() == "2024-12-21")
        #expect(reading.minutes.allSatisfy { $0 == RecordBatch.noMinute })
    }

    private func counts<Value: Hashable>(_ values: [Value]) -> [Value: Int] {
        values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    /// `YYYY-MM-DD HH:MM:SS.ffffff` in UTC.
    private func microseconds(_ text: String) throws -> Int64 {
        let numbers = text.split { "-: .".contains($0) }.compactMap { Int64($0) }
        let day = try #require(Day(iso: String(text.prefix(10))))
        return (Int64(day.number) * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]) * 1_000_000 + numbers[6]
    }
}
