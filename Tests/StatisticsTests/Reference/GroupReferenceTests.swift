import Testing

@testable import Statistics

/// `data/reference/02_tests.json`: SciPy 1.17.1, statsmodels 0.15.0, scikit-posthocs 0.17.1, with the calls named there.
@Suite(.enabled(if: ReferenceFile.exists("02_tests.json"), "the reference data are not beside the project"))
struct GroupReferenceTests {
    static let file = (try? ReferenceFile.read("02_tests.json")) ?? JSON(nil)  // absent: no cases
    static func problems(_ kind: String) -> [JSON] { file["problems"].list.filter { $0["kind"].text == kind } }

    @Test(arguments: problems("two").filter { $0["input"].exists }) func twoSamples(problem: JSON) throws {
        let first = try #require(problem["input"]["group1"].numbers)
        let second = try #require(problem["input"]["group2"].numbers)
        let expected = problem["result"]
        let welch = try WelchTTest(first, second)
        #expect(isClose(-welch.t, expected["welch_t"]["t"].number, relative: 1e-11))
        #expect(isClose(welch.df, expected["welch_t"]["df"].number, relative: 1e-12))
        #expect(isClose(welch.p, expected["welch_t"]["p"].number, relative: 1e-11))
        #expect(isClose(-welch.interval.high, expected["welch_t"]["ci95"][0].number, relative: 1e-10))
        #expect(isClose(-welch.interval.low, expected["welch_t"]["ci95"][1].number, relative: 1e-10))
        #expect(isClose(try StudentTTest(first, second).p, expected["student_t"]["p"].number, relative: 1e-11))
        let rank = try MannWhitney(first, second, method: .normal)
        #expect(rank.u1 == expected["mann_whitney_asymptotic_cc"]["U1"].number)
        #expect(isClose(rank.p, expected["mann_whitney_asymptotic_cc"]["p"].number, relative: 1e-11))
        let effects = expected["effect_sizes"]
        #expect(isClose(-rank.cliffsDelta, effects["cliff_delta"].number, relative: 1e-12))
        #expect(isClose(-(try CliffsDelta(first, second).delta), effects["cliff_delta"].number, relative: 1e-12))
        let standardized = try StandardizedDifference(first, second)
        #expect(isClose(-standardized.cohenD, effects["cohen_d_pooled"].number, relative: 1e-11))
        #expect(isClose(-standardized.hedgesG, effects["hedges_g_exact"].number, relative: 1e-11))
        let spread = try BrownForsythe([first, second])
        #expect(isClose(spread.f, expected["levene_median_brown_forsythe"]["statistic"].number, relative: 1e-9))
        let distance = try TwoSampleKolmogorovSmirnov(first, second)
        #expect(isClose(distance.d, expected["ks_2sample"]["D"].number, relative: 1e-14))
        #expect(isClose(distance.p, expected["ks_2sample"]["p"].number, relative: 1e-12))
        if expected["mann_whitney_exact"].exists {
            #expect(
                isClose(try MannWhitney(first, second).p, expected["mann_whitney_exact"]["p"].number, relative: 1e-12))
        }
    }

    @Test(arguments: problems("paired")) func paired(problem: JSON) throws {
        // datasets__sleep.csv: the extra hours of ten patients under two drugs, first minus second.
        let first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
        let second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
        let expected = problem["result"]
        let t = try PairedTTest(second, first)
        #expect(isClose(t.t, expected["paired_t"]["t"].number, relative: 1e-11))
        #expect(isClose(t.p, expected["paired_t"]["p"].number, relative: 1e-11))
        #expect(isClose(t.interval.low, expected["paired_t"]["ci95"][0].number, relative: 1e-11))
        #expect(isClose(t.standardizedDifference, expected["cohen_dz"].number, relative: 1e-11))
        let rank = try WilcoxonSignedRank(second, first)
        #expect(rank.zeros == expected["wilcoxon_asymptotic_no_cc"]["zeros_dropped"].integer)
        #expect(
            min(rank.positiveRankSum, rank.negativeRankSum) == expected["wilcoxon_asymptotic_no_cc"]["W_min"].number)
        #expect(isClose(rank.p, expected["wilcoxon_asymptotic_no_cc"]["p"].number, relative: 1e-11))
    }

    /// The groups of a two-column file in the order of the reference.
    private func groups(_ problem: JSON) throws -> [[Double]] {
        let rows = try ReferenceFile.lines(#require(problem["file"].text)).dropFirst().map { $0.split(separator: ",") }
        return problem["result"]["groups"].keys.map { name in
            rows.filter { $0[2] == name }.compactMap { Double($0[1]) }
        }
    }

    @Test(arguments: problems("k")) func manyGroups(problem: JSON) throws {
        let data = try groups(problem)
        let expected = problem["result"]
        let anova = try OneWayAnova(data)
        #expect(isClose(anova.f, expected["anova"]["F"].number, relative: 1e-11))
        #expect(isClose(anova.p, expected["anova"]["p"].number, relative: 1e-10))
        #expect(isClose(anova.etaSquared, expected["anova"]["eta_squared"].number, relative: 1e-11))
        #expect(isClose(anova.omegaSquared, expected["anova"]["omega_squared"].number, relative: 1e-11))
        let welch = try WelchAnova(data)
        #expect(isClose(welch.f, expected["welch_anova"]["F"].number, relative: 1e-11))
        #expect(isClose(welch.dfWithin, expected["welch_anova"]["df"][1].number, relative: 1e-11))
        #expect(isClose(welch.p, expected["welch_anova"]["p"].number, relative: 1e-10))
        let kruskal = try KruskalWallis(data)
        #expect(isClose(kruskal.h, expected["kruskal_wallis"]["H"].number, relative: 1e-12))
        #expect(isClose(kruskal.p, expected["kruskal_wallis"]["p"].number, relative: 1e-11))
        #expect(isClose(kruskal.epsilonSquared, expected["kruskal_wallis"]["epsilon_squared"].number, relative: 1e-12))
        let spread = try BrownForsythe(data)
        #expect(isClose(spread.f, expected["brown_forsythe"]["statistic"].number, relative: 1e-9))
        #expect(isClose(spread.p, expected["brown_forsythe"]["p"].number, relative: 1e-9))
    }

    @Test(arguments: problems("k")) func pairwise(problem: JSON) throws {
        let data = try groups(problem)
        for (variance, key) in [(TukeyHSD.Variance.pooled, "tukey_hsd"), (.separate, "games_howell")] {
            let found = try TukeyHSD(data, variance: variance).comparisons
            let expected = problem["result"][key].list
            #expect(found.count == expected.count)
            for (mine, theirs) in zip(found, expected) {
                #expect(isClose(-mine.difference, theirs["difference"].number, relative: 1e-10))
                #expect(isClose(mine.p, theirs["p"].number, relative: 1e-8, absolute: 1e-9))
                #expect(isClose(-(mine.interval?.high ?? .nan), theirs["ci95"][0].number, relative: 1e-8))
            }
        }
        let dunn = try DunnTest(data)
        for (index, theirs) in problem["result"]["dunn"]["pairs"].list.enumerated() {
            #expect(isClose(-dunn.comparisons[index].statistic, theirs["z"].number, relative: 1e-11))
            #expect(isClose(dunn.unadjusted[index], theirs["p"].number, relative: 1e-11))
            #expect(isClose(dunn.comparisons[index].p, theirs["p_holm"].number, relative: 1e-11))
        }
    }

    @Test func admissions() throws {
        let problem = try #require(Self.problems("table").first { $0["name"].text == "ucb_gender_admit" })["result"]
        let table = [[557, 1278], [1198, 1493]]
        let plain = try ChiSquaredTest(table)
        #expect(isClose(plain.statistic, problem["chi2"]["statistic"].number, relative: 1e-12))
        #expect(isClose(plain.p, problem["chi2"]["p"].number, relative: 1e-11))
        #expect(isClose(plain.cramersV, problem["cramers_v"].number, relative: 1e-12))
        #expect(isClose(plain.smallestExpected, problem["chi2"]["min_expected"].number, relative: 1e-13))
        #expect(isClose(try ChiSquaredTest(table, yates: true).p, problem["chi2_yates"]["p"].number, relative: 1e-11))
        let fisher = try FisherExact(557, 1278, 1198, 1493)
        #expect(isClose(fisher.p, problem["fisher_exact_two_sided"]["p"].number, relative: 1e-9))
        #expect(
            isClose(fisher.oddsRatio, problem["fisher_exact_two_sided"]["sample_odds_ratio"].number, relative: 1e-13))
        let proportions = try TwoProportionTest(successes: 557, of: 1835, and: 1198, of: 2691)
        #expect(isClose(-proportions.z, problem["two_proportion_z"]["z"].number, relative: 1e-12))
        let newcombe = problem["two_proportion_z"]["diff_ci95_newcombe"]
        #expect(isClose(-proportions.interval.high, newcombe[0].number, relative: 1e-10))
        #expect(isClose(-proportions.interval.low, newcombe[1].number, relative: 1e-10))
    }

    @Test(arguments: [
        (Adjustment.holm, "holm"), (.benjaminiHochberg, "bh_fdr"), (.bonferroni, "bonferroni"),
        (.benjaminiYekutieli, "by_fdr"),
    ])
    func multipleTesting(adjustment: Adjustment, key: String) throws {
        let p = try #require(Self.file["multiple_testing"]["p"].numbers)
        let adjusted = try adjustment.adjusted(p)
        for (found, expected) in zip(adjusted, try #require(Self.file["multiple_testing"][key].numbers)) {
            #expect(isClose(found, expected, relative: 1e-14))
        }
    }
}
