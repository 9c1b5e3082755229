import Glibc

/// Who holds the archive, as written into the lock file.
public struct LockHolder: Sendable, Hashable {
    /// The process.
    public let process: Int32
    /// The machine.
    public let host: String
    /// When it began, in the words that it was given (RFC 3339).
    public let since: String

    /// Names a holder; line breaks in the texts become spaces.
    public init(process: Int32, host: String, since: String) {
        self.process = process
        self.host = LockHolder.line(host)
        self.since = LockHolder.line(since)
    }

    private static func line(_ text: String) -> String {
        String(decoding: text.utf8.map { $0 < 0x20 ? 0x20 : $0 }, as: UTF8.self)
    }

    /// Three lines: process, host, since.
    var note: String { "\(process)\n\(host)\n\(since)\n" }

    init?(note: String) {
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 3, let process = Int32(lines[0]) else { return nil }
        self.init(process: process, host: String(lines[1]), since: String(lines[2]))
    }
}

/// An exclusive lock on a file beside the archive, held until the value is released.
///
/// The kernel drops it when the process ends, however it ends, so a note left by a killed process means nothing.
final class ArchiveLock {
    private let descriptor: Int32

    /// Takes the lock or says who holds it.
    init(path: String, holder: LockHolder) throws(ArchiveError) {
        let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard opened >= 0 else {
            let reason = unsafe String(cString: strerror(errno))
            throw errno == EACCES || errno == EROFS ? .readOnly(path) : .cannotOpen(path: path, reason: reason)
        }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let note = ArchiveLock.read(opened)
            close(opened)
            throw .locked(by: LockHolder(note: note))
        }
        // Set once the lock is held: `deinit` empties the note and closes, which a refused value must not do.
        descriptor = opened
        write(holder.note)
    }

    deinit {
        // An empty note says that nobody holds it; closing drops the lock.
        _ = ftruncate(descriptor, 0)
        close(descriptor)
    }

    /// Who holds a lock, without taking it for longer than the question; nil if nobody does.
    static func holder(of path: String) -> (isHeld: Bool, holder: LockHolder?) {
        let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { return (false, nil) }
        defer { close(opened) }
        guard flock(opened, LOCK_SH | LOCK_NB) != 0 else { return (false, nil) }
        return (true, LockHolder(note: read(opened)))
    }

    private func write(_ note: String) {
        // The note only helps whoever is turned away; the lock holds without it.
        guard ftruncate(descriptor, 0) == 0 else { return }
        let bytes = Array(note.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    private static func read(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
