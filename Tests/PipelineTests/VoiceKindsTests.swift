import Foundation
import Pipeline
import Testing

/// Voice sessions in odd company: short headers, several kinds of sessions, few sessions with alike requests.
@Suite(.serialized) struct VoiceKindsTests {
    private func service(_ workshop: Workshop, _ day: String = "2026-11-02") throws -> [String: Any] {
        let summary = try workshop.json("site/runs/\(day)/summary.json")
        return try #require(summary["service"] as? [String: Any])
    }

    private func figures(_ service: [String: Any]) throws -> [String: Any] {
        try #require((service["snapshots"] as? [[String: Any]])?.first?["figures"] as? [String: Any])
    }

    /// Two weeks of six sessions a day. Expected: scipy.stats.ttest_ind of the seven daily means on either side,
    /// equal_var=False, its confidence_interval(0.95).
    @Test func aChangeOverDaysIsJudgedAsOnThePagesOfRanges() async throws {
        try await inWorkshop { workshop in
            var text = "session_id,timestamp,duration,stt_latency,llm_latency,tts_latency,message_count,fcr,csat\n"
            for day in 0..<14 {
                for row in 0..<6 {
                    let duration = 40 + (day * 7 + row * 3) % 11 + (day >= 7 ? 2 : 0)
                    text +=
                        "s\(day)-\(row),2026-11-\(day < 9 ? "0" : "")\(day + 1)T1\(row):00:00Z,\(duration).5,0.15,0.8,0.3,4,\(row % 2),4\n"
                }
            }
            try workshop.write(text, to: "exports/sessions.csv")
            #expect(await workshop.build(asOf: "2026-11-14") == .done, "\(workshop.messages)")
            let summary = try workshop.json("site/runs/2026-11-14/summary.json")
            let snapshots = try #require((summary["service"] as? [String: Any])?["snapshots"] as? [[String: Any]])
            let week = try #require(snapshots.first { $0["days"] as? Int == 7 }?["figures"] as? [String: Any])
            let own = try #require((week["avg_handle_time"] as? [String: Any])?["change_interval"] as? [Double])
            #expect(abs(own[0] - 1.1353571815888155) < 1e-9 && abs(own[1] - 2.9122618660302355) < 1e-9)
            let ranges = try #require((summary["ranges"] as? [String: Any])?["7"] as? [String: Any])
            let metrics = try #require(ranges["metrics"] as? [String: Any])
            let change = (metrics["duration"] as? [String: Any])?["change"] as? [String: Any]
            #expect(change?["interval"] as? [Double] == own)
        }
    }

    /// The short header has no whole latency: it is the sum of the components, not the first of them.
    @Test func withoutAWholeTheSumOfTheComponentsIsTheLatency() async throws {
        try await inWorkshop { workshop in
            var text = "session_id,timestamp,duration,stt_latency,llm_latency,tts_latency,message_count,fcr,csat\n"
            for n in 0..<9 {
                text += "s\(n),2026-11-02T10:00:00Z,50.5,0.15,\(n == 0 ? 0 : 0.8 + Double(n) / 100),0.3,4,\(n % 2),4\n"
            }
            try workshop.write(text, to: "exports/sessions.csv")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let found = try figures(try service(workshop))
            // Of eight sums 1.26 to 1.33 the median is 1.295; the session without one was not measured.
            let median = try #require(found["latency_p50"] as? [String: Any])
            #expect(abs((median["value"] as? Double ?? 0) - 1.295) < 1e-9 && median["n"] as? Int == 8)
            #expect(median["metric"] as? String == "latency_sum")
            // 0 and 1 of what is resolved are no and yes: 4 of 9 with Wilson's interval.
            let solved = try #require(found["first_call_resolution"] as? [String: Any])
            #expect(abs((solved["value"] as? Double ?? 0) - 4.0 / 9) < 1e-12)
            #expect(workshop.messages.contains { $0.contains("“fcr” is taken as metric “fcr”, a share of yes") })
            #expect(workshop.messages.contains { $0.contains("metric “duration”, in s") }, "\(workshop.messages)")
            let page = String(decoding: try workshop.read("site/runs/2026-11-02/service/index.html"), as: UTF8.self)
            #expect(page.contains("latency sum of") && !page.contains("stt latency of"))
        }
    }

    /// Where nothing was timed none is the slowest.
    @Test(arguments: [("", false), (",total_latency", true)]) func untimedSessionsAreNotTheSlowest(
        column: String, isTold: Bool
    ) async throws {
        try await inWorkshop { workshop in
            let rows = (0..<40).map {
                "2026-11-02T1\($0 % 10):00:00Z,0.\($0 % 7),\($0 % 4 == 0 ? "balance" : "transfer")\(isTold ? ",1.\($0)" : "")\n"
            }
            try workshop.write("timestamp,wer,voice_intent\(column)\n" + rows.joined(), to: "exports/calls.csv")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let page = String(decoding: try workshop.read("site/runs/2026-11-02/service/index.md"), as: UTF8.self)
            #expect(page.contains("## Slowest sessions") == isTold)
            #expect(!isTold || page.contains("| – (the export has no id) | 2026-11-02 |"), "\(page)")
        }
    }

    /// Milliseconds may have decimals, and decimals a comma: neither makes 1.3 s an answer of 1,300 s.
    @Test(arguments: [(",", ".", 1_000.0), (";", ",", 1)])
    func unitsAreToldFromDecimals(delimiter: String, mark: String, factor: Double) async throws {
        try await inWorkshop { workshop in
            let names = ["session_id", "timestamp", "stt_latency", "llm_latency", "tts_latency", "csat"]
            let rows = (0..<60).map { n in
                let parts = [0.1503, 0.8 + Double(n) / 1_000, 0.3001].map {
                    "\(($0 * factor * 10_000).rounded() / 10_000)"
                }
                return (["s\(n)", "2026-11-02T10:00:00Z"] + parts.map { $0.replacing(".", with: mark) } + ["5"])
                    .joined(separator: delimiter)
            }
            let text = ([names.joined(separator: delimiter)] + rows).joined(separator: "\n") + "\n"
            try workshop.write(text, to: "exports/sessions.csv")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let unit = factor == 1 ? "s" : "ms"
            #expect(
                workshop.messages.contains { $0.contains("“stt_latency”, in \(unit), where 0") }, "\(workshop.messages)"
            )
            let found = try service(workshop)
            #expect((found["advice"] as? [Any])?.isEmpty == true)
            let score = try workshop.json("site/runs/2026-11-02/summary.json")["health"] as? [String: Any]
            #expect((score?["deductions"] as? [String: Any])?["value"] as? Double == 100, "\(score ?? [:])")
        }
    }

    /// Points are deducted for the sessions' own latency, not for the response time of other records in unknown units.
    @Test func deductionsAreOfTheSessions() async throws {
        try await inWorkshop { workshop in
            var calls = "session_id,timestamp,stt_latency,llm_latency,tts_latency\n"
            var others = "interaction_id,timestamp,response_time,agent_type,response_quality\n"
            for n in 0..<60 {
                calls += "s\(n),2026-11-02T10:00:00Z,0.15,0.\(800 + n),0.3\n"
                others += "i\(n),2026-11-02T10:00:00Z,\(2_000 + n),safety,0.\(700 + n)\n"
            }
            try workshop.write(calls, to: "exports/sessions.csv")
            try workshop.write(others, to: "exports/interactions.csv")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let score = try workshop.json("site/runs/2026-11-02/summary.json")["health"] as? [String: Any]
            #expect((score?["deductions"] as? [String: Any])?["value"] as? Double == 100, "\(score ?? [:])")
        }
    }

    /// A declared service with components and no whole has no latency of answers, which is said.
    @Test func oneComponentIsNotTheLatencyOfAnAnswer() async throws {
        try await inWorkshop { workshop in
            let rows = (0..<9).map { "s\($0),2026-11-02T10:00:00Z,0.15,0.9" }
            try workshop.write(
                "id,at,stt_latency,llm_latency\n" + rows.joined(separator: "\n") + "\n", to: "exports/calls.csv")
            try workshop.write(
                """
                sources: {calls: {files: ["calls.csv"], id: id, time: at}}
                metrics: {stt_latency: {unit: s}, llm_latency: {unit: s}}
                """, to: "assay.yaml")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let p95 = try #require(try figures(try service(workshop))["latency_p95"] as? [String: Any])
            #expect(p95["value"] is NSNull && p95["reason"] as? String == "no whole latency is supplied")
        }
    }

    /// Chats and calls in one folder: the service is that of the calls throughout.
    @Test func twoKindsOfSessionsStayApart() async throws {
        try await inWorkshop { workshop in
            var chats = "session_id,started_at,intent,channel,errors,csat\n"
            for n in 0..<60 {
                chats += "c\(n),2026-11-02T0\(n % 10):00:00Z,\(n % 2 == 0 ? "billing" : "other"),web,1,\(n % 5 + 1)\n"
            }
            var calls =
                "timestamp,session_id,stt_latency,llm_latency,tts_latency,total_latency,error_count,intent,outcome\n"
            for n in 0..<40 {
                calls +=
                    "2026-11-02T1\(n % 10):00:00Z,v\(n),0.15,0.9,0.3,1.35,\(n % 8 == 0 ? 1 : 0),\(n % 4 == 0 ? "balance" : "transfer"),\(n % 2 == 0 ? "resolved" : "failed")\n"
            }
            try workshop.write(chats, to: "exports/chats.csv")
            try workshop.write(calls, to: "exports/voice.csv")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let found = try service(workshop)
            #expect(found["sessions"] as? Int == 40)
            let errors = try #require(found["sessions_with_errors"] as? [String: Any])
            #expect(errors["count"] as? Int == 5 && errors["n"] as? Int == 40)
            #expect((try figures(found)["sessions"] as? [String: Any])?["value"] as? Double == 40)
            let page = String(decoding: try workshop.read("site/runs/2026-11-02/service/index.md"), as: UTF8.self)
            #expect(
                page.contains("| balance | 0 | 10 | 10 |") && page.contains("| transfer | 20 | 10 | 30 |"), "\(page)")
            // Calls begin from 10 o'clock on, chats before.
            #expect((found["peaks"] as? [[String: Any]])?.allSatisfy { $0["hour"] as? Int ?? 0 >= 10 } == true)
        }
    }

    /// Requests of a session are alike: 20 sessions with 10 hits of 10 and 20 with none tell what 39 requests tell, not 400. The
    /// design effect is 40 ÷ 39 × 1000 ÷ 400 ÷ 0.25 = 10.26; statsmodels 0.14 `proportion_confint(19.5, 39, method="wilson")`.
    @Test func requestsOfASessionAreNotIndependent() async throws {
        try await inWorkshop { workshop in
            var text = "session_id,timestamp,stt_latency,llm_latency,cache_hits,cache_misses\n"
            for n in 0..<40 {
                text += "s\(n),2026-11-02T10:00:00Z,0.15,0.9,\(n % 2 == 0 ? "10,0" : "0,10")\n"
            }
            try workshop.write(text, to: "exports/sessions.csv")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let found = try service(workshop)
            let cache = try #require((found["caches"] as? [[String: Any]])?.first?["hits"] as? [String: Any])
            for hits in [cache, try #require(try figures(found)["cache_hit_rate"] as? [String: Any])] {
                let reach = try #require(hits["interval"] as? [Double])
                #expect(abs(reach[0] - 0.3502778793000418) < 1e-9 && abs(reach[1] - 0.6497221206999582) < 1e-9)
                #expect(hits["n"] as? Int == 400)
            }
        }
    }

    /// Hits of days of a week against those of the week before, ten requests a session: days vary, so requests are not judged one by
    /// one. SciPy 1.x `ttest_ind(after, before, equal_var=False).confidence_interval()` of the shares of the days.
    @Test func hitsOfDaysAreJudgedByDays() async throws {
        try await inWorkshop { workshop in
            let hits = [4, 8, 5, 9, 6, 7, 3, 6, 9, 6, 10, 7, 8, 5]
            var text = "session_id,timestamp,stt_latency,llm_latency,cache_hits,cache_misses\n"
            for n in 0..<280 {
                let day = n / 20
                text +=
                    "s\(n),2026-11-\(day + 2 < 10 ? "0" : "")\(day + 2)T10:00:00Z,0.15,0.9,\(hits[day]),\(10 - hits[day])\n"
            }
            try workshop.write(text, to: "exports/sessions.csv")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let snapshots = try #require(try service(workshop, "2026-11-15")["snapshots"] as? [[String: Any]])
            let week = try #require(snapshots.first { $0["days"] as? Int == 7 }?["figures"] as? [String: Any])
            let change = try #require((week["cache_hit_rate"] as? [String: Any])?["change_interval"] as? [Double])
            #expect(
                abs(change[0] + 0.10380434448579906) < 1e-9 && abs(change[1] - 0.3609472016286562) < 1e-9, "\(change)")
        }
    }

    /// What `assay init FOLDER` proposes is built by `assay build` alone, and the KPIs of a build without a configuration are those
    /// of its exports.
    @Test func whatInitProposesIsBuiltWithoutNamingTheFolder() async throws {
        try await inWorkshop { workshop in
            var text = "session_id,timestamp,stt_latency,llm_latency,tts_latency\n"
            for n in 0..<40 { text += "s\(n),2026-11-02T10:00:00Z,0.15,0.9,0.3\n" }
            try workshop.write(text, to: "exports/2026/voice-2026-11-02.csv")
            #expect(await workshop.build() == .done)
            var request = WatchRequest(configuration: nil, archive: "archive.sqlite", asOf: nil, format: .csv)
            #expect(await showKPIs(request, in: workshop.surroundings, messages: workshop.sink) { _ in } == .usage)
            #expect(workshop.messages.contains { $0.contains("Name the exports that `assay build` has read") })
            request.exports = ["exports"]
            var bytes: [UInt8] = []
            #expect(
                await showKPIs(request, in: workshop.surroundings, messages: workshop.sink) { bytes += $0 } == .done)
            #expect(String(decoding: bytes, as: UTF8.self).contains("latency_p95,1.35"))
            #expect(await workshop.propose() == .done)
            let proposal = String(decoding: try workshop.read("assay.yaml"), as: UTF8.self)
            // Tomorrow's file has another date.
            #expect(proposal.contains("files: [\"exports/*/voice-*-*-*.csv\"]"), "\(proposal)")
            #expect(
                await workshop.build([], output: "second", archive: "second.sqlite") == .done, "\(workshop.messages)")
            #expect(await workshop.build(output: "third", archive: "third.sqlite") == .done, "\(workshop.messages)")
        }
    }
}
