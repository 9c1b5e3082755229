import Archive
import Diagnostics
import Foundation

/// What a night needs besides good input: an archive that can be read and written, folders that can, and room.
///
/// Nothing is written. Everything that is wrong is said, each with what to do.
struct Doctor {
    let settings: Settings

    var diagnostics: [Diagnostic] { archive + folders + room }

    private var archive: [Diagnostic] {
        guard FileManager.default.fileExists(atPath: settings.archive) else {
            return [Diagnostic(.note, "\(settings.archive): there is no archive yet; the first build makes it")]
        }
        do {
            try Archive.requireFree(settings.archive)
            if try Archive.isOfEarlierSchema(settings.archive) {
                return [
                    Diagnostic(
                        .note,
                        "\(settings.archive): the archive is of an earlier version; the next build brings it up to date",
                        fix: "Make a backup first: `assay history backup FILE`.")
                ]
            }
            try Archive(reading: settings.archive, catalogue: settings.catalogue).checkIntegrity(full: false)
            return []
        } catch {
            return Failure(describing: error).diagnostics
        }
    }

    private var folders: [Diagnostic] {
        let archiveFolder = URL(filePath: settings.archive).deletingLastPathComponent().path
        return [settings.output, archiveFolder].compactMap { folder in
            let there = Doctor.existing(folder)
            var isFolder: ObjCBool = false
            guard unsafe FileManager.default.fileExists(atPath: there, isDirectory: &isFolder), isFolder.boolValue
            else {
                return Diagnostic(.error, "\(there): is no folder", fix: "Move it away, or name another folder.")
            }
            guard !FileManager.default.isWritableFile(atPath: there) else { return nil }
            return Diagnostic(
                .error, "\(there): cannot be written", fix: "Give the user who builds the right to write there.")
        }
    }

    /// A backup, pruning, or a night with many corrections may need as much room again as the archive takes.
    private var room: [Diagnostic] {
        let folder = Doctor.existing(URL(filePath: settings.archive).deletingLastPathComponent().path)
        let files = FileManager.default
        // Where the file system does not say, there is nothing to say.
        let archive = try? files.attributesOfItem(atPath: settings.archive)  // see above
        let disk = try? files.attributesOfFileSystem(forPath: folder)  // see above
        guard let size = archive?[.size] as? Int, let free = disk?[.systemFreeSize] as? Int, free < size else {
            return []
        }
        return [
            Diagnostic(
                .warning, "\(folder): \(free >> 20) MiB are free, less than the archive's \(size >> 20) MiB",
                fix: "Make room, or drop old rows with `assay history prune`.")
        ]
    }

    /// The nearest folder on the way to a path that is there.
    private static func existing(_ path: String) -> String {
        var url = URL(filePath: path)
        while !FileManager.default.fileExists(atPath: url.path), url.path != "/" { url.deleteLastPathComponent() }
        return url.path
    }
}
