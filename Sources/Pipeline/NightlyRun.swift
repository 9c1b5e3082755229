import Analysis
import Archive
import Diagnostics
import Foundation
import Ingest
import Model
import Partials
import Report
import Site

/// The nightly run on one screen: each stage takes a value and returns one.
///
///     files ─▶ settings ─▶ delivery ─▶ partials ─▶ analyses ─▶ report ─▶ staged site ─▶ published site
public func build(
    _ request: BuildRequest, in surroundings: Surroundings, messages: MessageSink
) async -> ExitStatus {
    await reporting(to: messages) {
        var clock = StageClock(messages: messages)
        let named = try exportFiles(request.exports, in: surroundings)
        let resolved = try Settings.resolve(request.options, exports: named, in: surroundings)
        messages.say(resolved.notes)
        let files = request.readsNothing ? [] : named.isEmpty ? try resolved.ownFiles() : named
        let people = try PeopleAccess(resolved, files, in: surroundings)
        let settings = resolved.naming(learnersBy: people.key)
        clock.end("settings", "\(settings.catalogue.metrics.count) metrics, \(files.count) files")
        try await settings.language.speaking {
            try await night(request, settings, files, people, &clock, in: surroundings, messages)
        }
    }
}

/// The night itself, in the language of its report.
private func night(
    _ request: BuildRequest, _ settings: Settings, _ files: [ExportFile], _ people: PeopleAccess,
    _ clock: inout StageClock, in surroundings: Surroundings, _ messages: MessageSink
) async throws {
    let store = try ArchiveStore(
        settings, isDryRun: request.isDryRun, jobs: request.cores(in: surroundings), in: surroundings)
    defer { store.removeTemporary() }
    try people.settle(store.archive, isDryRun: request.isDryRun, messages)
    let asOf = try request.asOfDay(settings.zone, surroundings)
    let rerun = try Rerun(request, settings, files: files, in: surroundings)
    if !request.isDryRun,
        try repeats(rerun, store, asOf, request, settings, surroundings, files: files.count, messages)
    {
        return try clock.gauges(surroundings, hasWorked: false).save(beside: settings.archive)
    }
    let delivery = try await store.load(
        files, known: rerun.known, asOf: asOf ?? surroundings.today(in: settings.zone), request,
        isDated: asOf != nil, people: people, progress: ReadingProgress(of: files, messages: messages).show)
    messages.say(delivery.changes + delivery.diagnostics + delivery.readingRemarks)
    clock.end("delivery", delivery.sentence)
    if request.requiresNewData, delivery.newFiles == 0 {
        messages.say(.outcome("\(delivery.sentence): there is nothing new to report."))
        throw ExitStatus.noNewData
    }

    let day = try asOf ?? store.newestDay(notAfter: surroundings.today(in: settings.zone))
    let history = try await store.history(through: day)
    clock.end("history", "\(history.table.days.count) days")
    var about = try PeopleHistory(
        store.archive, settings.privacy, key: people.key, through: day, isAsked: asOf != nil,
        today: surroundings.today(in: settings.zone))
    about.account.showsLearnerIds = settings.showsLearnerIds
    let analyses = try await store.analysed(
        history, about, request, asOf: day, isDated: asOf != nil)
    clock.end("analysis", "\(analyses.findings.count) findings from \(analyses.ledger.tests) tests")
    try settings.require(enough: analyses, isStrict: request.isStrict, messages)
    let account = try store.account(notes: settings.notes + delivery.diagnostics)
    let run = store.identity(of: day, settings, account, request)
    let earlier = try store.earlierRun(before: day)
    let published = Set(settings.published(history.runDays)).union([day])
    let kept = settings.retention.kept(Array(published)).union([day])
    about.note(published: kept, request.learners ?? settings.learnerPages, settings, messages)
    let report = try await RunReport(
        ReportInput(
            analyses: analyses, run: run, data: account, interventions: history.interventions,
            runDays: Array(kept), earlier: earlier.map(EarlierFindings.init), privacy: about.account,
            custom: store.customReports(history, asOf: day), address: settings.baseAddress))
    clock.end("report", "\(report.pages.count) pages")

    let site = SiteBuilder(settings: settings.site(jobs: request.cores(in: surroundings)))
    let changes = try store.changes(to: report.summary, of: day, since: earlier, published: kept)
    let staged = try await site.stage(
        settings.contents(report, run, day, published, changes, request), hiding: delivery.allIDs,
        and: store.keptIDs(people),
        isKept: !request.isDryRun, later: store.laterPages(report.laterLearners, asOf: day))
    try store.require(staged, soundAfter: delivery, request, messages)
    clock.end("site", "\(staged.runFiles.count) files")
    if request.isDryRun {
        messages.say(
            .outcome("Nothing was written: \(delivery.sentence); \(report.pages.count) pages would be published."))
        return
    }
    try about.keep(analyses.people, in: store.archive)
    try store.archive.notePublication(
        in: settings.output, showing: analyses.learning?.withPages ?? [], on: day)
    try store.keep(
        run, report.summary, delivery, manifest: staged.manifestHash, asOf: day, in: surroundings)
    let outcome = try site.publish(
        staged, run: settings.siteRun(run, day), retiring: published.subtracting(kept).map(\.iso))
    clock.end("publish", "\(outcome.written) written, \(outcome.unchanged) unchanged")
    try clock.gauges(surroundings, hasWorked: true).save(beside: settings.archive)
    messages.say(.outcome("\(delivery.sentence); as of \(day.iso)."))
    messages.say(.outcome("Open \(outcome.landing)"))
    try await tell(
        of: analyses, since: earlier?.asOf ?? day.advanced(by: -1), settings, request, messages: messages)
    // Last: a run that an alert fails must fail again when it is repeated.
    try rerun.remember(store, delivery, day: day, site: site.record(of: staged, run: settings.siteRun(run, day)))
}

/// Whether a build would only repeat the newest run; says so if it would.
///
/// - Throws: `ExitStatus.noNewData` where new data was asked for.
private func repeats(
    _ rerun: Rerun, _ store: ArchiveStore, _ asOf: Day?, _ request: BuildRequest, _ settings: Settings,
    _ surroundings: Surroundings, files: Int, _ messages: MessageSink
) throws -> Bool {
    guard let standing = try rerun.standing(store, asOf: asOf, today: surroundings.today(in: settings.zone)) else {
        return false
    }
    messages.say(rerun.untaken)
    messages.say(.outcome("no new files (\(files) known), nothing else has changed: nothing to do."))
    if request.requiresNewData { throw ExitStatus.noNewData }
    messages.say(.outcome("The report for \(standing.day) stands: \(settings.output)/index.html"))
    return true
}

extension ReportAnalyses {
    /// Takes over what does not come from partials: learners and people.
    fileprivate mutating func adopt(
        _ store: ArchiveStore, _ people: PeopleHistory, _ request: BuildRequest, asOf day: Day
    ) async throws {
        learning = try await store.learning(asOf: day, pages: request.learners ?? store.settings.learnerPages)
        self.people = people.result(store.settings.analysis)
    }
}

extension ArchiveStore {
    /// Refuses to publish what the checks forbid. A delivery with names in what would be published is taken out again; the next
    /// build reads it once more, so that no night is published without it before somebody has mended what named people.
    fileprivate func require(
        _ staged: SiteBuilder.Staged, soundAfter delivery: DeliveryAccount, _ request: BuildRequest,
        _ messages: MessageSink
    ) throws {
        do {
            try staged.requireSoundWithoutNames(messages)
        } catch {
            if !staged.leaks.isEmpty, !request.isDryRun, let number = delivery.outcome?.delivery {
                takeOut(number, messages)
            }
            throw error
        }
    }

    /// Takes a delivery out; where that fails it is said, so that what stopped the build is still told.
    private func takeOut(_ delivery: Int64, _ messages: MessageSink) {
        do {
            try archive.stop(delivery: delivery)
            messages.say(
                .outcome(
                    "Delivery \(delivery) is taken out again; every build that is given its files reads them again and stops, until export or configuration is mended."
                ))
        } catch {
            messages.say(Failure(describing: error).diagnostics)
            messages.say([
                Diagnostic(
                    .error, "delivery \(delivery) could not be taken out again and is still stored",
                    fix: "Take it out with `assay history undo \(delivery)` before the next build.")
            ])
        }
    }

    /// All analyses, those that do not read each other side by side.
    fileprivate func analysed(
        _ history: History, _ people: PeopleHistory, _ request: BuildRequest, asOf day: Day, isDated: Bool
    ) async throws -> ReportAnalyses {
        let settings = settings.analysis
        let plan = AnalysisPlan(
            history.table, settings: settings, asOf: day, interventions: history.interventions,
            measurements: history.measurements,
            points: try archive.pointHealth(self.settings, asOf: day, isDated: isDated))
        var pieces = plan.pieces.makeIterator()
        var parts: [AnalysisPlan.Part] = []
        try await cores.run(ahead: plan.pieces.count, next: { pieces.next() }, work: plan.made) { parts.append($0) }
        var analyses = plan.whole(parts)
        analyses.validation = ValidationResult(
            history.testResults, settings: settings.validation, asOf: day, level: settings.level, alpha: settings.alpha)
        try await analyses.adopt(self, people, request, asOf: day)
        return analyses
    }
}

extension Settings {
    /// Says that records are too few to rest decisions on, or refuses to report on them. They stay in the archive: the next
    /// nights may bring what lacks.
    fileprivate func require(enough analyses: ReportAnalyses, isStrict: Bool, _ messages: MessageSink) throws {
        let found = analyses.coverage.shortfalls(analysis)
        guard !found.isEmpty, sources.contains(where: { [.sessions, .scores].contains($0.mapping.role) }) else {
            return
        }
        let lacks = found.compactMap { absence in
            if case .tooFew(let what, let found, let needed) = absence {
                "\(found) \(found == 1 ? what.one : what.rawValue) of \(needed)"
            } else {
                nil
            }
        }
        let text =
            "the \(analysis.lookBackDays) days up to \(analyses.asOf.iso) are too small to rest decisions on: "
            + lacks.joined(separator: ", ")
        guard isStrict else {
            return messages.say(.diagnostic(Diagnostic(.warning, text)))
        }
        throw Failure(
            .inputRefused, text,
            fix:
                "Build without --strict to see the report anyway, or lower `minimum_records` and `minimum_days` under `analysis`."
        )
    }
}

/// Runs a command, says what went wrong and returns the exit code of the contract.
func reporting(to messages: MessageSink, _ body: () async throws -> Void) async -> ExitStatus {
    do {
        try await body()
        return .done
    } catch {
        let failure = Failure(describing: error)
        messages.say(failure.diagnostics)
        return failure.status
    }
}

/// The files that arguments stand for, standard input read into memory.
func exportFiles(_ exports: [String], in surroundings: Surroundings) throws -> [ExportFile] {
    let paths = exports.map { $0 == "-" ? $0 : surroundings.absolute($0) }
    let files = try ExportFiles.expand(paths).map { try $0.loaded() }
    guard exports.isEmpty || !files.isEmpty else {
        throw Failure(
            .inputMissing, "\(exports.joined(separator: ", ")): there is no data file in it",
            fix: "Data files end in csv, tsv, json, jsonl, ndjson, xml or prom, also behind .gz or .zst.")
    }
    return files
}

/// Says how long each stage took.
struct StageClock {
    private let messages: MessageSink
    private let clock = ContinuousClock()
    private let first: ContinuousClock.Instant
    private var last: ContinuousClock.Instant

    init(messages: MessageSink) {
        self.messages = messages
        first = clock.now
        last = first
    }

    /// What the run has to say of itself so far.
    func gauges(_ surroundings: Surroundings, hasWorked: Bool) -> RunGauges {
        RunGauges(
            begun: surroundings.secondsSince1970, seconds: (clock.now - first) / .seconds(1), hasWorked: hasWorked)
    }

    mutating func end(_ stage: String, _ detail: String) {
        let now = clock.now
        let (seconds, attoseconds) = (now - last).components
        last = now
        messages.say(
            .stage(stage, milliseconds: Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000), detail: detail))
    }
}
