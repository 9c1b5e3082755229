import Testing
import XML

@Suite struct PlaceTests {
    @Test func everyElementKnowsWhereItBegins() throws {
        let text = """
            <?xml version="1.0"?>
            <!-- <no> --><a x="1 > 0"
               y='"'><b/><![CDATA[<no>]]><c>
              <d e="é"/></c></a>
            """
        let root = try XMLElement(xml: Array(text.utf8), withPlaces: true)
        var places: [String] = []
        root.visit { places.append("\($0.name) \($0.line):\($0.column)") }
        #expect(places == ["a 2:14", "b 3:10", "c 3:30", "d 4:3"])
    }

    @Test func withoutBeingAskedThereIsNoColumn() throws {
        #expect(try XMLElement(xml: Array("<a/>".utf8)).column == 0)
    }
}
