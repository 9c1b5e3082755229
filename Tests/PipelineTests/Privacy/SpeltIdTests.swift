import Foundation
import TestSupport
import Testing

@testable import Pipeline

@Suite("Forgetting a person by an id in other letters")
struct SpeltIdTests {
    @Test("Another spelling of an id is nobody's: nothing is erased, and the search for the id goes on")
    func otherSpelling() async throws {
        try await inWorkshop { shop in
            try shop.write(TwelvePeople.configuration, to: "assay.yaml")
            try shop.write(TwelvePeople.sessions(naming: [5: "mu\u{308}ller@example.org"]), to: "exports/sessions.csv")
            #expect(await shop.build(configuration: "assay.yaml", asOf: "2026-10-20") == .done)
            let head = await shop.verify().text
            for id in ["ANNA@example.org", "M\u{DC}LLER@example.org", "MU\u{308}LLER@example.org"] {
                let other = await shop.forget(id)
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
            let (status, text) = await shop.forget(" anna@example.org ")
            #expect(status == .done, "\(shop.messages)")
            #expect(text.contains("rows\t20 erased"), "\(text)")
            // Composed letters mean the person whom the export writes with decomposed ones.
            #expect(await shop.forget("m\u{FC}ller@example.org").text.contains("rows\t20 erased"))
        }
    }
}
