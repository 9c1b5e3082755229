/// Sorting of finite values in ascending order.
///
/// Long arrays are sorted by the bytes of an order-preserving integer key (least significant digit first), which takes
/// time proportional to the length; short arrays by comparison.
enum FiniteSort {
    /// Below this length a comparison sort is faster.
    private static let radixMinimum = 2048
    private static let digitBits = 11

    static func ascending(_ data: [Double]) -> [Double] {
        guard data.count >= radixMinimum else { return data.sorted() }
        var keys = data.map(key)
        var other = [UInt64](repeating: 0, count: keys.count)
        for shift in stride(from: 0, to: 64, by: digitBits) where scatter(keys, into: &other, shift: shift) {
            swap(&keys, &other)
        }
        return keys.map(value)
    }

    /// Moves the keys into the order of one digit; false when all keys share that digit and nothing had to move.
    private static func scatter(_ keys: [UInt64], into target: inout [UInt64], shift: Int) -> Bool {
        let mask = UInt64(1 << digitBits - 1)
        var next = [Int](repeating: 0, count: 1 << digitBits)
        for key in keys { next[Int(key >> UInt64(shift) & mask)] += 1 }
        if next[Int(keys[0] >> UInt64(shift) & mask)] == keys.count { return false }
        var start = 0
        for digit in next.indices { (next[digit], start) = (start, start + next[digit]) }
        for key in keys {
            let digit = Int(key >> UInt64(shift) & mask)
            target[next[digit]] = key
            next[digit] += 1
        }
        return true
    }

    /// Integers in the order of the values: negative values have all bits turned, others only the sign bit.
    private static func key(_ value: Double) -> UInt64 {
        let bits = (value + 0).bitPattern
        return bits >> 63 == 1 ? ~bits : bits | 1 << 63
    }

    private static func value(_ key: UInt64) -> Double {
        Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
    }
}
