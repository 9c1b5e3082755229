/// Number, mean and the sums of the second to fourth powers of deviations from the mean, in a form that adds up.
///
/// With `mk = Σ (x − mean)^k`. Values must be finite; a NaN makes every moment NaN. Merging follows the pairwise
/// formulas of Chan, Golub and LeVeque (DOI 10.1007/978-3-642-51461-6_3) as Pébay and others extend them to higher
/// powers (DOI 10.1007/s00180-015-0637-z). Merging in another order gives the same result up to rounding.
public struct Moments: Sendable, Hashable {
    /// How many values.
    public private(set) var n: Int
    /// Their mean; 0 where there are none.
    public private(set) var mean: Double
    /// The sum of squared deviations.
    public private(set) var m2: Double
    /// The sum of cubed deviations.
    public private(set) var m3: Double
    /// The sum of deviations to the fourth power.
    public private(set) var m4: Double

    /// The moments of no values. Cost: constant.
    public init() { self.init(n: 0, mean: 0, m2: 0, m3: 0, m4: 0) }

    /// Moments from their parts, as an encoding holds them. Nothing is checked.
    public init(n: Int, mean: Double, m2: Double, m3: Double, m4: Double) {
        self.n = n
        self.mean = mean
        self.m2 = m2
        self.m3 = m3
        self.m4 = m4
    }

    /// The moments of an array, by two passes; the order of the values matters only for rounding.
    public init(_ values: [Double]) { self.init(values.span) }

    /// The moments of values that lie side by side, by two passes.
    public init(_ values: Span<Double>) {
        guard let centre = Moments.mean(of: values) else {
            self.init()
            return
        }
        // Four lanes, because one chain of additions would wait for itself.
        var (s1, s2, s3, s4) = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)
        func add(_ d: SIMD4<Double>) {
            let square = d * d
            s1 += d
            s2 += square
            s3 += square * d
            s4 += square * square
        }
        let whole = values.count & ~3
        for index in stride(from: 0, to: whole, by: 4) {
            add(SIMD4(values[index], values[index + 1], values[index + 2], values[index + 3]) - centre)
        }
        for index in whole..<values.count { add(SIMD4(values[index] - centre, 0, 0, 0)) }
        self.init(n: values.count, centre: centre, s1: s1.sum(), s2: s2.sum(), s3: s3.sum(), s4: s4.sum())
    }

    /// The mean up to rounding, from differences to the first value, so that large values with a small spread keep
    /// their digits; nil if there are no values.
    private static func mean(of values: Span<Double>) -> Double? {
        guard values.count > 0 else { return nil }
        let first = values[0]
        var sums = SIMD4<Double>.zero
        let whole = values.count & ~3
        for index in stride(from: 0, to: whole, by: 4) {
            sums += SIMD4(values[index], values[index + 1], values[index + 2], values[index + 3]) - first
        }
        for index in whole..<values.count { sums[0] += values[index] - first }
        return first + sums.sum() / Double(values.count)
    }

    /// The same with the mean as the Double nearest to the exact one, however the values are ordered, so that samples with one
    /// mean have one number for it. Where moments are stored and compared by their bytes, the other initializer stays as it is.
    public init(exactly values: [Double]) {
        self.init(values)
        guard !values.isEmpty else { return }
        var sum = CompensatedSum()
        for value in values { sum.add(value) }
        mean = sum.quotient(by: values.count)
    }

    /// The moments of distinct values that occur more than once; `counts` has as many entries.
    public init(values: [Double], counts: [Int]) {
        guard let first = values.first else {
            self.init()
            return
        }
        let n = counts.reduce(0, +)
        var sum = 0.0
        for (value, count) in zip(values, counts) { sum += (value - first) * Double(count) }
        let centre = first + sum / Double(n)
        var (s1, s2, s3, s4) = (0.0, 0.0, 0.0, 0.0)
        for (value, count) in zip(values, counts) {
            let d = value - centre
            let weighted = d * d * Double(count)
            s1 += d * Double(count)
            s2 += weighted
            s3 += weighted * d
            s4 += weighted * d * d
        }
        self.init(n: n, centre: centre, s1: s1, s2: s2, s3: s3, s4: s4)
    }

    /// The moments from sums of powers of the differences to any `centre` near the mean; `n` is above 0.
    ///
    /// Digits are lost in the measure in which the centre is far from the mean compared with the spread.
    public init(n: Int, centre: Double, s1: Double, s2: Double, s3: Double, s4: Double) {
        let count = Double(n)
        let shift = s1 / count
        self.init(
            n: n, mean: centre + shift, m2: max(0, s2 - shift * s1),
            m3: s3 - 3 * shift * s2 + 2 * count * shift * shift * shift,
            m4: max(0, s4 - 4 * shift * s3 + 6 * shift * shift * s2 - 3 * count * shift * shift * shift * shift))
    }

    /// Adds one value. Cost: constant. A NaN makes every moment NaN.
    public mutating func add(_ value: Double) { merge(Moments(n: 1, mean: value, m2: 0, m3: 0, m4: 0)) }

    /// Adds every value of an array.
    public mutating func add(_ values: [Double]) { merge(Moments(values)) }

    /// Adds the values that other moments stand for.
    public mutating func merge(_ other: Moments) {
        guard other.n > 0 else { return }
        guard n > 0 else {
            self = other
            return
        }
        let (a, b) = (Double(n), Double(other.n))
        let total = a + b
        let d = other.mean - mean
        let share = d / total
        m4 +=
            other.m4 + share * share * share * d * a * b * (a * a - a * b + b * b)
            + 6 * share * share * (a * a * other.m2 + b * b * m2) + 4 * share * (a * other.m3 - b * m3)
        m3 += other.m3 + share * share * d * a * b * (a - b) + 3 * share * (a * other.m2 - b * m2)
        m2 += other.m2 + d * share * a * b
        mean += share * b
        n += other.n
    }

    /// Takes values out again that were merged before.
    ///
    /// The inverse of `merge` up to rounding: where the rest is small or its spread is small beside what is taken out,
    /// digits are lost. Use it only where an exact result is not needed. Taking out more than there is leaves nothing.
    public mutating func subtract(_ other: Moments) {
        guard other.n > 0 else { return }
        guard n > other.n else {
            self = Moments()
            return
        }
        let (total, b) = (Double(n), Double(other.n))
        let a = total - b
        let rest = (total * mean - b * other.mean) / a
        let d = other.mean - rest
        let share = d / total
        let rest2 = max(0, m2 - other.m2 - d * share * a * b)
        let rest3 = m3 - other.m3 - share * share * d * a * b * (a - b) - 3 * share * (a * other.m2 - b * rest2)
        let rest4 =
            m4 - other.m4 - share * share * share * d * a * b * (a * a - a * b + b * b)
            - 6 * share * share * (a * a * other.m2 + b * b * rest2) - 4 * share * (a * other.m3 - b * rest3)
        self = Moments(n: n - other.n, mean: rest, m2: rest2, m3: rest3, m4: max(0, rest4))
    }
}
