import Archive
import Foundation
import Model
import Testing

@testable import Pipeline

@Suite("Reports that the configuration declares")
struct CustomReportTests {
    static let configuration = """
        title: Declared
        output: site
        archive: archive.sqlite
        sources:
          sessions: {files: ["sessions*"], id: session_id, time: started_at, person: user_id}
        metrics:
          accuracy: {source: sessions, range: [0, 1], direction: higher}
          latency: {source: sessions, unit: s, direction: lower}
        dimensions:
          tier: {source: sessions}
          dataset: {source: sessions}
        """

    /// Ten sessions a day for 60 days to 2026-10-29, by 20 people; values with two decimals, so that quantiles are exact.
    static let rows =
        "session_id,user_id,started_at,tier,dataset,accuracy,latency\n"
        + (0..<600).map { row in
            let day = Day(iso: "2026-08-31").map { $0.advanced(by: row / 10).iso } ?? ""
            let accuracy = 30 + (row * 37 + row / 10) % 61
            let latency = 100 + (row * 53) % 97
            return
                "s\(row)x,person-\(row % 20)@x,\(day)T10:00:00Z,\(["a", "b", "c"][row % 3]),\(row % 4 < 2 ? "one" : "two"),0.\(accuracy),\(latency / 100).\(latency % 100 < 10 ? "0" : "")\(latency % 100)\n"
        }.joined()

    /// - Parameter namesPeople: whether the sessions have a `person`, of whom days of fewer than five are held back.
    private func build(
        _ shop: Workshop, _ reports: String, asOf: String = "2026-10-29", namesPeople: Bool = true
    ) async throws -> Pipeline.ExitStatus {
        let configuration =
            namesPeople ? Self.configuration : Self.configuration.replacing(", person: user_id", with: "")
        try shop.write(configuration + "\nreports:\n" + reports, to: "assay.yaml")
        try shop.write(Self.rows, to: "exports/sessions.csv")
        return await shop.build(configuration: "assay.yaml", asOf: asOf)
    }

    @Test("A filter that leaves a metric of another table without values makes no page of it, and no link to one")
    func metricsWithoutPages() async throws {
        try await inWorkshop { shop in
            let calls = (0..<60).map { "c\($0),2026-10-\(10 + $0 % 20)T10:00:00Z,0.\(10 + $0)\n" }.joined()
            try shop.write("call_id,at,wait\n" + calls, to: "exports/calls.csv")
            try shop.write(Self.rows, to: "exports/sessions.csv")
            try shop.write(
                """
                output: site
                archive: archive.sqlite
                sources:
                  sessions: {files: ["sessions*"], id: session_id, time: started_at}
                  calls: {files: ["calls*"], id: call_id, time: at}
                metrics:
                  accuracy: {source: sessions, range: [0, 1], direction: higher}
                  wait: {source: calls, unit: s, direction: lower}
                dimensions:
                  tier: {source: sessions}
                reports:
                  few: {filter: {tier: [a]}, range: 30d}
                """, to: "assay.yaml")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .done, "\(shop.messages)")
            let pages = "site/runs/2026-10-29/reports/few"
            let first = String(decoding: try shop.read("\(pages)/index.html"), as: UTF8.self)
            #expect(first.contains("accuracy-values.html") && !first.contains("wait-values.html"))
        }
    }

    private func report(_ shop: Workshop, _ name: String) throws -> [String: Any] {
        let all = try #require(try shop.json("site/summaries/2026-10-29.json")["reports"] as? [String: Any])
        return try #require(all[name] as? [String: Any])
    }

    private func object(_ value: Any?, _ path: String...) throws -> [String: Any] {
        var found = try #require(value as? [String: Any])
        for name in path { found = try #require(found[name] as? [String: Any]) }
        return found
    }

    @Test(
        "Mistake: filters are stored but never applied. Figures of a filtered page are those of the same question asked by the command"
    )
    func mistakeFiltersNotApplied() async throws {
        try await inWorkshop { shop in
            let status = try await build(
                shop, "  few: {filter: {tier: [a, b]}, range: 30d, metrics: [accuracy], by: [dataset]}\n",
                namesPeople: false)
            #expect(status == .done, "\(shop.messages)")
            let made = try report(shop, "few")
            #expect(made["records"] as? Int == 200)
            try shop.write(Self.rows, to: "rows.csv")
            func asked(_ kind: QuestionRequest.Kind, by: [String] = []) async throws -> [String: Any] {
                let answer = await shop.ask(kind) {
                    ($0.values, $0.by, $0.filters, $0.days) = (["accuracy"], by, ["tier=a,b"], 30)
                }
                #expect(answer.status == .done, "\(shop.messages)")
                let json = try JSONSerialization.jsonObject(with: Data(answer.text.utf8))
                return try #require(json as? [String: Any])
            }
            let trend = try await asked(.trend)
            for (part, keys) in [
                ("ols", ["slope", "intercept", "r_squared", "p"]), ("theil_sen", ["slope"]),
                ("mann_kendall", ["s", "tau", "z", "p"]),
            ] {
                let (own, theirs) = (try object(made["trend"], "accuracy", "all", part), try object(trend[part]))
                for key in keys {
                    #expect(own[key] as? Double == theirs[key] as? Double, "\(part) \(key)")
                    #expect(own[key] is Double)
                }
            }
            let (spread, told) = (try object(made["distribution"], "accuracy"), try await asked(.distribution))
            for key in [
                "n", "missing", "mean", "sd", "skewness", "kurtosis", "q1", "median", "q3", "mad", "min", "max",
            ] {
                #expect(spread[key] as? Double == told[key] as? Double, "\(key)")
                #expect(spread[key] is NSNumber)
            }
            let own = try #require(try object(made["comparison"], "accuracy", "dataset")["pairs"] as? [[String: Any]])
            let pairs = try #require(try await asked(.compare, by: ["dataset"])["pairs"] as? [[String: Any]])
            #expect(own.count == 1 && pairs.count == 1)
            for key in ["difference", "n_a", "n_b"] {
                let (mine, theirs) = (try #require(own[0][key] as? Double), try #require(pairs[0][key] as? Double))
                // Means of days that are added up differ from the mean of all rows in the last digits.
                #expect(abs(mine - theirs) < 1e-12, "\(key)")
            }
        }
    }

    @Test("Pages, Markdown, entry of the navigation and CSV hold the chosen parts of the chosen records")
    func pages() async throws {
        try await inWorkshop { shop in
            let status = try await build(
                shop,
                """
                  slow: {title: Slow ones, at_least: {latency: 1.5}, from: 2026-10-01, to: 2026-10-10, metrics: [latency],
                    sections: [figures, values], charts: [days]}
                  all_days: {range: 7d, sections: [trends], charts: [groups]}

                """, namesPeople: false)
            #expect(status == .done, "\(shop.messages)")
            let folder = "site/runs/2026-10-29/"
            let page = String(decoding: try shop.read(folder + "reports/slow/index.html"), as: UTF8.self)
            // Of 100 rows of these days those from 1.5 s on, counted apart from the program.
            let slow = Self.rows.split(separator: "\n").dropFirst().filter { line in
                let cells = line.split(separator: ",")
                return cells[2] >= "2026-10-01" && cells[2] < "2026-10-11" && (Double(cells[6]) ?? 0) >= 1.5
            }
            #expect(page.contains("\(slow.count) records on 10 days"), "\(page)")
            #expect(page.contains("Latency at least 1.5\u{A0}s"))
            let files = try shop.files(in: folder)
            #expect(files["reports/slow/latency-course.html"] != nil && files["reports/slow/latency-values.md"] != nil)
            #expect(files["reports/slow/by-tier.html"] == nil && files["reports/all_days/by-tier.html"] != nil)
            #expect(files["exports/reports/slow/series-latency.csv"] != nil)
            let course = String(decoding: try #require(files["reports/slow/latency-course.html"]), as: UTF8.self)
            #expect(course.contains("Day by day") && !course.contains("Week by week"))
            let neighbour = String(decoding: try #require(files["trends/index.html"]), as: UTF8.self)
            #expect(neighbour.contains("../reports/index.html"))
            let means = String(decoding: try #require(files["exports/reports/slow/distributions.csv"]), as: UTF8.self)
            #expect(means.contains("latency,all,\(slow.count),0,"), "\(means)")
            #expect(try report(shop, "all_days")["records"] as? Int == 70)
        }
    }

    @Test(
        "What is not known is a mistake of the configuration, with the nearest name",
        arguments: [
            ("{sectoins: [trends]}", "Did you mean `sections`?"), ("{sections: [trend]}", "Did you mean `trends`?"),
            ("{sections: [days]}", "`days` of report `x` stands under `charts`"),
            ("{filter: {teir: [a]}}", "Did you mean `tier`?"), ("{metrics: [latancy]}", "Did you mean `latency`?"),
            ("{at_least: {acuracy: 1}}", "Did you mean `accuracy`?"), ("{range: 30}", "a number of days such as 7d"),
            ("{range: 3d, from: 2026-01-01}", "both `range` and `from`"),
            ("{from: 2026-01-02}", "both `from` and `to`"),
            ("{from: 2026-01-02, to: 2026-01-01}", "1 to 3,660 days"), ("{sections: []}", "shows nothing"),
            ("{filter: {tier: [aa]}}", "no record has the value `aa` of `tier`"),
        ])
    func mistakes(definition: String, message: String) async throws {
        try await inWorkshop { shop in
            let status = try await build(shop, "  x: \(definition)\n")
            #expect(status == .configuration, "\(shop.messages)")
            #expect(shop.messages.contains { $0.contains(message) }, "\(shop.messages)")
        }
    }

    @Test("A rule or filter that matches nothing leaves the archive as it was")
    func nothingLoaded() async throws {
        try await inWorkshop { shop in
            let status = try await build(shop, "  x: {range: 7d}\n")
            #expect(status == .done, "\(shop.messages)")
            let path = shop.folder.appending(path: "archive.sqlite").path
            let catalogue = try #require(Catalogue(metrics: [], dimensions: []))
            let before = try Archive(reading: path, catalogue: catalogue).fingerprint()
            try shop.write(
                Self.rows + "s900x,person-1@x,2026-10-29T11:00:00Z,a,one,0.5,1.0\n", to: "exports/sessions.csv")
            for wrong in [
                "reports:\n  x: {filter: {tier: z}}", "alerts:\n  y: {metric: latency, above: 3, where: {tier: z}}",
            ] {
                try shop.write(Self.configuration + "\n" + wrong + "\n", to: "assay.yaml")
                #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .configuration)
                #expect(shop.messages.contains { $0.contains("matches nothing") })
            }
            let after = try Archive(reading: path, catalogue: catalogue).fingerprint()
            #expect(after == before)
        }
    }

    @Test("A report of fewer than k people is none, nor one that leaves few out, nor two that differ by few")
    func smallGroups() async throws {
        try await inWorkshop { shop in
            // 20 people, of whom each tier has 20; a metric's limit can cut any number of them out.
            let named = Self.rows.split(separator: "\n").dropFirst().map { line -> String in
                let cells = line.split(separator: ",")
                let number = Int(cells[1].dropFirst(7).prefix { $0 != "@" }) ?? 0
                return cells.dropLast().joined(separator: ",") + ",\(number)"
            }
            try shop.write(
                Self.configuration + """

                    reports:
                      few: {at_most: {latency: 2}}
                      rest: {at_least: {latency: 3}}
                      half: {at_most: {latency: 9}}
                      nearly_half: {at_most: {latency: 7}}
                      most: {at_most: {latency: 14}}
                    """, to: "assay.yaml")
            try shop.write(
                "session_id,user_id,started_at,tier,dataset,accuracy,latency\n" + named.joined(separator: "\n"),
                to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .done, "\(shop.messages)")
            for name in ["few", "rest", "half", "nearly_half"] {
                let made = try report(shop, name)
                #expect((made["reason"] as? String)?.contains("fewer than 5 people") == true, "\(name)")
                #expect(made["records"] == nil)
            }
            #expect(try report(shop, "most")["records"] as? Int == 450)
        }
    }

    @Test("A report is held against the groups that other pages show, day by day")
    func besideGroups() async throws {
        try await inWorkshop { shop in
            // Two people of tier gold, twelve of silver, 26 of bronze: the site shows bronze alone, so that gold and bronze together
            // would tell of gold.
            try shop.write(
                Self.configuration + """

                    reports:
                      both: {filter: {tier: [gold, bronze]}}
                      slow_bronze: {filter: {tier: [bronze]}, at_least: {latency: 20}}
                    """, to: "assay.yaml")
            var lines = ["session_id,user_id,started_at,tier,dataset,accuracy,latency"]
            for day in 1...10 {
                for person in 0..<40 {
                    let tier = person < 2 ? "gold" : person < 14 ? "silver" : "bronze"
                    lines.append(
                        "s\(day)-\(person)x,person-\(person)@x,2026-10-\(day + 19)T10:00:00Z,\(tier),one,0.\(300 + person * 13 + day),\(person)"
                    )
                }
            }
            try shop.write(lines.joined(separator: "\n") + "\n", to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .done, "\(shop.messages)")
            #expect(try report(shop, "both")["records"] == nil)
            // 20 people from 20 on, six others in bronze.
            #expect(try report(shop, "slow_bronze")["records"] as? Int == 200)
        }
    }

    @Test("Days whose rows were pruned are not in a filtered report, which says so")
    func pruned() async throws {
        try await inWorkshop { shop in
            let status = try await build(shop, "  x: {filter: {tier: a}, range: 30d}\n")
            #expect(status == .done, "\(shop.messages)")
            #expect(await shop.prune(rowDays: 10) == .done, "\(shop.messages)")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .done, "\(shop.messages)")
            let made = try report(shop, "x")
            #expect(made["pruned_days"] as? Int == 20)
            let page = String(decoding: try shop.read("site/runs/2026-10-29/reports/x/index.html"), as: UTF8.self)
            #expect(page.contains("20 days whose rows have been pruned"))
        }
    }
}
