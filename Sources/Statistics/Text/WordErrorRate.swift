/// How far a recognised text is from what was said, in words.
///
/// rate = (substitutions + deletions + insertions) ÷ words of the reference, for the alignment with the fewest edits
/// (Levenshtein's distance over words; V. I. Levenshtein, Soviet Physics Doklady 10 (1966) 707–710). It may exceed 1
/// where more was recognised than said. Words are what stands between blanks and punctuation; case does not count,
/// apostrophes and digits belong to words. Ties between edits change their kinds, never their number.
public struct WordErrorRate: Sendable, Hashable {
    /// The words of the reference.
    public let words: Int
    /// The fewest words to replace, leave out or put in.
    public let edits: Int

    /// edits ÷ words.
    public var rate: Double { Double(edits) / Double(words) }

    /// Compares two texts.
    ///
    /// Throws `.empty` where the reference has no word, `.tooMany` for more than 10,000 words in either text. Cost: words of
    /// the reference × words of the hypothesis, memory of one row.
    public init(reference: String, hypothesis: String) throws(Undefined) {
        let (said, heard) = (WordErrorRate.words(of: reference), WordErrorRate.words(of: hypothesis))
        guard !said.isEmpty else { throw .empty }
        let most = max(said.count, heard.count)
        guard most <= 10_000 else { throw .tooMany(found: most, limit: 10_000) }
        var row = Array(0...heard.count)
        for (index, word) in said.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (place, other) in heard.enumerated() {
                let above = row[place + 1]
                row[place + 1] = min(diagonal + (word == other ? 0 : 1), above + 1, row[place] + 1)
                diagonal = above
            }
        }
        words = said.count
        edits = row[heard.count]
    }

    /// The words of a text in lower case.
    static func words(of text: String) -> [String] {
        text.lowercased().split { character in
            !(character.isLetter || character.isNumber || character == "'" || character == "’")
        }.map(String.init)
    }
}
