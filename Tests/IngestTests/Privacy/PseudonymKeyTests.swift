import Testing

@testable import Ingest

/// Expected: the test cases of RFC 4231, section 4 (HMAC-SHA-256), cut to 16 digits.
@Suite("Pseudonyms")
struct PseudonymKeyTests {
    struct Vector: Sendable {
        var key: [UInt8]
        var text: [UInt8]
        var mac: String
    }

    static let vectors = [
        Vector(
            key: [UInt8](repeating: 0x0b, count: 20), text: Array("Hi There".utf8),
            mac: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        Vector(
            key: Array("Jefe".utf8), text: Array("what do ya want for nothing?".utf8),
            mac: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        Vector(
            key: [UInt8](repeating: 0xaa, count: 20), text: [UInt8](repeating: 0xdd, count: 50),
            mac: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        Vector(
            key: Array(1...25), text: [UInt8](repeating: 0xcd, count: 50),
            mac: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        Vector(
            key: [UInt8](repeating: 0xaa, count: 131),
            text: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            mac: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
    ]

    @Test("The vectors of RFC 4231", arguments: vectors)
    func vector(_ vector: Vector) {
        #expect(PseudonymKey(bytes: vector.key).pseudonym(of: vector.text) == vector.mac.prefix(16))
    }

    @Test("An id as text and as bytes has one pseudonym; another key gives another one")
    func keys() {
        let key = PseudonymKey(bytes: [UInt8](repeating: 7, count: 32))
        #expect(key.pseudonym(of: "Zoë") == key.pseudonym(of: Array("Zoë".utf8)))
        #expect(key.pseudonym(of: "u1") != key.pseudonym(of: "U1"))
        #expect(key.pseudonym(of: "u1") != PseudonymKey(bytes: [8]).pseudonym(of: "u1"))
    }

    @Test("A key is written in hexadecimal digits, at least 32 of them")
    func digits() {
        let digits = "000102030405060708090a0b0c0d0e0F"
        let id = "u1"
        #expect(
            PseudonymKey(digits: " \(digits)\n")?.pseudonym(of: id)
                == PseudonymKey(bytes: Array(0...15)).pseudonym(of: id))
        for wrong in [
            "", String(digits.dropLast()), String(digits.dropLast(2)), digits + "xy", "pass phrase " + digits,
        ] {
            #expect(PseudonymKey(digits: wrong) == nil)
        }
        let fresh = PseudonymKey.freshDigits()
        #expect(fresh.count == 64)
        #expect(fresh != PseudonymKey.freshDigits())
    }

    @Test("A key says nothing of itself")
    func silent() {
        let key = PseudonymKey(bytes: Array("a very secret sentence".utf8))
        #expect(!"\(key)".contains("secret"))
        #expect(!String(reflecting: key).contains("secret"))
    }
}
