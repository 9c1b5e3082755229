import Statistics
import Testing

/// Edits counted by hand; the first three are the examples of jiwer's documentation (jiwer 3.0, `jiwer.wer`).
@Suite struct WordErrorRateTests {
    @Test(arguments: [
        ("hello world", "hello duck", 1, 2), ("i like monty python", "i like python", 1, 4),
        ("hello world", "hello world", 0, 2), ("a b c", "x a b c y", 2, 3), ("a b c d", "", 4, 4),
        ("one", "two three four", 3, 1), ("It's  three, please!", "its three please", 1, 3),
        ("Grüße an ÄNNE", "grüße an änne", 0, 3), ("kitten sitting on", "sitting kitten on", 2, 3),
    ])
    func editsOverWords(reference: String, hypothesis: String, edits: Int, words: Int) throws {
        let found = try WordErrorRate(reference: reference, hypothesis: hypothesis)
        #expect(found.edits == edits && found.words == words)
        #expect(found.rate == Double(edits) / Double(words))
    }

    @Test func nothingSaidHasNoRate() {
        #expect(throws: Undefined.empty) { try WordErrorRate(reference: " ,.", hypothesis: "a") }
        let long = String(repeating: "a ", count: 10_001)
        #expect(throws: Undefined.tooMany(found: 10_001, limit: 10_000)) {
            try WordErrorRate(reference: long, hypothesis: "a")
        }
    }
}
