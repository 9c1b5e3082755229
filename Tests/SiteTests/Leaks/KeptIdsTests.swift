import Testing

@testable import Site

@Suite("The search for ids that are known by codes alone")
struct KeptIdsTests {
    private let key = (0..<16).map { UInt8($0) }

    private func scan(_ ids: [String]) -> LeakScan {
        LeakScan([], kept: KeptIds(ids.flatMap { KeptIds.codes(of: $0, key: key) }, key: key))
    }

    private func place(_ id: String, in text: String) -> Int? {
        scan([id]).hits(in: Array(text.utf8), path: "page.html").first?.offset
    }

    @Test(
        "SipHash-2-4 of the bytes 0 to 14 under the key 0 to 15 is that of appendix A of its paper; of fewer bytes, that of its reference"
    )
    func reference() {
        let hash = SipHash(key: key)
        func hashed(_ n: Int) -> UInt64 { hash.hash(Array(key.prefix(n))) }
        #expect(hashed(15) == 0xa129_ca61_49be_45e5)
        // vectors_sip64 of https://github.com/veorq/SipHash, read as little-endian numbers.
        #expect(hashed(0) == 0x726f_db47_dd0e_0e31)
        #expect(hashed(1) == 0x74f8_39c5_93dc_67fd)
    }

    @Test(
        "What the search for known ids finds is found by codes, too",
        arguments: [
            ("user-17", "<td>USER-17</td>"), ("anna@example.org", "mail to anna@example.org."),
            ("anna@example.org", "pages/anna%40example.org.html"), ("a&b<c", "x a&amp;b&lt;c y"),
            ("say \"hi\"", #"{"k":"say \"hi\""}"#), ("Zoë", "by ZOË"), ("zo\u{EB}-17", "x zoe\u{308}-17"),
            ("Anna Maria Schmidt", "by anna maria schmidt"),
        ])
    func forms(id: String, text: String) {
        #expect(place(id, in: text) != nil)
        #expect(LeakScan([id]).hits(in: Array(text.utf8), path: "").first?.offset != nil)
    }

    @Test(
        "A part of a longer word, and another id with the same first word, are none",
        arguments: [
            "user-171", "xuser-17", "user-1", "user 17", "user-18 user", "17",
        ])
    func whole(text: String) { #expect(place("user-17", in: text) == nil) }

    @Test("Names of files are looked through; what cannot be told from figures has no code; another key finds nothing")
    func names() {
        #expect(
            scan(["user-17"]).hits(in: [], path: "groups/user-17.html") == [
                .init(path: "groups/…", offset: nil)
            ])
        #expect(KeptIds.codes(of: "12345", key: key).isEmpty)
        let codes = KeptIds.codes(of: "user-17", key: key)
        let other = LeakScan([], kept: KeptIds(codes, key: Array(key.reversed())))
        #expect(other.hits(in: Array("user-17".utf8), path: "").isEmpty)
    }
}
