import Foundation
import Glibc

/// A file that is about to be published.
public struct StagedFile: Sendable {
    /// Its path below the run's folder.
    public let path: String
    /// Its bytes.
    public let size: Int
    /// The SHA-256 of its bytes, in hexadecimal.
    let hash: String
    private let content: Content

    private enum Content: Sendable {
        case memory([UInt8])
        case spooled(Spool, offset: Int)
    }

    /// A file that is kept in memory.
    init(path: String, bytes: [UInt8]) {
        (self.path, size, hash, content) = (path, bytes.count, ContentHash.hex(bytes), .memory(bytes))
    }

    /// A file whose bytes are put aside until they are asked for.
    init(path: String, bytes: [UInt8], in spool: Spool) throws(SiteError) {
        (self.path, size, hash) = (path, bytes.count, ContentHash.hex(bytes))
        content = .spooled(spool, offset: try spool.append(bytes))
    }

    /// Its bytes.
    public func bytes() throws(SiteError) -> [UInt8] {
        switch content {
        case .memory(let bytes): bytes
        case .spooled(let spool, let offset): try spool.read(offset, count: size)
        }
    }
}

/// Bytes that wait outside of memory, in a file of their own without a name that another program could meet.
final class Spool: Sendable {
    private let descriptor: Int32

    /// Makes an empty one in the folder for temporary files.
    init() throws(SiteError) {
        let path = FileManager.default.temporaryDirectory.path + "/assay-\(UUID().uuidString)"
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else {
            throw SiteError(kind: .cannotWrite, description: "\(path): \(unsafe String(cString: strerror(errno)))")
        }
        _ = unsafe unlink(path)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Adds bytes and says where they begin. For one caller at a time; any number may read.
    func append(_ bytes: [UInt8]) throws(SiteError) -> Int {
        let offset = Int(lseek(descriptor, 0, SEEK_END))
        guard offset >= 0 else { throw failure("cannot be written") }
        var done = 0
        while done < bytes.count {
            let written = unsafe bytes.withUnsafeBytes {
                unsafe pwrite(descriptor, $0.baseAddress?.advanced(by: done), bytes.count - done, off_t(offset + done))
            }
            guard written > 0 else { throw failure("cannot be written") }
            done += written
        }
        return offset
    }

    func read(_ offset: Int, count: Int) throws(SiteError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let found = unsafe bytes.withUnsafeMutableBytes {
                unsafe pread(descriptor, $0.baseAddress?.advanced(by: done), count - done, off_t(offset + done))
            }
            guard found > 0 else { throw failure("cannot be read") }
            done += found
        }
        return bytes
    }

    private func failure(_ what: String) -> SiteError {
        SiteError(
            kind: .cannotWrite,
            description: "pages that are put aside: \(what): \(unsafe String(cString: strerror(errno)))")
    }
}
