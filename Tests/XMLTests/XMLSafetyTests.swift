import TestSupport
import Testing
import XML

@Suite struct XMLSafetyTests {
    private func read(_ text: String, limits: XMLLimits = XMLLimits()) throws -> XMLElement {
        try XMLElement(xml: Array(text.utf8), limits: limits)
    }

    @Test func elementsAttributesAndText() throws {
        let root = try read("<a x='1'>\n<b y=\"&lt;&#x41;\">t<!-- gone -->u<![CDATA[<v>]]></b><c/></a>")
        #expect(root.name == "a")
        #expect(root.attributes == ["x": "1"])
        #expect(root.elements.map(\.name) == ["b", "c"])
        #expect(root.elements[0].attributes == ["y": "<A"])
        #expect(root.elements[0].children == [.text("tu<v>")])
        #expect(root.elements.map(\.line) == [2, 2])
        #expect(root.text == "\ntu<v>")
    }

    @Test func prefixedAttributesKeepTheirPrefix() throws {
        let root = try read("<svg xmlns='urn:s' xmlns:xlink='urn:x'><use xlink:href='#g'/></svg>")
        #expect(root.elements[0].attributes == ["xlink:href": "#g"])
    }

    @Test func declaredEncodingIsRead() throws {
        let root = try XMLElement(
            xml: Array("<?xml version='1.0' encoding='ISO-8859-1'?><a>".utf8) + [0xE9] + Array("</a>".utf8))
        #expect(root.text == "é")
    }

    /// Nine levels of ten references each: a billion words if anything expanded them.
    static let laughs: String = {
        let levels = (1...9).map { "<!ENTITY l\($0) \"" + String(repeating: "&l\($0 - 1);", count: 10) + "\">" }
        return "<!DOCTYPE a [<!ENTITY l0 \"lol\">\(levels.joined())]><a>&l9;</a>"
    }()

    @Test(arguments: [
        ("a bomb", laughs),
        ("a bomb in an attribute", laughs.replacing("<a>&l9;</a>", with: "<a x='&l9;'/>")),
        ("a quadratic bomb", "<!DOCTYPE a [<!ENTITY e \"\(String(repeating: "x", count: 1000))\">]><a>&e;&e;</a>"),
        ("a file", "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>"),
        ("a network address", "<!DOCTYPE a [<!ENTITY e SYSTEM \"http://127.0.0.1:9/e\">]><a>&e;</a>"),
        ("a parameter entity", "<!DOCTYPE a [<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]><a/>"),
        ("an entity that is not used", "<!DOCTYPE a [\n<!ENTITY e \"x\">]><a/>"),
    ])
    func entitiesAreRefused(_ what: String, _ text: String) {
        let error = #expect(throws: XMLError.self) { try read(text) }
        #expect(error?.message == "the document defines entities, which is not accepted")
    }

    @Test func externalSubsetIsNotLoadedAndItsEntitiesAreUnknown() throws {
        #expect(try read("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a>x</a>").text == "x")
        let error = #expect(throws: XMLError.self) { try read("<!DOCTYPE a SYSTEM 'x.dtd'><a>&e;</a>") }
        #expect(error?.message == "the entity 'e' is not defined")
    }

    @Test func inclusionIsOnlyAnElement() throws {
        let text =
            "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='file:///etc/passwd' parse='text'/></a>"
        #expect(try read(text).text == "")
    }

    @Test(
        arguments: [
            ("", nil, nil), ("<a>\n<b></a>", 2, 8), ("<a x='1' x='2'/>", 1, 15), ("no markup", 1, 1),
            ("<a/><b/>", 1, 5),
            ("<a>&nbsp;</a>", 1, 10), ("<a>\u{1}</a>", 1, 4),
        ] as [(String, Int?, Int?)])
    func faultsHaveAPlace(_ text: String, _ line: Int?, _ column: Int?) {
        let error = #expect(throws: XMLError.self) { try read(text) }
        #expect(error?.line == line)
        #expect(error?.column == column, "\(String(describing: error))")
    }

    @Test func depthAndSizeAreBounded() throws {
        let nested = { (depth: Int) in String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        }
        #expect(try read(nested(256)).name == "a")
        #expect(throws: XMLError.self) { try read(nested(300)) }
        #expect(throws: XMLError.self) { try read(nested(100_000)) }
        #expect(throws: XMLError("elements are nested too deeply", line: 1)) {
            try read(nested(6), limits: .init(depth: 5))
        }
        #expect(throws: XMLError("the document has over 10 bytes")) {
            try read("<a>123456789</a>", limits: .init(bytes: 10))
        }
    }

    @Test func anyBytesAreReadOrRefused() {
        var state: UInt64 = 7
        let seeds = ["<a b='c'>d<e/></a>", Self.laughs, "<!DOCTYPE a [<!ELEMENT a ANY>]><a>&amp;<![CDATA[x]]></a>"]
        for round in 0..<3000 {
            var bytes = Array(seeds[round % seeds.count].utf8)
            for _ in 0...(round % 7) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let place = Int(state >> 33) % bytes.count
                bytes[place] = UInt8(truncatingIfNeeded: state >> 20)
            }
            // What is accepted can be written and read again as the same.
            guard let tree = try? XMLElement(xml: bytes) else { continue }  // refusing is right too
            let again = Result { try read(tree.serialised()) }
            #expect((try? again.get())?.text == tree.text, "\(bytes)")  // nil differs from any text
        }
    }
}
