import Model
import Partials
import Testing

@testable import Analysis

@Suite struct CorrelationTests {
    static func rows(_ count: Int) -> [Row] {
        (0..<count).map { i in
            let x = Double(i * 13 % 101) / 101
            return Row(day: november(1 + i % 4), values: [x, 0.5 * x + 0.5 * Double(i * 29 % 83) / 83, nil])
        }
    }

    static func result(_ count: Int, sizes: SampleSizes = .standard) throws -> CorrelationResult {
        let metrics = try ["x", "y", "z"].map(score)
        return try analyse(table(rows(count), catalogue(metrics), sizes: sizes), asOf: november(4)).correlation.get()
    }

    @Test func everyRecordCounts() throws {
        let found = try Self.result(200)
        #expect(found.exactness == .exact && found.pairs.count == 3)
        let pair = found.pairs[0]
        #expect((pair.x, pair.y, pair.n) == ("x", "y", 200))
        let pearson = try pair.pearson.get()
        // scipy 1.17.1: stats.pearsonr(x, y), its confidence_interval(), stats.spearmanr(x, y).
        #expect(near(pearson.coefficient, 0.7187328324231588))
        #expect(near(pearson.interval?.low, 0.6442332942931794) && near(pearson.interval?.high, 0.7797217684404908))
        let spearman = try pair.spearman.get()
        #expect(near(spearman.coefficient, 0.711637460967706))
        #expect(near(spearman.test.p * 1e32, 3.4707282655731974, 1e-6))
        #expect(spearman.test.pAdjusted != nil && pearson.test.pAdjusted == nil)
    }

    @Test func aPairWithoutCommonRecordsHasAReason() throws {
        let pair = try Self.result(200).pairs[1]
        #expect((pair.x, pair.y, pair.n) == ("x", "z", 0))
        #expect(pair.pearson.absence == .noRecords)
    }

    @Test func aSampleSaysSo() throws {
        let found = try Self.result(400, sizes: SampleSizes(all: 40, group: 5, valuesPerDimension: 5))
        guard case .sampled(let n, let of) = found.exactness else {
            Issue.record("a capped sample cannot be exact")
            return
        }
        #expect(of == 400 && n == found.pairs[0].n && (40...160).contains(n))
        let r = try found.pairs[0].pearson.get().coefficient
        #expect(abs(r - 0.72) < 0.25)
    }

    /// A mean of three scores cut to four decimals, some of which lack, beside one that only follows it: nothing says how it is
    /// made but its values.
    @Test func aMeanOfScoresIsTakenForOneByItsValues() throws {
        let rows = (0..<400).map { i -> Row in
            let parts = [(i * 37 + 11) % 97, (i * 53 + i * i) % 89, (i * 29 + i * i * 3) % 83].map { 4000 + $0 * 41 }
            let mean = Double(parts.reduce(0, +) / 3) / 10_000
            let near = mean + Double((i * 7919) % 101) / 10_000
            return Row(
                day: november(1 + i % 4),
                values: [mean] + parts.enumerated().map { ($0 + i) % 41 == 0 ? nil : Double($1) / 10_000 } + [near])
        }
        let names = try ["overall", "a", "b", "c", "near"].map(score)
        let found = try analyse(table(rows, catalogue(names)), asOf: november(4)).correlation.get()
        #expect(found.composites.map(\.metric) == ["overall"])
        let made = try #require(found.composites.first)
        #expect(
            made.parts.map(\.metric) == ["a", "b", "c"] && made.parts.allSatisfy { abs($0.weight - 1.0 / 3) < 1e-3 })
        let marked = found.pairs.filter(\.isByDefinition)
        #expect(marked.map(\.y) == ["a", "b", "c"] && marked.map(\.sharedColumns) == [["a"], ["b"], ["c"]])
        #expect(marked.allSatisfy { $0.pBH == nil } && found.pairs.count { $0.pBH != nil } == 7)
    }

    @Test func aSumGoesWithItsPartByDefinition() throws {
        var settings = AnalysisSettings()
        settings.composition = ["x": ["calls.stt"], "y": ["calls.stt", "calls.llm"], "z": ["calls.words"]]
        let rows = (0..<200).map { i in
            let x = Double(i * 13 % 101) / 101
            return Row(day: november(1 + i % 4), values: [x, 0.5 * x + 0.5 * Double(i * 29 % 83) / 83, 1 - x * x])
        }
        let names = try ["x", "y", "z"].map(score)
        let made = try analyse(
            table(rows, catalogue(names)), settings: settings, asOf: november(4))
        let found = try made.correlation.get()
        #expect(found.pairs.map(\.sharedColumns) == [["calls.stt"], [], []])
        let byDefinition = try #require(found.pairs.first)
        // The coefficient stands as in `everyRecordCounts`, but nothing is tested with it.
        #expect(near(try byDefinition.spearman.get().coefficient, 0.711637460967706))
        #expect(try byDefinition.pBH == nil && byDefinition.spearman.get().test.pAdjusted == nil)
        let told = made.findings.filter { $0.kind == .correlation }.map(\.subject)
        #expect(
            Set(told) == [.metrics(x: "x", y: "z", group: .all), .metrics(x: "y", y: "z", group: .all)])
        #expect(made.ledger.families.first { $0.kind == .correlation }?.tests == 2)
    }
}
