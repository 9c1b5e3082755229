/// Sorting of finite values in ascending order.
///
/// Long arrays that spread over their range are sorted by cells (`CellSort`), others by the digits of an order-preserving integer key, least significant digit first, over the 33 bits
/// below the highest bit in which the keys differ; what those bits leave unsettled stands next to its place and is moved
/// there by insertion. Where that would be far (values crowded beside a wide range), the lower digits are sorted as well.
/// The time is proportional to the length. Short arrays are sorted by comparison.
enum FiniteSort {
    /// Below this length a comparison sort is faster.
    private static let radixMinimum = 1024
    private static let digitBits = 11
    private static let digits = 1 << digitBits
    /// How many places a key may be moved by insertion, on average, before the lower digits are sorted instead.
    private static let patience = 4

    /// The values in ascending order. Cost: proportional to the length.
    static func ascending(_ data: [Double]) -> [Double] {
        guard data.count >= radixMinimum else { return data.sorted() }
        if let sorted = CellSort.ascending(data) { return sorted }
        var keys = data.map(key)
        let span = differing(keys)
        var other = [UInt64](repeating: 0, count: keys.count)
        let upper = Swift.max(0, span - 3 * digitBits)
        sort(&keys, &other, from: upper, to: span)
        if upper > 0, !insert(&keys) { sort(&keys, &other, from: 0, to: span) }
        return keys.map(value)
    }

    /// The indices of the values in ascending order; equal values keep their order. Cost: proportional to the length.
    static func order(_ data: [Double]) -> [Int32] {
        guard data.count >= radixMinimum else {
            return data.indices.sorted { (data[$0], $0) < (data[$1], $1) }.map(Int32.init(truncatingIfNeeded:))
        }
        if let order = CellSort.order(data) { return order }
        var keys = data.map(key)
        let span = differing(keys)
        var places = (0..<Int32(data.count)).map { $0 }
        var otherKeys = [UInt64](repeating: 0, count: keys.count)
        var otherPlaces = [Int32](repeating: 0, count: keys.count)
        let upper = Swift.max(0, span - 3 * digitBits)
        sort(&keys, &places, &otherKeys, &otherPlaces, from: upper, to: span)
        if upper > 0, !insert(&keys, &places) {
            // Not stable any more where insertion gave up, so the lower digits start from the original order.
            keys = data.map(key)
            places = (0..<Int32(data.count)).map { $0 }
            sort(&keys, &places, &otherKeys, &otherPlaces, from: 0, to: span)
        }
        return places
    }

    /// The indices in ascending order of one column, and where that is equal, of the other.
    static func order(_ first: [Double], then second: [Double]) -> [Int] {
        order(first, then: order(second))
    }

    /// The indices in ascending order of a column, and where that is equal, in the order given.
    static func order(_ first: [Double], then inner: [Int32]) -> [Int] {
        order(inner.map { first[Int($0)] }).map { Int(inner[Int($0)]) }
    }

    /// How many low bits hold all differences between the keys.
    private static func differing(_ keys: [UInt64]) -> Int {
        let first = keys[0]
        var bits: UInt64 = 0
        for key in keys { bits |= key ^ first }
        return 64 - bits.leadingZeroBitCount
    }

    private static func sort(_ keys: inout [UInt64], _ other: inout [UInt64], from low: Int, to high: Int) {
        for shift in stride(from: low, to: high, by: digitBits) {
            guard var next = starts(keys, shift) else { continue }
            scatter(keys.span, &other, &next, shift)
            swap(&keys, &other)
        }
    }

    private static func sort(
        _ keys: inout [UInt64], _ places: inout [Int32], _ otherKeys: inout [UInt64], _ otherPlaces: inout [Int32],
        from low: Int, to high: Int
    ) {
        for shift in stride(from: low, to: high, by: digitBits) {
            guard var next = starts(keys, shift) else { continue }
            scatter(keys.span, places.span, &otherKeys, &otherPlaces, &next, shift)
            swap(&keys, &otherKeys)
            swap(&places, &otherPlaces)
        }
    }

    // The loops below work on spans, which are checked for their bounds but not for other owners at every step.

    private static func scatter(_ keys: Span<UInt64>, _ other: inout [UInt64], _ next: inout [Int], _ shift: Int) {
        var target = other.mutableSpan
        var place = next.mutableSpan
        for index in keys.indices {
            let key = keys[index]
            let digit = Int(truncatingIfNeeded: key >> UInt64(shift)) & (digits - 1)
            target[place[digit]] = key
            place[digit] &+= 1
        }
    }

    private static func scatter(
        _ keys: Span<UInt64>, _ places: Span<Int32>, _ otherKeys: inout [UInt64], _ otherPlaces: inout [Int32],
        _ next: inout [Int], _ shift: Int
    ) {
        var targetKeys = otherKeys.mutableSpan
        var targetPlaces = otherPlaces.mutableSpan
        var place = next.mutableSpan
        for index in keys.indices {
            let key = keys[index]
            let digit = Int(truncatingIfNeeded: key >> UInt64(shift)) & (digits - 1)
            let to = place[digit]
            targetKeys[to] = key
            targetPlaces[to] = places[index]
            place[digit] = to &+ 1
        }
    }

    /// Where the keys of each digit start; nil when all keys share the digit and nothing has to move.
    private static func starts(_ keys: [UInt64], _ shift: Int) -> [Int]? {
        var next = [Int](repeating: 0, count: digits)
        for key in keys { next[Int(truncatingIfNeeded: key >> UInt64(shift)) & (digits - 1)] &+= 1 }
        if next[Int(truncatingIfNeeded: keys[0] >> UInt64(shift)) & (digits - 1)] == keys.count { return nil }
        var start = 0
        for digit in next.indices { (next[digit], start) = (start, start + next[digit]) }
        return next
    }

    /// Settles keys that agree in their upper bits; false when too much has to move.
    private static func insert(_ keys: inout [UInt64]) -> Bool {
        var moves = patience * keys.count
        for index in 1..<keys.count where keys[index] < keys[index - 1] {
            let key = keys[index]
            var place = index
            repeat {
                keys[place] = keys[place - 1]
                place -= 1
            } while place > 0 && key < keys[place - 1]
            keys[place] = key
            moves -= index - place
            if moves < 0 { return false }
        }
        return true
    }

    private static func insert(_ keys: inout [UInt64], _ places: inout [Int32]) -> Bool {
        var moves = patience * keys.count
        for index in 1..<keys.count where keys[index] < keys[index - 1] {
            let (key, moved) = (keys[index], places[index])
            var place = index
            repeat {
                keys[place] = keys[place - 1]
                places[place] = places[place - 1]
                place -= 1
            } while place > 0 && key < keys[place - 1]
            keys[place] = key
            places[place] = moved
            moves -= index - place
            if moves < 0 { return false }
        }
        return true
    }

    /// Integers in the order of the values: negative values have all bits turned, others only the sign bit.
    @inline(__always) private static func key(_ value: Double) -> UInt64 {
        let bits = (value + 0).bitPattern
        return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
    }

    @inline(__always) private static func value(_ key: UInt64) -> Double {
        Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
    }
}
