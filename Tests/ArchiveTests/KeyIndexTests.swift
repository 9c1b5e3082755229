import Model
import Partials
import Statistics
import TestSupport
import Testing

import struct Foundation.Data

@testable import Archive

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

    /// No key is lost, and few are looked for in vain.
    @Test func filtersPassWhatIsThere() throws {
        var filter = KeyFilter()
        let keys = (0..<8192).map { KeyRank.of($0) }.sorted()
        for page in 0..<2 {
            filter.append(keys[page * 4096..<(page + 1) * 4096].map { KeyEntry(hash: $0, day: 0, chunk: 1) }[...])
        }
        var stored = KeyFilter()
        let taken = [3, 2].map { stored.replace(by: Data(filter.bytes), pages: $0) }
        #expect(taken == [false, true])
        #expect((0..<8192).allSatisfy { stored.mayHold(keys[$0], page: $0 / 4096) })
        let others = (0..<10_000).map { KeyRank.of($0 + 1_000_000) }
        #expect(others.count { stored.mayHold($0, page: 0) } < 20)
    }

    /// Runs that an earlier schema wrote have no filters.
    @Test func runsWithoutFiltersAreRead() throws {
        try Night.withArchive { archive in
            let files: [File] = [.sessions(Row(1, day: 0, latency: 1)), .sessions(Row(2, day: 1, latency: 2))]
            try archive.load(files)
            try archive.access { try $0.execute(sql: "UPDATE key_runs SET filters = NULL") }
            #expect(try archive.load(.quality(Row(1, score: 1), Row(2, score: 0), Row(3, score: 1))).pending == 1)
        }
    }

    /// Rows without a day that do not fit in memory find the days that are known, the others wait.
    @Test(arguments: [false, true]) func manyWaitingRowsFindTheirDays(scoresFirst: Bool) throws {
        let count = 40_000
        let sessions = File(table: "sessions", rows: (0..<UInt64(count)).map { Row($0, day: Int($0 % 3), latency: 1) })
        let scores = File(table: "quality", rows: (0..<UInt64(count) + 5).map { Row($0, score: 0.5) })
        var figures: [[Day: EncodedDay]] = []
        for buffer in [1 << 20, 64 << 20] {
            try withTemporaryFolder { folder in
                let archive = try Archive(
                    path: folder.appending(path: "a.sqlite").path, catalogue: Night.catalogue, holder: Night.holder,
                    sizes: Night.sizes, bufferBytes: buffer)
                let outcome = try archive.load(scoresFirst ? [scores, sessions] : [sessions, scores])
                #expect(outcome.pending == 5)
                #expect(outcome.inserted == count)
                figures.append(try Night.figures(archive))
            }
        }
        #expect(figures[0] == figures[1])
    }
}
