import Foundation
import TestSupport
import Testing

@testable import Statistics

/// `Fixtures/reference/numbers.json`: every number with the SciPy, NumPy or statsmodels call that made it.
@Suite struct FixtureReferenceTests {
    static let file: JSON = {
        let url = Repository.fixture("reference/numbers.json")
        // A missing file leaves no cases, which `allAreThere` finds.
        return JSON((try? Data(contentsOf: url)).flatMap { try? JSONSerialization.jsonObject(with: $0) })
    }()

    private static func column(_ name: String) -> [Double] { file["data"][name].numbers ?? [] }
    private static let (a, b, c) = (column("a"), column("b"), column("c"))
    private static let (skewed, ties, otherTies) = (column("skewed"), column("ties"), column("otherTies"))
    private static let (x, y, series, p) = (column("x"), column("y"), column("series"), column("p"))

    /// What we say to the question of each call.
    private static let answers: [String: @Sendable () throws -> Double?] = [
        "mean": { try Description(a).mean }, "variance": { try Description(a).variance },
        "variance.far": { try GroupSummary(column("far")).variance },
        "skewness": { try Description(skewed).skewness },
        "skewness.unbiased": { try Description(skewed).unbiasedSkewness },
        "kurtosis": { try Description(skewed).kurtosis },
        "kurtosis.unbiased": { try Description(skewed).unbiasedKurtosis },
        "median": { try Quantiles(b).median }, "quantile.7": { try Quantiles(skewed)(0.9) },
        "quantile.6": { try Quantiles(skewed, rule: .weibull)(0.9) }, "mad": { try MedianDeviation(skewed).mad },
        "mean.low": { try MeanInterval(a).interval.low }, "shapiro.w": { try ShapiroWilk(skewed).w },
        "shapiro.p": { try ShapiroWilk(a).p }, "dagostino.k2": { try DAgostinoK2(skewed).k2 },
        "dagostino.p": { try DAgostinoK2(skewed).p }, "jarqueBera": { try JarqueBera(skewed).statistic },
        "lilliefors.d": { try Lilliefors(a).d }, "lilliefors.p": { try Lilliefors(a).p },
        "welch.t": { try WelchTTest(a, b).t }, "welch.p": { try WelchTTest(a, b).p },
        "welch.low": { try WelchTTest(a, b).interval.low }, "student.p": { try StudentTTest(a, b).p },
        "paired.p": { try PairedTTest(Array(a.prefix(24)), b).p },
        "wilcoxon.exact.p": { try WilcoxonSignedRank(Array(a.prefix(24)), b, method: .exact).p },
        "mannWhitney.exact.p": { try MannWhitney(a, b, method: .exact).p },
        "mannWhitney.ties.p": { try MannWhitney(ties, otherTies).p },
        "ks.p": { try TwoSampleKolmogorovSmirnov(a, b).p }, "anova.f": { try OneWayAnova([a, b, c]).f },
        "anova.p": { try OneWayAnova([a, b, c]).p }, "welchAnova.p": { try WelchAnova([a, b, c]).p },
        "kruskal.p": { try KruskalWallis([ties, otherTies, a.map { $0 / 10 }]).p },
        "brownForsythe.p": { try BrownForsythe([a, b, c]).p },
        "tukey.p": { try TukeyHSD([a, b, c]).comparisons[0].p },
        "chiSquared.p": { try ChiSquaredTest([[12, 30, 9], [25, 22, 14]]).p },
        "fisher.p": { try FisherExact(3, 14, 11, 6).p },
        "wilson.low": { try WilsonInterval(successes: 7, of: 40).interval.low },
        "proportions.z": { try TwoProportionTest(successes: 18, of: 60, and: 31, of: 70).z },
        "pearson.p": { try PearsonCorrelation(x, y).p }, "spearman.rho": { try SpearmanCorrelation(x, y).rho },
        "kendall.tau": { try KendallCorrelation(Array(ties.prefix(31)), otherTies).tau },
        "kendall.exact.p": { try KendallCorrelation(x, y, method: .exact).p },
        "line.slope": { try LinearFit(series).slope }, "line.p": { try LinearFit(series).p },
        "line.low": { try LinearFit(series).slopeInterval.low },
        "line.hac.se": { try LinearFit(series, errors: .neweyWest(lag: 3)).slopeError },
        "theilSen.slope": { try TheilSen(series).slope }, "theilSen.low": { try TheilSen(series).interval.low },
        "acf.3": { try Autocorrelation(series, maxLag: 3).values[3] },
        "ljungBox.p": { try LjungBox(series, lags: 5).p }, "holm.4": { try Adjustment.holm.adjusted(p)[3] },
        "bh.4": { try Adjustment.benjaminiHochberg.adjusted(p)[3] },
        "power": { try TwoMeansPower.power(d: 0.5, n1: 50, n2: 50) }, "normal.tail": { Normal.cdf(-8.5) },
        "t.tail": { StudentT.cdf(-4.2, df: 7.5) }, "f.tail": { FisherF.upperTail(5.5, 3, 17) },
        "chi2.tail": { ChiSquared.upperTail(41.3, df: 12) },
        "studentizedRange.tail": { StudentizedRange.upperTail(3.9, groups: 4, df: 20) },
    ]

    @Test func allAreThere() {
        #expect(Set(Self.file["numbers"].list.compactMap { $0["id"].text }) == Set(Self.answers.keys))
    }

    @Test(arguments: file["numbers"].list) func number(entry: JSON) throws {
        let id = try #require(entry["id"].text)
        let answer = try #require(Self.answers[id])
        let tolerance = try #require(entry["tolerance"].number)
        #expect(isClose(try answer(), entry["value"].number, relative: tolerance), "\(entry["call"].text ?? "")")
    }
}
