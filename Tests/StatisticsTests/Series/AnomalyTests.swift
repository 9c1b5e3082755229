import Testing

@testable import Statistics

@Suite struct AnomalyTests {
    /// A day of 24 steps with noise.
    static func daily(_ n: Int, seed: UInt64) -> [Double?] {
        var generator = SeededGenerator(seed: seed)
        return (0..<n).map { Double($0 % 24 < 8 ? 20 : 60) + generator.normal() }
    }

    @Test func findsASpikeAndALevelBesideNoise() throws {
        var generator = SeededGenerator(seed: 3)
        var data: [Double?] = (0..<600).map { _ in 50 + generator.normal() }
        data[400] = 70
        for index in 500..<600 { data[index] = (data[index] ?? 0) - 15 }
        let scores = try StreamingAnomalyScores.scores(data)
        #expect(scores.count == 600)
        #expect(scores[400].isAnomaly)
        #expect(scores[400].cause == .value)
        #expect((scores[400].score ?? 0) > 0.8)
        #expect(scores[500].isAnomaly)
        // What has become familiar is no anomaly any more.
        #expect(scores[530...].allSatisfy { !$0.isAnomaly })
        #expect(scores[100..<400].filter(\.isAnomaly).count <= 4)
    }

    /// From the 11th to the 30th value what is expected lies in the middle of the interval, and a value has a score where it lies
    /// outside. The 15th by scipy 1.17.1: mean 55 and s = 5.188745 of 14 values, t.ppf(0.9995, 13) · s · √(1 + 1/14) = 22.6695.
    @Test func earlyIntervalsHoldWhatIsExpected() throws {
        let start: [Double?] = [50, 60, 50, 60, 50, 60, 50, 60, 50, 60, 50, 60, 50, 60]
        let scores = try StreamingAnomalyScores.scores(
            start + [62, 80, 61, 62, 63, 61, 62, 63, 61, 62, 63, 61, 62, 63, 61])
        let fifteenth = try #require(scores[14].interval)
        #expect(abs(fifteenth.low - (55 - 22.6695)) < 1e-3 && abs(fifteenth.high - (55 + 22.6695)) < 1e-3)
        for score in scores[10...] {
            let (value, expected) = (try #require(score.value), try #require(score.expected))
            let interval = try #require(score.interval)
            #expect(abs(expected - (interval.low + interval.high) / 2) < 1e-9)
            #expect(interval.contains(value) == (score.score == 0))
        }
    }

    /// An unusual time for a usual value needs the season.
    @Test func aSeasonMakesAUsualValueUnusual() throws {
        var data = Self.daily(24 * 20, seed: 8)
        let place = 24 * 15 + 4
        data[place] = 60
        #expect(try !StreamingAnomalyScores.scores(data)[place].isAnomaly)
        let seasonal = try StreamingAnomalyScores.scores(data, period: 24)
        #expect(seasonal[place].isAnomaly)
        #expect(seasonal[place].cause == .season)
        #expect(abs((seasonal[place].expected ?? 0) - 20) < 3)
        #expect(seasonal[(24 * 8)..<place].filter(\.isAnomaly).count <= 3)
    }

    /// The scores of a beginning are the beginning of the scores.
    @Test(arguments: [1, 24]) func onlyThePastCounts(period: Int) throws {
        var data = Self.daily(300, seed: 5)
        data[120] = nil
        data[200] = 1e9
        let whole = try StreamingAnomalyScores.scores(data, period: period)
        for length in [0, 1, 2, 30, 119, 121, 200, 201, 299] {
            #expect(
                try StreamingAnomalyScores.scores(Array(data[..<length]), period: period) == Array(whole[..<length]))
        }
    }

    @Test(arguments: [1, 7]) func scoresAreOfTheirRange(period: Int) throws {
        var generator = SeededGenerator(seed: 21)
        // Heavy tails: the ratio of normals.
        let data: [Double?] = (0..<3000).map { _ in generator.normal() / generator.normal() }
        for score in try StreamingAnomalyScores.scores(data, period: period) {
            let value = try #require(score.score)
            #expect((0...1).contains(value))
            #expect((score.cause == nil) == (value == 0))
            // An anomaly lies outside its interval.
            if score.isAnomaly { #expect(score.interval?.contains(score.value ?? 0) == false) }
        }
    }

    /// About 95 % of values lie in the intervals, and noise alone is hardly ever an anomaly.
    @Test func intervalsCoverNoise() throws {
        var generator = SeededGenerator(seed: 17)
        let scores = try StreamingAnomalyScores.scores((0..<5000).map { _ in generator.normal() })
        let known = scores.compactMap { score in score.interval.map { $0.contains(score.value ?? 0) } }
        #expect((0.94...0.965).contains(Double(known.filter { $0 }.count) / Double(known.count)))
        #expect(scores.filter(\.isAnomaly).count <= 15)
    }

    @Test func edges() throws {
        #expect(try StreamingAnomalyScores.scores([]).isEmpty)
        let one = try StreamingAnomalyScores.scores([4])
        #expect(one == [AnomalyScore(value: 4, expected: nil, interval: nil, score: 0, cause: nil, isJudged: false)])
        #expect(try StreamingAnomalyScores.scores([nil, nil]).allSatisfy { $0.score == nil && $0.expected == nil })
        // A constant is familiar; the first other value is not.
        var flat = [Double?](repeating: 5, count: 100)
        flat[80] = 5.5
        let scores = try StreamingAnomalyScores.scores(flat)
        #expect(scores.indices.filter { scores[$0].isAnomaly } == [80])
        #expect(scores[80].score == 1)
        // A gap has an expectation and no score.
        flat[90] = nil
        let gap = try StreamingAnomalyScores.scores(flat)[90]
        #expect(gap.score == nil && !gap.isAnomaly)
        #expect(gap.expected != nil)
    }

    /// One absurd value neither breaks the numbers nor hides what comes later.
    @Test func aHostileSpikeHidesNothing() throws {
        var generator = SeededGenerator(seed: 6)
        var data: [Double?] = (0..<500).map { _ in generator.normal() }
        data[100] = 1e300
        data[400] = 12
        let scores = try StreamingAnomalyScores.scores(data)
        #expect(scores[100].isAnomaly)
        #expect(scores[400].isAnomaly)
        #expect(scores.allSatisfy { $0.score?.isFinite ?? true })
    }

    @Test func refusals() {
        #expect(reason { () throws(Undefined) in try StreamingAnomalyScores.scores([1, .nan]) } == .nonFinite)
        #expect(reason { () throws(Undefined) in try StreamingAnomalyScores.scores([1, .infinity]) } == .nonFinite)
        #expect(reason { () throws(Undefined) in try StreamingAnomalyScores.scores([1, -1.1e300]) } == .overflow)
        #expect(reason { () throws(Undefined) in try StreamingAnomalyScores(period: 0) } != nil)
    }

    /// The first ten values are only learnt from; from then on Student's prediction interval judges. By hand for
    /// 1 … 10 and 5.5 + t·√(55/6 · 1.1): scipy.stats.t.ppf(0.9995, 9) = 4.780912586.
    @Test func theBeginningIsJudgedByStudent() throws {
        let start = (1...10).map { Double($0 * 7 % 11) }
        let bound = 4.780912585931342 * (55.0 / 6 * 1.1).squareRoot()
        let (inside, outside) = (5.5 + 0.999 * bound, 5.5 + 2 * bound)
        let calm = try #require(StreamingAnomalyScores.scores(start + [inside]).last)
        #expect(calm.isJudged && !calm.isAnomaly && calm.score == 0)
        let odd = try StreamingAnomalyScores.scores(start + [outside])
        #expect(odd[10].isAnomaly && isClose(odd[10].score, 2.0 / 3, relative: 1e-9) && odd[10].cause == .value)
        #expect(odd.prefix(10).allSatisfy { !$0.isJudged && $0.score == 0 })
        #expect(try StreamingAnomalyScores.scores(Array(repeating: 3.0, count: 12) + [4]).allSatisfy { !$0.isJudged })
        #expect(try StreamingAnomalyScores.scores(start + [nil, 5]).map(\.isJudged).suffix(2) == [false, true])
    }
}
