/// Sorting of values that spread over their range, by the cell of 2²² equal ones into which they fall.
///
/// Two passes by the digits of the cell leave every value next to its place, and insertion does the rest. Data that crowd
/// beside an outlier would leave too much to insertion: then there is no result, and the caller sorts by bits.
enum CellSort {
    private static let digitBits = 11
    private static let digits = 1 << digitBits
    /// How many places a value may be moved by insertion, on average.
    private static let patience = 4

    /// From values to cells, never falling where the values rise.
    private struct Cells {
        let low: Double
        let scale: Double

        /// nil for values that are all equal or whose range cannot be divided.
        init?(_ data: Span<Double>) {
            let (_, low, high) = Lanes.range(data)
            self.low = low
            scale = Double(digits * digits - 1) / (high - low)
            guard scale.isFinite, scale > 0 else { return nil }
        }

        @inline(__always) func callAsFunction(_ value: Double) -> Int {
            // At most 2²² − 1 up to a rounding, which the mask of the digits would turn around.
            min(digits * digits - 1, Int((value - low) * scale))
        }
    }

    /// The values in ascending order; nil where cells do not separate them. `data` is not empty and finite.
    static func ascending(_ data: [Double]) -> [Double]? {
        guard let cells = Cells(data.span) else { return nil }
        var starts = Self.starts(data.span, cells)
        var first = [Double](repeating: 0, count: data.count)
        var second = first
        scatter(data.span, &first, &starts, cells, shift: 0, from: 0)
        scatter(first.span, &second, &starts, cells, shift: digitBits, from: digits)
        var moves = patience * data.count
        var values = second.mutableSpan
        for index in 1..<values.count where values[index] < values[index - 1] {
            let value = values[index]
            var place = index
            repeat {
                values[place] = values[place - 1]
                place -= 1
            } while place > 0 && value < values[place - 1]
            values[place] = value
            moves -= index - place
            if moves < 0 { return nil }
        }
        return second
    }

    private static func scatter(
        _ source: Span<Double>, _ target: inout [Double], _ starts: inout [Int], _ cells: Cells, shift: Int, from: Int
    ) {
        var target = target.mutableSpan
        var next = starts.mutableSpan
        for index in source.indices {
            let value = source[index]
            let digit = from + (cells(value) >> shift) & (digits - 1)
            target[next[digit]] = value
            next[digit] &+= 1
        }
    }

    /// The indices in ascending order of their values, equal ones in their order; nil where cells do not separate them.
    static func order(_ data: [Double]) -> [Int32]? {
        guard let cells = Cells(data.span) else { return nil }
        var starts = Self.starts(data.span, cells)
        var first = [Int32](repeating: 0, count: data.count)
        var second = first
        let values = data.span
        for index in values.indices {
            place(cells(values[index]) & (digits - 1), Int32(truncatingIfNeeded: index), &first, &starts)
        }
        for index in first { place(digits + cells(values[Int(index)]) >> digitBits, index, &second, &starts) }
        var moves = patience * data.count
        var order = second.mutableSpan
        var last = values[Int(order[0])]
        for index in 1..<order.count {
            let moved = order[index]
            let value = values[Int(moved)]
            guard value < last else {
                last = value
                continue
            }
            var place = index
            repeat {
                order[place] = order[place - 1]
                place -= 1
            } while place > 0 && value < values[Int(order[place - 1])]
            order[place] = moved
            moves -= index - place
            if moves < 0 { return nil }
        }
        return second
    }

    @inline(__always)
    private static func place(_ digit: Int, _ index: Int32, _ target: inout [Int32], _ starts: inout [Int]) {
        target[starts[digit]] = index
        starts[digit] &+= 1
    }

    /// Where the values of each lower digit start, and then those of each upper digit.
    private static func starts(_ data: Span<Double>, _ cells: Cells) -> [Int] {
        var counts = [Int](repeating: 0, count: 2 * digits)
        var next = counts.mutableSpan
        for index in data.indices {
            let cell = cells(data[index])
            next[cell & (digits - 1)] &+= 1
            next[digits + cell >> digitBits] &+= 1
        }
        for part in [0..<digits, digits..<2 * digits] {
            var start = 0
            for digit in part { (next[digit], start) = (start, start + next[digit]) }
        }
        return counts
    }
}
