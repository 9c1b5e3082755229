import Analysis
import Model
import Partials
import Testing

@testable import Report

/// What readers meet on pages of groups, comparisons, findings and ranges.
@Suite struct ReaderPageTests {
    /// A record: its tier (empty for none), score and errors (not a number for none).
    typealias Row = (tier: String, score: Double, errors: Double)

    private func report(days: Int, perDay: Int, _ row: (_ day: Int, _ row: Int) -> Row) throws -> RunReport {
        let catalogue = try #require(RunReportTests.catalogue)
        let end = try #require(Day(iso: "2026-11-19"))
        let entries = (0..<days).map { index -> DayPartials in
            let day = end.advanced(by: index - days + 1)
            let rows = (0..<perDay).map { row(index, $0) }
            var batch = RecordBatch(table: "t", catalogue: catalogue)
            let tiers = [""] + Set(rows.map(\.tier)).subtracting([""]).sorted()
            batch.dictionaries[0] = tiers
            for place in 0..<perDay {
                batch.keys.append(UInt64(index * perDay + place) &* 0x9E37_79B9_7F4A_7C15 &+ 1)
                batch.ids.append("r\(index * perDay + place)".utf8)
                batch.times.append(0)
                batch.days.append(day.number)
                batch.minutes.append(Int16(place % 1440))
            }
            batch.dimensions = [rows.map { row in UInt32(tiers.firstIndex(of: row.tier) ?? 0) }]
            batch.metrics = [rows.map(\.score), rows.map(\.errors)]
            return DayPartials.make(day: day, records: batch, catalogue: catalogue)
        }
        let period = try #require(Period(start: end.advanced(by: -400), end: end.advanced(by: 1)))
        let table = PartialTable(catalogue: catalogue, period: period, days: entries)
        let run = RunIdentity(id: "0123456789abcdef", title: "Test", zone: "UTC", version: "0")
        let data = DataAccount(files: [], rejects: [], examples: [], notes: [])
        return RunReport(
            ReportInput(
                analyses: analyse(table, asOf: end), run: run, data: data, interventions: [], runDays: [end]))
    }

    private func page(_ path: String, of report: RunReport) throws -> (page: Page, text: String) {
        let made = try #require(report.pages.first { $0.path == path }, "\(path)").make()
        return (made.page, try #require(made.twin))
    }

    /// Numbers from 0 to 1 that repeat after 1000 and look like chance.
    private func draw(_ number: Int) -> Double { Double((number * 7919) % 1000) / 1000 }

    /// Two exports: one has tiers and scores, the other errors alone. A tier has never had a value of errors.
    @Test func metricsOfOtherExportsAreLeftOut() throws {
        let report = try report(days: 60, perDay: 40) { day, row in
            let chance = draw(day * 40 + row)
            return row % 4 < 3
                ? (row % 2 == 0 ? "a" : "b", 0.4 + chance / 4 + Double(row % 2) * 0.2, .nan) : ("", .nan, chance * 3)
        }
        let group = try page("groups/tier/a.html", of: report)
        #expect(!group.text.contains("| Errors |") && group.text.contains("- **Score**"))
        #expect(group.text.contains("Left out, as no record of this group has ever had a value: 1 metric."))
        #expect(!group.text.contains("0 periods"), "\(group.text)")
        let comparison = try page("comparisons/tier.html", of: report)
        #expect(comparison.page.sections.map(\.id).contains("score"))
        #expect(!comparison.page.sections.map(\.id).contains("errors"))
        #expect(
            comparison.text.contains(
                "Not compared, as no group of Tier with 30 records or more has ever had a value: 1 metric."))
        #expect(!(try page("comparisons/technical.html", of: report)).text.contains("Errors by Tier"))
        #expect(!(try page("trends/errors.html", of: report)).page.sections.map(\.id).contains("by-tier"))
    }

    /// Groups of ten records cannot be compared in either metric: one section says it of both, and both can be linked.
    @Test func whatHoldsOfSeveralMetricsIsSaidOnce() throws {
        let report = try report(days: 1, perDay: 20) { _, row in
            (row % 2 == 0 ? "a" : "b", draw(row), Double(row % 3))
        }
        let (page, text) = try page("comparisons/tier.html", of: report)
        let section = try #require(page.sections.first)
        #expect(section.title == "Score, Errors" && section.id == "score" && section.anchors == ["errors"])
        #expect(text.components(separatedBy: "Tier a (10), Tier b (10)").count == 2, "\(text)")
    }

    /// Where every group has every metric nothing is said to be left out.
    @Test func nothingIsSaidWhereNothingIsLeftOut() throws {
        let report = try report(days: 10, perDay: 40) { day, row in
            (row % 2 == 0 ? "a" : "b", draw(day * 40 + row), Double(row % 3))
        }
        for path in ["groups/tier/a.html", "comparisons/tier.html"] {
            #expect(!(try page(path, of: report)).text.contains("has ever had a value"))
        }
    }

    /// The pair's Welch test is the one that is corrected with the report; the tests over all groups say so.
    @Test func theTestThatCountsIsInTheTable() throws {
        let report = try report(days: 60, perDay: 40) { day, row in
            (row % 2 == 0 ? "a" : "b", 0.4 + draw(day * 40 + row) / 4 + Double(row % 2) * 0.2, Double(row % 3))
        }
        let (page, _) = try page("comparisons/technical.html", of: report)
        let tables = page.sections.flatMap(\.blocks).compactMap { block in
            if case .table(let table) = block { table } else { TableBlock?.none }
        }
        let pairs = try #require(tables.first)
        #expect(pairs.caption.hasPrefix("Tests of two groups, the ones that count, by p"))
        #expect(pairs.rows[0].map(\.text)[0...1] == ["Score by Tier: b − a", "Welch t"])
        #expect(pairs.rows.allSatisfy { $0[5].text != nil })
        let omnibus = tables[1]
        #expect(omnibus.rows.allSatisfy { $0[5].reason == "the tests of two groups count" })
        let lead = try self.page("comparisons/tier.html", of: report).page.lead.plain
        let finding = try #require(report.summary["findings"].elements.first { $0["kind"].text == "group_difference" })
        #expect(finding["subject"]["metric"].text == "score")
        #expect(lead.hasPrefix("The largest difference for the scatter of the records: Score: b against a, +0.2"))
    }

    /// Five days are too few for a trend: no number of improving metrics, which would be a judgement.
    @Test func withoutJudgedTrendsGroupsHaveNoNumberOfThem() throws {
        let report = try report(days: 3, perDay: 40) { day, row in
            (row % 2 == 0 ? "a" : "b", draw(day * 40 + row), Double(row % 3))
        }
        let index = try page("groups/index.html", of: report)
        let reason = "– (no metric has enough days to tell a trend)"
        #expect(index.text.contains("| 60 | \(reason) | \(reason) | "), "\(index.text)")
        #expect(try page("groups/tier/a.html", of: report).text.contains("no metric with enough days to tell a trend"))
    }

    /// A group never counts more findings than the report has events.
    @Test func aGroupCountsEventsOnce() throws {
        let names = ["a", "b", "c", "d"]
        let report = try report(days: 60, perDay: 160) { day, row in
            (names[row % 4], 0.1 + draw(day * 160 + row) / 4 + Double(row % 4) * 0.15, Double(row % 3))
        }
        let events = report.summary["findings"].elements.filter { $0["part_of"].text == nil }.count
        // Three pairs of a differ in score; they are one event.
        #expect(report.summary["findings"].elements.count { $0["kind"].text == "group_difference" } == 6)
        let group = try page("groups/tier/a.html", of: report)
        #expect(group.text.components(separatedBy: "Score: ").count == 2 && group.text.contains("2 more pairs differ"))
        #expect(events == 1)
    }

    /// A coefficient has its name, and an interval two different ends.
    @Test func aCorrelationHasItsNameAndAnIntervalOfSomeWidth() throws {
        let report = try report(days: 60, perDay: 40) { day, row in
            let chance = draw(day * 40 + row)
            return ("a", chance, chance * 10 + draw(day * 17 + row * 3))
        }
        let text = try page("findings/index.html", of: report).text
        let found = try #require(
            text.firstMatch(of: /Spearman ρ = (0\.[0-9]+) · 95.% interval (0\.[0-9]+) to (0\.[0-9]+)/), "\(text)")
        #expect(found.2 != found.3 && found.1.count == found.2.count && found.2.count == found.3.count)
    }

    /// 85 days through 19 November begin on 27 August; the quarter before ended its first 50 days on 19 August.
    @Test func rangesTellWhatTheyCannotCompareWith() throws {
        let report = try report(days: 85, perDay: 20) { day, row in ("a", draw(day * 20 + row), Double(row % 3)) }
        let quarter = try page("ranges/quarter.html", of: report)
        #expect(quarter.text.contains("– (no values in the days that it is compared with)"))
        #expect(!quarter.text.contains("nothing earlier to compare with"))
        #expect(quarter.page.lead.plain.hasSuffix("No change can be told."))
        let season = try page("ranges/90.html", of: report)
        #expect(season.text.contains("nothing earlier to compare with"))
        let index = try page("ranges/index.html", of: report).text
        #expect(
            index.contains(
                "Records begin on 27 August 2026: what stands under 90 days, 365 days is of the 85 days since."))
        let row = try #require(index.split(separator: "\n").first { $0.hasPrefix("| Score |") })
        let digits = row.split(separator: "|").dropFirst().map { $0.split(separator: ".").last?.count }
        #expect(Set(digits).count == 1, "\(row)")
    }

    /// What rounds to 0 has no sign.
    @Test func aChangeThatRoundsToNothingHasNoSign() {
        #expect(NumberWords.signed("0.00", 0.001) == "0.00")
        #expect(NumberWords.signed("0.01", 0.012) == "+0.01")
        #expect(NumberWords.signed("−0.01", -0.012) == "−0.01")
    }
}
