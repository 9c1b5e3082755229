import Testing

@testable import Statistics

/// `data/reference/01_summary.json`: NumPy 2.4.6, SciPy 1.17.1, statsmodels 0.15.0, with the calls named there.
@Suite(.enabled(if: ReferenceFile.exists("01_summary.json"), "the reference data are not beside the project"))
struct SummaryReferenceTests {
    static let file = (try? ReferenceFile.read("01_summary.json")) ?? JSON(nil)  // absent: no cases
    static let columns = file["columns"].list

    /// The values that stand with the numbers, or those of the column that is named there.
    static func values(_ column: JSON) throws -> [Double] {
        if let values = column["input"]["values"].numbers { return values }
        let file = try #require(column["file"].text)
        let values =
            file.hasSuffix(".jsonl")
            ? try ReferenceFile.records(file).flatMap { $0["recordings"].list.compactMap { $0["wer"].number } }
            : try CorrelationReferenceTests.column(file, at: file.contains("nab") ? "value" : "GeneratedTokens")
        #expect(values.count == column["input"]["n"].integer)
        #expect(isClose(values.compensatedSum, column["input"]["check_sum"].number, relative: 1e-12))
        return values
    }

    @Test(arguments: columns) func description(column: JSON) throws {
        let data = try Self.values(column)
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
        for (found, key) in [
            (found.skewness, "skew_g1_biased"), (found.unbiasedSkewness, "skew_G1_unbiased"),
            (found.kurtosis, "excess_kurtosis_g2_biased"), (found.unbiasedKurtosis, "excess_kurtosis_G2_unbiased"),
        ] {
            // Undefined there is undefined here.
            #expect(found == nil ? !expected[key].exists : isClose(found, expected[key].number, relative: 1e-10))
        }
        #expect(found.min == expected["min"].number)
        #expect(found.max == expected["max"].number)
        #expect(isClose(found.range, expected["range"].number, relative: 1e-14))
        #expect(isClose(found.sd, expected["sd_n_minus_1"].number, relative: 1e-12))
        #expect(isClose(try MedianDeviation(data).scaled, expected["mad_scaled_1_4826"].number, relative: 1e-12))
        let interval = try MeanInterval(data).interval
        #expect(isClose(interval.low, expected["mean_ci95_t"][0].number, relative: 1e-12))
        #expect(isClose(interval.high, expected["mean_ci95_t"][1].number, relative: 1e-12))
    }

    @Test(arguments: columns) func quantiles(column: JSON) throws {
        let sample = try CountedSample(Self.values(column))
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
        let sample = try CountedSample(Self.values(column))
        let expected = column["normality"]
        guard !sample.isConstant else {
            #expect(!expected["anderson_darling"].exists)
            #expect(reason { () throws(Undefined) in try ShapiroWilk(sample) } == .constant)
            #expect(reason { () throws(Undefined) in try AndersonDarling(sample) } == .constant)
            #expect(reason { () throws(Undefined) in try Lilliefors(sample) } == .constant)
            #expect(reason { () throws(Undefined) in try JarqueBera(sample) } == .constant)
            return
        }
        if expected["shapiro_wilk"].exists {
            let shapiro = try ShapiroWilk(sample)
            // SciPy takes the normal quantiles in the weights to seven digits, which W feels in its tenth.
            #expect(isClose(shapiro.w, expected["shapiro_wilk"]["W"].number, relative: 1e-9))
            #expect(isClose(shapiro.p, expected["shapiro_wilk"]["p"].number, relative: 1e-6))
        } else {
            #expect(
                reason { () throws(Undefined) in try ShapiroWilk(sample) } == .tooMany(found: sample.n, limit: 5000))
        }
        let anderson = try AndersonDarling(sample)
        #expect(isClose(anderson.a2, expected["anderson_darling"]["A2"].number, relative: 1e-10))
        #expect(isClose(anderson.p, expected["anderson_darling"]["p"].number, relative: 1e-10))
        let lilliefors = try Lilliefors(sample)
        #expect(isClose(lilliefors.d, expected["lilliefors"]["D"].number, relative: 1e-10))
        #expect(isClose(lilliefors.p, expected["lilliefors"]["p_table"].number, relative: 1e-10))
        let jarqueBera = try JarqueBera(sample)
        #expect(isClose(jarqueBera.statistic, expected["jarque_bera"]["JB"].number, relative: 1e-10))
        #expect(isClose(jarqueBera.p, expected["jarque_bera"]["p"].number, relative: 1e-10))
        if expected["dagostino_k2"].exists {
            let omnibus = try DAgostinoK2(sample)
            #expect(isClose(omnibus.k2, expected["dagostino_k2"]["K2"].number, relative: 1e-10))
            #expect(isClose(omnibus.p, expected["dagostino_k2"]["p"].number, relative: 1e-10))
        }
    }

    @Test(arguments: columns) func outliers(column: JSON) throws {
        let sample = try CountedSample(Self.values(column))
        let expected = column["outliers"]
        let fences = try OutlierFences(sample)
        #expect(isClose(fences.low, expected["iqr_1.5"]["low_fence"].number, relative: 1e-12))
        #expect(isClose(fences.high, expected["iqr_1.5"]["high_fence"].number, relative: 1e-12))
        #expect(fences.above == expected["iqr_1.5"]["above"].integer)
        #expect(fences.below == expected["iqr_1.5"]["below"].integer)
        let far = try OutlierFences(sample, rule: .quartiles(3))
        #expect(isClose(far.low, expected["iqr_3.0"]["low_fence"].number, relative: 1e-12))
        #expect(isClose(far.high, expected["iqr_3.0"]["high_fence"].number, relative: 1e-12))
        #expect(far.above == expected["iqr_3.0"]["above"].integer)
        #expect(far.below == expected["iqr_3.0"]["below"].integer)
        guard !sample.isConstant else {
            #expect(reason { () throws(Undefined) in try OutlierFences(sample, rule: .zScore(3)) } == .constant)
            return
        }
        #expect(try OutlierFences(sample, rule: .zScore(3)).count == expected["zscore_abs_gt_3_sd_n_minus_1"].integer)
        let modified = try OutlierFences(sample, rule: .modifiedZ(3.5))
        #expect(modified.usedMeanDeviation || modified.count == expected["modified_z_abs_gt_3_5"].integer)
        #expect(modified.usedMeanDeviation == !expected["modified_z_abs_gt_3_5"].exists)
    }
}
