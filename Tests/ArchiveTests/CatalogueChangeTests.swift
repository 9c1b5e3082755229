import Archive
import Model
import Partials
import TestSupport
import Testing

@Suite struct CatalogueChangeTests {
    @Test func aNewMetricWasNeverStoredAndSaysSo() throws {
        try withTemporaryFolder { folder in
            do { try Night.open(folder).load(LoadingTests.one) }
            let wider = Night.make(["score", "errors", "latency"], ["tier", "site"])
            let archive = try Night.open(folder, catalogue: wider)
            let change = try #require(try archive.catalogueChange())
            #expect(change.metricsNeverStored == ["errors"])
            #expect(change.dimensionsNeverStored == ["site"])
            #expect(change.days == 2)
            #expect(throws: ArchiveError.catalogueChanged(change)) { try archive.partials(over: Night.period) }
            #expect(throws: ArchiveError.catalogueChanged(change)) { try archive.load(asOf: Night.first) }
            #expect(try archive.adoptCatalogue().count == 2)
            #expect(try archive.catalogueChange() == nil)
            let table = try archive.partials(over: Night.period)
            #expect(table.merged(metric: "latency", group: .all, over: Night.period)?.n == 3)
            #expect(table.merged(metric: "errors", group: .all, over: Night.period) == nil)
        }
    }

    @Test func otherBinsAreRecomputedFromTheRecords() throws {
        try withTemporaryFolder { folder in
            do { try Night.open(folder).load(LoadingTests.one) }
            let metrics = [
                Metric(name: "score"), Metric(name: "latency", bins: .linear(lower: 0, upper: 10, count: 5)),
            ].compactMap { $0 }
            let rebinned = try #require(Catalogue(metrics: metrics, dimensions: Night.catalogue.dimensions))
            let archive = try Night.open(folder, catalogue: rebinned)
            #expect(try archive.catalogueChange()?.metricsNeverStored == [])
            try archive.adoptCatalogue()
            let partial = try archive.partials(over: Night.period)
                .merged(metric: "latency", group: .all, over: Night.period)
            #expect(partial?.counts.bins == .linear(lower: 0, upper: 10, count: 5))
        }
    }

    @Test func titlesUnitsAndDirectionsChangeNothing() throws {
        try withTemporaryFolder { folder in
            do { try Night.open(folder).load(LoadingTests.one) }
            let metrics = [
                Metric(name: "score", title: "Quality", unit: "points", direction: .higher), Metric(name: "latency"),
            ].compactMap { $0 }
            let retitled = try #require(Catalogue(metrics: metrics, dimensions: Night.catalogue.dimensions))
            #expect(try Night.open(folder, catalogue: retitled).catalogueChange() == nil)
        }
    }
}
