import Analysis
import Archive
import Diagnostics
import Foundation
import Model
import Partials
import Report

/// What `assay alerts` and `assay kpi` are asked.
public struct WatchRequest: Sendable {
    var options: SettingsOptions
    /// The exports that a build without a configuration has read; they are looked at for their columns only.
    public var exports: [String] = []
    /// The day to look at; nil for the newest.
    public var asOf: String?
    /// How the answer is printed.
    public var format: AnswerFormat
    /// The rules to judge; all where it is empty.
    public var rules: [String] = []
    /// Whether quiet alerts are listed, too.
    public var isComplete = false
    /// The mildest severity of a firing alert that ends the command with 10; nil for none.
    public var failOn: AlertSeverity?
    /// The time that KPIs are read from; nil as configured.
    public var range: String?

    /// Collects the options that both commands have.
    public init(
        configuration: String?, archive: String?, asOf: String?, timeZone: String? = nil, format: AnswerFormat
    ) {
        options = SettingsOptions(configuration: configuration, output: nil, archive: archive, timeZone: timeZone)
        self.asOf = asOf
        self.format = format
    }
}

/// `assay alerts`: judges the rules over the archive.
///
/// - Parameter print: where the answer goes, standard output for a command.
public func listAlerts(
    _ request: WatchRequest, in surroundings: Surroundings, messages: MessageSink, print: ([UInt8]) -> Void
) async -> ExitStatus {
    await reporting(to: messages) {
        var watch = try ArchiveWatch(request, in: surroundings)
        try watch.requireMatches()
        let known = watch.settings.analysis.alertRules.map(\.id)
        guard try !known.isEmpty || (request.rules.isEmpty && watch.hasPoints) else {
            throw Failure(
                .configuration, "no alert rules are configured", fix: "Write some under `alerts`; see docs/alerts.md.")
        }
        for id in request.rules where !known.contains(id) {
            throw Failure(
                .usage, "there is no rule `\(id)`; expected one of \(known.joined(separator: ", "))",
                fix: nearestName(to: id, among: known).map { "Did you mean `\($0)`?" })
        }
        if !request.rules.isEmpty {
            watch.settings.analysis.alertRules.removeAll { !request.rules.contains($0.id) }
        }
        var input = try watch.input()
        input.analyses.points = try watch.points()
        print(AnswerSheet.alerts(input, isComplete: request.isComplete).bytes(request.format))
        if let severity = request.failOn, input.analyses.firing(atLeast: severity) > 0 {
            throw ExitStatus.alertFiring
        }
    }
}

/// `assay kpi`: the KPIs over a range.
///
/// - Parameter print: where the answer goes, standard output for a command.
public func showKPIs(
    _ request: WatchRequest, in surroundings: Surroundings, messages: MessageSink, print: ([UInt8]) -> Void
) async -> ExitStatus {
    await reporting(to: messages) {
        var watch = try ArchiveWatch(request, in: surroundings)
        guard !watch.settings.analysis.kpis.isEmpty || watch.holdsVoice else {
            throw Failure(.configuration, "no KPIs are configured", fix: "Write some under `kpis`; see docs/alerts.md.")
        }
        switch try KPIRange(request.range) {
        case .configured: break
        case .days(let days):
            watch.settings.analysis.snapshotDays = days
            for index in watch.settings.analysis.kpis.indices { watch.settings.analysis.kpis[index].days = days }
        case .hours(let hours):
            let (input, range) = try watch.input(hours: hours)
            print(AnswerSheet.kpis(input, over: range).bytes(request.format))
            return
        }
        print(AnswerSheet.kpis(try watch.input()).bytes(request.format))
    }
}

/// The time that KPIs are read from.
enum KPIRange: Equatable {
    case configured
    case days(Int)
    case hours(Int)

    /// `7d` or `6h`; nil as configured.
    init(_ text: String?) throws {
        guard let text else {
            self = .configured
            return
        }
        switch (text.last, Int(text.dropLast())) {
        case ("d", let days?) where (1...366).contains(days): self = .days(days)
        case ("h", let hours?) where (1...168).contains(hours): self = .hours(hours)
        default:
            throw Failure(
                .usage, "--range takes hours such as 6h (up to 168h) or days such as 7d (up to 366d), found `\(text)`")
        }
    }
}

/// The archive of a configuration, read for a day.
struct ArchiveWatch {
    var settings: Settings
    private let archive: Archive
    private let day: Day
    /// Whether the day was asked for.
    private let isDated: Bool

    init(_ request: WatchRequest, in surroundings: Surroundings) throws {
        let isConfigured = try Settings.configurationPath(request.options, surroundings) != nil
        if !isConfigured, request.exports.isEmpty {
            throw Failure(
                .usage, "there is no configuration here that says what the archive's metrics are",
                fix:
                    "Name the exports that `assay build` has read, a configuration with --config, or write one with `assay init`."
            )
        }
        settings = try Settings.resolve(
            request.options, exports: isConfigured ? [] : exportFiles(request.exports, in: surroundings),
            in: surroundings)
        guard FileManager.default.fileExists(atPath: settings.archive) else {
            throw Failure(
                .inputMissing, "\(settings.archive): there is no such archive",
                fix: "Run `assay build`, or name it with --archive.")
        }
        archive = try Archive(reading: settings.archive, catalogue: settings.catalogue)
        let today = surroundings.today(in: settings.zone)
        let asked = try asOfDay(request.asOf, settings.zone, surroundings)
        isDated = asked != nil
        let newest = [
            try archive.dayRange()?.last.map { min($0, today) }, try archive.newestPointDay(notAfter: today),
        ]
        day = asked ?? newest.compactMap { $0 }.max() ?? today
    }

    /// A rule that matches nothing is a mistake here as it is in a build.
    func requireMatches() throws { try settings.requireMatches(in: NamedValues(archive)) }

    /// Whether the configuration describes sessions of a voice service, whose KPIs need no declaration.
    var holdsVoice: Bool {
        settings.analysis.voice.completed(by: settings.catalogue).areVoice
    }

    /// Alerts and KPIs of the day.
    func input() throws -> ReportInput {
        let period = try settings.analysis.history(through: day, of: archive.dayRange())
        return try input(
            of: archive.partials(over: period, heldTo: archive.recordPeople(k: settings.analysis.people.k)))
    }

    /// Whether there is any point of a health metric.
    var hasPoints: Bool { get throws { try !archive.pointSeries().isEmpty } }

    /// What points of health metrics say at the end of the day.
    func points() throws -> PointHealth? {
        try archive.pointHealth(settings, asOf: day, isDated: isDated)
    }

    private func input(of table: PartialTable) throws -> ReportInput {
        let earlier = try archive.newestRun(before: day)?.run.asOf
        return ReportInput(
            analyses: watch(table, settings: settings.analysis, asOf: day),
            run: RunIdentity(id: "", title: settings.title, zone: settings.zone.name, version: assayVersion),
            data: DataAccount(files: [], rejects: [], examples: [], notes: []), interventions: [], runDays: [],
            earlier: earlier.map { EarlierFindings(asOf: $0, claims: [:]) })
    }

    /// KPIs over the last hours before the newest record of the day, and the same number of hours before them.
    ///
    /// Hours are counted on the instants of the records, so that a day of 23 or 25 hours is right. Fails where the day has no
    /// records, and where one of its records has no time of day: it may belong to any hour. Hours of fewer than k people are as
    /// without records.
    func input(hours: Int) throws -> (ReportInput, HourRange) {
        let first = day.advanced(by: -(2 * hours / 24 + 2))
        var rows = try archive.records(on: day)
        guard let newest = rows.times.filter({ $0 != RecordBatch.noTime }).max() else {
            throw Failure(
                .inputRefused, "there is no record with a time on \(day.iso), so that there are no hours to read")
        }
        let length = Int64(hours) * 3_600_000_000
        let people = try archive.recordPeople(k: settings.analysis.people.k)
        var held = HeldBack()
        var parts: [DayPartials] = []
        var batches = [rows]
        for offset in 1...(first.distance(to: day)) {
            batches.append(try archive.records(on: day.advanced(by: -offset)))
        }
        for (place, end) in [newest - length, newest].enumerated() {
            var kept: RecordBatch?
            for batch in batches {
                let inside = (0..<Int32(batch.count)).filter {
                    batch.times[Int($0)] > end - length && batch.times[Int($0)] <= end
                }
                if inside.contains(where: { batch.minutes[Int($0)] == RecordBatch.noMinute }) {
                    throw Failure(
                        .inputRefused,
                        "records up to \(day.iso) have no time of day: the archive cannot tell their hours",
                        fix: "Ask for days, such as --range 7d.")
                }
                guard !inside.isEmpty else { continue }
                rows = batch.rows(inside)
                if kept == nil { kept = rows } else { kept?.append(rows) }
            }
            let on = day.advanced(by: place - 1)
            if let kept {
                let whole = DayPartials.make(day: on, records: kept, catalogue: settings.catalogue)
                let (told, left) = people?.told(of: whole) ?? (whole, HeldBack())
                if let told { parts.append(told) }
                held.add(left)
            }
        }
        var hourly = self
        for index in hourly.settings.analysis.kpis.indices { hourly.settings.analysis.kpis[index].days = 1 }
        hourly.settings.analysis.alertRules = []
        hourly.settings.analysis.snapshotDays = 1
        let table = PartialTable(
            catalogue: settings.catalogue, period: Period(days: 2, through: day), days: parts, held: held
        ).holdingValues(to: people)
        let range = HourRange(
            hours: hours, from: settings.zone.stamp(newest - length), to: settings.zone.stamp(newest))
        return (try hourly.input(of: table), range)
    }
}

extension AnalysisSettings {
    /// The days that a report for a day reads: as far back as series, look-back and replay reach, all later ones to count them.
    func history(through day: Day, of stored: Period?) throws -> Period {
        let reach = max(lookBackDays + baselineDays, 92 * (shownPeriods[.quarter] ?? 0), alertReach)
        let start = max(stored?.start ?? day, day.advanced(by: -reach))
        let end = max(stored?.end ?? day, day.advanced(by: 1))
        guard let period = Period(start: min(start, day), end: end) else {
            throw Failure(.failed, "there is no such period")
        }
        return period
    }

    /// How many days back the replay of alerts reads; 0 without rules.
    fileprivate var alertReach: Int {
        let longest = alertRules.flatMap { [$0.terms] + $0.overrides.values }.map { terms in
            if case .change(let days, _) = terms.condition {
                days + terms.overDays
            } else {
                lookBackDays + terms.overDays
            }
        }.max()
        return longest.map { alertDays + $0 } ?? 0
    }
}

extension Settings {
    /// How much a report asks of each day.
    ///
    /// Pairs of dimensions and sampled records are asked for the look-back period and the one before it, by rules, KPIs and
    /// declared reports for as long as they say, and by interventions in a pair of dimensions from their baseline on; counts by
    /// the same and by any intervention.
    func detail(asOf day: Day, _ interventions: [Intervention]) -> @Sendable (Day) -> DayDetail {
        let days = max(
            2 * analysis.lookBackDays + analysis.baselineDays, analysis.alertReach,
            2 * (analysis.kpis.compactMap(\.days).max() ?? 0))
        let asked =
            reports.compactMap { $0.period(asOf: day, lookBackDays: analysis.lookBackDays)?.start }
            + [day.advanced(by: -days)]
        let reach = max(analysis.lookBackDays, analysis.baselineDays)
        let start = { (intervention: Intervention) in intervention.start.advanced(by: -reach) }
        let whole = (asked + interventions.filter(\.scope.isPair).map(start)).reduce(day, min)
        let counted = interventions.map(start).reduce(whole, min)
        return { $0 >= whole ? .all : $0 >= counted ? .counts : .series }
    }
}
