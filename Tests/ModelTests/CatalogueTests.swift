import Model
import Testing

@Suite struct CatalogueTests {
    @Test(arguments: ["accuracy", "a", "stt_ms", "p95"])
    func acceptsKeys(name: String) { #expect(Metric(name: name) != nil) }

    @Test(arguments: ["", "Accuracy", "1st", "_x", "a-b", "a b", "é", String(repeating: "a", count: 65), "<img>"])
    func refusesKeys(name: String) {
        #expect(Metric(name: name) == nil)
        #expect(Dimension(name: name) == nil)
    }

    @Test func aNameStandsOnce() throws {
        let metric = try #require(Metric(name: "tier"))
        let dimension = try #require(Dimension(name: "tier"))
        #expect(Catalogue(metrics: [metric], dimensions: [dimension]) == nil)
        #expect(Catalogue(metrics: [metric], dimensions: [], pairs: [.init(first: 0, second: 1)]) == nil)
    }

    @Test func binsFollowTheRange() throws {
        #expect(try #require(Metric(name: "score", range: 0...1)).bins == .linear(lower: 0, upper: 1, count: 400))
        #expect(try #require(Metric(name: "latency")).bins == .logarithmic(relativeError: 0.01))
        #expect(try #require(Metric(name: "resolved", isProportion: true)).range == 0...1)
    }

    @Test func groupsAreOrdered() {
        let groups: [Group] = [
            .pair(first: "a", firstValue: "x", second: "b", secondValue: "y"), .value(dimension: "b", value: "1"),
            .value(dimension: "a", value: "2"), .all,
        ]
        #expect(groups.sorted() == groups.reversed())
    }
}
