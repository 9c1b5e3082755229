import Charts
import Testing

@Suite struct LayoutTests {
    private func figure(_ marks: [Mark], size: FigureSize = .standard) -> Figure {
        Figure(
            title: "T", description: "D.", size: size,
            x: Axis(title: "x", scale: .linear(domain: nil, includesZero: false)),
            y: Axis(title: "y", unit: "s", scale: .linear(domain: nil, includesZero: false)), marks: marks)
    }

    private func shapes(_ scene: Scene, _ form: Scene.Form) -> [Scene.Shape] {
        scene.items.compactMap {
            if case .shape(let shape, let style, _) = $0, style.form == form { shape } else { nil }
        }
    }

    @Test func aGapBreaksTheLine() {
        let points = [1.0, 2, nil, 4, 5].enumerated().map { Mark.Point(x: Double($0.offset), y: $0.element) }
        let lines = shapes(figure([.line(points, tone: .series(1))]).scene(measure: .monospaced), .line)
        #expect(lines.flatMap(\.stretches).map(\.corners.count) == [2, 2])
    }

    @Test func everythingStaysInsideThePicture() {
        let wild = [-1e300, 0, 1e-300, 5, 1e300, .nan, .infinity]
        let points = wild.enumerated().map { Mark.Point(x: Double($0.offset), y: $0.element) }
        let scene = figure([.line(points, tone: .series(1)), .dots(points, tone: .accent)]).scene(measure: .monospaced)
        for shape in scene.items.compactMap({ if case .shape(let shape, _, _) = $0 { shape } else { nil } }) {
            for corner in shape.stretches.flatMap(\.corners) {
                #expect((-1...scene.width + 1).contains(corner.x) && (-1...scene.height + 1).contains(corner.y))
            }
        }
    }

    @Test(arguments: [FigureSize.standard, .small, .sparkline, .rows(3)]) func nothingToDrawSaysSo(size: FigureSize) {
        let scene = figure([.line([], tone: .series(1))], size: size).scene(measure: .monospaced)
        #expect(!scene.items.isEmpty)
        #expect(shapes(scene, .line).isEmpty)
    }

    @Test func aLargerValueIsDrawnHigher() {
        let points = [Mark.Point(x: 0, y: 1), Mark.Point(x: 1, y: 3), Mark.Point(x: 2, y: 2)]
        let corners = shapes(figure([.line(points, tone: .series(1))]).scene(measure: .monospaced), .line).flatMap(
            \.stretches)[0].corners
        #expect(corners[1].y < corners[2].y && corners[2].y < corners[0].y)
        #expect(corners[0].x < corners[1].x && corners[1].x < corners[2].x)
    }

    @Test func manyPointsKeepTheirExtremes() throws {
        var points = (0..<50_000).map { Mark.Point(x: Double($0), y: 0.5) }
        points[31_234].y = 99
        points[12_345].y = -99
        let corners = shapes(figure([.line(points, tone: .series(1))]).scene(measure: .monospaced), .line).flatMap(
            \.stretches
        ).flatMap(\.corners)
        #expect(corners.count < 6_000)
        let heights = corners.map(\.y)
        #expect(try #require(heights.max()) - (try #require(heights.min())) > 150)
    }

    @Test func theSameFigureGivesTheSameScene() {
        let mark = Mark.bars(
            [.init(slot: 0, value: 1, low: 0.5, high: 2), .init(slot: 1, value: nil)], tone: .series(2))
        #expect(figure([mark]).scene(measure: .monospaced) == figure([mark]).scene(measure: .monospaced))
    }

    /// Formatting by hand: thin spaces from five digits, a true minus, no minus before zero.
    @Test(arguments: [
        (1234.0, 0, "1234"), (12345.0, 0, "12\u{202F}345"), (1_234_567.891, 2, "1\u{202F}234\u{202F}567.89"),
        (-0.05, 1, "−0.1"),
        (-0.04, 1, "0.0"), (0.5, 3, "0.500"), (-12.0, 0, "−12"),
    ])
    func numbers(value: Double, decimals: Int, text: String) {
        #expect(NumberText.fixed(value, decimals: decimals) == text)
    }
}
