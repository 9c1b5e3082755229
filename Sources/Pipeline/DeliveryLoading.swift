import Archive
import Diagnostics
import Ingest
import Model
import Report

/// What a delivery did.
struct DeliveryAccount {
    var outcome: LoadOutcome?
    var rows = 0
    var accepted = 0
    var rejected = 0
    var inputs: [Run.Input] = []
    /// The SHA-256 of every file that is in the archive, or was taken out of it, by its place among those given.
    var digests: [Int: [UInt8]] = [:]
    /// What was said of files while they were read; the archive keeps it.
    var readingRemarks: [Diagnostic] = []
    /// The ids of people as they stood in the files, for the check that none is published. They are never stored.
    var rawIDs: Set<String> = []
    /// Those of learners, which a setting may publish.
    var learnerIDs: Set<String> = []
    /// What the run changed before it read anything.
    var changes: [Diagnostic] = []
    /// What else there is to say.
    var diagnostics: [Diagnostic] = []

    /// How many files were not known before.
    var newFiles: Int { outcome?.newFiles.count ?? 0 }

    /// One sentence for people.
    var sentence: String {
        let files = newFiles
        if files == 0 { return "no new files (\(outcome?.skippedFiles.count ?? 0) known)" }
        return
            "\(files) new \(files == 1 ? "file" : "files"), \(rows) rows, \(accepted) accepted, \(rejected) refusals"
    }
}

/// One delivery while its files are read: pieces that any core can do, and what is done with them in their order.
///
/// A file is hashed while it is read. Only one that may be known, because a loaded file has its length, is hashed first;
/// so are registers, which are small.
final class DeliveryLoading {
    /// A file with the table that takes it.
    struct Entry {
        let file: ExportFile
        let mapping: SourceMapping
        /// Where it stands among the files that were given.
        let place: Int
        /// What it holds, where that is known without reading it.
        let digest: ExportDigest?
    }

    /// Something to do.
    enum Piece: Sendable {
        /// A file of so many bytes begins.
        case begin(Int, bytes: Int)
        case block(Int, RecordBlock)
        case segment(SegmentWork)
        /// Everything of a file has been handed out.
        case end(Int)
        /// A file that is read in one go if its hash is not known to the archive.
        case whole(Int, ExportFile)
        /// The same, where its hash has been told.
        case told(Int, ExportDigest)

        /// Does it.
        func done() throws -> Done {
            switch self {
            case .begin(let entry, let bytes): return .begin(entry, bytes: bytes)
            case .block(let entry, let block): return .rows(entry, block.rows())
            case .segment(let segment): return .segment(segment.packed())
            case .end(let entry): return .end(entry)
            case .told(let entry, let digest): return .digest(entry, digest)
            case .whole(let entry, let file):
                do throws(IngestError) {
                    return .digest(entry, try ExportDigest(of: file))
                } catch  where error.isOfOneFile {
                    return .unreadable(entry, error)
                }
            }
        }
    }

    /// What was done.
    enum Done: Sendable {
        case begin(Int, bytes: Int)
        case rows(Int, BlockRows)
        case segment(PackedSegment)
        case end(Int)
        case digest(Int, ExportDigest)
        /// The file is listed, but cannot be read.
        case unreadable(Int, IngestError)
    }

    /// The delivery in the archive.
    let loading: Loading
    let settings: Settings
    let asOf: Day
    /// Whether the day was asked for.
    let isDated: Bool
    /// The first day whose rows are kept, where earlier ones have been pruned.
    let firstDay: Day?
    /// The last day on which rows may lie.
    let lastDay: Day
    let rules: PersonRules?
    let policy: PeoplePolicy?
    /// Files with days first, so that others find the days of their keys.
    private let entries: [Entry]
    private var position = 0
    private var current: Int?
    private var readings: [Int: ExportReading] = [:]
    private var files: [Int: OpenFile] = [:]
    /// The lengths of the files that have been handed out.
    private var lengths: Set<Int> = []
    private var inputs: [Int: Run.Input] = [:]
    private var diagnostics: [Int: [Diagnostic]] = [:]
    private var readingRemarks: [Int: [Diagnostic]] = [:]
    var sums = DeliveryAccount()
    /// Whether a file could not be read to its end.
    private(set) var hasFailed = false
    private var readable = 0
    private var unreadable: [IngestError] = []
    /// The first refusals, to be shown where they stop the night.
    private var examples: [Reject] = []
    private var bytesEnded = 0

    init(
        _ files: [ExportFile], known: [Int: ExportDigest], into archive: Archive, settings: Settings, asOf: Day,
        isDated: Bool, takesBack: Bool, people: PeopleAccess
    ) throws {
        rules = people.rules(asOf: asOf)
        policy = people.policy(asOf: asOf)
        self.settings = settings
        self.asOf = asOf
        self.isDated = isDated
        lastDay = isDated ? asOf.advanced(by: ArchiveStore.settleDays) : asOf
        firstDay = try archive.firstKeptDay()
        var named: [Entry] = []
        for (place, file) in files.enumerated() {
            if let mapping = try settings.mapping(of: file) {
                named.append(Entry(file: file, mapping: mapping, place: place, digest: known[place]))
            } else {
                diagnostics[place] = [DeliveryLoading.untaken(file)]
            }
        }
        entries = named.filter { $0.mapping.role != .scores } + named.filter { $0.mapping.role == .scores }
        var tables: [String] = []
        for entry in named where !tables.contains(entry.mapping.table) { tables.append(entry.mapping.table) }
        loading = try archive.load(asOf: asOf, tables: tables, takesBack: takesBack)
        if let policy { try loading.refuseErased(by: policy) }
    }

    /// What to say of a file that belongs to no table.
    static func untaken(_ file: ExportFile) -> Diagnostic {
        Diagnostic(.warning, [Remark("no source takes this file; it is left out")], at: .init(file: file.name))
    }

    /// What has been read so far, in the order of the files that were given.
    var account: DeliveryAccount {
        var account = sums
        account.inputs = inputs.sorted { $0.key < $1.key }.map(\.value)
        account.diagnostics = diagnostics.sorted { $0.key < $1.key }.flatMap(\.value)
        account.readingRemarks = readingRemarks.sorted { $0.key < $1.key }.flatMap(\.value)
        return account
    }

    /// How many bytes of the files have been read; a file that has ended counts whole.
    var bytesRead: Int { bytesEnded + readings.values.reduce(0) { $0 + $1.bytesRead } }

    // MARK: Pieces

    /// The next thing to do; nil when every file has been handed out.
    func next() throws -> Piece? {
        if let segment = loading.nextSegment() { return .segment(segment) }
        if let index = current {
            if let block = readings[index]?.next() { return .block(index, block) }
            current = nil
            return .end(index)
        }
        while position < entries.count {
            position += 1
            if let piece = try begin(position - 1) { return piece }
        }
        return nil
    }

    /// The first piece of a file; nil for one that is left out.
    private func begin(_ index: Int) throws -> Piece? {
        let entry = entries[index]
        if let digest = entry.digest { return .told(index, digest) }
        let isTable = entry.mapping.role == .sessions || entry.mapping.role == .scores
        guard isTable, let bytes = entry.file.bytes, lengths.insert(bytes).inserted,
            try !loading.knowsFile(bytes: bytes)
        else { return .whole(index, entry.file) }
        do {
            readings[index] = try reading(entry, hashes: true)
        } catch let error as IngestError where error.isOfOneFile {
            leaveOut(index, error)
            return nil
        }
        current = index
        return .begin(index, bytes: bytes)
    }

    private func reading(_ entry: Entry, hashes: Bool) throws -> ExportReading {
        try ExportReading(
            entry.file.source, file: entry.file.name, mapping: entry.mapping, catalogue: settings.catalogue,
            zone: settings.zone, asOf: lastDay, limits: limits(hashes: hashes))
    }

    // MARK: Results

    /// Takes over what was done; results come in the order of their pieces.
    func take(_ done: Done) throws {
        switch done {
        case .begin(let index, let bytes):
            let entry = entries[index]
            files[index] = try loading.begin(
                name: entry.file.name, table: entry.mapping.table, bytes: bytes, place: entry.file.path)
        case .rows(let index, let rows): try accept(rows, of: index)
        case .segment(let segment): try loading.keep(segment)
        case .end(let index): try end(index)
        case .digest(let index, let digest): try readWhole(index, digest)
        case .unreadable(let index, let error): leaveOut(index, error)
        }
    }

    private func accept(_ rows: BlockRows, of index: Int) throws {
        guard let file = files[index], let batches = readings[index]?.accept(rows) else { return }
        for batch in batches { try add(batch, entries[index].mapping, file) }
    }

    private func add(_ batch: RecordBatch, _ mapping: SourceMapping, _ file: OpenFile) throws {
        guard mapping.role == .sessions, mapping.timeColumn == nil else { return try loading.add(batch, to: file) }
        // Sessions without any time belong to the day of their delivery.
        var dated = batch
        dated.days = Array(repeating: asOf.number, count: batch.count)
        try loading.add(dated, to: file)
    }

    private func end(_ index: Int) throws {
        guard var reading = readings.removeValue(forKey: index), let file = files.removeValue(forKey: index) else {
            return
        }
        try reading.readDocument { try add($0, entries[index].mapping, file) }
        let outcome = reading.finish()
        note(reading.rawPeople)
        bytesEnded += outcome.bytes
        let sha256 = ExportDigest.bytes(of: outcome.sha256 ?? "")
        try loading.seal(file, sha256: sha256, bytes: outcome.bytes)
        try finish(index, file, sha256, outcome)
    }

    /// Reads a small file, or one whose hash is needed first.
    private func readWhole(_ index: Int, _ digest: ExportDigest) throws {
        let entry = entries[index]
        let offered = DeliveryFile(
            sha256: digest.sha256, name: entry.file.name, table: entry.mapping.table, bytes: digest.bytes,
            place: entry.file.path, newestCounts: entry.mapping.role.isAboutPeople,
            namesDay: entry.file.namesDay)
        sums.digests[entry.place] = digest.sha256
        bytesEnded += digest.bytes
        guard let file = try loading.begin(offered) else {
            // What is known was read once.
            readable += 1
            return
        }
        do {
            try finish(index, file, digest.sha256, try read(entry, file))
        } catch let error as IngestError where error.isOfOneFile {
            try loading.finish(file, rows: 0, accepted: 0, counts: [], rejects: [])
            leaveOut(index, error)
            sums.digests[entry.place] = nil
        }
    }

    private func read(_ entry: Entry, _ file: OpenFile) throws -> ReadOutcome {
        let mapping = entry.mapping
        switch mapping.role {
        case .sessions, .scores:
            var export = try reading(entry, hashes: false)
            while let block = export.next() {
                for batch in export.accept(block.rows()) { try add(batch, mapping, file) }
            }
            try export.readDocument { try add($0, mapping, file) }
            note(export.rawPeople)
            return export.finish()
        case .interventions, .measurements, .learning, .goals, .points, .stages, .validation:
            return try readRegister(entry)
        case .models: return try readModels(entry)
        case .people, .activity, .progress, .outcomes: return try readPeople(entry)
        }
    }

    private func finish(_ index: Int, _ file: OpenFile, _ sha256: [UInt8], _ outcome: ReadOutcome) throws {
        let counts = Reject.Cause.allCases.flatMap { cause -> [Delivery.RejectCount] in
            guard let count = outcome.rejectCounts[cause] else { return [] }
            return [
                .init(cause: cause, isWholeRow: true, count: count.rows),
                .init(cause: cause, isWholeRow: false, count: count.cells),
            ].filter { $0.count > 0 }
        }
        // What is said of the file belongs to it, so that later runs can say it too.
        var remarks = outcome.notes
        if let failure = outcome.failure {
            hasFailed = true
            var diagnostic = failure.diagnostic
            diagnostic.severity = .warning
            diagnostic.remarks.append(Remark("; \(outcome.accepted) rows before that are kept"))
            remarks.append(diagnostic)
        }
        let pruned = loading.prunedRows(of: file)
        if pruned > 0 {
            remarks.append(
                Diagnostic(
                    .warning, [Remark("\(pruned) rows of records on days whose rows have been pruned are refused")],
                    at: .init(file: entries[index].file.name)))
        }
        try loading.finish(
            file, rows: outcome.rows, accepted: outcome.accepted, counts: counts, rejects: outcome.rejects,
            notes: remarks.filter { $0.severity != .error }.map { remark in
                var kept = remark
                kept.place?.file = remark.place.map { loading.keptName($0.file) } ?? ""
                return DataNote(kept).stored
            })
        readable += 1
        if examples.count < 20 { examples += outcome.rejects.prefix(20 - examples.count) }
        let place = entries[index].place
        inputs[place] = .init(name: loading.keptName(entries[index].file.name), sha256: sha256)
        sums.digests[place] = sha256
        sums.rows += outcome.rows
        sums.accepted += outcome.accepted - pruned
        sums.rejected += outcome.rowsRejected + outcome.cellsRejected + pruned
        readingRemarks[place] = remarks
    }

    /// What is no table of ours costs the night one file, not the others.
    private func leaveOut(_ index: Int, _ error: IngestError) {
        hasFailed = true
        var diagnostic = error.diagnostic
        diagnostic.severity = .warning
        diagnostic.remarks.append(Remark("; the file is left out"))
        diagnostics[entries[index].place, default: []].append(diagnostic)
        unreadable.append(error)
    }

    /// Throws where rows were refused that may not be.
    func requireAcceptable(_ account: DeliveryAccount, isStrict: Bool) throws {
        // Nothing but files that do not fit: the mapping is wrong, not the files.
        if readable == 0, let first = unreadable.first { throw first }
        let shown = examples.map { reject in
            Diagnostic(
                .warning,
                "\(reject.cause.rawValue)\(reject.column.map { " in column `\($0)`" } ?? ""), found `\(reject.found)`; \(reject.isWholeRow ? "the row" : "the cell") is refused",
                at: .init(file: reject.file, line: reject.line, column: reject.position))
        }
        if isStrict, account.rejected > 0 || hasFailed {
            let refused = account.rejected == 1 ? "1 row or cell was" : "\(account.rejected) rows or cells were"
            throw Failure(
                .inputRefused,
                account.diagnostics + account.readingRemarks + shown + [
                    Diagnostic(.error, "\(refused) refused, and --strict was given")
                ])
        }
        let lost = account.rows - account.accepted
        guard account.rows > 0, Double(lost) > settings.allowedRejects * Double(account.rows) else { return }
        throw Failure(
            .inputRefused,
            account.diagnostics + shown + [
                Diagnostic(
                    .error,
                    "\(lost) of \(account.rows) rows are refused, more than `allowed_rejects` (\(settings.allowedRejects)) permits; nothing is kept",
                    fix: "Look at the first refusals above; if the rows are to be dropped, raise `allowed_rejects`.")
            ])
    }
}

extension DataNote {
    /// What a message says of exports, with its line where it has one.
    init(_ diagnostic: Diagnostic) {
        let place = diagnostic.place.map { place in place.file + (place.line.map { ":\($0)" } ?? "") }
        self.init(diagnostic.remarks, file: place)
    }
}

extension IngestError {
    /// Whether the error says that a file is no table of ours, or has gone since the folder was listed, which is no reason
    /// to give up the others.
    var isOfOneFile: Bool { kind == .mapping || kind == .malformed || kind == .missing }
}
