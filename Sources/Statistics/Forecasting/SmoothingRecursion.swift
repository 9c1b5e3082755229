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
        let error = y - expected
        let ahead = trendLevel
        let before = state.level
        let season = model.season == .none ? 0 : state.seasonal[place]
        let adjusted =
            switch model.season {
            case .none: y
            case .additive: y - season
            case .multiplicative: y / season
            }
        state.level = weights.alpha * adjusted + (1 - weights.alpha) * ahead
        if model.trend != .none {
            state.slope = weights.beta * (state.level - before) + (1 - weights.beta) * weights.phi * state.slope
        }
        switch model.season {
        case .none: break
        case .additive: state.seasonal[place] = weights.gamma * (y - ahead) + (1 - weights.gamma) * season
        case .multiplicative: state.seasonal[place] = weights.gamma * (y / ahead) + (1 - weights.gamma) * season
        }
        if model.season != .none { place = (place + 1) % model.period }
        return error
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
