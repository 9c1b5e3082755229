import Testing

@testable import Statistics

/// What only the last bits tell apart is not tested. The lines and steps are exact on paper; the values are not in binary.
@Suite struct RoundingTests {
    /// 0.3 + i/10: a slope of 0.1 and nothing left.
    @Test func anExactLineLeavesNothing() throws {
        let fit = try LinearFit((0..<50).map { 0.3 + Double($0) / 10 })
        #expect(isClose(fit.slope, 0.1, relative: 1e-12))
        #expect(fit.residualSD == 0 && fit.slopeError == 0 && fit.p == 0)
        #expect(fit.slopeInterval.low == fit.slope && fit.slopeInterval.high == fit.slope)
    }

    /// 0.1 + 0.2 and 0.3 are one number on paper.
    @Test func equalOnPaperHasNoSlope() throws {
        let fit = try LinearFit((0..<40).map { $0 % 3 == 0 ? 0.1 + 0.2 : 0.3 })
        #expect(fit.slope == 0 && fit.p == 1 && fit.residualSD == 0)
    }

    /// 5 before, 8 after: a step of 3, and no change of slope that could have a p.
    @Test func anExactStepHasNoSlope() throws {
        for place in [10, 30, 50] {
            let fit = try InterruptedTimeSeries((0..<60).map { $0 < place ? 5 : 8 }, start: place)
            #expect(isClose(fit.levelChange.estimate, 3, relative: 1e-12))
            #expect(fit.slopeChange.estimate == 0 && fit.slopeChange.p == 1)
            #expect(fit.slopeBefore.estimate == 0 && fit.slopeBefore.p == 1)
        }
    }

    /// Small against its level and far above rounding: kept. The slope is 1e-9 by construction.
    @Test func aSmallSlopeIsKept() throws {
        let values = (0..<50).map { (day: Int) -> Double in
            let rise = Double(day + day * 7 % 5)
            return 1000 + 1e-9 * rise
        }
        let fit = try LinearFit(values)
        #expect(fit.slope != 0 && fit.residualSD > 0 && fit.p < 1e-9)
    }

    @Test func aLineHasNoSeason() throws {
        let line = try STL((0..<60).map { 0.3 + Double($0) / 10 }, period: 7)
        #expect(line.seasonalStrength == 0 && line.trendStrength > 0.999999)
        let constant = try STL([Double](repeating: 0.1, count: 60), period: 7)
        #expect(constant.seasonalStrength == 0 && constant.trendStrength == 0)
    }

    /// The distance of the ends is beyond the largest Double, the quantiles are not.
    @Test func quantilesDoNotOverflow() throws {
        let quantiles = try Quantiles([-1.7e308, 1.7e308])
        #expect(quantiles.median == 0)
        #expect(isClose(quantiles.q1, -8.5e307, relative: 1e-14) && isClose(quantiles.q3, 8.5e307, relative: 1e-14))
    }
}
