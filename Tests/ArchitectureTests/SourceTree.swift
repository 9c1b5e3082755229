import Foundation
import TestSupport

/// One source file of a room.
struct SourceFile: Sendable, CustomStringConvertible {
    let room: String
    /// The path below the project's top folder.
    let path: String
    let lines: [String]

    var description: String { path }

    /// The file's name without its ending.
    var name: String { String(path.split(separator: "/").last?.split(separator: ".").first ?? "") }

    /// The modules that the file imports.
    var imports: [String] {
        lines.compactMap { line in
            let words = line.split(separator: " ").drop {
                $0.hasPrefix("@") || ["public", "internal", "private"].contains($0)
            }
            guard words.first == "import", let module = words.dropFirst().last else { return nil }
            return String(module.split(separator: ".").first ?? module)
        }
    }

    /// Lines of code with their numbers; what follows `//` is left out unless it is asked for.
    func code(keepingComments: Bool = false) -> [(number: Int, text: String)] {
        lines.enumerated().compactMap { index, line in
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            if trimmed.hasPrefix("//") { return nil }
            guard !keepingComments, let comment = line.range(of: " // ") else { return (index + 1, line) }
            return (index + 1, String(line[..<comment.lowerBound]))
        }
    }
}

/// The Swift sources of the project.
enum SourceTree {
    static let files: [SourceFile] = {
        let sources = Repository.root.appending(path: "Sources")
        let paths = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? []
        return paths.sorted().compactMap { path in
            guard path.hasSuffix(".swift"), let room = path.split(separator: "/").first,
                // What is not UTF-8 is no Swift file.
                let text = try? String(contentsOf: sources.appending(path: path), encoding: .utf8)
            else { return nil }
            return SourceFile(
                room: String(room), path: "Sources/\(path)",
                lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        }
    }()

    static func files(outside rooms: Set<String>) -> [SourceFile] { files.filter { !rooms.contains($0.room) } }
}
