import Analysis
import Model
import Partials
import Report
import Testing

/// Properties that every report has, whatever the data.
@Suite struct RunReportTests {
    static let catalogue: Catalogue? = {
        guard let score = Metric(name: "score", unit: "score", range: 0...1, direction: .higher),
            let errors = Metric(name: "errors", direction: .lower), let tier = Dimension(name: "tier")
        else { return nil }
        return Catalogue(metrics: [score, errors], dimensions: [tier])
    }()

    private func report(of table: PartialTable, asOf: Day) -> RunReport {
        let analyses = analyse(table, asOf: asOf)
        let run = RunIdentity(id: "0123456789abcdef", title: "Test", zone: "UTC", version: "0")
        let data = DataAccount(files: [], rejects: [], examples: [], notes: [])
        return RunReport(ReportInput(analyses: analyses, run: run, data: data, interventions: [], runDays: [asOf]))
    }

    private func table(days: Int, perDay: Int) throws -> (PartialTable, Day) {
        let catalogue = try #require(Self.catalogue)
        let end = try #require(Day(iso: "2026-11-19"))
        let entries = (0..<days).map { index -> DayPartials in
            var batch = RecordBatch(table: "t", catalogue: catalogue)
            batch.dictionaries[0] = ["", "a", "b <i>"]
            var codes: [UInt32] = []
            var (scores, errors): ([Double], [Double]) = ([], [])
            for row in 0..<perDay {
                let number = index * perDay + row
                batch.keys.append(UInt64(number) &* 0x9E37_79B9_7F4A_7C15 &+ 1)
                batch.ids.append("r\(number)".utf8)
                batch.times.append(0)
                batch.days.append(end.advanced(by: index - days + 1).number)
                batch.minutes.append(Int16(row % 1440))
                codes.append(UInt32(row % 2 + 1))
                scores.append(0.5 + Double((number * 7919) % 1000) / 4000 + Double(row % 2) * 0.2)
                errors.append(Double((number * 31) % 4))
            }
            batch.dimensions = [codes]
            batch.metrics = [scores, errors]
            return DayPartials.make(day: end.advanced(by: index - days + 1), records: batch, catalogue: catalogue)
        }
        let period = try #require(Period(start: end.advanced(by: -400), end: end.advanced(by: 1)))
        return (PartialTable(catalogue: catalogue, period: period, days: entries), end)
    }

    @Test(arguments: [(0, 0), (1, 3), (1, 200), (4, 50), (60, 40)]) func everyPageIsWhole(days: Int, perDay: Int) throws
    {
        let (table, end) = try table(days: days, perDay: perDay)
        let report = report(of: table, asOf: end)
        let paths = Set(
            report.pages.map(\.path) + report.pages.compactMap(\.twinPath) + report.exports.map(\.path)
                + report.shared.map { "../../\($0.path)" } + ["summary.json"])
        #expect(paths.count == 2 * report.pages.count + report.exports.count + report.shared.count + 1)
        for planned in report.pages {
            let (page, twin) = planned.make()
            #expect(page.path == planned.path && twin?.hasPrefix("# ") == true)
            #expect(!page.title.isEmpty && !page.lead.plain.isEmpty, "\(page.path)")
            #expect(Set(page.sections.map(\.id)).count == page.sections.count, "\(page.path)")
            for section in page.sections { #expect(!section.blocks.isEmpty, "\(page.path) \(section.id)") }
            // Parts of a caption that are not there leave no mark behind.
            #expect(captions(of: page).allSatisfy { !$0.hasPrefix(" ·") && !$0.contains("·  ·") }, "\(page.path)")
            for link in page.crumbs + page.alternates {
                #expect(paths.contains(link.path), "\(page.path) links \(link.path)")
            }
        }
        for table in report.exports {
            for row in table.table.rows { #expect(row.count == table.table.columns.count, "\(table.path)") }
        }
        #expect(!report.summary.compact.contains("nan"))
    }

    private func captions(of page: Page) -> [String] {
        page.sections.flatMap(\.blocks).flatMap { block -> [String] in
            switch block {
            case .figure(let figure): [figure.caption.plain]
            case .multiples(let figures): figures.map(\.caption.plain)
            default: []
            }
        }
    }

    @Test func aDifferenceIsWordedWithItsDirection() throws {
        let (table, end) = try table(days: 60, perDay: 40)
        let report = report(of: table, asOf: end)
        let page = try #require(report.pages.first { $0.path == "comparisons/tier.html" }).make().page
        #expect(page.lead.plain.contains("b <i> against a, +0.2"), "\(page.lead.plain)")
    }

    @Test func withoutRecordsItSaysSo() throws {
        let (table, end) = try table(days: 0, perDay: 0)
        let overview = try #require(report(of: table, asOf: end).pages.first).make().page
        #expect(overview.lead.plain.hasPrefix("There are no records"))
    }
}
