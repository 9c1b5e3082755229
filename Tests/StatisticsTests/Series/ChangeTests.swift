import Testing

@testable import Statistics

@Suite struct ChangeTests {
    static let steps = [Double](repeating: 1, count: 20).enumerated().map { $0.element + Double($0.offset % 3) * 0.1 }

    /// The exact search against every placement of up to two changes.
    @Test(arguments: 1...8) func peltIsTheMinimum(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let data = (0..<24).map { ($0 > 9 ? 2.5 : 0) + ($0 > 17 ? -2 : 0) + generator.normal() }
        let cost = try SegmentCost(data, model: .mean)
        let found = try ChangePoints(data, penalty: 4)
        var least = cost(0, 24)
        for a in 2...22 {
            least = min(least, cost(0, a) + cost(a, 24) + 4)
            for b in stride(from: a + 2, through: 22, by: 1) {
                least = min(least, cost(0, a) + cost(a, b) + cost(b, 24) + 8)
                for c in stride(from: b + 2, through: 22, by: 1) {
                    least = min(least, cost(0, a) + cost(a, b) + cost(b, c) + cost(c, 24) + 12)
                }
            }
        }
        #expect(found.objective <= least + 1e-9)
        #expect(try ChangePoints(data, penalty: 4, method: .binarySegmentation).objective >= found.objective - 1e-9)
    }

    /// The search by groups of starts against a search of every start: the same changes and the same total, to the bit.
    @Test(arguments: [SegmentModel.mean, .meanAndVariance], [2, 7, 40])
    func groupsOfStartsGiveNothingUp(model: SegmentModel, shortest: Int) throws {
        for (seed, penalty) in zip(1...6 as ClosedRange<UInt64>, [0, 3, 9, 20, 60, 400] as [Double]) {
            var generator = SeededGenerator(seed: seed)
            var level = 0.0
            let data = (0..<700).map { index in
                if generator.bernoulli(0.01) { level += generator.normal(sd: 2) }
                return level + (seed == 5 ? 0.02 * Double(index) : 0) + generator.normal()
            }
            let found = try ChangePoints(data, penalty: penalty, model: model, minimumLength: shortest)
            let cost = try SegmentCost(data, model: model)
            var best = [-penalty] + [Double](repeating: .infinity, count: 700)
            var last = [Int](repeating: 0, count: 701)
            for end in shortest...700 {
                for start in 0...end - shortest where best[start] + cost(start, end) < best[end] {
                    (best[end], last[end]) = (best[start] + cost(start, end), start)
                }
                best[end] += penalty
            }
            var ends = [last[700]]
            while let end = ends.last, end > 0 { ends.append(last[end]) }
            #expect(found.indices == ends.dropLast().reversed())
            #expect(isClose(found.objective, best[700], relative: 1e-12))
        }
    }

    @Test func findsALevelAndASpread() throws {
        var generator = SeededGenerator(seed: 12)
        let level = (0..<200).map { ($0 < 120 ? 0 : 1.5) + generator.normal() }
        let found = try ChangePoints(level, penalty: ChangePoints.defaultPenalty(level), minimumLength: 5)
        #expect(found.indices.count == 1)
        #expect(abs((found.indices.first ?? 0) - 120) <= 5)
        let spread = (0..<200).map { generator.normal(sd: $0 < 80 ? 1 : 5) }
        let wide = try ChangePoints(spread, penalty: 4 * 5.3, model: .meanAndVariance, minimumLength: 10)
        #expect(wide.indices.contains { abs($0 - 80) <= 5 })
        let pettitt = try PettittTest(level)
        #expect(abs(pettitt.index - 120) <= 8)
        #expect(pettitt.p < 1e-6)
    }

    /// K and the place by numpy 2.4.6, p by scipy 1.17.1's `special.kolmogorov` of K/σ + 0.5826/√n.
    @Test func pettittByTheDistanceOfABridge() throws {
        let found = try PettittTest([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4])
        #expect(found.k == 57)
        #expect(found.index == 4)
        #expect(isClose(found.p, 0.330650422098282, relative: 1e-12))
    }

    @Test func refusals() {
        #expect(reason { () throws(Undefined) in try ChangePoints([1, 1, 1, 1], penalty: 1) } == .constant)
        #expect(reason { () throws(Undefined) in try ChangePoints([1], penalty: 1) } == .tooFew(found: 1, needed: 4))
        #expect(reason { () throws(Undefined) in try ChangePoints([1, 2, 3, 4], penalty: -1) } != nil)
        #expect(reason { () throws(Undefined) in try PettittTest([2, 2, 2]) } == .allTied)
        let twin = [1.0, 2, 3, 4]
        #expect(
            reason { () throws(Undefined) in try Regression(columns: [twin, twin], y: [1, 2, 4, 3]) } == .collinear)
        #expect(
            reason { () throws(Undefined) in try InterruptedTimeSeries([1, 2, 3, 4, 5], start: 4) }
                == .tooFew(found: 1, needed: 2))
        #expect(reason { () throws(Undefined) in try SeasonalMannKendall([1, 2, nil], period: 3) } != nil)
    }

    /// Longley's data are near collinear; mpmath's 120-digit solution, first and last coefficient.
    @Test func longley() throws {
        let y: [Double] = [
            60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761, 66019, 67857, 68169, 66513, 68655, 69564, 69331,
            70551,
        ]
        let columns: [[Double]] = [
            y.map { _ in 1 },
            [
                83, 88.5, 88.2, 89.5, 96.2, 98.1, 99, 100, 101.2, 104.6, 108.4, 110.8, 112.6, 114.2, 115.7, 116.9,
            ],
            [
                234289, 259426, 258054, 284599, 328975, 346999, 365385, 363112, 397469, 419180, 442769, 444546, 482704,
                502601, 518173, 554894,
            ],
            [2356, 2325, 3682, 3351, 2099, 1932, 1870, 3578, 2904, 2822, 2936, 4681, 3813, 3931, 4806, 4007],
            [1590, 1456, 1616, 1650, 3099, 3594, 3547, 3350, 3048, 2857, 2798, 2637, 2552, 2514, 2572, 2827],
            [
                107608, 108632, 109773, 110929, 112075, 113270, 115094, 116219, 117388, 118734, 120445, 121950, 123366,
                125368, 127852, 130081,
            ],
            y.indices.map { Double(1947 + $0) },
        ]
        let fit = try Regression(columns: columns, y: y)
        // NIST certified values.
        #expect(correctDigits(fit.coefficients[0].estimate, -3482258.63459582) >= 12.5)
        #expect(correctDigits(fit.coefficients[6].estimate, 1829.15146461355) >= 12.5)
        #expect(correctDigits(fit.coefficients[0].standardError, 890420.383607373) >= 12)
        #expect(correctDigits(fit.residualSD, 304.854073561965) >= 13)
    }

    /// With no effect planted the 95 % interval of the level change covers 0 in about 95 % of series.
    @Test func interruptedSeriesCovers() throws {
        var generator = SeededGenerator(seed: 31)
        var covered = 0
        for _ in 0..<400 {
            let y = (0..<60).map { 0.1 * Double($0) + generator.normal() }
            covered +=
                try InterruptedTimeSeries(y, start: 30, errors: .classical).levelChange.interval.contains(0) ? 1 : 0
        }
        #expect((366...394).contains(covered))
    }
}
