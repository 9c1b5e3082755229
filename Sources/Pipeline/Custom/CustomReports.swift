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
        let read = try await rows(over: periods)
        let firstKept = try archive.firstKeptDay()
        let stored = try archive.dayRange().map { try archive.storedDays(over: $0) } ?? []
        return definitions.indices.map { index in
            let definition = definitions[index]
            guard let period = periods[index] else {
                return CustomReport(definition, period: nil, analyses: .failure(.noRecords))
            }
            let needsRows = !definition.filter.isEmpty
            let days = needsRows ? read.days[index] : history.entries.filter { period.contains($0.day) }
            let table = PartialTable(
                catalogue: definition.catalogue, period: period, days: days,
                held: needsRows ? read.held[index] : history.held)
            var report = CustomReport(definition, period: period, analyses: .failure(.noRecords))
            if needsRows, let firstKept { report.prunedDays = stored.count { period.contains($0) && $0 < firstKept } }
            report.people = read.crowd.size(of: index)
            if read.crowd.reveals(index, k: settings.people.k) {
                report.people = nil
                report.analyses = .failure(
                    .undefined("fewer than \(settings.people.k) people, or fewer than that outside"))
            } else if table.entries.contains(where: { $0.recordCount() > 0 }) {
                report.analyses = .success(analysed(table, definition, period))
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
        var days: [[DayPartials]]
        var held: [HeldBack]
        var crowd: Crowd
    }

    /// The partials of the reports with a filter, and whose records they are.
    private func rows(over periods: [Period?]) async throws -> Read {
        var read = Read(
            days: definitions.map { _ in [] }, held: definitions.map { _ in HeldBack() }, crowd: Crowd())
        let filtered = definitions.indices.filter { !definitions[$0].filter.isEmpty && periods[$0] != nil }
        guard let range = try archive.dayRange(), !filtered.isEmpty else { return read }
        let first = try archive.firstKeptDay() ?? range.start
        var days = try archive.storedDays(over: range).filter { day in
            day >= first && filtered.contains { periods[$0]?.contains(day) ?? false }
        }[...]
        let (declared, catalogue, sizes) = (definitions, archive.catalogue, archive.sizes)
        try await cores.run(
            next: { try days.popFirst().map { ($0, try archive.rows(on: $0)) } },
            work: { [people] day, work in
                let records = try work.records()
                var made: [(Int, DayPartials?, HeldBack)] = []
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
                    made.append((index, told, held))
                }
                return (made, Crowd(records, masks: masks, asked: asked, people: people?.people ?? [:]))
            },
            take: { made, crowd in
                for (index, partials, held) in made {
                    if let partials { read.days[index].append(partials) }
                    read.held[index].add(held)
                }
                read.crowd.merge(crowd)
            })
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

/// Whose records reports are of: people by which reports their records are in.
struct Crowd: Sendable {
    /// By which of the reports that look at a day hold a record, and which look at all: the people of such records.
    private var people: [Kind: Set<UInt64>] = [:]

    private struct Kind: Hashable {
        var held: UInt64
        var asked: UInt64
    }

    init() {}

    /// The people of one day's records: `masks` says of each record which reports hold it, `asked` which look at the day.
    init(_ records: RecordBatch, masks: [UInt64], asked: UInt64, people: [UInt64: UInt64]) {
        for (place, mask) in masks.enumerated() {
            guard let person = people[records.keys[place]] else { continue }
            self.people[Kind(held: mask, asked: asked), default: []].insert(person)
        }
    }

    mutating func merge(_ other: Crowd) { people.merge(other.people) { $0.union($1) } }

    /// How many people a report is of; nil where no record of its days names anybody.
    func size(of report: Int) -> Int? {
        let looked = people.keys.contains { $0.asked >> UInt64(report) & 1 == 1 }
        return looked ? union { $0.held >> UInt64(report) & 1 == 1 }.count : nil
    }

    /// Whether a report, its difference to all records of its days, or its difference to another report that lies within
    /// it or around it, is of some people but fewer than k.
    func reveals(_ report: Int, k: Int) -> Bool {
        guard let size = size(of: report) else { return false }
        let bit = UInt64(1) << UInt64(report)
        let isFew = { (people: Set<UInt64>) in (1..<k).contains(people.count) }
        if (0..<k).contains(size) || isFew(union { $0.asked & bit != 0 && $0.held & bit == 0 }) { return true }
        return (0..<UInt64(CustomReports.most)).contains { other in
            let second = UInt64(1) << other
            let kinds = people.keys.filter { $0.asked & bit != 0 && $0.asked & second != 0 }
            guard second != bit, kinds.contains(where: { $0.held & second != 0 }) else { return false }
            let mine = union { kinds.contains($0) && $0.held & bit != 0 && $0.held & second == 0 }
            let theirs = union { kinds.contains($0) && $0.held & bit == 0 && $0.held & second != 0 }
            return mine.isEmpty != theirs.isEmpty && isFew(mine.union(theirs))
        }
    }

    private func union(where isWanted: (Kind) -> Bool) -> Set<UInt64> {
        people.reduce(into: []) { sum, entry in if isWanted(entry.key) { sum.formUnion(entry.value) } }
    }
}
