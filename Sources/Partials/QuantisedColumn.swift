import Statistics

/// One metric of a day with a small code in place of each value, so that every grouping only has to count codes.
///
/// Codes ascend with the values: places in the list of distinct values while those are few, else places in a list of
/// bins. −1 is missing.
struct QuantisedColumn {
    /// What codes stand for.
    enum Meaning {
        /// Distinct values, ascending.
        case values([Double])
        /// Bins, ascending and without gaps unless they would be too many.
        case bins([Int32])
    }

    /// The values in the order of ranks; NaN is missing.
    let values: [Double]
    /// The code of each.
    let codes: [Int32]
    /// What codes stand for.
    let meaning: Meaning
    /// Whether values are missing.
    let hasGaps: Bool

    private static let widestRange = 1 << 14

    /// Quantises values; infinite ones are missing too. Nil if there are none.
    init?(_ column: [Double], bins: Bins, table: inout DistinctTable) {
        var values = column
        var present = 0
        for index in values.indices {
            // Adding 0 makes −0 the same value as 0.
            if values[index].isFinite { values[index] += 0 } else { values[index] = .nan }
            present += values[index].isNaN ? 0 : 1
        }
        guard present > 0 else { return nil }
        self.values = values
        hasGaps = present < values.count
        table.clear()
        if let codes = QuantisedColumn.distinctCodes(values, table: &table) {
            let order = table.values.indices.sorted { table.values[$0] < table.values[$1] }
            var placeOf = [Int32](repeating: 0, count: order.count)
            for (place, met) in order.enumerated() { placeOf[met] = Int32(place) }
            self.codes = codes.map { $0 < 0 ? -1 : placeOf[Int($0)] }
            meaning = .values(order.map { table.values[$0] })
        } else {
            (codes, meaning) = QuantisedColumn.binCodes(values, indexer: bins.indexer)
        }
    }

    /// How many codes there are.
    var codeCount: Int {
        switch meaning {
        case .values(let values): values.count
        case .bins(let bins): bins.count
        }
    }

    private static func distinctCodes(_ values: [Double], table: inout DistinctTable) -> [Int32]? {
        var codes = [Int32](repeating: -1, count: values.count)
        for index in values.indices where !values[index].isNaN {
            let place = table.add(values[index])
            guard place >= 0 else { return nil }
            codes[index] = place
        }
        return codes
    }

    private static func binCodes(_ values: [Double], indexer: Bins.Indexer) -> ([Int32], Meaning) {
        var codes = [Int32](repeating: 0, count: values.count)
        var (low, high) = (Int32.max, Int32.min)
        for index in values.indices where !values[index].isNaN {
            let bin = indexer.index(of: values[index])
            codes[index] = bin
            low = min(low, bin)
            high = max(high, bin)
        }
        if Int(high) - Int(low) < widestRange {
            for index in values.indices { codes[index] = values[index].isNaN ? -1 : codes[index] - low }
            return (codes, .bins(Array(low...high)))
        }
        let used = Set(zip(values, codes).compactMap { $0.isNaN ? nil : $1 }).sorted()
        let places = Dictionary(uniqueKeysWithValues: zip(used, used.indices.map { Int32($0) }))
        for index in values.indices { codes[index] = values[index].isNaN ? -1 : places[codes[index]] ?? -1 }
        return (codes, .bins(used))
    }
}
