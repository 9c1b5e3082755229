import Charts
import Testing

@testable import Drawing

@Suite struct PathDataTests {
    @Test(arguments: [
        ("M 10 20 L 30.5 40 L 30.5 50 Z M 10 20 ", "M10 20l20.5 20v10z"),
        ("M 10 10 L 20 10 L 20 30 L 10 30 Z M 30 10 L 40 10 Z M 30 10 ", "M10 10h10v20h-10zM30 10h10z"),
        ("M 5 5 L 5 5 M 7.04 5 L 7.04 5 ", "M5 5h0M7 5h0"), ("M -0.04 -1.26 L 0.24 3 ", "M0-1.3l.2 4.3"),
        ("M 0 0 L 0.04 0 L 0.08 0 L 0.12 0 ", "M0 0h0 .1"), ("M 1 1 ", ""), ("", ""),
    ])
    func pathsAreShort(_ cairo: String, _ page: String) {
        #expect(PathData.compact(cairo) == page)
    }

    /// Rounding comes before differences: ten thousand steps of 0.04 end where they should.
    @Test func roundingErrorsDoNotAddUp() {
        let cairo = "M 0 0 " + (1...10_000).map { "L \(Double($0) * 0.04) 0 " }.joined()
        let steps = PathData.compact(cairo).split(separator: "h").last ?? ""
        let x = steps.split(separator: " ").compactMap { Double($0) }.reduce(0, +)
        #expect(abs(x - 400) < 0.01)
    }

    @Test(arguments: [
        ("fill:none;stroke:rgb(0%,0%,0.392157%);", [1]), (" stroke:none;fill:rgb(0%,0.392157%,30.588235%);", [334]),
        ("fill:rgb(100%,100%,100%);stroke:rgb(0%,0%,0%);", [0xFFFFFF, 0]), ("fill:none;stroke:none;", []),
    ])
    func coloursAreNumbers(_ style: String, _ numbers: [Int]) {
        #expect(PathData.shapeIndices(style: style) == numbers)
    }

    @Test(arguments: [(12.0, "12"), (-0.04, "0"), (0.25, ".3"), (-7.55, "-7.6")])
    func attributesAreRounded(_ value: Double, _ text: String) {
        #expect(PathData.number(value) == text)
    }
}
