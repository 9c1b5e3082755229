import Testing
import XML

@Suite struct HTMLTreeTests {
    static let page = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>A &amp; B</title>
        <link rel="stylesheet" href="a.css"></head>
        <body><main id="m"><a href="x.html?a=1&amp;b=2#f">x</a>
        <figure><svg role="img" viewBox="0 0 1 1"><title id="t">not me</title><path d="M0 0h1"/><use xlink:href="#g"/></svg></figure>
        <img src="p.png" alt=""><form action="go"></form><details open><summary>s</summary></details>
        <p id="m">again</main></body></html>
        """

    @Test func elementsIdsLinksAndTitle() throws {
        let tree = try HTMLTree(Array(Self.page.utf8))
        #expect(tree.title == "A & B")
        #expect(tree.ids.map(\.id) == ["m", "t", "m"])
        #expect(tree.ids.map(\.line) == [4, 5, 7])
        #expect(tree.links.map(\.address) == ["a.css", "x.html?a=1&b=2#f", "#g", "p.png", "go"])
        #expect(tree.links.map(\.element) == ["link", "a", "use", "img", "form"])
        #expect(tree.links.map(\.line) == [3, 4, 5, 6, 6])
        let names = Set(tree.elements.map(\.name))
        #expect(names.isSuperset(of: ["main", "figure", "svg", "path", "details", "summary"]))
    }

    @Test func unknownElementsAreNoProblems() throws {
        let tree = try HTMLTree(Array("<!doctype html><title>t</title><main><nav><svg><path/></svg></nav></main>".utf8))
        #expect(tree.problems.isEmpty, "\(tree.problems)")
    }

    @Test func whatWasMendedIsSaid() throws {
        let tree = try HTMLTree(Array("<!doctype html><title>t</title>\n<p>a</b></p>".utf8))
        #expect(tree.problems.map(\.line) == [2])
    }

    @Test func nothingToReadIsRefused() {
        #expect(throws: XMLError.self) { try HTMLTree([]) }
        #expect(throws: XMLError.self) { try HTMLTree(Array("<p>x".utf8), limits: .init(bytes: 3)) }
    }

    @Test func anyBytesAreReadOrRefused() {
        var state: UInt64 = 11
        for round in 0..<1500 {
            var bytes = Array(Self.page.utf8)
            for _ in 0...(round % 9) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 20)
            }
            if let tree = try? HTMLTree(bytes) { #expect(!tree.elements.isEmpty) }  // refusing is right too
        }
        let deep = Array(String(repeating: "<div>", count: 50_000).utf8)
        #expect(throws: XMLError.self) { try HTMLTree(deep) }
    }

    @Test func manyTasksAtOnce() async throws {
        let titles = try await withThrowingTaskGroup(of: String?.self) { group in
            for number in 0..<40 {
                group.addTask { try HTMLTree(Array("<title>\(number)</title><p></b>".utf8)).title }
            }
            return try await group.reduce(into: Set<String>()) { all, title in if let title { all.insert(title) } }
        }
        #expect(titles.count == 40)
    }
}
