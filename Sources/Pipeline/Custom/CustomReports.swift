import Analysis
import Archive
import Model
import Partials
import Report

/// The declared reports of a night: the rows of their days, filtered, become day partials, and these the same analyses as
/// of all records.
///
/// A report without a filter is read from the stored partials. One with a filter needs rows: of each day they are unpacked
/// once for all reports. Cost: the rows of the longest range, and for each report the analyses of its metrics.
struct CustomReports {
    /// How many reports a configuration may declare; who belongs to which is kept in a word of bits.
    static let most = 64

    let definitions: [ReportDefinition]
    let archive: Archive
    let settings: AnalysisSettings
    let asOf: Day
    let cores: OrderedWork
    let people: RecordPeople?

    /// The reports, in the order in which they are declared.
    ///
    /// - Parameter history: the stored partials, for reports without a filter.
    func made(from history: PartialTable) async throws -> [CustomReport] {
        guard !definitions.isEmpty else { return [] }
        let periods = definitions.map { $0.period(asOf: asOf, lookBackDays: settings.lookBackDays) }
        var read = try await rows(over: periods, beside: history)
        let firstKept = try archive.firstKeptDay()
        let stored = try archive.dayRange().map { try archive.storedDays(over: $0) } ?? []
        let single = definitions.indices.reduce(UInt64(0)) { found, index in
            read.crowd.reveals(index, k: settings.people.k) ? found : found | 1 << UInt64(index)
        }
        let published = read.crowd.family(of: single, k: settings.people.k)
        read.leaveOutDays(of: published, k: settings.people.k)
        return definitions.indices.map { index in
            let definition = definitions[index]
            guard let period = periods[index] else {
                return CustomReport(definition, period: nil, analyses: .failure(.noRecords))
            }
            let needsRows = !definition.filter.isEmpty
            let (days, held) =
                needsRows
                ? read.told(index, beside: published)
                : (history.entries.filter { period.contains($0.day) }, history.held.limited(to: period))
            let table = PartialTable(
                catalogue: definition.catalogue, period: period, days: days, held: held
            ).holdingValues(to: needsRows ? people : nil)
            var report = CustomReport(definition, period: period, analyses: .failure(.noRecords))
            if needsRows, let firstKept { report.prunedDays = stored.count { period.contains($0) && $0 < firstKept } }
            if published >> UInt64(index) & 1 == 0 {
                report.analyses = .failure(
                    .undefined("fewer than \(settings.people.k) people, or fewer than that outside"))
                return report
            }
            report.held = held
            if table.entries.contains(where: { $0.recordCount() > 0 }) {
                report.people = read.crowd.size(of: index).map { _ in
                    read.people(of: index, beside: published) / settings.people.k * settings.people.k
                }
                report.analyses = .success(analysed(table, definition, period))
            } else if held.days > 0 {
                report.analyses = .failure(.hidden)
            }
            return report
        }
    }

    private func analysed(_ table: PartialTable, _ definition: ReportDefinition, _ period: Period) -> ReportAnalyses {
        var own = settings
        own.lookBackDays = period.length
        own.shownPeriods = [
            .day: min(period.length, settings.lookBackDays), .week: min(period.length / 7 + 2, 53),
            .month: min(period.length / 28 + 2, 24), .quarter: min(period.length / 90 + 2, 12),
        ]
        if !definition.parts.contains("forecast") { own.forecastDays = 0 }
        (own.alertRules, own.kpis, own.healthRows, own.pointRules) = ([], [], [], [])
        own.voice = VoiceRoles()
        own.benchmarks = []
        return analyse(table, settings: own, asOf: period.last ?? asOf)
    }

    // MARK: Rows

    private struct Read {
        var days: [[Made]]
        var crowd: Crowd
        /// For each report the people of its days, by which other reports keep a day from being told.
        var people: [[UInt64: Set<UInt64>]]
        /// Days on which not all reports may be told together, each with its people by which reports hold their records.
        var crossed: [(day: Day, crowds: [Crowd])] = []

        /// Takes what reports hold of a day; of people who are counted now only their union stays.
        mutating func take(_ day: DayRead) {
            for part in day.made {
                var part = part
                if day.crossed.isEmpty { count(&part) }
                days[part.report].append(part)
            }
            crowd.merge(day.crowd)
            if !day.crossed.isEmpty { crossed.append((day.day, day.crossed)) }
        }

        private mutating func count(_ part: inout Made) {
            if part.partials != nil, let beside = part.beside {
                people[part.report][beside, default: []].formUnion(part.people)
            }
            part.people = []
        }

        /// Leaves out the days that the reports before, in the order of their declaration, keep from being told; people are counted then.
        mutating func leaveOutDays(of published: UInt64, k: Int) {
            for (day, crowds) in crossed {
                let places = days.indices.compactMap { report in
                    days[report].firstIndex { $0.day == day && $0.isTold(beside: published) }.map { (report, $0) }
                }
                let told = places.reduce(UInt64(0)) { $0 | 1 << UInt64($1.0) } & published
                let safe = crowds.reduce(told) { $1.family(of: $0, k: k) }
                for (report, place) in places where safe >> UInt64(report) & 1 == 0 { days[report][place].beside = nil }
            }
            for report in days.indices {
                for place in days[report].indices {
                    var part = days[report][place]
                    count(&part)
                    days[report][place] = part
                }
            }
        }

        /// How many people the told days of a report are of.
        func people(of report: Int, beside published: UInt64) -> Int {
            people[report].reduce(into: Set()) { all, entry in
                if entry.key & published == 0 { all.formUnion(entry.value) }
            }.count
        }

        /// The days of a report that may be told beside the reports that are published, and what is left out.
        func told(_ report: Int, beside published: UInt64) -> (days: [DayPartials], held: HeldBack) {
            var held = HeldBack()
            let days = days[report].compactMap { day -> DayPartials? in
                var left = day.held
                let isTold = day.beside.map { $0 & published == 0 } ?? false
                if !isTold, day.partials != nil {
                    left = HeldBack()
                    left.isOfPeople = true
                    left[day.day].reason = .fewBeside
                }
                held.add(left)
                return isTold ? day.partials : nil
            }
            return (days, held)
        }
    }

    /// What reports hold of a day.
    private struct DayRead: Sendable {
        let made: [Made]
        let day: Day
        var crowd = Crowd()
        /// Its people by which reports hold their records, where not all reports may be told together.
        var crossed: [Crowd] = []
    }

    /// What a report holds of a day.
    private struct Made: Sendable {
        let report: Int
        let day: Day
        let partials: DayPartials?
        let held: HeldBack
        /// Other reports that differ from it by few people on the day; nil where that holds of other pages.
        var beside: UInt64? = 0
        /// The people of its records.
        var people: Set<UInt64> = []

        func isTold(beside published: UInt64) -> Bool {
            partials != nil && beside.map { $0 & published == 0 } ?? false
        }
    }

    /// The partials of the reports with a filter, and whose records they are.
    private func rows(over periods: [Period?], beside history: PartialTable) async throws -> Read {
        var read = Read(
            days: definitions.map { _ in [] }, crowd: Crowd(), people: definitions.map { _ in [:] })
        let filtered = definitions.indices.filter { !definitions[$0].filter.isEmpty && periods[$0] != nil }
        guard let range = try archive.dayRange(), !filtered.isEmpty else { return read }
        let first = try archive.firstKeptDay() ?? range.start
        var days = try archive.storedDays(over: range).filter { day in
            day >= first && filtered.contains { periods[$0]?.contains(day) ?? false }
        }[...]
        let (declared, catalogue, sizes) = (definitions, archive.catalogue, archive.sizes)
        let shown = Dictionary(history.entries.map { ($0.day, $0) }) { first, _ in first }
        try await cores.run(
            next: { try days.popFirst().map { ($0, try archive.rows(on: $0)) } },
            work: { [people] day, work -> DayRead in
                let records = try work.records()
                var made: [Made] = []
                var masks = [UInt64](repeating: 0, count: people == nil ? 0 : records.count)
                var asked: UInt64 = 0
                for index in filtered where periods[index]?.contains(day) ?? false {
                    let definition = declared[index]
                    asked |= 1 << UInt64(index)
                    let places = definition.filter.places(in: records, of: catalogue)
                    if !masks.isEmpty { for place in places { masks[Int(place)] |= 1 << UInt64(index) } }
                    guard !places.isEmpty else { continue }
                    let chosen = records.rows(places).columns(of: definition.catalogue, from: catalogue)
                    let whole = DayPartials.make(
                        day: day, records: chosen, catalogue: definition.catalogue, sizes: sizes)
                    let (told, held) = people?.told(of: whole) ?? (whole, HeldBack())
                    let named = people?.named(in: records, at: places) ?? []
                    made.append(Made(report: index, day: day, partials: told, held: held, people: named))
                }
                guard let people else { return DayRead(made: made, day: day) }
                let differences = DayDifferences(records, catalogue: catalogue, people: people, shown: shown[day])
                for place in made.indices {
                    made[place].beside = differences.beside(
                        masks, report: made[place].report, told: made[place].partials)
                }
                return DayRead(
                    made: made, day: day, crowd: Crowd(records, masks: masks, asked: asked, people: people.people),
                    crossed: differences.crowds(masks, asked: asked))
            },
            take: { read.take($0) })
        return read
    }
}

extension ArchiveStore {
    /// What the declared reports come to on a day.
    func customReports(_ history: History, asOf day: Day) async throws -> [CustomReport] {
        try await CustomReports(
            definitions: settings.reports, archive: archive, settings: settings.analysis, asOf: day, cores: cores,
            people: history.people
        ).made(from: history.table)
    }
}
