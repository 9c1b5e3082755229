import Partials
import Statistics

extension NormalityFigures {
    /// Tests on every value where they are known one by one and few enough, else on a sample of records.
    ///
    /// - Parameters:
    ///   - counts: all values.
    ///   - sample: asked for only where the counts do not do.
    ///
    /// Fails below three values and without spread.
    static func test(
        _ counts: Answer<ValueCounts>, sample: () -> SampledValues, settings: AnalysisSettings
    ) -> Answer<NormalityFigures> {
        if let known = counts.value, known.exactness == .exact, known.sample.n <= settings.normalitySample {
            return figures(of: known.sample, exactness: .exact)
        }
        let sampled = sample()
        let isAll = sampled.values.count == sampled.population
        return computed { () throws(Undefined) in try CountedSample(sampled.values) }.flatMap { found in
            figures(of: found, exactness: isAll ? .exact : .sampled(n: found.n, of: sampled.population))
        }
    }

    private static func figures(of sample: CountedSample, exactness: Exactness) -> Answer<NormalityFigures> {
        guard sample.n >= 3 else {
            return .failure(sample.isEmpty ? .noRecords : .tooFew(.records, found: sample.n, needed: 3))
        }
        guard !sample.isConstant else { return .failure(.constant) }
        var figures = NormalityFigures(exactness: exactness, n: sample.n, tests: [], refused: [])
        for (method, run) in all {
            switch computed({ () throws(Undefined) in try run(sample) }) {
            case .success(let test): figures.tests.append(test)
            case .failure(let absence): figures.refused.append(Refusal(method: method, absence: absence))
            }
        }
        return .success(figures)
    }

    private typealias Run = @Sendable (CountedSample) throws(Undefined) -> TestFigures

    /// The tests in the order in which they are shown.
    private static let all: [(TestFigures.Method, Run)] = [
        (
            .shapiroWilk,
            { (sample) throws(Undefined) in
                let test = try ShapiroWilk(sample)
                return TestFigures(method: .shapiroWilk, statistic: test.w, p: test.p)
            }
        ),
        (
            .andersonDarling,
            { (sample) throws(Undefined) in
                let test = try AndersonDarling(sample)
                return TestFigures(method: .andersonDarling, statistic: test.a2, p: test.p)
            }
        ),
        (
            .dagostinoK2,
            { (sample) throws(Undefined) in
                let test = try DAgostinoK2(sample)
                return TestFigures(method: .dagostinoK2, statistic: test.k2, p: test.p)
            }
        ),
        (
            .lilliefors,
            { (sample) throws(Undefined) in
                let test = try Lilliefors(sample)
                return TestFigures(
                    method: .lilliefors, statistic: test.d, p: test.p,
                    bound: test.isBound ? (test.p < 0.5 ? .atMost : .atLeast) : nil)
            }
        ),
        (
            .jarqueBera,
            { (sample) throws(Undefined) in
                let test = try JarqueBera(sample)
                return TestFigures(method: .jarqueBera, statistic: test.statistic, p: test.p)
            }
        ),
    ]
}

/// One metric's values in a sample of records.
struct SampledValues {
    /// The values that are there.
    let values: [Double]
    /// How many values the sample stands for.
    let population: Int
}
