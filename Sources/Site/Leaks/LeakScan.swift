import Foundation

/// Looks for words that must not be published (ids of people as exports write them) in bytes that are about to be.
///
/// A word counts where it stands whole: no letter or digit is joined to it before or behind (`WordSigns`). Letters are compared in lower case
/// (`LetterFolding`), and words with characters that HTML, JSON or URLs write otherwise are looked for in those forms, too; letters with
/// marks are looked for composed and decomposed (Unicode's NFC and NFD), besides as they are written. Words of
/// fewer than `leastLetters` characters, and whole numbers of fewer than `leastDigits` digits, cannot be told from
/// figures of the report and are not looked for; `unsearched` says how many there are.
///
/// Cost: one look-up of three bytes for each place at which a word may begin, then a hash for each length of word that
/// begins so. Independent of the number of words.
public struct LeakScan: Sendable {
    /// Where a word was found; never which.
    public struct Hit: Sendable, Hashable {
        /// The file's path. Where `offset` is nil the word stands in the path itself: folders and the name that hold one are “…”.
        public let path: String
        /// The place of its first byte.
        public let offset: Int?
    }

    /// The fewest characters of a word that is looked for.
    public static let leastLetters = 3
    /// The fewest digits of a whole number that is looked for.
    public static let leastDigits = 6

    /// How many words are not looked for.
    public private(set) var unsearched = 0
    /// How many words are.
    public private(set) var searched = 0
    /// Bits of the first three bytes of the forms.
    private var starts = [UInt64](repeating: 0, count: 1 << 10)
    private var lengths: Set<Int> = []
    private var ascending: [Int] = []
    private var forms: [UInt64: [[UInt8]]] = [:]
    /// Ids that are known by codes alone.
    private let kept: KeptIds?

    /// Prepares the search for words, and for those that are known by codes alone.
    public init(_ words: some Sequence<String>, kept: KeptIds? = nil) {
        self.kept = kept
        for word in words {
            guard Self.isTelling(word) else {
                unsearched += 1
                continue
            }
            searched += 1
            for form in Self.spellings(of: word) { add(form) }
        }
        ascending = lengths.sorted()
    }

    /// How many codes of ids are looked for besides.
    public var keptCodes: Int { kept?.count ?? 0 }

    /// The ways in which a word may stand in a file, in folded letters; none where it cannot be told from figures.
    static func spellings(of word: String) -> Set<[UInt8]> {
        guard isTelling(word) else { return [] }
        guard !word.utf8.allSatisfy({ $0 < 0x80 }) else { return forms(of: word) }
        // In capitals ß is SS, and some small letters are of other lengths than theirs.
        let spelt = [word, word.uppercased(), word.lowercased()].flatMap {
            [$0, $0.precomposedStringWithCanonicalMapping, $0.decomposedStringWithCanonicalMapping]
        }
        return Set(spelt.flatMap { forms(of: $0) })
    }

    /// The parts of a short text that may be such a word: up to six words that follow each other, with what stands between them.
    public static func words(in text: String) -> [String] {
        let bytes = Array(text.utf8)
        let words = WordSigns.words(in: bytes.span)
        return words.indices.flatMap { first in
            words[first..<min(first + 6, words.count)].map {
                String(decoding: bytes[words[first].lowerBound..<$0.upperBound], as: UTF8.self)
            }
        }.filter(isTelling)
    }

    /// Whether a word stands in a text.
    public func names(_ text: String) -> Bool { isIn(Array(text.utf8)) }

    static func isTelling(_ word: String) -> Bool {
        let bytes = word.utf8
        let isNumber = bytes.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }
        return bytes.count >= (isNumber ? leastDigits : leastLetters)
    }

    private static func forms(of word: String) -> Set<[UInt8]> {
        let plain = LetterFolding.folded(Array(word.utf8))
        var forms: Set = [plain]
        guard !plain.allSatisfy(isPlain) else { return forms }
        let inHTML: [UInt8: String] = [0x26: "&amp;", 0x3C: "&lt;", 0x3E: "&gt;", 0x22: "&quot;", 0x27: "&#39;"]
        forms.insert(plain.flatMap { byte in inHTML[byte].map { Array($0.utf8) } ?? [byte] })
        forms.insert(plain.flatMap { $0 == 0x22 || $0 == 0x5C ? [0x5C, $0] : [$0] })
        let digits = Array("0123456789abcdef".utf8)
        // Behind percent signs letters other than those of ASCII keep their case.
        for spelt in [plain, Array(word.utf8).map(LetterFolding.lower)] {
            forms.insert(
                spelt.flatMap { byte -> [UInt8] in
                    isPlain(byte) || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
                        ? [byte] : [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                })
        }
        return forms
    }

    /// A letter or digit of ASCII, which every form writes as it is.
    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
    }

    private mutating func add(_ form: [UInt8]) {
        let start = Self.start(form[0], form[1], form[2])
        starts[start >> 6] |= 1 << UInt64(start & 63)
        lengths.insert(form.count)
        forms[Self.hash(form[...]), default: []].append(form)
    }

    /// The first hits in a file, at most `limit`.
    public func hits(in bytes: [UInt8], path: String, limit: Int = 1) -> [Hit] {
        guard searches else { return [] }
        var hits: [Hit] = []
        if isIn(Array(path.utf8)) { hits.append(Hit(path: veiled(path), offset: nil)) }
        if let offset = first(in: bytes), hits.count < limit { hits.append(Hit(path: path, offset: offset)) }
        return hits
    }

    /// A path without the folders and the name that hold a word; without any where one stands in several of them.
    private func veiled(_ path: String) -> String {
        let veiled = path.split(separator: "/", omittingEmptySubsequences: false)
            .map { names(String($0)) ? "…" : String($0) }.joined(separator: "/")
        return names(veiled) ? "…" : veiled
    }

    private func isIn(_ bytes: [UInt8]) -> Bool { first(in: bytes) != nil }

    /// Whether anything is looked for.
    var searches: Bool { searched + keptCodes > 0 }

    private func first(in bytes: [UInt8]) -> Int? {
        guard searches else { return nil }
        let bytes = LetterFolding.folded(bytes)
        return firstForm(in: bytes) ?? kept?.first(in: bytes.span)
    }

    private func firstForm(in text: [UInt8]) -> Int? {
        guard text.count >= 3, !ascending.isEmpty else { return nil }
        let bytes = text.span
        var (place, behindEscape) = (0, 0)
        var joinsBefore = false
        while place < bytes.count - 2 {
            let sign = WordSigns.sign(in: bytes, at: place)
            let begins = !joinsBefore || sign.kind != .joins || place == behindEscape
            joinsBefore = sign.kind == .joins
            defer { place += sign.length }
            if sign.kind == .parts, let end = WordSigns.end(ofEscapeAt: place, in: bytes) { behindEscape = end }
            // What begins with a sign may stand anywhere.
            guard begins else { continue }
            let start = Self.start(bytes[place], bytes[place + 1], bytes[place + 2])
            guard starts[start >> 6] >> UInt64(start & 63) & 1 == 1 else { continue }
            for length in ascending where place + length <= bytes.count {
                let end = place + length
                if end < bytes.count, WordSigns.sign(in: bytes, at: end).kind == .joins,
                    WordSigns.joins(before: end, in: bytes)
                {
                    continue
                }
                let slice = text[place..<end]
                if forms[Self.hash(slice)]?.contains(where: { $0.elementsEqual(slice) }) ?? false { return place }
            }
        }
        return nil
    }

    private static func start(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Int {
        Int((UInt32(a) &* 0x9E37 ^ UInt32(b) &* 0x79B9 ^ UInt32(c) &* 0x7F4B) & 0xFFFF)
    }

    /// FNV-1a, 64 bits.
    private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
