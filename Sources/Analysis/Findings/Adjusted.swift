import Statistics

/// The p-values of a family after correction, in the order given; one that is no probability makes all of them 1, so
/// that nothing can be claimed from a broken family.
func adjusted(_ p: [Double], by adjustment: Adjustment) -> [Double] {
    let found: Answer<[Double]> = computed { () throws(Undefined) in try adjustment.adjusted(p) }
    return found.value ?? p.map { _ in 1 }
}
