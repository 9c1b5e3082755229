import Testing

@testable import Site

@Suite struct SortKeyTests {
    @Test(arguments: [
        ("0.7320", 0.732), ("−0.051", -0.051), ("+4", 4), ("12\u{202F}345", 12345), ("-3.5", -3.5),
        ("0.713 to 0.751", 0.713),
        ("4\u{202F}%", 4), ("75.1\u{202F}%", 75.1), ("< 0.001", 0.001), ("1\u{202F}200\u{202F}s", 1200),
        ("3.548 (31)", 3.548),
        ("−5.6 points", -5.6), ("+0.10\u{202F}of 5", 0.1), ("≤ 2", 2), ("0.50%", 0.5),
    ])
    func wordsBeginWithANumber(text: String, number: Double) { #expect(SortKeys.leadingNumber(text) == number) }

    @Test(arguments: ["2026-11-19", "", "1.2.3", "−", "n/a", "12:30", "3rd", "W44", "– 4"])
    func otherWordsDoNot(text: String) { #expect(SortKeys.leadingNumber(text) == nil) }

    @Test func aColumnThatSortsByItsWordsHasNoKeys() {
        let cells: [(value: Double?, text: String?)] = [
            (0.751, "75.1\u{202F}%"), (0.0004, "< 0.001"), (0.0213, "2.1\u{202F}%"), (nil, nil),
        ]
        #expect(SortKeys.keys(of: cells) == [nil, nil, nil, nil])
    }

    @Test func aColumnThatDoesNotHasAllOfThem() {
        let units: [(value: Double?, text: String?)] = [(90, "1.5 min"), (3, "3 s"), (nil, nil), (.nan, "–")]
        #expect(SortKeys.keys(of: units) == [90, 3, nil, nil])
        let words: [(value: Double?, text: String?)] = [(2, "high"), (1.23456789, "1.2")]
        #expect(SortKeys.keys(of: words) == [2, 1.234568])
    }

    @Test(arguments: [
        (0.712915843289821, 0.7129158), (-0.000082525769529, -0.00008252577), (123_456_789.4, 123_456_789.0), (0, 0),
        (50, 50), (0.0001234, 0.0001234),
    ])
    func keysHaveSevenDigits(value: Double, key: Double) { #expect(SortKeys.shortened(value) == key) }
}
