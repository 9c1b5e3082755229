/// The search for the weights and the initial state of an exponential smoothing model.
struct SmoothingFit {
    /// Above this period the initial season is read from the data instead of being fitted.
    private static let fittedPeriodLimit = 24

    private let data: [Double]
    private let model: SmoothingModel
    private let rough: SmoothingState
    private let fitsSeason: Bool

    /// How many numbers are fitted.
    var parameters: Int { model.weightCount + model.stateCount }

    init(_ data: [Double], _ model: SmoothingModel) throws(Undefined) {
        try Undefined.requireFinite(data)
        try Undefined.require(data.count, atLeast: Self.needed(model))
        guard model.season != .multiplicative || data.allSatisfy({ $0 > 0 }) else {
            throw .outOfDomain("a multiplicative season needs values above 0")
        }
        (self.data, self.model) = (data, model)
        rough = Self.roughState(data, model)
        fitsSeason = model.season != .none && model.period <= Self.fittedPeriodLimit
    }

    /// Whether a fit can be tried.
    static func allows(_ data: [Double], _ model: SmoothingModel) -> Bool {
        data.count >= needed(model) && (model.season != .multiplicative || data.allSatisfy { $0 > 0 })
    }

    private static func needed(_ model: SmoothingModel) -> Int {
        max(2 * model.period, model.weightCount + model.stateCount + 2)
    }

    func solve() -> (SmoothingWeights, SmoothingState) {
        var best: (point: [Double], value: Double) = ([], .infinity)
        for alpha in [0.2, 0.8] {
            let found = NelderMead.minimise(from: start(alpha: alpha), step: 1, evaluations: 160) { point in
                score(weights(point))
            }
            if found.value < best.value || best.point.isEmpty { best = found }
        }
        let chosen = weights(best.point)
        return (chosen, fitted(chosen).state)
    }

    private func score(_ weights: SmoothingWeights) -> Double {
        let sum = squares(fitted(weights).errors)
        return sum.isFinite ? sum : .greatestFiniteMagnitude
    }

    // MARK: Weights on the whole line

    private func start(alpha: Double) -> [Double] {
        var point = [Self.unbounded(alpha, 0, 1)]
        if model.trend != .none { point.append(Self.unbounded(0.1, 0, 1)) }
        if model.season != .none { point.append(Self.unbounded(0.15, 0, 1)) }
        if model.trend == .damped { point.append(Self.unbounded(0.92, 0.8, 0.995)) }
        return point
    }

    private func weights(_ point: [Double]) -> SmoothingWeights {
        var rest = point[...]
        let alpha = Self.bounded(rest.removeFirst(), 0, 1)
        let beta = model.trend == .none ? 0 : Self.bounded(rest.removeFirst(), 0, 1)
        let gamma = model.season == .none ? 0 : Self.bounded(rest.removeFirst(), 0, 1)
        let phi = model.trend == .damped ? Self.bounded(rest.removeFirst(), 0.8, 0.995) : 1
        return SmoothingWeights(alpha: alpha, beta: beta, gamma: gamma, phi: phi)
    }

    private static func bounded(_ x: Double, _ low: Double, _ high: Double) -> Double {
        low + (high - low) / (1 + exp(-x))
    }

    private static func unbounded(_ x: Double, _ low: Double, _ high: Double) -> Double {
        log((x - low) / (high - x))
    }

    // MARK: The initial state

    private enum Part { case level, slope, season(Int) }

    /// The parts of the state that are solved for; the last seasonal value follows from the others.
    private var freeStates: [Part] {
        [.level] + (model.trend == .none ? [] : [.slope])
            + (fitsSeason ? (0..<model.period - 1).map { Part.season($0) } : [])
    }

    /// The state with the least squared errors for given weights, by up to three Gauss–Newton steps, and these errors.
    private func fitted(_ weights: SmoothingWeights) -> (state: SmoothingState, errors: [Double]) {
        var state = rough
        var errors = residuals(weights, state)
        let parts = freeStates
        var sizes = [SIMD8<Double>](repeating: .one, count: (parts.count + 7) / 8)
        for (place, part) in parts.enumerated() { sizes[place / 8][place % 8] = step(part) }
        for _ in 0..<(model.season == .multiplicative ? 3 : 1) {
            var columns = SmoothingRecursion.errors(
                of: data, model, weights, from: parts.map { changed(state, $0, by: step($0)) })
            // Weights for which the state leaves no trace in the errors keep the rough one.
            guard SmoothingFit.turnIntoSlopes(&columns, of: errors, by: sizes),
                let qr = try? HouseholderQR(lanes: columns, count: parts.count, tolerance: 1e-9)  // see above
            else { break }
            let moves = qr.backSolve(qr.project(errors))
            let next = zip(parts, moves).reduce(state) { changed($0, $1.0, by: $1.1) }
            let trial = residuals(weights, next)
            guard squares(trial) < squares(errors) else { break }
            (state, errors) = (next, trial)
        }
        return (state, errors)
    }

    /// How fast the errors fall as each part of the state grows; false where that is not finite.
    private static func turnIntoSlopes(
        _ moved: inout [[SIMD8<Double>]], of errors: [Double], by sizes: [SIMD8<Double>]
    ) -> Bool {
        for group in moved.indices {
            for place in errors.indices {
                let slope = (errors[place] - moved[group][place]) / sizes[group]
                if any((slope - slope) .!= SIMD8<Double>()) { return false }
                moved[group][place] = slope
            }
        }
        return true
    }

    private func step(_ part: Part) -> Double {
        if case .season = part, model.season == .multiplicative { return 1e-4 }
        return max(abs(rough.level) * 1e-4, 1e-8)
    }

    private func changed(_ state: SmoothingState, _ part: Part, by amount: Double) -> SmoothingState {
        var next = state
        switch part {
        case .level: next.level += amount
        case .slope: next.slope += amount
        case .season(let index):
            next.seasonal[index] += amount
            next.seasonal[model.period - 1] -= amount
        }
        return next
    }

    private func residuals(_ weights: SmoothingWeights, _ state: SmoothingState) -> [Double] {
        var recursion = SmoothingRecursion(model, weights, state)
        return data.map { recursion.advance($0) }
    }

    private func squares(_ errors: [Double]) -> Double { errors.reduce(0) { $0 + $1 * $1 } }

    /// Level and slope from the means of the first two seasons, the season from the first two of them.
    private static func roughState(_ data: [Double], _ model: SmoothingModel) -> SmoothingState {
        let m = model.period
        let first = data.prefix(m).compensatedSum / Double(m)
        let second = data.dropFirst(m).prefix(m).compensatedSum / Double(min(m, data.count - m))
        let slope = model.trend == .none ? 0 : (second - first) / Double(m)
        guard model.season != .none else { return SmoothingState(level: data[0] - slope, slope: slope) }
        let multiplicative = model.season == .multiplicative
        var seasonal = (0..<m).map { place in
            let (a, b) = (data[place], data[m + place])
            return multiplicative ? (a / first + b / second) / 2 : (a - first + b - second) / 2
        }
        let centre = seasonal.compensatedSum / Double(m) - (multiplicative ? 1 : 0)
        for place in 0..<m { seasonal[place] -= centre }
        return SmoothingState(level: first - slope * Double(m + 1) / 2, slope: slope, seasonal: seasonal)
    }
}
