import Foundation
import Report
import TemplateEngine
import Words

/// The templates and assets of a site: the bundled ones, each replaced by the user's file of the same path.
struct TemplateFolder {
    /// Templates by their path below the folder (`pages/analysis.html`).
    let templates: TemplateSet
    /// Assets by their name below `assets/`.
    let assets: [(name: String, bytes: [UInt8])]

    /// Reads and parses everything.
    init(bundled: String, user: String?) throws(SiteError) {
        var files: [String: [UInt8]] = [:]
        for folder in [bundled, user].compactMap({ $0 }) {
            for (path, bytes) in try TemplateFolder.files(in: folder) { files[path] = bytes }
        }
        var sources: [String: String] = [:]
        var assets: [(String, [UInt8])] = []
        for path in files.keys.sorted() {
            guard let bytes = files[path] else { continue }
            if path.hasPrefix("assets/") {
                let spoken = path.hasSuffix(".js") ? TemplateFolder.spoken(bytes) : bytes
                assets.append((String(path.dropFirst("assets/".count)), spoken))
            } else if path.hasSuffix(".html") {
                sources[path] = String(decoding: bytes, as: UTF8.self)
            }
        }
        do throws(TemplateError) {
            templates = try TemplateSet(sources: sources)
        } catch {
            throw SiteError(kind: .template, description: error.description)
        }
        self.assets = assets
    }

    /// A script in the language in force: texts that are marked as phrases, `/*say*/"Search"`, in its words.
    static func spoken(_ script: [UInt8]) -> [UInt8] {
        let parts = String(decoding: script, as: UTF8.self).components(separatedBy: "/*say*/\"")
        guard parts.count > 1 else { return script }
        return Array(
            parts.dropFirst().reduce(parts[0]) { text, part in
                guard let end = part.firstIndex(of: "\"") else { return text + "\"" + part }
                return text + JSONValue.string(say(word: String(part[..<end]))).compact
                    + part[part.index(after: end)...]
            }.utf8)
    }

    static func files(in folder: String) throws(SiteError) -> [(String, [UInt8])] {
        guard let paths = FileManager.default.enumerator(atPath: folder) else {
            throw SiteError(kind: .template, description: "\(folder): there is no such folder of templates")
        }
        var files: [(String, [UInt8])] = []
        for case let path as String in paths {
            var isFolder: ObjCBool = false
            let full = folder + "/" + path
            guard unsafe FileManager.default.fileExists(atPath: full, isDirectory: &isFolder), !isFolder.boolValue
            else {
                continue
            }
            guard let data = FileManager.default.contents(atPath: full) else {
                throw SiteError(kind: .template, description: "\(full): cannot be read")
            }
            files.append((path, Array(data)))
        }
        return files
    }
}

/// Finds what is wrong with the templates of a folder, for `assay check`; empty if all is well.
public func templateProblems(bundled: String, user: String?) -> [String] {
    do throws(SiteError) {
        _ = try TemplateFolder(bundled: bundled, user: user)
        return []
    } catch {
        return [error.description]
    }
}
