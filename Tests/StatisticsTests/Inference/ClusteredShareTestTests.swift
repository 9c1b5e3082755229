import Testing

@testable import Statistics

@Suite struct ClusteredShareTestTests {
    private func test(_ clusters: [(x1: Int, n1: Int, x2: Int, n2: Int)]) throws -> ClusteredShareTest {
        var all = ClusteredShareTest.Totals()
        var part = ClusteredShareTest.Part()
        for cluster in clusters {
            all.add(cluster.n1, cluster.n2)
            part.add(cluster.x1, cluster.x2, of: (cluster.n1, cluster.n2))
        }
        return try ClusteredShareTest(part, of: all)
    }

    /// statsmodels 0.15.0: OLS of the indicator on the period, one row for each count, cov_type='cluster' by cluster with
    /// use_correction=False, its standard error times √(5 / 4); p and interval from scipy.stats.t with 4 degrees of freedom.
    @Test func clustersAreWhatChanceDraws() throws {
        let found = try test([(4, 10, 6, 9), (0, 6, 3, 8), (7, 9, 9, 10), (2, 12, 0, 6), (5, 5, 0, 0)])
        #expect(abs(found.first - 0.428_571_428_571_428_6) < 1e-12)
        #expect(abs(found.second - found.first - 0.116_883_116_883_116_9) < 1e-12)
        #expect(abs(found.t - 1.149_692_703_442_763_3) < 1e-10)
        #expect(abs(found.p - 0.314_334_599_585_659_74) < 1e-10)
        #expect(abs(found.interval.low + 0.165_383_228_531_283_93) < 1e-10)
        #expect(abs(found.interval.high - 0.399_149_462_297_517_47) < 1e-10)
    }

    @Test func whatCannotBeToldIsRefused() {
        #expect(throws: Undefined.empty) { try test([(1, 2, 0, 0), (1, 3, 0, 0)]) }
        #expect(throws: Undefined.tooFew(found: 1, needed: 2)) { try test([(1, 2, 1, 3), (0, 0, 0, 0)]) }
        #expect(throws: Undefined.constant) { try test([(2, 2, 3, 3), (1, 1, 4, 4)]) }
    }
}
