import Testing

@testable import Ingest

/// Which columns can only be read with a decimal comma.
@Suite struct DecimalCommaColumnTests {
    @Test(arguments: [
        // Ratings of a German spreadsheet, two of five whole.
        (["4,25", "4,5", "3", "2,25", "2"], true),
        // Thousands beside numbers below a thousand.
        (["1,234", "999", "12,500", "7", "88"], false),
        // Decimals with a point: the comma means something else.
        (["4.25", "4,5", "3", "2,25", "2"], false),
        (["4", "5", "3"], false),
    ]) func commaBesideWholeNumbers(texts: [String], needed: Bool) {
        let profile = ColumnProfile("note", [texts.map(Optional.some)])
        #expect(profile.needsDecimalComma == needed)
    }
}
