/// Inversions of a sequence of whole numbers.
enum Inversions {
    /// The pairs i < j with data[i] > data[j]. Cost: O(n log n), by merging.
    static func count(_ data: [Int32]) -> Int {
        var source = data
        var target = data
        var total = 0
        for start in stride(from: 0, to: data.count, by: shortest) {
            total += insert(&source, start, min(start + shortest, data.count))
        }
        var width = shortest
        while width < data.count {
            for start in stride(from: 0, to: data.count, by: 2 * width) {
                let middle = min(start + width, data.count)
                total += merge(source, into: &target, start, middle, min(middle + width, data.count))
            }
            swap(&source, &target)
            width *= 2
        }
        return total
    }

    /// Stretches of this length are sorted by insertion.
    private static let shortest = 8

    private static func insert(_ data: inout [Int32], _ start: Int, _ end: Int) -> Int {
        var crossed = 0
        for index in stride(from: start + 1, to: end, by: 1) {
            let value = data[index]
            var place = index
            while place > start, data[place - 1] > value {
                data[place] = data[place - 1]
                place -= 1
            }
            data[place] = value
            crossed += index - place
        }
        return crossed
    }

    private static func merge(
        _ source: [Int32], into merged: inout [Int32], _ start: Int, _ middle: Int, _ end: Int
    ) -> Int {
        let source = source.span
        var target = merged.mutableSpan
        var (left, right, index, crossed) = (start, middle, start, 0)
        // Without branches on the data, which nobody could foresee.
        while left < middle, right < end {
            let (a, b) = (source[left], source[right])
            let crosses = b < a
            target[index] = crosses ? b : a
            crossed &+= crosses ? middle &- left : 0
            right &+= crosses ? 1 : 0
            left &+= crosses ? 0 : 1
            index &+= 1
        }
        while left < middle {
            target[index] = source[left]
            (left, index) = (left + 1, index + 1)
        }
        while right < end {
            target[index] = source[right]
            (right, index) = (right + 1, index + 1)
        }
        return crossed
    }
}
