import Testing

@testable import Site

/// Addresses and markup as the checks of pages read them. Paths as RFC 3986, 5.2.4 takes dots away.
@Suite struct AddressTests {
    @Test(arguments: [
        ("runs/2026-11-19/groups/../index.html", "runs/2026-11-19/index.html"), ("a//b/./c/", "a/b/c"), ("a/..", ""),
        ("a/.../..b/c..", "a/.../..b/c.."), ("a/b/../../ä.html", "ä.html"), ("/a", "a"), ("", ""), ("../a", nil),
        ("a/../../b", nil),
    ])
    func dotsGo(path: String, resolved: String?) { #expect(RelativePath.resolved(path) == resolved) }

    @Test(arguments: [("a.html#b#c", "a.html", "#b#c"), ("a.html", "a.html", ""), ("#b", "", "#b")])
    func aFragmentBeginsAtItsSign(address: String, path: String, fragment: String) {
        #expect(RelativePath.split(address) == (path, fragment))
    }

    @Test func attributesAreReadWhereTheyStand() {
        let page = """
            <link rel="stylesheet" href="s.css"><h1 id="top">A</h1><a href="b%20c.html?x=1&amp;y=2">b</a>\
            <img src="p.png" alt="a > b"/><p id=a data-id="no" hidden>text</p><!-- <p id="no"> -->
            """
        let scan = MarkupScan(Array(page.utf8))
        #expect(scan.loads == ["s.css", "p.png"])
        #expect(scan.links == ["b c.html?x=1&y=2"])
        #expect(scan.ids == ["top", ""])
        #expect(scan.headings == 1)
        // Five elements, three texts, one comment.
        #expect(scan.nodes == 9)
        #expect(scan.faults.isEmpty)
    }

    @Test func whatThePolicyForbidsIsNamed() {
        let page =
            "<p onclick=\"f()\" style=\"x\"></p><style>p{}</style><script>g()</script><script src=\"s.js\"></script>"
        #expect(
            MarkupScan(Array(page.utf8)).faults == [
                "<p> has the handler onclick", "<p> has a style attribute", "a style sheet stands in the page",
                "a script stands in the page",
            ])
    }
}
