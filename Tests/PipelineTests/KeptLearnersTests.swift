import Foundation
import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// What is kept of learners from night to night never shows: each night's site is that of a build that keeps nothing.
@Suite(.serialized) struct KeptLearnersTests {
    private static let head =
        "session_id,learner_id,time_zone,start_time,duration_minutes,total_exchanges,average_quality,topics\n"

    /// Nights drawn from a seed.
    private struct Nights {
        var generator: SeededGenerator
        var rows: [(id: Int, learner: Int, back: Int)] = []

        mutating func draw(_ n: Int) -> Int { Int(generator.next() % UInt64(n)) }

        private static func day(_ number: Int) -> String {
            let text = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
            // Days 1 to 30 are those of October, 31 to 60 the first of November.
            return number <= 30 ? "2026-10-\(text(number))" : "2026-11-\(text(number - 30))"
        }

        static func iso(_ number: Int) -> String { day(number) }

        private mutating func line(_ id: Int, _ learner: Int, on day: Int) -> String {
            let zone = [("Europe/Berlin", "+01:00"), ("Asia/Tokyo", "+09:00"), ("", "Z")][learner % 3]
            let (hour, minute) = (10 + draw(10), 10 + draw(50))
            return
                "\(id),learner-\(10 + learner),\(zone.0),\(Self.day(day))T\(hour):\(minute):00\(zone.1),\(5 + draw(40)),\(draw(20)),0.\(30 + draw(70)),\(["algebra", "music", "chess", "zither"][draw(4)])"
        }

        /// The rows of a night: new ones, late ones, corrections, some of which move a session to another day.
        mutating func night(_ number: Int, learners: Int, count: Int) -> String {
            var lines: [String] = []
            for _ in 0..<count {
                let learner = draw(3) == 0 ? draw(learners) : draw(max(1, learners / 3))
                let back = draw(4) == 0 ? draw(max(1, number - 1)) : 0
                rows.append((rows.count, learner, number - back))
                lines.append(line(rows.count - 1, learner, on: number - back))
            }
            for _ in 0..<draw(4) where !rows.isEmpty {
                let row = rows[draw(rows.count)]
                lines.append(line(row.id, row.learner, on: max(1, row.back - draw(3))))
            }
            return KeptLearnersTests.head + lines.joined(separator: "\n") + "\n"
        }
    }

    private func configuration(_ entries: String = "", goal: Int = 3, privacy: String = "") -> String {
        """
        time_zone: Europe/Berlin
        output: site
        archive: archive.sqlite
        sources:
          lessons: {role: learning, files: ["learning*"]}
          people: {role: people, files: ["users*"]}
        learning: {top: 4\(entries)}
        goals:
          some: {type: topics, target: \(goal), start: 2026-10-05, title: Some topics}
        privacy: {k: 3\(privacy)}
        """
    }

    /// The machine with a key of pseudonyms that is the same each time, so that the order of learners is, too.
    private func machine(_ shop: Workshop) -> Surroundings {
        var machine = shop.surroundings
        machine.privacyKey = (0..<32).map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
        return machine
    }

    /// Gives a folder what a build of another one reads of the builds before it, and writes: the site, the archive, what lies beside it.
    private func copyState(from first: URL, to second: URL) throws {
        for (folder, isOld) in [(second, true), (first, false)] {
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
            where name == "site" || name.hasPrefix("archive.sqlite") {
                let own = second.appending(path: name)
                if isOld {
                    try FileManager.default.removeItem(at: own)
                } else {
                    try FileManager.default.copyItem(at: first.appending(path: name), to: own)
                }
            }
        }
    }

    /// Builds a night twice, where nights have been kept and as a program that has kept nothing: from the same archive and site, in the
    /// same folder, because an archive names the files that it has read and the folders that it publishes in.
    private func build(_ shop: Workshop, asOf day: String, _ what: String, learners: LearnerPages = .top) async throws {
        try await inWorkshop { aside in
            let (before, after) = (aside.folder.appending(path: "before"), aside.folder.appending(path: "after"))
            for folder in [before, after] {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            }
            try aside.write("another program", to: "program")
            var request = BuildRequest(
                exports: ["exports"], configuration: "assay.yaml", output: nil, archive: nil, asOf: day, timeZone: nil,
                isStrict: false, requiresNewData: false, isDryRun: false, jobs: 2)
            request.learners = learners
            try copyState(from: shop.folder, to: before)
            #expect(
                await Pipeline.build(request, in: machine(shop), messages: shop.sink) == .done,
                "\(what): \(shop.messages.suffix(3))")
            let kept = try shop.files(in: "site")
            try copyState(from: shop.folder, to: after)

            try copyState(from: before, to: shop.folder)
            var others = machine(shop)
            others.executable = aside.folder.appending(path: "program").path
            #expect(await Pipeline.build(request, in: others, messages: aside.sink) == .done, "\(what)")
            let fresh = try shop.files(in: "site")
            #expect(Set(kept.keys) == Set(fresh.keys), "\(what)")
            let different = kept.filter { fresh[$0.key] != $0.value }.map(\.key).sorted()
            #expect(different == [], "\(what)")
            try copyState(from: after, to: shop.folder)
        }
    }

    @Test(arguments: [(1, LearnerPages.top, 48), (2, .all, 15)])
    func everyNightIsThatOfABuildFromScratch(seed: Int, pages: LearnerPages, learners: Int) async throws {
        try await inWorkshop { shop in
            var nights = Nights(generator: SeededGenerator(seed: UInt64(seed)))
            func night(_ number: Int, _ what: String, more: Int? = 0) async throws {
                if let more {
                    try shop.write(
                        nights.night(number, learners: learners + more, count: 7),
                        to: "exports/learning-\(number).csv")
                }
                try await build(shop, asOf: Nights.iso(number), what, learners: pages)
            }
            try shop.write(configuration(), to: "assay.yaml")
            try shop.write(nights.night(30, learners: learners, count: 6 * learners), to: "exports/learning-30.csv")
            try await night(30, "the first night", more: nil)
            for number in 31...33 { try await night(number, "night \(number)") }
            #expect(await shop.undo(3, configuration: "assay.yaml") == .done, "\(shop.messages)")
            try await night(33, "after an undo", more: nil)
            try shop.write(configuration(goal: 2), to: "assay.yaml")
            try await night(34, "another goal, and nothing new", more: nil)
            try shop.write(configuration(", decay_per_day: 0.05", goal: 2), to: "assay.yaml")
            try await night(35, "other rules, and new learners", more: 4)
            // The newest days are there already.
            try await night(32, "an earlier day once more", more: nil)
            let request = HistoryRequest(configuration: "assay.yaml", archive: nil)
            let status = await forgetPerson("learner-11", request, in: machine(shop), messages: shop.sink) { _ in }
            #expect(status == .done, "\(shop.messages.suffix(3))")
            try await night(36, "after somebody was forgotten")
            try shop.write("user_id,consent\nlearner-10,no\nlearner-13,yes\n", to: "exports/users-37.csv")
            try await night(37, "after somebody did not agree")
            try shop.write("user_id,consent\nlearner-10,yes\nlearner-12,no\n", to: "exports/users-38.csv")
            try await night(38, "after somebody agreed again")
            try shop.write(configuration(goal: 2, privacy: ", retention_days: 20"), to: "assay.yaml")
            try await night(39, "without the oldest days")
            try await night(45, "without further days, and nothing new", more: nil)
        }
    }

    @Test(arguments: [10, 12]) func anEarlierArchiveOfLearnersIsBroughtUpToDate(version: Int) async throws {
        try await inWorkshop { shop in
            for name in ["assay.yaml", "learning-1.csv", "learning-2.csv"] {
                try FileManager.default.copyItem(
                    at: Repository.fixture("archives/learners/\(name)"), to: shop.folder.appending(path: name))
            }
            for (files, day) in [
                (["learning-1.csv"], "2026-10-19"), (["learning-1.csv", "learning-2.csv"], "2026-10-20"),
            ] {
                #expect(
                    await shop.build(
                        files, configuration: "assay.yaml", output: "new", archive: "new.sqlite", asOf: day) == .done)
            }
            #expect(await shop.undo(2, configuration: "assay.yaml", archive: "new.sqlite") == .done)
            try unpackZstd(
                Repository.fixture("archives/learners-\(version).sqlite.zst"),
                to: shop.folder.appending(path: "old.sqlite"))
            for archive in ["new", "old"] {
                #expect(
                    await shop.build(
                        ["learning-1.csv"], configuration: "assay.yaml", output: archive,
                        archive: "\(archive).sqlite", asOf: "2026-10-20") == .done, "\(shop.messages.suffix(3))")
            }
            let run = "runs/2026-10-20/exports"
            let (new, old) = (try shop.files(in: "new/\(run)"), try shop.files(in: "old/\(run)"))
            #expect(new.keys.contains { $0.hasSuffix("learning.json") })
            #expect(new == old)
        }
    }
}
