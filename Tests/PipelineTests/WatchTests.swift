import Foundation
import Pipeline
import TestSupport
import Testing

/// Alerts and KPIs from configuration to exit code.
@Suite(.serialized) struct WatchTests {
    /// 40 days of 10 rows; the last two days are slow, and group b stops five days before the end.
    static let rows: String = {
        var text = "id,time,tier,latency,solved,score\n"
        for day in 0..<40 {
            for row in 0..<10 {
                let tier = row % 2 == 0 ? "a" : "b"
                if tier == "b", day >= 35 { continue }
                let date = day < 21 ? "2026-10-\(day + 11)" : "2026-11-\(day - 20 < 10 ? "0" : "")\(day - 20)"
                let latency = (day >= 38 ? 3.0 : 1) + Double((day * 7 + row * 3) % 5) / 10
                text +=
                    "r\(day)-\(row),\(date) 0\(row):15:00,\(tier),\(latency),\(row % 4 == 0 ? 0 : 1),0.\(60 + row)\n"
            }
        }
        return text
    }()

    static let base = """
        title: Watched
        sources: {rows: {id: id, time: time}}
        metrics:
          latency: {unit: s, direction: lower}
          solved: {proportion: true, direction: higher}
          score: {range: [0, 1], direction: higher}
        dimensions: {tier: {values: [a, b]}}

        """

    static let rules = """
        alerts:
          defaults: {minimum: 3, owner: Kim}
          slow: {metric: latency, limit: {warning: 2, critical: 5}}
          slow_two: {metric: latency, above: 2, for: 2 of 3, severity: note, by: tier}
          moved: {metric: latency, change: true}
          silent: {absence: 3, by: tier, mute: {value: b, owner: Ann, reason: "closed", until: 2026-12-01}}
          stale: {freshness: 2}
        kpis:
          solved: {metric: solved, target: 0.6, owner: Kim, range: 30d}
          fast: {metric: latency, statistic: share_above, value: 2, target: 0.05, owner: Ann, range: 10d}
        health: {score: {latency: {metric: latency, limit: {1.1: 10, 2: 20}}}}

        """

    private func prepared(_ workshop: Workshop, _ more: String = rules) throws {
        try workshop.write(Self.rows, to: "exports/rows.csv")
        try workshop.write(Self.base + more, to: "assay.yaml")
    }

    private func alerts(_ workshop: Workshop, _ fill: (inout WatchRequest) -> Void = { _ in }) async -> (
        status: Pipeline.ExitStatus, text: String
    ) {
        var request = WatchRequest(configuration: nil, archive: "archive.sqlite", asOf: nil, format: .json)
        fill(&request)
        var bytes: [UInt8] = []
        let status = await listAlerts(request, in: workshop.surroundings, messages: workshop.sink) { bytes += $0 }
        return (status, String(decoding: bytes, as: UTF8.self))
    }

    private func kpis(_ workshop: Workshop, _ range: String?, _ format: AnswerFormat = .json) async -> (
        status: Pipeline.ExitStatus, text: String
    ) {
        var request = WatchRequest(configuration: nil, archive: "archive.sqlite", asOf: nil, format: format)
        request.range = range
        var bytes: [UInt8] = []
        let status = await showKPIs(request, in: workshop.surroundings, messages: workshop.sink) { bytes += $0 }
        return (status, String(decoding: bytes, as: UTF8.self))
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func alertsFromConfigurationToExitCode() async throws {
        try await inWorkshop { workshop in
            try prepared(workshop)
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            #expect(await workshop.build(failOn: .critical) == .alertFiring)
            #expect(Pipeline.ExitStatus.alertFiring.rawValue == 10)
            // The site is published all the same.
            let folder = "site/runs/2026-11-19"
            let summary = try workshop.json("\(folder)/summary.json")
            let firing = try #require((summary["alerts"] as? [String: Any])?["firing"] as? [String: Int])
            #expect(firing == ["all": 3, "note": 1, "warning": 1, "critical": 1])
            let document = try workshop.json("\(folder)/alerts.json")
            let states = try #require(document["alerts"] as? [[String: Any]]).reduce(into: [String: String]()) {
                $0[$1["id"] as? String ?? ""] = $1["state"] as? String
            }
            #expect(
                states == [
                    "slow": "firing", "slow_two/tier=a": "firing", "slow_two/tier=b": "unknown", "moved": "firing",
                    "silent/tier=a": "ok", "silent/tier=b": "firing", "stale": "ok",
                ])
            #expect(
                (summary["kpis"] as? [[String: Any]])?.compactMap { $0["verdict"] as? String } == ["met", "missed"])
            for file in ["alerts/index.html", "kpis/index.html", "health/index.html", "exports/alerts.csv"] {
                #expect(throws: Never.self) { try workshop.read("\(folder)/\(file)") }
            }
            let digest = String(decoding: try workshop.read("\(folder)/digest.txt"), as: UTF8.self)
            #expect(digest.contains("3 alerts fire"), "\(digest)")
            // The command says the same as the run.
            let (status, text) = await alerts(workshop) { $0.failOn = .note }
            #expect(status == .alertFiring)
            #expect((try object(text)["firing"] as? [String: Int]) == firing)
            var told: [UInt8] = []
            let history = HistoryRequest(configuration: nil, archive: "archive.sqlite")
            #expect(
                await explain("slow", history, in: workshop.surroundings, messages: workshop.sink) { told += $0 }
                    == .done)
            #expect(String(decoding: told, as: UTF8.self).contains("First breach: 2026-11-18"))
            // The rule that is asked for is a warning only.
            let mild = await alerts(workshop) { request in
                request.rules = ["slow"]
                request.failOn = .critical
            }
            #expect(mild.status == .done)
        }
    }

    @Test func earlierDaysAreReplayed() async throws {
        try await inWorkshop { workshop in
            try prepared(workshop)
            #expect(await workshop.build() == .done)
            let quiet = try object(await alerts(workshop) { $0.asOf = "2026-11-10" }.text)
            #expect((quiet["firing"] as? [String: Int])?["all"] == 0)
            let first = try object(
                await alerts(workshop) {
                    $0.asOf = "2026-11-18"; $0.rules = ["slow"]
                }.text)
            #expect(first["new"] as? [String] == ["slow"])
            #expect(await alerts(workshop) { $0.rules = ["slwo"] }.status == .usage)
            #expect(workshop.messages.contains { $0.contains("Did you mean `slow`?") })
            for format in AnswerFormat.allCases {
                let (status, text) = await alerts(workshop) {
                    $0.format = format; $0.isComplete = true
                }
                #expect(status == .done && text.lowercased().contains("slow"), "\(format)")
            }
        }
    }

    @Test func rangesOfHoursComeFromRowsAndAreNeverInvented() async throws {
        try await inWorkshop { workshop in
            try prepared(workshop)
            #expect(await workshop.build() == .done)
            let hours = try object(await kpis(workshop, "2h").text)
            let range = try #require(hours["range"] as? [String: Any])
            // The newest record of 19 November is that of row 8, at 08:15; rows 7 and 9 belong to the silent group.
            #expect(range["to"] as? String == "2026-11-19T08:15:00+00:00")
            #expect((hours["kpis"] as? [[String: Any]])?.first?["n"] as? Int == 1)
            let day = try object(await kpis(workshop, "24h").text)
            #expect((day["kpis"] as? [[String: Any]])?.first?["n"] as? Int == 5)
            let week = try object(await kpis(workshop, "7d").text)
            #expect((week["kpis"] as? [[String: Any]])?.first?["n"] as? Int == 45)
            #expect(await kpis(workshop, "7w").status == .usage)
            #expect(await kpis(workshop, "7d", .csv).text.hasPrefix("kpi,metric,statistic"))
        }
    }

    @Test func withoutATimeOfDayThereAreNoHours() async throws {
        try await inWorkshop { workshop in
            try prepared(workshop)
            let plain = Self.rows.replacing(#/ 0\d:15:00/#, with: "")
            try workshop.write(plain, to: "exports/rows.csv")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
            #expect(await kpis(workshop, "6h").status == .inputRefused)
            #expect(workshop.messages.contains { $0.contains("no time of day") }, "\(workshop.messages)")
            #expect(await kpis(workshop, "7d").status == .done)
        }
    }

    @Test func withoutRulesItSaysSo() async throws {
        try await inWorkshop { workshop in
            try prepared(workshop, "")
            #expect(await workshop.build() == .done)
            let page = String(decoding: try workshop.read("site/index.html"), as: UTF8.self)
            #expect(page.contains("No alert rules and no KPIs are configured"))
            #expect(await alerts(workshop).status == .configuration)
            #expect(await kpis(workshop, nil).status == .configuration)
        }
    }

    /// The earlier tools' rules named metrics that nobody collected, and never ran.
    @Test(arguments: [
        ("alerts: {a: {metric: latencyy, above: 2}}", "Did you mean `latency`?"),
        ("alerts: {a: {metric: latency, abov: 2}}", "Did you mean `above`?"),
        ("alerts: {a: {metric: latency}}", "has no limit"),
        ("alerts: {a: {metric: latency, above: 2, below: 1}}", "expected one of them"),
        ("alerts: {a: {metric: latency, above: {warning: 2, critical: 1}}}", "critical must lie above warning"),
        ("alerts: {a: {metric: score, below: {warning: 0.5, critical: 0.6}}}", "critical must lie below warning"),
        ("alerts: {a: {metric: score, below: 80}}", "lies outside the range"),
        ("alerts: {a: {above: 2}}", "names no `metric`"),
        ("alerts: {a: {metric: latency, above: 2, by: teir}}", "Did you mean `tier`?"),
        ("alerts: {a: {metric: latency, above: 2, where: {tier: c}}}", "expected one of a, b"),
        ("alerts: {a: {metric: latency, above: 2, overrides: {a: {above: 3}}}}", "has no `by`"),
        ("alerts: {a: {metric: latency, above: 2, clear: 3}}", "bad side"),
        ("alerts: {a: {metric: latency, above: 2, for: 3 of 2}}", "`for` of alert `a`"),
        ("alerts: {a: {metric: latency, above: 2, for: often}}", "`2 of 3`"),
        ("alerts: {a: {metric: latency, above: 2, for: 0}}", "`2 of 3`, found `0`"),
        ("alerts: {a: {metric: latency, above: 2, for: -1}}", "`2 of 3`, found `-1`"),
        ("alerts: {a: {metric: latency, above: 2, for: 2 of 0}}", "`2 of 3`, found `2 of 0`"),
        ("alerts: {a: {metric: latency, change: -3}}", "`change` of alert `a` must be above 0"),
        ("alerts: {a: {metric: latency, anomaly: 0}}", "`anomaly` of alert `a` must be above 0"),
        ("alerts: {a: {freshness: 0}}", "`freshness` of alert `a` must be above 0"),
        ("alerts: {a: {absence: 100}}", "a group counts as gone after 90"),
        ("health: {points: {q: {above: 5, stale_minutes: 1e300}}}", "above 0 and at most 527040"),
        ("health: {points: {q: {above: 5, for_minutes: 1e300}}}", "between 0 and 527040"),
        ("health: {unusual_day_points: -5}", "lie between 0 and 100, found -5"),
        ("health: {score: {r: {metric: latency, limit: {2: -10}}}}", "lie between 0 and 100, found -10"),
        ("health: {score: {r: {metric: latency, limit: {}}}}", "names no limit"),
        ("notify: {command: ' '}", "needs a `command`"),
        ("alerts: {a: {metric: latency, above: 2, mute: {owner: Kim}}}", "needs `owner`, `reason` and `until`"),
        ("alerts: {a: {metric: latency, above: 2, mute: {owner: K, reason: r, until: soon}}}", "YYYY-MM-DD"),
        ("alerts: {a: {metric: latency, statistic: p951, above: 2}}", "Did you mean `p95`?"),
        ("alerts: {a: {metric: latency, statistic: share_above, above: 0.1}}", "needs a `value`"),
        ("alerts: {defaults: {metric: latency}}", "unknown key `metric`"),
        ("kpis: {k: {metric: latency, target: 2}}", "needs `metric`, `target` and `owner`"),
        ("kpis: {k: {metric: solved, target: 80, owner: Kim}}", "Shares are written from 0 to 1"),
        ("kpis: {k: {metric: latency, target: 2, owner: Kim, range: 24h}}", "number of days such as 7d"),
        ("health: {score: {r: {metric: latency}}}", "needs one of `above`, `below`, `limit`"),
        ("notify: {on: change}", "needs a `command`"), ("notify: {command: x, on: chance}", "Did you mean `change`?"),
    ])
    func everyMistakeHasItsWords(text: String, expected: String) async throws {
        try await inWorkshop { workshop in
            try prepared(workshop, text)
            #expect(await workshop.build() == .configuration)
            #expect(workshop.messages.contains { $0.contains(expected) }, "\(workshop.messages)")
        }
    }

    @Test("Mistake: notifications are log lines. A command is told, and never stops the night")
    func mistakeNotificationsAreLogLines() async throws {
        try await inWorkshop { workshop in
            try prepared(workshop, Self.rules + "notify: {command: 'cat > told.json', on: firing}\n")
            #expect(await workshop.build() == .done)
            #expect(try workshop.json("told.json")["as_of"] as? String == "2026-11-19")
            try prepared(workshop, Self.rules + "notify: {command: [no-such-command-anywhere], on: always}\n")
            #expect(await workshop.build() == .done)
            #expect(workshop.messages.contains { $0.contains("warning: the notification") }, "\(workshop.messages)")
            try prepared(workshop, Self.rules + "notify: {command: 'sleep 30', on: always, timeout_seconds: 1}\n")
            #expect(await workshop.build() == .done)
            #expect(workshop.messages.contains { $0.contains("took longer than 1 s") }, "\(workshop.messages)")
            // What the command has started is ended with it, long before it would be done on a busy machine.
            try prepared(
                workshop,
                Self.rules + "notify: {command: '(sleep 12; touch late) & wait', on: always, timeout_seconds: 1}\n")
            #expect(await workshop.build() == .done)
            try await Task.sleep(for: .seconds(13))
            #expect(throws: (any Error).self) { try workshop.read("late") }
            // Nothing new came, so nobody is told.
            try prepared(workshop, Self.rules + "notify: {command: 'touch again'}\n")
            #expect(await workshop.build(asOf: "2026-11-09") == .done)
            #expect(throws: (any Error).self) { try workshop.read("again") }
        }
    }

    /// The command says of a rule that matches nothing what a build says.
    @Test func aRuleThatMatchesNothingIsAnErrorForTheCommandToo() async throws {
        try await inWorkshop { workshop in
            try prepared(workshop)
            #expect(await workshop.build() == .done)
            try prepared(workshop, "alerts: {x: {metric: latency, above: 2, where: {tier: aa}}}\n")
            let found = await alerts(workshop)
            #expect(found.status == .configuration)
            #expect(
                workshop.messages.contains { $0.contains("names the value `aa` of `tier`") }, "\(workshop.messages)")
        }
    }

    /// An override or a mute for a value that is not there would hold nothing, and nobody would know.
    @Test(arguments: [
        ("overrides: {aa: {above: 3}}", "`overrides` of alert rule `x` matches nothing"),
        ("mute: {value: aa, owner: K, reason: r, until: 2027-01-01}", "`mute` of alert rule `x` matches nothing"),
    ])
    func whatARuleSaysOfNobodyIsAnError(part: String, expected: String) async throws {
        try await inWorkshop { workshop in
            try prepared(workshop)
            let open = Self.base.replacing("{values: [a, b]}", with: "{}")
            let rule = { (part: String) in "alerts: {x: {metric: latency, above: 2, by: tier, \(part)}}\n" }
            try workshop.write(open + rule(part), to: "assay.yaml")
            #expect(await workshop.build() == .configuration)
            let message = try #require(workshop.messages.first { $0.contains(expected) }, "\(workshop.messages)")
            #expect(message.contains("no record has the value `aa` of `tier`") && message.contains("Did you mean `a`?"))
            try workshop.write(open + rule(part.replacing("aa", with: "a")), to: "assay.yaml")
            #expect(await workshop.build() == .done, "\(workshop.messages)")
        }
    }

    /// Every planted incident of the voice service is told on its first day by the rule that watches for it, and nothing
    /// fires before.
    @Test func plantedIncidentsAreTold() async throws {
        try await inWorkshop { workshop in
            #expect(await workshop.sample(sessions: 6_000, days: 100, hasVoice: true) == .done)
            let configuration = try String(
                contentsOf: Repository.fixture("configurations/voice.yaml"), encoding: .utf8)
            try workshop.write(configuration + "analysis: {forecast_days: 0}\n", to: "assay.yaml")
            #expect(await workshop.build(["exports/voice.csv"]) == .done, "\(workshop.messages)")
            let incidents = try #require(try workshop.json("exports/truth.json")["incidents"] as? [[String: Any]])
            let starts = incidents.reduce(into: [String: String]()) {
                $0[$1["kind"] as? String ?? ""] = $1["from"] as? String
            }
            let document = try object(await alerts(workshop) { $0.isComplete = true }.text)
            let fired = try #require(document["alerts"] as? [[String: Any]]).reduce(into: [String: [String]]()) {
                let episodes = $1["episodes"] as? [[String: Any]] ?? []
                $0[$1["id"] as? String ?? ""] = episodes.compactMap { $0["fired"] as? String }
            }
            let slow = try #require(starts["slow_model"])
            #expect(
                fired == [
                    "slow": [slow], "model_moved": [slow], "failing": [try #require(starts["errors"])],
                    "cold_cache": [try #require(starts["cold_cache"])], "silent": [try #require(starts["outage"])],
                ])
        }
    }

    /// The examples of docs/alerts.md are configurations that work.
    @Test func theExamplesOfTheGuideWork() async throws {
        let guide = try String(
            contentsOf: Repository.root.appending(path: "docs/alerts.md"), encoding: .utf8)
        let examples = guide.components(separatedBy: "```yaml\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        #expect(examples.count >= 2)
        for example in examples {
            try await inWorkshop { workshop in
                try workshop.write(Self.rows, to: "exports/rows.csv")
                try workshop.write(Self.base + example, to: "assay.yaml")
                #expect(await workshop.check() == .done, "\(example)\n\(workshop.messages)")
            }
        }
    }
}
