import Statistics

/// The p-values of a family after correction, in the order given. One that is no probability has no corrected value, and
/// the others are corrected among themselves.
func adjusted(_ p: [Double], by adjustment: Adjustment) -> [Double?] {
    let valid = p.indices.filter { (0...1).contains(p[$0]) }
    let found = computed { () throws(Undefined) in try adjustment.adjusted(valid.map { p[$0] }) }.value
    var corrected = [Double?](repeating: nil, count: p.count)
    for (place, value) in zip(valid, found ?? []) { corrected[place] = value }
    return corrected
}
