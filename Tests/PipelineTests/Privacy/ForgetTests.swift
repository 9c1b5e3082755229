import Foundation
import Testing

@testable import Pipeline

@Suite("Forgetting a person, and what may not be published")
struct ForgetTests {
    private static let configuration = """
        title: People
        output: site
        archive: archive.sqlite
        sources:
          sessions: {files: ["sessions*"], id: session_id, time: started_at, person: user_id}
        metrics:
          accuracy: {source: sessions, range: [0, 1], direction: higher}
        dimensions:
          tier: {source: sessions}
        """

    /// Sessions of 12 people over 20 days; `anna@example.org` has every twelfth.
    private func sessions(without id: String? = nil) -> String {
        let rows = (0..<240).compactMap { row -> String? in
            let user = row % 12 == 3 ? "anna@example.org" : "user-\(row % 12)@example.org"
            guard user != id else { return nil }
            return "s\(row)x,\(user),2026-10-\(10 + row % 20)T10:00:00Z,\(row % 2 == 0 ? "A" : "B"),0.\(100 + row)"
        }
        return "session_id,user_id,started_at,tier,accuracy\n" + rows.joined(separator: "\n") + "\n"
    }

    private func forget(_ user: String, in shop: Workshop) async -> (status: Pipeline.ExitStatus, text: String) {
        var bytes: [UInt8] = []
        let request = HistoryRequest(configuration: "assay.yaml", archive: nil)
        let status = await forgetPerson(user, request, in: shop.surroundings, messages: shop.sink) { bytes += $0 }
        return (status, String(decoding: bytes, as: UTF8.self))
    }

    @Test("Afterwards figures and pages are those of exports that never had the person, and no byte names them")
    func erased() async throws {
        try await inWorkshop { shop in
            try shop.write(Self.configuration, to: "assay.yaml")
            try shop.write(sessions(), to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .done)
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .done)
            let (status, text) = await forget("anna@example.org", in: shop)
            #expect(status == .done, "\(shop.messages)")
            #expect(text.contains("rows\t20 erased"))
            #expect(text.contains("made_again\t2026-10-20\nmade_again\t2026-10-29"))
            #expect(text.contains("0 of the person"))
            #expect(!text.contains("noted"))
            let summary = try shop.json("site/summaries/2026-10-29.json")
            let data = try #require(summary["distribution"] as? [String: Any])

            try shop.write(sessions(without: "anna@example.org"), to: "other/sessions.csv")
            #expect(
                await shop.build(
                    ["other"], configuration: "assay.yaml", output: "site2", archive: "other.sqlite",
                    asOf: "2026-10-29") == .done)
            let expected = try shop.json("site2/summaries/2026-10-29.json")
            #expect(
                NSDictionary(dictionary: data)
                    == NSDictionary(dictionary: try #require(expected["distribution"] as? [String: Any])))

            let shown = await shop.verify()
            #expect(shown.status == .done, "\(shop.messages)")
            for (name, bytes) in try shop.files(in: ".") where !name.hasPrefix("exports") && !name.hasPrefix("other") {
                #expect(bytes.range(of: Data("anna".utf8)) == nil, "\(name)")
            }
            let trail = await shop.show("1")
            #expect(!trail.text.contains("anna"))
        }
    }

    @Test("A later export does not bring the person back, nor does the same one read again")
    func staysAway() async throws {
        try await inWorkshop { shop in
            try shop.write(Self.configuration, to: "assay.yaml")
            try shop.write(sessions(), to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .done)
            #expect(await forget("anna@example.org", in: shop).status == .done)
            try shop.write(
                sessions() + "s900x,anna@example.org,2026-10-29T11:00:00Z,A,0.5\n", to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-29") == .done)
            let (_, text) = await forget("anna@example.org", in: shop)
            #expect(text.isEmpty)
            #expect(shop.messages.contains { $0.contains("Nothing is stored of this person") })
        }
    }

    @Test(
        "An id in a figure, group or file name fails the build with its place but not the id, and the previous site stands"
    )
    func leak() async throws {
        try await inWorkshop { shop in
            try shop.write(Self.configuration, to: "assay.yaml")
            try shop.write(sessions(), to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .done)
            let before = try shop.files(in: "site")
            // Somebody's id has slipped into the column of tiers.
            try shop.write(
                sessions().replacing(",A,", with: ",user-5@example.org,"), to: "exports/sessions2.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .failed)
            #expect(shop.messages.contains { $0.contains("the id of a person stands") })
            #expect(!shop.messages.contains { $0.contains("user-5") })
            #expect(try shop.files(in: "site") == before)
        }
    }

    @Test("A dimension made of the person column is a mistake of the configuration")
    func dimension() async throws {
        try await inWorkshop { shop in
            try shop.write(Self.configuration + "\n  who: {source: sessions, column: user_id}\n", to: "assay.yaml")
            try shop.write(sessions(), to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml") == .configuration)
        }
    }

    @Test("Another key than that of the stored people is refused")
    func otherKey() async throws {
        try await inWorkshop { shop in
            try shop.write(Self.configuration, to: "assay.yaml")
            try shop.write(sessions(), to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .done)
            try shop.write(sessions(without: "user-5@example.org"), to: "exports/sessions.csv")
            try FileManager.default.removeItem(at: shop.folder.appending(path: "privacy.key"))
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .configuration)
        }
    }
}
