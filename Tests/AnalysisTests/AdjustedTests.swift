import Testing

@testable import Analysis

@Suite struct AdjustedTests {
    @Test func whatIsNoProbabilityIsNotCorrected() {
        // By hand, Benjamini and Hochberg on 0.01 and 0.04 alone: 0.02 and 0.04.
        let found = adjusted([0.01, .nan, 0.04, -0.1, 1.5], by: .benjaminiHochberg)
        #expect(found[0] == 0.02 && found[2] == 0.04)
        #expect(found[1] == nil && found[3] == nil && found[4] == nil)
        #expect(adjusted([], by: .holm).isEmpty)
    }
}
