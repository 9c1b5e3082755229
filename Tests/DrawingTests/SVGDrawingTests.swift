import Charts
import Drawing
import Foundation
import TestSupport
import Testing
import XML

@Suite struct SVGDrawingTests {
    private func figure(_ title: String, value: Double = 1) -> Figure {
        Figure(
            title: title, description: "About \(title).",
            x: Axis(title: "Day", scale: .linear(domain: 0...9, includesZero: false)),
            y: Axis(title: "Mean", unit: "s", scale: .linear(domain: nil, includesZero: true)),
            marks: [
                .band(
                    (0..<10).map { .init(x: Double($0), low: value * Double($0) - 1, high: value * Double($0) + 1) },
                    tone: .series(1)),
                .line((0..<10).map { .init(x: Double($0), y: value * Double($0)) }, tone: .series(1), label: title),
                .dots([.init(x: 3, y: 3, text: "a dot")], tone: .accent),
            ])
    }

    private func svg(_ figure: Figure, id: String = "g1") throws -> String {
        try SVGDrawing.svg(figure.scene(measure: .cairo()), idPrefix: id)
    }

    @Test func readsAsMarkupWithNameAndDescription() throws {
        let root = try XMLElement(xml: Array(try svg(figure("Latency")).utf8))
        #expect(root.name == "svg")
        #expect(root.attributes["role"] == "img")
        let ids = (root.attributes["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
        var texts: [String: String] = [:]
        root.visit { if let id = $0.attributes["id"] { texts[id] = $0.text } }
        #expect(ids.map { texts[$0] } == ["Latency", "About Latency."])
        var styles = 0
        root.visit {
            if $0.attributes["style"] != nil || $0.attributes.keys.contains(where: { $0.hasPrefix("on") }) {
                styles += 1
            }
        }
        #expect(styles == 0)
    }

    @Test func wordsAreText() throws {
        let root = try XMLElement(xml: Array(try svg(figure("Latency")).utf8))
        var words: [String] = []
        root.visit { if $0.name == "text" { words.append($0.text) } }
        #expect(words.contains("Latency"))
        #expect(words.contains { $0.contains("Mean") })
    }

    @Test func twoChartsShareNoId() throws {
        var ids: [String] = []
        for id in ["g1", "g2"] {
            try XMLElement(xml: Array(try svg(figure("A"), id: id).utf8)).visit {
                if let id = $0.attributes["id"] { ids.append(id) }
            }
        }
        #expect(Set(ids).count == ids.count && ids.count >= 4)
    }

    @Test func bytesDoNotDependOnWhatWasDrawnBefore() throws {
        let first = try svg(figure("A"))
        for number in 0..<20 { _ = try svg(figure("B\(number)", value: Double(number))) }
        #expect(try svg(figure("A")) == first)
    }

    @Test func hostileWordsStayWords() throws {
        let hostile = [
            "<script>alert(1)</script>", "\"/><g onload=x>", "a\u{0}b\u{1F}", "]]>&amp;", "\u{202E}abc",
            String(repeating: "w", count: 5_000),
        ]
        for title in hostile {
            let root = try XMLElement(xml: Array(try svg(figure(title)).utf8))
            var names: Set<String> = []
            root.visit { names.insert($0.name) }
            #expect(names.isSubset(of: ["svg", "title", "desc", "path", "text", "g", "tspan"]))
        }
    }

    @Test func aChartOfAQuarterIsSmall() throws {
        let points = (0..<90).map { Mark.Point(x: Double($0), y: 0.7 + 0.05 * Double($0 % 7)) }
        let figure = Figure(
            title: "T", description: "D.", x: Axis(title: "Day", scale: .linear(domain: 0...89, includesZero: false)),
            y: Axis(title: "Mean", scale: .linear(domain: nil, includesZero: false)),
            marks: [
                .band(
                    points.map { .init(x: $0.x, low: ($0.y ?? 0) - 0.02, high: ($0.y ?? 0) + 0.02) }, tone: .series(1)),
                .line(points, tone: .series(1)),
            ])
        #expect(try svg(figure).utf8.count < 12_000)
    }
}
