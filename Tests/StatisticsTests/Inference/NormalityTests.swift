import Testing

@testable import Statistics

/// scipy 1.17.1 `shapiro`, `skewtest`, `kurtosistest`.
@Suite struct NormalityTests {
    @Test(
        arguments: [
            ([125, 115, 130, 140, 140.5, 115.5, 140.2, 125.4, 140.9, 135], 0.8596971509336173, 0.075683711798603),
            ([1, 2, 4], 0.9642857142857142, 0.6368868450289689),
            ((1...50).map { Double($0 * $0) }, 0.898124799573951, 0.0004168851491458259),
        ] as [([Double], Double, Double)])
    func shapiroWilk(data: [Double], w: Double, p: Double) throws {
        let test = try ShapiroWilk(data)
        // SciPy takes normal quantiles from a single-precision approximation, which moves W by about 1e-10.
        #expect(isClose(test.w, w, relative: 1e-9))
        #expect(isClose(test.p, p, relative: 1e-6))
    }

    @Test func omnibus() throws {
        let test = try DAgostinoK2((1...30).map { Double($0 * $0) })
        #expect(isClose(test.kurtosisZ, -1.209182874541852, relative: 1e-11))
        #expect(isClose(test.skewnessZ, 1.5479267804011096, relative: 1e-11))
    }

    @Test func extremesStayFinite() throws {
        let heavy = [Double](repeating: 0, count: 5000) + [1]
        let test = try AndersonDarling(heavy)
        #expect(test.a2.isFinite)
        #expect(test.p == 0)
        #expect(try Lilliefors(heavy).isBound)
        #expect(reason { () throws(Undefined) in try ShapiroWilk(heavy) } == .tooMany(found: 5001, limit: 5000))
        #expect(reason { () throws(Undefined) in try ShapiroWilk([3, 3, 3]) } == .constant)
        #expect(reason { () throws(Undefined) in try ShapiroWilk([3, 1]) } == .tooFew(found: 2, needed: 3))
        #expect(reason { () throws(Undefined) in try DAgostinoK2([3, 1]) } == .tooFew(found: 2, needed: 8))
    }

    /// Under normality about one sample in twenty is called not normal.
    @Test func falseAlarms() throws {
        var generator = SeededGenerator(seed: 2024)
        var alarms = (shapiro: 0, anderson: 0, lilliefors: 0)
        for _ in 0..<1000 {
            let sample = try CountedSample((0..<30).map { _ in generator.normal() })
            alarms.shapiro += try ShapiroWilk(sample).p < 0.05 ? 1 : 0
            alarms.anderson += try AndersonDarling(sample).p < 0.05 ? 1 : 0
            alarms.lilliefors += try Lilliefors(sample).p < 0.05 ? 1 : 0
        }
        // 50 ± 3·√(1000·0.05·0.95)
        for count in [alarms.shapiro, alarms.anderson, alarms.lilliefors] { #expect((29...71).contains(count)) }
    }
}
