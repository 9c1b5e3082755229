import Testing

@testable import Statistics

/// `data/reference/01_summary.json`: NumPy 2.4.6, SciPy 1.17.1, statsmodels 0.15.0, with the calls named there.
@Suite(.enabled(if: ReferenceFile.exists("01_summary.json"), "the reference data are not beside the project"))
struct SummaryReferenceTests {
    static let columns =
        (try? ReferenceFile.read("01_summary.json"))?["columns"].list.filter {  // absent: no cases
            $0["input"]["values"].exists
        } ?? []

    @Test(arguments: columns) func description(column: JSON) throws {
        let data = try #require(column["input"]["values"].numbers)
        let expected = column["summary"]
        let found = try Description(data)
        #expect(found.n == expected["n"].integer)
        #expect(isClose(found.mean, expected["mean"].number, relative: 1e-13))
        #expect(isClose(found.variance, expected["variance_n_minus_1"].number, relative: 1e-12))
        #expect(isClose(found.standardError, expected["sem"].number, relative: 1e-12))
        #expect(isClose(found.median, expected["median"].number, relative: 1e-14))
        #expect(isClose(found.mode, expected["mode"].number))
        #expect(found.modeCount == expected["mode_count"].integer)
        #expect(found.distinct == expected["distinct"].integer)
        #expect(isClose(found.mad, expected["mad_raw"].number, relative: 1e-12))
        #expect(isClose(found.iqr, expected["iqr_type7"].number, relative: 1e-11))
        #expect(isClose(found.cv, expected["cv"].number, relative: 1e-12))
        #expect(isClose(found.skewness, expected["skew_g1_biased"].number, relative: 1e-9))
        #expect(isClose(found.unbiasedSkewness, expected["skew_G1_unbiased"].number, relative: 1e-9))
        #expect(isClose(found.kurtosis, expected["excess_kurtosis_g2_biased"].number, relative: 1e-9))
        #expect(isClose(found.unbiasedKurtosis, expected["excess_kurtosis_G2_unbiased"].number, relative: 1e-9))
        let interval = try MeanInterval(data).interval
        #expect(isClose(interval.low, expected["mean_ci95_t"][0].number, relative: 1e-12))
        #expect(isClose(interval.high, expected["mean_ci95_t"][1].number, relative: 1e-12))
    }

    @Test(arguments: columns) func quantiles(column: JSON) throws {
        let sample = try CountedSample(#require(column["input"]["values"].numbers))
        for (rule, key) in [(QuantileRule.linear, "quantiles_type7"), (.weibull, "quantiles_type6_weibull")] {
            let quantiles = try Quantiles(sample, rule: rule)
            #expect(!column[key].keys.isEmpty)
            for p in column[key].keys {
                let value = try quantiles(#require(Double(p)))
                #expect(isClose(value, column[key][p].number, relative: 1e-13, absolute: 1e-14))
            }
        }
    }

    @Test(arguments: columns) func normality(column: JSON) throws {
        let sample = try CountedSample(#require(column["input"]["values"].numbers))
        let expected = column["normality"]
        let shapiro = try ShapiroWilk(sample)
        #expect(isClose(shapiro.w, expected["shapiro_wilk"]["W"].number, relative: 1e-9))
        #expect(isClose(shapiro.p, expected["shapiro_wilk"]["p"].number, relative: 1e-4))
        let anderson = try AndersonDarling(sample)
        #expect(isClose(anderson.a2, expected["anderson_darling"]["A2"].number, relative: 1e-10))
        #expect(isClose(anderson.p, expected["anderson_darling"]["p"].number, relative: 1e-8))
        let lilliefors = try Lilliefors(sample)
        #expect(isClose(lilliefors.d, expected["lilliefors"]["D"].number, relative: 1e-10))
        #expect(isClose(lilliefors.p, expected["lilliefors"]["p_table"].number, relative: 1e-8))
        let jarqueBera = try JarqueBera(sample)
        #expect(isClose(jarqueBera.statistic, expected["jarque_bera"]["JB"].number, relative: 1e-9))
        #expect(isClose(jarqueBera.p, expected["jarque_bera"]["p"].number, relative: 1e-8))
        if expected["dagostino_k2"].exists {
            let omnibus = try DAgostinoK2(sample)
            #expect(isClose(omnibus.k2, expected["dagostino_k2"]["K2"].number, relative: 1e-9))
            #expect(isClose(omnibus.p, expected["dagostino_k2"]["p"].number, relative: 1e-8))
        }
    }

    @Test(arguments: columns) func outliers(column: JSON) throws {
        let sample = try CountedSample(#require(column["input"]["values"].numbers))
        let expected = column["outliers"]
        let fences = try OutlierFences(sample)
        #expect(isClose(fences.low, expected["iqr_1.5"]["low_fence"].number, relative: 1e-12))
        #expect(isClose(fences.high, expected["iqr_1.5"]["high_fence"].number, relative: 1e-12))
        #expect(fences.above == expected["iqr_1.5"]["above"].integer)
        #expect(try OutlierFences(sample, rule: .zScore(3)).count == expected["zscore_abs_gt_3_sd_n_minus_1"].integer)
        #expect(try OutlierFences(sample, rule: .modifiedZ(3.5)).count == expected["modified_z_abs_gt_3_5"].integer)
    }
}
