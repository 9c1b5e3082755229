import Testing

@testable import Site

@Suite struct SortKeyTests {
    @Test(arguments: [
        ("0.7320", true), ("−0.051", true), ("+4", true), ("12\u{202F}345", true), ("-3.5", true),
        ("0.713 to 0.751", false), ("4\u{202F}%", false), ("< 0.001", false), ("2026-11-19", false), ("", false),
        ("1.2.3", false), ("−", false), ("n/a", false),
    ])
    func plainNumbersSortByThemselves(text: String, isPlain: Bool) {
        #expect(SortKeys.isPlainNumber(text) == isPlain)
        #expect(SortKeys.key(1.5, beside: text) == (isPlain ? nil : 1.5))
    }

    @Test(arguments: [
        (0.712915843289821, 0.7129158), (-0.000082525769529, -0.00008252577), (123_456_789.4, 123_456_789.0), (0, 0),
        (50, 50), (0.0001234, 0.0001234),
    ])
    func keysHaveSevenDigits(value: Double, key: Double) { #expect(SortKeys.shortened(value) == key) }

    @Test func undefinedValuesHaveNoKey() {
        #expect(SortKeys.key(nil, beside: nil) == nil)
        #expect(SortKeys.key(.nan, beside: "–") == nil)
        #expect(SortKeys.key(.infinity, beside: "–") == nil)
    }
}
