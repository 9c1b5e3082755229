import Foundation
import Pipeline
import Testing

/// Interventions stand on every axis of time that shows what they may have changed, and on no other.
@Suite(.serialized) struct InterventionMarkTests {
    /// Forty days of twenty records with caches; latency is high on the last two.
    private static let rows: String = {
        var text = "id,day,tier,latency,score,hits,misses\n"
        for day in 0..<40 {
            let date = day < 20 ? "2026-10-\(day + 11)" : "2026-11-\(day < 29 ? "0" : "")\(day - 19)"
            for row in 0..<20 {
                let latency = (day >= 38 ? 3.0 : 1) + Double((day * 7 + row * 3) % 5) / 10
                let score = 60 + (day * 31 + row * 17) % 23
                text +=
                    "r\(day)-\(row),\(date),\(row % 2 == 0 ? "a" : "b"),\(latency),0.\(score),\(3 + row % 2),\(1 + day % 2)\n"
            }
        }
        return text
    }()

    private static let configuration = """
        sources:
          rows: {files: ["rows.csv"], id: id, time: day}
          register: {role: interventions, files: ["interventions.csv"]}
        metrics:
          latency: {source: rows, unit: s, direction: lower}
          score: {source: rows, range: [0, 1], direction: higher}
          hits: {source: rows, direction: higher}
          misses: {source: rows, direction: lower}
        dimensions:
          tier: {source: rows, values: [a, b]}
        service:
          caches: {semantic: {hits: hits, misses: misses}}
        alerts:
          slow: {metric: latency, limit: {warning: 2, critical: 5}, minimum: 3}

        """

    /// The vertical marks of the chart of this title: their words as they are drawn, or read out.
    private func marks(_ page: String, _ title: String, _ names: [String]) throws -> [String] {
        let start = try #require(page.range(of: "\(title)</title>"), "\(title)")
        let chart = page[start.upperBound...]
        let end = chart.range(of: "</svg>")?.lowerBound ?? chart.endIndex
        return names.filter { chart[..<end].contains($0) }
    }

    @Test func everyAxisOfTimeHasTheMarksOfWhatItShows() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.rows, to: "rows.csv")
            try workshop.write(Self.configuration, to: "assay.yaml")
            try workshop.write(
                """
                id,name,type,metric,tier,start_date,status
                I1,Faster,system update,latency,,2026-11-05,active
                I2,Warmer,system update,hits,,2026-11-03,active
                I3,Taught,training,score,,2026-11-01,active
                I4,Later,training,score,,2026-11-25,planned
                I5,Dropped,training,score,,2026-11-02,cancelled

                """, to: "interventions.csv")
            #expect(await workshop.build([], configuration: "assay.yaml", asOf: "2026-11-20") == .done)
            let read = { (path: String) in
                try String(decoding: workshop.read("site/runs/2026-11-20/\(path)"), as: UTF8.self)
            }
            let names = ["Faster", "Warmer", "Taught", "Later", "Dropped"]
            let data = try read("data/index.html")
            #expect(try marks(data, "Records per day", names) == ["Faster", "Warmer", "Taught"])
            let service = try read("service/index.html")
            #expect(try marks(service, "Hits of all requests, day by day", names) == ["Warmer"])
            let alerts = try read("alerts/index.html")
            #expect(try marks(alerts, "Alerts by night", names) == ["Faster"])
            #expect(try marks(try read("health/index.html"), "Status by night", names) == ["Faster"])
            let trend = try read("trends/score.html")
            #expect(try marks(trend, "Score, next 30 days", names) == ["Taught", "Later"])
            #expect(trend.contains("Later (planned)"))
        }
    }
}
