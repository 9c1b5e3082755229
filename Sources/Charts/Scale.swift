/// Turns values of an axis into pixels.
struct Scale: Hashable {
    enum Kind {
        case linear
        case logarithmic
    }

    let kind: Kind
    let domain: ClosedRange<Double>
    /// The pixel of the lower and of the upper end of the domain.
    let from: Double
    let to: Double

    /// The pixel of a value, beyond the ends too; nil where it cannot be placed, as everything beyond ±1e300.
    func pixel(_ value: Double) -> Double? {
        guard abs(value) <= 1e300 else { return nil }
        let share: Double
        switch kind {
        case .linear:
            let span = domain.upperBound - domain.lowerBound
            share = span > 0 ? (value - domain.lowerBound) / span : 0.5
        case .logarithmic:
            guard value > 0 else { return nil }
            let (low, high) = (Logarithm.natural(domain.lowerBound), Logarithm.natural(domain.upperBound))
            share = high > low ? (Logarithm.natural(value) - low) / (high - low) : 0.5
        }
        let pixel = from + share * (to - from)
        return pixel.isFinite ? pixel : nil
    }

    /// The pixel of a value, moved to the nearer end of the domain where it lies outside.
    func clamped(_ value: Double) -> Double? {
        guard !value.isNaN else { return nil }
        return pixel(min(max(value, domain.lowerBound), domain.upperBound))
    }

    /// Where bars start: at zero, or at the end of the domain that is nearest to it.
    var base: Double { min(max(0, domain.lowerBound), domain.upperBound) }

    /// The same scale with an inset at both ends.
    func inset(by pixels: Double) -> Scale {
        let way = to >= from ? pixels : -pixels
        return Scale(kind: kind, domain: domain, from: from + way, to: to - way)
    }
}

/// The natural logarithm without a C library, precise enough for pixels (error below 1e-12).
enum Logarithm {
    static func natural(_ value: Double) -> Double {
        let exponent = Double(value.exponent)
        let ratio = (value.significand - 1) / (value.significand + 1)
        let square = ratio * ratio
        var (sum, power) = (0.0, ratio)
        for odd in stride(from: 1.0, through: 29, by: 2) {
            sum += power / odd
            power *= square
        }
        return 2 * sum + exponent * 0.693_147_180_559_945_3
    }
}
