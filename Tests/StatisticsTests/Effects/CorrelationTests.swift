import Testing

@testable import Statistics

/// scipy 1.17.1 `pearsonr`, `spearmanr`, `kendalltau`.
@Suite struct CorrelationTests {
    static let x = [125, 115, 130, 140, 140.5, 115.5, 140.2, 125.4, 140.9, 135]
    static let y = [110, 122, 125, 120, 140, 124, 123, 137, 135.2, 145]
    static let tiedX: [Double] = [1, 2, 2, 3, 4, 4, 4, 5]
    static let tiedY: [Double] = [1, 3, 2, 2, 5, 4, 4, 6]

    @Test func pearson() throws {
        let found = try PearsonCorrelation(Self.x, Self.y)
        #expect(isClose(found.r, 0.359438130805261, relative: 1e-13))
        #expect(isClose(found.p, 0.30767974290887173, relative: 1e-12))
        #expect(isClose(found.interval?.low, -0.3492209585743507, relative: 1e-12))
        #expect(isClose(found.interval?.high, 0.8065359164201714, relative: 1e-12))
    }

    @Test func ranks() throws {
        #expect(isClose(try KendallCorrelation(Self.x, Self.y).p, 0.2912483465608466, relative: 1e-12))
        let tied = try KendallCorrelation(Self.tiedX, Self.tiedY)
        #expect(tied.method == .normal)
        #expect(isClose(tied.tau, 0.8406728074767076, relative: 1e-13))
        #expect(isClose(tied.p, 0.006236680427408707, relative: 1e-12))
        let spearman = try SpearmanCorrelation(Self.tiedX, Self.tiedY)
        #expect(isClose(spearman.rho, 0.9256265453136692, relative: 1e-13))
        // All 8! orders of the ranks; spearmanr's t approximation says 0.00097.
        #expect(isClose(spearman.p, 0.0035714285714285713, relative: 1e-13))
    }

    @Test func perfectAndImpossible() throws {
        #expect(try PearsonCorrelation([1, 2, 3], [2, 4, 6]).r == 1)
        #expect(try PearsonCorrelation([1, 2, 3], [2, 4, 6]).p == 0)
        #expect(reason { () throws(Undefined) in try PearsonCorrelation([1, 2], [3, 3]) } == .constant)
        #expect(reason { () throws(Undefined) in try KendallCorrelation([1, 1], [3, 4]) } == .constant)
        #expect(reason { () throws(Undefined) in try SpearmanCorrelation([1], [3]) } == .tooFew(found: 1, needed: 2))
    }

    /// 2/n! bounds p from below only where it can be computed: for 171 pairs and more it is less than any `Double`.
    @Test func spearmanOfManyPairsHasNoFloor() throws {
        let x = (0..<2_000).map(Double.init)
        let y = x.map { $0 == 0 ? 1 : $0 == 1 ? 0 : $0 }
        // t = ρ√(1998/(1 − ρ²)) with ρ = 1 − 12/(2000³ − 2000) is above 10⁶: p underflows to 0.
        #expect(try SpearmanCorrelation(x, y).p == 0)
        let short = try SpearmanCorrelation(Array(x.prefix(12)), Array(x.prefix(12)))
        #expect(isClose(short.p, 2.0 / 479_001_600, relative: 1e-13))
    }

    /// The merge count against every pair.
    @Test(arguments: 1...20) func concordance(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let x = (0..<40).map { _ in Double(generator.below(9)) }
        let y = (0..<40).map { _ in Double(generator.below(9)) }
        var s = 0.0
        for i in x.indices { for j in 0..<i { s += ((x[i] - x[j]) * (y[i] - y[j])).signOrZero } }
        #expect(ConcordanceCount(x, y).s == s)
    }
}

extension Double {
    fileprivate var signOrZero: Double { self > 0 ? 1 : self < 0 ? -1 : 0 }
}
