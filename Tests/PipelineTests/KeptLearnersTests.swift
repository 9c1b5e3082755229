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

    private func configuration(_ entries: String = "", goal: Int = 3) -> String {
        """
        time_zone: Europe/Berlin
        output: site
        archive: archive.sqlite
        sources:
          lessons: {role: learning, files: ["learning*"]}
        learning: {show_ids: true, top: 4\(entries)}
        goals:
          some: {type: topics, target: \(goal), start: 2026-10-05, title: Some topics}
        privacy: {k: 3}
        """
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
                await Pipeline.build(request, in: shop.surroundings, messages: shop.sink) == .done,
                "\(what): \(shop.messages.suffix(3))")
            let kept = try shop.files(in: "site")
            try copyState(from: shop.folder, to: after)

            try copyState(from: before, to: shop.folder)
            var others = shop.surroundings
            others.executable = aside.folder.appending(path: "program").path
            #expect(await Pipeline.build(request, in: others, messages: aside.sink) == .done, "\(what)")
            let fresh = try shop.files(in: "site")
            #expect(Set(kept.keys) == Set(fresh.keys), "\(what)")
            let different = kept.filter { fresh[$0.key] != $0.value }.map(\.key).sorted()
            #expect(different == [], "\(what)")
            try copyState(from: after, to: shop.folder)
        }
    }

    @Test(arguments: [1, 2]) func everyNightIsThatOfABuildFromScratch(seed: Int) async throws {
        try await inWorkshop { shop in
            var nights = Nights(generator: SeededGenerator(seed: UInt64(seed)))
            try shop.write(configuration(), to: "assay.yaml")
            try shop.write(nights.night(30, learners: 48, count: 260), to: "exports/learning-30.csv")
            try await build(shop, asOf: Nights.iso(30), "the first night")
            for night in 31...34 {
                try shop.write(nights.night(night, learners: 48, count: 7), to: "exports/learning-\(night).csv")
                try await build(shop, asOf: Nights.iso(night), "night \(night)")
            }
            #expect(await shop.undo(4, configuration: "assay.yaml") == .done, "\(shop.messages)")
            try await build(shop, asOf: Nights.iso(34), "after an undo")
            try shop.write(configuration(goal: 2), to: "assay.yaml")
            try await build(shop, asOf: Nights.iso(35), "another goal, and nothing new")
            try shop.write(configuration(", decay_per_day: 0.05", goal: 2), to: "assay.yaml")
            try shop.write(nights.night(36, learners: 52, count: 7), to: "exports/learning-36.csv")
            try await build(shop, asOf: Nights.iso(36), "other rules, and new learners")
            // The newest days are there already.
            try await build(shop, asOf: Nights.iso(33), "an earlier day once more")
            let request = HistoryRequest(configuration: "assay.yaml", archive: nil)
            let status = await forgetPerson("learner-11", request, in: shop.surroundings, messages: shop.sink) { _ in }
            #expect(status == .done, "\(shop.messages.suffix(3))")
            try shop.write(nights.night(37, learners: 52, count: 7), to: "exports/learning-37.csv")
            try await build(shop, asOf: Nights.iso(37), "after somebody was forgotten")
        }
    }

    @Test func anArchiveWithoutKeptLearnersIsBroughtUpToDate() async throws {
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
                Repository.fixture("archives/learners-10.sqlite.zst"), to: shop.folder.appending(path: "old.sqlite"))
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
