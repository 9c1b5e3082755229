import Analysis
import Archive
import Diagnostics
import Ingest
import Model
import Partials
import Report

import class Foundation.FileManager
import struct Foundation.URL

/// The archive as the nightly run uses it: load a delivery, read history, keep a run.
struct ArchiveStore {
    let archive: Archive
    let settings: Settings
    let cores: OrderedWork
    /// What tells this program from others.
    let program: String
    /// The archive that a dry run made because there was none.
    private let temporary: String?

    /// Opens the archive, to work on up to `jobs` cores. A dry run works inside a transaction that is never kept, on a
    /// temporary archive if there is none.
    init(_ settings: Settings, isDryRun: Bool, jobs: Int, in surroundings: Surroundings) throws {
        self.settings = settings
        cores = OrderedWork(jobs: jobs)
        program = surroundings.program
        if isDryRun, !FileManager.default.fileExists(atPath: settings.archive) {
            let path = FileManager.default.temporaryDirectory.appending(path: "assay-\(surroundings.process).sqlite")
                .path
            temporary = path
            ArchiveStore.remove(path)
            archive = try Archive(path: path, catalogue: settings.catalogue, holder: surroundings.lockHolder)
        } else {
            temporary = nil
            archive = try Archive.made(for: settings, in: surroundings)
        }
        if isDryRun { try archive.begin() }
    }

    /// Removes what a dry run made.
    func removeTemporary() { if let temporary { ArchiveStore.remove(temporary) } }

    private static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal", ".lock"] {
            _ = try? FileManager.default.removeItem(atPath: path + suffix)  // most are not there
        }
    }

    /// Days after the day of the report within which rows are kept for later: a nightly export of "yesterday" holds some
    /// hours of today, and a run may be repeated for an older day.
    static let settleDays = 14

    /// Loads files; one whose bytes are known changes nothing, nor does one that `history undo` took out.
    ///
    /// Rows may lie up to `settleDays` after a day that was asked for: they are kept, and shown when their day comes.
    ///
    /// - Parameters:
    ///   - known: What files hold that need not be read to know it, by their places.
    ///   - isDated: whether the day was asked for, so that later rows are to be expected.
    /// - Throws: `Failure` with 65 when a row is refused and the request is strict, and when more rows are refused than the
    ///   settings allow, with 78 when a rule or filter matches nothing; nothing is kept then.
    func load(
        _ files: [ExportFile], known: [Int: ExportDigest] = [:], asOf: Day, _ request: BuildRequest, isDated: Bool,
        people: PeopleAccess, progress: (Int) -> Void = { _ in }
    ) async throws -> DeliveryAccount {
        // A dry run works inside a transaction of its own.
        if !request.isDryRun { try archive.begin() }
        do {
            let account = try await loaded(
                files, known: known, asOf: asOf, request, isDated: isDated, people: people, progress: progress)
            if !request.isDryRun { try archive.commit() }
            return account
        } catch {
            if !request.isDryRun { try archive.rollback() }
            throw error
        }
    }

    /// Does what `load` says inside an open transaction.
    private func loaded(
        _ files: [ExportFile], known: [Int: ExportDigest], asOf: Day, _ request: BuildRequest, isDated: Bool,
        people: PeopleAccess, progress: (Int) -> Void
    ) async throws -> DeliveryAccount {
        var notes: [Diagnostic] = []
        if let change = try archive.catalogueChange() {
            let never = change.metricsNeverStored + change.dimensionsNeverStored
            notes.append(
                Diagnostic(
                    .note,
                    [Remark("the configuration has changed: \(change.days) days are recomputed")]
                        + (never.isEmpty ? [] : [Remark("; never stored so far: \(never.joined(separator: ", "))")])))
            try archive.adoptCatalogue()
        }
        let delivery = try DeliveryLoading(
            files, known: known, into: archive, settings: settings, asOf: asOf, isDated: isDated,
            takesBack: request.takesBack, people: people)
        let loading = delivery.loading
        do {
            try await cores.run(
                next: { try delivery.next() }, work: { try $0.done() },
                take: {
                    try delivery.take($0)
                    progress(delivery.bytesRead)
                })
            var account = delivery.account
            account.changes = notes
            try delivery.requireAcceptable(account, isStrict: request.isStrict)
            try loading.place()
            try await cores.run(
                next: { loading.nextSegment() }, work: { $0.packed() }, take: { try loading.keep($0) })
            try await cores.run(
                next: { try loading.nextDay() }, work: { try $0.result() }, take: { try loading.keep($0) })
            if !isDated { try loading.date(as: newestDay(notAfter: asOf)) }
            try delivery.settlePeople()
            try settings.requireMatches(in: NamedValues(archive))
            account.outcome = try loading.finish()
            try keepIDs(of: account, people)
            for name in account.outcome?.takenOutFiles ?? [] {
                account.diagnostics.append(
                    Diagnostic(
                        .note, [Remark("it was taken out with `history undo` and stays out")], at: .init(file: name),
                        fix: "Give --take-back to read it again."))
            }
            return account
        } catch {
            try loading.cancel()
            throw error
        }
    }

    /// The newest day with records, test results or sessions of learners that is not after a day; that day if there is none.
    func newestDay(notAfter today: Day) throws -> Day {
        let newest = [
            try archive.dayRange()?.last.map { min($0, today) }, try archive.newestTestDay(notAfter: today),
            try archive.newestLearningDay(notAfter: today),
            try archive.newestPersonDay(notAfter: today),
            try archive.newestPointDay(notAfter: today),
        ]
        return newest.compactMap { $0 }.max() ?? today
    }

    /// What the analyses read.
    struct History {
        var table: PartialTable
        /// Whose records are; nil where none names anybody.
        var people: RecordPeople?
        var interventions: [Intervention]
        var measurements: [Measurement]
        var runDays: [Day]
        var testResults: [TestResult]
    }

    /// The partials that series and look-back reach, as much of each day as is asked for, and the registers.
    func history(through day: Day) async throws -> History {
        let period = try settings.analysis.history(through: day, of: archive.dayRange())
        let interventions = try archive.interventions()
        let detail = settings.detail(asOf: day, interventions)
        var stored = try archive.storedDays(over: period)[...]
        var days: [DayPartials] = []
        var shapes = DayShapes()
        var held = HeldBack()
        let people = try archive.recordPeople(k: settings.analysis.people.k)
        try await cores.run(
            next: {
                // What is told of people is found in the samples.
                try stored.popFirst().map { ($0, try archive.storedDay($0, people == nil ? detail($0) : .all)) }
            },
            work: { try $0.1.partials(detail($0.0), heldTo: people) },
            take: { partials, left in
                if let partials { days.append(shapes.sharing(partials)) }
                held.add(left)
            })
        return History(
            table: PartialTable(catalogue: archive.catalogue, period: period, days: days, held: held)
                .holdingValues(to: people), people: people,
            interventions: interventions, measurements: try archive.measurements(),
            runDays: try archive.runs().map(\.asOf), testResults: try archive.testResults(over: period))
    }

    /// What the data page tells about files and refusals.
    func account(notes: [Diagnostic]) throws -> DataAccount {
        let deliveries = try archive.deliveries().filter { !$0.isUndone }
        let isAboutPeople = try tablesAboutPeople()
        var counts: [Reject.Cause: Int] = [:]
        var files: [DataAccount.FileAccount] = []
        var examples: [Reject] = []
        for delivery in deliveries.reversed() {
            for item in delivery.files.sorted(by: { $0.file.name.utf8.lexicographicallyPrecedes($1.file.name.utf8) }) {
                for reject in item.rejects { counts[reject.cause, default: 0] += reject.count }
                let file = DataAccount.FileAccount(
                    delivery: delivery.id, name: item.file.name, table: item.file.table,
                    sha256: hex(item.file.sha256),
                    rows: item.rows, accepted: item.accepted, rejected: item.rejects.reduce(0) { $0 + $1.count })
                files.append(isAboutPeople(item.file.table) ? file.coarse : file)
            }
            if examples.count < 1_000 {
                examples += try archive.rejects(delivery: delivery.id, limit: 1_000 - examples.count)
            }
        }
        // What was said of the newest files when they were read is said by every run, so that a run which follows one
        // that was interrupted says the same.
        var told = notes.filter { $0.severity != .error }.map { DataNote($0) }
        told += (deliveries.last?.files.flatMap(\.notes) ?? []).map { DataNote(stored: $0) }
        if let first = try archive.firstKeptDay() {
            told.append(
                DataNote([Remark("rows of days before \(first.iso) have been pruned; their daily figures are kept")]))
        }
        told += try registerRemarks()
        let pending = try archive.pendingRows()
        if pending > 0 { told.append(DataNote([Remark("\(pending) rows wait for the session that they belong to")])) }
        return DataAccount(
            files: files, rejects: Reject.Cause.allCases.map { ($0, counts[$0] ?? 0) }, examples: examples, notes: told
        )
    }

    /// Whether rows of a table name people, or have the ids of rows that do; a table that the configuration no longer has may.
    private func tablesAboutPeople() throws -> (String) -> Bool {
        guard
            try archive.holdsPeople()
                || archive.personRefusals(needsConsent: settings.privacy.needsConsent).erasures > 0
        else { return { _ in false } }
        let namesSomebody = settings.sources.contains { $0.mapping.personColumn != nil }
        let others = settings.sources.filter { source in
            let mapping = source.mapping
            let isOfSessions = mapping.role == .sessions || mapping.role == .scores
            return !mapping.role.isAboutPeople && mapping.personColumn == nil && !(isOfSessions && namesSomebody)
        }
        let tables = Set(others.map(\.mapping.table))
        return { !tables.contains($0) }
    }

    /// What the registers refer to and what is not there: groups without a record, measurements of unknown interventions.
    private func registerRemarks() throws -> [DataNote] {
        let interventions = try archive.interventions()
        let scopes = try interventions.compactMap { intervention -> DataNote? in
            let missing = try intervention.scope.values.filter { try !archive.hasStored($0.value, of: $0.dimension) }
            guard let first = missing.first else { return nil }
            return DataNote([
                Remark("intervention \(intervention.id): no record has \(first.dimension) = \(first.value)")
            ])
        }
        let known = Set(interventions.map(\.id))
        let strays = Dictionary(grouping: try archive.measurements().map(\.intervention).filter { !known.contains($0) })
        {
            $0
        }
        return scopes
            + strays.sorted { $0.key < $1.key }.map {
                DataNote([Remark("measurements of \($0.key), which is not in the register: \($0.value.count)")])
            }
    }

    /// The run's id is made of what went in: the day, the title, the zone, the version and the hashes of all files.
    func identity(
        of day: Day, _ settings: Settings, _ account: DataAccount, _ request: BuildRequest
    ) -> RunIdentity {
        let parts = [day.iso, settings.title, settings.zone.name, assayVersion] + account.files.map(\.sha256).sorted()
        let id = String(KeyHash.key(of: parts.joined(separator: "\n")), radix: 16)
        return RunIdentity(
            id: String(repeating: "0", count: 16 - id.count) + id, title: settings.title, zone: settings.zone.name,
            version: assayVersion,
            options: RunIdentity.Options(
                learners: (request.learners ?? settings.learnerPages).rawValue, language: settings.language.code,
                hasOneFile: request.hasOneFile, hasPDF: request.hasPDF))
    }

    /// Remembers the run with its summary, for later runs.
    func keep(
        _ run: RunIdentity, _ summary: JSONValue, _ delivery: DeliveryAccount, manifest: [UInt8], asOf day: Day,
        in surroundings: Surroundings
    ) throws {
        let entry = Run(
            id: run.id, asOf: day, started: surroundings.moment, inputs: delivery.inputs, outcome: "done",
            manifestHash: manifest)
        let bytes = Array(summary.compact.utf8)
        // The same run once more changes nothing; one that says something else, because the configuration did, does.
        if try archive.runs().contains(where: { $0.id == run.id && $0.asOf == day && $0.manifestHash == manifest }),
            try archive.summary(ofRun: run.id) == bytes
        {
            return
        }
        try archive.saveRun(entry, summary: bytes)
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension Archive {
    /// Opens the archive of some settings, or makes it with its folder.
    static func made(for settings: Settings, in surroundings: Surroundings) throws -> Archive {
        try FileManager.default.createDirectory(
            at: URL(filePath: settings.archive).deletingLastPathComponent(), withIntermediateDirectories: true)
        return try Archive(path: settings.archive, catalogue: settings.catalogue, holder: surroundings.lockHolder)
    }
}
