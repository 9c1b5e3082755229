import Glibc

/// A file of a delivery.
public struct ExportFile: Sendable, Hashable {
    /// Where its bytes are.
    public let source: ByteSource
    /// Its name below the folder that was given, with `/` between parts; `-` for standard input.
    public let name: String

    /// Names a source.
    public init(source: ByteSource, name: String) {
        self.source = source
        self.name = name
    }

    /// Its whole path without links; nil where it has none.
    public var path: String? {
        guard case .file(let path) = source, let found = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(found) }
        return unsafe String(cString: found)
    }

    /// How many bytes it has; nil where that is not known before it has been read.
    public var bytes: Int? {
        switch source {
        case .bytes(let bytes): return bytes.count
        case .standardInput: return nil
        case .file(let path):
            var status = stat()
            guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
            return Int(status.st_size)
        }
    }
}

/// Finds the files that a user means.
public enum ExportFiles {
    /// The files that paths, folders, patterns and `-` stand for, each once, in the order of their names' bytes.
    ///
    /// A folder stands for the data files in it and below it, a pattern for those that it matches: files ending in
    /// csv, tsv, json, jsonl, ndjson, xml or prom, also behind `.gz` or `.zst`, that are not hidden and not named like a
    /// description (README, LICENSE, SOURCE, manifest, truth). A file given by its own path is taken as it is.
    ///
    /// - Throws: `IngestError` of kind `missing` for a path that does not exist and a pattern that matches nothing.
    public static func expand(_ paths: [String]) throws(IngestError) -> [ExportFile] {
        var found: [ExportFile] = []
        for path in paths {
            if path == "-" {
                found.append(ExportFile(source: .standardInput, name: "-"))
            } else if isFolder(path) {
                found += files(below: path)
            } else if exists(path) {
                found.append(ExportFile(source: .file(path), name: lastPart(path)))
            } else {
                found += try match(path)
            }
        }
        var seen: Set<ByteSource> = []
        return found.filter { seen.insert($0.source).inserted }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// Whether a file found in a folder is data, judged by its name.
    public static func isData(_ name: String) -> Bool {
        var stem = lastPart(name).lowercased()
        guard !stem.hasPrefix(".") else { return false }
        for packed in [".gz", ".zst"] where stem.hasSuffix(packed) { stem.removeLast(packed.count) }
        guard let ending = Self.endings.first(where: stem.hasSuffix) else { return false }
        stem.removeLast(ending.count)
        // What we write for monitoring is no export: assay.prom in the site, archive.sqlite.prom beside the archive.
        if ending == ".prom", stem == "assay" || stem.hasSuffix(".sqlite") { return false }
        return !["readme", "license", "licence", "source", "manifest", "truth"].contains(stem)
    }

    private static let endings = [".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".xml", ".prom"]

    private static func match(_ pattern: String) throws(IngestError) -> [ExportFile] {
        guard PathPattern.isPattern(pattern) else {
            throw IngestError(.missing, "there is no such file or folder", file: pattern)
        }
        let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
        let plain = parts.prefix { !PathPattern.isPattern(String($0)) }
        let base = plain.joined(separator: "/")
        let rest = PathPattern(parts.dropFirst(plain.count).joined(separator: "/"))
        let folder = base.isEmpty ? (pattern.hasPrefix("/") ? "/" : ".") : base
        let matched = files(below: folder).filter { rest.matches($0.name) }
        guard !matched.isEmpty else { throw IngestError(.missing, "the pattern matches no data file", file: pattern) }
        return matched
    }

    /// The data files below a folder; linked folders are not followed.
    private static func files(below folder: String) -> [ExportFile] {
        var found: [ExportFile] = []
        var open = [""]
        while let part = open.popLast() {
            let listed = entries(of: part.isEmpty ? folder : "\(folder)/\(part)")
            // A published site is no delivery, wherever it stands.
            if Set(["assets", "runs", "summaries", "schema"]).isSubset(of: listed.map(\.name)) { continue }
            for entry in listed where !entry.name.hasPrefix(".") {
                let name = part.isEmpty ? entry.name : "\(part)/\(entry.name)"
                let path = "\(folder)/\(name)"
                if entry.isFolder {
                    open.append(name)
                } else if isData(name), !isFolder(path) {
                    found.append(ExportFile(source: .file(path), name: name))
                }
            }
        }
        return found
    }

    private static func entries(of folder: String) -> [(name: String, isFolder: Bool)] {
        guard let stream = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(stream) }
        var found: [(String, Bool)] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { found.append((name, unsafe entry.pointee.d_type == UInt8(DT_DIR))) }
        }
        return found
    }

    private static func exists(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func lastPart(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
