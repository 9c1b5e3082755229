import Archive
import Foundation
import Model

/// Assay's own version.
public let assayVersion = "0.1.0"

/// What the machine tells a command, read once by the executable: the core has no clock, folder or environment.
public struct Surroundings: Sendable {
    /// The moment at which the command began, in seconds since 1970-01-01T00:00Z.
    public var secondsSince1970: Int64
    /// The current folder; relative paths start here.
    public var folder: String
    /// The host's name and the process id, for the lock.
    public var host: String
    /// The process id, for the lock.
    public var process: Int32
    /// How many cores there are.
    public var cores: Int
    /// The program's own file; nil where that is not known.
    public var executable: String?
    /// The key of pseudonyms as the environment gives it (`ASSAY_PRIVACY_KEY`); nil where it does not.
    public var privacyKey: String?
    /// Where the bundled templates are looked for, in order.
    public var templateFolders: [String]

    /// Collects what the machine tells.
    ///
    /// Templates are looked for where the environment says, else beside the program, in its `../share/assay`, and in
    /// the folders above it (a checkout).
    public init(
        secondsSince1970: Int64, folder: String, program: String, executable: String?, templates: String?, host: String,
        process: Int32, cores: Int = 2
    ) {
        self.secondsSince1970 = secondsSince1970
        self.cores = max(1, cores)
        self.folder = folder
        self.host = host
        self.process = process
        self.executable = executable
        if let templates {
            templateFolders = [templates]
        } else {
            templateFolders = Surroundings.folders(
                around: URL(filePath: executable ?? program).resolvingSymlinksInPath())
        }
    }

    /// Who holds the lock of an archive that this command opens.
    var lockHolder: LockHolder { LockHolder(process: process, host: host, since: moment) }

    /// The moment at which the command began, as RFC 3339 in UTC.
    var moment: String {
        let second = ((secondsSince1970 % 86_400) + 86_400) % 86_400
        let parts = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(today(in: .utc).iso)T\(parts.joined(separator: ":"))Z"
    }

    /// Today's date in a zone.
    func today(in zone: ZoneRules) -> Day {
        let local = secondsSince1970 + Int64(zone.offset(atUTC: secondsSince1970))
        return Day(number: Int32(local / 86_400))
    }

    /// A path as an absolute one.
    func absolute(_ path: String, from base: String? = nil) -> String {
        URL(filePath: path, relativeTo: URL(filePath: base ?? folder, directoryHint: .isDirectory)).standardizedFileURL
            .path
    }

    /// The first folder that holds the bundled templates; nil if there is none.
    var templates: String? {
        templateFolders.first { FileManager.default.fileExists(atPath: $0 + "/layouts") }
    }

    private static func folders(around program: URL) -> [String] {
        var folder = program.deletingLastPathComponent()
        var folders = [folder.deletingLastPathComponent().appending(path: "share/assay/Templates").path]
        for _ in 0..<6 {
            folders.append(folder.appending(path: "Templates").path)
            folder = folder.deletingLastPathComponent()
        }
        return folders
    }
}
