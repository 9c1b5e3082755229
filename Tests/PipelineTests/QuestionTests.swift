import Foundation
import Pipeline
import Testing

/// Questions to a file of 60 rows; expected numbers: scipy 1.17.1 and numpy 2.4.6 on the same rows.
@Suite(.serialized) struct QuestionTests {
    static let rows: String =
        "id,day,group,value,other\n"
        + (0..<60).map { row in
            let value =
                5 + Double(row % 3) * 0.4 + Double((row * 37) % 19) / 10 - Double((row * 11) % 7) / 10
            let rounded = (value * 100).rounded() / 100
            let other = ((rounded * 0.5 + Double((row * 23) % 13) / 10) * 100).rounded(.toNearestOrEven) / 100
            let day = row / 2 + 1
            return
                "\(row),2026-09-\(day < 10 ? "0" : "")\(day),\(["a", "b", "c"][row % 3]),\(rounded),\(other)\n"
        }.joined()

    private func answer(
        _ kind: QuestionRequest.Kind, _ fill: @escaping (inout QuestionRequest) -> Void = { _ in }
    ) async throws -> [String: Any] {
        var found: [String: Any] = [:]
        try await inWorkshop { workshop in
            try workshop.write(Self.rows, to: "rows.csv")
            let (status, text) = await workshop.ask(kind, fill)
            #expect(status == .done, "\(workshop.messages)")
            found = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
        }
        return found
    }

    private func near(_ value: Any?, _ expected: Double, _ tolerance: Double = 1e-10) -> Bool {
        guard let value = value as? Double else { return false }
        return abs(value - expected) <= tolerance * max(1, abs(expected))
    }

    @Test func distribution() async throws {
        let found = try await answer(.distribution) { $0.values = ["value"] }
        #expect(found["n"] as? Int == 60 && found["column"] as? String == "value")
        #expect(near(found["mean"], 6.0166666666666675) && near(found["sd"], 0.7093006024477692))
        #expect(near(found["skewness"], -0.13413236531239325) && near(found["kurtosis"], -0.7468567236482406))
        #expect(near(found["median"], 6.1))
        #expect(near((found["quantiles"] as? [String: Any])?["p05"], 4.8))
        let shapiro = (found["normality"] as? [String: Any])?["shapiro_wilk"] as? [String: Any]
        #expect(near(shapiro?["statistic"], 0.9783505919747723, 1e-6) && near(shapiro?["p"], 0.36282610586517416, 1e-4))
    }

    @Test func comparison() async throws {
        let found = try await answer(.compare) {
            $0.values = ["value"]
            $0.by = ["group"]
        }
        let omnibus = try #require(found["omnibus"] as? [String: Any])
        #expect(near((omnibus["anova"] as? [String: Any])?["statistic"], 10.474246752050131, 1e-9))
        #expect(near((omnibus["kruskal_wallis"] as? [String: Any])?["p"], 0.0011289469419494026, 1e-9))
        let pair = try #require((found["pairs"] as? [[String: Any]])?.first)
        #expect(pair["a"] as? String == "a" && pair["b"] as? String == "b")
        #expect(near((pair["welch_t"] as? [String: Any])?["statistic"], 2.5401592333296437, 1e-9))
        #expect(near((pair["mann_whitney"] as? [String: Any])?["p"], 0.03828758588133405, 1e-9))
        #expect(near((pair["kolmogorov_smirnov"] as? [String: Any])?["p"], 0.08105771161340149, 1e-6))
    }

    @Test func correlationAndPairedColumns() async throws {
        let found = try await answer(.correlate) { $0.values = ["value", "other"] }
        let pair = try #require((found["pairs"] as? [[String: Any]])?.first)
        #expect(near((pair["pearson"] as? [String: Any])?["r"], 0.6956681197959742))
        #expect(near((pair["spearman"] as? [String: Any])?["rho"], 0.6899878669260183))
        #expect(near((pair["kendall"] as? [String: Any])?["tau"], 0.49049529233962696))
        let paired = try await answer(.compare) { $0.values = ["value", "other"] }
        let first = try #require((paired["pairs"] as? [[String: Any]])?.first)
        #expect(near((first["paired_t"] as? [String: Any])?["statistic"], -36.59194193990968, 1e-9))
    }

    @Test func everyQuestionInEveryFormat() async throws {
        for kind in QuestionRequest.Kind.allCases {
            for format in AnswerFormat.allCases {
                try await inWorkshop { workshop in
                    try workshop.write(Self.rows, to: "rows.csv")
                    let (status, text) = await workshop.ask(kind) { request in
                        request.values = kind == .correlate || kind == .cluster ? ["value", "other"] : ["value"]
                        if kind == .compare { request.by = ["group"] }
                        if kind == .improve { request.at = "2026-09-16" }
                        request.format = format
                    }
                    #expect(status == .done, "\(kind) \(format): \(workshop.messages)")
                    let isEnded = text.utf8.last == 0x0A || (format == .ndjson && text.isEmpty)
                    #expect(isEnded && !text.contains("nan") && !text.contains("inf"), "\(kind) \(format)")
                }
            }
        }
    }

    @Test func anomaliesGiveARowForEveryStep() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.rows, to: "rows.csv")
            let (_, text) = await workshop.ask(.anomalies) {
                $0.values = ["value"]
                $0.period = "row"
                $0.format = .csv
            }
            let lines = text.split(separator: "\r\n")
            #expect(
                lines.first == "time,value,expected,low,high,score,anomaly,judged,step,step_value,reason"
                    && lines.count == 61)
        }
    }

    @Test func refusalsSayWhatToDo() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.rows, to: "rows.csv")
            #expect(await workshop.ask(.trend) { $0.values = ["valu"] }.status == .usage)
            #expect(workshop.messages.contains { $0.contains("Did you mean `value`?") }, "\(workshop.messages)")
            #expect(await workshop.ask(.compare) { $0.values = ["value"] }.status == .usage)
            #expect(
                await workshop.ask(.improve) {
                    $0.values = ["value"]; $0.at = "soon"
                }.status == .usage)
            #expect(await workshop.ask(.trend) { $0.exports = ["nowhere.csv"] }.status == .inputMissing)
            try workshop.write("day,value\n2026-09-01,1\n2026-09-02,2\n", to: "rows.csv")
            #expect(await workshop.ask(.trend) { $0.values = ["value"] }.status == .inputRefused)
            #expect(workshop.messages.contains { $0.contains("needs 5 periods") })
        }
    }

    @Test func hostileNamesAndValues() async throws {
        try await inWorkshop { workshop in
            let name = "<script>alert(1)</script>"
            try workshop.write(
                "\"\(name)\",g\n" + (0..<40).map { "\($0 % 7).5,\"=cmd|' /C'!A0\($0 % 2)\"\n" }.joined(), to: "rows.csv"
            )
            let html = await workshop.ask(.compare) {
                $0.values = [name]
                $0.by = ["g"]
                $0.format = .html
            }
            #expect(html.status == .done && !html.text.contains("<script>") && html.text.contains("&lt;script&gt;"))
            let csv = await workshop.ask(.compare) {
                $0.values = [name]
                $0.by = ["g"]
                $0.format = .csv
            }
            #expect(csv.text.contains("'=cmd") && !csv.text.contains("\n=cmd"))
        }
    }
}
