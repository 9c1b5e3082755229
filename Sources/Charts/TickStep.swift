/// A round distance between ticks: 1, 2, 2.5 or 5 × 10ᵏ, kept as digits so that its multiples are the nearest numbers to
/// their decimal form (three steps of 0.1 are 0.3).
struct TickStep: Hashable {
    let factor: Double
    let exponent: Int

    /// The nice step nearest by ratio to a positive finite distance: the limits are the geometric means of neighbours.
    init(near raw: Double) {
        let exponent = PowerOfTen.exponent(of: raw)
        let share = raw / PowerOfTen.value(exponent)
        let (factor, more): (Double, Int) =
            share < 1.414_213_6
            ? (1, 0)
            : share < 2.236_068
                ? (2, 0)
                : share < 3.535_534
                    ? (2.5, 0)
                    : share < 7.071_068 ? (5, 0) : (1, 1)
        self.factor = factor
        self.exponent = exponent + more
    }

    private init(factor: Double, exponent: Int) { (self.factor, self.exponent) = (factor, exponent) }

    /// The step itself where it is a whole number; else 1, or 2 for 2.5.
    var whole: TickStep {
        decimals == 0 ? self : TickStep(factor: exponent == 0 ? 2 : 1, exponent: 0)
    }

    var value: Double { multiple(1) }

    /// The digits after the point that a multiple can have.
    var decimals: Int { max(0, (factor == 2.5 ? 1 : 0) - exponent) }

    func multiple(_ count: Double) -> Double {
        exponent >= 0
            ? count * factor * PowerOfTen.value(exponent) : count * factor / PowerOfTen.value(-exponent)
    }
}

/// Powers of ten without a C library.
enum PowerOfTen {
    /// 10 to a power; exact from 0 to 22. Powers beyond ±308 are taken as ±308.
    static func value(_ exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<min(308, abs(exponent)) { result *= 10 }
        return exponent < 0 ? 1 / result : result
    }

    /// The largest whole k from −308 to 308 with 10ᵏ ≤ value, for a positive finite value; −308 for smaller ones and 0 for
    /// what is no positive number.
    static func exponent(of value: Double) -> Int {
        guard value.isFinite, value > 0 else { return 0 }
        let estimate = (Logarithm.natural(value) / 2.302_585_092_994_046).rounded(.down)
        var guess = max(-308, min(308, Int(estimate)))
        while guess > -308, self.value(guess) > value { guess -= 1 }
        while guess < 308, self.value(guess + 1) <= value { guess += 1 }
        return guess
    }
}
