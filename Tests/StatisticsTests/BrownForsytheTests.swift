import Testing

@testable import Statistics

@Suite struct BrownForsytheTests {
    /// Forty values of each group lie 0.1 to either side of its median on paper; in binary the distances differ by the last bits,
    /// which are no scatter. Two values of a group are equally far from their median.
    @Test func distancesThatRoundingTellsApartAreEqual() {
        let groups = [0.3, 0.7, 1.1].map { centre in (0..<40).map { centre + ($0 % 2 == 0 ? 0.1 : -0.1) } }
        #expect(throws: Undefined.constant) { try BrownForsythe(groups) }
        #expect(throws: Undefined.constant) { try BrownForsythe([[1, 2], [3, 5]]) }
    }

    /// scipy.stats.levene([1, 2, 3, 4, 9], [2, 2.5, 3, 3.5, 4], center='median').
    @Test func scatterIsCompared() throws {
        let test = try BrownForsythe([[1, 2, 3, 4, 9], [2, 2.5, 3, 3.5, 4]])
        #expect(abs(test.f - 1.7268722466960353) < 1e-10 && abs(test.p - 0.2252377295987224) < 1e-10)
    }
}
