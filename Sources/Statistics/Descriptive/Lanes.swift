/// Eight compensated sums side by side: every addition keeps what it rounds away (Knuth's two-sum, without a branch).
///
/// Terms come as plain sums of at most 32 each, so that what is rounded away grows with 32 terms and not with their number.
private struct LaneSum {
    private var sum = SIMD8<Double>.zero
    private var rest = SIMD8<Double>.zero

    @inline(__always) mutating func add(_ term: SIMD8<Double>) {
        let next = sum + term
        let back = next - sum
        rest += (sum - (next - back)) + (term - back)
        sum = next
    }

    /// The sum of all lanes.
    var value: Double {
        var total = CompensatedSum()
        for lane in 0..<8 { total.add(sum[lane]) }
        for lane in 0..<8 { total.add(rest[lane]) }
        return total.value
    }
}

/// Passes over an array in eight lanes, near the pace of memory.
enum Lanes {
    /// The sum and the extremes of at least one value; the sum is not finite where a value is not.
    static func range(_ values: Span<Double>) -> (total: Double, low: Double, high: Double) {
        var sum = LaneSum()
        var low = SIMD8<Double>(repeating: values[0])
        var high = low
        forBlocks(values) { block in
            var part = SIMD8<Double>.zero
            forEach(values, in: block, padding: values[0]) { lanes in
                part += lanes
                low.replace(with: lanes, where: lanes .< low)
                high.replace(with: lanes, where: lanes .> high)
            }
            sum.add(part)
        }
        // The first value, which filled up the last lanes, is taken off again.
        var padded = SIMD8<Double>.zero
        for lane in 0..<8 where values.count % 8 > 0 && lane >= values.count % 8 { padded[lane] = -values[0] }
        sum.add(padded)
        return (sum.value, low.min(), high.max())
    }

    /// Σd and Σd² of d = (x − centre)·inverse, and two zeros.
    static func squares(_ values: Span<Double>, around centre: Double, inverse: Double) -> [Double] {
        var (s1, s2) = (LaneSum(), LaneSum())
        forBlocks(values) { block in
            var (p1, p2) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
            forEach(values, in: block, padding: centre) { lanes in
                let d = (lanes - centre) * inverse
                p1 += d
                p2 += d * d
            }
            s1.add(p1)
            s2.add(p2)
        }
        return [s1.value, s2.value, 0, 0]
    }

    /// Σd, Σd², Σd³ and Σd⁴ of d = (x − centre)·inverse.
    static func powers(_ values: Span<Double>, around centre: Double, inverse: Double) -> [Double] {
        var (s1, s2, s3, s4) = (LaneSum(), LaneSum(), LaneSum(), LaneSum())
        forBlocks(values) { block in
            var (p1, p2, p3, p4) = (
                SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero
            )
            forEach(values, in: block, padding: centre) { lanes in
                let d = (lanes - centre) * inverse
                let square = d * d
                p1 += d
                p2 += square
                p3 += square * d
                p4 += square * square
            }
            s1.add(p1)
            s2.add(p2)
            s3.add(p3)
            s4.add(p4)
        }
        return [s1.value, s2.value, s3.value, s4.value]
    }

    private static let blockLength = 32 * 8

    /// Calls `body` with the ranges of blocks, the last one shorter.
    @inline(__always) private static func forBlocks(_ values: Span<Double>, _ body: (Range<Int>) -> Void) {
        for start in stride(from: 0, to: values.count, by: blockLength) {
            body(start..<min(values.count, start + blockLength))
        }
    }

    /// Calls `body` with eight values of a block after another, the last ones filled up.
    @inline(__always) private static func forEach(
        _ values: Span<Double>, in block: Range<Int>, padding: Double, _ body: (SIMD8<Double>) -> Void
    ) {
        let whole = block.lowerBound + block.count & ~7
        for index in stride(from: block.lowerBound, to: whole, by: 8) {
            body(
                SIMD8(
                    values[index], values[index + 1], values[index + 2], values[index + 3], values[index + 4],
                    values[index + 5], values[index + 6], values[index + 7]))
        }
        guard whole < block.upperBound else { return }
        var last = SIMD8<Double>(repeating: padding)
        for index in whole..<block.upperBound { last[index - whole] = values[index] }
        body(last)
    }
}
