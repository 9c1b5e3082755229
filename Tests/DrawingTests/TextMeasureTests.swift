import Charts
import Testing

@testable import Drawing

@Suite struct TextMeasureTests {
    /// Advances in DejaVu Sans 2.37, 2048 units to the em, read from the tables `cmap` and `hmtx` of DejaVuSans.ttf.
    @Test(arguments: [("i", 569.0), ("m", 1995), ("0", 1303), (" ", 651), ("−", 1716), ("é", 1260)])
    func widthsAreThoseOfTheFont(_ text: String, _ units: Double) {
        #expect(abs(TextMeasure.cairo().width(text, 11) - units / 2048 * 11) < 0.02)
    }

    @Test func widthsAddUpAndScale() {
        let measure = TextMeasure.cairo()
        let parts = "Accuracy".map { measure.width(String($0), 11) }.reduce(0, +)
        #expect(abs(measure.width("Accuracy", 11) - parts) < 1e-9)
        #expect(abs(measure.width("Accuracy", 22) - 2 * parts) < 1e-9)
        #expect(measure.width("", 11) == 0)
    }

    @Test(arguments: ["日本語", "😀", "\u{0}", "e\u{301}", "שלום"])
    func otherWritingIsMeasuredToo(_ text: String) {
        let width = TextMeasure.cairo().width(text, 11)
        #expect(width.isFinite && width >= 0 && width < 100)
    }
}
