import Testing

@testable import Statistics

@Suite struct DependenceTests {
    static let y: [Double] = [
        0, 0.35, 1.223, 0.978, 2.142, 3, 1.45, 1.257, 2.74, 2.909, 3.618, 4.016, 3.506, 2.677, 1.637, 3.723, 5.303,
        5.406,
        6.792, 5.527, 5.635, 6.122, 5.643, 5.225, 5.829, 6.29, 5.902, 7.516, 7.43, 7.951,
    ]

    /// φ: numpy, E[e′Le]/E[e′e] = r₁ with dense matrices by bisection; the rest: statsmodels 0.15.0
    /// `GLS(y, X, sigma=phi**abs(i - j)).fit()`, p from `scipy.stats.t.sf` with 1 degree of freedom.
    @Test func praisWinsten() throws {
        let fit = try InterruptedTimeSeries(Self.y, start: 15)
        #expect(isClose(fit.regression.phi, 0.7342470497348532, relative: 1e-8))
        let expected: [(Coefficient, Double, Double, Double)] = [
            (fit.levelChange, 1.7058988288186947, 0.8457883272153826, 0.29302570603070993),
            (fit.slopeChange, 0.03849859414934523, 0.1782324814053614, 0.8645694516611212),
            (fit.slopeBefore, 0.16209346349793047, 0.10778124518782602, 0.3735692513580857),
        ]
        for (found, estimate, error, p) in expected {
            #expect(isClose(found.estimate, estimate, relative: 1e-7))
            #expect(isClose(found.standardError, error, relative: 1e-7))
            #expect(isClose(found.p, p, relative: 1e-7))
        }
    }

    /// By hand: 1 + 2(0.8·0.5 + 0.6·0.25 + 0.4·0.125 + 0.2·0.0625) = 2.225, and 2.225 · 4/(5 − 2.225).
    @Test func growthOfAMean() {
        let half = FirstOrderDependence(phi: 0.5)
        #expect(isClose(half.growth(5), 2.225, relative: 1e-14))
        #expect(isClose(half.meanVarianceFactor(5), 8.9 / 2.775, relative: 1e-14))
        #expect(isClose(half.effectiveCount(30), 10, relative: 1e-14))
        #expect(FirstOrderDependence(phi: 0).meanVarianceFactor(7) == 1)
        #expect(FirstOrderDependence(residuals: [[0, 0]]).phi == 0)
        // r = −27/50 lies below 0 after its bias is taken out, too; a straight line is held at 0.95.
        #expect(FirstOrderDependence(residuals: [[1, -3, 1, -3, 1, -3, 1, -3, 1, -3]]).phi == 0)
        #expect(FirstOrderDependence(residuals: [(0..<40).map { Double($0) - 19.5 }]).phi == 0.95)
    }

    /// 300 series of 60 steps without a change, φ = 0 and 0.6: the level test rejects about as often as it says. Bounds:
    /// scipy.stats.binom.ppf([0.001, 0.999], 300, p) for p = 0.05 below and 0.065 above.
    @Test(arguments: [0.0, 0.6]) func levelTestHoldsItsSize(phi: Double) throws {
        var generator = SeededGenerator(seed: 8)
        var rejected = 0
        for _ in 0..<300 {
            var state = generator.normal() / (1 - phi * phi).squareRoot()
            let y = (0..<60).map { _ -> Double in
                defer { state = phi * state + generator.normal() }
                return state
            }
            rejected += try InterruptedTimeSeries(y, start: 30).levelChange.p < 0.05 ? 1 : 0
        }
        #expect((4...34).contains(rejected), "\(rejected) of 300")
    }
}
