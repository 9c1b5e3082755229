extension Moments {
    /// The sum of the values.
    public var sum: Double { mean * Double(n) }

    /// The variance with divisor n − 1; nil below two values.
    public var variance: Double? { n > 1 ? m2 / Double(n - 1) : nil }

    /// The square root of `variance`; nil below two values.
    public var standardDeviation: Double? { variance?.squareRoot() }

    /// The standard error of the mean, `sd / √n`; nil below two values.
    public var standardError: Double? { variance.map { ($0 / Double(n)).squareRoot() } }

    /// The skewness of the values themselves, `g1 = √n · m3 / m2^(3/2)`; nil where all values are equal.
    public var skewness: Double? {
        guard m2 > 0 else { return nil }
        return m3 / m2 * (Double(n) / m2).squareRoot()
    }

    /// The excess kurtosis of the values themselves, `g2 = n · m4 / m2² − 3`; nil where all values are equal.
    public var excessKurtosis: Double? {
        guard m2 > 0 else { return nil }
        return Double(n) * (m4 / m2) / m2 - 3
    }

    /// The skewness corrected for bias, `G1 = g1 · √(n (n − 1)) / (n − 2)`; nil below three values or without spread.
    public var sampleSkewness: Double? {
        guard n > 2, let skewness else { return nil }
        let count = Double(n)
        return skewness * (count * (count - 1)).squareRoot() / (count - 2)
    }

    /// The excess kurtosis corrected for bias, `G2 = ((n + 1) g2 + 6) (n − 1) / ((n − 2)(n − 3))`; nil below four
    /// values or without spread.
    public var sampleExcessKurtosis: Double? {
        guard n > 3, let excessKurtosis else { return nil }
        let count = Double(n)
        return ((count + 1) * excessKurtosis + 6) * (count - 1) / ((count - 2) * (count - 3))
    }
}
