import Foundation
import Pipeline
import Testing

/// Voice sessions from the export to the page; the expected figures are counted by hand from the rows.
@Suite(.serialized) struct VoiceTests {
    /// 40 sessions, two an hour from Monday 2026-11-02 on: in every fourth the whole is 1 s longer than its parts, in every
    /// fifth speech synthesis was not measured, every eighth has two errors.
    private var sessions: String {
        let rows = (0..<40).map { n -> String in
            let (stt, llm, tts) = (0.15, 0.8 + Double(n) / 1_000, n % 5 == 0 ? 0 : 0.3)
            let total = n % 4 == 0 ? 2.3 : stt + llm + tts
            let hour = n / 2 % 24
            return """
                {"timestamp": "2026-11-02T\(hour < 10 ? "0" : "")\(hour):\(n % 2 == 0 ? "05" : "35"):00Z", "session_id": "s\(n)", "duration": 45.5, "stt_latency": \(stt), "llm_latency": \(llm), "tts_latency": \(tts), "total_latency": \(total), "message_count": 4, "word_count": 60, "error_count": \(n % 8 == 0 ? 2 : 0), "cache_hits": 3, "cache_misses": 1, "first_call_resolution": \(n % 2 == 0), "customer_satisfaction": \(n % 3 == 0 ? 0 : 4), "intent": "\(n % 4 == 1 ? "transfer" : "balance")", "outcome": "\(n % 2 == 0 ? "resolved" : "escalated")", "reference_text": "my balance please", "hypothesis_text": "\(n % 2 == 0 ? "my balance please" : "my ballons please")"}
                """
        }
        return "[\n" + rows.joined(separator: ",\n") + "\n]\n"
    }

    private func summary(_ workshop: Workshop) throws -> (all: [String: Any], service: [String: Any]) {
        let all = try workshop.json("site/runs/2026-11-02/summary.json")
        return (all, try #require(all["service"] as? [String: Any]))
    }

    @Test func theLongHeaderNeedsNoConfiguration() async throws {
        try await inWorkshop { workshop in
            try workshop.write(sessions, to: "exports/session_data.json")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let (all, service) = try summary(workshop)
            #expect(service["sessions"] as? Int == 40)
            let names = (service["components"] as? [[String: Any]])?.compactMap { $0["name"] as? String }
            #expect(names == ["stt", "llm", "tts"])
            let errors = try #require(service["sessions_with_errors"] as? [String: Any])
            #expect(errors["count"] as? Int == 5 && errors["n"] as? Int == 40)
            #expect(service["errors_per_session"] as? Double == 0.25)
            // Sessions 0, 8, 16, 24 and 32 begin at 0, 4, 8, 12 and 16 hours; twelve begin in each part of the day but the last.
            let blocks = try #require(service["errors_by_hours"] as? [[String: Any]])
            #expect(blocks.map { ($0["sessions"] as? [String: Any])?["count"] as? Int } == [2, 1, 2, 0])
            #expect(blocks.map { ($0["sessions"] as? [String: Any])?["n"] as? Int } == [12, 12, 12, 4])
            let cache = try #require((service["caches"] as? [[String: Any]])?.first?["hits"] as? [String: Any])
            #expect(cache["count"] as? Int == 120 && cache["n"] as? Int == 160)
            // Where speech synthesis was not measured there is no sum: 32 sessions are checked, 8 of them differ.
            let check = try #require(service["sum_check"] as? [String: Any])
            #expect(check["n"] as? Int == 32 && check["differing"] as? Int == 8)
            let error = try #require((all["distribution"] as? [String: Any])?["word_error_rate"] as? [String: Any])
            #expect(abs((error["mean"] as? Double ?? 0) - 1.0 / 6) < 1e-12)
            let peaks = try #require(service["peaks"] as? [[String: Any]])
            #expect(
                peaks[0]["weekday"] as? Int == 0 && peaks[0]["hour"] as? Int == 0 && peaks[0]["mean"] as? Double == 2)
            let page = String(decoding: try workshop.read("site/runs/2026-11-02/service/index.html"), as: UTF8.self)
            #expect(page.contains("Sessions by intent and outcome") && page.contains("not supplied"))
        }
    }

    @Test func theShortHeaderAndMilliseconds() async throws {
        try await inWorkshop { workshop in
            var text = "session_id,timestamp,duration,stt_latency,llm_latency,tts_latency,message_count,fcr,csat\n"
            for n in 0..<40 {
                text +=
                    "s\(n),2026-11-02T10:00:00Z,50.5,\(150 + n),\(n == 0 ? 0 : 880),300,4,\(n % 2 == 0),\(n % 3 == 0 ? 0 : 5)\n"
            }
            try workshop.write(text, to: "exports/sessions.csv")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let (all, service) = try summary(workshop)
            let metrics = try #require(all["metrics"] as? [[String: Any]])
            #expect(metrics.first { $0["name"] as? String == "stt_latency" }?["unit"] as? String == "ms")
            #expect((service["sum_check"] as? [String: Any])?["reason"] is String)
            let spread = try #require((all["distribution"] as? [String: Any])?["csat"] as? [String: Any])
            #expect(spread["n"] as? Int == 26 && spread["mean"] as? Double == 5)
        }
    }

    // MARK: Mistakes of earlier tools (DOMAIN.md 2.5)

    /// "Missing values encoded as 0."
    @Test func aLatencyOfZeroWasNotMeasured() async throws {
        try await inWorkshop { workshop in
            try workshop.write(sessions, to: "exports/session_data.json")
            #expect(await workshop.build() == .done)
            let spread = try #require(
                (try summary(workshop).all["distribution"] as? [String: Any])?["tts_latency"] as? [String: Any])
            #expect(spread["n"] as? Int == 32 && spread["missing"] as? Int == 8 && spread["mean"] as? Double == 0.3)
        }
    }

    /// "WER 0.12 and MOS 4.5 are constants", "errors per session is called a percentage".
    @Test func whatIsNotSuppliedIsSaidAndErrorsAreNoPercentage() async throws {
        try await inWorkshop { workshop in
            let rows = (0..<20).map { "s\($0),2026-11-02T10:00:00Z,0.15,0.9,0.3,3" }
            try workshop.write(
                "session_id,timestamp,stt_latency,llm_latency,tts_latency,error_count\n" + rows.joined(separator: "\n")
                    + "\n",
                to: "exports/sessions.csv")
            #expect(await workshop.build() == .done)
            let page = String(decoding: try workshop.read("site/runs/2026-11-02/service/index.html"), as: UTF8.self)
            #expect(page.components(separatedBy: "not supplied").count >= 3)
            let service = try summary(workshop).service
            #expect(service["errors_per_session"] as? Double == 3)
            #expect((service["sessions_with_errors"] as? [String: Any])?["share"] as? Double == 1)
        }
    }

    @Test func targetsAreDeclaredAndKept() async throws {
        try await inWorkshop { workshop in
            try workshop.write(sessions, to: "exports/session_data.json")
            let configuration = """
                sources: {calls: {files: ["*.json"], id: session_id, time: timestamp}}
                metrics:
                  stt_latency: {source: calls, unit: s, zero_is_missing: true}
                  llm_latency: {source: calls, unit: s, zero_is_missing: true}
                  total_latency: {source: calls, unit: s, zero_is_missing: true}
                  spoken: {source: calls, reference: reference_text, hypothesis: hypothesis_text}
                service:
                  components: {hear: stt_latency, think: llm_latency}
                  word_error_rate: spoken
                  targets: {total_latency: {at_most: 2, share: 0.9}, stt_latency: {at_most: 0.2}}
                """
            try workshop.write(configuration, to: "assay.yaml")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let targets = try #require(try summary(workshop).service["targets"] as? [[String: Any]])
            #expect(targets.map { $0["met"] as? Bool } == [false, true])
            // Ten of 40 sessions take 2.3 s.
            #expect((targets[0]["kept"] as? [String: Any])?["share"] as? Double == 0.75)
            try workshop.write(
                configuration.replacing("{hear: stt_latency", with: "{hear: stt_latancy"), to: "assay.yaml")
            #expect(await workshop.build() == .configuration)
            #expect(workshop.messages.contains { $0.contains("Did you mean `stt_latency`?") }, "\(workshop.messages)")
        }
    }
}
