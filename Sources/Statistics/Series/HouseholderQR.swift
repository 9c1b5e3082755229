/// A tall matrix as Q·R by Householder reflections, for least squares without normal equations.
struct HouseholderQR {
    /// The unit vectors of the reflections, each 0 before its own position.
    private let reflectors: [[Double]]
    /// The upper triangle by rows: r[i][j] for j ≥ i.
    let r: [[Double]]

    /// Factors columns of equal length n ≥ their number. Throws `.collinear` when a column adds less than `tolerance` of
    /// its own length to the space of those before it.
    init(columns: [[Double]], tolerance: Double = 1e-13) throws(Undefined) {
        let n = columns.first?.count ?? 0
        let groups = stride(from: 0, to: columns.count, by: 8).map { first in
            (0..<n).map { row in
                var lanes = SIMD8<Double>()
                for lane in 0..<min(8, columns.count - first) { lanes[lane] = columns[first + lane][row] }
                return lanes
            }
        }
        try self.init(lanes: groups, count: columns.count, tolerance: tolerance)
    }

    /// Factors `count` columns that stand side by side: of each group of eight, row by row; lanes beyond the count hold 0.
    ///
    /// Every sum runs over the rows in their order with the correction of `CompensatedSum`; eight of them at a time only
    /// keep each other from waiting. O(n·count²).
    init(lanes: [[SIMD8<Double>]], count k: Int, tolerance: Double) throws(Undefined) {
        var work = lanes
        let n = lanes.first?.count ?? 0
        var r = [[Double]](repeating: [Double](repeating: 0, count: k), count: k)
        var reflectors: [[Double]] = []
        let lengths = work.map { Self.lengths($0, from: 0) }
        var tails = lengths
        for j in 0..<k {
            let (group, lane) = (j / 8, j % 8)
            let tail = tails[group][lane]
            guard tail > tolerance * lengths[group][lane], tail.isFinite else { throw .collinear }
            let alpha = work[group][j][lane] > 0 ? -tail : tail
            var v = [Double](repeating: 0, count: n)
            for i in j..<n { v[i] = work[group][i][lane] }
            v[j] -= alpha
            let norm = Self.length(v, from: j)
            for i in j..<n { v[i] /= norm }
            for i in 0..<j { r[i][j] = work[group][i][lane] }
            r[j][j] = alpha
            if j + 1 < k {
                for later in (j + 1) / 8..<work.count { tails[later] = Self.reflect(&work[later], v, from: j) }
            }
            reflectors.append(v)
        }
        self.r = r
        self.reflectors = reflectors
    }

    /// The columns of Q, each of the matrix's height.
    var q: [[Double]] {
        reflectors.indices.map { index in
            var column = [Double](repeating: 0, count: reflectors[index].count)
            column[index] = 1
            for j in reflectors.indices.reversed() { Self.reflect(&column, reflectors[j], from: j) }
            return column
        }
    }

    /// Solves R·b = c.
    func backSolve(_ c: [Double]) -> [Double] {
        var b = c
        for i in c.indices.reversed() {
            var sum = CompensatedSum()
            sum.add(c[i])
            for j in c.indices.dropFirst(i + 1) { sum.add(-r[i][j] * b[j]) }
            b[i] = sum.value / r[i][i]
        }
        return b
    }

    /// Q′·y.
    func project(_ y: [Double]) -> [Double] {
        var turned = y
        for (j, v) in reflectors.enumerated() { Self.reflect(&turned, v, from: j) }
        return Array(turned[..<reflectors.count])
    }

    /// The rows of R⁻¹Q′: how each observation moves each coefficient.
    var influences: [[Double]] {
        let k = r.count
        let q = self.q
        let inverse = (0..<k).map { column in backSolve((0..<k).map { $0 == column ? 1 : 0 }) }
        return (0..<k).map { row in
            q[0].indices.map { t in (row..<k).map { inverse[$0][row] * q[$0][t] }.compensatedSum }
        }
    }

    private static func length(_ v: [Double], from start: Int) -> Double {
        var sum = CompensatedSum()
        for i in start..<v.count { sum.add(v[i] * v[i]) }
        return sum.value.squareRoot()
    }

    private static func lengths(_ rows: [SIMD8<Double>], from start: Int) -> SIMD8<Double> {
        var sums = CompensatedLanes()
        for i in start..<rows.count { sums.add(rows[i] * rows[i]) }
        return sums.value.squareRoot()
    }

    /// Reflects eight columns and gives back the lengths of what lies below the row.
    private static func reflect(
        _ rows: inout [SIMD8<Double>], _ v: [Double], from start: Int
    ) -> SIMD8<Double> {
        var dots = CompensatedLanes()
        for i in start..<v.count { dots.add(v[i] * rows[i]) }
        let twice = 2 * dots.value
        rows[start] -= twice * v[start]
        var squares = CompensatedLanes()
        for i in start + 1..<v.count {
            let moved = rows[i] - twice * v[i]
            rows[i] = moved
            squares.add(moved * moved)
        }
        return squares.value.squareRoot()
    }

    private static func reflect(_ x: inout [Double], _ v: [Double], from start: Int) {
        var dot = CompensatedSum()
        for i in start..<x.count { dot.add(v[i] * x[i]) }
        let twice = 2 * dot.value
        for i in start..<x.count { x[i] -= twice * v[i] }
    }
}

/// Eight sums with the correction of `CompensatedSum`, bit for bit; the error of each addition is found without a
/// comparison.
///
/// Source: D. E. Knuth, The Art of Computer Programming 2, 4.2.2, theorem B.
private struct CompensatedLanes {
    private var sum = SIMD8<Double>()
    private var correction = SIMD8<Double>()

    @inline(__always) mutating func add(_ terms: SIMD8<Double>) {
        let next = sum + terms
        let part = next - sum
        correction += (sum - (next - part)) + (terms - part)
        sum = next
    }

    var value: SIMD8<Double> { sum + correction }
}
