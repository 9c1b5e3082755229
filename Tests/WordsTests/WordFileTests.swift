import Testing

@testable import Words

/// Files of words: what they may hold, and what is said of what they may not.
@Suite struct WordFileTests {
    @Test func readsSettingsAndPhrases() throws {
        let file = try WordFile(
            """
            # A comment with "quotation marks" and = signs.
            decimal_mark = ","

            "{0} of {1} sessions"
            = "{1} Sitzungen, davon {0}"   # behind it, too
            "say \\"no\\"\\n" = "\\u{202F}\\\\"
            """, name: "de.txt")
        #expect(file.settings["decimal_mark"]?.words == ",")
        #expect(file.keys == ["{0} of {1} sessions", "say \"no\"\n"])
        #expect(file.words(for: "say \"no\"\n") == "\u{202F}\\")
    }

    @Test(arguments: [
        ("\"Trend\" \"Trend\"", "x.txt:1:9: expected = here, before the words"),
        ("\"Trend\" = Trend", "x.txt:1:11: expected words between quotation marks here"),
        ("\n \"Trend", "x.txt:2:2: the quotation mark that opens here is never closed"),
        ("\"a\\tb\" = \"\"", "x.txt:1:3: \\t means nothing; use \\\", \\\\, \\n or \\u{…}"),
        ("\"\\u{zz}\" = \"\"", "x.txt:1:2: \\u takes the number of a character in braces, such as \\u{202F}"),
        ("months = \"a\" months = \"b\"", "x.txt:1:14: `months` stands twice"),
    ])
    func saysWhereItIsWrong(text: String, message: String) {
        #expect(throws: WordFileError(description: message)) { try WordFile(text, name: "x.txt") }
    }

    @Test(arguments: [
        ("\"Trend {0}\" = \"Trend {1}\"", "x.txt:1:15: “Trend {0}” has no hole {1}"),
        (
            "\"Trends\" = \"Trends\"",
            "x.txt:1:1: no report has the phrase “Trends”: take it as words/en.txt has it"
        ),
        (
            "\"Trend {0}\" = \"Trend {0:genitive}\"",
            "x.txt:1:15: there is no form `genitive`: declare it with form genitive = \"…\""
        ),
        ("\"Trend {0}\" = \"Trend {x}\"", "x.txt:1:15: expected the number of a hole between braces, such as {0}"),
        ("months = \"a, b\"", "x.txt:1:10: months has 2 names, expected 12 with commas between"),
        ("form dative = \"Tage\"", "x.txt:1:15: “Tage” is no pair of a word and its form"),
    ])
    func aLanguageChecksItsPhrases(text: String, message: String) {
        #expect(throws: WordFileError(description: message)) {
            try Language(code: "xx", files: [WordFile(text, name: "x.txt")], known: ["Trend {0}"])
        }
    }

    @Test func anUnknownSettingIsNamed() {
        #expect {
            try Language(code: "xx", files: [WordFile("decimal = \",\"", name: "x.txt")], known: nil)
        } throws: { "\($0)".hasPrefix("x.txt:1:11: there is no setting `decimal`; there are language, decimal_mark") }
    }
}

/// Phrases in a language.
@Suite struct LanguageTests {
    private static func german(_ more: String...) throws -> Language {
        let texts = [
            """
            decimal_mark = ","
            full_day = "{day}. {month} {year}"
            form dative = "Tage Tagen"
            "{0} of {1}" = "von {1} {0}"
            "on {0}" = "an {0:dative}"
            "is {0}" = "ist {0}"
            "planned" = "geplant"
            "Trend" = "Verlauf"
            """
        ]
        return try Language(code: "de", files: (texts + more).map { try WordFile($0, name: "de.txt") }, known: nil)
    }

    @Test func holesAreFilledInTheOrderOfTheLanguage() throws {
        let text = try Language.$current.withValue(Self.german()) { say("\(3) of \("five {0}")") }
        #expect(text == "von five {0} 3")
        #expect(say("\(3) of \("five")") == "3 of five")
    }

    @Test(arguments: [("12 Tage", "an 12 Tagen"), ("1 Tag", "an 1 Tag"), ("Tage", "an Tagen"), ("Montag", "an Montag")])
    func aHoleMayAskForAForm(counted: String, sentence: String) throws {
        #expect(try Self.german().text(of: "on \(counted)") == sentence)
    }

    @Test func wordsInHolesAreSaidToo() throws {
        #expect(try Self.german().text(of: "is \(word: "planned")") == "ist geplant")
        #expect(try Self.german().text(of: "is \("planned")") == "ist planned")
    }

    @Test func holesOfAPhraseThatIsSaidAsItIsStay() throws {
        #expect(try Self.german().text(of: Phrase(exactly: "{0} of {1}")) == "von {1} {0}")
    }

    @Test func whatIsNotTranslatedIsEnglish() throws {
        #expect(try Self.german().text(of: "Outlier") == "Outlier")
    }

    @Test func laterFilesReplaceSinglePhrases() throws {
        let own = try Self.german("\"Trend\" = \"Trendlinie\"")
        #expect(own.text(of: "Trend") == "Trendlinie")
        #expect(own.text(of: "on \("2 Tage")") == "an 2 Tagen")
    }

    @Test func daysFollowTheLanguage() throws {
        #expect(Formats.english.day(19, month: 11, year: 2026) == "19 November 2026")
        #expect(Formats.english.shortDay(19, month: 11) == "19 Nov")
        #expect(try Self.german().formats.day(3, month: 1, year: 2026) == "3. January 2026")
    }

    @Test func phrasesAreEqualThatSayTheSame() {
        #expect(Phrase("2 of 3") == Phrase("\(2) of \(3)"))
        #expect(Phrase("\(2) of \(3)").key == "{0} of {1}")
    }
}
