import Analysis
import Model
import Partials
import Report
import Testing

/// The calendar of runs and the ranges, for runs of several years.
@Suite struct ArchivePageTests {
    private func report(runs: [String], asOf: String) throws -> RunReport {
        let catalogue = try #require(RunReportTests.catalogue)
        let day = try #require(Day(iso: asOf))
        let period = try #require(Period(start: day.advanced(by: -10), end: day.advanced(by: 1)))
        let table = PartialTable(catalogue: catalogue, period: period, days: [])
        return RunReport(
            ReportInput(
                analyses: analyse(table, asOf: day),
                run: RunIdentity(id: "0123456789abcdef", title: "Test", zone: "UTC", version: "0"),
                data: DataAccount(files: [], rejects: [], examples: [], notes: []), interventions: [],
                runDays: runs.compactMap { Day(iso: $0) }))
    }

    @Test func eachYearHasAPageAndEachMonthAPlace() throws {
        let runs = ["2025-12-30", "2025-12-31", "2026-01-01", "2026-11-19"]
        let report = try report(runs: runs, asOf: "2026-01-01")
        #expect(
            report.archivePages.map(\.path) == [
                "../../archive/index.html", "../../archive/2026.html", "../../archive/2025.html",
            ])
        #expect(report.archivePages[2].make().page.sections.map(\.id) == ["years", "m-2025-12"])
        #expect(report.archivePages[1].make().page.sections.map(\.id) == ["years", "m-2026-11", "m-2026-01"])
        for run in runs {
            let day = try #require(Day(iso: run))
            let parts = RunReport.archivePath(of: day).split(separator: "#").map(String.init)
            let page = try #require(report.archivePages.first { $0.path == parts[0] }).make().page
            #expect(page.sections.contains { $0.id == parts[1] }, "\(run)")
        }
        #expect(report.neighbours.previous?.iso == "2025-12-31" && report.neighbours.next?.iso == "2026-11-19")
    }

    /// 1 January 2026 is a Thursday of ISO week 2026-W01, which begins on 29 December 2025.
    @Test func aDayStandsUnderItsWeekdayInItsWeek() throws {
        let report = try report(runs: ["2026-01-01"], asOf: "2026-01-01")
        let blocks = report.archivePages[0].make().page.sections.last?.blocks ?? []
        guard case .table(let table)? = blocks.first else {
            Issue.record("no calendar")
            return
        }
        #expect(table.columns.map(\.title) == ["Week", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
        #expect(table.rows[0].map(\.text) == ["W01", "", "", "", "1", "2", "3", "4"])
        #expect(table.rows[0][4].link?.path == "../2026-01-01/index.html")
        #expect(table.rows[0].filter { $0.link != nil }.count == 1)
    }
}

/// Ranges as calendars count them.
@Suite struct ReportRangeTests {
    @Test(arguments: [
        (ReportRange.week, "2026-11-13", "2026-11-06", "2026-11-12"),
        (.month, "2026-10-21", "2026-09-21", "2026-10-20"),
        (.season, "2026-08-22", "2026-05-24", "2026-08-21"), (.year, "2025-11-20", "2024-11-20", "2025-11-19"),
        // 50 days of the fourth quarter against the first 50 of the third.
        (.quarter, "2026-10-01", "2026-07-01", "2026-08-19"),
    ])
    func daysOfARangeAndBefore(range: ReportRange, first: String, before: String, lastBefore: String) throws {
        let asOf = try #require(Day(iso: "2026-11-19"))
        #expect(range.period(through: asOf).start.iso == first && range.period(through: asOf).last == asOf)
        #expect(range.baseline(through: asOf).start.iso == before)
        #expect(range.baseline(through: asOf).last?.iso == lastBefore)
    }

    /// The second quarter of 2026 has 91 days, the first only 90: there the comparison ends.
    @Test func aLongQuarterIsComparedWithAllOfAShorterOne() throws {
        let asOf = try #require(Day(iso: "2026-06-30"))
        #expect(ReportRange.quarter.period(through: asOf).length == 91)
        #expect(ReportRange.quarter.baseline(through: asOf).length == 90)
    }
}
