import Testing

@testable import TemplateEngine

@Suite struct TemplateMapTests {
    @Test func ofEqualNamesTheLastCounts() {
        let map: TemplateMap = ["a": 1, "b": 2, "a": 3]
        #expect(map.count == 2)
        #expect(map["a"] == 3)
        #expect(map["c"] == nil)
        #expect(map.keys == ["a", "b"])
    }

    @Test func orderIsNoDifference() {
        let (one, other): (TemplateMap, TemplateMap) = (["a": 1, "b": [2]], ["b": [2], "a": 1])
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        #expect(one != ["a": 1, "b": [3]])
        #expect(one != ["a": 1])
    }

    @Test func aNameCanBeTakenAway() {
        var map = TemplateMap(["a": 1, "b": 2])
        map["a"] = nil
        map["c"] = nil
        map["d"] = .null
        #expect(map == ["b": 2, "d": .null])
        #expect(!map.isEmpty)
    }
}
