import Foundation
import TestSupport
import Testing

@testable import Pipeline

@Suite("Forgetting a person wherever runs were published, and ids of nobody")
struct ForgottenSitesTests {
    private func shop(_ body: (Workshop) async throws -> Void) async throws {
        try await inWorkshop { shop in
            #expect(try await shop.sampleLearners() == .done)
            try await body(shop)
        }
    }

    private func pseudonym(in shop: Workshop) throws -> String {
        let summary = try shop.json("public/summaries/2026-11-19.json")
        let list = try #require((summary["learning"] as? [String: Any])?["learners"] as? [[String: Any]])
        let own = try #require(list.first { ($0["streak"] as? [String: Any])?["current"] as? Int == 30 })
        return try #require(own["learner"] as? String)
    }

    private func naming(_ word: String, in shop: Workshop, _ folder: String) throws -> Int {
        try shop.files(in: folder).count { $0.key.contains(word) || $0.value.range(of: Data(word.utf8)) != nil }
    }

    @Test(
        "Pages in another folder than that of the configuration, or than is asked for, are made again",
        arguments: [nil, "nowhere"])
    func otherFolder(output: String?) async throws {
        try await shop { shop in
            #expect(await shop.build(configuration: "assay.yaml", output: "public", asOf: "2026-11-19") == .done)
            let pseudonym = try pseudonym(in: shop)
            #expect(try naming(pseudonym, in: shop, "public") > 0)
            let (status, text) = await shop.forget("planted-streak", output: output)
            #expect(status == .done, "\(shop.messages)")
            #expect(try naming(pseudonym, in: shop, "public") == 0, "\(text)")
            #expect(text.contains("made_again\t2026-11-19 in \(shop.folder.path)/public\n"), "\(text)")
            #expect(text.contains("is not there: no published file was read in it"), "\(text)")
        }
    }

    @Test("Two folders with the same day are both made again, each as it was published; one that is gone is named")
    func twoFolders() async throws {
        try await shop { shop in
            for (folder, language) in [("public", "de"), ("gone", "en"), ("site", "en")] {
                #expect(
                    await shop.build(
                        configuration: "assay.yaml", output: folder, asOf: "2026-11-19", language: language) == .done)
            }
            let pseudonym = try pseudonym(in: shop)
            try FileManager.default.removeItem(at: shop.folder.appending(path: "gone"))
            let (status, text) = await shop.forget("planted-streak")
            #expect(status == .done, "\(shop.messages)")
            #expect(text.contains("/gone is not there any more"), "\(text)")
            for (folder, language) in [("public", "de"), ("site", "en")] {
                #expect(try naming(pseudonym, in: shop, folder) == 0, "\(folder): \(text)")
                let page = try String(decoding: shop.read("\(folder)/runs/2026-11-19/index.html"), as: UTF8.self)
                #expect(page.contains("<html lang=\"\(language)\""))
            }
        }
    }

    @Test("A folder that was published before folders were noted is found by its pages, though the archive is erased")
    func laterFound() async throws {
        try await shop { shop in
            #expect(await shop.build(configuration: "assay.yaml", output: "public", asOf: "2026-11-19") == .done)
            let pseudonym = try pseudonym(in: shop)
            // The folder is away while the person is forgotten, and comes back.
            let (there, away) = (shop.folder.appending(path: "public"), shop.folder.appending(path: "away"))
            try FileManager.default.moveItem(at: there, to: away)
            #expect(await shop.forget("planted-streak").text.contains("/public is not there any more"))
            try FileManager.default.moveItem(at: away, to: there)
            #expect(try naming(pseudonym, in: shop, "public") > 0)
            #expect(await shop.forget("planted-streak").status == .done, "\(shop.messages)")
            #expect(try naming(pseudonym, in: shop, "public") == 0)
        }
    }

    @Test("An id that nobody has is said to be nobody's, and nothing is erased")
    func nobody() async throws {
        try await shop { shop in
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-11-19") == .done)
            let before = await shop.show("2026-11-19").text
            let head = await shop.verify().text
            let (status, text) = await shop.forget("planted-streek")
            #expect(status == .inputMissing && text.isEmpty)
            #expect(shop.messages.contains { $0.contains("nobody has this id") }, "\(shop.messages)")
            #expect(!shop.messages.contains { $0.contains("streek") })
            #expect(await shop.verify().text == head)
            #expect(await shop.show("2026-11-19").text == before)
        }
    }

    @Test("An archive with people that the program of schema 9 wrote: a build works on it, and a person is forgotten")
    func earlierArchive() async throws {
        try await inWorkshop { shop in
            let fixture = Repository.fixture("archives/people")
            let names = try FileManager.default.contentsOfDirectory(atPath: fixture.path)
            for name in names where name.hasSuffix(".csv") {
                try shop.write(
                    String(contentsOf: fixture.appending(path: name), encoding: .utf8), to: "exports/\(name)")
            }
            try shop.write(
                String(contentsOf: fixture.appending(path: "assay.yaml"), encoding: .utf8), to: "assay.yaml")
            try unpackZstd(
                fixture.appending(path: "people-9.sqlite.zst"), to: shop.folder.appending(path: "archive.sqlite"))
            let key = shop.folder.appending(path: "privacy.key")
            try "000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f\n"
                .write(to: key, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)

            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .done, "\(shop.messages)")
            #expect(shop.messages.contains { $0.contains("no new files") }, "\(shop.messages)")
            // The same exports in an archive of today tell the same.
            #expect(
                await shop.build(
                    configuration: "assay.yaml", output: "new", archive: "new.sqlite", asOf: "2026-10-20") == .done)
            for name in ["cohorts", "people-tables", "learning-topics", "learning-days"] {
                let path = "runs/2026-10-20/exports/\(name).csv"
                #expect(try shop.read("site/\(path)") == shop.read("new/\(path)"), "\(name)")
            }

            // Person 3 has a profile, three sessions, an outcome, a row of progress, four lessons, and three records.
            let (status, text) = await shop.forget("person-03@example.org")
            #expect(status == .done, "\(shop.messages)")
            #expect(text.contains("facts\t10 erased\nrows\t3 erased"), "\(text)")
            #expect(text.contains("it was not noted where runs were published"), "\(text)")
            #expect(await shop.verify().status == .done, "\(shop.messages)")
            let again = await shop.build(configuration: "assay.yaml", asOf: "2026-10-20")
            #expect(again == .done, "\(shop.messages)")
        }
    }
}
