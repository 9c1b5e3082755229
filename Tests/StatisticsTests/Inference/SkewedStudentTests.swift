import Testing

@testable import Statistics

@Suite struct SkewedStudentTests {
    /// SciPy 1.17 `2 * pearson3(γ).sf(t)` and `pearson3(γ).ppf(0.975)`; the cube root is within a tenth of that p.
    @Test(arguments: [
        (0.5, 3.0, 0.01085149071167241, 2.18505472), (1, 4, 0.004583582415582846, 2.38363653),
        (-1, -4, 0.004583582415582846, 2.38363653), (2, 5, 0.004957504353332714, 2.68887945),
    ])
    func longSide(skewness: Double, t: Double, p: Double, reach: Double) {
        let error = SkewedStudent(skewness: skewness, degreesOfFreedom: 1e9)
        #expect(isClose(error.p(t), p, relative: 0.1))
        let bounds = error.bounds(level: 0.95)
        #expect(isClose(skewness > 0 ? bounds.upperBound : -bounds.lowerBound, reach, relative: 0.01))
    }

    /// On the short side, without skewness and where it is not known, it is Student's t.
    @Test(arguments: [(1.0, -2.5), (-1, 2.5), (0, 2.5), (.nan, 2.5), (1e-9, -2.5)])
    func shortSide(skewness: Double, t: Double) {
        let error = SkewedStudent(skewness: skewness, degreesOfFreedom: 12)
        #expect(error.p(t) == 2 * StudentT.cdf(-2.5, df: 12))
        let reach = StudentT.quantile(0.975, df: 12)
        let bounds = error.bounds(level: 0.95)
        #expect((t > 0 ? bounds.upperBound : -bounds.lowerBound) == reach)
    }

    @Test func neverSurerThanStudent() {
        for skewness in [-4, -1, -0.1, 0.1, 1, 4] {
            let error = SkewedStudent(skewness: skewness, degreesOfFreedom: 7)
            for t in stride(from: -9, through: 9, by: 0.25) {
                #expect(error.p(t) >= 2 * StudentT.cdf(-abs(t), df: 7) && error.p(t) <= 1)
            }
        }
    }
}
