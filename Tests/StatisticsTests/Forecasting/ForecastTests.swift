import Testing

@testable import Statistics

@Suite struct ForecastTests {
    static func walk(_ n: Int, seed: UInt64) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        var level = 50.0
        return (0..<n).map { _ in
            level += 0.4 * generator.normal()
            return level + generator.normal()
        }
    }

    @Test func anExactLineGoesOn() throws {
        let line = (0..<30).map { 3 + 2 * Double($0) }
        let found = try ExponentialSmoothing(line, model: SmoothingModel(trend: .additive)).forecast(steps: 3)
        for (value, expected) in zip(found.values, [63, 65, 67]) {
            #expect(isClose(value, Double(expected), relative: 1e-6))
        }
        #expect(try SeasonalNaive([1, 2, 3, 4], period: 2).forecast(steps: 3).values == [3, 4, 3])
    }

    @Test func backTestCoversAndScales() throws {
        let data = Self.walk(160, seed: 5)
        let naive = try BackTest(data, horizon: 1, origins: 100, training: 30) { (past, steps) throws(Undefined) in
            try SeasonalNaive(past).forecast(steps: steps)
        }
        #expect(naive.origins == 100)
        #expect(naive.n == 100)
        #expect((0.88...1).contains(naive.coverage))
        let smooth = try BackTest(data, horizon: 1, origins: 20, training: 60) { (past, steps) throws(Undefined) in
            try ExponentialSmoothing(past, model: SmoothingModel()).forecast(steps: steps)
        }
        #expect(smooth.rootMeanSquare > 0.5 && smooth.rootMeanSquare < 2)
        // A constant error of 1 on 10, 10, 10: MAE 1, sMAPE 200/21.
        let flat = try BackTest([9, 10, 10, 10], horizon: 1, origins: 1, training: 2) { (_, _) throws(Undefined) in
            Forecast(values: [11], variances: [1], level: 0.95)
        }
        #expect(flat.meanAbsoluteError == 1)
        #expect(isClose(flat.sMAPE, 200.0 / 21, relative: 1e-14))
        #expect(isClose(flat.mase, 2, relative: 1e-14))
        #expect(flat.coverage == 1)
    }

    @Test func refusals() throws {
        #expect(reason { () throws(Undefined) in try ExponentialSmoothing([1, 2], model: SmoothingModel()) } != nil)
        let seasonal = try SmoothingModel(season: .multiplicative, period: 4)
        let signed = (0..<16).map { Double($0 % 4) - 1 }
        #expect(reason { () throws(Undefined) in try ExponentialSmoothing(signed, model: seasonal) } != nil)
        #expect(reason { () throws(Undefined) in try Theta([1, 2, 3]) } == .tooFew(found: 3, needed: 5))
        #expect(reason { () throws(Undefined) in try SmoothingModel(season: .additive, period: 1) } != nil)
        #expect(try ExponentialSmoothing(automatic: [4, 4, 4, 4, 4, 4, 4, 4]).forecast(steps: 2).values == [4, 4])
    }
}
