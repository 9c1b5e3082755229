import Charts
import Foundation
import TestSupport
import Testing

@Suite struct SceneTests {
    /// Compares a scene with its golden file; a missing one is recorded and fails, so that somebody looks at it.
    @Test(arguments: SampleFigures.all.keys.sorted())
    func goldenScenes(_ name: String) throws {
        let figure = try #require(SampleFigures.all[name])
        let listing = figure.scene(measure: .monospaced).listing
        let file = Repository.fixture("golden/scenes/\(name).txt")
        guard FileManager.default.fileExists(atPath: file.path) else {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(listing.utf8).write(to: file)
            Issue.record("\(file.lastPathComponent) was missing and is recorded now: read it before keeping it")
            return
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == listing)
    }

    private func scene(_ marks: [Mark], y: Axis.Scale = .linear(domain: nil, includesZero: false)) -> Scene {
        Figure(
            title: "t", description: "d", x: Axis(title: "", scale: .linear(domain: nil, includesZero: false)),
            y: Axis(title: "", scale: y), marks: marks
        ).scene(measure: .monospaced)
    }

    private func shapes(_ scene: Scene, _ form: Scene.Form) -> [Scene.Stretch] {
        scene.items.flatMap { item -> [Scene.Stretch] in
            if case .shape(let shape, let style, _) = item, style.form == form { shape.stretches } else { [] }
        }
    }

    private func words(_ scene: Scene) -> [String] {
        scene.items.compactMap { if case .text(let words) = $0 { words.text } else { nil } }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e301])
    func whatIsNotFiniteIsAGap(_ hole: Double) {
        let values: [Double?] = [1, 2, hole, 4, 5, nil, 7]
        let scene = scene([.line(values.enumerated().map { .init(x: Double($0), y: $1) }, tone: .series(1))])
        #expect(shapes(scene, .line).map(\.corners.count) == [2, 2])
        #expect(shapes(scene, .dot).count == 1)
    }

    @Test func noValueSaysSo() {
        for marks in [
            [], [Mark.line([.init(x: 0, y: nil)], tone: .accent)],
            [.bars([.init(slot: 0, value: .nan)], tone: .accent)],
            [.rule(at: 1, vertical: false, tone: .good, label: "x")],
        ] {
            #expect(words(scene(marks)) == ["No data"])
        }
    }

    @Test func constantAndSingleValuesHaveRoom() {
        for value in [0, 5, -3, 1e-300, 1e300] {
            let scene = scene([
                .line([.init(x: 0, y: value), .init(x: 1, y: value)], tone: .series(1)),
                .dots([.init(x: 0, y: value)], tone: .bad),
            ])
            let lines = shapes(scene, .line)
            #expect(
                lines.count == 1 && lines.allSatisfy { $0.corners.allSatisfy { $0.y > 20 && $0.y < 280 } }, "\(value)")
        }
        #expect(shapes(scene([.line([.init(x: 3, y: 3)], tone: .series(1))]), .dot).count == 1)
    }

    @Test func barsShowZeroEvenIfNotAsked() {
        let scene = scene([.bars([.init(slot: 0, value: 90), .init(slot: 1, value: 100)], tone: .series(1))])
        #expect(words(scene).contains("0"))
    }

    @Test func aGivenDomainCutsLinesAndKeepsBarsInside() {
        let y = Axis.Scale.linear(domain: 0...1, includesZero: false)
        let scene = scene(
            [
                .line([.init(x: 0, y: 0.5), .init(x: 1, y: 3), .init(x: 2, y: 0.5)], tone: .series(1)),
                .dots([.init(x: 1, y: 3)], tone: .bad),
            ], y: y)
        #expect(shapes(scene, .line).count == 2)
        #expect(shapes(scene, .dot).isEmpty)
    }

    @Test func nothingOfValueZeroOrLessOnALogarithmicAxis() {
        let scene = scene(
            [
                .line(
                    [
                        .init(x: 0, y: 1), .init(x: 1, y: 10), .init(x: 2, y: 0), .init(x: 3, y: -1),
                        .init(x: 4, y: 100), .init(x: 5, y: 1000),
                    ], tone: .series(1))
            ], y: .logarithmic(domain: nil))
        #expect(shapes(scene, .line).map(\.corners.count) == [2, 2])
    }

    @Test func labelsOfLineEndsDoNotTouch() {
        let marks = (0..<6).map {
            Mark.line(
                [.init(x: 0, y: 1), .init(x: 1, y: 1 + Double($0) / 1000)], tone: .series($0 + 1), label: "line \($0)")
        }
        let heights = scene(marks).items.compactMap { item -> Double? in
            if case .text(let words) = item, case .label = words.role { words.y } else { nil }
        }.sorted()
        #expect(heights.count == 6)
        #expect(zip(heights, heights.dropFirst()).allSatisfy { $1 - $0 > 12.9 })
    }

    @Test func tooManyLabelsBecomeAKey() {
        let marks = (0..<20).map {
            Mark.line([.init(x: 0, y: 1), .init(x: 1, y: Double($0))], tone: .series($0 % 6 + 1), label: "line \($0)")
        }
        let scene = scene(marks)
        #expect((0..<20).allSatisfy { words(scene).contains("line \($0)") })
        #expect(
            !scene.items.contains { if case .text(let words) = $0, case .label = words.role { true } else { false } })
    }

    @Test func cutNamesKeepTheWholeText() {
        let name = "a name that is far too long for any margin of a chart that somebody might want to read"
        let figure = Figure(
            title: "t", description: "d", size: .rows(1),
            x: Axis(title: "", scale: .linear(domain: nil, includesZero: true)),
            y: Axis(title: "", scale: .names([name])), marks: [.bars([.init(slot: 0, value: 1)], tone: .series(1))])
        let cut = figure.scene(measure: .monospaced).items.compactMap { item -> String? in
            if case .text(let words) = item { words.whole } else { nil }
        }
        // The name takes two lines; both carry it.
        #expect(cut == [name, name])
    }

    /// Everything stays on the picture, whatever the numbers are.
    @Test(arguments: [1e-300, 1e-9, 1, 1e9, 1e15, 1e300])
    func scenesStayInsideForAnySize(_ size: Double) {
        for (name, figure) in SampleFigures.scaled(by: size) {
            let scene = figure.scene(measure: .monospaced)
            for form in [Scene.Form.line, .fill, .band, .hairline, .dot] {
                for corner in shapes(scene, form).flatMap(\.corners) {
                    #expect(corner.x >= -1 && corner.x <= scene.width + 1, "\(name) \(form) \(corner)")
                    #expect(corner.y >= -1 && corner.y <= scene.height + 1, "\(name) \(form) \(corner)")
                }
            }
        }
    }
}
