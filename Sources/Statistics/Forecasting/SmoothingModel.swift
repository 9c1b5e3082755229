/// Which parts an exponential smoothing model has.
public struct SmoothingModel: Sendable, Hashable {
    /// The trend.
    public enum Trend: String, Sendable, Hashable, CaseIterable {
        /// A level alone (simple exponential smoothing).
        case none
        /// A level and a slope that goes on (Holt).
        case additive
        /// A slope that fades by φ each step (E. S. Gardner, E. McKenzie 1985, doi:10.1287/mnsc.31.10.1237).
        case damped
    }

    /// The season.
    public enum Season: String, Sendable, Hashable, CaseIterable {
        /// None.
        case none
        /// Added to the level.
        case additive
        /// Multiplied with the level; for values above 0.
        case multiplicative
    }

    /// The trend.
    public let trend: Trend
    /// The season.
    public let season: Season
    /// The length of a season; 1 without one.
    public let period: Int

    /// Throws `.outOfDomain` for a season with a period below 2.
    public init(trend: Trend = .none, season: Season = .none, period: Int = 1) throws(Undefined) {
        guard season == .none || period >= 2 else { throw .outOfDomain("a season has at least 2 steps, not \(period)") }
        (self.trend, self.season) = (trend, season)
        self.period = season == .none ? 1 : period
    }

    /// The weights that are fitted.
    var weightCount: Int { 1 + (trend == .none ? 0 : 1) + (season == .none ? 0 : 1) + (trend == .damped ? 1 : 0) }

    /// The values of the state that are fitted; seasonal ones sum to a constant and lose one.
    var stateCount: Int { 1 + (trend == .none ? 0 : 1) + (season == .none ? 0 : period - 1) }
}

/// The weights of a smoothing recursion.
public struct SmoothingWeights: Sendable, Hashable {
    /// The weight of the newest value in the level, 0 to 1.
    public var alpha: Double
    /// The weight of the newest step of the level in the slope (β*), 0 to 1.
    public var beta: Double
    /// The weight of the newest value in its season, 0 to 1.
    public var gamma: Double
    /// What remains of the slope from step to step; 1 without damping.
    public var phi: Double

    /// Takes weights as they are.
    public init(alpha: Double, beta: Double = 0, gamma: Double = 0, phi: Double = 1) {
        (self.alpha, self.beta, self.gamma, self.phi) = (alpha, beta, gamma, phi)
    }
}

/// The state of a smoothing recursion at one time.
public struct SmoothingState: Sendable, Hashable {
    /// The level.
    public var level: Double
    /// The slope per step.
    public var slope: Double
    /// The seasonal values of the next steps, the nearest first; empty without a season.
    public var seasonal: [Double]

    /// Takes a state as it is.
    public init(level: Double, slope: Double = 0, seasonal: [Double] = []) {
        (self.level, self.slope, self.seasonal) = (level, slope, seasonal)
    }
}
