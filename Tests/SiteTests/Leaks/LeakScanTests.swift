import Testing

@testable import Site

@Suite("The search for ids of people in what is published")
struct LeakScanTests {
    private func finds(_ word: String, in text: String) -> Int? {
        LeakScan([word]).hits(in: Array(text.utf8), path: "page.html").first?.offset
    }

    @Test("A word counts where it stands whole, in any case of letters")
    func whole() {
        #expect(finds("user-17", in: "<td>user-17</td>") == 4)
        #expect(finds("user-17", in: "USER-17") == 0)
        #expect(finds("user-17", in: "user-171 xuser-17 user-1") == nil)
        #expect(finds("anna@example.org", in: "mail to anna@example.org.") == 8)
        #expect(finds("Zoë", in: "by Zoë, by Zoëlle") == 3)
        #expect(finds("Zoë", in: "Zoëlle") == nil)
        #expect(finds("Zoë", in: "by ZOË") == 3)
        #expect(finds("ЮЛИЯ-7", in: "x юлия-7") == 2)
        #expect(finds("müller@x.org", in: "/M%C3%9CLLER%40x.org.html") == 1)
        #expect(finds("MÜLLER@x.org", in: "/M%C3%9CLLER%40x.org.html") == 1)
        #expect(finds("Ạnh-12", in: "ạnh-12") == 0)
    }

    @Test("Letters with marks are found composed and decomposed, whichever the export has")
    func marks() {
        let (composed, decomposed) = ("zo\u{EB}-17", "zoe\u{308}-17")
        #expect(Array(composed.utf8) != Array(decomposed.utf8))
        for word in [composed, decomposed] {
            for text in [composed, decomposed] { #expect(finds(word, in: "by \(text).") == 3) }
        }
        #expect(finds(composed, in: "pages/zoe%cc%88-17.html") == 6)
    }

    @Test("Forms of HTML, JSON and URLs are found, too")
    func forms() {
        #expect(finds("a&b<c", in: "x a&amp;b&lt;c y") == 2)
        #expect(finds("say \"hi\"", in: #"{"k":"say \"hi\""}"#) == 6)
        #expect(finds("anna@example.org", in: "pages/anna%40example.org.html") == 6)
    }

    @Test(
        "The parts of a name that may be an id: words and what stands between them, not what cannot be told from figures"
    )
    func words() {
        #expect(
            LeakScan.words(in: "in/anna-7_12.csv")
                == [
                    "in/anna", "in/anna-7", "in/anna-7_12", "in/anna-7_12.csv", "anna", "anna-7", "anna-7_12",
                    "anna-7_12.csv", "7_12", "7_12.csv", "12.csv", "csv",
                ])
    }

    @Test("Names of files are looked through")
    func names() {
        let hits = LeakScan(["user-17"]).hits(in: [], path: "groups/user-17.html")
        #expect(hits == [LeakScan.Hit(path: "groups/…", offset: nil)])
    }

    @Test("What cannot be told from figures is not looked for, and counted")
    func short() {
        let scan = LeakScan(["17", "ab", "12345", "123456", "abc"])
        #expect(scan.unsearched == 3)
        #expect(scan.searched == 2)
        #expect(scan.hits(in: Array("17 12345 ab".utf8), path: "a").isEmpty)
        #expect(scan.hits(in: Array("n = 123456".utf8), path: "a").count == 1)
    }

    @Test("A hundred thousand ids in a megabyte, each found where a plain search finds it")
    func many() {
        let words = (0..<100_000).map { "u\($0)x" }
        let scan = LeakScan(words)
        var text = Array(repeating: UInt8(ascii: "z"), count: 1 << 20)
        #expect(scan.hits(in: text, path: "a").isEmpty)
        text.replaceSubrange(700_000..<700_008, with: Array(" u99999x".utf8))
        text[700_008] = UInt8(ascii: " ")
        #expect(scan.hits(in: text, path: "a").first?.offset == 700_001)
    }
}
