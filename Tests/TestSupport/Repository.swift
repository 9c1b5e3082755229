import Foundation

/// Where tests find the files of the project and the data beside it.
public enum Repository {
    /// The project's top folder.
    public static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A file below `Fixtures/`.
    public static func fixture(_ path: String) -> URL { root.appending(path: "Fixtures").appending(path: path) }

    /// A file of the data that may lie beside the project; nil when it is not there, so that a test can say it skipped.
    public static func shared(_ path: String) -> URL? {
        let url = root.deletingLastPathComponent().appending(path: "shared").appending(path: path)
        return FileManager.default.fileExists(atPath: url.path) ? url : nil
    }
}

/// Calls a closure with a new empty folder and removes it afterwards.
public func withTemporaryFolder<Value>(_ body: (URL) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { _ = try? FileManager.default.removeItem(at: folder) }  // a left-over folder fails no test
    return try body(folder)
}
