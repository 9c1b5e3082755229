import Testing

@testable import Statistics

@Suite struct ProportionTests {
    /// scipy 1.17.1 `binomtest(7, 50).proportion_ci(method="wilson")`.
    @Test func wilson() throws {
        let found = try WilsonInterval(successes: 7, of: 50)
        #expect(isClose(found.interval.low, 0.06950833427016292, relative: 1e-13))
        #expect(isClose(found.interval.high, 0.26186193710585537, relative: 1e-13))
    }

    @Test(arguments: [(0, 1), (0, 1_000_000), (5, 5)]) func endsStayInside(k: Int, n: Int) throws {
        let interval = try WilsonInterval(successes: k, of: n).interval
        #expect(interval.low >= 0 && interval.high <= 1 && interval.low < interval.high)
        #expect(interval.contains(Double(k) / Double(n)))
    }

    @Test func refusals() {
        #expect(reason { () throws(Undefined) in try WilsonInterval(successes: 0, of: 0) } == .empty)
        #expect(reason { () throws(Undefined) in try WilsonInterval(successes: 6, of: 5) } != nil)
        #expect(reason { () throws(Undefined) in try WilsonInterval(successes: 1, of: 5, level: 1) } != nil)
        #expect(reason { () throws(Undefined) in try ChiSquaredTest([[0, 0], [1, 2]]) } == .empty)
        #expect(reason { () throws(Undefined) in try ChiSquaredTest([[1, 2]]) } == .tooFew(found: 1, needed: 2))
        #expect(
            reason { () throws(Undefined) in try TwoProportionTest(successes: 0, of: 5, and: 0, of: 9) } == .constant)
    }

    /// The lady tasting tea: 34/70 in both directions together (R. A. Fisher 1935).
    @Test func fisher() throws {
        #expect(isClose(try FisherExact(3, 1, 1, 3).p, 34.0 / 70, relative: 1e-12))
        #expect(isClose(try FisherExact(3, 1, 1, 3, tail: .greater).p, 17.0 / 70, relative: 1e-12))
        #expect(try FisherExact(3, 0, 1, 3).oddsRatio == .infinity)
        #expect(try FisherExact(0, 0, 1, 3).oddsRatio == nil)
    }

    @Test func adjustmentsKeepOrderAndBounds() throws {
        for adjustment in Adjustment.allCases {
            let adjusted = try adjustment.adjusted([0.04, 0.01, 0.9, 0.01])
            #expect(adjusted.allSatisfy { $0 <= 1 })
            #expect(adjusted[1] == adjusted[3])
            #expect(adjusted[1] <= adjusted[0] && adjusted[0] <= adjusted[2])
            #expect(try adjustment.adjusted([]).isEmpty)
            #expect(reason { () throws(Undefined) in try adjustment.adjusted([1.2]) } != nil)
        }
    }
}
