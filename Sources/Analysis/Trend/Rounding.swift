extension Absence {
    /// Why two sides that do not vary have no error of their difference.
    static func unvarying(from first: Double, to second: Double) -> Absence {
        let difference = second - first
        return exceedsRounding(variance: difference * difference, about: first) ? .constantSides : .constant
    }
}

/// Whether a variance is more than the rounding of values about a mean leaves, a relative 10⁻¹⁴ of each: some tens of the
/// last places of a Double, where compensated sums err by one or two.
///
/// Sums of equal decimal numbers differ in their last bits; such a spread must count as none.
func exceedsRounding(variance: Double, about mean: Double) -> Bool {
    let grain = 1e-14 * abs(mean)
    return variance > grain * grain
}
