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
    /// Hashes of the letters and digits of each word, for names of files, and how many they have.
    private var glued: Set<UInt64> = []
    private var gluedLengths: Set<Int> = []
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
            let letters = LetterFolding.folded(Array(word.utf8)).filter(Self.isLetter)
            guard Self.isTelling(String(decoding: letters, as: UTF8.self)) else { continue }
            glued.insert(Self.hash(letters[...]))
            gluedLengths.insert(letters.count)
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
        let spelt = [word, word.uppercased(), word.lowercased(), finalSigma(word.lowercased())].flatMap {
            [$0, $0.precomposedStringWithCanonicalMapping, $0.decomposedStringWithCanonicalMapping]
        }
        return Set(spelt.flatMap { forms(of: $0) })
    }

    /// Small letters with Greek’s final sigma at the ends of words.
    private static func finalSigma(_ word: String) -> String {
        let letters = Array(word)
        return String(
            letters.indices.map { place in
                let isLast = place + 1 == letters.count || !letters[place + 1].isLetter
                return letters[place] == "σ" && isLast ? "ς" : letters[place]
            })
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
        guard !plain.allSatisfy(isPlain) else { return [plain] }
        // Behind percent signs and in numbers letters other than those of ASCII keep their case.
        let spelt = [String(decoding: plain, as: UTF8.self), word]
        return Set(spelt.flatMap(WrittenForms.all).map { LetterFolding.folded(Array($0.utf8)) })
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
        guard hits.count < limit else { return hits }
        let folded = LetterFolding.folded(bytes)
        if let range = first(inFolded: folded) {
            let found = Array(folded[range])
            let words = WordSigns.words(in: found.span).map { Array(found[$0]) }
            hits.append(Hit(path: veiled(path, of: words), offset: range.lowerBound))
        }
        return hits
    }

    /// A path without the folders and the name that hold a word, also joined to letters or without its signs, which names of files
    /// lose; without any where one stands in several of them.
    ///
    /// - Parameter found: parts of a word that was found and may be known by codes alone; names that hold one are not told.
    private func veiled(_ path: String, of found: [[UInt8]] = []) -> String {
        let parts = found.filter { $0.count >= Self.leastLetters }
        let veiled = path.split(separator: "/", omittingEmptySubsequences: false)
            .map { name in
                let letters = LetterFolding.folded(Array(name.utf8)).filter(Self.isLetter)
                let isTelling = parts.contains { letters.contains($0) } || holdsGlued(letters) || names(String(name))
                return isTelling ? "…" : String(name)
            }.joined(separator: "/")
        return names(veiled) ? "…" : veiled
    }

    private func holdsGlued(_ letters: [UInt8]) -> Bool {
        gluedLengths.contains { length in
            guard length <= letters.count else { return false }
            return (0...letters.count - length).contains { glued.contains(Self.hash(letters[$0..<$0 + length])) }
        }
    }

    /// A letter or digit, or a part of one beyond ASCII, of folded text.
    private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || isPlain(byte) }

    private func isIn(_ bytes: [UInt8]) -> Bool {
        searches && first(inFolded: LetterFolding.folded(bytes)) != nil
    }

    /// Whether anything is looked for.
    var searches: Bool { searched + keptCodes > 0 }

    private func first(inFolded bytes: [UInt8]) -> Range<Int>? {
        firstForm(in: bytes) ?? kept?.first(in: bytes.span)
    }

    private func firstForm(in text: [UInt8]) -> Range<Int>? {
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
                if forms[Self.hash(slice)]?.contains(where: { $0.elementsEqual(slice) }) ?? false {
                    return place..<end
                }
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
