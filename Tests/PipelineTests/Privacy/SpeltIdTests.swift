import Foundation
import TestSupport
import Testing

@testable import Pipeline

@Suite("Forgetting a person by an id in other letters")
struct SpeltIdTests {
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
        privacy: {k: 3}
        """

    /// Sessions of 12 people over 20 days; `anna@example.org` has every twelfth.
    private func sessions(without id: String? = nil) -> String {
        let rows = (0..<240).map { row in
            let user =
                row % 12 == 3
                ? "anna@example.org" : row % 12 == 5 ? "mu\u{308}ller@example.org" : "user-\(row % 12)@example.org"
            return "s\(row)x,\(user),2026-10-\(10 + row % 20)T10:00:00Z,\(row % 2 == 0 ? "A" : "B"),0.\(100 + row)"
        }
        return "session_id,user_id,started_at,tier,accuracy\n" + rows.joined(separator: "\n") + "\n"
    }

    private func forget(
        _ user: String, in shop: Workshop
    ) async -> (status: Pipeline.ExitStatus, text: String) {
        var bytes: [UInt8] = []
        let request = HistoryRequest(configuration: "assay.yaml", archive: nil)
        let status = await forgetPerson(user, request, in: shop.surroundings, messages: shop.sink) { bytes += $0 }
        return (status, String(decoding: bytes, as: UTF8.self))
    }

    @Test("Another spelling of an id is nobody's: nothing is erased, and the search for the id goes on")
    func otherSpelling() async throws {
        try await inWorkshop { shop in
            try shop.write(Self.configuration, to: "assay.yaml")
            try shop.write(sessions(), to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .done)
            let head = await shop.verify().text
            for id in ["ANNA@example.org", "M\u{DC}LLER@example.org", "MU\u{308}LLER@example.org"] {
                let other = await forget(id, in: shop)
                #expect(other.status == .inputMissing && other.text.isEmpty)
            }
            #expect(shop.messages.contains { $0.contains("nobody has this id as it is written") }, "\(shop.messages)")
            #expect(await shop.verify().text == head)
            // A later night, which reads other files, still looks for the id.
            try shop.write(
                "session_id,user_id,started_at,tier,accuracy\n"
                    + (0..<12).map { "t\($0),p\($0)-new,2026-10-30T10:00:00Z,Anna@example.org,0.5\n" }.joined(),
                to: "exports/sessions-2.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-30") == .failed)
            try FileManager.default.removeItem(at: shop.folder.appending(path: "exports/sessions-2.csv"))
            // Blanks around it are none of the id, as in exports.
            let (status, text) = await forget(" anna@example.org ", in: shop)
            #expect(status == .done, "\(shop.messages)")
            #expect(text.contains("rows\t20 erased"), "\(text)")
            // Composed letters mean the person whom the export writes with decomposed ones.
            #expect(await forget("m\u{FC}ller@example.org", in: shop).text.contains("rows\t20 erased"))
        }
    }
}
