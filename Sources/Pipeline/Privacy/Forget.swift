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
    _ written: String, _ request: HistoryRequest, in surroundings: Surroundings, messages: MessageSink,
    print: ([UInt8]) -> Void
) async -> ExitStatus {
    let user = PseudonymKey.canonical(written)
    return await reporting(to: messages) {
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
        let scan = LeakScan([user, pseudonym])
        let sites = try ForgottenSites(settings, request, surroundings)
        var (lines, erased, runs) = try erase(user, key, scan, sites, request, surroundings)
        if erased == nil, runs.isEmpty, try !sites.name(scan) {
            messages.say(
                .outcome(
                    "Nothing is stored of a person with this id as it is written; later exports that write it so will be dropped."
                ))
            if request.format == .json { print(account(of: nil, []).pretty) }
            return
        }
        if runs.isEmpty, settings != nil { runs = try openArchive(request, in: surroundings).runs() }
        lines += try await sites.remade(runs, settings, messages)
        let left = try sites.leftovers(of: scan, &lines)
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

/// Erases a person from the archive and proves it.
///
/// - Returns: what to print of it, the erasure (nil if nothing was stored of the person, or no longer), and the runs whose pages were
///   made with the person.
/// - Throws: `Failure` with 66 where nobody has the id; nothing is changed then.
private func erase(
    _ user: String, _ key: PseudonymKey, _ scan: LeakScan, _ sites: ForgottenSites, _ request: HistoryRequest,
    _ surroundings: Surroundings
) throws -> (lines: [String], erased: Erasure?, runs: [Run]) {
    let pseudonym = key.pseudonym(of: user)
    let mark = key.erasureMark(of: pseudonym)
    let archive = try openArchive(request, in: surroundings)
    guard try archive.accepts(keyCode: key.check) else {
        throw Failure(
            .configuration, "the key of pseudonyms is not the one that the archive's people were stored with")
    }
    // An erasure under a new key is of somebody who was erased already, and whom the archive therefore does not know.
    let isOwed = try archive.erasuresToRepeat(keyCode: key.check) > 0
    let found = try SpeltId(user, key, archive, isExpected: isOwed || archive.isErased(mark))
    let codes = found.codes
    var isKnown = found.isKnown
    func forgotten() throws -> Erasure? {
        try archive.forget(
            person: pseudonym, rawID: user, mark: mark, isKnown: isKnown, codes: codes, names: LeakScan([user]).names)
    }
    var erased = try forgotten()
    if erased == nil, !isKnown, try sites.name(scan) || sites.isSummarised(scan) {
        isKnown = true
        erased = try forgotten()
    }
    guard isKnown || erased != nil else {
        throw Failure(
            .inputMissing, "nobody has this id: neither the archive nor a site that it was published in names them",
            fix: "Give the id as exports write it. Nothing was changed.")
    }
    if let erased {
        guard erased.left == 0 else { throw Failure(.failed, erased.proof.map { Diagnostic(.error, $0) }) }
        try archive.shrink()
    }
    let older = Set(try archive.runsOlderThanErasure())
    return (erased?.lines ?? [], erased, try archive.runs().filter { older.contains($0.id) })
}

/// Whether deliveries named an id as it is written, and the codes that go with the person.
private struct SpeltId {
    var isKnown: Bool
    /// Those of forms stay where somebody else has them: `ANNA-7` beside `anna-7`.
    var codes: [Int64] = []

    /// - Parameter isExpected: whether somebody with the id was erased, or is to be once more.
    /// - Throws: `Failure` with 66 where the archive knows the id in other letters alone.
    init(_ user: String, _ key: PseudonymKey, _ archive: Archive, isExpected: Bool) throws {
        let forms = KeptIds.codes(of: user, key: key.leakCheckKey).map(\.whole)
        let spelling = KeptIds.spelling(of: user, key: key.leakCheckKey)
        let folded = KeptIds.code(of: user, key: key.leakCheckKey)?.whole ?? spelling
        let isStored = try archive.hasRows(of: key.pseudonym(of: user), orLearner: user)
        let isOthers = try archive.hasOtherSpelling(than: spelling, of: folded)
        isKnown = try isExpected || isStored || archive.hasNamed([spelling])
        if !isKnown, isOthers {
            throw Failure(
                .inputMissing,
                "nobody has this id as it is written; somebody has it with other letters, large or small",
                fix: "Give the id as exports write it. Nothing was changed.")
        }
        // Earlier versions kept forms alone, which do not tell whether it is this id that was named.
        let isOld = try !isKnown && archive.hasNamed(forms)
        codes = isOld ? [] : [spelling] + (isOthers ? [] : forms)
        isKnown = isKnown || isOld
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
