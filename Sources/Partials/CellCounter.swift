import Statistics

/// Counts one metric in one group after the other; what it needs for that is kept between calls.
struct CellCounter {
    private var table = DistinctTable()
    /// One per code; all 0 between calls.
    private var counts: [UInt32] = []
    private var gathered: [Double]

    /// A counter for groups of at most that many records.
    init(records: Int) { gathered = Array(repeating: 0, count: records) }

    /// The values of a group: its cell and, written at the end of `writer`, its counts. Nil if there are no values.
    ///
    /// `order` lists the group's records; the order within a group decides the rounding of its moments.
    mutating func cell(
        of column: QuantisedColumn, order: ArraySlice<Int32>, to writer: inout ByteWriter
    ) -> DayPartials.Cell? {
        if counts.count < column.codeCount { counts = Array(repeating: 0, count: column.codeCount) }
        return switch column.meaning {
        case .values(let values): exactCell(of: column, values, order, to: &writer)
        case .bins(let bins): binnedCell(of: column, bins, order, to: &writer)
        }
    }

    private mutating func exactCell(
        of column: QuantisedColumn, _ values: [Double], _ order: ArraySlice<Int32>, to writer: inout ByteWriter
    ) -> DayPartials.Cell? {
        count(column.codes, order)
        let (found, numbers) = takeCounts(values)
        return write(found, numbers, to: &writer)
    }

    private mutating func binnedCell(
        of column: QuantisedColumn, _ bins: [Int32], _ order: ArraySlice<Int32>, to writer: inout ByteWriter
    ) -> DayPartials.Cell? {
        let n = gather(column.values, order)
        count(column.codes, order)
        let (indices, numbers) = takeCounts(bins)
        // More bins than distinct values there cannot be.
        if indices.count <= BinnedCounts.exactLimit, hasFewDistinctValues(n) {
            let (values, numbers) = table.sorted
            return write(values, numbers, to: &writer)
        }
        CountsCoding.write(indices: indices, counts: numbers, to: &writer)
        let values = gathered.span.extracting(first: n)
        var (minimum, maximum) = (values[0], values[0])
        for index in values.indices {
            let value = values[index]
            minimum = value < minimum ? value : minimum
            maximum = value > maximum ? value : maximum
        }
        return DayPartials.Cell(moments: Moments(values), minimum: minimum, maximum: maximum)
    }

    private mutating func count(_ codes: [Int32], _ order: ArraySlice<Int32>) {
        unsafe counts.withUnsafeMutableBufferPointer { counts in
            unsafe codes.withUnsafeBufferPointer { codes in
                unsafe order.withUnsafeBufferPointer { order in
                    for index in order.indices {
                        let code = unsafe codes[Int(order[index])]
                        if code >= 0 { unsafe counts[Int(code)] &+= 1 }
                    }
                }
            }
        }
    }

    /// What was counted, in the order of the codes, leaving nothing behind.
    private mutating func takeCounts<Meaning>(_ meanings: [Meaning]) -> ([Meaning], [Int]) {
        var found: [Meaning] = []
        var numbers: [Int] = []
        unsafe counts.withUnsafeMutableBufferPointer { counts in
            var entries = 0
            for code in meanings.indices where unsafe counts[code] > 0 { entries += 1 }
            found.reserveCapacity(entries)
            numbers.reserveCapacity(entries)
            for code in meanings.indices where unsafe counts[code] > 0 {
                found.append(meanings[code])
                unsafe numbers.append(Int(counts[code]))
                unsafe counts[code] = 0
            }
        }
        return (found, numbers)
    }

    /// Lays a group's values side by side and says how many there are.
    private mutating func gather(_ values: [Double], _ order: ArraySlice<Int32>) -> Int {
        unsafe gathered.withUnsafeMutableBufferPointer { gathered in
            unsafe values.withUnsafeBufferPointer { values in
                unsafe order.withUnsafeBufferPointer { order in
                    var n = 0
                    for index in order.indices {
                        let value = unsafe values[Int(order[index])]
                        unsafe gathered[n] = value
                        // A missing value is NaN, which differs from itself, and is overwritten by the next.
                        n &+= value == value ? 1 : 0
                    }
                    return n
                }
            }
        }
    }

    private mutating func hasFewDistinctValues(_ n: Int) -> Bool {
        table.clear()
        for index in 0..<n where table.add(gathered[index]) < 0 { return false }
        return true
    }

    private func write(_ values: [Double], _ numbers: [Int], to writer: inout ByteWriter) -> DayPartials.Cell? {
        guard let minimum = values.first, let maximum = values.last else { return nil }
        CountsCoding.write(values: values, counts: numbers, to: &writer)
        return DayPartials.Cell(
            moments: Moments(values: values, counts: numbers), minimum: minimum, maximum: maximum)
    }
}
