import Analysis
import Diagnostics
import Ingest
import Model
import Report
import Words

import class Foundation.FileManager

/// Everything that a run needs to know, resolved once from options, configuration and exports.
struct Settings: Sendable {
    var title: String
    var zone: ZoneRules
    var output: String
    var archive: String
    var templates: String
    var userTemplates: String?
    var catalogue: Catalogue
    var sources: [Source]
    var analysis: AnalysisSettings
    /// The share of a night's rows that may be refused before the night is.
    var allowedRejects = 0.5
    /// What is run after publishing; nil for nothing.
    var notification: NoticeCommand?
    /// What of the past is kept.
    var retention = RetentionSettings()
    /// Which learners get pages of their own.
    var learnerPages = LearnerPages.top
    /// Whether learners keep the ids of the export.
    var showsLearnerIds = false
    /// Whether titles and texts of learners' goals are kept and shown.
    var showsLearnerTexts = false
    /// The key of learners' pseudonyms; nil until there is one.
    var learnerKey: PseudonymKey?
    /// Where the site is reached, ended by a slash; nil where links stay relative.
    var baseAddress: String?
    /// What pages, charts and the digest are written in.
    var language = Language.english
    /// How people are kept private.
    var privacy = PrivacySettings()
    /// The declared reports.
    var reports: [ReportDefinition] = []
    /// What was assumed, in words for the data page.
    var notes: [Diagnostic]
    /// The folder of the configuration, where sources without arguments are looked for.
    var folder: String

    /// The columns that each metric is made of.
    static func composition(_ catalogue: Catalogue, _ sources: [Source]) -> [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        for mapping in sources.map(\.mapping) {
            for column in mapping.metrics where catalogue.metrics.indices.contains(column.metric) {
                found[catalogue.metrics[column.metric].name, default: []]
                    .formUnion(column.columns.map { "\(mapping.table).\($0)" })
            }
        }
        return found
    }

    /// One table: how it is read, and which files hold it.
    struct Source: Sendable {
        var mapping: SourceMapping
        /// Patterns of names, relative to the configuration's folder; empty for every file.
        var patterns: [String]
    }

    /// The patterns of a source as patterns of whole paths.
    func paths(of source: Source) -> [String] {
        source.patterns.map { $0.hasPrefix("/") ? $0 : folder + "/" + $0 }
    }

    /// Whether a file belongs to a table: by its path below the export folder, by its name alone, or by its place relative to the
    /// configuration.
    func takes(_ file: ExportFile, _ source: Source) -> Bool {
        guard !source.patterns.isEmpty else { return true }
        let last = file.name.split(separator: "/").last.map(String.init) ?? file.name
        if source.patterns.contains(where: { PathPattern($0).matches(file.name) || PathPattern($0).matches(last) }) {
            return true
        }
        guard case .file(let path) = file.source else { return false }
        return paths(of: source).contains { PathPattern($0).matches(path) }
    }
}

/// How much of the past is kept; nil keeps all of it. Daily figures and summaries are always kept.
struct RetentionSettings: Sendable, Hashable {
    /// For how many days up to the newest one rows are kept.
    var rowDays: Int?
    /// For how many of the newest days pages are kept, besides those of the last run of each month.
    var runs: Int?

    static let keys = ["row_days", "runs"]

    /// The days whose pages stay.
    func kept(_ days: [Day]) -> Set<Day> {
        guard let runs else { return Set(days) }
        let sorted = days.sorted()
        var kept = Set(sorted.suffix(runs))
        for (day, next) in zip(sorted, sorted.dropFirst()) where day.iso.prefix(7) != next.iso.prefix(7) {
            kept.insert(day)
        }
        return kept
    }
}

extension Settings {
    /// How a file is read: by the first source that takes it, else as results of tests if it looks like some; nil if
    /// nothing takes it. A source without patterns takes every file but JUnit reports, which are no tables of records.
    func mapping(of file: ExportFile) throws -> SourceMapping? {
        let taker = sources.first { takes(file, $0) }
        let isOpen = taker?.patterns.isEmpty ?? true
        guard isOpen else { return taker?.mapping }
        do {
            return try Self.role(of: file, takenBy: taker?.mapping.role).map(mapping(role:)) ?? taker?.mapping
        } catch {
            // What only a look could tell apart is taken as declared: reading it will say what is wrong with it.
            guard error.isOfOneFile, let taker else { throw error }
            return taker.mapping
        }
    }

    /// What a file is that its content tells: results of tests, points of health metrics or a pipeline log; nil for others.
    private static func role(
        of file: ExportFile, takenBy role: SourceMapping.Role?
    ) throws(IngestError) -> SourceMapping.Role? {
        if role != .validation, role == nil || file.name.lowercased().contains(".xml"),
            try TestResultSurvey.isResults(file)
        {
            return .validation
        }
        return role == .points || role == .stages ? nil : try PointSurvey.role(of: file)
    }

    /// The mapping that is declared for a role, or the usual one.
    private func mapping(role: SourceMapping.Role) -> SourceMapping {
        sources.first { $0.mapping.role == role }?.mapping
            ?? (role == .validation ? TestResultSurvey.mapping() : PointSurvey.mapping(role: role))
    }

    /// The days whose runs stand in the site: a site may have been moved or deleted since.
    func published(_ days: [Day]) -> [Day] {
        days.filter { FileManager.default.fileExists(atPath: "\(output)/runs/\($0.iso)/index.html") }
    }

    /// Those of some days whose runs have pages of single learners in the output folder.
    func showingLearners(_ days: [Day]) -> [Day] {
        days.filter { FileManager.default.fileExists(atPath: "\(output)/runs/\($0.iso)/learners/people") }
    }
}

/// Why a command ends early: its exit code and what to tell.
struct Failure: Error {
    var status: ExitStatus
    var diagnostics: [Diagnostic]

    init(_ status: ExitStatus, _ diagnostics: [Diagnostic]) {
        self.status = status
        self.diagnostics = diagnostics
    }

    init(_ status: ExitStatus, _ message: String, fix: String? = nil) {
        self.init(status, [Diagnostic(.error, message, fix: fix)])
    }
}
