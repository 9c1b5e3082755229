import Testing

@testable import Ingest

@Suite("The one form of an id before it is hidden")
struct IdFormTests {
    private let key = PseudonymKey(bytes: Array(repeating: 7, count: 32))

    @Test("Composed and decomposed letters, and blanks around an id, are one person; large and small letters are two")
    func form() {
        let composed = key.pseudonym(of: "m\u{FC}ller-7")
        #expect(key.pseudonym(of: "mu\u{308}ller-7") == composed)
        #expect(key.pseudonym(of: " m\u{FC}ller-7\t") == composed)
        #expect(key.pseudonym(of: "M\u{DC}LLER-7") != composed)
        #expect(String(key.number(of: Array("mu\u{308}ller-7".utf8)), radix: 16) == String(composed.drop { $0 == "0" }))
    }

    /// Python 3.11: hmac.new(bytes([7])*32, id, 'sha256').hexdigest()[:16]
    @Test("Ids of ASCII, and bytes that are no UTF-8, keep the pseudonyms that earlier versions gave them")
    func kept() {
        #expect(key.pseudonym(of: "dep-zw-3") == "fa0f629caf1a631b")
        #expect(key.pseudonym(of: "m\u{FC}ller-7") == "3d52f952d77a8f00")
        #expect(key.pseudonym(of: [0x61, 0xFC, 0x62]) == "3980fab5dc746249")
    }
}
