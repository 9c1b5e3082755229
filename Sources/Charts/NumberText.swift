/// Numbers as words, alike in charts and prose.
public enum NumberText {
    /// A number with so many decimals, thousands set apart by narrow spaces at which no line breaks, a true minus sign; no minus before zero.
    ///
    /// From 9 × 10¹⁵ units of the last decimal on, which a number no longer holds exactly, it is written with a power of
    /// ten. What is not finite is `∞`, `−∞` or `NaN`. Other words give other signs.
    public static func fixed(_ value: Double, decimals: Int, words: ChartWords = .current) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : (value < 0 ? words.minus : "") + "∞" }
        let scaled = (abs(value) * PowerOfTen.value(decimals)).rounded()
        guard scaled < 9e15 else { return scientific(value, decimals: 3, words: words, trimmed: true) }
        return (value < 0 && scaled > 0 ? words.minus : "") + digits(Int(scaled), decimals: decimals, words)
    }

    /// A finite number that is not 0 as one digit, decimals and a power of ten: `2.5×10⁷`.
    public static func scientific(
        _ value: Double, decimals: Int, words: ChartWords = .current, trimmed: Bool = false
    ) -> String {
        var exponent = PowerOfTen.exponent(of: abs(value))
        // Below 1e-308 the power of ten itself has fewer digits; the value is then what remains of it.
        var scaled = (abs(value) / PowerOfTen.value(exponent) * PowerOfTen.value(decimals)).rounded()
        // 9.99… rounds up to the next power.
        if scaled >= PowerOfTen.value(decimals + 1) { (scaled, exponent) = (PowerOfTen.value(decimals), exponent + 1) }
        guard scaled < 9e15 else { return "\(value)" }
        let share = digits(Int(scaled), decimals: decimals, words, trimmed: trimmed)
        return (value < 0 ? words.minus : "") + share + "×10" + String(String(exponent).map { raised[$0] ?? $0 })
    }

    /// A whole number of units of the last decimal; digits in groups of three from five digits on.
    static func digits(_ units: Int, decimals: Int, _ words: ChartWords, trimmed: Bool = false) -> String {
        let zero = UInt8(ascii: "0")
        var digits = Array(String(units).utf8)
        if digits.count <= decimals { digits = Array(repeating: zero, count: decimals + 1 - digits.count) + digits }
        var fraction = digits.suffix(decimals)
        while trimmed, fraction.last == zero { fraction = fraction.dropLast() }
        let whole = digits.count - decimals
        var text: [UInt8] = []
        for place in 0..<whole {
            if whole > 4, place > 0, (whole - place) % 3 == 0 { text += words.groupMark.utf8 }
            text.append(digits[place])
        }
        if !fraction.isEmpty { text += words.decimalMark.utf8 + fraction }
        return String(decoding: text, as: UTF8.self)
    }

    private static let raised: [Character: Character] = [
        "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
    ]
}
