/// How much closer each row lies to its own cluster than to the next one: (b − a)/max(a, b), from −1 to 1.
///
/// Source: P. J. Rousseeuw, J. Comput. Appl. Math. 20 (1987) 53–65, doi:10.1016/0377-0427(87)90125-7.
public struct Silhouette: Sendable, Hashable {
    /// The value of each row; 0 for a row that is alone in its cluster.
    public let values: [Double]
    /// The mean over all rows.
    public let mean: Double

    /// Measures a labelling. Throws `.unequalLengths`, `.tooFew` below two clusters. Cost: rows² × columns.
    public init(_ rows: [[Double]], labels: [Int]) throws(Undefined) {
        guard rows.count == labels.count else { throw .unequalLengths(rows.count, labels.count) }
        let names = Set(labels).sorted()
        try Undefined.require(names.count, atLeast: 2)
        let cluster = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let places = labels.compactMap { cluster[$0] }
        let sizes = places.reduce(into: [Int](repeating: 0, count: names.count)) { $0[$1] += 1 }
        var sums = [[Double]](repeating: [Double](repeating: 0, count: names.count), count: rows.count)
        for i in rows.indices {
            for j in 0..<i {
                let distance = rows[i].squaredDistance(to: rows[j]).squareRoot()
                sums[i][places[j]] += distance
                sums[j][places[i]] += distance
            }
        }
        values = rows.indices.map { Self.value(sums[$0], sizes, own: places[$0]) }
        mean = values.compensatedSum / Double(values.count)
    }

    private static func value(_ sums: [Double], _ sizes: [Int], own: Int) -> Double {
        guard sizes[own] > 1 else { return 0 }
        let inside = sums[own] / Double(sizes[own] - 1)
        let outside = sums.indices.filter { $0 != own }.map { sums[$0] / Double(sizes[$0]) }.min() ?? inside
        let scale = max(inside, outside)
        return scale > 0 ? (outside - inside) / scale : 0
    }
}
