import Diagnostics
import Foundation
import Ingest

/// Where the key of pseudonyms lies, and how it is made there. The key itself is never said, logged or written elsewhere.
struct PrivacyKeyPlace {
    /// The key file.
    let path: String
    /// Whether the configuration names it; a file that was named is never made, because a slip of the pen would then
    /// give everybody a new pseudonym.
    let isNamed: Bool

    /// The place that settings name, or the one beside the archive.
    static func of(_ settings: Settings) -> PrivacyKeyPlace {
        let beside = URL(filePath: settings.archive).deletingLastPathComponent().appending(path: "privacy.key").path
        return PrivacyKeyPlace(path: settings.privacy.keyFile ?? beside, isNamed: settings.privacy.keyFile != nil)
    }

    /// The key: that of the environment if there is one, else that of the file; nil if there is neither.
    ///
    /// - Throws: `Failure` (78) where either is no key, and where others than the owner may read the file.
    func key(in surroundings: Surroundings) throws -> PseudonymKey? {
        if let text = surroundings.privacyKey, !text.isEmpty {
            guard let key = PseudonymKey(digits: text) else {
                throw Self.notAKey("the environment variable ASSAY_PRIVACY_KEY")
            }
            return key
        }
        guard FileManager.default.fileExists(atPath: path) else {
            guard isNamed else { return nil }
            throw Failure(
                .configuration, "\(path): `key_file` of `privacy` names no file",
                fix: "Put the key back, or make one with `\(Self.recipe) > \(path)`.")
        }
        try requirePrivate()
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8),
            let key = PseudonymKey(digits: text)
        else { throw Self.notAKey(path) }
        return key
    }

    /// Writes a key down that only the owner may read, unless there is one; says so if it did.
    ///
    /// The folder gets a `.gitignore` that keeps it out of a repository, where it has none.
    func make(_ digits: String = PseudonymKey.freshDigits()) throws -> Diagnostic? {
        let files = FileManager.default
        guard !files.fileExists(atPath: path) else { return nil }
        let folder = URL(filePath: path).deletingLastPathComponent()
        do {
            try files.createDirectory(at: folder, withIntermediateDirectories: true)
            let ignore = folder.appending(path: ".gitignore").path
            if !files.fileExists(atPath: ignore) { try Data("*\n".utf8).write(to: URL(filePath: ignore)) }
            // The file is closed to others before anything stands in it.
            guard files.createFile(atPath: path, contents: Data(), attributes: [.posixPermissions: 0o600]) else {
                throw Failure(.cannotWrite, "\(path): the key of pseudonyms cannot be written")
            }
            try requirePrivate()
            let file = try FileHandle(forWritingTo: URL(filePath: path))
            try file.write(contentsOf: Data((digits + "\n").utf8))
            try file.close()
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(
                .cannotWrite, "\(path): the key of pseudonyms cannot be written: \(error.localizedDescription)")
        }
        return Diagnostic(
            .note,
            "made a key of pseudonyms, readable by you alone; whoever loses it cannot join later exports to the history",
            at: .init(file: path), fix: "Back it up apart from the archive, and never into a repository.")
    }

    /// Of a link the file that it leads to must be closed: a link has no mode of its own.
    private func requirePrivate() throws {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let attributes = try FileManager.default.attributesOfItem(atPath: target)
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
        guard mode & 0o077 == 0 else {
            throw Failure(
                .configuration,
                "\(path): others than its owner may read the key of pseudonyms (mode \(String(mode, radix: 8)))",
                fix: "chmod 600 \(target)")
        }
    }

    private static let recipe = "umask 077; openssl rand -hex 32"

    private static func notAKey(_ place: String) -> Failure {
        Failure(
            .configuration, "\(place): a key of pseudonyms is at least 32 hexadecimal digits",
            fix: "Make one with `openssl rand -hex 32`.")
    }
}
