import Archive
import Diagnostics
import Foundation
import Ingest
import Model
import Report
import Site

/// `assay history forget USER`: erases a person from the archive, makes the summaries and pages of past runs again, and
/// proves that nothing is left.
///
/// Past runs are made again only with a configuration, because their pages are a function of it; without one, and for days
/// whose rows were pruned, what stays is said. What names the person is struck from summaries that cannot be made again.
/// Asking again goes on where an earlier call was interrupted.
public func forgetPerson(
    _ user: String, _ request: HistoryRequest, in surroundings: Surroundings, messages: MessageSink,
    print: ([UInt8]) -> Void
) async -> ExitStatus {
    await reporting(to: messages) {
        let configuration = try Settings.configurationPath(request.options, surroundings)
        let path = try archivePath(request, in: surroundings)
        var place = PrivacyKeyPlace(
            path: URL(filePath: path).deletingLastPathComponent().appending(path: "privacy.key").path, isNamed: false)
        var settings: Settings?
        if configuration != nil {
            settings = try Settings.resolve(request.options, exports: [], in: surroundings)
            if let file = settings?.privacy.keyFile { place = PrivacyKeyPlace(path: file, isNamed: true) }
        }
        // Learners under their own ids have no pseudonyms, but what stands for an erased one takes a key.
        if settings?.showsLearnerIds ?? false, try place.key(in: surroundings) == nil, let notice = try place.make() {
            messages.say([notice])
        }
        guard let key = try place.key(in: surroundings) else {
            throw Failure(
                .inputMissing, "\(place.path): there is no key of pseudonyms, so nobody can be found",
                fix: "Put the key back, or give it as ASSAY_PRIVACY_KEY.")
        }
        let pseudonym = key.pseudonym(of: user)
        var (lines, erased): ([String], Erasure?) = ([], nil)
        var runs: [Run] = []
        do {
            let archive = try openArchive(request, in: surroundings)
            guard try archive.accepts(keyCode: key.check) else {
                throw Failure(
                    .configuration, "the key of pseudonyms is not the one that the archive's people were stored with")
            }
            let scan = LeakScan([user])
            erased = try archive.forget(
                person: pseudonym, rawID: user, mark: key.erasureMark(of: pseudonym), names: scan.names)
            if let erased {
                lines = erased.lines
                guard erased.left == 0 else {
                    throw Failure(.failed, erased.proof.map { Diagnostic(.error, $0) })
                }
                try archive.shrink()
            }
            let older = Set(try archive.runsOlderThanErasure())
            runs = try archive.runs().filter { older.contains($0.id) }
        }
        if erased == nil, runs.isEmpty {
            messages.say(.outcome("Nothing is stored of this person; later exports of theirs will be dropped."))
            if request.format == .json { print(account(of: nil, []).pretty) }
            return
        }
        lines += try await remade(runs, settings, request, surroundings, messages)
        let output = settings?.output ?? surroundings.absolute(request.options.output ?? "Output")
        let left = try leftovers(of: LeakScan([user, pseudonym]), output, &lines, request, surroundings)
        print(
            request.format == .json
                ? account(of: erased, lines).pretty : Array((lines.joined(separator: "\n") + "\n").utf8))
        messages.say(
            .outcome(
                erased == nil
                    ? "Nothing more was stored of this person; runs from before an erasure were gone through again."
                    : "The archive has erased the person; the audit trail says so without saying who."))
        if let left { throw left }
    }
}

/// An erasure as JSON, with what was done and found afterwards.
private func account(of erasure: Erasure?, _ lines: [String]) -> JSONValue {
    func texts(_ key: String) -> JSONValue {
        .array(lines.filter { $0.hasPrefix(key + "\t") }.map { .string(String($0.dropFirst(key.count + 1))) })
    }
    return .object([
        "facts": .int(erasure?.facts ?? 0), "rows": .int(erasure?.rows ?? 0),
        "refusals": .int(erasure?.rejects ?? 0),
        "days": .array((erasure?.days ?? []).map { .string($0.iso) }), "made_again": texts("made_again"),
        "noted": texts("noted"), "struck": texts("struck"), "proof": texts("proof"),
    ])
}

extension Erasure {
    fileprivate var lines: [String] {
        [
            "facts\t\(facts) erased", "rows\t\(rows) erased", "refusals\t\(rejects) emptied",
            "days\t\(days.count) computed again",
        ] + frozenDays.map { "noted\t\($0.iso): its rows were pruned; its daily figures still contain the person" }
            + proof.map { "proof\t\($0)" }
    }
}

/// Makes past runs again, the oldest first; what cannot be is said.
private func remade(
    _ runs: [Run], _ settings: Settings?, _ request: HistoryRequest, _ surroundings: Surroundings,
    _ messages: MessageSink
) async throws -> [String] {
    guard let settings else {
        return runs.map { "noted\trun \($0.id) of \($0.asOf.iso): its summary was made with the person's rows" }
    }
    var lines: [String] = []
    var replaced: [String] = []
    let published = Set(settings.published(runs.map(\.asOf)))
    for day in Set(runs.map(\.asOf)).sorted() {
        let before = runs.filter { $0.asOf == day }.map(\.id)
        guard published.contains(day) else {
            lines += before.map { "noted\trun \($0) of \(day.iso): its pages are gone, its summary stays as it was" }
            continue
        }
        var build = BuildRequest(
            exports: [], configuration: request.options.configuration, output: request.options.output,
            archive: request.options.archive, asOf: day.iso, timeZone: request.options.timeZone, isStrict: false,
            requiresNewData: false, isDryRun: false, jobs: nil)
        build.readsNothing = true
        if let newest = before.last {
            try build.publish(as: openArchive(request, in: surroundings).summary(ofRun: newest))
        }
        let status = await Pipeline.build(build, in: surroundings, messages: messages.silenced)
        if status == .done || status == .alertFiring {
            lines.append("made_again\t\(day.iso)")
            replaced += before
        } else {
            lines += before.map {
                "noted\trun \($0) of \(day.iso): it could not be made again (exit \(status.rawValue))"
            }
        }
    }
    let archive = try openArchive(request, in: surroundings)
    let current = try archive.runs()
    // A run that was made again under its own id has been replaced already.
    let newest = Dictionary(current.map { ($0.asOf, $0.id) }) { _, last in last }
    try archive.replaceRuns(
        replaced.filter { id in
            current.contains { $0.id == id && newest[$0.asOf] != id }
        })
    return lines
}

extension BuildRequest {
    /// Takes over how a run was published: its zone, language, learners and documents. Summaries of older versions name the
    /// zone alone.
    fileprivate mutating func publish(as summary: [UInt8]?) throws {
        guard let summary = summary.flatMap({ JSONValue(reading: $0) }) else { return }
        let run = RunIdentity(summary)
        options.timeZone = run.zone.isEmpty ? options.timeZone : run.zone
        guard let published = run.options else { return }
        language = published.language
        learners = LearnerPages(rawValue: published.learners) ?? learners
        (hasOneFile, hasPDF) = (published.hasOneFile, published.hasPDF)
    }
}

/// Looks for the person in the files that are there now: the archive's summaries, and the site. Summaries that could not
/// be made again are struck first.
///
/// - Returns: what to say if something still names the person; nil if nothing does.
private func leftovers(
    of scan: LeakScan, _ output: String, _ lines: inout [String], _ request: HistoryRequest,
    _ surroundings: Surroundings
) throws -> Failure? {
    let archive = try openArchive(request, in: surroundings)
    let struck = try strikeSummaries(scan, archive, output: output)
    lines += struck
    if !struck.isEmpty { try archive.shrink() }
    var hits: [String] = []
    let runs = try archive.runs()
    for run in runs {
        let bytes = try archive.summary(ofRun: run.id) ?? []
        if !scan.hits(in: bytes, path: "").isEmpty { hits.append("the summary of run \(run.id)") }
    }
    lines.append("proof\t\(runs.count) summaries read: \(hits.count) name the person")
    let inArchive = hits.count
    var files = 0
    for name in FileManager.default.enumerator(atPath: output)?.compactMap({ $0 as? String }).sorted() ?? [] {
        guard let data = FileManager.default.contents(atPath: output + "/" + name) else { continue }
        files += 1
        if !scan.hits(in: [UInt8](data), path: name).isEmpty { hits.append(name) }
    }
    lines.append("proof\t\(files) published files read: \(hits.count - inArchive) name the person")
    if scan.unsearched > 0 {
        lines.append("noted\tthe id is too short to be told from figures; pages were made again without the person")
    }
    guard !hits.isEmpty else { return nil }
    let shown = 20
    var found = hits.prefix(shown).map { Diagnostic(.error, "it still names the person", at: .init(file: $0)) }
    if hits.count > shown { found.append(Diagnostic(.error, "\(hits.count - shown) more files do")) }
    found[found.count - 1].fix =
        "Ask again with --config, so that the pages are made again; `assay init` writes one."
    return Failure(.failed, found)
}
