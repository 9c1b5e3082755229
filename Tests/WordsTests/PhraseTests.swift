import Testing

@testable import Words

/// Phrases as lines that an archive keeps.
@Suite struct PhraseTests {
    @Test func aLineGivesThePhraseBack() throws {
        let german = try Language(
            code: "de",
            files: [
                WordFile(
                    "language = \"de\" \"{0} of {1} {2}\" = \"{2}: {1}, davon {0}\" \"calls\" = \"Anrufe\"",
                    name: "de.txt")
            ], known: nil)
        let phrase: Phrase = "\(3) of \("a {0} b") \(word: "calls")"
        let again = Phrase(stored: phrase.stored)
        #expect(again.key == "{0} of {1} {2}")
        #expect(again.english == "3 of a {0} b calls")
        #expect(german.text(of: again) == "Anrufe: a {0} b, davon 3")
    }

    @Test func numbersAreWrittenAsEachLanguageWritesThem() throws {
        let german = try Language(
            code: "de",
            files: [
                WordFile(
                    "language = \"de\" decimal_mark = \",\" \"from {0} to {1}\" = \"von {0} bis {1}\"", name: "de.txt")
            ], known: nil)
        let phrase: Phrase = "from \(-0.25) to \(1.0)"
        for found in [phrase, Phrase(stored: phrase.stored)] {
            #expect(found.english == "from -0.25 to 1" && german.text(of: found) == "von −0,25 bis 1")
        }
        // What is no number stays as it is.
        #expect(german.text(of: "from \("1.5") to \("v1.0")") == "von 1.5 bis v1.0")
    }

    @Test(arguments: ["", "words alone", "with “marks” and {0}"]) func wordsAloneStayWords(text: String) {
        #expect(Phrase(stored: text).english == text)
        #expect(Phrase(stored: Phrase(exactly: text).stored).english == text)
    }

    @Test func signsOfControlCannotBreakALine() {
        let phrase: Phrase = "“\("a\n\u{1F}b\u{1E}\r\nc")” is ignored"
        #expect(Phrase(stored: phrase.stored).english == "“a  b   c” is ignored")
        #expect(!phrase.stored.contains { $0.isNewline })
    }

    @Test(arguments: ["a\u{1F}b", "a\u{1D}b", "\u{1F}", "a\u{1F}b\u{1F}c\u{1F}"]) func abrokenLineIsStillRead(
        line: String
    ) {
        let phrase = Phrase(stored: line)
        #expect(phrase.english == String(line.filter { $0 != "\u{1F}" && $0 != "\u{1D}" }))
        #expect(phrase.pieces.count == phrase.arguments.count + 1)
    }
}
