import Foundation
import Report

/// What a run has published: the hashes by which it can be told later whether it still stands.
public struct PublishedRecord: Codable, Sendable, Hashable {
    /// The run's folder below the site.
    public var folder: String
    /// The SHA-256 of the folder's manifest, which has those of its other files.
    public var manifest: String
    /// The SHA-256 of every other file of the site that the run wrote or found written, by path.
    public var files: [String: String]
}

extension SiteBuilder.Staged {
    /// The SHA-256 of the run's manifest, 32 bytes.
    public var manifestHash: [UInt8] {
        let hex = manifestHex.utf8.map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
        return stride(from: 0, to: hex.count - 1, by: 2).map { hex[$0] << 4 | hex[$0 + 1] }
    }

    fileprivate var manifestHex: String { runFiles.first { $0.path == SiteBuilder.manifestName }?.sha256 ?? "" }
}

extension SiteBuilder {
    /// The name of the file that lists a run's files.
    static let manifestName = "manifest.json"

    /// What publishing a staged site leaves behind.
    public func record(of staged: Staged, run: SiteRun) -> PublishedRecord {
        PublishedRecord(
            folder: "runs/\(run.folder)", manifest: staged.manifestHex,
            files: Dictionary(staged.siteFiles.map { ($0.path, ContentHash.hex($0.bytes)) }) { _, last in last })
    }

    /// Whether everything that a run published is there, byte by byte, and nothing else stands in its folder.
    ///
    /// Reads and hashes the run's files: O(their bytes).
    public func stands(_ record: PublishedRecord) -> Bool {
        guard record.files.allSatisfy({ contents(of: $0.key).map(ContentHash.hex) == $0.value }) else { return false }
        guard let bytes = contents(of: "\(record.folder)/\(Self.manifestName)"),
            ContentHash.hex(bytes) == record.manifest
        else { return false }
        return SiteBuilder.isWhole(settings.output + "/" + record.folder)
    }

    /// Whether a run's folder has exactly the files of its manifest, with their bytes.
    public static func isWhole(_ folder: String) -> Bool {
        guard let data = FileManager.default.contents(atPath: folder + "/" + manifestName),
            let manifest = try? JSONDecoder().decode(Manifest.self, from: data)  // what cannot be read is not whole
        else { return false }
        var expected = Dictionary(manifest.files.map { ($0.path, $0.sha256) }) { _, last in last }
        for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
            var isFolder: ObjCBool = false
            let full = folder + "/" + path
            guard unsafe FileManager.default.fileExists(atPath: full, isDirectory: &isFolder), !isFolder.boolValue,
                path != manifestName
            else { continue }
            guard let sha256 = expected.removeValue(forKey: path),
                let data = FileManager.default.contents(atPath: full),
                ContentHash.hex(Array(data)) == sha256
            else { return false }
        }
        return expected.isEmpty
    }

    private func contents(of path: String) -> [UInt8]? {
        FileManager.default.contents(atPath: settings.output + "/" + path).map { Array($0) }
    }

    /// The part of a manifest that is read back.
    private struct Manifest: Decodable {
        struct File: Decodable {
            let path: String
            let sha256: String
        }

        let files: [File]
    }
}

/// A SHA-256 over every template, asset and text of the guide that pages would be made with.
///
/// - Throws: `SiteError` where a folder cannot be read.
public func templateFingerprint(bundled: String, user: String?, guide: String?) throws(SiteError) -> String {
    var bytes: [UInt8] = []
    if let guide {
        for text in try Guide.files(in: guide) {
            bytes += Array("\(text.path)\0\(text.bytes.count)\0".utf8) + text.bytes
        }
    }
    for folder in [bundled, user].compactMap({ $0 }) {
        for (path, content) in try TemplateFolder.files(in: folder).sorted(by: { $0.0 < $1.0 }) {
            bytes += Array("\(path)\0\(content.count)\0".utf8) + content
        }
        bytes += Array("\0\0".utf8)
    }
    return ContentHash.hex(bytes)
}
