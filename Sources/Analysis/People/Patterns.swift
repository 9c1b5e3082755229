import Statistics

/// Something that holds of a cohort more or less often than of everybody else, read from published counts only.
public struct CohortPattern: Sendable, Hashable {
    /// What kind of pattern it is: engagement, therapeutic_progress or outcome.
    public var kind: String
    /// The cohort.
    public var cohort: String
    /// The class that it has more or less often.
    public var column: String
    /// The share of the cohort, and that of the others.
    public var share: Double
    /// The share of all other people.
    public var others: Double
    /// How many people the cohort has.
    public var n: Int
    /// 1 − p of Fisher's exact test of the cohort against all others, after Holm over the tests of every count that is published: how
    /// surely it is more than chance, not how many sessions there are.
    public var confidence: Double

    /// Patterns of at least a confidence, the surest first.
    ///
    /// What is not in the one of two classes is in the other, and what holds of one of two cohorts against the other is one
    /// test alike: such a test is made, and counted, once.
    static func all(_ tables: [(kind: String, table: PublishedTable)], atLeast confidence: Double) -> [CohortPattern] {
        var found: [(pattern: CohortPattern, p: Double)] = []
        for (kind, published) in tables {
            guard let table = published.table.value, table.rows.count > 1 else { continue }
            let total = table.rowTotals.reduce(0, +)
            for row in table.rows.indices.prefix(table.rows.count == 2 ? 1 : .max) {
                for column in table.columns.indices.prefix(table.columns.count == 2 ? 1 : .max) {
                    guard case .count(let inside) = table.cells[row][column] else { continue }
                    let (n, outside) = (table.rowTotals[row], table.columnTotals[column] - inside)
                    let test: Answer<FisherExact> = computed { () throws(Undefined) in
                        try FisherExact(inside, n - inside, outside, total - n - outside)
                    }
                    guard let p = test.value?.p else { continue }
                    found.append(
                        (
                            CohortPattern(
                                kind: kind, cohort: table.rows[row], column: table.columns[column],
                                share: Double(inside) / Double(n), others: Double(outside) / Double(total - n), n: n,
                                confidence: 0), min(1, p)
                        ))
                }
            }
        }
        let holm = adjusted(found.map(\.p), by: .holm)
        return zip(found, holm).compactMap { entry, p in
            var pattern = entry.pattern
            pattern.confidence = 1 - (p ?? 1)
            return pattern.confidence >= confidence ? pattern : nil
        }.sorted { ($1.confidence, $0.kind, $0.cohort, $0.column) < ($0.confidence, $1.kind, $1.cohort, $1.column) }
    }
}
