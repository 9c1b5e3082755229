import Foundation
import TestSupport

/// A file system of a few kilobytes in a folder of its own, for tests of full and read-only disks.
struct SmallDisk {
    let path: String

    /// Whether this user may mount one; where not, the tests that need it are skipped and say so.
    static let isPossible: Bool = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-disk-\(UUID().uuidString)").path
        do {
            try SmallDisk.with(bytes: 1 << 16, at: folder) { _ in }
            return true
        } catch {
            return false
        }
    }()

    /// Mounts a disk of so many bytes, passes it on and takes it away.
    static func with(bytes: Int, at folder: String, _ body: (SmallDisk) async throws -> Void) async throws {
        let disk = try SmallDisk(bytes: bytes, at: folder)
        do {
            try await body(disk)
        } catch {
            try disk.remove()
            throw error
        }
        try disk.remove()
    }

    private static func with(bytes: Int, at folder: String, _ body: (SmallDisk) -> Void) throws {
        let disk = try SmallDisk(bytes: bytes, at: folder)
        body(disk)
        try disk.remove()
    }

    private init(bytes: Int, at folder: String) throws {
        path = folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try runTool("mount", "-t", "tmpfs", "-o", "size=\(bytes)", "tmpfs", folder)
    }

    private func remove() throws {
        try runTool("umount", path)
        try FileManager.default.removeItem(atPath: path)
    }

    /// Lets nobody write to it any more.
    func forbidWriting() throws { try runTool("mount", "-o", "remount,ro", path) }

    /// Gives it another size.
    func resize(to bytes: Int) throws { try runTool("mount", "-o", "remount,size=\(bytes)", path) }

    /// How many bytes are taken.
    var used: Int {
        get throws {
            let facts = try FileManager.default.attributesOfFileSystem(forPath: path)
            guard let size = facts[.systemSize] as? Int, let free = facts[.systemFreeSize] as? Int else {
                throw ToolFailure(description: "\(path): the file system does not say its size")
            }
            return size - free
        }
    }
}

/// A tool that failed, with what it said.
struct ToolFailure: Error, CustomStringConvertible {
    let description: String
}

/// Runs a program of the system.
func runTool(_ words: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    let said = Pipe()
    process.standardError = said
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: said.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
        throw ToolFailure(description: "\(words.joined(separator: " ")): \(text)")
    }
}
