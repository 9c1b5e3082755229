/// A step of 1, 2, 2.5 or 5 × 10^k, kept in whole numbers so that its multiples are the nearest Doubles to the decimal
/// numbers that a reader sees.
public struct NiceStep: Sendable, Hashable {
    /// 10, 20, 25 or 50.
    public let mantissa: Int
    /// The power of ten that the mantissa is multiplied by.
    public let exponent: Int

    /// A step from its parts.
    public init(mantissa: Int, exponent: Int) { (self.mantissa, self.exponent) = (mantissa, exponent) }

    /// The step itself.
    public var width: Double { multiple(1) }

    /// `count` steps from 0.
    public func multiple(_ count: Int) -> Double {
        let digits = Double(count * mantissa)
        return exponent < 0 ? digits / NiceStep.powerOfTen(-exponent) : digits * NiceStep.powerOfTen(exponent)
    }

    /// How many whole steps lie below a value; a value within a billionth of a step of an edge is on it.
    public func stepsBelow(_ value: Double) -> Double { (value / width + 1e-9).rounded(.down) }

    /// The next larger step.
    public var next: NiceStep {
        switch mantissa {
        case 10: NiceStep(mantissa: 20, exponent: exponent)
        case 20: NiceStep(mantissa: 25, exponent: exponent)
        case 25: NiceStep(mantissa: 50, exponent: exponent)
        default: NiceStep(mantissa: 10, exponent: exponent + 1)
        }
    }

    /// The multiple that lies nearest to a value; the value itself where it is more than 10¹² steps away from 0.
    public func nearest(_ value: Double) -> Double {
        let steps = (value / width).rounded()
        return abs(steps) < 1e12 ? multiple(Int(steps)) : value
    }

    /// The smallest step that is not below a positive finite width.
    public static func atLeast(_ width: Double) -> NiceStep {
        var exponent = -2
        while powers(exponent) * 100 < width { exponent += 1 }
        while powers(exponent) * 10 >= width, exponent > -300 { exponent -= 1 }
        var step = NiceStep(mantissa: 10, exponent: exponent)
        while step.width < width * (1 - 1e-12) { step = step.next }
        return step
    }

    private static func powers(_ exponent: Int) -> Double {
        exponent < 0 ? 1 / powerOfTen(-exponent) : powerOfTen(exponent)
    }

    private static func powerOfTen(_ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { power, _ in power * 10 }
    }
}
