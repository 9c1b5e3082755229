/// Scores the values of a series one after another, each by what came before it and nothing else.
///
/// What is expected is the mean of the last ten values; with a period, the mean of the last whole season plus the median of
/// how the last five values of the same season differed from theirs. The interval is expected ± the 95 % quantile of the
/// last 1,000 absolute errors. A value outside it is scored by novelty: for the value, for the mean and the mean absolute
/// deviation of the last 10 and of the last 30 values, and for the seasonal error, the distance to the nearest that this
/// quantity has ever been, over the range that it has covered (but for the outermost values that one far observation can
/// have caused). The largest novelty g counts, all but the value's own at half weight, and the score is g/(g + 1/20): an
/// anomaly is a value that lies a twentieth of the range away from everything seen before.
///
/// There is nothing to tune and no distribution is assumed; a level that has been visited before is familiar again. Steady
/// drift is no anomaly, because the errors before set the interval. The first 10 values
/// are only learnt from. From the 11th to the 30th, when ranges and errors are still too few, what is expected is the mean of all
/// values so far, the interval is Student's prediction interval of one more at a level of 99.9 %, and a value is an anomaly if it
/// lies outside; its score is then t/(t + t₀) with t₀ the bound. While all values were equal nothing is judged.
/// Distance to the nearest neighbour as strangeness follows E. Burnaev, V. Ishimtsev (2016), doi:10.48550/arXiv.1608.04585,
/// and R. Laxhammar, G. Falkman, Ann. Math. Artif. Intell. 74 (2015), doi:10.1007/s10472-013-9381-7.
/// Cost: a few microseconds and a bounded memory per value, whatever the length.
public struct StreamingAnomalyScores: Sendable {
    /// The nominal coverage of the intervals.
    public static let level = 0.95
    /// The novelty at which the score is a half.
    public static let threshold = 0.05

    private static let spans = [10, 30]
    private static let warmUp = 30
    private static let fewest = 10
    private static let earlyLevel = 0.999
    private static let largest = 1e300

    /// The length of a season; 1 without one.
    public let period: Int

    private var expectation: SeasonalExpectation
    private var errors = SlidingQuantile(length: 1000)
    private var recent: [Double] = []
    private var memories: [Memory]
    /// The first values, as long as they are too few for memories.
    private var first = Moments()
    /// The very first value, and whether another one has come.
    private var oldest: Double?
    private var hasVaried = false

    /// One quantity with its weight and what it has been.
    private struct Memory: Sendable {
        let cause: AnomalyScore.Cause
        let span: Int
        let weight: Double
        var familiar: FamiliarValues

        init(_ cause: AnomalyScore.Cause, span: Int = 1, weight: Double) {
            (self.cause, self.span, self.weight) = (cause, span, weight)
            familiar = FamiliarValues(setAside: span)
        }
    }

    /// Starts without any value. Throws `.outOfDomain` for a period below 1.
    public init(period: Int = 1) throws(Undefined) {
        guard period >= 1 else { throw .outOfDomain("a season has at least 1 step, not \(period)") }
        self.period = period
        expectation = SeasonalExpectation(period: period)
        memories = [Memory(.value, weight: 1)]
        for span in Self.spans {
            memories.append(Memory(.level, span: span, weight: 0.5))
            memories.append(Memory(.spread, span: span, weight: 0.5))
        }
        if period > 1 { memories.append(Memory(.season, weight: 0.5)) }
    }

    /// Scores a whole series; the scores of its beginning do not depend on what follows.
    ///
    /// A nil is a gap: it gets an expectation and no score, and moves the season on. An empty series has no scores. Throws
    /// `.nonFinite`, `.overflow` for a value beyond ±1e300, `.outOfDomain`.
    public static func scores(_ data: [Double?], period: Int = 1) throws(Undefined) -> [AnomalyScore] {
        var stream = try StreamingAnomalyScores(period: period)
        return try data.map { (value) throws(Undefined) in try stream.take(value) }
    }

    /// Takes the next value, or nil for a gap, and scores it. Throws `.nonFinite`, `.overflow` for a value beyond ±1e300;
    /// the stream is then as before.
    public mutating func take(_ value: Double?) throws(Undefined) -> AnomalyScore {
        if let value {
            guard value.isFinite else { throw .nonFinite }
            guard abs(value) <= Self.largest else { throw .overflow }
        }
        let next = expectation.next
        let expected = next?.value
        let interval = expected.flatMap(band)
        expectation.take(value)
        guard let value else {
            return AnomalyScore(
                value: nil, expected: expected, interval: interval, score: nil, cause: nil, isJudged: false)
        }
        let early = first.n < Self.warmUp ? Prediction(first) : nil
        let isEarly = first.n < Self.warmUp
        if isEarly { first.add(value) }
        hasVaried = hasVaried || oldest.map { $0 != value } ?? false
        if oldest == nil { oldest = value }
        if let expected { errors.insert(abs(value - expected)) }
        recent.append(value)
        if recent.count > Self.spans.max() ?? 1 { recent.removeFirst() }
        let (novelty, cause) = remember(value, seasonal: next?.isSeasonal == true ? expected : nil)
        let isOutside = interval.map { !$0.contains(value) } ?? false
        if isEarly {
            let score = early?.score(value, level: Self.earlyLevel) ?? 0
            return AnomalyScore(
                value: value, expected: early?.mean ?? expected,
                interval: early?.interval(level: Self.earlyLevel) ?? interval, score: score,
                cause: score > 0 ? .value : nil, isJudged: early != nil)
        }
        guard isOutside, novelty > 0 else {
            return AnomalyScore(
                value: value, expected: expected, interval: interval, score: 0, cause: nil, isJudged: hasVaried)
        }
        let score = novelty.isFinite ? novelty / (novelty + Self.threshold) : 1
        return AnomalyScore(
            value: value, expected: expected, interval: interval, score: score, cause: cause, isJudged: true)
    }

    /// Student's prediction of one more value from a few that do not depend on each other.
    private struct Prediction {
        let mean: Double
        private let error: Double
        private let df: Double

        /// Nil below 10 values, and where they differ by rounding at most.
        init?(_ values: Moments) {
            guard values.n >= StreamingAnomalyScores.fewest, let variance = values.variance else { return nil }
            let error = (variance * (1 + 1 / Double(values.n))).squareRoot()
            guard error > 1e-12 * abs(values.mean), error.isFinite else { return nil }
            (mean, self.error, df) = (values.mean, error, Double(values.n - 1))
        }

        func interval(level: Double) -> Interval {
            Interval(centre: mean, reach: StudentT.critical(level: level, df: df) * error, level: level)
        }

        /// 0 inside the interval of a level, else t/(t + its bound).
        func score(_ value: Double, level: Double) -> Double {
            let (t, bound) = (abs(value - mean) / error, StudentT.critical(level: level, df: df))
            return t <= bound ? 0 : t.isFinite ? t / (t + bound) : 1
        }
    }

    private func band(_ expected: Double) -> Interval? {
        guard errors.count >= 20, let reach = errors(Self.level) else { return nil }
        return Interval(centre: expected, reach: reach, level: Self.level)
    }

    /// The largest novelty and its cause; every quantity is remembered.
    private mutating func remember(
        _ value: Double, seasonal: Double?
    ) -> (novelty: Double, cause: AnomalyScore.Cause?) {
        var (most, cause) = (0.0, AnomalyScore.Cause?.none)
        let rounding = recent.reduce(0) { max($0, abs($1)) } * 1e-12
        for index in memories.indices {
            guard let quantity = quantity(memories[index], value, seasonal) else { continue }
            if memories[index].familiar.count >= Self.warmUp {
                let novelty =
                    memories[index].weight * memories[index].familiar.novelty(of: quantity, rounding: rounding)
                // A mean or a spread that never moved has no range to measure by: what is new then is the value that moves it.
                let isMeasured = novelty.isFinite || memories[index].cause == .value
                if isMeasured, novelty > most { (most, cause) = (novelty, memories[index].cause) }
            }
            memories[index].familiar.insert(quantity)
        }
        return (most, cause)
    }

    private func quantity(_ memory: Memory, _ value: Double, _ seasonal: Double?) -> Double? {
        switch memory.cause {
        case .value: return value
        case .season: return seasonal.map { value - $0 }
        case .level, .spread:
            guard recent.count >= memory.span else { return nil }
            let last = Array(recent.suffix(memory.span))
            let mean = last.meanFromFirst
            return memory.cause == .level ? mean : last.map { abs($0 - mean) }.meanFromFirst
        }
    }
}
