/// The known name closest to an unknown one; nil if none is near.
///
/// Distance is the optimal string alignment distance (insert, delete, substitute, swap of neighbours, each 1) on
/// lower-cased scalars; near means at most a third of the longer name, and one edit is always allowed. Of equally
/// near names the first in order of scalars wins. The rule is that of the diagnostics elsewhere in the program.
func nearestName(to unknown: String, among known: some Sequence<String>) -> String? {
    let wanted = Array(unknown.lowercased().unicodeScalars)
    guard wanted.count <= 100 else { return nil }
    var best: (name: String, distance: Int)?
    for name in Set(known).sorted() {
        let scalars = Array(name.lowercased().unicodeScalars)
        let limit = max(1, max(wanted.count, scalars.count) / 3)
        guard abs(wanted.count - scalars.count) <= limit else { continue }
        let distance = alignmentDistance(wanted, scalars)
        guard distance <= limit, distance < (best?.distance ?? .max) else { continue }
        best = (name, distance)
    }
    return best?.name
}

/// The fix for an unknown name: the nearest known one, or else the list of what there is.
func suggestion(for unknown: String, among known: some Sequence<String>, called kind: String) -> String {
    if let near = nearestName(to: unknown, among: known) { return "did you mean \"\(near)\"?" }
    let names = Set(known).sorted()
    guard !names.isEmpty else { return "there is no \(kind) here" }
    let shown = names.prefix(12).joined(separator: ", ")
    return "known here: \(shown)\(names.count > 12 ? " and \(names.count - 12) more" : "")"
}

private func alignmentDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
        var row = [i + 1]
        for j in right.indices {
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
