import Testing

@testable import Statistics

/// scikit-learn 1.9.1 `KMeans(init=rows, n_init=1, tol=0)` and `silhouette_score` on iris, from the reference file.
@Suite struct ClusteringTests {
    @Test(
        .enabled(
            if: ReferenceFile.exists("03_correlation_cluster.json"), "the reference data are not beside the project"))
    func iris() throws {
        let expected = CorrelationReferenceTests.file["clustering"][0]
        let rows = try ReferenceFile.lines(#require(expected["file"].text)).dropFirst().map {
            $0.split(separator: ",").dropFirst().prefix(4).compactMap { Double($0) }
        }
        let fixed = expected["kmeans_lloyd_fixed_start"]
        let starts = try #require(expected["start_rows_0_based"].numbers).map { rows[Int($0)] }
        let found = try KMeans(rows, from: starts)
        #expect(isClose(found.inertia, fixed["inertia"].number, relative: 1e-12))
        #expect(found.sizes.sorted().map(Double.init) == fixed["sizes"].numbers)
        for (centre, theirs) in zip(found.centres, fixed["centers_sorted_by_first"].list) {
            for (x, y) in zip(centre, try #require(theirs.numbers)) { #expect(isClose(x, y, relative: 1e-12)) }
        }
        for k in 2...4 {
            let best = try KMeans(rows, k: k, starts: 20, seed: 1)
            #expect(isClose(best.inertia, expected["inertia_by_k"]["\(k)"].number, relative: 1e-9))
            let silhouette = try Silhouette(rows, labels: best.labels)
            #expect(isClose(silhouette.mean, expected["silhouette_by_k"]["\(k)"].number, relative: 1e-9))
        }
        let species = rows.indices.map { $0 / 50 }
        #expect(isClose(try AdjustedRand(found.labels, species).index, expected["adjusted_rand_vs_species"].number))
    }

    @Test func refusals() {
        #expect(reason { () throws(Undefined) in try KMeans([], k: 1, seed: 1) } == .empty)
        #expect(
            reason { () throws(Undefined) in try KMeans([[1], [1]], k: 2, seed: 1) } == .tooFew(found: 1, needed: 2))
        #expect(reason { () throws(Undefined) in try KMeans([[1], [1, 2]], k: 1, seed: 1) } == .unequalLengths(1, 2))
        #expect(reason { () throws(Undefined) in try Silhouette([[1], [2]], labels: [0, 0]) } != nil)
    }

    @Test func adjustedRand() throws {
        #expect(try AdjustedRand([0, 0, 1, 1], [5, 5, 3, 3]).index == 1)
        // The example in scikit-learn's documentation of `adjusted_rand_score`: 0.57.., that is 4/7.
        #expect(isClose(try AdjustedRand([0, 0, 1, 2], [0, 0, 1, 1]).index, 4.0 / 7, relative: 1e-14))
    }

    /// diptest 0.12 `diptest(x)` of Python, a port of R's diptest 0.77; p there from a table.
    @Test(
        arguments: [
            ([125, 115, 130, 140, 140.5, 115.5, 140.2, 125.4, 140.9, 135], 0.095, 0.5806713900921185),
            ([1, 1, 2, 2, 2, 3, 5, 5, 5, 6], 0.15, 0.022541939921913667),
            ((1...50).map { Double($0 * $0) }, 0.01, 1),
        ] as [([Double], Double, Double)])
    func dip(data: [Double], dip: Double, p: Double) throws {
        let found = try HartiganDip(data, simulations: 1000, seed: 3)
        #expect(isClose(found.dip, dip, relative: 1e-12))
        #expect(abs(found.p - p) < 0.05)
    }

    /// Even and normal points, however elongated, have no clusters; separated ones have. The same rule with
    /// scikit-learn 1.9.1's `KMeans` decides alike on such points.
    @Test func theGapTellsClustersFromNone() throws {
        var generator = SeededGenerator(seed: 3)
        let none = (0..<120).map { _ in [generator.normal(), generator.normal()] }
        let long = none.map { [$0[0], 0.9 * $0[0] + 0.44 * $0[1]] }
        let even = (0..<120).map { _ in [generator.uniform(), generator.uniform()] }
        let two = none.enumerated().map { [$1[0] + ($0 % 2 == 0 ? 6 : 0), $1[1]] }
        for rows in [none, long, even] {
            #expect(try !GapStatistic(rows, largest: 5, seed: 1).hasClusters())
        }
        #expect(try GapStatistic(two, largest: 5, seed: 1).hasClusters())
    }

    /// numpy.linalg.eigh of the scatter matrix [[10, 8], [8, 8]]: axes along (0.749…, 0.662…) with 17.062 and 0.938.
    @Test func principalAxes() {
        let rows: [[Double]] = [[-2, -2], [-1, 0], [0, 0], [1, 0], [2, 2]]
        let turned = PrincipalAxes(rows).turned(rows)
        let sums = (0..<2).map { axis in turned.reduce(0) { $0 + $1[axis] * $1[axis] } }.sorted()
        #expect(isClose(sums[0], 0.9377422517014478, relative: 1e-12))
        #expect(isClose(sums[1], 17.06225774829855, relative: 1e-12))
        #expect(abs(turned.reduce(0) { $0 + $1[0] * $1[1] }) < 1e-12)
    }
}
