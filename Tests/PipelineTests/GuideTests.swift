import Foundation
import TestSupport
import Testing

/// The commands of the guide, run one after the other as a reader would.
@Suite struct GuideTests {
    /// Pages of the guide whose commands go on from those before, in one folder: what a reader has there besides, what
    /// is written differently here, and the exit statuses that a page promises other than 0.
    private struct Chapter: Sendable {
        var path: String
        /// What the reader has at hand.
        var preparation = "true"
        /// What a test must not do or cannot know: a day in the future, a folder of the system, a learner's pseudonym.
        var replacements: [(String, String)] = []
        var statuses: Set<Int32> = [0]
    }

    /// From the first five minutes on.
    private static let chapters = [
        Chapter(path: "docs/guide.md"),
        Chapter(
            path: "docs/commands.md", preparation: "mkdir old && cp Output/runs/2026-11-18/summary.json old/",
            replacements: [("2026-12", "2096-12"), ("INT_202612", "INT_209612")]),
        Chapter(
            path: "docs/validation.md",
            preparation:
                "mkdir reports && cp exports/validation-live-*.xml reports/ && cp exports/validation-live-2026-11-14.xml last-good.xml",
            statuses: [0, 1, 2]),
        Chapter(path: "docs/operations.md", replacements: [("/etc/bash_completion.d/", "./")]),
        Chapter(
            path: "README.md",
            preparation: #"""
                mkdir path path/to && cp -r exports path/to/ && rm assay.yaml
                awk 'BEGIN { print "created_at,accuracy,tier,arm,learner"; for (i = 0; i < 80; i++)
                  printf "2026-%02d-%02d,0.%d,%s,%s,L%d\n", 9 + int(i / 28), 1 + i % 28, 60 + i * 7 % 23,
                    i % 3 ? "professional" : "priority_1", i % 2 ? "a" : "b", int(i / 2) }' > scores.csv
                awk 'BEGIN { for (i = 1; i < 29; i++) printf "{\"started_at\": \"2026-10-%02dT09:00:00Z\", \"duration_s\": %d}\n",
                  i, 200 + i * 31 % 57 }' | gzip > sessions.ndjson.gz
                """#,
            replacements: [(".build/release/assay", "assay"), ("/srv/reports/quality", "quality")]),
    ]

    private static var program: URL? {
        let file = Repository.root.appending(path: ".build/debug/assay")
        return FileManager.default.isExecutableFile(atPath: file.path) ? file : nil
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: Repository.root.appending(path: path), encoding: .utf8)
    }

    /// Lines of code that call the program.
    private static func commands(_ path: String) throws -> [String] {
        try text(path).split(separator: "\n").filter {
            $0.hasPrefix("    ") && $0.contains(/(^|[\/ ])assay [a-z-]/) && !$0.contains("ExecStart")
                && !$0.contains("* ")
        }.map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// Runs a line in the shell.
    private static func run(_ line: String, in folder: URL) throws -> (status: Int32, output: String, errors: String) {
        let program = try #require(program, "the command is built beside its tests")
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", line]
        process.currentDirectoryURL = folder
        process.environment = [
            "ASSAY_TEMPLATES": Repository.root.appending(path: "Templates").path,
            "PATH": program.deletingLastPathComponent().path + ":/usr/bin:/bin",
        ]
        let files = ["output.txt", "errors.txt"].map { folder.appending(path: ".\($0)") }
        for file in files { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        try process.run()
        process.waitUntilExit()
        let said = try files.map { try String(contentsOf: $0, encoding: .utf8) }
        return (process.terminationStatus, said[0], said[1])
    }

    private func follow(_ chapter: Chapter, in folder: URL) throws {
        let prepared = try Self.run(chapter.preparation, in: folder)
        #expect(prepared.status == 0, "\(chapter.path): \(prepared.errors)")
        let commands = try Self.commands(chapter.path)
        #expect(!commands.isEmpty, "\(chapter.path)")
        for command in commands {
            let line = chapter.replacements.reduce(command) { $0.replacing($1.0, with: $1.1) }
            let answer = try Self.run(line, in: folder)
            #expect(chapter.statuses.contains(answer.status), "\(chapter.path): \(line): \(answer.errors)")
        }
    }

    @Test func everyCommandOfTheGuideRuns() async throws {
        try await inWorkshop { workshop in
            for chapter in Self.chapters {
                try follow(chapter, in: workshop.folder)
                guard chapter.path == "docs/guide.md" else { continue }
                let files = ["runs/2026-11-19/report.pdf", "runs/2026-11-19/report.html", "help/index.html"]
                for file in files {
                    #expect(FileManager.default.fileExists(atPath: "\(workshop.folder.path)/Output/\(file)"), "\(file)")
                }
            }
        }
    }

    /// Learners have exports of their own.
    @Test func everyCommandForLearnersRuns() async throws {
        try await inWorkshop { workshop in
            var chapter = Chapter(path: "docs/learning.md")
            let lines = try Self.commands(chapter.path)
            let named = try #require(lines.joined().firstMatch(of: /--learner ([0-9a-f]{16})/)).1
            let script = ["assay sample --into .first --learners 25", "assay build .first --learners none --quiet"]
            for line in script { #expect(try Self.run(line, in: workshop.folder).status == 0) }
            let list = try Self.run("assay learners --format csv", in: workshop.folder).output
            let learner = try #require(
                list.split(whereSeparator: \.isNewline).dropFirst().first?.split(separator: ",").first)
            chapter.replacements = [(String(named), String(learner))]
            try follow(chapter, in: workshop.folder)
        }
    }

    /// Every page with commands is followed by a test above.
    @Test func noPageWithCommandsIsLeftOut() throws {
        let docs = Repository.root.appending(path: "docs")
        let names = try FileManager.default.contentsOfDirectory(atPath: docs.path).filter { $0.hasSuffix(".md") }
        let withCommands = try Set(names.map { "docs/\($0)" }.filter { try !Self.commands($0).isEmpty })
        #expect(withCommands == Set(Self.chapters.map(\.path) + ["docs/learning.md"]).subtracting(["README.md"]))
    }

    /// Commands within sentences are there, with every option that is named.
    @Test func commandsAndOptionsInSentencesExist() throws {
        let docs = Repository.root.appending(path: "docs")
        let names = try FileManager.default.contentsOfDirectory(atPath: docs.path).filter { $0.hasSuffix(".md") }
        var named: [String: Set<String>] = [:]
        for path in names.map({ "docs/\($0)" }) + ["README.md"] {
            for match in try Self.text(path).matches(of: /`assay ([a-z][^`]*)`/) {
                let words = match.1.split(separator: " ").map(String.init)
                let depth = ["history", "interventions"].contains(words[0]) ? 2 : 1
                let command = words.prefix(depth).joined(separator: " ")
                named[command, default: []].formUnion(match.1.matches(of: /--[a-z][a-z-]*/).map { String($0.0) })
            }
        }
        #expect(named.count > 20)
        let folder = FileManager.default.temporaryDirectory
        for (command, options) in named.sorted(by: { $0.key < $1.key }) {
            let help = try Self.run("assay \(command) --help", in: folder)
            #expect(help.status == 0, "assay \(command)")
            for option in options.sorted() { #expect(help.output.contains(option), "assay \(command) \(option)") }
        }
    }

    /// Every page of the documentation is reached from the guide, and every link of it leads somewhere.
    @Test func theGuideLeadsToEveryPage() throws {
        let docs = Repository.root.appending(path: "docs")
        let guide = try String(contentsOf: docs.appending(path: "guide.md"), encoding: .utf8)
        let links = Set(guide.matches(of: /\]\(([a-z]+\.md)\)/).map { String($0.1) })
        let pages = Set(try FileManager.default.contentsOfDirectory(atPath: docs.path).filter { $0.hasSuffix(".md") })
        #expect(links == pages.subtracting(["guide.md"]))
    }
}
