/// Whether a variance is more than the rounding of values about a mean leaves, a relative 10⁻¹² of each.
///
/// Sums of equal decimal numbers differ in their last bits; such a spread must count as none.
func exceedsRounding(variance: Double, about mean: Double) -> Bool {
    let grain = 1e-12 * abs(mean)
    return variance > grain * grain
}
