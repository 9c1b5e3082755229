import Foundation
import Glibc

/// The right to change an output folder, held until the value goes away.
///
/// Two builds with archives of their own may share an output. The lock lies on the folder itself, so that no file is left
/// in it, and the kernel drops it however a process ends.
final class OutputLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock, waiting for another build that is publishing; `patience` is in seconds.
    ///
    /// Throws `.locked` when it is still held then. Where a file system knows no such locks nobody is kept out.
    init(_ output: String, patience: Double = 30) throws(SiteError) {
        descriptor = unsafe open(output, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw SiteError(
                kind: .cannotWrite,
                description: "\(output): cannot be opened: \(unsafe String(cString: strerror(errno)))")
        }
        let steps = Int(patience * 10)
        for step in 0... {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK { return }
            guard step < steps else { break }
            usleep(100_000)
        }
        // The value is whole by now, so `deinit` closes the folder.
        throw SiteError(kind: .locked, description: "\(output): another build is publishing into it")
    }

    /// Gives the right back before the value goes.
    func release() { flock(descriptor, LOCK_UN) }

    deinit { close(descriptor) }
}
