import Testing

@testable import Statistics

/// Expected sums of squares and states: the recursions of Hyndman & Athanasopoulos, *Forecasting: Principles and Practice*,
/// chapter 8, written in Python; linear ones solved by NumPy's `lstsq`, multiplicative ones by SciPy's `least_squares` to 1e-15
/// (2026-11-22).
@Suite("The initial state of exponential smoothing against least squares from elsewhere")
struct InitialStateTests {
    struct Model {
        var trend = SmoothingModel.Trend.none
        var season = SmoothingModel.Season.none
        var period = 1
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let data: [Double]
        let model: Model
        let weights: SmoothingWeights
        let rough: SmoothingState
        let squares: Double
        let state: SmoothingState
    }

    /// Box & Jenkins, *Time Series Analysis*, series G: thousands of airline passengers, 1949–1951.
    private static let passengers: [Double] = [
        112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133,
        114,
        140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166,
    ]
    private static let quarters = [1.2, 3.4, 2.2, 5.0, 1.5, 3.1, 2.9, 5.4, 2.1, 3.9, 2.6, 6.1, 2.0, 4.4, 3.3, 6.0]

    static let cases: [Case] = [
        Case(
            testDescription: "level", data: Array(passengers.prefix(12)), model: Model(),
            weights: SmoothingWeights(alpha: 0.3), rough: SmoothingState(level: 100),
            squares: 2253.430673696105, state: SmoothingState(level: 122.5204501755844)),
        Case(
            testDescription: "level and slope", data: Array(passengers.prefix(12)),
            model: Model(trend: .additive), weights: SmoothingWeights(alpha: 0.3, beta: 0.1),
            rough: SmoothingState(level: 100), squares: 2527.7806480410977,
            state: SmoothingState(level: 124.01836705196789, slope: 0.21212935537468958)),
        Case(
            testDescription: "damped slope", data: Array(passengers.prefix(12)),
            model: Model(trend: .damped), weights: SmoothingWeights(alpha: 0.5, beta: 0.2, phi: 0.9),
            rough: SmoothingState(level: 100), squares: 2095.0816553342274,
            state: SmoothingState(level: 110.34075308544912, slope: 5.563737870406417)),
        Case(
            testDescription: "four seasons added", data: quarters,
            model: Model(trend: .additive, season: .additive, period: 4),
            weights: SmoothingWeights(alpha: 0.3, beta: 0.1, gamma: 0.2),
            rough: SmoothingState(level: 3, seasonal: [-1, 0, 0, 1]), squares: 1.2367586084485158,
            state: SmoothingState(
                level: 2.7580435533352063, slope: 0.08006670559467104,
                seasonal: [-1.619979271394004, 0.2961377817724503, -0.727790692623477, 2.0516321822450307])),
        Case(
            testDescription: "twelve seasons added, damped", data: passengers,
            model: Model(trend: .damped, season: .additive, period: 12),
            weights: SmoothingWeights(alpha: 0.4, beta: 0.05, gamma: 0.3, phi: 0.95),
            rough: SmoothingState(level: 120, seasonal: [Double](repeating: 0, count: 12)), squares: 964.140234395555,
            state: SmoothingState(
                level: 121.55436025153074, slope: 1.5538207240569206,
                seasonal: [
                    -12.294073138916891, -6.054308839373331, 10.10205221232906, 1.7072857778516277, -3.948926122929947,
                    9.52770486823333, 25.551524111691872, 23.44055335061603, 8.682641790720414, -13.500842806343197,
                    -30.764757978190257, -12.448853225688712,
                ])),
        Case(
            testDescription: "four seasons multiplied", data: quarters,
            model: Model(season: .multiplicative, period: 4),
            weights: SmoothingWeights(alpha: 0.3, gamma: 0.2),
            rough: SmoothingState(level: 3, seasonal: [0.5, 1.1, 0.8, 1.6]), squares: 1.7786901940403879,
            state: SmoothingState(
                level: 3.154955926481089,
                seasonal: [0.4786335710738671, 1.0957250848184812, 0.7809060752349776, 1.6447352688726742])),
        Case(
            testDescription: "slope and four seasons multiplied", data: quarters,
            model: Model(trend: .additive, season: .multiplicative, period: 4),
            weights: SmoothingWeights(alpha: 0.2, beta: 0.1, gamma: 0.1),
            rough: SmoothingState(level: 3, slope: 0.05, seasonal: [0.5, 1.1, 0.8, 1.6]), squares: 1.3106279836623893,
            state: SmoothingState(
                level: 2.906267033691003, slope: 0.08912646945519602,
                seasonal: [0.5308179583817865, 1.0940223392028525, 0.7959639478349761, 1.5791957545803847])),
    ]

    @Test(arguments: cases) func isThatOfLeastSquares(_ item: Case) throws {
        let model = try SmoothingModel(trend: item.model.trend, season: item.model.season, period: item.model.period)
        let seasons: [InitialStateSearch.Part] =
            item.model.season == .none ? [] : (0..<item.model.period - 1).map { .season($0) }
        var search = InitialStateSearch(
            item.data, model, rough: item.rough,
            parts: [.level] + (item.model.trend == .none ? [] : [.slope]) + seasons)
        // A multiplicative season is left where a step would gain less than a millionth.
        let (squares, places) = item.model.season == .multiplicative ? (1e-6, 2e-3) : (1e-12, 1e-10)
        #expect(isClose(search.leastSquares(item.weights), item.squares, relative: squares))
        let state = search.state(item.weights)
        #expect(isClose(state.level, item.state.level, relative: places))
        #expect(isClose(state.slope, item.state.slope, relative: places))
        #expect(state.seasonal.count == item.state.seasonal.count)
        for (found, expected) in zip(state.seasonal, item.state.seasonal) {
            #expect(isClose(found, expected, relative: places))
        }
    }
}
