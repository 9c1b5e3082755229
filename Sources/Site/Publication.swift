import CFiles
import Foundation
import Glibc

/// Puts files into the output folder so that a reader never meets a half-written site.
///
/// A run's folder is staged beside the others and exchanged with the old one in a single step; single files are
/// written under another name and renamed. What is the same already is not touched.
///
/// A value holds the lock of the folder from its making on.
struct Publication: Sendable {
    let output: String
    private let lock: OutputLock

    private var staging: String { output + "/.staging" }

    /// Makes the folder where there is none, and keeps other builds out of it.
    init(output: String) throws(SiteError) {
        self.output = output
        try Publication.make(output)
        lock = try OutputLock(output)
    }

    /// Lets other builds at the folder.
    func release() { lock.release() }

    /// Removes what a killed run may have left.
    func clean() throws(SiteError) {
        try Publication.make(output)
        if FileManager.default.fileExists(atPath: staging) { try remove(staging) }
    }

    /// Puts a file of a run's folder beside the standing one, and says what has the same bytes already.
    ///
    /// - Parameter earlier: the folder of the run before; a file that is the same there is linked, so that it takes no room again.
    ///
    /// Files of different paths may be staged at the same time.
    func stage(
        _ path: String, of folder: String, beside earlier: String?, _ bytes: [UInt8]
    ) throws(SiteError) -> StagedFile.Standing {
        let standing = "\(output)/\(folder)/\(path)"
        let staged = "\(staging)/\(folder)/\(path)"
        try Publication.make(parent(of: staged))
        let isUnchanged = isSame(standing, bytes)
        // An unchanged file is linked, so that it keeps its date and costs no bytes.
        if isUnchanged, unsafe link(standing, staged) == 0 { return .unchanged }
        if !isUnchanged, let before = earlier.map({ "\(output)/\($0)/\(path)" }), isSame(before, bytes),
            unsafe link(before, staged) == 0
        {
            return .linked
        }
        try Publication.write(bytes, to: staged)
        return isUnchanged ? .unchanged : .new
    }

    /// Replaces a run's folder by the staged one as a whole; does nothing if it has just the `count` files that were
    /// staged, all unchanged. What was staged is on the disk before it is seen: one wait for all files.
    func publish(folder: String, count: Int, unchanged: Int) throws(SiteError) {
        let target = output + "/" + folder
        if unchanged == count, self.count(in: target) == count { return try clean() }
        try Publication.make(parent(of: target))
        try Publication.settle(staging)
        try exchange(staging + "/" + folder, target)
        try clean()
    }

    /// Writes a single file if it differs.
    func publish(file path: String, bytes: [UInt8]) throws(SiteError) -> Bool {
        let target = output + "/" + path
        if isSame(target, bytes) { return false }
        try Publication.make(parent(of: target))
        try Publication.make(staging)
        let staged = staging + "/.file"
        try Publication.write(bytes, to: staged, settles: true)
        guard unsafe rename(staged, target) == 0 else { throw Publication.failure("cannot be replaced", target) }
        return true
    }

    /// Takes a folder away in one step, as a reader sees it.
    func retire(folder: String) throws(SiteError) {
        try clean()
        try Publication.make(staging)
        guard unsafe rename(output + "/" + folder, staging + "/retired") == 0 else {
            throw Publication.failure("cannot be taken away", folder)
        }
        try clean()
    }

    private func exchange(_ staged: String, _ target: String) throws(SiteError) {
        if FileManager.default.fileExists(atPath: target) {
            let code = unsafe assay_exchange(staged, target)
            guard code == 0 else { throw Publication.failure("cannot be replaced", target, code) }
        } else {
            guard unsafe rename(staged, target) == 0 else { throw Publication.failure("cannot be created", target) }
        }
    }

    private func isSame(_ path: String, _ bytes: [UInt8]) -> Bool {
        var status = stat()
        guard unsafe stat(path, &status) == 0, Int(status.st_size) == bytes.count,
            let data = FileManager.default.contents(atPath: path)
        else { return false }
        return data == Data(bytes)
    }

    private func count(in folder: String) -> Int {
        let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return paths.count { path in
            var isFolder: ObjCBool = false
            return unsafe FileManager.default.fileExists(atPath: folder + "/" + path, isDirectory: &isFolder)
                && !isFolder.boolValue
        }
    }

    private func parent(of path: String) -> String { path.utf8.lastIndex(of: 0x2F).map { String(path[..<$0]) } ?? "" }

    private static func make(_ folder: String) throws(SiteError) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw SiteError(
                kind: .cannotWrite, description: "\(folder): cannot be created: \(reason(error))")
        }
    }

    private func remove(_ path: String) throws(SiteError) {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw SiteError(
                kind: .cannotWrite, description: "\(path): cannot be removed: \(error.localizedDescription)")
        }
    }

    /// Writes a file that nobody sees yet.
    ///
    /// - Parameter settles: whether it is on the disk when this returns; files that appear together wait together (`settle`).
    private static func write(_ bytes: [UInt8], to path: String, settles: Bool = false) throws(SiteError) {
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw failure("cannot be written", path) }
        defer { close(file) }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { all in
                unsafe Glibc.write(file, all.baseAddress.map { unsafe $0 + written }, all.count - written)
            }
            guard count >= 0 || errno == EINTR else { throw failure("cannot be written", path) }
            written += max(0, count)
        }
        if settles, fsync(file) != 0 { throw failure("cannot be written", path) }
    }

    /// Waits until everything that was written on the disk of a folder is there.
    private static func settle(_ folder: String) throws(SiteError) {
        let code = unsafe assay_settle(folder)
        guard code == 0 else { throw failure("cannot be written", folder, code) }
    }

    private static func reason(_ error: any Error) -> String {
        (error as? CocoaError)?.code == .fileWriteOutOfSpace ? "there is no room left" : error.localizedDescription
    }

    private static func failure(_ what: String, _ path: String, _ code: Int32 = errno) -> SiteError {
        let reason = code == ENOSPC ? "there is no room left" : unsafe String(cString: strerror(code))
        return SiteError(kind: .cannotWrite, description: "\(path): \(what): \(reason)")
    }
}
