import Foundation
import Pipeline
import Testing

/// Questions to small, tied, constant and holey files: what cannot be told must not be told.
///
/// Expected numbers: scipy 1.17.1, statsmodels 0.15.0, exact fractions.
@Suite(.serialized) struct QuestionSoundnessTests {
    private func answer(
        _ text: String, _ kind: QuestionRequest.Kind, format: AnswerFormat = .json,
        _ fill: @escaping (inout QuestionRequest) -> Void = { _ in }
    ) async throws -> (status: Pipeline.ExitStatus, json: [String: Any], text: String) {
        var found: (Pipeline.ExitStatus, [String: Any], String) = (.failed, [:], "")
        try await inWorkshop { workshop in
            try workshop.write(text, to: "rows.csv")
            let (status, text) = await workshop.ask(kind) {
                $0.format = format
                fill(&$0)
            }
            let json = try? JSONSerialization.jsonObject(with: Data(text.utf8))  // other formats are no JSON
            found = (status, json as? [String: Any] ?? [:], text)
        }
        return found
    }

    private func near(_ value: Any?, _ expected: Double, _ tolerance: Double = 1e-9) -> Bool {
        guard let value = value as? Double else { return false }
        return abs(value - expected) <= tolerance * abs(expected)
    }

    /// fisher_exact([[30, 0], [0, 30]]) and confint_proportions_2indep(0, 30, 30, 30, method="newcomb").
    @Test func sharesThatDoNotOverlapAreToldApart() async throws {
        let rows = "g,v\n" + (0..<60).map { "\($0 % 2 == 0 ? "a" : "b"),\($0 % 2)\n" }.joined()
        let ask = { (request: inout QuestionRequest) in
            request.values = ["v"]
            request.by = ["g"]
        }
        let found = try await answer(rows, .compare, ask).json
        let pair = try #require((found["pairs"] as? [[String: Any]])?.first)
        #expect(near((pair["counted"] as? [String: Any])?["p"], 1.6911233892144735e-17))
        #expect(near(pair["p_holm"], 1.6911233892144735e-17))
        let interval = try #require(pair["interval"] as? [Double])
        #expect(near(interval[0], 0.8394678198623837) && interval[1] == 1)
        #expect((found["ranking"] as? [[String: Any]])?.map { $0["ties"] as? [Int] } == [[1], [2]])
        let text = try await answer(rows, .compare, format: .text, ask).text
        #expect(text.contains("1 of 1 pair can be told apart") && text.contains("Fisher’s exact test"))
    }

    /// 2 of the 792 ways to choose five of twelve are as extreme.
    @Test func constantGroupsAreTestedByRanks() async throws {
        let rows = "g,v\n" + (0..<12).map { $0 < 5 ? "a,1\n" : "b,2\n" }.joined()
        let found = try await answer(rows, .compare) { $0.by = ["g"] }.json
        let pair = try #require((found["pairs"] as? [[String: Any]])?.first)
        #expect(
            near(pair["p_holm"], 2.0 / 792) && pair["interval"] is NSNull && pair["reason"] as? String == "constant")
        #expect((pair["counted"] as? [String: Any])?["exact"] as? Bool == true)
        let text = try await answer(rows, .compare, format: .text) { $0.by = ["g"] }.text
        #expect(text.contains("Not tested by Welch’s t") && !text.contains("No two groups can be told apart"))
    }

    /// Days of 24 zeros and ones in any order have the same mean, and Mann–Kendall ties: of the exact
    /// fractions only the last day differs, S = 5.
    @Test func equalDaysAreTied() async throws {
        let shares = [7, 7, 7, 7, 7, 8]
        let rows =
            "time,v\n"
            + shares.enumerated().flatMap { day, ones in
                (0..<24).map { "2026-03-0\(day + 1),\(($0 * [1, 5, 7, 11, 13, 17][day] + day) % 24 < ones ? 1 : 0)\n" }
            }.joined()
        let found = try await answer(rows, .trend) { $0.values = ["v"] }.json
        #expect((found["mann_kendall"] as? [String: Any])?["s"] as? Int == 5)
        let tenths =
            "time,v\n"
            + [[0.1, 0.2, 0.3], [0.2, 0.2, 0.2], [0.3, 0.1, 0.2], [0.2], [0.1, 0.3], [0.7, 0.1]].enumerated()
            .flatMap { day, values in values.map { "2026-03-0\(day + 1),\($0)\n" } }.joined()
        let other = try await answer(tenths, .trend) { $0.values = ["v"] }.json
        #expect((other["mann_kendall"] as? [String: Any])?["s"] as? Int == 5)
    }

    @Test func aHoleIsNoStep() async throws {
        let rows =
            "time,v\n"
            + (0..<120).filter { $0 < 40 || $0 >= 80 }.map { day in
                let date = Date(timeIntervalSince1970: 1_767_225_600 + Double(day) * 86_400)
                return
                    "\(date.formatted(.iso8601.year().month().day())),\(Double(day) / 2 + Double(day * 37 % 11) / 10)\n"
            }.joined()
        #expect(try await answer(rows, .changepoints).status == .inputRefused)
        #expect(try await answer(rows, .forecast).status == .inputRefused)
        let lines = try await answer(rows, .anomalies, format: .csv).text.split(separator: "\r\n")
        #expect(lines.count == 81)
    }

    /// Two heaps, one after the other in the file: two heaps in any order of rows.
    @Test func theOrderOfRowsSaysNothing() async throws {
        let values = (0..<1000).map { (row: Int) -> Double in
            let place = Double((row * 619) % 500) / 500
            return row < 500 ? place : place + 11
        }
        let mixed = values.indices.map { values[$0 * 617 % 1000] }
        var found: [[String: Any]] = []
        for values in [values, mixed] {
            found.append(
                try await answer("v\n" + values.map { "\($0)\n" }.joined(), .distribution) { $0.values = ["v"] }.json)
        }
        #expect(found[0]["shape"] as? String == "multimodal")
        for key in ["shape", "dip", "modes", "outliers", "quantiles"] {
            let sides = try found.map { try JSONSerialization.data(withJSONObject: [$0[key]], options: .sortedKeys) }
            #expect(sides[0] == sides[1], "\(key)")
        }
    }

    @Test func missingDoesNotDependOnOtherColumns() async throws {
        let rows = "v,w\n1,1\n2,2\ninf,3\nabc,4\n3,5\n4,6\n"
        let alone = try await answer(rows, .distribution) { $0.values = ["v"] }.json
        #expect(alone["n"] as? Int == 4 && alone["missing"] as? Int == 2)
    }

    @Test func whatIsOnlyLearntFromIsSaid() async throws {
        let rows = "v\n" + (0..<28).map { "\($0 % 3)\n" }.joined() + "1000000\n1\n"
        let lines = try await answer(rows, .anomalies, format: .csv).text.split(separator: "\r\n")
        #expect(lines[29].hasSuffix(",1,1,29,1000000,") && lines[29].hasPrefix("29,1000000"))
        #expect(lines[10].contains(",0,0,10,") && lines[11].contains(",0,1,11,"))
        let few = try await answer(
            "v\n" + String(repeating: "1\n2\n", count: 3) + "1000000\n", .anomalies, format: .text)
        #expect(few.text.contains("No step could be judged"))
    }

    /// 40 steps up and 40 down: a bend and no shift.
    @Test func aTentBends() async throws {
        let rows =
            "v\n"
            + (0..<80).map { "\(Double($0 < 40 ? $0 : 80 - $0) + Double(($0 * $0 * 17 + $0 * 5) % 41) / 41)\n" }
            .joined()
        let changes = try await answer(rows, .changepoints).json["change_points"] as? [[String: Any]]
        #expect(changes?.map { $0["kind"] as? String } == ["slope"])
        #expect(near(changes?.first?["slope_change"], -2, 0.05))
    }

    /// Last days of months stay last days, and the 30th is in February its last day.
    @Test(arguments: [
        (31, ["2026-09-30", "2026-10-31", "2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"]),
        (30, ["2026-09-30", "2026-10-30", "2026-11-30", "2026-12-30", "2027-01-30", "2027-02-28", "2027-03-30"]),
    ]) func monthsEndOnTheirOwnDays(day: Int, expected: [String]) async throws {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let rows =
            "time,v\n"
            + (12..<44).map { step in
                let (year, month) = (2023 + step / 12, step % 12)
                let length = month == 1 && year == 2024 ? 29 : lengths[month]
                let stamp = [month + 1, min(day, length)].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: "-")
                return "\(year)-\(stamp),\(100 + step * 7 % 5)\n"
            }.joined()
        let steps = try await answer(rows, .forecast) { $0.horizon = 7 }.json["forecast"] as? [[String: Any]]
        #expect(steps?.map { $0["period"] as? String } == expected)
    }

    /// A straight rise: nothing happens at the day, however high the days after lie.
    @Test func aTrendIsNoOutcome() async throws {
        let rows =
            "time,v\n"
            + (0..<60).flatMap { day -> [String] in
                let date = Date(timeIntervalSince1970: 1_767_225_600 + Double(day) * 86_400)
                let stamp = date.formatted(.iso8601.year().month().day())
                return (0..<4).map { "\(stamp),\(Double(day) / 10 + Double((day * 61 + $0 * 37) % 23) / 10)\n" }
            }.joined()
        let found = try await answer(rows, .improve) { $0.at = "2026-01-31" }.json
        #expect(found["status"] as? String == "unclear")
        #expect(
            ((found["by_day"] as? [String: Any])?["test"] as? [String: Any])?["method"] as? String
                == "welch_t_by_day_ar1")
        let text = try await answer(rows, .improve, format: .text) { $0.at = "2026-01-31" }.text
        #expect(text.contains("From 2026-01-01 to 2026-01-30, and from 2026-01-31"))
        #expect(text.contains("regression towards the mean"))
    }

    /// NumPy and `scipy.optimize.brentq`: with M the residual maker of the four columns, A half of both shifts by one day and
    /// R = φ^|i − j|, the root of tr(AMRM)/tr(MRM) = e′Ae/e′e. The residuals themselves have 0.1021.
    @Test func dependenceOfDaysIsThatOfTheErrors() async throws {
        let values = [
            0.52, 0.61, 0.53, 0.58, 0.57, 0.41, 0.44, 0.51, 0.49, 0.56, 0.60, 0.51, 0.82, 0.86, 0.79, 0.88, 0.83, 0.71,
            0.73,
            0.86, 0.80, 0.79, 0.90, 0.81,
        ]
        let rows =
            "time,v\n" + values.enumerated().map { "2026-03-\($0 + 1 < 10 ? "0" : "")\($0 + 1),\($1)\n" }.joined()
        let found = try await answer(rows, .improve) { $0.at = "2026-03-13" }.json["interrupted_time_series"]
        #expect(near((found as? [String: Any])?["lag_1_autocorrelation"], 0.38486106560582706, 1e-9))
    }

    /// Twenty days of ten records, all 0, then twenty, all 1. Newcombe's interval by hand: Wilson's are 0 to z²/(n + z²) and
    /// n/(n + z²) to 1, so 1 − √2 z²/(n + z²) with n = 200 and z = 1.959964 to 1. No day differs from the others of its side, so
    /// no error can be told by days.
    @Test func aCompleteChangeTellsBeforeAndAfter() async throws {
        let rows = { (low: String, high: String) in
            "time,v\n"
                + (0..<40).flatMap { day -> [String] in
                    let date = day < 20 ? "01-\(day + 12)" : "02-\(day < 29 ? "0" : "")\(day - 19)"
                    return (0..<10).map { _ in "2026-\(date),\(day < 20 ? low : high)\n" }
                }.joined()
        }
        let all = try await answer(rows("0", "1"), .improve) { $0.at = "2026-02-01" }.json
        #expect((all["before"] as? [String: Any])?["mean"] as? Double == 0)
        #expect((all["after"] as? [String: Any])?["mean"] as? Double == 1 && all["difference"] as? Double == 1)
        #expect((all["after"] as? [String: Any])?["n"] as? Int == 200)
        let interval = try #require(all["interval"] as? [Double])
        #expect(near(interval[0], 1 - 2.0.squareRoot() * 3.841458820694124 / 203.841458820694124) && interval[1] == 1)
        for key in ["welch_t", "by_day"] {
            #expect((all[key] as? [String: Any])?["reason"] as? String == "constant_sides")
        }
        let other = try await answer(rows("0.5", "0.7"), .improve) { $0.at = "2026-02-01" }.json
        #expect(near(other["difference"], 0.2) && other["interval"] is NSNull)
        #expect(other["reason"] as? String == "constant_sides" && other["claimed"] as? Bool == true)
        let effect = try #require(other["effect"] as? [String: Any])
        #expect(near(effect["estimate"], 0.2) && effect["interval"] is NSNull)
        #expect(effect["reason"] as? String == "constant_sides")
        // 2 / C(40, 20): scipy.special.comb(40, 20, exact=True) = 137846528820.
        #expect(near((effect["test"] as? [String: Any])?["p"], 2 / 137_846_528_820.0))
        #expect(other["status"] as? String == "held" && other["confirmed"] as? Bool == true)
        let looks = try #require(other["follow_ups"] as? [[String: Any]])
        #expect(looks.count == 3 && near(looks[0]["difference"], 0.2) && near(looks[1]["difference"], 0.2))
        let text = try await answer(rows("0.5", "0.7"), .improve, format: .text) { $0.at = "2026-02-01" }.text
        // The baseline of 30 days begins before the first row.
        #expect(text.contains("From 2026-01-12 to 2026-01-31, and from 2026-02-01 to 2026-02-20"))
        #expect(
            text.contains("Before (n = 200)") && text.contains("no interval by days is defined.")
                && text.contains("The change stands."))
        #expect(text.contains("Outcome at the follow-ups: held (seen after 7, 14 days)."))
    }

    /// w = a / 2 + b / 4 − 2 of whole a and b.
    @Test func aSumIsWrittenWithItsSigns() async throws {
        let rows = (0..<60).map { row -> String in
            let (a, b) = (Double(row * 13 % 17), Double(row * 29 % 23))
            return "\(a),\(b),\(a / 2 + b / 4 - 2)\n"
        }
        let text = try await answer("a,b,w\n" + rows.joined(), .correlate, format: .text).text
        #expect(text.contains("w = 0.5000 · a + 0.2500 · b − 2.000."))
    }

    /// Eight values leave none to check a forecast of fourteen steps by.
    @Test func aShortSeriesSaysThatItIsShort() async throws {
        let rows = "v\n" + [1, 4, 2, 5, 3, 6, 4, 7].map { "\($0)\n" }.joined()
        let text = try await answer(rows, .forecast, format: .text).text
        #expect(text.contains("How it did in the past is not known: ") && !text.contains("allowed range"))
    }

    /// Counts that fall to 1 can fall no further than to 0; half a unit lower the same values are no counts.
    @Test(arguments: [(0.0, false), (-0.5, true)]) func countsAreForecastAtZeroOrAbove(shift: Double, below: Bool)
        async throws
    {
        let rows = "v\n" + (0..<40).map { "\(Double(41 - $0 + $0 * 7 % 3 - 1) + shift)\n" }.joined()
        let found = try await answer(rows, .forecast) { $0.horizon = 10 }.json["forecast"] as? [[String: Any]]
        let lows = try #require(found?.compactMap { $0["low"] as? Double })
        #expect(lows.count == 10 && lows.contains { $0 < 0 } == below)
        let text = try await answer(rows, .forecast, format: .text).text
        #expect(text.contains("they are taken for counts") != below)
    }

    /// A square evenly filled with points has no seven clusters: Steinley calls an adjusted Rand index below 0.65 poor.
    @Test func clustersThatOtherStartsDoNotFindAreCalledSo() async throws {
        let rows = "a,b\n" + (0..<400).map { "\($0 % 20),\($0 / 20)\n" }.joined()
        let found = try await answer(rows, .cluster) { $0.clusters = 7 }.json
        #expect(try #require(found["stability"] as? Double) < 0.65)
        let text = try await answer(rows, .cluster, format: .text) { $0.clusters = 7 }.text
        #expect(text.contains(", which is poor (Steinley): other starts put many rows elsewhere."))
    }

    /// Two heaps of twenty rows, at 0 and 10 with little scatter, and a column of sevens.
    @Test func aConstantColumnIsLeftOutOfClusters() async throws {
        let heap = { (a: Int) in (0..<20).map { "\(a).\($0 % 7),\(a).\($0 * 3 % 5),7\n" }.joined() }
        let found = try await answer("a,b,c\n" + heap(0) + heap(10), .cluster).json
        #expect(found["k"] as? Int == 2 && found["constant_columns"] as? [String] == ["c"])
        let clusters = try #require(found["clusters"] as? [[String: Any]])
        #expect(clusters.map { $0["n"] as? Int } == [20, 20])
        #expect((clusters[0]["centre"] as? [String: Any])?.keys.sorted() == ["a", "b"])
        let refused = try await answer("a,b\n" + String(repeating: "1,2\n", count: 9), .cluster)
        #expect(refused.status == .inputRefused)
    }

    /// Group a is always 1 and b always 3; of four rows a day two are b in the first week, three in the second. Kitagawa by
    /// hand with the middle 2.25: mix of a −0.25 · (1 − 2.25), of b 0.25 · (3 − 2.25), nothing within.
    @Test func whatDroveAChangeIsToldOfAnyFile() async throws {
        let rows =
            "day,g,v\n"
            + (0..<14).flatMap { day in
                (0..<4).map { row in
                    let group = row < (day < 7 ? 2 : 1) ? "a" : "b"
                    return "2026-03-\(day < 9 ? "0" : "")\(day + 1),\(group),\(group == "a" ? 1 : 3)\n"
                }
            }.joined()
        let ask = { (request: inout QuestionRequest) in
            request.values = ["v"]
            request.by = ["g"]
        }
        let drivers = try #require(try await answer(rows, .compare, ask).json["drivers"] as? [String: Any])
        #expect(near(drivers["change"], 0.5) && near(drivers["mix"], 0.5) && drivers["within"] as? Double == 0)
        let parts = try #require(drivers["groups"] as? [[String: Any]])
        #expect(near(parts[0]["mix"], 0.3125) && near(parts[1]["mix"], 0.1875))
        let text = try await answer(rows, .compare, format: .text, ask).text
        #expect(
            text.contains(
                "What drove the change of the mean, 2026-03-08 to 2026-03-14 against 2026-03-01 to 2026-03-07"))
        let timeless = try await answer("g,v\na,1\na,2\nb,3\nb,4\n", .compare, ask).json
        #expect(timeless["drivers"] == nil)
    }

    /// The squares of differences of 10⁻¹⁷⁰ lie below the smallest Double: a spread of 0 would be a lie.
    @Test func squaresBelowAllNumbersAreNoSpreadOfZero() async throws {
        let rows = "g,v\n" + (0..<40).map { "\($0 % 2),\($0 * 37 % 19 + 1)e-170\n" }.joined()
        let found = try await answer(rows, .distribution) { $0.values = ["v"] }.json
        #expect(found["sd"] is NSNull && found["variance"] is NSNull && near(found["max"], 1.9e-169))
        #expect((found["reason"] as? String)?.contains("too small for a 64-bit number") == true)
        // Ranks need no squares.
        #expect(near(found["median"], 1e-169))
    }

    /// 90 days that end on a Sunday, of which weekends lie 60 lower: the plain slope is −0.0218, because days are no whole weeks.
    /// statsmodels 0.14 `OLS` on the day and seven weekdays, `HAC` with 3 lags and `use_correction=True, use_t=True`.
    @Test func weekdaysDoNotTurnTheLine() async throws {
        let rows =
            "time,v\n"
            + (0..<90).map { day in
                let date = Date(timeIntervalSince1970: 1_764_633_600 + Double(day) * 86_400)
                let noise = Double((day * day * 37 + day * 11) % 23 - 11) / 10
                let value = 120 + 0.03 * Double(day) - ((day + 1) % 7 >= 5 ? 60 : 0) + noise
                return "\(date.formatted(.iso8601.year().month().day())),\(value)\n"
            }.joined()
        let found = try await answer(rows, .trend).json
        let line = try #require(found["ols"] as? [String: Any])
        #expect(near(line["slope"], 0.029479467900520313, 1e-9))
        let plain = try #require(line["interval_newey_west"] as? [Double])
        #expect(near(plain[0], 0.022444706932558983) && near(plain[1], 0.036514228868481644), "\(plain)")
        #expect(found["direction"] as? String == "rising")
    }

    /// 1,000 counts as Poisson's distribution of mean 4 has them have one hill; those of 4 and of 25 more have two.
    @Test(arguments: [(0, 1), (25, 2)]) func equalCountsAreNoHills(apart: Int, hills: Int) async throws {
        var share = exp(-4.0)
        var rows = "v\n"
        for count in 0..<14 {
            let times = Int((500 * share).rounded())
            rows +=
                String(repeating: "\(count)\n", count: times) + String(repeating: "\(count + apart)\n", count: times)
            share *= 4 / Double(count + 1)
        }
        let found = try await answer(rows, .distribution).json
        #expect((found["modes"] as? [Any])?.count == hills, "\(found["modes"] ?? "")")
        #expect((found["shape"] as? String == "multimodal") == (hills > 1), "\(found["shape"] ?? "")")
    }

    /// Nothing changes; weekends lie 6 lower, and the three days after the start are a Monday, a Tuesday and a Wednesday.
    @Test(arguments: 1...5) func weekdaysAreNoEffect(seed: Int) async throws {
        let rows =
            "time,v\n"
            + (0..<62).flatMap { day -> [String] in
                // 2026-01-02 is a Friday, 2026-03-02 a Monday.
                let date = Date(timeIntervalSince1970: 1_767_312_000 + Double(day) * 86_400)
                let stamp = date.formatted(.iso8601.year().month().day())
                let low = (day + 4) % 7 >= 5 ? 6.0 : 0
                return (0..<20).map { row in
                    let noise = (day * day * 37 * seed + row * row * 61 + day * row * (13 + seed)) % 101 - 50
                    return "\(stamp),\(10 - low + Double(noise) / 29)\n"
                }
            }.joined()
        let found = try await answer(rows, .improve) { $0.at = "2026-03-02" }.json
        let effect = try #require(found["effect"] as? [String: Any])
        #expect(abs(effect["estimate"] as? Double ?? 9) < 0.6, "\(effect)")
        #expect(found["claimed"] as? Bool == false)
    }

    @Test func rowsHaveNoWeekday() async throws {
        let rows = "v\n" + (0..<60).map { "\(Double($0 * 37 % 19))\n" }.joined()
        let (_, found, text) = try await answer(rows, .trend)
        #expect(!text.contains("1970") && (found["series"] as? [[String: Any]])?.first?["period"] as? String == "1")
    }

    @Test func tooLittleIsRefused() async throws {
        #expect(try await answer("x,y\n1,2\n", .compare) { $0.values = ["x", "y"] }.status == .inputRefused)
        #expect(try await answer("x,y\n1,2\n2,3\n3,5\n", .correlate).status == .inputRefused)
    }
}
