import Foundation
import Pipeline
import Testing

/// What the improvement pages say, from a build of sixty days in which both tiers rise by 0.1 on the same day.
@Suite struct ImprovementPageTests {
    private static let configuration = """
        sources:
          scores: {files: ["scores.csv"], id: id, time: day}
          register: {role: interventions, files: ["interventions.csv"]}
          measured: {role: measurements, files: ["measurements.csv"]}
        metrics:
          quality: {source: scores, range: [0, 1], direction: higher}
        dimensions:
          tier: {source: scores}
        """

    private static func scores() -> String {
        var text = "id,day,quality,tier\n"
        for day in 0..<60 {
            let date =
                day < 30 ? "2026-09-\(day < 9 ? "0" : "")\(day + 1)" : "2026-10-\(day < 39 ? "0" : "")\(day - 29)"
            for record in 0..<12 {
                let place = day * 31 + record * 17 + day * day * 7
                let value = 300 + place % 23 * 4 + (day < 30 ? 0 : 100)
                text += "\(day)-\(record),\(date),0.\(value),\(record % 2 == 0 ? "gold" : "basic")\n"
            }
        }
        return text
    }

    private func built(_ workshop: Workshop) async throws {
        try workshop.write(Self.configuration, to: "assay.yaml")
        try workshop.write(Self.scores(), to: "scores.csv")
        try workshop.write(
            """
            id,name,type,metric,tier,start_date,expected_improvement,status
            I1,Coaching,training,quality,gold,2026-10-01,0.1,active
            I2,Given up,training,quality,,2026-09-20,0.1,cancelled
            I3,Meant for September,process_change,quality,,2026-09-25,0.1,planned
            I4,Nobody there,training,quality,lead,2026-10-01,0.1,active

            """, to: "interventions.csv")
        try workshop.write(
            """
            id,intervention_id,day,value,n,change
            M1,I1,2026-10-05,0.9,6,
            M2,NOPE,2026-10-05,0.9,6,
            M3,I1,2026-10-05,0.45,6,0.1

            """, to: "measurements.csv")
        #expect(await workshop.build([], configuration: "assay.yaml", asOf: "2026-10-30") == .done)
    }

    private func text(_ workshop: Workshop, _ path: String) throws -> String {
        try String(decoding: workshop.read("site/runs/2026-10-30/\(path)"), as: UTF8.self)
    }

    @Test func whatBothGroupsHadIsNoEffectAndSaidSo() async throws {
        try await inWorkshop { workshop in
            try await built(workshop)
            let page = try text(workshop, "improvements/index.md")
            #expect(page.contains("- **Change stands**: 0 of 1"))
            #expect(page.contains("Wait for more days, or check that it is carried out: no effect can be told"))
            #expect(!page.contains("of the target:"))
            #expect(page.contains("| Coaching | unclear (seen after 7, 14, 28 days) |"))
            #expect(page.contains("| Given up | cancelled |"))
            #expect(page.contains("| Meant for September | Say in the register whether it has begun |"))
            #expect(page.contains("In no rate: 2 cancelled or not begun, 0 whose effect"))
            #expect(page.contains("| NOPE | 2026-10-05 |") && page.contains("| contradicts ours |"))
            #expect(try text(workshop, "improvements/index.html").contains("Rates of interventions</title>"))
            let trained = try text(workshop, "improvements/kind-training.md")
            #expect(trained.contains("| Coaching |") && !trained.contains("Meant for September"))
            #expect(try text(workshop, "improvements/kind-process-change.md").contains("| Meant for September |"))
            #expect(try text(workshop, "improvements/index.html").contains("href=\"kind-training.html\""))
            // One of four could be judged; two were cancelled or not begun.
            let rates = try text(workshop, "exports/improvement-rates.csv")
            #expect(rates.contains("\r\nall,,4,2,0,1,stands,0,1,0,0,0.79345"))
            #expect(rates.contains("\r\nkind,process_change,1,1,0,0,stands,0,0,,,,"))
            let brief = try text(workshop, "improvements/brief.md")
            #expect(brief.contains("| Coaching | unclear (seen after 7, 14, 28 days) |"))
            #expect(!brief.contains("There was enough of everything"))
            // A value alone stands beside the mean of its day, a change beside that of all days since the start.
            let gold = { (days: ClosedRange<Int>) in
                let places = days.flatMap { day in
                    stride(from: 0, to: 12, by: 2).map { day * 31 + $0 * 17 + day * day * 7 }
                }
                return places.reduce(0.0) { $0 + Double(400 + $1 % 23 * 4) } / Double(places.count) / 1_000
            }
            let measured = try text(workshop, "exports/measurements.csv").split(separator: "\r\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
            for (place, days, compared) in [(1, 34...34, "value"), (2, 30...34, "change")] {
                #expect(abs(try #require(Double(measured[place][4])) - gold(days)) < 1e-12)
                #expect(measured[place].last.map(String.init) == compared)
            }
            #expect(measured[1][6].isEmpty && !measured[2][6].isEmpty)
            let data = try text(workshop, "data/index.md")
            #expect(data.contains("intervention I4: no record has tier = lead"))
            #expect(data.contains("measurements of NOPE, which is not in the register: 1"))
            let header = try #require(try text(workshop, "exports/improvements.csv").split(separator: "\r\n").first)
            let names = header.split(separator: ",")
            #expect(Set(names).count == names.count, "a name stands for one column")
        }
    }
}
