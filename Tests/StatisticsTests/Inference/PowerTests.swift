import Testing

@testable import Statistics

/// statsmodels 0.15.0 `TTestIndPower().solve_power(d, power=0.8, alpha=0.05)`.
@Suite struct PowerTests {
    @Test(arguments: [(0.2, 393.4056930002526), (0.5, 63.76561058891169), (0.8, 25.524571854446116)])
    func sizePerGroup(d: Double, n: Double) throws {
        #expect(isClose(try TwoMeansPower.sizePerGroup(d: d), n, relative: 1e-8))
    }

    @Test func detectableInvertsPower() throws {
        let d = try TwoMeansPower.detectable(power: 0.9, n1: 40, n2: 55)
        #expect(isClose(try TwoMeansPower.power(d: d, n1: 40, n2: 55), 0.9, relative: 1e-10))
        #expect(isClose(try TwoMeansPower.power(d: 0, n1: 40, n2: 55), 0.05, relative: 1e-10))
        #expect(reason { () throws(Undefined) in try TwoMeansPower.detectable(power: 0.01, n1: 4, n2: 4) } != nil)
        #expect(reason { () throws(Undefined) in try TwoMeansPower.sizePerGroup(d: 0) } != nil)
    }

    /// The control's change is taken off; with one control change of 0 and equal cells the effect is the treated change.
    @Test func differenceInDifferences() throws {
        let cell = { (mean: Double) throws(Undefined) in try GroupSummary(n: 25, mean: mean, variance: 4) }
        let found = try DifferenceInDifferences(treated: (cell(10), cell(13)), control: (cell(9), cell(10)))
        #expect(found.estimate == 2)
        #expect(isClose(found.standardError, 0.8, relative: 1e-15))
        #expect(isClose(found.df, 96, relative: 1e-12))
        #expect(isClose(found.p, 2 * StudentT.cdf(-2.5, df: 96), relative: 1e-12))
    }

    /// 95 % intervals of Hedges g cover the planted difference in 95 ± 3 standard errors of the simulations.
    @Test func standardizedDifferenceCovers() throws {
        var generator = SeededGenerator(seed: 41)
        var covered = 0
        for _ in 0..<300 {
            let a = (0..<12).map { _ in generator.normal() }
            let b = (0..<15).map { _ in generator.normal(mean: 0.7) }
            covered += try StandardizedDifference(a, b).interval.contains(0.7) ? 1 : 0
        }
        #expect((273...297).contains(covered))
    }
}
