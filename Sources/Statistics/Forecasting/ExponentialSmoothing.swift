/// An exponential smoothing model fitted to a series by least squared one-step errors, which for normal errors of one
/// variance is the likelihood.
///
/// The weights are searched by Nelder and Mead; for every trial of them the initial state is solved by Gauss–Newton, which is
/// exact for additive models. Source: R. J. Hyndman et al., Forecasting with Exponential Smoothing (2008),
/// doi:10.1007/978-3-540-71918-2.
public struct ExponentialSmoothing: Sendable, Hashable {
    /// The parts of the model.
    public let model: SmoothingModel
    /// The number of values.
    public let n: Int
    /// The weights.
    public let weights: SmoothingWeights
    /// The state before the first value.
    public let initial: SmoothingState
    /// The state after the last value.
    public let final: SmoothingState
    /// Value − forecast one step before, in order.
    public let residuals: [Double]
    /// How many numbers were fitted.
    public let fitted: Int

    /// Σ residual².
    public var sumOfSquares: Double { residuals.lazy.map { $0 * $0 }.compensatedSum }

    /// Σ residual²/(n − fitted), at least one degree of freedom being left.
    public var variance: Double { sumOfSquares / Double(Swift.max(1, n - fitted)) }

    /// n·log(SSE/n) + 2k + 2k(k + 1)/(n − k − 1) with k = fitted + 1; nil when n is too small for it.
    public var aicc: Double? {
        let (size, k) = (Double(n), Double(fitted + 1))
        guard size > k + 1 else { return nil }
        return size * log(Swift.max(sumOfSquares, 1e-300) / size) + 2 * k + 2 * k * (k + 1) / (size - k - 1)
    }

    /// Runs given weights from a given state over a series without gaps.
    ///
    /// Throws `.empty`, `.nonFinite`, `.unequalLengths` for a state of another season, `.overflow` when the recursion leaves
    /// the finite numbers.
    public init(
        _ data: [Double], model: SmoothingModel, weights: SmoothingWeights, initial: SmoothingState
    ) throws(Undefined) {
        try self.init(data, model: model, weights: weights, initial: initial, fitted: 0)
    }

    /// Fits weights and initial state. Up to a period of 24 the initial season is fitted too, above it is read from the data.
    ///
    /// Throws `.tooFew` below two seasons and two more values than fitted numbers, `.nonFinite`, `.outOfDomain` for a
    /// multiplicative season with values not above 0.
    public init(_ data: [Double], model: SmoothingModel) throws(Undefined) {
        let problem = try SmoothingFit(data, model)
        let (weights, state) = problem.solve()
        try self.init(data, model: model, weights: weights, initial: state, fitted: problem.parameters)
    }

    /// Fits every model that the data allow and keeps the one with the least AICc.
    ///
    /// Throws `.tooFew` when not even the plain level can be fitted, and `.nonFinite`.
    public init(automatic data: [Double], period: Int = 1) throws(Undefined) {
        var best = try ExponentialSmoothing(data, model: SmoothingModel())
        for trend in SmoothingModel.Trend.allCases {
            for season in SmoothingModel.Season.allCases where season == .none || period >= 2 {
                let model = try SmoothingModel(trend: trend, season: season, period: period)
                guard SmoothingFit.allows(data, model) else { continue }
                let candidate = try ExponentialSmoothing(data, model: model)
                guard let score = candidate.aicc, score.isFinite else { continue }
                if score < best.aicc ?? .infinity { best = candidate }
            }
        }
        self = best
    }

    private init(
        _ data: [Double], model: SmoothingModel, weights: SmoothingWeights, initial: SmoothingState, fitted: Int
    ) throws(Undefined) {
        try Undefined.require(data.count, atLeast: 1)
        try Undefined.requireFinite(data)
        let seasons = model.season == .none ? 0 : model.period
        guard initial.seasonal.count == seasons else { throw .unequalLengths(initial.seasonal.count, seasons) }
        var recursion = SmoothingRecursion(model, weights, initial)
        residuals = data.map { recursion.advance($0) }
        (self.model, n, self.weights, self.initial) = (model, data.count, weights, initial)
        (final, self.fitted) = (recursion.current, fitted)
        guard residuals.allSatisfy(\.isFinite), final.level.isFinite else { throw .overflow }
    }

    /// The next `steps` values with prediction intervals of the given level.
    ///
    /// Without a multiplicative season the intervals follow the variance formula; with one they are quantiles of seeded paths.
    /// The uncertainty of the fitted weights is not in them. Throws `.outOfDomain`, and `.tooFew` below 100 paths.
    public func forecast(
        steps: Int, level: Double = 0.95, seed: UInt64 = 1, paths: Int = 2000
    ) throws(Undefined) -> Forecast {
        try Undefined.requireLevel(level)
        guard steps >= 1 else { throw .outOfDomain("at least one step, not \(steps)") }
        let values = SmoothingRecursion.forecast(model, weights, final, steps: steps)
        if model.season != .multiplicative {
            return Forecast(values: values, variances: variances(steps), level: level)
        }
        try Undefined.require(paths, atLeast: 100)
        let intervals = try simulated(steps, level: level, seed: seed, paths: paths)
        return Forecast(values: values, intervals: intervals, method: .simulated)
    }

    /// σ²(1 + Σ cⱼ²) with cⱼ = α + αβ(φ + … + φʲ) + γ(1 − α)·[j is a whole season].
    private func variances(_ steps: Int) -> [Double] {
        var (sum, reach, damping) = (1.0, 0.0, 1.0)
        return (1...steps).map { step in
            let now = variance * sum
            damping *= weights.phi
            reach += damping
            let season = model.season == .additive && step % model.period == 0 ? weights.gamma * (1 - weights.alpha) : 0
            let slope = model.trend == .none ? 0 : weights.alpha * weights.beta * reach
            let c = weights.alpha + slope + season
            sum += c * c
            return now
        }
    }

    private func simulated(_ steps: Int, level: Double, seed: UInt64, paths: Int) throws(Undefined) -> [Interval] {
        var generator = SeededGenerator(seed: seed)
        var reached = [[Double]](repeating: [], count: steps)
        for _ in 0..<paths {
            var recursion = SmoothingRecursion(model, weights, final)
            for step in 0..<steps {
                let value = recursion.expected + generator.normal(sd: variance.squareRoot())
                _ = recursion.advance(value)
                reached[step].append(value)
            }
        }
        return try reached.map { (values) throws(Undefined) -> Interval in
            let quantiles = try Quantiles(values)
            return Interval(
                low: quantiles.unchecked((1 - level) / 2), high: quantiles.unchecked((1 + level) / 2), level: level)
        }
    }
}
