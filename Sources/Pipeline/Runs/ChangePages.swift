import Analysis
import Archive
import Model
import Report
import Site

import class Foundation.FileManager

extension ArchiveStore {
    /// What the newest run for an earlier day said; nil without one, and where its form is too old to be read.
    func earlierRun(before day: Day) throws -> RunSnapshot? {
        try archive.newestRun(before: day)
            .flatMap { JSONValue(reading: $0.summary) }.flatMap(RunSnapshot.init(summary:))
    }

    /// The pages of what changed: of this run since the one before, and of the published run that comes after it since
    /// this one. So a night costs at most two, however many there were.
    ///
    /// - Parameter published: the days whose runs stand in the site after this night.
    func changes(
        to summary: JSONValue, of day: Day, since earlier: RunSnapshot?, published: Set<Day>
    ) throws -> ChangePages {
        var pages = ChangePages()
        guard let now = RunSnapshot(summary: summary) else { return pages }
        let runs = try archive.runs()
        pages.feed = try feed(now, summary, runs, published: published)
        if let earlier { try pages.add(comparison(earlier, now), hasEarlier: published.contains(earlier.asOf)) }
        if let next = runs.map(\.asOf).filter({ $0 > day }).min(), published.contains(next),
            let run = runs.last(where: { $0.asOf == next }), let after = try archive.snapshot(of: run)
        {
            try pages.add(comparison(now, after), hasEarlier: true)
        }
        // Runs of an earlier version have no such page.
        let made = pages.pages.map(\.path)
        let listed = published.filter { day in
            let location = RunComparisonPage.location(of: day)
            return made.contains("../../" + location)
                || FileManager.default.fileExists(atPath: settings.output + "/" + location)
        }
        if !listed.isEmpty { pages.add(indexOf: listed) }
        return pages
    }

    private func comparison(_ a: RunSnapshot, _ b: RunSnapshot) throws -> RunComparison {
        let tests = try archive.testMoves(from: a.asOf, to: b.asOf, settings: settings.analysis.validation)
        return RunComparison(a, b, tests: tests, level: settings.analysis.level)
    }
}

/// The pages of what changed between runs, with their twins.
struct ChangePages {
    var pages: [PlannedPage] = []
    /// Whether the list of these pages is among them.
    var hasIndex = false
    /// The newest reports for the feed.
    var feed: [FeedEntry] = []

    fileprivate mutating func add(_ comparison: RunComparison, hasEarlier: Bool) throws {
        pages += RunComparisonPage.make(comparison, hasEarlier: hasEarlier)
    }

    fileprivate mutating func add(indexOf days: Set<Day>) {
        pages += RunComparisonPage.index(of: days)
        hasIndex = true
    }
}
