import Testing

@testable import Statistics

@Suite struct LineTests {
    static let x = CorrelationTests.x
    static let y = CorrelationTests.y

    /// scipy 1.17.1 `theilslopes(y, x, 0.95, method="separate")`.
    @Test func theilSen() throws {
        let line = try TheilSen(x: Self.x, y: Self.y)
        #expect(isClose(line.slope, 0.64, relative: 1e-13))
        #expect(isClose(line.intercept, 39.7, relative: 1e-13))
        #expect(isClose(line.interval.low, -0.19607843137254924, relative: 1e-12))
        #expect(isClose(line.interval.high, 1.5849056603773573, relative: 1e-12))
    }

    @Test func exactLinesAndConstants() throws {
        let exact = try LinearFit(x: [0, 1, 2, 3], y: [1, 3, 5, 7])
        #expect(exact.slope == 2)
        #expect(exact.p == 0)
        #expect(exact.rSquared == 1)
        let flat = try LinearFit([5, 5, 5, 5])
        #expect(flat.p == 1)
        #expect(flat.rSquared == 0)
        #expect(reason { () throws(Undefined) in try LinearFit(x: [1, 1, 1], y: [1, 2, 3]) } == .constant)
        #expect(reason { () throws(Undefined) in try LinearFit([1, 2]) } == .tooFew(found: 2, needed: 3))
        #expect(reason { () throws(Undefined) in try MannKendall([5, 5, 5, 5]) } == .allTied)
        #expect(try MannKendall([1, 2, 3, 4, 5], correction: .hamedRao()).varianceFactor == 1)
        #expect(reason { () throws(Undefined) in try LinearFit([1, 2, 4], errors: .neweyWest(lag: 3)) } != nil)
    }

    /// A line's slope must be covered as often as promised.
    @Test func slopeIntervalsCover() throws {
        var generator = SeededGenerator(seed: 77)
        var covered = (ols: 0, sen: 0)
        for _ in 0..<600 {
            let y = (0..<20).map { 0.3 * Double($0) + generator.normal() }
            covered.ols += try LinearFit(y).slopeInterval.contains(0.3) ? 1 : 0
            covered.sen += try TheilSen(y).interval.contains(0.3) ? 1 : 0
        }
        // 570 ± 3·√(600·0.05·0.95); Sen's interval is discrete and slightly wide.
        #expect((554...586).contains(covered.ols))
        #expect((552...594).contains(covered.sen))
    }

    @Test func predictionIntervalIsWiderThanTheLine() throws {
        let fit = try LinearFit(x: Self.x, y: Self.y)
        let mean = try fit.meanInterval(at: 130)
        let single = try fit.predictionInterval(at: 130)
        #expect(single.width > mean.width)
        #expect(mean.contains(fit(130)))
        #expect(try fit.meanInterval(at: 160).width > mean.width)
    }
}
