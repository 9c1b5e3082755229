/// The known name closest to an unknown one, for "did you mean"; nil if none is near.
///
/// Distance is the optimal string alignment distance (insert, delete, substitute, swap of neighbours, each 1) on
/// lower-cased scalars; near means at most a third of the longer name, and at least one edit is always allowed.
/// The first of equally near names wins. O(total length of the names × length of the unknown one).
public func nearestName(to unknown: String, among known: some Sequence<String>) -> String? {
    let wanted = Array(unknown.lowercased().unicodeScalars)
    var best: (name: String, distance: Int)?
    for name in known {
        let scalars = Array(name.lowercased().unicodeScalars)
        let distance = alignmentDistance(wanted, scalars)
        guard distance <= max(1, max(wanted.count, scalars.count) / 3) else { continue }
        if best.map({ distance < $0.distance }) ?? true { best = (name, distance) }
    }
    return best?.name
}

private func alignmentDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in 0..<left.count {
        var row = [i + 1]
        for j in 0..<right.count {
            var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
            if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                cost = min(cost, beforeLast[j - 1] + 1)
            }
            row.append(cost)
        }
        beforeLast = last
        last = row
    }
    return last[right.count]
}
