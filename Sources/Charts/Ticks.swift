/// Round positions for ticks, and their labels.
enum Ticks {
    /// Steps of 1, 2, 2.5 or 5 × 10ᵏ that divide a domain into about `count` parts; only ticks inside the domain.
    static func linear(_ domain: ClosedRange<Double>, count: Int) -> (positions: [Double], step: Double) {
        let span = domain.upperBound - domain.lowerBound
        guard span > 0, span.isFinite, count > 0 else { return ([domain.lowerBound], 0) }
        let step = niceStep(span / Double(count))
        let first = (domain.lowerBound / step).rounded(.up)
        let last = (domain.upperBound / step).rounded(.down)
        guard last >= first, last - first < 1000 else { return ([domain.lowerBound], step) }
        return (stride(from: first, through: last, by: 1).map { $0 * step }, step)
    }

    /// The nice step nearest to a raw one, by the ratio.
    static func niceStep(_ raw: Double) -> Double {
        let power = decimalPower(raw)
        let share = raw / power
        let factor = share < 1.414 ? 1.0 : share < 2.236 ? 2 : share < 3.536 ? 2.5 : share < 7.071 ? 5 : 10
        return factor * power
    }

    /// A domain widened to whole steps.
    static func widened(_ domain: ClosedRange<Double>, count: Int) -> ClosedRange<Double> {
        let span = domain.upperBound - domain.lowerBound
        guard span > 0, span.isFinite else { return domain }
        let step = niceStep(span / Double(count))
        return (domain.lowerBound / step).rounded(.down) * step...(domain.upperBound / step).rounded(.up) * step
    }

    /// Powers of ten, with 2 and 5 between them while there are few.
    static func logarithmic(_ domain: ClosedRange<Double>) -> [Double] {
        var all: [(value: Double, isPower: Bool)] = []
        var power = decimalPower(domain.lowerBound)
        while power <= domain.upperBound {
            for factor in [1.0, 2, 5] where domain.contains(factor * power) {
                all.append((factor * power, factor == 1))
            }
            power *= 10
        }
        let powers = all.filter(\.isPower).map(\.value)
        return powers.count >= 4 ? powers : all.map(\.value)
    }

    /// A label with just the decimals that the step needs, thousands set apart by thin spaces, a true minus sign.
    static func label(_ value: Double, step: Double) -> String {
        if value == 0 { return "0" }
        let size = max(abs(value), step)
        if size >= 1e7 || size < 1e-4 { return scientific(value) }
        var decimals = 0
        var scale = 1.0
        while decimals < 8, abs((step * scale).rounded() - step * scale) > 1e-6 * step * scale {
            decimals += 1
            scale *= 10
        }
        return NumberText.fixed(value, decimals: step > 0 ? decimals : 2)
    }

    static func scientific(_ value: Double) -> String {
        let power = decimalPower(abs(value))
        let share = (value / power * 10).rounded() / 10
        var exponent = 0
        var left = power
        while left >= 9.99 { (left, exponent) = (left / 10, exponent + 1) }
        while left <= 0.99 { (left, exponent) = (left * 10, exponent - 1) }
        let text = share == share.rounded() ? "\(Int(share))" : "\(share)"
        return "\(text)e\(exponent)".replacingMinus
    }

    /// The largest power of ten that is not above a positive number.
    static func decimalPower(_ value: Double) -> Double {
        var power = 1.0
        while power * 10 <= value { power *= 10 }
        while power > value, power > 1e-300 { power /= 10 }
        return power
    }
}

extension String {
    fileprivate var replacingMinus: String { String(map { $0 == "-" ? "−" : $0 }) }
}
