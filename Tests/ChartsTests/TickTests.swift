import Testing

@testable import Charts

@Suite struct TickTests {
    /// Expected by hand: the step is 1, 2, 2.5 or 5 × 10ᵏ nearest by ratio to span ÷ count. Where that step is 1, 2 or 5,
    /// d3-array 3.2.4 `ticks(start, stop, count)` gives the same positions.
    @Test(arguments: [
        (0.0, 1.0, 5, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (0, 100, 5, ["0", "20", "40", "60", "80", "100"]),
        (0, 10, 4, ["0", "2.5", "5.0", "7.5", "10.0"]),
        (-1, 1, 4, ["−1.0", "−0.5", "0", "0.5", "1.0"]),
        (0.1, 0.35, 5, ["0.10", "0.15", "0.20", "0.25", "0.30", "0.35"]),
        (9950, 10_050, 5, ["9960", "9980", "10\u{202F}000", "10\u{202F}020", "10\u{202F}040"]),
        (0, 5e8, 5, ["0", "1×10⁸", "2×10⁸", "3×10⁸", "4×10⁸", "5×10⁸"]),
        (0, 2e7, 4, ["0", "5×10⁶", "1.0×10⁷", "1.5×10⁷", "2.0×10⁷"]),
        (0, 4e-7, 4, ["0", "1×10⁻⁷", "2×10⁻⁷", "3×10⁻⁷", "4×10⁻⁷"]),
        (
            1_000_000_001, 1_000_000_003, 2,
            [
                "1\u{202F}000\u{202F}000\u{202F}001", "1\u{202F}000\u{202F}000\u{202F}002",
                "1\u{202F}000\u{202F}000\u{202F}003",
            ]
        ),
        (3, 3, 5, ["3"]),
    ])
    func linearTicksAndLabels(_ low: Double, _ high: Double, _ count: Int, _ labels: [String]) {
        let (positions, step) = Ticks.linear(low...high, count: count)
        #expect(TickLabel(words: .plain).texts(positions, step: step) == labels)
    }

    @Test func multiplesAreTheNearestNumbers() {
        #expect(Ticks.linear(0...0.7, count: 7).positions == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7])
    }

    /// By hand from the geometric means √2, √5, √12.5, √50.
    @Test(arguments: [
        (1.41, 1.0), (1.42, 2), (2.23, 2), (2.24, 2.5), (3.53, 2.5), (3.54, 5), (7.07, 5), (7.08, 10), (0.0142, 0.02),
        (1.42e-200, 2e-200), (1.42e200, 2e200),
    ])
    func stepsAreNearestByRatio(_ raw: Double, _ step: Double) {
        #expect(abs(TickStep(near: raw).value / step - 1) < 1e-12)
    }

    /// By hand: of 15 sessions in six parts the step would be 2.5, of 3 in six parts 0.5.
    @Test(arguments: [
        (15.0, 6, [0, 2, 4, 6, 8, 10, 12, 14]), (3, 6, [0.0, 1, 2, 3]), (100, 4, [0, 25, 50, 75, 100]),
        (7, 4, [0, 2, 4, 6]),
    ])
    func whatIsCountedHasTicksAtWholeNumbers(_ most: Double, _ count: Int, _ positions: [Double]) {
        #expect(Ticks.linear(0...most, count: count, isCount: true).positions == positions)
        #expect(Ticks.widened(0...most, count: count, isCount: true).upperBound.truncatingRemainder(dividingBy: 1) == 0)
    }

    @Test(arguments: [
        (0.13, 0.87, 4, 0.0, 1.0), (-3, 7, 5, -4, 8), (12_003, 14_100, 4, 12_000, 14_500), (0, 1, 5, 0, 1),
    ])
    func widenedToWholeSteps(_ low: Double, _ high: Double, _ count: Int, _ from: Double, _ to: Double) {
        #expect(Ticks.widened(low...high, count: count) == from...to)
    }

    @Test(arguments: [
        (1.0, 10_000.0, [1.0, 10, 100, 1000, 10_000]), (1, 100, [1, 2, 5, 10, 20, 50, 100]),
        (0.02, 0.6, [0.02, 0.05, 0.1, 0.2, 0.5]),
        (30, 40, [30, 32.5, 35, 37.5, 40]),
    ])
    func logarithmicTicks(_ low: Double, _ high: Double, _ expected: [Double]) {
        #expect(Ticks.logarithmic(low...high) == expected)
    }

    @Test func manyPowersAreThinnedEvenly() {
        #expect(Ticks.logarithmic(1e-12...1e12).count <= 9)
    }

    @Test(arguments: [
        (0.0, 2, "0.00"), (-0.001, 2, "0.00"), (-1234.5, 1, "−1234.5"), (12345.678, 2, "12\u{202F}345.68"),
        (1e16, 0, "1×10¹⁶"),
        (-.infinity, 0, "−∞"), (.nan, 1, "NaN"), (9.9999e15, 0, "1×10¹⁶"),
    ])
    func numbersAsWords(_ value: Double, _ decimals: Int, _ text: String) {
        #expect(NumberText.fixed(value, decimals: decimals) == text)
    }

    @Test(arguments: [
        (1e300, "1×10³⁰⁰"), (1e-300, "1×10⁻³⁰⁰"), (-2.5e-7, "−2.5×10⁻⁷"), (0.0001, "0.0001"), (1234.56, "1235"),
        (0.5, "0.5"),
        (9_999_999.6, "10\u{202F}000\u{202F}000"), (1.79e308, "1.79×10³⁰⁸"), (0, "0"),
    ])
    func numbersAlone(_ value: Double, _ text: String) {
        #expect(TickLabel(words: .plain).alone(value) == text)
    }

    @Test(arguments: [
        Double.leastNonzeroMagnitude, .leastNormalMagnitude / 4, -.infinity, .nan, -.leastNormalMagnitude,
    ])
    func anyNumberHasWords(_ value: Double) {
        #expect(!TickLabel(words: .plain).alone(value).isEmpty)
        #expect(!NumberText.fixed(value, decimals: 3).isEmpty)
    }

    @Test func wordsOfAnotherLanguage() {
        let german = ChartWords(decimalMark: ",", groupMark: ".", minus: "-", noData: "Keine Daten")
        #expect(NumberText.fixed(-12345.5, decimals: 1, words: german) == "-12.345,5")
    }

    @Test(
        arguments: [
            (-Double.greatestFiniteMagnitude, Double.greatestFiniteMagnitude), (1e300, 1.0000000001e300),
            (Double.leastNonzeroMagnitude, Double.leastNormalMagnitude / 4),
            (-3e-308, 3e-308), (1, 1.0000000000000002), (-1e300, 1e300), (0, .leastNonzeroMagnitude),
        ] as [(Double, Double)])
    func extremeDomainsEndAndStayInside(_ low: Double, _ high: Double) {
        let (positions, step) = Ticks.linear(low...high, count: 5)
        #expect(!positions.isEmpty && positions.count <= 12)
        #expect(TickLabel(words: .plain).texts(positions, step: step).allSatisfy { !$0.isEmpty })
        let wide = Ticks.widened(low...high, count: 5)
        #expect(wide.lowerBound <= low && wide.upperBound >= high)
    }
}
