/// Ids of people that were read in earlier nights, known by codes that only a key gives, and the search for them.
///
/// A code is SipHash-2-4 of one written form of an id (`LeakScan.forms`) from its first letter or digit to its last, with that
/// of its first word (`WordSigns`), and its number of words. Whoever has the codes without
/// the key can neither compute nor check an id. Of n codes and m candidates in the text about n · m / 2⁶⁴ match by chance:
/// 3 in 10⁷ nights for a million codes and five million words.
///
/// Cost: a hash for each word of the text, and one more for each number of words that ids with that first word have.
public struct KeptIds: Sendable {
    /// What stands for one written form of an id.
    public struct Code: Sendable, Hashable {
        /// The whole form.
        public let whole: Int64
        /// Its first word.
        public let head: Int64
        /// How many words it has, at most `mostWords`.
        public let words: Int

        /// Names its parts.
        public init(whole: Int64, head: Int64, words: Int) {
            (self.whole, self.head, self.words) = (whole, head, words)
        }
    }

    /// The most words of a form that is kept.
    public static let mostWords = 63

    /// How many codes there are.
    public let count: Int
    private let hash: SipHash
    private let wholes: Set<UInt64>
    /// By first word a bit for each number of words.
    private let heads: [UInt64: UInt64]
    /// Bits of the low digits of the heads, so that most words are told by one look.
    private var sieve: [UInt64]

    /// Prepares the search for codes under a key of 16 bytes.
    public init(_ codes: [Code], key: [UInt8]) {
        hash = SipHash(key: key)
        count = codes.count
        wholes = Set(codes.map { UInt64(bitPattern: $0.whole) })
        heads = Dictionary(codes.map { (UInt64(bitPattern: $0.head), 1 << UInt64($0.words)) }) { $0 | $1 }
        var size = 1 << 10
        while size < heads.count / 4 { size *= 2 }
        sieve = [UInt64](repeating: 0, count: size)
        for head in heads.keys { sieve[Int(head >> 6) & (size - 1)] |= 1 << (head & 63) }
    }

    /// The codes of every written form of an id; none where it cannot be told from figures.
    public static func codes(of id: String, key: [UInt8]) -> [Code] {
        let hash = SipHash(key: key)
        return LeakScan.spellings(of: id).compactMap { code(of: $0, hash) }
    }

    /// The code of an id as exports write it, among those of its forms; nil where it has none. Told without its other forms, so
    /// that an id that is known costs little.
    public static func code(of id: String, key: [UInt8]) -> Code? {
        LeakScan.isTelling(id) ? code(of: LetterFolding.folded(Array(id.utf8)), SipHash(key: key)) : nil
    }

    /// The code of an id sign for sign, in which nothing is folded; no form has it, because none begins with a byte of 0.
    public static func spelling(of id: String, key: [UInt8]) -> Int64 {
        Int64(bitPattern: SipHash(key: key).hash([0] + Array(id.utf8)))
    }

    private static func code(of form: [UInt8], _ hash: SipHash) -> Code? {
        let words = WordSigns.words(in: form.span)
        guard let first = words.first, let last = words.last, words.count <= mostWords else { return nil }
        return Code(
            whole: Int64(bitPattern: hash.hash(form.span, first.lowerBound..<last.upperBound)),
            head: Int64(bitPattern: hash.hash(form.span, first)), words: words.count)
    }

    /// The first id in folded bytes; nil if there is none.
    func first(in bytes: Span<UInt8>) -> Range<Int>? {
        guard count > 0 else { return nil }
        var place = 0
        while let word = WordSigns.word(in: bytes, from: place) {
            place = word.upperBound
            if let end = endOfID(word, in: bytes) { return word.lowerBound..<end }
            // The first letters may belong to an escape.
            guard word.lowerBound > 0, let begin = WordSigns.end(ofEscapeAt: word.lowerBound - 1, in: bytes),
                begin < word.upperBound
            else { continue }
            if let end = endOfID(begin..<word.upperBound, in: bytes) { return begin..<end }
        }
        return nil
    }

    /// The end of an id that begins with a word; nil where none does.
    private func endOfID(_ word: Range<Int>, in bytes: Span<UInt8>) -> Int? {
        let head = hash.hash(bytes, word)
        guard sieve[Int(head >> 6) & (sieve.count - 1)] >> (head & 63) & 1 == 1, var lengths = heads[head] else {
            return nil
        }
        var end = word.upperBound
        while lengths >> 1 != 0 {
            lengths >>= 1
            if lengths & 1 == 1, wholes.contains(hash.hash(bytes, word.lowerBound..<end)) { return end }
            guard let next = WordSigns.word(in: bytes, from: end) else { return nil }
            end = next.upperBound
        }
        return nil
    }
}
