import Testing

@testable import Pipeline

@Suite struct OrderedWorkTests {
    private struct Broken: Error {}

    /// Later pieces are quicker, yet results come in the order of the pieces.
    @Test(arguments: [1, 2, 3, 16], [nil, 40]) func resultsComeInOrder(jobs: Int, ahead: Int?) async throws {
        var pieces = (0..<40)[...]
        var results: [Int] = []
        try await OrderedWork(jobs: jobs).run(
            ahead: ahead, next: { pieces.popFirst() },
            work: { piece in (0..<(40 - piece) * 10_000).reduce(piece) { $0 &* 31 &+ $1 } & 0 | piece },
            take: { results.append($0) })
        #expect(results == Array(0..<40))
    }

    @Test(arguments: [1, 4]) func theFirstErrorEndsIt(jobs: Int) async {
        var pieces = (0..<10)[...]
        var taken = 0
        await #expect(throws: Broken.self) {
            try await OrderedWork(jobs: jobs).run(
                next: { pieces.popFirst() },
                work: { piece in
                    if piece == 3 { throw Broken() }
                    return piece
                }, take: { _ in taken += 1 })
        }
        #expect(taken <= 3)
    }
}
