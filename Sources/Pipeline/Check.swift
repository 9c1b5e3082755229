import Archive
import Diagnostics
import Foundation
import Ingest
import Model
import Site

/// `assay check`: everything that can be found wrong without writing, with the archive, the folders and the room on their disks.
public func check(_ request: CheckRequest, in surroundings: Surroundings, messages: MessageSink) async -> ExitStatus {
    await reporting(to: messages) {
        let named = try exportFiles(request.exports, in: surroundings)
        let options = SettingsOptions(configuration: request.configuration)
        let settings = try Settings.resolve(options, exports: named, in: surroundings)
        messages.say(settings.notes)
        let templates = templateProblems(bundled: settings.templates, user: settings.userTemplates)
        messages.say(templates.map { Diagnostic(.error, $0) })
        let found = Doctor(settings: settings).diagnostics
        messages.say(found)
        let files = named.isEmpty ? try settings.ownFiles() : named
        let archive = try readableArchive(settings)
        var known = NamedValues(archive)
        var refused = 0
        for file in files { refused += try checkFile(file, settings, surroundings, &known, messages) }
        messages.say(.outcome("\(files.count) files checked, \(refused) refusals."))
        try requireBuildable(settings, known, files, in: surroundings)
        if found.contains(where: { $0.severity == .error }) { throw ExitStatus.cannotWrite }
        if !templates.isEmpty { throw ExitStatus.failed }
        if request.isStrict, refused > 0 { throw ExitStatus.inputRefused }
    }
}

/// The archive, to be read; nil where there is none, or none that this version can read without changing it.
private func readableArchive(_ settings: Settings) throws -> Archive? {
    guard FileManager.default.fileExists(atPath: settings.archive) else { return nil }
    do {
        guard try !Archive.isOfEarlierSchema(settings.archive) else { return nil }
        return try Archive(reading: settings.archive, catalogue: settings.catalogue)
    } catch is ArchiveError {
        return nil  // what is wrong with it has been said
    }
}

/// Refuses what a build refuses once it has read the files: values and series that nothing has, and a key of pseudonyms that is
/// missing or another than the archive's.
private func requireBuildable(
    _ settings: Settings, _ known: NamedValues, _ files: [ExportFile], in surroundings: Surroundings
) throws {
    var problems: [Diagnostic] = []
    for requirement in [
        { try settings.requireMatches(in: known) },
        {
            let people = try PeopleAccess(settings, files, in: surroundings)
            if let archive = known.archive { try people.requireAccepted(by: archive) }
        },
    ] {
        do { try requirement() } catch let failure as Failure where failure.status == .configuration {
            problems += failure.diagnostics
        }
    }
    guard problems.isEmpty else { throw Failure(.configuration, problems) }
}

/// Reads a file to its end and says what it would refuse.
private func checkFile(
    _ file: ExportFile, _ settings: Settings, _ surroundings: Surroundings, _ known: inout NamedValues,
    _ messages: MessageSink
) throws -> Int {
    guard let mapping = try settings.mapping(of: file) else {
        messages.say(.diagnostic(Diagnostic(.warning, "no source takes this file", at: .init(file: file.name))))
        return 0
    }
    let asOf = surroundings.today(in: settings.zone)
    var limits = ReadLimits()
    // Nothing of what is read here is kept.
    limits.key = PseudonymKey(bytes: [])
    let outcome: ReadOutcome =
        switch mapping.role {
        case .sessions, .scores:
            try ExportReader.read(
                file.source, file: file.name, mapping: mapping, catalogue: settings.catalogue, zone: settings.zone,
                asOf: asOf, limits: limits
            ) { known.add($0, of: settings.catalogue.dimensions) }
        case .interventions:
            try RegisterReader.interventions(
                file.source, file: file.name, mapping: mapping, catalogue: settings.catalogue, zone: settings.zone,
                asOf: asOf
            ).outcome
        case .measurements:
            try RegisterReader.measurements(
                file.source, file: file.name, mapping: mapping, zone: settings.zone, asOf: asOf
            ).outcome
        case .learning:
            try LearningReader(
                file: file.name, mapping: mapping, zone: settings.zone, people: settings.people, lastDay: asOf
            ).sessions(file.source) { _ in }
        case .goals:
            try LearningReader(
                file: file.name, mapping: mapping, zone: settings.zone, people: settings.people, lastDay: asOf
            ).goals(file.source) { _ in }
        case .points:
            try points(of: file, settings, mapping, asOf, &known)
        case .stages:
            try PointReader.stages(
                file.source, file: file.name, mapping: mapping, zone: settings.zone, lastDay: asOf
            ).outcome
        case .validation:
            try TestResultReader.results(
                file.source, file: file.name, mapping: mapping, zone: settings.zone, deliveryDay: asOf, lastDay: asOf
            ).outcome
        case .people, .activity, .progress, .outcomes:
            try PersonReader.read(
                file.source, file: file.name, mapping: mapping, zone: settings.zone, deliveryDay: asOf, lastDay: asOf,
                rules: PersonRules(key: PseudonymKey(bytes: []))
            ).outcome
        case .models:
            try ModelScoreReader.scores(
                file.source, file: file.name, mapping: mapping, zone: settings.zone, deliveryDay: asOf, lastDay: asOf
            ).outcome
        }
    messages.say(outcome.notes)
    for reject in outcome.rejects.prefix(100) {
        let column = reject.column.map { " in column `\($0)`" } ?? ""
        messages.say(
            .diagnostic(
                Diagnostic(
                    .warning,
                    "\(reject.cause.rawValue)\(column), found `\(reject.found)`; \(reject.isWholeRow ? "the row" : "the cell") is refused",
                    at: .init(file: reject.file, line: reject.line, column: reject.position))))
    }
    let refused = outcome.rejectCounts.values.reduce(0) { $0 + $1.rows + $1.cells }
    let shown = min(100, outcome.rejects.count)
    if refused > shown {
        messages.say(
            .diagnostic(
                Diagnostic(.warning, "\(refused - shown) further refusals are not shown", at: .init(file: file.name))))
    }
    if let failure = outcome.failure { messages.say(.diagnostic(failure.diagnostic)) }
    return outcome.rowsRejected + outcome.cellsRejected
}

/// Reads points, and notes of which series they are.
private func points(
    of file: ExportFile, _ settings: Settings, _ mapping: SourceMapping, _ asOf: Day, _ known: inout NamedValues
) throws -> ReadOutcome {
    let read = try PointReader.points(
        file.source, file: file.name, mapping: mapping, zone: settings.zone, lastDay: asOf)
    known.add(read.entries)
    return read.outcome
}

/// Everything that is wrong with the text of a configuration, each with its place; empty if it can be used.
public func configurationProblems(_ text: String) -> [Diagnostic] {
    var reader = YAMLReader(file: "assay.yaml", text: text)
    let file = ConfigurationFile.read(&reader)
    if file.isUnreadable { return reader.problems }
    var assembly = SettingsAssembly(file: file, reader: reader)
    _ = assembly.tables(areNeeded: true)
    _ = assembly.zone(file.timeZone ?? "UTC")
    _ = assembly.analysis()
    return assembly.reader.problems
}
