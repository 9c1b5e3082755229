/// The shared arithmetic of the three t tests: a difference, its standard error and degrees of freedom.
struct MeanDifference {
    let difference: Double
    let standardError: Double
    let df: Double

    /// t = difference / standard error.
    var t: Double { difference / standardError }

    /// Throws `.constant` when the standard error is 0.
    init(_ difference: Double, squaredError: Double, df: Double) throws(Undefined) {
        guard squaredError > 0 else { throw .constant }
        self.difference = difference
        standardError = squaredError.squareRoot()
        self.df = df
    }

    func interval(level: Double) throws(Undefined) -> Interval {
        try Undefined.requireLevel(level)
        return Interval(
            centre: difference, reach: StudentT.critical(level: level, df: df) * standardError, level: level)
    }
}
