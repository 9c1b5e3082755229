import Foundation
import Pipeline
import Testing

/// The classical companions of a comparison and a trend; expected numbers: scipy 1.17.1 (`tukey_hsd`), scikit-posthocs
/// (`posthoc_dunn`, Holm), statsmodels (`TTestIndPower.solve_power`, `STL`), Mann–Kendall by hand per weekday.
@Suite(.serialized) struct SeasonAndPostHocTests {
    private func answer(
        _ kind: QuestionRequest.Kind, rows: String, _ fill: @escaping (inout QuestionRequest) -> Void
    ) async throws -> [String: Any] {
        var found: [String: Any] = [:]
        try await inWorkshop { workshop in
            try workshop.write(rows, to: "rows.csv")
            let (status, text) = await workshop.ask(kind, fill)
            #expect(status == .done, "\(workshop.messages)")
            found = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
        }
        return found
    }

    private func pairs(_ found: Any?) throws -> [Double] {
        let test = try #require(found as? [String: Any])
        return try #require(test["pairs"] as? [[String: Any]]).compactMap { $0["p"] as? Double }
    }

    private func isNear(_ values: [Double], _ expected: [Double], _ tolerance: Double) -> Bool {
        values.count == expected.count && zip(values, expected).allSatisfy { abs($0 - $1) <= tolerance }
    }

    @Test func groupsByTheSimultaneousTests() async throws {
        let groups = [("a", [1, 2, 3, 4, 5, 6]), ("b", [2, 4, 6, 8, 10, 13]), ("c", [5, 6, 7, 8, 9, 11])]
        let rows = "group,value\n" + groups.flatMap { name, values in values.map { "\(name),\($0)\n" } }.joined()
        let found = try await answer(.compare, rows: rows) {
            $0.values = ["value"]
            $0.by = ["group"]
            $0.power = 0.9
        }
        let tests = try #require(found["post_hoc"] as? [String: Any])
        #expect(
            isNear(
                try pairs(tests["tukey_hsd"]), [0.09826696452961348, 0.05634172087602707, 0.9504730764223106], 1e-9))
        #expect(
            isNear(
                try pairs(tests["games_howell"]), [0.1756790842921221, 0.013223918718528127, 0.9612852863452883], 1e-9))
        #expect(isNear(try pairs(tests["dunn"]), [0.11474963, 0.04704007, 0.6059697], 1e-7))
        let first = try #require((found["sensitivity"] as? [[String: Any]])?.first)
        let effect = try #require(first["minimum_detectable_effect"] as? Double)
        #expect(abs(effect - 2.0806256132588414) < 1e-6 && first["power"] as? Double == 0.9)
        // Variances 3.5 and 16.166… of six values each: the pooled deviation is √9.8333….
        let unit = try #require(first["minimum_detectable_difference"] as? Double)
        #expect(abs(unit - effect * (9.0 + 5.0 / 6).squareRoot()) < 1e-9)
    }

    @Test func aTrendWithItsWeekSetApart() async throws {
        let values = [3, 5, 4, 6, 8, 9, 2, 4, 5, 5, 7, 9, 9, 3, 4, 6, 5, 8, 9, 11, 3, 5, 7, 7, 8, 11, 12, 5]
        let rows =
            "day,value\n"
            + values.enumerated().map { "2026-09-\($0 < 9 ? "0" : "")\($0 + 1),\($1)\n" }.joined()
        let found = try await answer(.trend, rows: rows) { $0.values = ["value"] }
        let test = try #require(found["seasonal_mann_kendall"] as? [String: Any])
        #expect(test["s"] as? Double == 35 && test["season"] as? Int == 7 && test["n"] as? Int == 28)
        #expect(abs((test["z"] as? Double ?? 0) - 4.6411607029715585) < 1e-12)
        #expect(abs((test["p"] as? Double ?? 0) - 3.464575418696853e-06) < 1e-16)
        let parts = try #require(found["stl"] as? [String: Any])
        #expect(abs((parts["seasonal_strength"] as? Double ?? 0) - 0.9840895417771682) < 1e-9)
        #expect(abs((parts["trend_strength"] as? Double ?? 0) - 0.9134555845578243) < 1e-9)
        #expect(abs((parts["trend"] as? [Double] ?? [0])[0] - 4.956658026488083) < 1e-9)
    }

    /// Two whole weeks let the season follow every value: whatever they are, its strength would be near 1.
    @Test func twoSeasonsHaveNoStrength() async throws {
        let rows =
            "day,value\n"
            + [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7].enumerated().map { "2026-09-\(10 + $0),\($1)\n" }.joined()
        let parts = try #require(
            try await answer(.trend, rows: rows) { $0.values = ["value"] }["stl"] as? [String: Any])
        #expect((parts["trend"] as? [Double])?.count == 14)
        for name in ["trend_strength", "seasonal_strength"] {
            let strength = try #require(parts[name] as? [String: Any])
            #expect(strength["reason"] as? String == "too_few_periods: 14 of 21")
        }
    }

    /// Eight weeks from Monday to Friday, asked for or not a season of five; pymannkendall 1.4.3 (`seasonal_test`, period 5) and
    /// statsmodels (`STL`, period 5) of the 40 values.
    @Test(arguments: [nil, 5]) func aWeekOfFiveDays(season: Int?) async throws {
        let first = Date(timeIntervalSince1970: 1_788_739_200)
        let rows =
            "day,value\n"
            + (0..<40).map { step -> String in
                let date = first.addingTimeInterval(Double(step / 5 * 7 + step % 5) * 86_400)
                let value = step * 7 % 11 + [0, 3, 6, 2, 9][step % 5] + step / 8
                return "\(date.formatted(.iso8601.year().month().day())),\(value)\n"
            }.joined()
        let found = try await answer(.trend, rows: rows) {
            $0.values = ["value"]
            $0.season = season
        }
        let test = try #require(found["seasonal_mann_kendall"] as? [String: Any])
        #expect(test["s"] as? Double == 55 && test["season"] as? Int == 5 && test["n"] as? Int == 40)
        #expect(abs((test["p"] as? Double ?? 0) - 0.0025255341370988837) < 1e-15)
        let parts = try #require(found["stl"] as? [String: Any])
        #expect(abs((parts["trend_strength"] as? Double ?? 0) - 0.33792703458042683) < 1e-9)
        #expect(abs((parts["seasonal_strength"] as? Double ?? 0) - 0.7837251503571697) < 1e-9)
    }

    /// Expected numbers: NumPy by the formulas of Yue and Wang with φ of Marriott and Pope (0.9122, n/n* = 13.003); Sen's
    /// own interval is that of `scipy.stats.theilslopes`.
    @Test func daysThatDependOnEachOtherWidenRankFigures() async throws {
        let values = [
            10, 10.4, 10.9, 11.3, 10.8, 10.5, 10.1, 9.8, 10.3, 10.9, 11.6, 12, 12.3, 12.1, 11.4, 11.2, 11, 11.5, 12.2,
            12.6, 13.1, 12.7, 12.5, 12,
        ]
        let rows =
            "day,value\n"
            + values.enumerated().map { "2026-09-\($0 < 9 ? "0" : "")\($0 + 1),\($1)\n" }.joined()
        let found = try await answer(.trend, rows: rows) { $0.values = ["value"] }
        let slope = try #require(found["theil_sen"] as? [String: Any])
        #expect(isNear(slope["interval"] as? [Double] ?? [], [0.06874999999999998, 0.14285714285714285], 1e-12))
        #expect(isNear(slope["interval_ar1"] as? [Double] ?? [], [-0.7, 0.7], 1e-12))
        let test = try #require(found["mann_kendall"] as? [String: Any])
        #expect(isNear([test["p_ar1"] as? Double ?? 0], [0.2737898251957004], 1e-12))
    }

    @Test func aSeriesTooShortForItsSeasonSaysSo() async throws {
        let rows = "day,value\n" + (1...9).map { "2026-09-0\($0),\($0 * $0 % 5)\n" }.joined()
        let found = try await answer(.trend, rows: rows) { $0.values = ["value"] }
        #expect((found["stl"] as? [String: Any])?["reason"] as? String == "too_few_periods: 9 of 14")
    }
}
