/// Which signs of a text in UTF-8 are parts of words, so that an id is told from a part of a longer word.
///
/// Letters, their marks and digits join to words where a script sets words apart (Latin, Greek, Cyrillic, Arabic, Hebrew, the
/// scripts of India and others of Unicode's basic plane). What else lies beyond ASCII is a word by itself: dashes, quotation
/// marks, blanks, symbols, and letters of scripts that are written without spaces between words or glue particles to names
/// (Chinese, Japanese, Korean, Thai and its neighbours), where only a plain search finds a name. Bytes that are no
/// UTF-8 are words by themselves, too. ASCII's other signs stand between words.
enum WordSigns {
    /// What a sign is to the words around it.
    enum Kind { case joins, stands, parts }

    /// Blocks of Unicode whose letters do not tell where a word begins or ends.
    private static let unspaced: [ClosedRange<UInt32>] = [
        0x0E00...0x109F, 0x1100...0x11FF,  // Thai, Lao, Tibetan, Burmese; old Korean letters
        0x1780...0x17FF, 0x1950...0x19FF, 0x1A20...0x1AAF, 0x1B00...0x1B7F,  // Khmer, Tai, Balinese
        0x2E80...0xA4CF,  // Chinese, Japanese, Yi
        0xA960...0xA9FF, 0xAA00...0xAADF,  // old Korean letters, Javanese, Burmese, Cham, Tai Viet
        0xAC00...0xD7FF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFFEF,  // Korean, compatible and wide forms
    ]

    /// Bits of the scalars below U+10000 beyond ASCII that join.
    private static let joining: [UInt64] = {
        var bits = [UInt64](repeating: 0, count: 0x1_0000 / 64)
        for number in UInt32(0x80)..<0x1_0000 {
            guard let scalar = Unicode.Scalar(number), joins(scalar) else { continue }
            bits[Int(number >> 6)] |= 1 << UInt64(number & 63)
        }
        return bits
    }()

    private static func joins(_ scalar: Unicode.Scalar) -> Bool {
        // “nº” and “1ª” are signs before and behind a number, variation selectors and their like are not seen.
        guard ![0xAA, 0xBA].contains(scalar.value), !scalar.properties.isDefaultIgnorableCodePoint,
            !unspaced.contains(where: { $0.contains(scalar.value) })
        else { return false }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .nonspacingMark, .spacingMark,
            .decimalNumber:
            return true
        default: return false
        }
    }

    /// The sign that begins at a place: its kind and its number of bytes.
    @inline(__always)
    static func sign(in bytes: Span<UInt8>, at place: Int) -> (kind: Kind, length: Int) {
        let first = bytes[place]
        guard first >= 0x80 else { return (isWord(first) ? .joins : .parts, 1) }
        return beyondASCII(bytes, place)
    }

    /// Whether a byte of ASCII is a letter or a digit; one bit for each.
    @inline(__always)
    private static func isWord(_ byte: UInt8) -> Bool {
        let bits: UInt64 = byte < 64 ? 0x03FF_0000_0000_0000 : 0x07FF_FFFE_07FF_FFFE
        return bits >> UInt64(byte & 63) & 1 == 1
    }

    private static func beyondASCII(_ bytes: Span<UInt8>, _ place: Int) -> (kind: Kind, length: Int) {
        let first = bytes[place]
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
        guard length > 1, first < 0xF8, place + length <= bytes.count else { return (.stands, 1) }
        var number = Int(first) & (0x7F >> length)
        for next in place + 1..<place + length {
            guard bytes[next] & 0xC0 == 0x80 else { return (.stands, 1) }
            number = number << 6 | Int(bytes[next] & 0x3F)
        }
        let isJoining = number < 0x1_0000 && joining[number >> 6] >> UInt64(number & 63) & 1 == 1
        return (isJoining ? .joins : .stands, length)
    }

    /// Whether the sign that ends before a place joins to words.
    static func joins(before place: Int, in bytes: Span<UInt8>) -> Bool {
        var first = place - 1
        while first > max(0, place - 4), bytes[first] & 0xC0 == 0x80 { first -= 1 }
        let sign = sign(in: bytes, at: first)
        return sign.kind == .joins && first + sign.length == place
    }

    /// The next word at or behind a place.
    static func word(in bytes: Span<UInt8>, from: Int) -> Range<Int>? {
        var first = from
        while first < bytes.count {
            let sign = sign(in: bytes, at: first)
            guard sign.kind != .stands else { return first..<first + sign.length }
            guard sign.kind == .parts else { break }
            first += sign.length
        }
        guard first < bytes.count else { return nil }
        var end = first
        while end < bytes.count {
            let sign = sign(in: bytes, at: end)
            guard sign.kind == .joins else { break }
            end += sign.length
        }
        return first..<end
    }

    /// All words of a text.
    static func words(in bytes: Span<UInt8>) -> [Range<Int>] {
        var words: [Range<Int>] = []
        while let word = word(in: bytes, from: words.last?.upperBound ?? 0) { words.append(word) }
        return words
    }

    /// The place behind an escape of JSON or of a URL that begins at a place, in small letters; nil where none does. Its
    /// letters and digits stand for another sign, so that a word may begin behind them: `%20anna`, `\nanna`, `\u201canna`.
    @inline(__always)
    static func end(ofEscapeAt place: Int, in bytes: Span<UInt8>) -> Int? {
        bytes[place] == 0x25 || bytes[place] == 0x5C ? end(ofEscape: place, bytes) : nil
    }

    private static func end(ofEscape place: Int, _ bytes: Span<UInt8>) -> Int? {
        func areDigits(_ range: Range<Int>) -> Bool {
            range.upperBound < bytes.count
                && range.allSatisfy { (0x30...0x39).contains(bytes[$0]) || (0x61...0x66).contains(bytes[$0]) }
        }
        if bytes[place] == 0x25 { return areDigits(place + 1..<place + 3) ? place + 3 : nil }
        guard place + 2 < bytes.count else { return nil }
        if bytes[place + 1] == 0x75 { return areDigits(place + 2..<place + 6) ? place + 6 : nil }
        // b, f, n, r, t
        return [0x62, 0x66, 0x6E, 0x72, 0x74].contains(bytes[place + 1]) ? place + 2 : nil
    }
}
