import Testing

@testable import Site

@Suite("Ids beside signs beyond ASCII, and escapes")
struct WordSignsTests {
    private let key = (0..<16).map { UInt8($0) }

    /// Where the search finds an id, by its own bytes and by its codes.
    private func places(_ id: String, in text: String) -> [Int?] {
        let kept = KeptIds(KeptIds.codes(of: id, key: key), key: key)
        return [LeakScan([id]), LeakScan([], kept: kept)].map {
            $0.hits(in: Array(text.utf8), path: "page.html").first?.offset
        }
    }

    @Test(
        "An id is found between signs that are no letters, and between letters of scripts without spaces",
        arguments: [
            "“ID”", "„ID“", "«ID»", "‹ID›", "—ID—", "–ID–", "ID…", "·ID·", "→ID", "×ID", "°ID", "nºID",
            "\u{A0}ID\u{A0}",
            "\u{3000}ID\u{3000}", "\u{200B}ID\u{200B}", "\u{FEFF}ID", "\u{AD}ID", "ID\u{FE0F}", "ID：", "（ID）", "ID¹",
            "🙂ID🙂",
            "ユーザーIDさん", "患者ID様", "회원ID님", "ผู้ใช้IDครับ", "IDʼs",
        ])
    func found(text: String) throws {
        let bytes = Array(text.utf8)
        let place = try #require(bytes.firstRange(of: Array("ID".utf8)))
        for id in ["hz-jones-7712", "48213377", "müller-7"] {
            let whole = Array(bytes[..<place.lowerBound]) + Array(id.utf8) + Array(bytes[place.upperBound...])
            let found = places(id, in: String(decoding: whole, as: UTF8.self))
            #expect(found == [place.lowerBound, place.lowerBound], "\(text)")
        }
    }

    @Test("Names in scripts without spaces are found inside of text, and those of others where a word ends")
    func scripts() {
        #expect(places("王小明", in: "患者王小明明様") == [6, 6])
        #expect(places("佐藤太郎", in: "(佐藤太郎さん)") == [1, 1])
        #expect(places("김철수", in: "고객김철수님") == [6, 6])
        #expect(places("Юлия", in: "от Юлия, да") == [5, 5])
    }

    @Test(
        "A part of a longer word is none, in Latin and other scripts with spaces",
        arguments: [
            ("anna-7", "Hanna-7"), ("anna-7", "éanna-7"), ("anna-7", "anna-7é"), ("anna-7", "anna-7e\u{301}"),
            ("anna-7", "anna-7\u{301}"), ("Юли", "Юлия"), ("كريم", "وكريم"), ("anna-7", "anna-7٣"),
        ])
    func part(id: String, text: String) { #expect(places(id, in: text) == [nil, nil]) }

    @Test("The letters of an escape before an id do not hide it, and an id may begin with them")
    func escapes() {
        for escape in ["%20", "%E2%80%9C", #"\n"#, #"\t"#, #"\u201c"#, #"\u201C"#] {
            #expect(places("anna-7", in: "x\(escape)anna-7") == [escape.utf8.count + 1, escape.utf8.count + 1])
        }
        #expect(places("nadia-17", in: #"C:\nadia-17"#) == [3, 3])
        #expect(places("20nadia", in: "x%20nadia") == [2, 2])
        #expect(places("anna-7", in: "20anna-7 nanna-7 u201canna-7") == [nil, nil])
    }

    @Test("Letters whose capitals are other letters are found in both")
    func capitals() { #expect(places("groß-1712", in: "by GROSS-1712") == [3, 3]) }

    @Test("Bytes that are no UTF-8 end words, at the end of a file as well")
    func broken() {
        for bytes: [UInt8] in [[0xE4], [0xE2, 0x80], [0xF0, 0x9F], [0xFF], [0xC3]] {
            let text = bytes + Array("anna-7".utf8) + bytes
            #expect(LeakScan(["anna-7"]).hits(in: text, path: "").first?.offset == bytes.count)
        }
    }

    @Test("A path that names somebody is told without the name")
    func veiled() {
        func path(_ path: String) -> String? { LeakScan(["anna-7", "b/c-9"]).hits(in: [], path: path).first?.path }
        #expect(path("runs/2026-11-15/groups/tier/anna-7.html") == "runs/2026-11-15/groups/tier/…")
        #expect(path("runs/anna-7/groups/x-ANNA-7.html") == "runs/…/groups/…")
        #expect(path("runs/b/c-9.html") == "…")
    }
}
