import Foundation
import Pipeline
import Testing

/// What is said beside a claim that something else may explain.
@Suite(.serialized) struct ClaimCautionTests {
    /// Tier b lies mostly in the better dataset, and within each dataset 0.05 below tier a; `whole` is `part` + `rest`.
    private static var rows: String {
        "id,date,tier,dataset,quality,part,rest\n"
            + (0..<400).map { place in
                let tier = place % 2 == 0 ? "a" : "b"
                let dataset = place / 2 % 10 < (tier == "a" ? 8 : 2) ? "hard" : "easy"
                let quality = (dataset == "easy" ? 60 : 30) - (tier == "b" ? 5 : 0) + place * 7 % 11
                let day = 1 + place % 20
                return
                    "r\(place),2026-11-\(day < 10 ? "0" : "")\(day),\(tier),\(dataset),0.\(quality),\(place * 37 % 97),\(place * 53 % 89)\n"
            }.joined()
    }

    private static let configuration = """
        title: Cautions
        time_zone: UTC
        sources:
          sessions: {files: ["rows*"], id: id, time: date}
        metrics:
          quality: {unit: score, range: [0, 1], direction: higher}
          part: {direction: lower}
          whole: {sum: [part, rest], direction: lower}
        dimensions:
          tier: {}
          dataset: {}
        """

    @Test func aDifferenceThatIsTheOtherDimensionsSaysSo() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.rows, to: "exports/rows.csv")
            try workshop.write(Self.configuration, to: "assay.yaml")
            #expect(await workshop.build(asOf: "2026-11-20") == .done, "\(workshop.messages)")
            let summary = try workshop.json("site/summaries/2026-11-20.json")
            let findings = try #require(summary["findings"] as? [[String: Any]])
            let pair = try #require(
                findings.first {
                    $0["kind"] as? String == "group_difference"
                        && ($0["subject"] as? [String: Any])?["dimension"] as? String == "tier"
                })
            let text = try #require(pair["text"] as? String)
            // Python, strata of 200 records each: Σ wₑ (mean of b − mean of a) = −0.049375; raw +0.1307.
            #expect(text.contains("b is above a") && text.contains("it may be due to Dataset"), "\(text)")
            #expect(text.contains("the difference is −0.049"), "\(text)")
            let page = String(
                decoding: try workshop.read("site/runs/2026-11-20/comparisons/tier.html"), as: UTF8.self)
            #expect(page.contains("it may be due to Dataset"))
            let effects = String(
                decoding: try workshop.read("site/runs/2026-11-20/comparisons/tier-pairs.html"), as: UTF8.self)
            #expect(effects.contains("Standardised differences by Tier") && effects.contains(">large<"))
            // Figures of five digits, with the test that counts.
            let id = try #require(pair["id"] as? String)
            let told = await workshop.explained(id)
            #expect(told.contains("Test: welch t, statistic "), "\(told)")
            #expect(told.contains("Estimate: 0.1307 score") && told.contains("degrees of freedom 3"), "\(told)")
            // A sum goes with its part by definition: a coefficient, but no finding and no corrected p.
            let correlation = try #require(summary["correlation"] as? [String: Any])
            let pairs = try #require(correlation["pairs"] as? [[String: Any]])
            let sum = try #require(pairs.first { $0["x"] as? String == "part" && $0["y"] as? String == "whole" })
            #expect(sum["by_definition"] as? [String] == ["sessions.part"] && sum["p_bh"] is NSNull)
            #expect(!findings.contains { $0["kind"] as? String == "correlation" }, "\(findings)")
        }
    }
}
