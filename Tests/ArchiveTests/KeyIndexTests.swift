import Archive
import Model
import Partials
import Statistics
import Testing

@Suite struct KeyIndexTests {
    /// Many small deliveries make the index merge its runs; keys are still found and undone ones forgotten.
    @Test func manyDeliveriesStayCorrect() throws {
        try Night.withArchive { archive in
            var model = ArchiveModel()
            for step in 0..<70 {
                let rows = (0..<5).map { Row(UInt64(step * 3 + $0), day: step % 7, latency: Double(step), tier: "a") }
                let files = [File(table: "sessions", rows: rows)]
                let outcome = try archive.load(files, asOf: step)
                model.deliveries.append(.init(id: try #require(outcome.delivery), asOf: step, files: files))
                if step % 9 == 8 { try archive.undo(delivery: model.deliveries.remove(at: step / 3).id) }
            }
            let scores = [File(table: "quality", rows: (0..<210).map { Row($0, score: 1) })]
            let outcome = try archive.load(scores, asOf: 99)
            model.deliveries.append(.init(id: try #require(outcome.delivery), asOf: 99, files: scores))
            #expect(try Night.figures(archive) == model.figures)
        }
    }
}
