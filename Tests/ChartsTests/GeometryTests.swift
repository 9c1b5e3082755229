import Testing

@testable import Charts

@Suite struct GeometryTests {
    @Test(arguments: [(0.0, 100.0), (5, 150), (10, 200), (-5, 50), (20, 300)])
    func linearScale(_ value: Double, _ pixel: Double) {
        #expect(Scale(kind: .linear, domain: 0...10, from: 100, to: 200).pixel(value) == pixel)
    }

    /// By hand: log₁₀ of the value is its share of three powers.
    @Test(arguments: [(1.0, 0.0), (10, 100), (100, 200), (1000, 300), (31.622_776_601_683_793, 150)])
    func logarithmicScale(_ value: Double, _ pixel: Double) throws {
        let found = try #require(Scale(kind: .logarithmic, domain: 1...1000, from: 0, to: 300).pixel(value))
        #expect(abs(found - pixel) < 1e-9)
    }

    @Test(arguments: [0, -1, Double.nan, .infinity])
    func whatCannotBePlaced(_ value: Double) {
        #expect(Scale(kind: .logarithmic, domain: 1...1000, from: 0, to: 300).pixel(value) == nil)
        #expect(Scale(kind: .linear, domain: 0...1, from: 0, to: 1).pixel(value.isFinite ? .nan : value) == nil)
    }

    /// By hand; a line keeps only what is inside and is not bent onto the edge.
    @Test func linesAreCutAtTheEdges() {
        let clip = Clip(left: 0, top: 0, right: 10, bottom: 10)
        let parts = clip.line([.init(0, 5), .init(5, -5), .init(10, 5)])
        #expect(parts == [[.init(0, 5), .init(2.5, 0)], [.init(7.5, 0), .init(10, 5)]])
        #expect(clip.line([.init(-5, -5), .init(20, -5)]).isEmpty)
        #expect(clip.area([.init(2, -10), .init(4, -10), .init(4, 5), .init(2, 5)]).map(\.y).min() == 0)
    }

    @Test func downsamplingKeepsExtremesAndOrder() {
        var corners = (0..<50_000).map { Scene.Corner(Double($0) / 100, Double($0 % 7)) }
        corners[12_345].y = -1000
        corners[33_333].y = 1000
        let kept = Downsampling.keepingExtremes(corners)
        #expect(kept.count <= 4 * 501)
        #expect(kept.contains(corners[12_345]) && kept.contains(corners[33_333]))
        #expect(kept.first == corners.first && kept.last == corners.last)
        #expect(zip(kept, kept.dropFirst()).allSatisfy { $0.x <= $1.x })
        let few = Array(corners.prefix(100))
        #expect(
            Downsampling.keepingExtremes(Array(few.enumerated().map { Scene.Corner(Double($0), $1.y) })).count == 100)
    }

    /// By hand: equal wishes spread evenly around their mean, an edge pushes the group inside.
    @Test(arguments: [
        ([10.0, 50, 90], [10.0, 50, 90]), ([50, 50, 50], [40, 50, 60]), ([2, 3], [0, 10]), ([99, 98], [100, 90]),
        ([10, 12, 40], [6, 16, 40]), ([], []),
    ])
    func labelsMoveApart(_ wanted: [Double], _ places: [Double]) {
        #expect(Layout.apart(wanted, gap: 10, within: 0...100) == places)
    }

    @Test func wordsAreFittedAndWrapped() {
        let measure = TextMeasure.monospaced
        // Ten pixels make each character six wide.
        #expect(measure.fitted("abcdefghij", size: 10, to: 60) == "abcdefghij")
        #expect(measure.fitted("abcdefghij", size: 10, to: 36) == "abcde…")
        #expect(measure.fitted("abcd fghij", size: 10, to: 36) == "abcd…")
        #expect(measure.fitted("abc", size: 10, to: 1) == "…")
        #expect(measure.wrapped("two words here", size: 10, to: 60) == ["two words", "here"])
        #expect(measure.wrapped("unbreakable thing", size: 10, to: 30) == ["unbr…"])
        #expect(measure.wrapped("aaa bbb ccc ddd", size: 10, to: 42) == ["aaa bbb", "ccc ddd"])
    }
}
