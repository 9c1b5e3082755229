import Model
import Testing

@Suite struct StableHashTests {
    /// The published test vectors of FNV-1a (draft-eastlake-fnv, 64 bits).
    @Test(arguments: [("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8")])
    func knownTexts(text: String, digits: String) {
        #expect(StableHash.hexadecimal(StableHash.fnv1a(text.utf8)) == digits)
    }
}
