import Testing

@testable import Statistics

@Suite struct AutomaticForecastTests {
    /// A level that walks, a season of 12 in ratios, and noise.
    static func monthly(_ n: Int, seed: UInt64) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        var level = 200.0
        return (0..<n).map { month in
            level += 0.5 + generator.normal(sd: 2)
            return level * (1 + 0.2 * sin(Double(month % 12) / 12 * 2 * .pi)) + generator.normal(sd: 3)
        }
    }

    @Test func seasonsAndTrendsGoOn() throws {
        let data = Self.monthly(96, seed: 3)
        let fit = try AutomaticForecast(data, period: 12)
        #expect(fit.n == 96 && fit.used == 96)
        #expect(fit.seasonal?.count == 12 && fit.multiplicative)
        #expect(fit.logDamped != nil)
        let found = try fit.forecast(steps: 12)
        #expect(found.method == .combined)
        // The peak is at month 3 and the trough at month 9 of the season.
        #expect((found.values.max() ?? 0) == found.values[2...4].max())
        #expect((found.values.min() ?? 0) == found.values[8...10].min())
        for (value, interval) in zip(found.values, found.intervals) { #expect(interval.contains(value)) }
        #expect(found.intervals[11].width > found.intervals[0].width)
    }

    /// 1,000 + 250 i, and −3 i / 10 with the rounding of tenths: what lies on a line goes on along it.
    @Test func anExactLineGoesOn() throws {
        let steep = try AutomaticForecast((0..<40).map { 1000 + 250 * Double($0) }, period: 7).forecast(steps: 5)
        #expect(steep.values == [11_000, 11_250, 11_500, 11_750, 12_000])
        #expect(steep.intervals.allSatisfy { $0.width < 1e-9 })
        let falling = try AutomaticForecast((0..<40).map { Double($0) * -0.3 }).forecast(steps: 2)
        #expect(abs(falling.values[1] + 12.3) < 1e-12)
        // Equal values and a line with scatter are no such line.
        #expect(try AutomaticForecast([Double](repeating: 3, count: 20)).line == nil)
        #expect(try AutomaticForecast((0..<40).map { Double($0) + ($0 % 2 == 0 ? 1e-6 : 0) }).line == nil)
    }

    /// The median lies within its members and the interval is no narrower than theirs.
    @Test func theMiddleOfItsMembers() throws {
        let data = Self.monthly(60, seed: 8)
        let fit = try AutomaticForecast(data)
        let found = try fit.forecast(steps: 6)
        let (one, two) = (try fit.smoothing.forecast(steps: 6), try fit.theta.forecast(steps: 6))
        let logs = [try fit.logTheta?.forecast(steps: 6), try fit.logDamped?.forecast(steps: 6)]
        for step in 0..<6 {
            var members = [one.values[step], two.values[step]]
            members += logs.compactMap { forecast in forecast.map { exp($0.values[step]) } }
            members.sort()
            #expect(members.count == 4)
            #expect(isClose(found.values[step], (members[1] + members[2]) / 2, relative: 1e-12))
            #expect(found.intervals[step].width >= max(one.intervals[step].width, two.intervals[step].width))
        }
    }

    /// Indices of noise alone move far, those of a clear season hardly; both still average 1.
    @Test func indicesShrinkByTheirError() throws {
        var generator = SeededGenerator(seed: 11)
        let noise = (0..<60).map { _ in 100 + generator.normal(sd: 10) }
        let clear = (0..<60).map { 100 + 30 * sin(Double($0 % 12) / 12 * 2 * .pi) + generator.normal(sd: 1) }
        for (data, least, most) in [(noise, 0.2, 0.8), (clear, 0.99, 1)] {
            let raw = try SeasonalIndices(data, period: 12, multiplicative: true)
            let kept = (raw.shrunk.values[2] - 1) / (raw.values[2] - 1)
            #expect(kept >= least && kept <= most)
            #expect(isClose(raw.shrunk.values.reduce(0, +), 12, relative: 1e-12))
        }
    }

    /// 95 % intervals of walks with noise hold about 95 % of what follows.
    @Test func intervalsCover() throws {
        let tested = try (1...20).map { seed in
            try BackTest(ForecastTests.walk(70, seed: UInt64(seed)), horizon: 6, origins: 2, training: 50) {
                (past, steps) throws(Undefined) in try AutomaticForecast(past).forecast(steps: steps)
            }.coverage
        }
        #expect((0.9...0.99).contains(tested.reduce(0, +) / Double(tested.count)))
    }

    @Test func edges() throws {
        #expect(reason { () throws(Undefined) in try AutomaticForecast([]) } == .empty)
        #expect(reason { () throws(Undefined) in try AutomaticForecast([1, 2, 3, 4]) } == .tooFew(found: 4, needed: 5))
        #expect(reason { () throws(Undefined) in try AutomaticForecast([1, 2, .nan, 4, 5]) } == .nonFinite)
        #expect(reason { () throws(Undefined) in try AutomaticForecast([1, 2, 3, 4, 5], period: 0) } != nil)
        let flat = try AutomaticForecast([4, 4, 4, 4, 4, 4, 4, 4]).forecast(steps: 3)
        for (value, interval) in zip(flat.values, flat.intervals) {
            #expect(isClose(value, 4, relative: 1e-9))
            #expect(interval.width < 1e-6)
        }
        // Values of both signs have no logarithms; a period longer than half the series is left aside.
        let signed = try AutomaticForecast([1, -2, 3, -1, 2, 0, 1, -1, 2], period: 12)
        #expect(signed.logTheta == nil && signed.logDamped == nil && signed.period == 1)
        #expect(try signed.forecast(steps: 2).values.count == 2)
        #expect(reason { () throws(Undefined) in try signed.forecast(steps: 0) } != nil)
        // A long series is fitted on its end.
        #expect(try AutomaticForecast([Double](repeating: 10, count: 1500)).used == 1000)
    }

    /// One absurd value leaves finite numbers.
    @Test func aHostileSpike() throws {
        var data = Self.monthly(48, seed: 2)
        data[20] = 1e12
        let found = try AutomaticForecast(data, period: 12).forecast(steps: 12)
        for interval in found.intervals { #expect(interval.low.isFinite && interval.high.isFinite) }
    }
}
