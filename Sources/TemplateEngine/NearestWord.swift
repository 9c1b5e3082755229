/// The known word nearest to an unknown one by edit distance, for "did you mean"; nil if none is near.
///
/// Near means at most a third of the longer word, and one edit is always allowed. The first of equals in byte order.
func nearestWord(to unknown: String, among known: some Sequence<String>) -> String? {
    let wanted = Array(unknown.utf8)
    var best: (word: String, distance: Int)?
    for word in known.sorted() {
        let distance = editDistance(wanted, Array(word.utf8))
        guard distance <= max(1, max(wanted.count, word.utf8.count) / 3) else { continue }
        if best.map({ distance < $0.distance }) ?? true { best = (word, distance) }
    }
    return best?.word
}

private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, b) in right.enumerated() {
            let substituted = diagonal + (a == b ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
        }
    }
    return row[right.count]
}
