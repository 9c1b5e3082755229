import Testing

@testable import Site

@Suite("Ids in the forms that libraries write, and places that do not name them")
struct WrittenFormsTests {
    /// By Python 3.13: `html.escape`, `json.dumps`, `urllib.parse.quote_plus`; by PHP 8: `htmlspecialchars`, `json_encode`;
    /// by Go 1.23: `html.EscapeString`, `json.Marshal`.
    @Test(
        "What stands for signs is read",
        arguments: [
            ("o'zed-1", "o&#x27;zed-1"), ("o'zed-1", "o&apos;zed-1"), ("o'zed-1", "o&#39;zed-1"),
            ("o'zed-1", "o&#039;zed-1"), ("o'zed-1", #"o\u0027zed-1"#), (#"say "hi""#, "say &#34;hi&#34;"),
            ("kürzel-zz", #"k\u00fcrzel-zz"#), ("KÜRZEL-zz", #"K\u00DCRZEL-zz"#), ("kürzel-zz", "k&#252;rzel-zz"),
            ("kürzel-zz", "k&#xFC;rzel-zz"), ("a&b<c", #"a\u0026b\u003cc"#), ("zed/q1", #"zed\/q1"#),
            ("ann zw", "q=ann+zw"), ("zoë o'b", "q=zo%C3%AB+o%27b"), ("😀zed", #"\ud83d\ude00zed"#),
            ("ΣΟΦΟΣ-1", "σοφος-1"), ("σοφος-1", "ΣΟΦΟΣ-1"), ("ΣΟΦΟΣ-1", "%CF%83%CE%BF%CF%86%CE%BF%CF%82-1"),
        ])
    func forms(id: String, text: String) {
        let key: [UInt8] = Array(1...16)
        for scan in [LeakScan([id]), LeakScan([], kept: KeptIds(KeptIds.codes(of: id, key: key), key: key))] {
            #expect(scan.hits(in: Array("x \(text) y".utf8), path: "page.html").first != nil, "\(id) in \(text)")
        }
    }

    @Test("Ids of ASCII letters, digits and dashes have one form")
    func plain() {
        #expect(WrittenForms.all("user-17_a.b") == ["user-17_a.b"])
    }

    @Test(
        "A place is told without names that hold the id, though names of files lose signs",
        arguments: [
            ("hz7712", "/u/hz7712/a", "groups/tier/uhz7712a.5cbcd3f32357f4b9.html"),
            ("48213377", "48213377.0", "groups/tier/482133770.ea9c.html"),
            ("hz-jones", "x hz-jones y", "groups/tier/xhzjonesy.ea9c.html"),
        ])
    func places(id: String, text: String, path: String) {
        let key: [UInt8] = Array(1...16)
        for scan in [LeakScan([id]), LeakScan([], kept: KeptIds(KeptIds.codes(of: id, key: key), key: key))] {
            let hit = scan.hits(in: Array("x \(id): \(text)".utf8), path: path).first
            #expect(hit == LeakScan.Hit(path: "groups/tier/…", offset: 2), "\(path)")
        }
    }
}
