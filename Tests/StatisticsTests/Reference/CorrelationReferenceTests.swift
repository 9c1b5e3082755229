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

    /// One named column of a file; fields that are no numbers are left out.
    static func column(_ file: String, at name: String) throws -> [Double] {
        let rows = try ReferenceFile.lines(file).map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let index = try #require(rows.first?.firstIndex { $0.filter { $0 != "\"" } == name })
        return rows.dropFirst().compactMap { $0.count > index ? Double($0[index]) : nil }
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
        #expect(isClose(pearson.p, expected["pearson"]["p"].number, relative: 1e-10, absolute: 1e-300))
        #expect(isClose(pearson.interval?.low, expected["pearson"]["ci95_fisher_z"][0].number, relative: 1e-11))
        #expect(isClose(pearson.interval?.high, expected["pearson"]["ci95_fisher_z"][1].number, relative: 1e-11))
        let spearman = try SpearmanCorrelation(x, y)
        #expect(isClose(spearman.rho, expected["spearman"]["rho"].number, relative: 1e-12))
        #expect(isClose(spearman.p, expected["spearman"]["p_t_approx"].number, relative: 1e-10, absolute: 1e-300))
        let kendall = try KendallCorrelation(x, y, method: .normal)
        #expect(isClose(kendall.tau, expected["kendall_tau_b"]["tau"].number, relative: 1e-12))
        #expect(isClose(kendall.p, expected["kendall_tau_b"]["p_asymptotic"].number, relative: 1e-10, absolute: 1e-300))
    }

    @Test func matrix() throws {
        let matrix = Self.file["matrix"]
        let names = matrix["columns"].list.compactMap(\.text)
        let columns = try names.map { try Self.column(#require(matrix["file"].text), at: $0) }
        var p: [Double] = []
        for i in columns.indices {
            for j in columns.indices where i < j {
                let pearson = try PearsonCorrelation(columns[i], columns[j])
                #expect(isClose(pearson.r, matrix["pearson"][i][j].number, relative: 1e-12))
                let spearman = try SpearmanCorrelation(columns[i], columns[j])
                #expect(isClose(spearman.rho, matrix["spearman"][i][j].number, relative: 1e-12))
                p.append(try #require(pearson.p))
            }
        }
        for (found, key) in try [
            (p, "upper_triangle_p"), (Adjustment.holm.adjusted(p), "upper_triangle_p_holm"),
            (Adjustment.benjaminiHochberg.adjusted(p), "upper_triangle_p_bh"),
        ] {
            for (mine, theirs) in zip(found, try #require(matrix[key].numbers)) {
                #expect(isClose(mine, theirs, relative: 1e-10))
            }
        }
    }

    @Test func clustering() throws {
        let expected = Self.file["clustering"][0]
        let path = try #require(expected["file"].text)
        let names = ["Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width"]
        let columns = try names.map { try Self.column(path, at: $0) }
        let rows = columns[0].indices.map { row in columns.map { $0[row] } }
        let starts = try #require(expected["start_rows_0_based"].numbers).map { rows[Int($0)] }
        let found = try KMeans(rows, from: starts)
        let theirs = expected["kmeans_lloyd_fixed_start"]
        let labels = try #require(theirs["labels"].numbers).map { Int($0) }
        #expect(isClose(found.inertia, theirs["inertia"].number, relative: 1e-10))
        #expect(try AdjustedRand(found.labels, labels).index == 1)
        #expect(found.sizes.sorted().map(Double.init) == theirs["sizes"].numbers)
        for (centre, index) in zip(found.centres.sorted { $0[0] < $1[0] }, 0...) {
            for (mine, value) in zip(centre, try #require(theirs["centers_sorted_by_first"][index].numbers)) {
                #expect(isClose(mine, value, relative: 1e-10))
            }
        }
        #expect(isClose(try Silhouette(rows, labels: found.labels).mean, theirs["silhouette"].number, relative: 1e-10))
        let species = rows.indices.map { $0 / 50 }
        let agreement = try AdjustedRand(found.labels, species).index
        #expect(isClose(agreement, expected["adjusted_rand_vs_species"].number, relative: 1e-10))
        // The best of seeded starts may find the reference minimum or a lower one.
        for k in 2...6 {
            let inertia = try #require(expected["inertia_by_k"]["\(k)"].number)
            #expect(try KMeans(rows, k: k, starts: 50, seed: 1).inertia <= inertia * (1 + 1e-9))
        }
    }

    @Test func constantColumn() throws {
        let values = try Self.column("sets/nab/data/artificialNoAnomaly/art_flatline.csv", at: "value")
        let rows = values.indices.map(Double.init)
        #expect(reason { () throws(Undefined) in try PearsonCorrelation(values, rows) } == .constant)
        #expect(reason { () throws(Undefined) in try SpearmanCorrelation(values, rows) } == .constant)
        #expect(reason { () throws(Undefined) in try KendallCorrelation(values, rows) } == .constant)
        #expect(reason { () throws(Undefined) in try MannKendall(values) } == .allTied)
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
