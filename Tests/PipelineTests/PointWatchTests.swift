import Foundation
import Pipeline
import TestSupport
import Testing

/// Points of health metrics, stages and spans from the export to the page and the exit code.
@Suite(.serialized) struct PointWatchTests {
    /// A point every 10 min of two days; from 03:00 to 03:40 of the second answers take 9 s.
    private static let points: String = {
        var text = "metric,value,timestamp,unit,context\n"
        for minute in stride(from: 0, to: 2_880, by: 10) {
            let (day, clock) = (18 + minute / 1_440, minute % 1_440)
            let time =
                "2026-11-\(day)T\(clock / 60 < 10 ? "0" : "")\(clock / 60):\(clock % 60 < 10 ? "0" : "")\(clock % 60):00Z"
            let isSlow = day == 19 && (180...220).contains(clock)
            text += "ragie_response_time,\(isSlow ? 9_000 : 900 + minute % 70),\(time),ms,component=Knowledge\n"
            text += "queue_depth,\(5 + minute % 3),\(time),,host=a1\n"
        }
        return text
    }()

    private static let base = """
        sources: {health: {role: points, files: ["health*"]}}
        health:
          points:

        """

    private func points(_ workshop: Workshop, _ day: String = "2026-11-19") throws -> [String: Any] {
        try #require(try workshop.json("site/runs/\(day)/summary.json")["points"] as? [String: Any])
    }

    private func series(_ points: [String: Any], _ name: String) throws -> [String: Any] {
        try #require((points["series"] as? [[String: Any]])?.first { $0["name"] as? String == name })
    }

    @Test func pointsNeedNoConfiguration() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.points, to: "exports/health.csv")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let found = try points(workshop)
            #expect((found["overall"] as? [String: Any])?["level"] as? String == "healthy")
            let slow = try series(found, "ragie_response_time")
            let episode = try #require((slow["episodes"] as? [[String: Any]])?.first)
            // Found at its first point, over at the first good one: 50 minutes.
            #expect(episode["fired"] as? String == "2026-11-19T03:00:00+00:00")
            #expect(episode["ended"] as? String == "2026-11-19T03:50:00+00:00")
            #expect(slow["breach_minutes"] as? Double == 50 && slow["critical_minutes"] as? Double == 50)
            #expect(
                (try series(found, "queue_depth")["episodes"] as? [Any])?.isEmpty == true, "a quiet metric is quiet")
            for path in [
                "health/index.html", "health/index.md", "exports/health-points.csv", "exports/health-episodes.csv",
            ] {
                let text = String(decoding: try workshop.read("site/runs/2026-11-19/\(path)"), as: UTF8.self)
                #expect(text.contains("agie"), "\(path)")
            }
        }
    }

    @Test func aFiringMetricIsAnAlertWithItsExitCode() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.points, to: "exports/health.csv")
            let rule = "    queue: {metric: queue_depth, above: {warning: 4}, owner: Kim, objective: 0.99"
            try workshop.write(Self.base + rule + "}\n", to: "assay.yaml")
            #expect(await workshop.build(failOn: .warning) == .alertFiring, "\(workshop.messages)")
            #expect(await workshop.build(failOn: .critical) == .done)
            let alerts = try workshop.json("site/runs/2026-11-19/alerts.json")
            #expect((alerts["points"] as? [String: Any])?["firing"] as? [String] == ["Queue depth (host=a1)"])
            let mute = ", mute: {owner: Ann, reason: known, until: 2026-11-"
            try workshop.write(Self.base + rule + mute + "19}}\n", to: "assay.yaml")
            #expect(await workshop.build(failOn: .warning) == .done, "\(workshop.messages)")
            // A mute that has run out mutes nothing.
            try workshop.write(Self.base + rule + mute + "18}}\n", to: "assay.yaml")
            #expect(await workshop.build(failOn: .warning) == .alertFiring)
        }
    }

    /// "5 of 6 threshold keys match no collected metric name, so those rules never run" (DOMAIN.md 5.5).
    @Test func aRuleThatMatchesNothingIsAnError() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.points, to: "exports/health.csv")
            try workshop.write(Self.base + "    queue_dept: {above: 4}\n", to: "assay.yaml")
            #expect(await workshop.build() == .configuration)
            #expect(workshop.messages.contains { $0.contains("Did you mean `queue_depth`?") }, "\(workshop.messages)")
            try workshop.write(
                Self.base + "    q: {metric: queue_depth, where: {host: b9}, above: 4}\n", to: "assay.yaml")
            #expect(await workshop.build() == .configuration)
            #expect(workshop.messages.contains { $0.contains("no point of `queue_depth` has host=b9") })
        }
    }

    @Test func anAlertRuleForAValueThatNeverWasIsAnError() async throws {
        try await inWorkshop { workshop in
            let rows = (0..<50).map { "r\($0),2026-11-19T10:00:00Z,\($0 % 2 == 0 ? "a" : "b"),0.5" }
            try workshop.write("id,time,tier,score\n" + rows.joined(separator: "\n") + "\n", to: "exports/rows.csv")
            let base = """
                sources: {rows: {id: id, time: time}}
                metrics: {score: {direction: higher}}
                dimensions: {tier: {}}

                """
            try workshop.write(
                base + "alerts: {low: {metric: score, below: 0.2, where: {tier: aa}}}\n", to: "assay.yaml")
            #expect(await workshop.build() == .configuration)
            #expect(workshop.messages.contains { $0.contains("`low` matches nothing") }, "\(workshop.messages)")
            try workshop.write(
                base + "alerts: {low: {metric: score, below: 0.2, where: {tier: a}}}\n", to: "assay.yaml")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
        }
    }

    @Test(
        arguments: [
            ("q: {metric: queue_depth, above: {warning: 9, critical: 4}}", "never be told apart"),
            ("q: {metric: queue_depth, below: {warning: 4, critical: 9}}", "never be told apart"),
            ("q: {metric: queue_depth, above: 4, below: 1}", "both `above` and `below`"),
            ("q: {metric: queue_depth, above: 4, clear: 6}", "bad side of its limit"),
            ("q: {metric: queue_depth, above: 4, objective: 1}", "lies between 0 and 1"),
            ("q: {metric: queue_depth, above: 4, mute: {owner: A, reason: b}}", "needs `owner`, `reason` and `until`"),
            ("q: {metric: queue_depth, above: 4}\n    r: {metric: queue_depth, above: 9}", "never speaks"),
            ("q: {metric: free_space}", "needs `above` or `below`"),
        ]) func whatContradictsItselfIsRefused(rule: String, problem: String) async throws
    {
        try await inWorkshop { workshop in
            try workshop.write(Self.points, to: "exports/health.csv")
            try workshop.write(Self.base + "    \(rule)\n", to: "assay.yaml")
            #expect(await workshop.build() == .configuration)
            #expect(workshop.messages.contains { $0.contains(problem) }, "\(workshop.messages)")
        }
    }

    /// Without a day the run describes the newest moment; asked for a day that is over, what stopped at noon is unknown.
    @Test func aCollectorThatStoppedIsUnknownNotHealthy() async throws {
        try await inWorkshop { workshop in
            let rows = Self.points.split(separator: "\n").filter {
                !$0.contains("2026-11-19T1") && !$0.contains("2026-11-19T2")
            }
            try workshop.write(rows.joined(separator: "\n") + "\n", to: "exports/health.csv")
            #expect(await workshop.build() == .done)
            #expect((try points(workshop)["overall"] as? [String: Any])?["level"] as? String == "healthy")
            #expect(await workshop.build(asOf: "2026-11-19") == .done)
            #expect((try points(workshop)["overall"] as? [String: Any])?["level"] as? String == "unknown")
        }
    }

    /// Two scrapes of a histogram: a rule names the percentile that they give.
    @Test func bucketsOfAScrapeBecomePercentilesWithTheirBounds() async throws {
        try await inWorkshop { workshop in
            for (time, counts) in [("2200", [10, 40, 50]), ("2210", [20, 140, 150])] {
                let lines = zip(["0.25", "0.5", "+Inf"], counts).map {
                    "http_request_seconds_bucket{endpoint=\"/chat\",le=\"\($0)\"} \($1)"
                }
                try workshop.write(
                    "# TYPE http_request_seconds histogram\n" + lines.joined(separator: "\n") + "\n",
                    to: "exports/scrape-2026-11-19T\(time)Z.prom")
            }
            try workshop.write(
                "sources: {h: {role: points, files: [\"*.prom\"]}}\nhealth: {points: {slow: {metric: http_request_seconds_p95, above: 0.3}}}\n",
                to: "assay.yaml")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            // Of 100 values 10 lie up to 0.25 s and 100 up to 0.5 s: 0.25 + 0.25 × (95 − 10) ÷ 90.
            let found = try points(workshop)
            let p95 = try series(found, "http_request_seconds_p95")["latest"] as? Double ?? 0
            #expect(abs(p95 - (0.25 + 0.25 * 85 / 90)) < 1e-9)
            #expect(found["firing"] as? [String] == ["HTTP request seconds P95 (endpoint=/chat)"], "\(found)")
            let page = String(decoding: try workshop.read("site/runs/2026-11-19/health/index.md"), as: UTF8.self)
            #expect(page.contains("HTTP request seconds P95 at most"))
        }
    }

    @Test func stagesOverTheirLimitsAreListed() async throws {
        try await inWorkshop { workshop in
            try workshop.write(
                """
                file,stage,started_at,finished_at
                a.pdf,extraction,2026-11-19T10:00:00Z,2026-11-19T10:12:00Z
                b.pdf,extraction,2026-11-19T11:00:00Z,
                c.pdf,validation,2026-11-19T12:00:00Z,2026-11-19T12:04:00Z

                """, to: "exports/log.csv")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let stages = try #require(try points(workshop)["stages"] as? [String: Any])
            let over = try #require(stages["overruns"] as? [[String: Any]])
            #expect(over.map { $0["item"] as? String } == ["b.pdf", "a.pdf"])
            // Up to 12:04, the newest moment of the log.
            #expect(over.map { $0["minutes"] as? Double } == [64, 12])
            let csv = String(
                decoding: try workshop.read("site/runs/2026-11-19/exports/stage-overruns.csv"), as: UTF8.self)
            #expect(csv.hasPrefix("stage,item,started,ended,minutes,limit_minutes\r\nextraction,b.pdf,"))
        }
    }

    /// Two sessions of spans become voice sessions without a configuration.
    @Test func spansAreReadAsVoiceSessions() async throws {
        try await inWorkshop { workshop in
            let base = 1_795_082_400_000_000_000
            let spans = (0..<40).flatMap { n -> [String] in
                let start = base + n * 60_000_000_000
                return [
                    ("", "turn", 0, 1_300), ("r", "stt", 0, 150), ("r", "llm", 150, 1_000), ("r", "tts", 1_000, 1_300),
                ].map {
                    parent, name, from, to in
                    """
                    {"traceId":"t\(n)","spanId":"\(name == "turn" ? "r" : name)","parentSpanId":"\(parent)","name":"\(name)","startTimeUnixNano":"\(start + from * 1_000_000)","endTimeUnixNano":"\(start + to * 1_000_000)"}
                    """
                }
            }
            try workshop.write(
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[\(spans.joined(separator: ","))]}]}]}",
                to: "exports/spans.json")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let service = try #require(
                try workshop.json("site/runs/2026-11-19/summary.json")["service"] as? [String: Any])
            #expect(service["sessions"] as? Int == 40)
            let parts = try #require(service["components"] as? [[String: Any]])
            #expect(parts.map { $0["mean"] as? Double } == [150, 850, 300])
            #expect((service["sum_check"] as? [String: Any])?["differing"] as? Int == 0)
        }
    }

    /// Each planted incident is found at its first point, and nothing else fires in fourteen days.
    @Test func theSampleTellsItsIncidentsAndNothingElse() async throws {
        try await inWorkshop { workshop in
            #expect(await workshop.sample(sessions: 60, days: 20, hasHealth: true) == .done)
            let configuration = """
                time_zone: Europe/Berlin
                sources:
                  health: {role: points, files: ["health*"]}
                  log: {role: stages, files: ["pipeline*"]}
                health: {points: {defaults: {stale_minutes: 20}, response: {metric: ragie_response_time}}}
                """
            try workshop.write(configuration, to: "assay.yaml")
            #expect(
                await workshop.build(["exports/health.csv", "exports/pipeline.csv"], asOf: "2026-11-19") == .done,
                "\(workshop.messages)")
            let found = try points(workshop)
            let fired = try #require(found["series"] as? [[String: Any]]).flatMap { series in
                (series["episodes"] as? [[String: Any]] ?? []).map { episode in
                    let clock = (episode["fired"] as? String ?? "").dropFirst(11).prefix(5)
                    return
                        "\(series["name"] ?? "") \(episode["worst"] ?? "") \((episode["fired"] as? String ?? "").prefix(10)) \(clock)"
                }
            }
            // Points come every 5 minutes less or more up to two: the first within an incident is at most 7 minutes late.
            #expect(fired.count == 2, "\(fired)")
            #expect(fired[0].hasPrefix("context_preservation_rate warning 2026-11-18 10:0"), "\(fired)")
            #expect(fired[1].hasPrefix("ragie_response_time critical 2026-11-18 03:0"), "\(fired)")
            // 14 days of 24 hours less the silence of 90 min, of which 20 min are known from the last point before it.
            let known = try #require(try series(found, "ragie_response_time")["known_minutes"] as? Double)
            #expect(abs(known - (14 * 1_440 - 90 + 20)) < 10, "\(known)")
            let over = (found["stages"] as? [String: Any])?["overruns"] as? [[String: Any]]
            #expect(over?.map { $0["item"] as? String } == ["document-8.pdf", "document-5.pdf"])
        }
    }

    // MARK: Mistakes of earlier tools (DOMAIN.md 5.5)

    /// "Two alert handlers empty": the notification is run with the alerts on its standard input.
    @Test func theNotificationHearsOfAFiringMetric() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.points, to: "exports/health.csv")
            try workshop.write(
                Self.base
                    + "    queue: {metric: queue_depth, above: 4}\nnotify: {command: [\"cat > told.json\"], on: firing}\n",
                to: "assay.yaml")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let told = try workshop.json("told.json")["points"] as? [String: Any]
            #expect(told?["firing"] as? [String] == ["Queue depth (host=a1)"])
        }
    }

    /// "Fixed constants for most metrics", "satisfaction block: completion 0.92, task success 0.88, feedback 4.3 – constants".
    @Test func interactionsAndSatisfactionComeFromTheDataOrAreNotSupplied() async throws {
        try await inWorkshop { workshop in
            var text =
                "id,time,response_time,response_quality,ragie_used,agent_type,interaction_mode,completed,rating\n"
            for n in 0..<120 {
                text +=
                    "i\(n),2026-11-19T10:00:00Z,\(n % 2 == 0 ? 800 : 1200),0.\(80 + n % 10),\(n % 3 == 0),\(n % 2 == 0 ? "safety" : "procedure"),\(n % 4 < 2 ? "voice" : "text"),\(n % 5 != 0),\(3 + n % 3)\n"
            }
            try workshop.write(text, to: "exports/interactions.csv")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            let page = String(decoding: try workshop.read("site/runs/2026-11-19/health/index.md"), as: UTF8.self)
            #expect(
                page.contains("**Completion**: 80.0") && page.contains("**Task success**")
                    && page.contains("not supplied"))
            #expect(page.contains("| safety | 60 |") && page.contains("| voice | 60 |"), "\(page)")
        }
    }
}
