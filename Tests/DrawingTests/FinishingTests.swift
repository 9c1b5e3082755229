import Charts
import Foundation
import TestSupport
import Testing
import XML

@testable import Drawing

@Suite struct FinishingTests {
    private let figure: Figure = {
        var spans: [Mark.Span] = []
        var points: [Mark.Point] = []
        for day in 0..<90 {
            let (x, value) = (Double(day), Double(day % 7))
            spans.append(.init(x: x, low: value, high: value + 3))
            points.append(.init(x: x, y: value + 1))
        }
        return Figure(
            title: "Duration <s> & more", description: "One sentence.",
            x: Axis(title: "Day", scale: .linear(domain: nil, includesZero: false)),
            y: Axis(title: "Duration", unit: "s", scale: .linear(domain: nil, includesZero: false)),
            marks: [
                .band(spans, tone: .series(1), label: "95 % interval"), .line(points, tone: .series(1), label: "all"),
                .dots([.init(x: 3, y: 4, text: "day 3"), .init(x: 4, y: 5)], tone: .bad),
            ])
    }()
    private let boxes: Figure = Figure(
        title: "Boxes", description: "d", x: Axis(title: "", scale: .names(["a", "b"])),
        y: Axis(title: "", scale: .linear(domain: nil, includesZero: false)),
        marks: [
            .boxes(
                [
                    .init(slot: 0, low: 1, q1: 2, median: 3, q3: 4, high: 5, mean: 3),
                    .init(slot: 1, low: 1, q1: 2, median: 3, q3: 4, high: 5),
                ], tone: .series(2))
        ])

    private func draw(_ figure: Figure, _ prefix: String = "g1") throws -> String {
        try SVGDrawing.svg(figure.scene(measure: .cairo()), idPrefix: prefix)
    }

    private func tree(_ figure: Figure, _ prefix: String = "g1") throws -> XMLElement {
        try XMLElement(xml: Array(try draw(figure, prefix).utf8))
    }

    @Test func frameTitleAndDescription() throws {
        let svg = try tree(figure)
        #expect(svg.name == "svg")
        #expect(
            svg.attributes == [
                "class": "chart", "role": "img", "aria-labelledby": "g1-t g1-d", "viewBox": "0 0 720 300",
                "width": "720", "height": "300",
            ])
        #expect(svg.elements.prefix(2).map { $0.text } == ["Duration <s> & more", "One sentence."])
        #expect(svg.elements.prefix(2).map { $0.attributes } == [["id": "g1-t"], ["id": "g1-d"]])
    }

    @Test func onlyClassesAndGeometry() throws {
        for figure in [figure, boxes] {
            try tree(figure).visit { element in
                let allowed: Set = [
                    "class", "d", "x", "y", "text-anchor", "id", "role", "aria-labelledby", "viewBox", "width",
                    "height",
                ]
                #expect(Set(element.attributes.keys).isSubset(of: allowed), "\(element.name) \(element.attributes)")
                #expect(["svg", "title", "desc", "path", "text", "g"].contains(element.name))
            }
        }
    }

    @Test func wordsAreText() throws {
        let words = try tree(figure).elements.filter { $0.name == "text" }.map(\.text)
        #expect(words.contains("Duration (s)") && words.contains("all") && words.contains("95 % interval"))
    }

    @Test func aTextIsATooltipAndTheRestIsMerged() throws {
        let dots = try tree(figure).elements.filter { $0.attributes["class"] == "o kb" }
        #expect(dots.map { $0.text } == ["day 3", ""])
    }

    /// Cairo writes a filling and a stroke of one path as one path; both have to come out.
    @Test func boxesHaveFillingAndOutline() throws {
        let paths = try tree(boxes).elements.filter { $0.name == "path" }
        let data = { (name: String) in paths.first { $0.attributes["class"] == name }?.attributes["d"] }
        #expect(data("b k2") != nil)
        #expect(data("b k2") == data("n k2"))
        #expect(data("l w k2") != nil)
    }

    @Test func bytesDoNotDependOnWhatWasDrawnBefore() throws {
        let first = try draw(figure)
        for prefix in ["a", "b", "c"] { _ = try draw(boxes, prefix) }
        #expect(try draw(figure) == first)
        #expect(!first.contains("surface") && !first.contains("glyph"))
    }

    @Test func bytesDoNotDependOnOtherTasks() async throws {
        let expected = try draw(figure)
        let drawn = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<32 { group.addTask { try draw(number % 2 == 0 ? figure : boxes) } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(drawn.count == 2 && drawn.contains(expected))
    }

    @Test func idsOfTwoChartsDiffer() throws {
        let page = Array(("<!doctype html><title>t</title>" + (try draw(figure, "g1")) + (try draw(figure, "g2"))).utf8)
        let ids = try HTMLTree(page).ids.map(\.id)
        #expect(ids == ["g1-t", "g1-d", "g2-t", "g2-d"])
    }

    @Test(arguments: ["", "1a", "a b", "a\"", "é", "a>"])
    func badPrefixesAreRefused(_ prefix: String) {
        #expect(throws: DrawingError.self) { try draw(boxes, prefix) }
    }

    @Test func aLineOfNinetyPointsIsSmall() throws {
        let svg = try draw(figure)
        #expect(svg.utf8.count < 12_000)
        #expect(svg.count { $0 == "<" } < 120)
    }

    @Test(
        .enabled(
            if: Repository.shared("data/sets/nasty_strings/blns.json") != nil, "needs nasty_strings beside the project")
    )
    func hostileWords() throws {
        let file = try #require(Repository.shared("data/sets/nasty_strings/blns.json"))
        let strings = try JSONDecoder().decode([String].self, from: Data(contentsOf: file))
        #expect(strings.count > 400)
        for (index, text) in strings.enumerated() {
            let hostile = Figure(
                title: text, description: text, x: Axis(title: text, unit: text, scale: .names([text, "b"])),
                y: Axis(title: text, scale: .linear(domain: nil, includesZero: true)),
                marks: [
                    .bars([.init(slot: 0, value: 1, text: text)], tone: .series(1)),
                    .line([.init(x: 0, y: 1), .init(x: 1, y: 2)], tone: .bad, label: text),
                    .rule(at: 0, vertical: true, tone: .good, label: text),
                ])
            let svg = try tree(hostile)
            // Equal but for the characters that XML cannot hold and the ends of lines that reading makes one.
            if text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value < 0xFFFE }) {
                #expect(svg.elements[0].text == text, "string \(index)")
            }
            svg.visit { #expect(["svg", "title", "desc", "path", "text", "g"].contains($0.name), "string \(index)") }
        }
    }
}
