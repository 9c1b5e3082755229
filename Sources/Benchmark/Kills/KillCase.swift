import Foundation
import Site
import TestSupport

/// One situation in which a build is killed: the folder before it, and after a build that nobody disturbed.
struct KillCase {
    let name: String
    let build: [String]
    let before: URL
    let after: URL
    let stages: [Program.Stage]

    /// A first night, a night with corrections on a published site, and a night on an archive of an earlier schema.
    static func all(_ program: Program, in folder: URL) throws -> [KillCase] {
        let files = FileManager.default
        let fixtures = Repository.fixture("archives")
        func prepared(_ name: String, nights: [String]) throws -> URL {
            let place = folder.appending(path: name + "-before")
            try files.createDirectory(at: place, withIntermediateDirectories: true)
            for part in ["night1", "night2", "night3", "assay.yaml"] {
                try files.copyItem(at: fixtures.appending(path: part), to: place.appending(path: part))
            }
            for night in nights {
                let run = try program.run(arguments(night), in: place)
                guard run.status == 0 else { throw KillTest.Fault(description: run.messages) }
            }
            return place
        }
        let first = try prepared("first", nights: [])
        let second = try prepared("second", nights: ["night1"])
        let migration = try prepared("migration", nights: ["night1"])
        let archive = migration.appending(path: "archive.sqlite")
        try files.removeItem(at: archive)
        try unpackZstd(fixtures.appending(path: "schema-1.sqlite.zst"), to: archive)
        return [
            try KillCase("first", first, "night1", program, folder),
            try KillCase("second", second, "night2", program, folder),
            try KillCase("migration", migration, "night3", program, folder),
        ]
    }

    private static func arguments(_ night: String) -> [String] {
        [
            "build", night, "--config", "assay.yaml", "--output", "site", "--archive", "archive.sqlite", "--as-of",
            "2026-11-19", "--take-back", "--verbose", "--log-format", "json",
        ]
    }

    private init(_ name: String, _ before: URL, _ night: String, _ program: Program, _ folder: URL) throws {
        self.name = name
        self.before = before
        build = KillCase.arguments(night)
        after = folder.appending(path: name + "-after")
        try FileManager.default.copyItem(at: before, to: after)
        let run = try program.run(build, in: after)
        stages = program.stages(run.messages)
        guard run.status == 0, stages.count > 5 else { throw KillTest.Fault(description: run.messages) }
    }

    /// What must hold right after a kill.
    func checkStruck(_ place: URL, _ program: Program) throws {
        let archive = place.appending(path: "archive.sqlite")
        if FileManager.default.fileExists(atPath: archive.path) {
            let run = try program.run(
                ["history", "verify", "--days", "1000", "--archive", "archive.sqlite"], in: place)
            // Before the first commit, and before the migration, there is nothing that could be verified.
            let isBefore = ["nothing has been loaded", "its schema is older"].contains { run.messages.contains($0) }
            guard run.status == 0 || isBefore else { throw KillTest.Fault(description: "archive: \(run.messages)") }
        }
        let (old, new) = (try KillCase.files(before), try KillCase.files(after))
        let left = try KillCase.files(place).filter { !$0.key.contains(".staging") }
        for (path, bytes) in left where bytes != old[path] && bytes != new[path] {
            throw KillTest.Fault(description: "site: \(path) is neither the old nor the new one")
        }
        for path in old.keys where left[path] == nil && new[path] != nil {
            throw KillTest.Fault(description: "site: \(path) is gone")
        }
        let runs = place.appending(path: "site/runs")
        for run in (try? FileManager.default.contentsOfDirectory(atPath: runs.path)) ?? [] {  // none yet
            guard SiteBuilder.isWhole(runs.appending(path: run).path) else {
                throw KillTest.Fault(description: "site: the run \(run) is not whole")
            }
        }
        if let landing = left["index.html"], landing == new["index.html"], landing != old["index.html"] {
            guard left.filter({ $0.key.hasPrefix("runs/") }) == new.filter({ $0.key.hasPrefix("runs/") }) else {
                throw KillTest.Fault(description: "site: the landing page is ahead of its run")
            }
        }
    }

    /// What must hold after the next build.
    func checkEnd(_ place: URL, _ program: Program) throws {
        let (expected, found) = (try KillCase.files(after), try KillCase.files(place))
        for path in Set(expected.keys).union(found.keys).sorted() where expected[path] != found[path] {
            throw KillTest.Fault(description: "after the next build \(path) differs")
        }
        for arguments in [["list"], ["verify", "--days", "1000"]] {
            let command = ["history"] + arguments + ["--archive", "archive.sqlite"]
            let (there, here) = (try program.run(command, in: after), try program.run(command, in: place))
            // The trail tells when things were done, which differs.
            func facts(_ text: String) -> [Substring] {
                text.split(separator: "\n").filter { !$0.hasPrefix("audit_head") }
            }
            guard here.status == 0, facts(here.output) == facts(there.output) else {
                throw KillTest.Fault(description: "history \(arguments[0]): \(here.messages)\(here.output)")
            }
        }
    }

    /// The files of the site with their bytes.
    private static func files(_ place: URL) throws -> [String: Data] {
        let site = place.appending(path: "site")
        var files: [String: Data] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: site.path) ?? .init() {
            var isFolder: ObjCBool = false
            let file = site.appending(path: path).path
            guard unsafe FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue
            else { continue }
            files[path] = try Data(contentsOf: URL(filePath: file))
        }
        return files
    }
}
