/// The ascending order of keys or ranks, which are 64-bit numbers without pattern.
public enum KeyOrder {
    /// As many numbers may share their upper 33 bits before the plain sort takes over.
    private static let longestRun = 32

    /// Places in ascending order; equal numbers keep their order. O(n) for hashes, O(n log n) at worst.
    public static func ascending(_ numbers: [UInt64]) -> [Int32] {
        var keys = numbers
        var places = Array(0..<Int32(keys.count))
        guard keys.count > 256 else { return sorted(places, by: numbers) }
        var otherKeys = keys
        var otherPlaces = places
        for shift: UInt64 in [31, 42, 53] {
            scatter(keys, places, by: shift, into: &otherKeys, &otherPlaces)
            swap(&keys, &otherKeys)
            swap(&places, &otherPlaces)
        }
        guard runsAreShort(keys) else { return sorted(Array(0..<Int32(keys.count)), by: numbers) }
        finish(&keys, &places)
        return places
    }

    private static func sorted(_ places: [Int32], by numbers: [UInt64]) -> [Int32] {
        places.sorted { (numbers[Int($0)], $0) < (numbers[Int($1)], $1) }
    }

    private static func runsAreShort(_ keys: [UInt64]) -> Bool {
        var run = 0
        for index in 1..<keys.count {
            run = keys[index] >> 31 == keys[index - 1] >> 31 ? run + 1 : 0
            if run > longestRun { return false }
        }
        return true
    }

    /// One stable pass over eleven bits.
    private static func scatter(
        _ ranks: [UInt64], _ places: [Int32], by shift: UInt64, into ranksOut: inout [UInt64],
        _ placesOut: inout [Int32]
    ) {
        var starts = [Int](repeating: 0, count: 2049)
        for rank in ranks { starts[Int(rank >> shift & 2047) + 1] += 1 }
        for digit in 1...2048 { starts[digit] += starts[digit - 1] }
        for index in ranks.indices {
            let digit = Int(ranks[index] >> shift & 2047)
            ranksOut[starts[digit]] = ranks[index]
            placesOut[starts[digit]] = places[index]
            starts[digit] += 1
        }
    }

    /// Insertion for the few whose upper 33 bits are equal.
    private static func finish(_ ranks: inout [UInt64], _ places: inout [Int32]) {
        for index in 1..<ranks.count {
            var place = index
            while place > 0, ranks[place - 1] > ranks[place] {
                ranks.swapAt(place - 1, place)
                places.swapAt(place - 1, place)
                place -= 1
            }
        }
    }
}
