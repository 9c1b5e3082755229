/// Numbers as words, alike in charts and prose.
public enum NumberText {
    /// A number with so many decimals, thousands set apart by thin spaces, a true minus sign; no minus before zero.
    public static func fixed(_ value: Double, decimals: Int) -> String {
        var scale = 1
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (abs(value) * Double(scale)).rounded()
        guard scaled < 9e15 else { return Ticks.scientific(value) }
        let whole = Int(scaled) / scale
        var text = grouped(whole)
        if decimals > 0 {
            let rest = String(Int(scaled) % scale)
            text += "." + String(repeating: "0", count: decimals - rest.count) + rest
        }
        return value < 0 && scaled > 0 ? "−" + text : text
    }

    /// A whole number with thin spaces between thousands, from five digits on.
    static func grouped(_ whole: Int) -> String {
        let digits = Array(String(whole))
        guard digits.count > 4 else { return String(digits) }
        return digits.enumerated().map { index, digit in
            (index > 0 && (digits.count - index) % 3 == 0 ? "\u{2009}" : "") + String(digit)
        }.joined()
    }
}
