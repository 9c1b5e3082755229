import Crypto
import Foundation

/// The key with which ids of people become pseudonyms while an export is read, before anything is kept.
///
/// A pseudonym is the first 16 lower-case hexadecimal digits (64 bits) of HMAC-SHA-256(key, id in UTF-8 as `canonical` says): FIPS 198-1,
/// doi:10.6028/NIST.FIPS.198-1. Whoever lacks the key can neither compute nor check one, and the same id has the same
/// pseudonym in every table and every night until the key is changed. Among a million people two share one with a
/// probability of 3 in 10⁸.
///
/// The key never leaves this value: it has no description and is not encoded.
public struct PseudonymKey: Sendable {
    private let key: SymmetricKey

    /// The least number of bytes of a key that is read or made by the program; HMAC itself takes any.
    public static let leastBytes = 16

    /// A key of any number of bytes; they are hashed first where they are more than 64, as HMAC says.
    public init(bytes: [UInt8]) { key = SymmetricKey(data: bytes) }

    /// The pseudonym of an id in its one form (`canonical`): ids that differ in case are different people.
    public func pseudonym(of rawID: String) -> String { pseudonym(of: Array(rawID.utf8)) }

    /// The pseudonym of an id that is at hand as bytes.
    public func pseudonym(of rawID: [UInt8]) -> String { Self.digits(of: code(of: rawID)) }

    /// The one form in which an id is hidden: without blanks and tabs around it, as cells are read, and with letters and their
    /// marks composed (Unicode's NFC), so that what looks the same is one person. Bytes that are no UTF-8 stay.
    static func canonical(_ id: [UInt8]) -> [UInt8] {
        let bytes = id[ByteText.trimmed(id.span, id.indices)]
        guard bytes.contains(where: { $0 >= 0x80 }), let text = String(validating: bytes, as: UTF8.self) else {
            return Array(bytes)
        }
        return Array(text.precomposedStringWithCanonicalMapping.utf8)
    }

    /// The one form of an id that is at hand as text.
    public static func canonical(_ id: String) -> String {
        String(decoding: canonical(Array(id.utf8)), as: UTF8.self)
    }

    /// The first 64 bits of the code of an id.
    private func code(of rawID: [UInt8]) -> some Sequence<UInt8> {
        HMAC<SHA256>.authenticationCode(for: Self.canonical(rawID), using: key).prefix(8)
    }

    /// The same 64 bits as a number, the first digit being the highest.
    func number(of rawID: [UInt8]) -> UInt64 {
        code(of: rawID).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// What stands for a pseudonym that was erased, so that later exports cannot bring the person back: nothing that is
    /// published or kept elsewhere is made of it, and only the key tells whom it means.
    public func erasureMark(of pseudonym: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array("erased:\(pseudonym)".utf8), using: key))
    }

    /// 32 bytes that only this key gives for a label, for noise that nobody else can compute.
    public func block(_ label: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array("noise:\(label)".utf8), using: key))
    }

    /// 16 bytes under which ids are coded for the check that none is published; they tell nothing of pseudonyms.
    public var leakCheckKey: [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array("leak check".utf8), using: key).prefix(16))
    }

    /// A key as 64 hexadecimal digits, drawn from the machine's source of randomness. The only value of the program that
    /// is not the same every time, because nobody may be able to compute it.
    public static func freshDigits() -> String {
        unsafe SymmetricKey(size: .bits256).withUnsafeBytes { bytes in unsafe digits(of: Array(bytes)) }
    }

    /// A key that is written as hexadecimal digits, in either case and with blanks around it; nil if anything else stands
    /// there or it has fewer than `leastBytes`.
    public init?(digits: String) {
        let characters = digits.utf8.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed()
        var halves: [UInt8] = []
        for character in characters {
            guard let value = Character(UnicodeScalar(character)).hexDigitValue else { return nil }
            halves.append(UInt8(value))
        }
        guard halves.count.isMultiple(of: 2), halves.count >= 2 * Self.leastBytes else { return nil }
        self.init(bytes: stride(from: 0, to: halves.count, by: 2).map { halves[$0] << 4 | halves[$0 + 1] })
    }

    /// What tells two keys apart without telling either: a code of a fixed sentence, which is nobody's pseudonym.
    public var check: [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array("assay: which key is this?".utf8), using: key))
    }

    /// Bytes as lower-case hexadecimal digits.
    static func digits(of bytes: some Sequence<UInt8>) -> String {
        var digits: [UInt8] = []
        for byte in bytes {
            for half in [byte >> 4, byte & 15] { digits.append(half < 10 ? 0x30 + half : 0x57 + half) }
        }
        return String(decoding: digits, as: UTF8.self)
    }
}

extension PseudonymKey: Hashable {
    /// Whether two keys are the same.
    public static func == (left: PseudonymKey, right: PseudonymKey) -> Bool { left.key == right.key }

    /// Hashes what tells keys apart.
    public func hash(into hasher: inout Hasher) { hasher.combine(check) }
}

extension PseudonymKey: CustomStringConvertible {
    /// Never the key.
    public var description: String { "a key of pseudonyms" }
}
