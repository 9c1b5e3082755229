import Testing

@testable import Statistics

@Suite struct PairSlopesTests {
    /// All slopes, the way the definition says.
    private func slopes(_ x: [Double], _ y: [Double]) -> [Double] {
        var all: [Double] = []
        for j in x.indices {
            for i in 0..<j where x[i] != x[j] { all.append((y[j] - y[i]) / (x[j] - x[i])) }
        }
        return all.sorted()
    }

    private func sorted(_ x: [Double], _ y: [Double]) -> LineOrder {
        let order = FiniteSort.order(x, then: y)
        return LineOrder(x: order.map { x[$0] }, y: order.map { y[$0] })
    }

    /// Selection by sampled bounds against sorting, with and without ties of x, y and slope.
    @Test(arguments: ["plain", "tied x", "tied y", "whole", "line", "steps", "constant"]) func selectsWhatSortingFinds(
        kind: String
    ) throws {
        var generator = SeededGenerator(seed: 77)
        let n = 500
        let x = (0..<n).map {
            kind == "tied x" ? Double($0 / 7) : kind == "whole" ? Double(generator.below(90)) : Double($0)
        }
        let y = (0..<n).map { index -> Double in
            switch kind {
            case "tied y", "whole": Double(generator.below(5))
            case "line": 0.1 * Double(index)
            case "steps": index < 400 ? 0 : 1
            case "constant": 3
            default: generator.normal() + 0.001 * Double(index)
            }
        }
        let expected = slopes(x, y)
        var selection = PairSlopes([sorted(x, y)], sortLimit: 0)
        #expect(selection.count == expected.count)
        for share in [0, 0.001, 0.1, 0.37, 0.5, 0.501, 0.9, 0.9999, 1] {
            let rank = Int(share * Double(expected.count - 1))
            let found = selection.select(rank)
            #expect(isClose(found, expected[rank], relative: 1e-13, absolute: 1e-15), "\(share)")
        }
    }

    /// Slopes within groups: the selection over all groups together.
    @Test func selectsWithinGroups() {
        var generator = SeededGenerator(seed: 5)
        let groups = (0..<6).map { _ in
            (x: (0..<150).map(Double.init), y: (0..<150).map { _ in generator.normal() })
        }
        let expected = groups.flatMap { slopes($0.x, $0.y) }.sorted()
        var selection = PairSlopes(groups.map { sorted($0.x, $0.y) }, sortLimit: 0)
        #expect(selection.count == expected.count)
        for rank in [0, 17, 30_000, 33_524, 33_525, 60_000, 67_049] {
            #expect(selection.select(rank) == expected[rank])
        }
    }

    @Test func inversions() {
        var generator = SeededGenerator(seed: 15)
        for n in [0, 1, 2, 7, 8, 9, 31, 100] {
            let data = (0..<n).map { _ in Int32(generator.below(40)) }
            var expected = 0
            for j in data.indices { expected += data[..<j].count { $0 > data[j] } }
            #expect(Inversions.count(data) == expected)
        }
    }
}

@Suite struct FiniteSortTests {
    /// Long arrays against the standard library's sort: spread, crowded beside an outlier, near 10⁹, tied, of both signs.
    @Test(arguments: 0..<6) func sortsLikeTheLibrary(kind: Int) {
        var generator = SeededGenerator(seed: UInt64(kind))
        let data = (0..<5000).map { index -> Double in
            switch kind {
            case 0: generator.normal()
            case 1: index == 7 ? 1e300 : 1 + generator.uniform() * 1e-9
            case 2: 1e9 + Double(generator.below(1000))
            case 3: Double(generator.below(3)) - 1
            case 4: index % 2 == 0 ? -0.0 : 0.0
            default: generator.logNormal(location: 0, scale: 200) * (generator.bernoulli(0.5) ? -1 : 1)
            }
        }
        #expect(FiniteSort.ascending(data) == data.sorted())
        let expected = data.indices.sorted { (data[$0], $0) < (data[$1], $1) }
        #expect(FiniteSort.order(data).map(Int.init) == expected)
    }
}
