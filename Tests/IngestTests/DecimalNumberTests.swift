import Testing

@testable import Ingest

@Suite struct DecimalNumberTests {
    private func value(_ text: String, mark: UInt8 = Ascii.dot) -> Double? {
        let bytes = Array("<\(text)>".utf8)
        return DecimalNumber.value(bytes.span, 1..<bytes.count - 1, mark: mark)
    }

    /// Expected bits from CPython 3.11.7: `struct.pack('>d', float(text))`.
    @Test(
        arguments: [
            ("0", 0x0000_0000_0000_0000), ("-0", 0x8000_0000_0000_0000), ("0.1", 0x3FB9_9999_9999_999A),
            ("+1.5", 0x3FF8_0000_0000_0000), (".5", 0x3FE0_0000_0000_0000), ("5.", 0x4014_0000_0000_0000),
            ("1e23", 0x44B5_2D02_C7E1_4AF6), ("9007199254740993", 0x4340_0000_0000_0000),
            ("9007199254740993.00000000000000000001", 0x4340_0000_0000_0001),
            ("2.2250738585072011e-308", 0x000F_FFFF_FFFF_FFFF), ("5e-324", 0x0000_0000_0000_0001),
            ("1.7976931348623157e308", 0x7FEF_FFFF_FFFF_FFFF),
            ("123456789012345678901234567890", 0x45F8_EE90_FF6C_373E),
            ("0.000000000000000000000000000012345", 0x39EF_4C5C_F374_7291), ("336.8", 0x4075_0CCC_CCCC_CCCD),
            ("1E+2", 0x4059_0000_0000_0000), ("8.5e-3", 0x3F81_6872_B020_C49C), ("1e-400", 0x0000_0000_0000_0000),
        ] as [(String, UInt64)])
    func isCorrectlyRounded(text: String, bits: UInt64) {
        #expect(value(text)?.bitPattern == bits)
    }

    @Test(arguments: [
        "", "-", "+", ".", "e5", "1e", "1e+", "0x10", "inf", "nan", "NaN", "Infinity", "1,000", "1 000", " 1", "1 ",
        "--1",
        "1.2.3", "1e5.0", "１", "1e999", "-1e400", "1_000",
    ])
    func refuses(text: String) { #expect(value(text) == nil) }

    @Test func decimalComma() {
        #expect(value("3,25", mark: Ascii.comma) == 3.25)
        #expect(value("3.25", mark: Ascii.comma) == nil)
        #expect(value("12345678901234567890,5", mark: Ascii.comma) == 12_345_678_901_234_567_890.5)
    }
}
