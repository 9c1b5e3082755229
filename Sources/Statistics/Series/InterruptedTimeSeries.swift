/// Segmented regression of a series around a dated change.
///
/// yₜ = β₀ + β₁t + β₂·[t ≥ start] + β₃·(t − start)·[t ≥ start] + seasonal steps, with t = 0, 1, 2 …
/// By default each error may depend on the one before (Prais and Winsten's regression).
///
/// β₂ is the change of level and β₃ the change of slope. The design has no control group: what else changed at the same
/// time is not told apart. Source: J. Lopez Bernal et al., Int. J. Epidemiol. 46 (2017), doi:10.1093/ije/dyw098.
public struct InterruptedTimeSeries: Sendable, Hashable {
    /// What is taken of the errors.
    public enum Errors: Sendable, Hashable {
        /// Each depends on the one before: `Regression.init(autoregressive:y:level:)`.
        case autoregressive
        /// They are independent.
        case classical
        /// Newey–West with a lag, nil for its default. It rejects far too often below some hundreds of steps.
        case neweyWest(lag: Int?)
    }

    /// The regression behind it; the columns are constant, t, step, t after the start, then seasonal steps.
    public let regression: Regression
    /// The position of the first value after the change.
    public let start: Int
    /// The length of a season; nil without seasonal steps.
    public let period: Int?
    private let design: [[Double]]

    /// The slope before the change, per step.
    public var slopeBefore: Coefficient { regression.coefficients[1] }
    /// The change of level at the start.
    public var levelChange: Coefficient { regression.coefficients[2] }
    /// The change of slope, per step.
    public var slopeChange: Coefficient { regression.coefficients[3] }

    /// Fits a series without gaps.
    ///
    /// - Parameters:
    ///   - y: The values in order.
    ///   - start: The position of the first value after the change; at least two values on either side.
    ///   - period: The length of a season, at least 2; nil fits none.
    ///   - errors: autoregressive unless told otherwise.
    ///   - level: The level of the intervals.
    ///
    /// Throws `.tooFew`, `.nonFinite`, `.outOfDomain`, `.collinear` when a season is not seen often enough. Cost: that
    /// of `Regression` with 4 columns and one for each further season.
    public init(
        _ y: [Double], start: Int, period: Int? = nil, errors: Errors = .autoregressive,
        level: Double = 0.95
    ) throws(Undefined) {
        try Undefined.require(min(start, y.count - start), atLeast: 2)
        if let period, period < 2 { throw .outOfDomain("a season has at least 2 steps, not \(period)") }
        let steps = y.indices.map(Double.init)
        let after = y.indices.map { $0 >= start }
        let seasons = (1..<max(1, period ?? 1)).map { season in
            y.indices.map { $0 % (period ?? 1) == season ? 1.0 : 0 }
        }
        design =
            [
                steps.map { _ in 1 }, steps, after.map { $0 ? 1 : 0 },
                y.indices.map { after[$0] ? Double($0 - start) : 0 },
            ] + seasons
        switch errors {
        case .autoregressive: regression = try Regression(autoregressive: design, y: y, level: level)
        case .classical: regression = try Regression(columns: design, y: y, level: level)
        case .neweyWest(let lag):
            regression = try Regression(columns: design, y: y, errors: .neweyWest(lag: lag), level: level)
        }
        (self.start, self.period) = (start, period)
    }

    /// What the fit expects at a position had nothing changed, with the interval of that mean.
    ///
    /// Throws `.outOfDomain` for a position outside the series.
    public func counterfactual(at index: Int) throws(Undefined) -> Coefficient {
        var row = try self.row(index)
        (row[2], row[3]) = (0, 0)
        return try regression.mean(at: row)
    }

    /// The fitted mean at a position. Throws `.outOfDomain` for a position outside the series.
    public func fitted(at index: Int) throws(Undefined) -> Coefficient { try regression.mean(at: row(index)) }

    /// The change against the counterfactual at a position from `start` on: β₂ + β₃·(index − start).
    ///
    /// Throws `.outOfDomain` for a position outside the series.
    public func effect(at index: Int) throws(Undefined) -> Coefficient {
        var row = try self.row(index)
        for column in row.indices where column != 2 && column != 3 { row[column] = 0 }
        return try regression.mean(at: row)
    }

    private func row(_ index: Int) throws(Undefined) -> [Double] {
        guard design[0].indices.contains(index) else {
            throw .outOfDomain("a position lies in the series, not \(index)")
        }
        return design.map { $0[index] }
    }
}
