import Foundation
import Words

extension Language {
    /// The language of a tag: `words/<tag>.txt` of the bundled templates, single phrases replaced by the user's file of the
    /// same path; a language that only the user has is English but for its file.
    ///
    /// - Throws: `SiteError` where there is no such language, or with file, line and column for what is wrong in a file.
    public static func named(_ code: String, bundled: String, user: String?) throws(SiteError) -> Language {
        let folders = [bundled] + (user.map { [$0] } ?? [])
        let catalogue = try wordFile("en", in: bundled)
        var files: [WordFile] = []
        for folder in folders { if let file = try wordFile(code, in: folder) { files.append(file) } }
        guard !files.isEmpty || code == "en" else {
            let known = Set(folders.flatMap(languages) + ["en"]).sorted()
            throw SiteError(
                kind: .template,
                description: "there is no language `\(code)`; there are \(known.joined(separator: ", "))")
        }
        do throws(WordFileError) {
            return try Language(code: code, files: files, known: catalogue.map { Set($0.keys) })
        } catch {
            throw SiteError(kind: .template, description: error.description)
        }
    }

    /// The tags of the languages that a folder has.
    private static func languages(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/words")) ?? []  // it may have none
        return names.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }
    }

    private static func wordFile(_ code: String, in folder: String) throws(SiteError) -> WordFile? {
        let path = "\(folder)/words/\(code).txt"
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        guard let text = String(data: data, encoding: .utf8) else {
            throw SiteError(kind: .template, description: "\(path): is not UTF-8")
        }
        do throws(WordFileError) {
            return try WordFile(text, name: path)
        } catch {
            throw SiteError(kind: .template, description: error.description)
        }
    }
}
