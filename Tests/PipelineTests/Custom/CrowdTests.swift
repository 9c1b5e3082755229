import Testing

@testable import Pipeline

@Suite("Reports of one run are guarded as a family")
struct CrowdTests {
    /// As many people as are said in the cell of each mask, with a record each.
    private func crowd(_ cells: [(mask: UInt64, people: UInt64)], asked: UInt64) -> Crowd {
        var records: [(mask: UInt64, person: UInt64)] = []
        for cell in cells {
            for number in 0..<cell.people { records.append((cell.mask, cell.mask * 100 + number + 1)) }
        }
        return Crowd(records, asked: asked)
    }

    /// Six people each in three reports that lie apart, and one in none: all less the three is that person.
    @Test("All records less three reports tell of one person: the last one declared is not told")
    func union() {
        let apart = crowd([(1, 6), (2, 6), (4, 6), (0, 1)], asked: 0b111)
        #expect((0..<3).allSatisfy { !apart.reveals($0, k: 5) })
        #expect(!apart.isSafe(0b111, k: 5) && apart.isSafe(0b011, k: 5))
        #expect(apart.family(of: 0b111, k: 5) == 0b011)
        #expect(apart.family(of: 0b110, k: 5) == 0b110)
    }

    @Test("What several reports have in common is a cell, too: two of twelve with two people in both")
    func common() {
        let crossed = crowd([(1, 10), (2, 10), (3, 2), (0, 8)], asked: 0b11)
        #expect(crossed.family(of: 0b11, k: 5) == 0b01)
    }

    @Test("Records of nobody hide nothing")
    func nobody() {
        let records: [(mask: UInt64, person: UInt64)] = [(1, 0)]
        #expect(Crowd(records, asked: 1).isSafe(1, k: 5))
    }
}
