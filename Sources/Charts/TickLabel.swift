/// Numbers on axes as words.
struct TickLabel {
    let words: ChartWords

    /// The numbers of an axis with just the digits that its step needs; all of them with a power of ten where the largest
    /// has eight digits or the step is below 0.0001, as far as that is shorter.
    func texts(_ values: [Double], step: TickStep?) -> [String] {
        guard let step else { return values.map(alone) }
        let largest = PowerOfTen.exponent(of: values.map(abs).max() ?? 0)
        let needed = { (exponent: Int) in max(0, exponent + (step.factor == 2.5 ? 1 : 0) - step.exponent) }
        let isExtreme = largest >= 7 || step.exponent < -4
        guard isExtreme, needed(largest) <= 3 || largest >= 15 else {
            return values.map { $0 == 0 ? "0" : NumberText.fixed($0, decimals: step.decimals, words: words) }
        }
        return values.map { value in
            let decimals = min(needed(PowerOfTen.exponent(of: abs(value))), 6)
            return value == 0 ? "0" : NumberText.scientific(value, decimals: decimals, words: words)
        }
    }

    /// A number without neighbours: at most four significant digits, no needless zeros.
    func alone(_ value: Double) -> String {
        guard value != 0, value.isFinite else { return NumberText.fixed(value, decimals: 0, words: words) }
        let exponent = PowerOfTen.exponent(of: abs(value))
        if exponent >= 7 || exponent < -4 {
            return NumberText.scientific(value, decimals: 3, words: words, trimmed: true)
        }
        // Here 1e-4 ≤ |value| < 1e7, so that the units are a whole number of at most seven digits.
        let decimals = max(0, 3 - exponent)
        let units = (abs(value) * PowerOfTen.value(decimals)).rounded()
        return (value < 0 ? words.minus : "") + NumberText.digits(Int(units), decimals: decimals, words, trimmed: true)
    }
}
