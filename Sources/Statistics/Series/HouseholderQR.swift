/// A tall matrix as Q·R by Householder reflections, for least squares without normal equations.
struct HouseholderQR {
    /// The unit vectors of the reflections, each 0 before its own position.
    private let reflectors: [[Double]]
    /// The upper triangle by rows: r[i][j] for j ≥ i.
    let r: [[Double]]

    /// Factors columns of equal length n ≥ their number. Throws `.collinear` when a column adds less than `tolerance` of
    /// its own length to the space of those before it.
    init(columns: [[Double]], tolerance: Double = 1e-13) throws(Undefined) {
        var work = columns
        let (n, k) = (columns.first?.count ?? 0, columns.count)
        var r = [[Double]](repeating: [Double](repeating: 0, count: k), count: k)
        var reflectors: [[Double]] = []
        for j in 0..<k {
            let tail = Self.length(work[j], from: j)
            guard tail > tolerance * Self.length(columns[j], from: 0), tail.isFinite else { throw .collinear }
            let alpha = work[j][j] > 0 ? -tail : tail
            var v = [Double](repeating: 0, count: n)
            for i in j..<n { v[i] = work[j][i] }
            v[j] -= alpha
            let norm = Self.length(v, from: j)
            for i in j..<n { v[i] /= norm }
            for column in j..<k { Self.reflect(&work[column], v, from: j) }
            for i in 0...j { r[i][j] = work[j][i] }
            r[j][j] = alpha
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
        v[start...].lazy.map { $0 * $0 }.compensatedSum.squareRoot()
    }

    private static func reflect(_ x: inout [Double], _ v: [Double], from start: Int) {
        var dot = CompensatedSum()
        for i in start..<x.count { dot.add(v[i] * x[i]) }
        let twice = 2 * dot.value
        for i in start..<x.count { x[i] -= twice * v[i] }
    }
}
