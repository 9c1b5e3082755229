import Testing

@testable import Statistics

@Suite struct AutomaticChangeTests {
    static func noise(_ n: Int, seed: UInt64) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        return (0..<n).map { _ in generator.normal() }
    }

    /// The cost of a line piece against the fit of the line itself.
    @Test func lineCostIsTheResidualSum() throws {
        let data = Self.noise(60, seed: 2).enumerated().map { 1e3 + 0.4 * Double($0) + $1 }
        let cost = try SegmentCost(data, model: .line)
        for (start, end) in [(0, 60), (0, 3), (17, 23), (40, 60)] {
            let line = try LinearFit(Array(data[start..<end]))
            let sum = (start..<end).map { data[$0] - line.intercept - line.slope * Double($0 - start) }
                .map { $0 * $0 }.compensatedSum
            #expect(isClose(cost(start, end), sum, relative: 1e-8, absolute: 1e-9))
        }
        #expect(abs(cost(5, 7)) < 1e-9)
        #expect(cost(5, 6) == 0)
    }

    @Test func findsALevelASlopeAndBoth() throws {
        let level = Self.noise(200, seed: 1).enumerated().map { ($0 < 120 ? 0 : 3) + $1 }
        let found = try AutomaticChangePoints(level)
        #expect(found.indices.count == 1)
        #expect(abs((found.indices.first ?? 0) - 120) <= 3)
        #expect(found.segments.map(\.start) == [0] + found.indices)
        #expect(found.segments.last?.end == 200)
        let bend = Self.noise(200, seed: 4).enumerated().map { (0.2 * Double(max(0, $0 - 90))) + $1 }
        let turned = try AutomaticChangePoints(bend)
        #expect(turned.indices.count == 1)
        #expect(abs((turned.indices.first ?? 0) - 90) <= 8)
        #expect(abs((turned.segments.last?.slope ?? 0) - 0.2) < 0.02)
        #expect(turned.explained > 0.8)
    }

    /// Many levels, each less than a tenth of the whole, are found because nothing but noise is left.
    @Test func manyLevelsAreStatistical() throws {
        let levels: [Double] = [0, 5, 1, 7, 2, 9, 4, 10]
        let data = Self.noise(400, seed: 9).enumerated().map { levels[$0 / 50] + $1 }
        let found = try AutomaticChangePoints(data)
        #expect(found.basis == .statistical)
        #expect(found.indices.count == 7)
        for (index, place) in found.indices.enumerated() { #expect(abs(place - 50 * (index + 1)) <= 3) }
    }

    /// Changes found in series without any: hardly one in ten for white noise, with or without a trend.
    @Test func noiseHasNoChange() throws {
        var (plain, sloped) = (0, 0)
        for seed in 1...40 {
            let noise = Self.noise(50 + 3 * seed, seed: UInt64(seed))
            plain += try AutomaticChangePoints(noise).indices.isEmpty ? 0 : 1
            sloped +=
                try AutomaticChangePoints(noise.enumerated().map { 0.1 * Double($0) + $1 }).indices.isEmpty ? 0 : 1
        }
        #expect(plain <= 4)
        #expect(sloped <= 4)
    }

    /// A season is no series of changes.
    @Test func aSeasonIsNotCutToPieces() throws {
        let data = Self.noise(240, seed: 5).enumerated().map { 5 * sin(Double($0) / 12 * 2 * .pi) + 0.3 * $1 }
        #expect(try AutomaticChangePoints(data).indices.isEmpty)
    }

    @Test func scaleAndPlaceDoNotMatter() throws {
        let data = Self.noise(150, seed: 14).enumerated().map { ($0 < 70 ? 0 : 4) + $1 }
        let found = try AutomaticChangePoints(data)
        #expect(try AutomaticChangePoints(data.map { 1e6 - 250 * $0 }).indices == found.indices)
        #expect(try AutomaticChangePoints(data.map { 1e-9 * $0 }).indices == found.indices)
    }

    /// Above 2,000 values the search goes over blocks and the places are still those of values.
    @Test func longSeriesAreSearchedInBlocks() throws {
        let data = Self.noise(6000, seed: 7).enumerated().map { ($0 < 2222 ? 0 : $0 < 5003 ? 3 : 1) + $1 }
        let found = try AutomaticChangePoints(data)
        #expect(found.blockLength == 3)
        #expect(found.indices.count == 2)
        #expect(abs((found.indices.first ?? 0) - 2222) <= 3)
        #expect(abs((found.indices.last ?? 0) - 5003) <= 4)
    }

    @Test func edges() throws {
        #expect(reason { () throws(Undefined) in try AutomaticChangePoints([]) } == .empty)
        #expect(reason { () throws(Undefined) in try AutomaticChangePoints([1]) } == .tooFew(found: 1, needed: 10))
        #expect(
            reason { () throws(Undefined) in try AutomaticChangePoints([Double](repeating: 3, count: 40)) } == .constant
        )
        let gap = (0..<20).map { $0 == 7 ? Double.nan : Double($0) }
        #expect(reason { () throws(Undefined) in try AutomaticChangePoints(gap) } == .nonFinite)
        // An exact line, and alternation whose block means are all equal.
        #expect(try AutomaticChangePoints((0..<50).map { 3 + 0.1 * Double($0) }).indices.isEmpty)
        #expect(try AutomaticChangePoints((0..<4000).map { $0 % 2 == 0 ? 1 : -1 }).indices.isEmpty)
        // A single absurd value is no change of level.
        var spike = Self.noise(100, seed: 3)
        spike[50] = 1e9
        #expect(try AutomaticChangePoints(spike).indices.count <= 2)
    }
}
