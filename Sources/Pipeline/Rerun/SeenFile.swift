import Diagnostics
import Foundation
import Ingest

/// A file as it was when it was last hashed.
///
/// A file whose inode, length and dates are still the same is taken to hold the same bytes, unless it was young: a
/// change within the clock's step of the one before it would leave the dates as they are. Everything else is hashed.
struct SeenFile: Codable, Hashable {
    /// Its name as the delivery knows it.
    var name: String
    /// Its SHA-256 in hexadecimal; nil for a file that no source takes, which is not read.
    var sha256: String?
    /// What the file system said before it was read; nil for standard input.
    var mark: Mark?

    /// What the file system says of a file.
    struct Mark: Codable, Hashable {
        var bytes: Int
        var inode: UInt64
        /// When its bytes were last written, and when anything of it was last changed, in nanoseconds since 1970.
        var written: Int64
        var changed: Int64

        /// The mark of a file; nil where there is none.
        init?(_ path: String) {
            var status = stat()
            guard unsafe stat(path, &status) == 0 else { return nil }
            bytes = Int(status.st_size)
            inode = UInt64(status.st_ino)
            written = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
            changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
        }

        /// Whether the file had rested for two seconds at a moment, so that a later change must show in its dates.
        func rested(at seconds: Int64) -> Bool { max(written, changed) / 1_000_000_000 + 2 < seconds }
    }

    /// What a file holds that has this mark; nil where it may be something else.
    func digest(of current: Mark?, seenAt seconds: Int64) -> ExportDigest? {
        guard let sha256, let mark, mark.rested(at: seconds), current == mark else { return nil }
        return ExportDigest(sha256: ExportDigest.bytes(of: sha256), bytes: mark.bytes)
    }

    /// Whether a file holds the bytes that were seen.
    func isStill(_ file: ExportFile, seenAt seconds: Int64) throws -> Bool {
        guard file.name == name, let sha256 else { return false }
        if case .file(let path) = file.source, digest(of: Mark(path), seenAt: seconds) != nil { return true }
        if let mark, let bytes = file.bytes, bytes != mark.bytes { return false }
        return hexadecimal(try ExportDigest(of: file).sha256) == sha256
    }
}

/// Bytes as lower-case hexadecimal digits.
func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
