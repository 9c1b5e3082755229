/// The error-correction recursion of exponential smoothing, in the form of Holt and Winters.
struct SmoothingRecursion {
    let model: SmoothingModel
    let weights: SmoothingWeights
    private(set) var state: SmoothingState
    private var place = 0

    init(_ model: SmoothingModel, _ weights: SmoothingWeights, _ state: SmoothingState) {
        (self.model, self.weights, self.state) = (model, weights, state)
    }

    /// The forecast of the next value.
    var expected: Double { seasoned(trendLevel) }

    private var trendLevel: Double { state.level + weights.phi * state.slope }

    private func seasoned(_ level: Double) -> Double {
        switch model.season {
        case .none: level
        case .additive: level + state.seasonal[place]
        case .multiplicative: level * state.seasonal[place]
        }
    }

    /// Takes in a value and gives back what it differed by.
    mutating func advance(_ y: Double) -> Double {
        guard model.season != .none else {
            var none = 0.0
            return step(y, model, weights, &state.level, &state.slope, &none)
        }
        let error = step(y, model, weights, &state.level, &state.slope, &state.seasonal[place])
        place = (place + 1) % model.period
        return error
    }

    /// What each of `count` values differs by from eight starting states side by side, value by value; values beyond the data
    /// are 0.
    static func errors(
        of data: [Double], count: Int, _ model: SmoothingModel, _ weights: SmoothingWeights, from start: StateLanes,
        into errors: inout [SIMD8<Double>]
    ) {
        var lanes = start
        var none = SIMD8<Double>()
        var place = 0
        for index in 0..<count {
            let y = index < data.count ? data[index] : 0
            if model.season == .none {
                errors[index] = step(y, model, weights, &lanes.level, &lanes.slope, &none)
            } else {
                errors[index] = step(y, model, weights, &lanes.level, &lanes.slope, &lanes.seasonal[place])
                place = place + 1 == model.period ? 0 : place + 1
            }
        }
    }

    /// The state with the season of the next step in front.
    var current: SmoothingState {
        var turned = state
        turned.seasonal = Array(state.seasonal[place...] + state.seasonal[..<place])
        return turned
    }

    /// The forecasts of the next steps.
    static func forecast(
        _ model: SmoothingModel, _ weights: SmoothingWeights, _ state: SmoothingState, steps: Int
    ) -> [Double] {
        var (damping, reach) = (weights.phi, 0.0)
        return (0..<max(0, steps)).map { step in
            reach += damping
            damping *= weights.phi
            let level = state.level + reach * state.slope
            switch model.season {
            case .none: return level
            case .additive: return level + state.seasonal[step % model.period]
            case .multiplicative: return level * state.seasonal[step % model.period]
            }
        }
    }
}

/// What the recursion runs on: one number, or several side by side.
private protocol SmoothingNumber {
    static func every(_ value: Double) -> Self
    static func + (left: Self, right: Self) -> Self
    static func - (left: Self, right: Self) -> Self
    static func * (left: Self, right: Self) -> Self
    static func / (left: Self, right: Self) -> Self
}

extension Double: SmoothingNumber {
    @inline(__always) fileprivate static func every(_ value: Double) -> Double { value }
}

extension SIMD8: SmoothingNumber where Scalar == Double {
    @inline(__always) fileprivate static func every(_ value: Double) -> SIMD8<Double> { SIMD8(repeating: value) }
}

/// One step: the level, slope and season move, and what the value differed by comes back.
@inline(__always)
private func step<Number: SmoothingNumber>(
    _ y: Double, _ model: SmoothingModel, _ weights: SmoothingWeights, _ level: inout Number, _ slope: inout Number,
    _ season: inout Number
) -> Number {
    let given = Number.every(y)
    let ahead = level + Number.every(weights.phi) * slope
    let before = level
    let error: Number
    let adjusted: Number
    switch model.season {
    case .none: (error, adjusted) = (given - ahead, given)
    case .additive: (error, adjusted) = (given - (ahead + season), given - season)
    case .multiplicative: (error, adjusted) = (given - ahead * season, given / season)
    }
    level = Number.every(weights.alpha) * adjusted + Number.every(1 - weights.alpha) * ahead
    if model.trend != .none {
        slope =
            Number.every(weights.beta) * (level - before) + Number.every((1 - weights.beta) * weights.phi) * slope
    }
    switch model.season {
    case .none: break
    case .additive:
        season = Number.every(weights.gamma) * (given - ahead) + Number.every(1 - weights.gamma) * season
    case .multiplicative:
        season = Number.every(weights.gamma) * (given / ahead) + Number.every(1 - weights.gamma) * season
    }
    return error
}
