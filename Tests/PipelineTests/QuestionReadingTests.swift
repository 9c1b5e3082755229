import Foundation
import Pipeline
import Testing

/// What a question reads: steps and their names, stamps, yes and no; expected figures are counted by hand.
@Suite(.serialized) struct QuestionReadingTests {
    private func answer(
        _ text: String, _ kind: QuestionRequest.Kind, format: AnswerFormat = .json,
        _ fill: @escaping (inout QuestionRequest) -> Void = { _ in }
    ) async throws -> (status: Pipeline.ExitStatus, json: [String: Any], text: String, messages: String) {
        var found: (Pipeline.ExitStatus, [String: Any], String, String) = (.failed, [:], "", "")
        try await inWorkshop { workshop in
            try workshop.write(text, to: "rows.csv")
            let (status, text) = await workshop.ask(kind) {
                $0.format = format
                fill(&$0)
            }
            let json = try? JSONSerialization.jsonObject(with: Data(text.utf8))  // other formats are no JSON
            let said = workshop.messages.map { "\($0)" }.joined(separator: "\n")
            found = (status, json as? [String: Any] ?? [:], text, said)
        }
        return found
    }

    private func date(_ day: Int) -> String {
        Date(timeIntervalSince1970: 1_735_689_600 + Double(day) * 86_400).formatted(.iso8601.year().month().day())
    }

    /// 2025-01-01 is a Wednesday; two years of days, 10 more from 2026-01-01 on.
    private var twoYears: String {
        "d,v\n" + (0..<730).map { "\(date($0)),\(Double($0 * 37 % 19) / 10 + ($0 < 365 ? 0 : 10))\n" }.joined()
    }

    /// A table of people is a table for a question, too.
    @Test func filesOfPeopleAreAsked() async throws {
        let rows =
            "user_id,session_id,started_at,engagement_score\n"
            + (1...20).map { day in
                "u-\(day),s-\(day),2026-11-\(day < 10 ? "0" : "")\(day)T10:00:00Z,0.\(day + 10)\n"
            }.joined()
        let found = try await answer(rows, .trend) { $0.values = ["engagement_score"] }.json
        // 0.11 to 0.30 in steps of 0.01 a day.
        let group = (found["groups"] as? [[String: Any]])?.first
        let line = try #require((found["ols"] ?? group?["ols"]) as? [String: Any])
        #expect(abs((line["slope"] as? Double ?? 0) - 0.01) < 1e-9)
    }

    @Test func changesAreDatedByTheirPeriod() async throws {
        let found = try await answer(twoYears, .trend) { $0.period = "month" }.json
        let changes = try #require(found["change_points"] as? [[String: Any]])
        #expect(changes.first?["period"] as? String == "2026-01" && changes.first?["index"] as? Int == 12)
        let text = try await answer(twoYears, .trend, format: .text) { $0.period = "month" }.text
        #expect(text.contains("changes at 2026-01."))
        let ask = { (request: inout QuestionRequest) in
            request.period = "week"
            request.horizon = 2
        }
        // The last week is that of 2026-12-31, the next begins on 2027-01-04.
        let weeks = try await answer(twoYears, .trend, ask).json["forecast"] as? [[String: Any]]
        #expect(weeks?.map { $0["period"] as? String } == ["2027-W01", "2027-W02"])
        let next = try await answer(twoYears, .trend, format: .text, ask).text
        #expect(next.contains("Next steps with") && next.contains("2027-W02"))
    }

    /// The first week has five days, the last four: 730 days are 103 whole weeks with 5 and 4 days at the ends.
    @Test func partWeeksCountAtBothEnds() async throws {
        let found = try await answer(twoYears, .trend) { $0.period = "week" }.json
        #expect(found["days"] as? Int == 105 && (found["series"] as? [Any])?.count == 105)
        let text = try await answer(twoYears, .trend, format: .text) { $0.period = "week" }.text
        #expect(text.contains("The first week, 2025-W01, has rows from 2025-01-01 on only"))
        #expect(text.contains("the last, 2026-W53, has rows up to 2026-12-31 only. Both count"))
        #expect(text.contains("changes at 2026-W01."))
    }

    @Test func yesAndNoAreOneAndZero() async throws {
        for (yes, no) in [("TRUE", "FALSE"), ("yes", "no")] {
            let rows = "d,ok\n" + (0..<60).map { "\(date($0)),\($0 % 4 == 0 ? no : yes)\n" }.joined()
            #expect(try await answer(rows, .distribution).json["mean"] as? Double == 0.75)
            #expect(try await answer(rows, .trend) { $0.values = ["ok"] }.status == .done)
        }
    }

    @Test func stampsThatCannotBeReadAreNamed() async throws {
        let rows = "t,v\n" + (1871..<1900).map { "\($0),\($0 % 7)\n" }.joined()
        let found = try await answer(rows, .trend) {
            $0.time = "t"
            $0.values = ["v"]
        }
        #expect(found.status == .inputRefused && found.messages.contains("the first is `1871` (rows.csv, line 2)"))
        let epochs = "when,v\n" + (0..<20).map { "\(1_767_225_600_000 + $0 * 86_400_000),\($0 * 3 % 5)\n" }.joined()
        let read = try await answer(epochs, .trend).json
        #expect(read["column"] as? String == "v")
        #expect((read["series"] as? [[String: Any]])?.first?["period"] as? String == "2026-01-01")
    }

    /// Two rows a day, one stamp that is none, one value that is none.
    @Test func everyRowOfTheInputHasARow() async throws {
        let rows =
            "t,v\n"
            + (0..<40).flatMap { ["\(date($0))T08:00:00Z,\($0 % 5)\n", "\(date($0))T09:30:00Z,\($0 % 3)\n"] }
            .joined() + "soon,4\n\(date(40))T08:00:00Z,\n"
        let found = try await answer(rows, .anomalies, format: .csv)
        let lines = found.text.split(separator: "\r\n")
        #expect(lines.count == 83)
        #expect(lines[1].hasPrefix("2025-01-01T08:00:00Z,0,") && lines[1].hasSuffix(",2025-01-01,0,learnt_from"))
        // Day 4: 4 and 1, mean 2.5.
        #expect(lines[10].hasPrefix("2025-01-05T09:30:00Z,1,") && lines[10].contains(",2025-01-05,2.5,"))
        #expect(lines[81].hasSuffix("no_value") && lines[82].hasPrefix("soon,") && lines[82].hasSuffix("bad_date"))
        let text = try await answer(rows, .anomalies, format: .text).text
        #expect(text.contains("81 rows were averaged into 41 days."))
    }

    /// Thirty days, the fifth of them thrice: 10, 20 and 60 are 30 on average.
    @Test func rowsOfOneStampAreOneStep() async throws {
        var rows = "t,v\n"
        for day in 0..<30 {
            let values: [Int] = day == 4 ? [10, 20, 60] : [30 + day * 37 % 19]
            for value in values { rows += "\(date(day)),\(value)\n" }
        }
        let found = try await answer(rows, .anomalies, format: .csv).text.split(separator: "\r\n")
        #expect(found.count == 33 && found[6].contains(",2025-01-05,30,"))
        let changes = try await answer(rows, .changepoints)
        #expect(changes.json["n"] as? Int == 30)
        let text = try await answer(rows, .forecast, format: .text).text
        #expect(text.contains("32 rows were averaged into 30 steps"))
    }

    @Test func stampsAreOnTheClockOfTheZone() async throws {
        let stamps = ["2026-01-01", "2026-01-02"].flatMap { day in
            (10..<34).map { "\(day) \(String($0 - 10 + 100).dropFirst()):00" }
        }
        let hours = "t,v\n" + stamps.enumerated().map { place, stamp in "\(stamp),\(place % 5)\n" }.joined()
        let found = try await answer(hours, .forecast) { $0.timeZone = "Europe/Berlin" }.json
        #expect((found["forecast"] as? [[String: Any]])?.first?["period"] as? String == "2026-01-03T00:00:00+01:00")
        // The clocks go forward on 2025-03-30, day 88.
        let days = "t,v\n" + (60..<88).map { "\(date($0)) 00:00,\($0 * 3 % 5)\n" }.joined()
        let next = try await answer(days, .forecast) { $0.timeZone = "Europe/Berlin" }.json["forecast"]
        #expect(
            (next as? [[String: Any]])?.prefix(3).map { $0["period"] as? String } == [date(88), date(89), date(90)])
    }

    @Test func smallAndEmptyInputIsRefused() async throws {
        let rows = "v,w\n" + (0..<29).map { "\($0 * 7 % 11),\($0 * 5 % 13)\n" }.joined()
        for kind in [QuestionRequest.Kind.distribution, .correlate, .cluster, .anomalies] {
            #expect(try await answer(rows, kind) { $0.isStrict = true }.status == .inputRefused, "\(kind)")
            #expect(try await answer(rows, kind).status == .done, "\(kind)")
        }
        let empty = try await answer("v,w\n,1\n,2\n", .distribution) { $0.values = ["v"] }
        #expect(empty.status == .inputRefused && empty.messages.contains("has no value in 2 rows"))
    }

    /// Without a season a forecast is fitted to the last 1,000 values; of the first 2,000 each value differs from the one before by 1000.
    @Test func theWindowOfAForecastIsNamed() async throws {
        let rows =
            "v\n" + (0..<4_000).map { "\($0 < 2_000 ? $0 % 2 * 1_000 : $0 * 37 % 19)\n" }.joined()
        let found = try await answer(rows, .forecast) { $0.season = 1 }.json
        let accuracy = try #require(found["forecast_accuracy"] as? [String: Any])
        #expect(accuracy["n"] as? Int == 1_000 && accuracy["out_of"] as? Int == 4_000)
        // 37 mod 19 is 18: a step goes down by 1 eighteen times and up by 18 once, 36 / 19 on average.
        let test = try #require(accuracy["back_test"] as? [String: Any])
        let (mae, mase) = (try #require(test["mae"] as? Double), try #require(test["mase"] as? Double))
        #expect(abs(mae / mase - 36.0 / 19) < 0.02)
        let text = try await answer(rows, .forecast, format: .text) { $0.season = 1 }.text
        #expect(text.contains("of 4") && text.contains("fitted to the last 1"))
    }

    /// Of 62 rows four have no arm and one no learner; learner 1 stands twice in arm a, so that 25 of learners 2 to 26 are pairs.
    @Test func rowsThatCountForNothingAreCounted() async throws {
        var rows = "learner,arm,v\n1,a,9\n,b,3\n"
        for learner in 1...30 {
            rows += "\(learner),a,\(learner * 7 % 11)\n\(learner),\(learner > 26 ? "" : "b"),\(learner % 5)\n"
        }
        let all = rows
        let paired = try await answer(all, .compare, format: .text) {
            $0.values = ["v"]
            $0.by = ["arm"]
            $0.pairedBy = "learner"
        }.text
        #expect(paired.contains("4 of 62 rows have no `arm` and are in no group."))
        #expect(paired.contains("1 of 62 rows have no `learner` and are in no pair."))
        #expect(paired.contains("1 value of `learner` stands several times in a group, where it pairs nothing"))
        #expect(paired.contains("25 of "))
        let spread = try await answer(all, .distribution, format: .text) {
            $0.values = ["v"]
            $0.by = ["arm"]
        }.text
        #expect(
            spread.contains("4 of 62 rows have no `arm`") && spread.contains("Tests of normality, on all 62 values"))
        #expect(spread.contains("; of all rows") && !spread.contains("right_skewed") && !spread.contains("discrete"))
    }

    @Test func whatAnImprovementRestsOnIsSaid() async throws {
        var rows = "d,tier,v\n"
        for day in 0..<80 {
            for tier in ["basic", "pro"] {
                rows += "\(date(day)),\(tier),\(day * 37 % 19 + (day >= 50 && tier == "pro" ? 9 : 0))\n"
            }
        }
        let all = rows
        let ask = { (request: inout QuestionRequest) in
            request.at = "2025-02-20"
            request.scope = "tier=pro"
        }
        #expect(try await answer(all, .improve, ask).json["group"] as? String == "tier=pro")
        let text = try await answer(all, .improve, format: .text, ask).text
        #expect(text.contains("Jump of the level, 80 days with values from 2025-01-01 to 2025-03-21"))
    }

    /// 1,234 may be one and a bit or more than a thousand; 1,25 and 0,234 may not.
    @Test func commasThatMaySetThousandsApartAreNamed() async throws {
        for (numbers, isNamed) in [(["1,234", "2,345", "12,345"], true), (["1,25", "2,345", "0,234"], false)] {
            let rows = "v;w\n" + (0..<30).map { "\(numbers[$0 % 3]);a\n" }.joined()
            let found = try await answer(rows, .distribution) { $0.values = ["v"] }
            #expect(found.status == .done)
            #expect(found.messages.contains("could set thousands apart") == isNamed, "\(numbers)")
        }
    }
}
