import Testing

@testable import Statistics

/// `data/reference/03_correlation_cluster.json`: SciPy 1.17.1, statsmodels 0.15.0, with the calls named there.
@Suite(
    .enabled(if: ReferenceFile.exists("03_correlation_cluster.json"), "the reference data are not beside the project"))
struct CorrelationReferenceTests {
    static let file = (try? ReferenceFile.read("03_correlation_cluster.json")) ?? JSON(nil)  // absent: no cases

    /// Two named columns of a file, rows with a missing value left out.
    static func pairs(_ file: String, _ first: String, _ second: String) throws -> (x: [Double], y: [Double]) {
        let rows = try ReferenceFile.lines(file).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map { $0.filter { $0 != "\"" } }
        }
        let header = try #require(rows.first)
        let (i, j) = try (#require(header.firstIndex(of: first)), #require(header.firstIndex(of: second)))
        let complete = rows.dropFirst().compactMap { row -> (Double, Double)? in
            guard row.count > max(i, j), let x = Double(row[i]), let y = Double(row[j]) else { return nil }
            return (x, y)
        }
        return (complete.map(\.0), complete.map(\.1))
    }

    @Test(arguments: [
        ("airquality_ozone_temp", "Ozone", "Temp"), ("airquality_ozone_solar", "Ozone", "Solar.R"),
        ("mtcars_mpg_wt", "mpg", "wt"), ("azure_context_generated", "ContextTokens", "GeneratedTokens"),
    ])
    func correlations(name: String, first: String, second: String) throws {
        let expected = try #require(Self.file["pairs"].list.first { $0["name"].text == name })
        let (x, y) = try Self.pairs(#require(expected["file"].text), first, second)
        let pearson = try PearsonCorrelation(x, y)
        #expect(pearson.n == expected["n_complete_pairs"].integer)
        #expect(isClose(pearson.r, expected["pearson"]["r"].number, relative: 1e-12))
        #expect(isClose(pearson.p, expected["pearson"]["p"].number, relative: 1e-9, absolute: 1e-300))
        #expect(isClose(pearson.interval?.low, expected["pearson"]["ci95_fisher_z"][0].number, relative: 1e-11))
        #expect(isClose(pearson.interval?.high, expected["pearson"]["ci95_fisher_z"][1].number, relative: 1e-11))
        let spearman = try SpearmanCorrelation(x, y)
        #expect(isClose(spearman.rho, expected["spearman"]["rho"].number, relative: 1e-12))
        #expect(isClose(spearman.p, expected["spearman"]["p_t_approx"].number, relative: 1e-9, absolute: 1e-300))
        let kendall = try KendallCorrelation(x, y, method: .normal)
        #expect(isClose(kendall.tau, expected["kendall_tau_b"]["tau"].number, relative: 1e-12))
        #expect(isClose(kendall.p, expected["kendall_tau_b"]["p_asymptotic"].number, relative: 1e-9, absolute: 1e-300))
    }

    @Test func autocorrelation() throws {
        let expected = try #require(Self.file["autocorrelation"].list.first)
        let values = try ReferenceFile.lines(#require(expected["file"].text)).dropFirst()
            .compactMap { Double($0.split(separator: ",").last ?? "") }
        let acf = try Autocorrelation(values, maxLag: 12).values
        for (found, theirs) in zip(acf, try #require(expected["acf_lag0_12_biased"].numbers)) {
            #expect(isClose(found, theirs, relative: 1e-11))
        }
        let box = expected["ljung_box"]
        for (index, lags) in try #require(box["lags"].numbers).enumerated() {
            let test = try LjungBox(values, lags: Int(lags))
            #expect(isClose(test.q, box["Q"][index].number, relative: 1e-11))
            #expect(isClose(test.p, box["p"][index].number, relative: 1e-10))
        }
    }
}
