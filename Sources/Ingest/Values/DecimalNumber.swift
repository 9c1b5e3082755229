/// Decimal numbers as exports write them.
enum DecimalNumber {
    /// The powers of ten that a Double holds exactly.
    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// The nearest Double of `[+-]digits[.digits][e[+-]digits]`, ties to even; nil for anything else.
    ///
    /// At least one digit stands before or behind the mark (`.5` and `5.` are numbers). Hexadecimal, `inf`, `nan`,
    /// grouped digits and blanks are refused, and so is a number too large for a Double. Up to 19 digits that fit
    /// 53 bits with a power of ten within ±22 are exact in one operation (W. D. Clinger, doi:10.1145/93548.93557);
    /// the rest goes through the standard library's correctly rounded conversion.
    @inline(__always)
    static func value(_ bytes: Span<UInt8>, _ range: Range<Int>, mark: UInt8 = Ascii.dot) -> Double? {
        // One check here stands for those of the loops below, which never leave the range.
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "range out of bounds")
        var at = range.lowerBound
        let end = range.upperBound
        guard at < end else { return nil }
        let sign = unsafe bytes[unchecked: at]
        if sign == Ascii.minus || sign == Ascii.plus { at += 1 }
        var mantissa: UInt64 = 0
        let integerStart = at
        digits(bytes, &at, end, &mantissa)
        var count = at &- integerStart
        var exponent = 0
        if at < end, unsafe bytes[unchecked: at] == mark {
            at += 1
            let fractionStart = at
            digits(bytes, &at, end, &mantissa)
            exponent = fractionStart &- at
            count &-= exponent
        }
        guard count > 0 else { return nil }
        if at < end {
            guard let power = self.exponent(bytes, at, end) else { return nil }
            exponent &+= power
        }
        guard count <= 19, mantissa <= 1 << 53, exponent >= -22, exponent <= 22 else {
            return converted(bytes, range, mark: mark)
        }
        let whole = Double(mantissa)
        let magnitude = exponent == 0 ? whole : exponent < 0 ? whole / powers[-exponent] : whole * powers[exponent]
        return sign == Ascii.minus ? -magnitude : magnitude
    }

    /// Adds digits to a number; it wraps around behind 19 of them, which the caller counts.
    @inline(__always)
    private static func digits(_ bytes: Span<UInt8>, _ at: inout Int, _ end: Int, _ mantissa: inout UInt64) {
        while at < end {
            let digit = unsafe bytes[unchecked: at] &- Ascii.zero
            guard digit <= 9 else { return }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            at &+= 1
        }
    }

    /// The number behind an `e`; nil if there is none. Beyond a million it makes no difference.
    private static func exponent(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
        var at = start
        guard Ascii.lower(bytes[at]) == 0x65 else { return nil }
        at += 1
        guard at < end else { return nil }
        let isNegative = bytes[at] == Ascii.minus
        if isNegative || bytes[at] == Ascii.plus { at += 1 }
        guard at < end else { return nil }
        var power = 0
        while at < end {
            let digit = Ascii.digit(bytes[at])
            guard digit <= 9 else { return nil }
            power = min(power * 10 + digit, 1_000_000)
            at += 1
        }
        return isNegative ? -power : power
    }

    /// The slow way; the grammar has been checked, so only the mark differs from what `Double` reads.
    @inline(never)
    private static func converted(_ bytes: Span<UInt8>, _ range: Range<Int>, mark: UInt8) -> Double? {
        var text = ByteText.array(bytes, range)
        for index in text.indices where text[index] == mark { text[index] = Ascii.dot }
        guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }
}
