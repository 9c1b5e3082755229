import TestSupport
import Testing
import XML

@Suite struct XMLReadingTests {
    @Test(arguments: [
        ("<a/>", "<a/>"), ("<a b=\"1\" a=\"2\">x</a>", "<a a=\"2\" b=\"1\">x</a>"),
        ("<a>&lt;&amp;&#65;<![CDATA[<b>]]></a>", "<a>&lt;&amp;A&lt;b&gt;</a>"),
        ("<a><!-- no --><b/></a>", "<a><b/></a>"),
        ("<a t=\"a&#10;b&quot;\"/>", "<a t=\"a&#10;b&quot;\"/>"),
    ])
    func comesBack(text: String, expected: String) throws {
        #expect(try XMLElement(xml: Array(text.utf8)).serialised() == expected)
    }

    @Test(arguments: ["", "<a>", "<a></b>", "<a b=1/>", "text", "<a>&nope;</a>", "<a/><b/>", "\u{0}"])
    func refuses(text: String) { #expect(throws: XMLError.self) { try XMLElement(xml: Array(text.utf8)) } }

    @Test func namesTheLine() {
        let error = #expect(throws: XMLError.self) { try XMLElement(xml: Array("<a>\n<b>\n</a>".utf8)) }
        #expect(error?.line == 3)
    }

    /// Each of these reads a file, asks the network or grows a few bytes into gigabytes in a parser that lets it.
    @Test(arguments: [
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY x \"aaaaaaaaaa\"><!ENTITY y \"&x;&x;&x;&x;&x;&x;&x;&x;&x;&x;\">]><a>&y;</a>",
        "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/x.dtd\"> %p;]><a/>",
    ])
    func refusesEntities(text: String) { #expect(throws: XMLError.self) { try XMLElement(xml: Array(text.utf8)) } }

    @Test func boundsDepthAndSize() {
        let deep = String(repeating: "<a>", count: 300) + String(repeating: "</a>", count: 300)
        #expect(throws: XMLError.self) { try XMLElement(xml: Array(deep.utf8)) }
        #expect(throws: XMLError.self) { try XMLElement(xml: Array("<a/>".utf8), limits: XMLLimits(bytes: 3)) }
    }

    @Test func readsLinksOfPages() throws {
        let page = "<!doctype html><main><a href='x.html?a=1&amp;b=2'>x</a><svg><title>t</title></svg></main>"
        var links: [String] = []
        try XMLElement(html: Array(page.utf8)).visit { if let link = $0.attributes["href"] { links.append(link) } }
        #expect(links == ["x.html?a=1&b=2"])
    }

    @Test func anyBytesAreReadOrRefused() {
        var state: UInt64 = 42
        for _ in 0..<400 {
            var bytes = Array("<a b=\"c\"><d>e</d></a>".utf8)
            for _ in 0..<4 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 40)
            }
            guard let element = try? XMLElement(xml: bytes) else { continue }  // refused is as good as read
            #expect((try? XMLElement(xml: Array(element.serialised().utf8))) != nil)  // what was read can be read again
        }
    }
}
