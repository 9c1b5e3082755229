import Testing

@testable import Statistics

/// `data/reference/02_tests.json`: SciPy 1.17.1, statsmodels 0.15.0, scikit-posthocs 0.17.1, with the calls named there.
@Suite(.enabled(if: ReferenceFile.exists("02_tests.json"), "the reference data are not beside the project"))
struct GroupReferenceTests {
    static let file = (try? ReferenceFile.read("02_tests.json")) ?? JSON(nil)  // absent: no cases
    static func problems(_ kind: String) -> [JSON] { file["problems"].list.filter { $0["kind"].text == kind } }

    /// The two samples that stand with the numbers, or the tokens of the two services.
    private func samples(_ problem: JSON) throws -> (first: [Double], second: [Double]) {
        if let first = problem["input"]["group1"].numbers, let second = problem["input"]["group2"].numbers {
            return (first, second)
        }
        let path = "sets/azure_llm_trace/AzureLLMInferenceTrace_"
        return try (
            CorrelationReferenceTests.column(path + "conv.csv", at: "GeneratedTokens"),
            CorrelationReferenceTests.column(path + "code.csv", at: "GeneratedTokens")
        )
    }

    @Test(arguments: problems("two")) func twoSamples(problem: JSON) throws {
        let (first, second) = try samples(problem)
        for (group, key) in [(first, "group1"), (second, "group2")] {
            let found = try Description(group)
            #expect(found.n == problem["result"][key]["n"].integer)
            #expect(isClose(found.mean, problem["result"][key]["mean"].number, relative: 1e-13))
            #expect(isClose(found.sd, problem["result"][key]["sd"].number, relative: 1e-12))
            #expect(isClose(found.median, problem["result"][key]["median"].number, relative: 1e-14))
        }
        let expected = problem["result"]
        let welch = try WelchTTest(first, second)
        #expect(isClose(-welch.t, expected["welch_t"]["t"].number, relative: 1e-11))
        #expect(isClose(welch.df, expected["welch_t"]["df"].number, relative: 1e-12))
        #expect(isClose(welch.p, expected["welch_t"]["p"].number, relative: 1e-11))
        #expect(isClose(-welch.interval.high, expected["welch_t"]["ci95"][0].number, relative: 1e-10))
        #expect(isClose(-welch.interval.low, expected["welch_t"]["ci95"][1].number, relative: 1e-10))
        let student = try StudentTTest(first, second)
        #expect(isClose(-student.t, expected["student_t"]["t"].number, relative: 1e-11))
        #expect(Double(student.df) == expected["student_t"]["df"].number)
        #expect(isClose(student.p, expected["student_t"]["p"].number, relative: 1e-11))
        #expect(isClose(-welch.difference, expected["welch_t"]["mean_difference"].number, relative: 1e-12))
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
        #expect(isClose(spread.f, expected["levene_median_brown_forsythe"]["statistic"].number, relative: 1e-10))
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
        let rank = try WilcoxonSignedRank(second, first, method: .normal)
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
        #expect(isClose(spread.f, expected["brown_forsythe"]["statistic"].number, relative: 1e-10))
        #expect(isClose(spread.p, expected["brown_forsythe"]["p"].number, relative: 1e-10))
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

    @Test(arguments: problems("k")) func pairwiseWelch(problem: JSON) throws {
        let data = try groups(problem)
        let expected = problem["result"]["pairwise_welch_adjusted"].list
        var p: [Double] = []
        for i in data.indices { for j in i + 1..<data.count { p.append(try WelchTTest(data[i], data[j]).p) } }
        for (adjusted, key) in try [
            (p, "welch_p"), (Adjustment.holm.adjusted(p), "holm"), (Adjustment.bonferroni.adjusted(p), "bonferroni"),
            (Adjustment.benjaminiHochberg.adjusted(p), "bh_fdr"),
            (Adjustment.benjaminiYekutieli.adjusted(p), "by_fdr"),
        ] {
            for (mine, theirs) in zip(adjusted, expected) {
                #expect(isClose(mine, theirs[key].number, relative: 1e-10), "\(key)")
            }
        }
    }

    @Test(arguments: problems("table")) func tables(problem: JSON) throws {
        let expected = problem["result"]
        let table = expected["table"].list.compactMap { $0.numbers?.map { Int($0) } }
        let plain = try ChiSquaredTest(table)
        #expect(isClose(plain.statistic, expected["chi2"]["statistic"].number, relative: 1e-12))
        #expect(plain.df == expected["chi2"]["df"].integer)
        #expect(isClose(plain.p, expected["chi2"]["p"].number, relative: 1e-10))
        #expect(isClose(plain.smallestExpected, expected["chi2"]["min_expected"].number, relative: 1e-12))
        #expect(isClose(plain.cramersV, expected["cramers_v"].number, relative: 1e-12))
        guard table.count == 2, table[0].count == 2 else { return }
        let yates = try ChiSquaredTest(table, yates: true)
        #expect(isClose(yates.statistic, expected["chi2_yates"]["statistic"].number, relative: 1e-12))
        #expect(isClose(yates.p, expected["chi2_yates"]["p"].number, relative: 1e-10))
        let fisher = try FisherExact(table[0][0], table[0][1], table[1][0], table[1][1])
        #expect(isClose(fisher.p, expected["fisher_exact_two_sided"]["p"].number, relative: 1e-10))
        let (first, second) = (table[0][0] + table[0][1], table[1][0] + table[1][1])
        let found = try TwoProportionTest(successes: table[0][0], of: first, and: table[1][0], of: second)
        #expect(isClose(-found.z, expected["two_proportion_z"]["z"].number, relative: 1e-10))
        #expect(isClose(found.p, expected["two_proportion_z"]["p"].number, relative: 1e-10))
        #expect(isClose(-found.interval.high, expected["two_proportion_z"]["diff_ci95_newcombe"][0].number))
        #expect(isClose(-found.interval.low, expected["two_proportion_z"]["diff_ci95_newcombe"][1].number))
        for (row, size) in [(0, first), (1, second)] {
            let interval = try WilsonInterval(successes: table[row][0], of: size).interval
            #expect(isClose(interval.low, expected["wilson_ci95"][row][0].number, relative: 1e-12, absolute: 1e-16))
            #expect(isClose(interval.high, expected["wilson_ci95"][row][1].number, relative: 1e-12))
        }
    }

    /// statsmodels finds the size by root search to about eight digits.
    @Test(arguments: file["power"].list) func power(problem: JSON) throws {
        let d = try #require(problem["d"].number)
        let size = try #require(problem["n_per_group"].number)
        let wanted = try #require(problem["power"].number)
        let found = try TwoMeansPower.sizePerGroup(d: d, power: wanted)
        #expect(isClose(found, size, relative: 1e-8))
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
        #expect(isClose(fisher.p, problem["fisher_exact_two_sided"]["p"].number, relative: 1e-10))
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
