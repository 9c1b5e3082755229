import TestSupport
import Testing

@testable import Statistics

/// NIST Statistical Reference Datasets, certified values; correct digits are −log₁₀ of the relative error.
@Suite(.enabled(if: Repository.shared("data/sets/nist_strd") != nil, "the NIST data are not beside the project"))
struct CertifiedTests {
    /// The numbers of a file after its data header.
    private func rows(_ path: String) throws -> [[Double]] {
        let lines = try ReferenceFile.lines("sets/nist_strd/\(path)")
        let header = try #require(lines.lastIndex { $0.hasPrefix("Data") || $0 == "# Data" })
        return lines[(header + 1)...].map { $0.split(separator: " ").compactMap { Double($0) } }.filter { !$0.isEmpty }
    }

    @Test(arguments: [
        ("Lew", -177.435, 277.332168044316, -0.307304800605679),
        ("Lottery", 518.958715596330, 291.699727470969, -0.120948622967393),
        ("Mavro", 2.00185600000000, 0.000429123454003053, 0.937989183438248),
        ("Michelso", 299.852400000000, 0.0790105478190518, 0.535199668621283),
        ("NumAcc1", 10000002, 1, -0.5),
        ("NumAcc2", 1.2, 0.1, -0.999),
    ])
    func univariate(name: String, mean: Double, sd: Double, lag1: Double) throws {
        let data = try rows("univariate/\(name).dat").flatMap { $0 }
        let group = try GroupSummary(data)
        #expect(correctDigits(group.mean, mean) >= 14.5)
        #expect(correctDigits(group.sd, sd) >= (name == "Mavro" ? 12.5 : 13.5))
        #expect(correctDigits(try Autocorrelation(data, maxLag: 1).values[1], lag1) >= (name == "Mavro" ? 12 : 13))
        #expect(correctDigits(try GroupSummary(CountedSample(data)).sd, group.sd) >= 13)
    }

    /// NumAcc3 and NumAcc4 as NIST defines them. The decimals themselves carry 9 and 8 digits of the certified spread.
    @Test(arguments: [(1_000_000.2, 1_000_000.1, 1_000_000.3, 9.4), (10_000_000.2, 10_000_000.1, 10_000_000.3, 8.2)])
    func farFromZero(first: Double, low: Double, high: Double, digits: Double) throws {
        let data = [first] + (0..<1000).map { $0 % 2 == 0 ? low : high }
        let group = try GroupSummary(data)
        #expect(correctDigits(group.mean, first) >= 15)
        #expect(correctDigits(group.sd, 0.1) >= digits)
    }

    @Test(arguments: [
        ("SiRstv", 1.18046237440255, 0.190999039051129, 12.0),
        ("SmLs01", 21, 0.482758620689655, 13), ("SmLs02", 201, 0.471830985915493, 12.5),
        ("SmLs03", 2001, 0.470712773465067, 12.5), ("AtmWtAg", 15.9467335677930, 0.257426544538321, 8.5),
    ])
    func anova(name: String, f: Double, rSquared: Double, digits: Double) throws {
        let rows = try rows("anova/\(name).dat")
        let groups = Dictionary(grouping: rows) { $0[0] }.sorted { $0.key < $1.key }.map { $0.value.map { $0[1] } }
        let found = try OneWayAnova(groups)
        #expect(correctDigits(found.f, f) >= digits)
        #expect(correctDigits(found.etaSquared, rSquared) >= digits)
    }

    @Test func norris() throws {
        let rows = try rows("linear/Norris.dat")
        let fit = try LinearFit(x: rows.map { $0[1] }, y: rows.map { $0[0] })
        #expect(correctDigits(fit.intercept, -0.262323073774029) >= 12.5)
        #expect(correctDigits(fit.slope, 1.00211681802045) >= 14)
        #expect(correctDigits(fit.interceptError, 0.232818234301152) >= 13)
        #expect(correctDigits(fit.slopeError, 0.429796848199937e-3) >= 13)
        #expect(correctDigits(fit.residualSD, 0.884796396144373) >= 13)
        #expect(correctDigits(fit.rSquared, 0.999993745883712) >= 14)
    }

    /// Estimates and errors that 120-digit arithmetic gives (`data/reference/00_nist_exact.json`). Wampler's fifth powers and
    /// Longley's collinear columns leave a QR in doubles about the digits asked here, of 13 that are sought.
    @Test(arguments: [("Wampler1", 9.0, 0), ("Wampler2", 12.0, 0), ("NoInt1", 14.0, 14.0), ("Longley", 12.5, 12.5)])
    func linear(name: String, digits: Double, errorDigits: Double) throws {
        let problem = try ReferenceFile.read("../sets/nist_strd/linear/linear_regression.json")[name]
        let exact = try ReferenceFile.read("00_nist_exact.json")["linear"][name]
        var columns: [[Double]]
        var y = problem["y"].numbers ?? []
        if let x = problem["x"].numbers {
            columns = (0...5).map { power in x.map { value in (0..<power).reduce(1) { whole, _ in whole * value } } }
        } else if problem["X"].exists {
            let rows = problem["X"].list.compactMap(\.numbers)
            columns = [y.map { _ in 1 }] + rows[0].indices.map { column in rows.map { $0[column] } }
        } else {
            let pairs = problem["raw_pairs"].list.compactMap(\.numbers)
            (y, columns) = (pairs.map { $0[0] }, [pairs.map { $0[1] }])
        }
        let fit = try Regression(columns: columns, y: y)
        for (found, value) in zip(fit.coefficients, try #require(exact["estimates"].numbers)) {
            #expect(correctDigits(found.estimate, value) >= digits)
        }
        guard errorDigits > 0 else { return }
        for (found, value) in zip(fit.coefficients, try #require(exact["standard_errors"].numbers)) {
            #expect(correctDigits(found.standardError, value) >= errorDigits)
        }
        #expect(correctDigits(fit.residualSD, try #require(exact["residual_sd"].number)) >= 13)
    }
}
