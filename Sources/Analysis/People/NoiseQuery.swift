import Model
import Statistics

/// A number of people's doings on one day that may be published with noise: what it counts, and how far one person can move
/// it at most.
public struct NoiseQuery: Sendable, Hashable {
    /// What is counted.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// People with a session on the day: one person moves it by 1.
        case activePeople = "active_people"
        /// Sessions of the day, at most `bound` of each person: one person moves it by `bound`.
        case sessions
        /// Minutes of the day in whole numbers, at most `bound` of each person: one person moves it by `bound`.
        case minutes
    }

    /// How the noise is distributed.
    public enum Mechanism: String, Sendable, Hashable, CaseIterable {
        /// Discrete Laplace of scale sensitivity/ε: (ε, 0).
        case laplace
        /// Discrete Gaussian of the variance that `DiscreteNoise.variance` gives: (ε, δ).
        case gaussian
    }

    /// What is counted.
    public var kind: Kind
    /// What the number costs.
    public var epsilon: Double
    /// How the noise is distributed.
    public var mechanism: Mechanism
    /// The chance that ε does not hold; 0 for Laplace.
    public var delta: Double
    /// The most that one person contributes.
    public var bound: Int

    /// Describes a number.
    public init(kind: Kind, epsilon: Double, mechanism: Mechanism = .laplace, delta: Double = 0, bound: Int? = nil) {
        self.kind = kind
        self.epsilon = epsilon
        self.mechanism = mechanism
        self.delta = mechanism == .laplace ? 0 : delta
        self.bound = kind == .activePeople ? 1 : bound ?? (kind == .sessions ? 3 : 120)
    }

    /// The largest variance that Gaussian noise is drawn with.
    public static let largestVariance = DiscreteNoise.largestVariance

    /// Whether the noise can be drawn: Gaussian noise only up to `DiscreteNoise.largestVariance`.
    public var isDrawable: Bool {
        mechanism == .laplace
            || DiscreteNoise.variance(sensitivity: sensitivity, epsilon: epsilon, delta: delta)
                <= DiscreteNoise.largestVariance
    }

    /// The least ε, in steps of a thousandth, at which Gaussian noise of the same bound and δ can be drawn.
    public var leastDrawableEpsilon: Double {
        let least = DiscreteNoise.leastEpsilon(sensitivity: sensitivity, delta: delta)
        return (least * 1_000).rounded(.up) / 1_000
    }

    /// How far one person who comes or goes moves the number at most.
    public var sensitivity: Int { bound }

    /// The true number of a day, with each person's part cut at the bound before anything is added up.
    public func value(_ facts: [PersonFact], on day: Day) -> Int {
        var parts: [String: Double] = [:]
        for fact in facts where fact.kind == .session && fact.day == day {
            parts[fact.person, default: 0] += kind == .minutes ? max(0, fact.measures[.minutes] ?? 0) : 1
        }
        return parts.values.reduce(0) { $0 + min(bound, Int($1.rounded(.down))) }
    }
}

/// A number with noise as it is published: once drawn it never changes.
public struct NoisyFigure: Sendable, Hashable {
    /// What was asked.
    public var query: NoiseQuery
    /// The day.
    public var day: Day
    /// The drawn number, never below 0 (cutting off afterwards tells nothing more); fails where the budget is used up.
    public var value: Answer<Int>

    /// Describes a figure.
    public init(query: NoiseQuery, day: Day, value: Answer<Int>) {
        self.query = query
        self.day = day
        self.value = value
    }

    /// Half the width within which the noise lies with 95 %.
    public var reach: Double {
        let sensitivity = Double(query.sensitivity)
        switch query.mechanism {
        case .laplace: return DiscreteNoise.laplaceReach(scale: sensitivity / query.epsilon)
        case .gaussian: return 1.959_963_984_540_054 * Double(variance).squareRoot()
        }
    }

    /// σ² of Gaussian noise in whole numbers, rounded up.
    public var variance: Int {
        DiscreteNoise.variance(sensitivity: query.sensitivity, epsilon: query.epsilon, delta: query.delta)
    }

    /// Draws the number that is published for a true one. ε counts in millionths, rounded down, so that the noise is never
    /// less than it promises.
    public static func drawn(
        _ value: Int, for query: NoiseQuery, using generator: inout some RandomNumberGenerator
    ) -> Answer<Int> {
        computed { () throws(Undefined) in
            switch query.mechanism {
            case .laplace:
                let noise = try DiscreteNoise.laplace(
                    numerator: query.sensitivity * 1_000_000,
                    denominator: Int((query.epsilon * 1_000_000).rounded(.down)), using: &generator)
                return max(0, value + noise)
            case .gaussian:
                let variance = DiscreteNoise.variance(
                    sensitivity: query.sensitivity, epsilon: query.epsilon, delta: query.delta)
                guard query.isDrawable else {
                    throw .outOfDomain("the variance of the noise is too large to be drawn exactly")
                }
                let noise = try DiscreteNoise.gaussian(
                    varianceNumerator: variance, denominator: 1, using: &generator)
                return max(0, value + noise)
            }
        }
    }
}
