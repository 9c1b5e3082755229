import Archive
import Diagnostics
import Foundation
import Model
import Report
import Site

/// The folders in which a forgotten person's pages may stand: that of the configuration, or the one that is asked for, and every
/// other that the archive has published in.
struct ForgottenSites {
    /// The folder of the configuration, or the one that is asked for.
    private let output: String
    /// Every folder that is there, `output` first.
    private let folders: [String]
    /// Folders that runs were published in and that are gone.
    private let gone: [String]
    /// Whether runs were published before their folders were noted.
    private let hasUnnoted: Bool
    private let request: HistoryRequest
    private let surroundings: Surroundings

    init(_ settings: Settings?, _ request: HistoryRequest, _ surroundings: Surroundings) throws {
        self.request = request
        self.surroundings = surroundings
        let own = settings?.output ?? surroundings.absolute(request.options.output ?? "Output")
        let known = try openArchive(request, in: surroundings).publishedFolders()
        func isThere(_ folder: String) -> Bool { FileManager.default.fileExists(atPath: folder) }
        output = own
        hasUnnoted = known.contains("")
        folders = ([own] + known.filter { $0 != own && !$0.isEmpty }).filter(isThere)
        gone = known.filter { !$0.isEmpty && !isThere($0) }
    }

    /// Where a folder is named, unless it is that of the configuration.
    private func suffix(_ folder: String) -> String { folder == output ? "" : " in \(folder)" }

    /// The files of a folder with their bytes, by name.
    private func files(of folder: String, _ body: (String, [UInt8]) throws -> Bool) rethrows {
        for name in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }).sorted() ?? [] {
            guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
            guard try body(name, [UInt8](data)) else { return }
        }
    }

    /// Whether some file of some folder names a person.
    func name(_ scan: LeakScan) throws -> Bool {
        for folder in folders {
            var isNamed = false
            files(of: folder) { name, bytes in
                isNamed = !scan.hits(in: bytes, path: name).isEmpty
                return !isNamed
            }
            if isNamed { return true }
        }
        return false
    }

    /// Whether some run's summary names a person.
    func isSummarised(_ scan: LeakScan) throws -> Bool {
        let archive = try readArchive(request, in: surroundings)
        return try archive.runs().contains { run in
            try !scan.hits(in: archive.summary(ofRun: run.id) ?? [], path: "").isEmpty
        }
    }

    /// Makes past runs again in every folder that has their pages, the oldest first; what cannot be is said.
    func remade(_ runs: [Run], _ settings: Settings?, _ messages: MessageSink) async throws -> [String] {
        guard let settings else {
            return runs.map { "noted\trun \($0.id) of \($0.asOf.iso): its summary was made with the person's rows" }
        }
        var (lines, replaced): ([String], [String]) = ([], [])
        for day in Set(runs.map(\.asOf)).sorted() {
            let before = runs.filter { $0.asOf == day }.map(\.id)
            let standing = folders.filter { folder in
                var settings = settings
                settings.output = folder
                return !settings.published([day]).isEmpty
            }
            guard !standing.isEmpty else {
                lines += before.map {
                    "noted\trun \($0) of \(day.iso): its pages are gone, its summary stays as it was"
                }
                continue
            }
            var isWhole = true
            // The configuration's folder last, so that the archive keeps the summary that stands there.
            for folder in standing.reversed() {
                let status = try await remake(day, in: folder, asRunOf: before.last, messages)
                if status == .done || status == .alertFiring {
                    lines.append("made_again\t\(day.iso)\(suffix(folder))")
                } else {
                    isWhole = false
                    lines += before.map {
                        "noted\trun \($0) of \(day.iso)\(suffix(folder)): it could not be made again (exit \(status.rawValue))"
                    }
                }
            }
            if isWhole { replaced += before }
        }
        try replace(replaced)
        return lines
    }

    /// Makes a day's pages in a folder again, as they were published there.
    private func remake(
        _ day: Day, in folder: String, asRunOf id: String?, _ messages: MessageSink
    ) async throws -> ExitStatus {
        var build = BuildRequest(
            exports: [], configuration: request.options.configuration, output: folder,
            archive: request.options.archive, asOf: day.iso, timeZone: request.options.timeZone, isStrict: false,
            requiresNewData: false, isDryRun: false, jobs: nil)
        build.readsNothing = true
        let stored = try id.flatMap { try openArchive(request, in: surroundings).summary(ofRun: $0) }
        let standing = FileManager.default.contents(atPath: "\(folder)/summaries/\(day.iso).json").map { [UInt8]($0) }
        build.publish(as: folder == output ? stored ?? standing : standing ?? stored)
        return await Pipeline.build(build, in: surroundings, messages: messages.silenced)
    }

    /// Takes runs out of the archive that have been made again under other ids.
    private func replace(_ replaced: [String]) throws {
        let archive = try openArchive(request, in: surroundings)
        let current = try archive.runs()
        // A run that was made again under its own id has been replaced already.
        let newest = Dictionary(current.map { ($0.asOf, $0.id) }) { _, last in last }
        try archive.replaceRuns(
            replaced.filter { id in current.contains { $0.id == id && newest[$0.asOf] != id } })
    }

    /// Looks for the person in the files that are there now: the archive's summaries, and the sites. Summaries that could not
    /// be made again are struck first.
    ///
    /// - Returns: what to say if something still names the person; nil if nothing does.
    func leftovers(of scan: LeakScan, _ lines: inout [String]) throws -> Failure? {
        let archive = try openArchive(request, in: surroundings)
        let struck = try strikeSummaries(scan, archive, outputs: folders)
        lines += struck
        if !struck.isEmpty { try archive.shrink() }
        var hits: [String] = []
        let runs = try archive.runs()
        for run in runs {
            let bytes = try archive.summary(ofRun: run.id) ?? []
            if !scan.hits(in: bytes, path: "").isEmpty { hits.append("the summary of run \(run.id)") }
        }
        lines.append("proof\t\(runs.count) summaries read: \(hits.count) name the person")
        for folder in folders {
            var (read, found) = (0, 0)
            files(of: folder) { name, bytes in
                read += 1
                guard !scan.hits(in: bytes, path: name).isEmpty else { return true }
                found += 1
                hits.append(folder == output ? name : folder + "/" + name)
                return true
            }
            lines.append("proof\t\(read) published files read\(suffix(folder)): \(found) name the person")
        }
        note(&lines, scan)
        return failure(hits)
    }

    private func note(_ lines: inout [String], _ scan: LeakScan) {
        if !folders.contains(output) { lines.append("noted\t\(output) is not there: no published file was read in it") }
        lines += gone.filter { $0 != output }.map {
            "noted\t\($0) is not there any more: runs were published in it, and copies elsewhere were not read"
        }
        if hasUnnoted {
            lines.append(
                "noted\tbefore this version it was not noted where runs were published: other folders than these were not read"
            )
        }
        if scan.unsearched > 0 {
            lines.append("noted\tthe id is too short to be told from figures; pages were made again without the person")
        }
    }

    private func failure(_ hits: [String]) -> Failure? {
        guard !hits.isEmpty else { return nil }
        let shown = 20
        var found = hits.prefix(shown).map { Diagnostic(.error, "it still names the person", at: .init(file: $0)) }
        if hits.count > shown { found.append(Diagnostic(.error, "\(hits.count - shown) more files do")) }
        found[found.count - 1].fix =
            "Ask again with --config, so that the pages are made again; `assay init` writes one."
        return Failure(.failed, found)
    }
}

extension BuildRequest {
    /// Takes over how a run was published: its zone, language, learners and documents. Summaries of older versions name the
    /// zone alone.
    fileprivate mutating func publish(as summary: [UInt8]?) {
        guard let summary = summary.flatMap({ JSONValue(reading: $0) }) else { return }
        let run = RunIdentity(summary)
        options.timeZone = run.zone.isEmpty ? options.timeZone : run.zone
        guard let published = run.options else { return }
        language = published.language
        learners = LearnerPages(rawValue: published.learners) ?? learners
        (hasOneFile, hasPDF) = (published.hasOneFile, published.hasPDF)
    }
}
