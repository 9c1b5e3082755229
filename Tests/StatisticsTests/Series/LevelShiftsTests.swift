import Testing

@testable import Statistics

@Suite struct LevelShiftsTests {
    private static func noise(_ n: Int, seed: UInt64) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        return (0..<n).map { _ in
            Normal.quantile(Double.random(in: 1e-9..<1, using: &generator))
        }
    }

    @Test func aStepIsFoundWhereItIs() throws {
        let data = Self.noise(90, seed: 4).enumerated().map { $1 + ($0 >= 40 ? 4 : 0) }
        let found = try LevelShifts(data)
        #expect(found.indices == [40] && !found.isSlope)
    }

    @Test func aSlopeIsNoStair() throws {
        let data = Self.noise(90, seed: 5).enumerated().map { $1 + Double($0) / 10 }
        let found = try LevelShifts(data)
        #expect(found.indices.isEmpty && found.isSlope)
    }

    @Test func wanderingIsNoStair() throws {
        var loud = 0
        for seed in 1...100 {
            var last = 0.0
            let data = Self.noise(90, seed: UInt64(seed)).map { step -> Double in
                last = 0.3 * last + step
                return last
            }
            if try !LevelShifts(data).indices.isEmpty { loud += 1 }
        }
        #expect(loud <= 10, "\(loud) of 100 series of an AR(1) with 0.3")
    }

    @Test func refusals() {
        #expect(throws: Undefined.tooFew(found: 2, needed: 3)) { try LevelShifts([1, 2]) }
        #expect(throws: Undefined.constant) { try LevelShifts([1, 1, 1, 1, 1, 1, 1, 1]) }
        #expect(throws: Undefined.self) { try LevelShifts([1, 2, 3], minimumLevel: 1) }
    }
}
