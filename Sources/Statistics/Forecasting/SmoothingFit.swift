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
        var search = InitialStateSearch(data, model, rough: rough, parts: freeStates)
        var best: (point: SIMD4<Double>, value: Double)?
        for alpha in [0.2, 0.8] {
            let found = NelderMead.minimise(
                from: start(alpha: alpha), dimensions: model.weightCount, step: 1, evaluations: 160
            ) { point in
                let sum = search.leastSquares(weights(point))
                return sum.isFinite ? sum : .greatestFiniteMagnitude
            }
            if found.value < best?.value ?? .infinity { best = found }
        }
        let chosen = weights(best?.point ?? start(alpha: 0.2))
        return (chosen, search.state(chosen))
    }

    // MARK: Weights on the whole line

    private func start(alpha: Double) -> SIMD4<Double> {
        var point = SIMD4<Double>()
        point[0] = Self.unbounded(alpha, 0, 1)
        var place = 1
        if model.trend != .none { Self.put(Self.unbounded(0.1, 0, 1), in: &point, at: &place) }
        if model.season != .none { Self.put(Self.unbounded(0.15, 0, 1), in: &point, at: &place) }
        if model.trend == .damped { Self.put(Self.unbounded(0.92, 0.8, 0.995), in: &point, at: &place) }
        return point
    }

    private static func put(_ value: Double, in point: inout SIMD4<Double>, at place: inout Int) {
        point[place] = value
        place += 1
    }

    private func weights(_ point: SIMD4<Double>) -> SmoothingWeights {
        let hasTrend = model.trend != .none
        let season = hasTrend ? 2 : 1
        return SmoothingWeights(
            alpha: Self.bounded(point[0], 0, 1), beta: hasTrend ? Self.bounded(point[1], 0, 1) : 0,
            gamma: model.season == .none ? 0 : Self.bounded(point[season], 0, 1),
            phi: model.trend == .damped ? Self.bounded(point[model.weightCount - 1], 0.8, 0.995) : 1)
    }

    private static func bounded(_ x: Double, _ low: Double, _ high: Double) -> Double {
        low + (high - low) / (1 + exp(-x))
    }

    private static func unbounded(_ x: Double, _ low: Double, _ high: Double) -> Double {
        log((x - low) / (high - x))
    }

    // MARK: The initial state

    /// The parts of the state that are solved for; the last seasonal value follows from the others.
    private var freeStates: [InitialStateSearch.Part] {
        [.level] + (model.trend == .none ? [] : [.slope])
            + (fitsSeason ? (0..<model.period - 1).map { .season($0) } : [])
    }

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
