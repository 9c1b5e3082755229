import Foundation
import Testing

@testable import Pipeline

@Suite("Pages of sessions that name people are of k people")
struct HeldSessionTests {
    /// Forty people: two have the tier gold, twelve silver, the others bronze; each has a session on about half of the days.
    private static let sessions: String = {
        var lines = ["session_id,user_id,started_at,tier,quality_score,notes,first_name"]
        for day in 1...19 {
            for person in 0..<40 where (person * 7 + day * 3) % 4 < 2 {
                let tier = person < 2 ? "gold" : person < 14 ? "silver" : "bronze"
                let quality = tier == "gold" && day == 16 ? "0.04173" : "0.\(600 + (person * 13 + day * 7) % 200)"
                lines.append(
                    "case-\(day)-\(person),user-\(person)@x.org,2026-11-\(day < 10 ? "0" : "")\(day)T10:00:00Z,\(tier),\(quality),I was sad about it \(person % 3),\(["Anna", "Cleo"][person % 2])"
                )
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }()

    @Test("No byte tells of a tier of two people, of a single session's id, of a name or a text")
    func nothingSmallIsPublished() async throws {
        try await inWorkshop { shop in
            try shop.write(Self.sessions, to: "exports/sessions.csv")
            #expect(await shop.build() == .done, "\(shop.messages)")
            let files = try shop.files(in: "site")
            #expect(files.keys.contains { $0.contains("groups/tier/bronze") })
            // The guide is the same in every site.
            for (name, bytes) in files where !name.contains("assets/") && !name.hasPrefix("help/") {
                let text = String(decoding: bytes, as: UTF8.self)
                for word in ["gold", "case-", "about it", "Cleo", "0.0417"] {
                    #expect(!text.contains(word) && !name.contains(word), "\(name) holds \(word)")
                }
            }
            // All sessions less those of the tiers that are told are of five people or of nobody, day by day.
            let privacy = try shop.json("site/runs/2026-11-19/privacy.json")
            let held = try #require(privacy["held_back"] as? [String: Int])
            #expect(held["days"] == 0 && (held["groups"] ?? 0) >= 19)
            #expect(shop.messages.contains { $0.contains("“notes” may hold names or texts") })
        }
    }
}
