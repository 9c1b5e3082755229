import Foundation
import Pipeline
import Testing

/// A whole site of several exports, read as people read it: titles for keys, twins that are there, a digest that says enough.
@Suite struct ReaderSiteTests {
    @Test func aSiteIsWrittenForReaders() async throws {
        try await inWorkshop { workshop in
            #expect(
                await workshop.sample(sessions: 400, days: 20, hasVoice: true, hasHealth: true, hasPeople: true)
                    == .done)
            #expect(await workshop.propose() == .done)
            for day in ["2026-11-18", "2026-11-19"] {
                #expect(await workshop.build(asOf: day) == .done, "\(workshop.messages.suffix(3))")
            }
            let read = { (path: String) in
                String(decoding: try workshop.read("site/\(path)"), as: UTF8.self).replacing("\\_", with: "_")
            }
            let run = "runs/2026-11-19"
            // Test ids have titles, dimensions theirs.
            let changes = try read("archive/changes/2026-11-19.md")
            #expect(changes.contains("| Context across modes | live | newly failing |"), "\(changes)")
            #expect(!changes.contains("live.cross_modal/") && !changes.contains("voice_intent "))
            #expect(changes.contains(", Tier p") || changes.contains(", Voice intent "))
            let landing = try read("\(run)/index.md")
            #expect(landing.contains("Newly failing: Context across modes (live)"))
            #expect(try read("\(run)/validation/index.md").contains("In “Cross modal” (live) none of 1 passed."))
            #expect(try read("\(run)/improvements/index.md").contains("| Process change | 1 |"))
            let health = try read("\(run)/health/index.md")
            #expect(health.contains("Ragie response time (Knowledge)") && !health.contains("component="))
            // Rates of goals of 0.7 and 0.3, each the same for all: a spread is published as a step of 0.01 at least, which the
            // interval of their difference rests on.
            let cohorts = try read("\(run)/cohorts/index.md")
            #expect(cohorts.contains("| −0.4 (−0.4 to −0.4) |") && !cohorts.contains("– (all values are equal)"))
            // What is promised is there.
            let calendar = try read("archive/index.md")
            #expect(calendar.contains("| [18](../runs/2026-11-18/index.html) | [19](../runs/2026-11-19/index.html) |"))
            #expect(!calendar.contains("/../"))
            #expect(try read("llms.txt").contains("Pages under runs, archive and help have Markdown twins"))
            let digest = try read("\(run)/digest.txt")
            #expect(digest.contains("The newest records are of 19 November 2026, the day of this report"))
            #expect(digest.contains("Validation: Conditionally ready.") && digest.contains("Newly failing: "))
            #expect(digest.contains("The report lies in the site under runs/2026-11-19/index.html."))
            // A voice intent is of voice sessions alone: scores of the others are not its metrics.
            let group = try read("\(run)/groups/voice_intent/talk_it_over.md")
            #expect(
                group.contains("Left out, as no record of this group has ever had a value: 17 metrics."), "\(group)")
        }
    }
}
