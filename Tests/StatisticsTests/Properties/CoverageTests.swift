import Testing

@testable import Statistics

/// The short form of `assay-bench coverage`: a few hundred seeded draws, so the limits are four standard errors wide.
@Suite struct CoverageTests {
    private func share(_ draws: Int, seed: UInt64, _ holds: (inout SeededGenerator) throws -> Bool) rethrows -> Double {
        var generator = SeededGenerator(seed: seed)
        var held = 0
        for _ in 0..<draws where try holds(&generator) { held += 1 }
        return Double(held) / Double(draws)
    }

    private static func normals(_ n: Int, _ generator: inout SeededGenerator, mean: Double = 0) -> [Double] {
        (0..<n).map { _ in generator.normal(mean: mean) }
    }

    private static let intervals: [(name: String, covers: @Sendable (inout SeededGenerator) throws -> Bool)] = [
        ("mean", { try MeanInterval(normals(20, &$0, mean: 3)).interval.contains(3) }),
        ("proportion", { try WilsonInterval(successes: $0.binomial(80, 0.3), of: 80).interval.contains(0.3) }),
        (
            "slope",
            { generator in
                let y = (0..<30).map { 0.1 * Double($0) + generator.normal() }
                return try LinearFit(y).slopeInterval.contains(0.1)
            }
        ),
        (
            "Hedges g",
            {
                try StandardizedDifference(normals(25, &$0), normals(30, &$0, mean: 0.5)).interval.contains(0.5)
            }
        ),
        (
            "level of an interrupted series",
            { generator in
                let y = (0..<60).map { 0.1 * Double($0) + ($0 >= 30 ? 2 : 0) + generator.normal() }
                let fit = try InterruptedTimeSeries(y, start: 30, errors: .classical)
                return fit.levelChange.interval.contains(2)
            }
        ),
    ]

    @Test(arguments: intervals.indices) func intervalsCover(index: Int) throws {
        let study = Self.intervals[index]
        let share = try share(600, seed: 7, study.covers)
        #expect(abs(share - 0.95) <= 4 * (0.95 * 0.05 / 600).squareRoot(), "\(study.name): \(share)")
    }

    private static let nulls: [(name: String, p: @Sendable (inout SeededGenerator) throws -> Double?)] = [
        ("Shapiro–Wilk", { try ShapiroWilk(normals(50, &$0)).p }),
        ("Anderson–Darling", { try AndersonDarling(normals(50, &$0)).p }),
        ("Lilliefors", { try Lilliefors(normals(50, &$0)).p }),
        ("Student t", { try StudentTTest(normals(12, &$0), normals(15, &$0)).p }),
        ("Welch t", { try WelchTTest(normals(12, &$0), normals(15, &$0)).p }),
        ("paired t", { try PairedTTest(normals(20, &$0), normals(20, &$0)).p }),
        ("Wilcoxon", { try WilcoxonSignedRank(normals(40, &$0), normals(40, &$0)).p }),
        ("Mann–Whitney", { try MannWhitney(normals(20, &$0), normals(25, &$0)).p }),
        ("ANOVA", { try OneWayAnova([normals(15, &$0), normals(15, &$0), normals(15, &$0)]).p }),
        ("Welch ANOVA", { try WelchAnova([normals(15, &$0), normals(15, &$0), normals(15, &$0)]).p }),
        ("Kruskal–Wallis", { try KruskalWallis([normals(30, &$0), normals(30, &$0), normals(30, &$0)]).p }),
        ("Pearson", { try PearsonCorrelation(normals(30, &$0), normals(30, &$0)).p }),
        ("Spearman", { try SpearmanCorrelation(normals(30, &$0), normals(30, &$0)).p }),
        ("Kendall", { try KendallCorrelation(normals(30, &$0), normals(30, &$0)).p }),
        ("slope", { try LinearFit(normals(30, &$0)).p }),
        ("Mann–Kendall", { try MannKendall(normals(40, &$0)).p }),
        ("Ljung–Box", { try LjungBox(normals(200, &$0), lags: 5).p }),
    ]

    @Test(arguments: nulls.indices) func testsRejectATrueNullAsOftenAsTheySay(index: Int) throws {
        let study = Self.nulls[index]
        let share = try share(600, seed: 11) { try study.p(&$0).map { $0 < 0.05 } ?? false }
        #expect(abs(share - 0.05) <= 4 * (0.95 * 0.05 / 600).squareRoot(), "\(study.name): \(share)")
    }
}
