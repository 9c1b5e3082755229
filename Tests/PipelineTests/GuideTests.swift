import Foundation
import TestSupport
import Testing

/// The commands of the guide, run one after the other as a reader would.
@Suite struct GuideTests {
    private var program: URL? {
        let file = Repository.root.appending(path: ".build/debug/assay")
        return FileManager.default.isExecutableFile(atPath: file.path) ? file : nil
    }

    @Test func everyCommandOfTheGuideRuns() async throws {
        let program = try #require(program, "the command is built beside its tests")
        let guide = try String(contentsOf: Repository.root.appending(path: "docs/guide.md"), encoding: .utf8)
        let commands = guide.split(separator: "\n").filter { $0.hasPrefix("    assay ") }
            .map { $0.split(separator: " ").dropFirst().map(String.init) }
        #expect(commands.count >= 10)
        try await inWorkshop { workshop in
            for command in commands {
                let process = Process()
                process.executableURL = program
                process.arguments = command
                process.currentDirectoryURL = workshop.folder
                process.environment = ["ASSAY_TEMPLATES": Repository.root.appending(path: "Templates").path]
                process.standardOutput = FileHandle.nullDevice
                let errors = workshop.folder.appending(path: "errors.txt")
                try Data().write(to: errors)
                process.standardError = try FileHandle(forWritingTo: errors)
                try process.run()
                process.waitUntilExit()
                let said = try String(contentsOf: errors, encoding: .utf8)
                #expect(process.terminationStatus == 0, "assay \(command.joined(separator: " ")): \(said)")
            }
            #expect(FileManager.default.fileExists(atPath: workshop.folder.path + "/Output/runs/2026-11-19/report.pdf"))
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
