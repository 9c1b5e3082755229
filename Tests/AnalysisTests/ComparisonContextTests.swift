import Model
import Statistics
import Testing

@testable import Analysis

@Suite struct ComparisonContextTests {
    @Test func withinAndMixAddUpToTheChange() throws {
        let sides = [
            ChangeDrivers.Side(
                value: "a", baseline: Moments(Array(repeating: 1, count: 80)),
                current: Moments(Array(repeating: 2, count: 30))),
            ChangeDrivers.Side(
                value: "b", baseline: Moments(Array(repeating: 5, count: 20)),
                current: Moments(Array(repeating: 5, count: 60))),
            ChangeDrivers.Side(value: nil, baseline: Moments(), current: Moments([9, 9, 9, 9, 9, 9, 9, 9, 9, 9])),
        ]
        let day = november(1)
        let period = Period(of: .week, containing: day)
        let found = try ChangeDrivers(sides, current: period, baseline: period, needed: 30)
        // 0.8 · 1 + 0.2 · 5 = 1.8 before, 0.3 · 2 + 0.6 · 5 + 0.1 · 9 = 4.5 after.
        #expect(abs(found.change - 2.7) < 1e-12)
        #expect(abs(found.within + found.mix - found.change) < 1e-12)
        let a = try #require(found.parts.first { $0.value == "a" })
        // (0.8 + 0.3)/2 · 1 and (0.3 − 0.8) · (1.5 − 3.15).
        #expect(abs(a.within - 0.55) < 1e-12 && abs(a.mix - 0.825) < 1e-12)
        #expect(found.parts.first { $0.value == nil }?.within == 0)
    }

    @Test func likeRecordsAreCompared() throws {
        // Within each stratum b lies 1 above a; a holds mostly the low stratum, so that the raw difference is 4.6.
        let strata = [
            MixAdjusted.Stratum(
                a: Moments((0..<90).map { Double($0 % 3) }), b: Moments((0..<10).map { 1 + Double($0 % 3) })),
            MixAdjusted.Stratum(
                a: Moments((0..<10).map { 5 + Double($0 % 3) }), b: Moments((0..<90).map { 6 + Double($0 % 3) })),
        ]
        let found = try MixAdjusted(dimension: "dataset", strata: strata, level: 0.95)
        // Strata of 100 records each: the mean of 0.9 and 1.1, by hand.
        #expect(abs(found.difference - 1) < 1e-12)
        #expect(found.interval.contains(1) && found.strata == 2 && found.coverage == 1)
        // Two shares of 0 to 1 differ by −1 to 1; t of 2 degrees of freedom × √0.5 would reach 3.04.
        let pair = MixAdjusted.Stratum(a: Moments([0, 1]), b: Moments([0, 1]))
        let held = try MixAdjusted(dimension: "dataset", strata: [pair], within: 0...1, level: 0.95)
        #expect(held.interval.low == -1 && held.interval.high == 1)
        let free = try MixAdjusted(dimension: "dataset", strata: [pair], level: 0.95)
        #expect(abs(free.interval.high - 4.302652729911275 * 0.5.squareRoot()) < 1e-9)
        #expect(throws: Absence.tooFew(.groups, found: 0, needed: 1)) {
            try MixAdjusted(
                dimension: "dataset", strata: [.init(a: Moments([1, 2, 3]), b: Moments())], level: 0.95)
        }
    }

    /// Tier b lies in the better dataset, and within each dataset 0.05 below tier a.
    static func entangled(_ share: (String) -> Int) throws -> ComparisonResult {
        let rows = (0..<400).map { place -> Row in
            let tier = place % 2 == 0 ? "a" : "b"
            let dataset = place / 2 % 10 < share(tier) ? "hard" : "easy"
            let value = (dataset == "easy" ? 0.6 : 0.3) - (tier == "b" ? 0.05 : 0) + Double(place * 7 % 11) / 100
            return Row(day: november(1 + place % 20), values: [value], groups: [tier, dataset])
        }
        let made = try analyse(
            table(rows, catalogue([score("quality")], by: ["tier", "dataset"])), asOf: november(20))
        return try #require(made.comparisons.first { $0.dimension == "tier" })
    }

    @Test func dimensionsThatGoTogetherAreToldApartWherePossible() throws {
        let mixed = try Self.entangled { $0 == "a" ? 8 : 2 }
        let pair = try #require(mixed.pairs.first)
        #expect(pair.difference > 0.1)
        let adjusted = try #require(pair.adjustments.first)
        #expect(adjusted.dimension == "dataset" && adjusted.exactness == .exact && adjusted.coverage == 1)
        #expect(abs(adjusted.difference + 0.05) < 0.01 && adjusted.interval.high < 0)
        // scipy.stats.contingency.association([[160, 40], [40, 160]], method="cramer").
        #expect(try abs(#require(mixed.entangled.first).cramersV - 0.6) < 1e-12)
        #expect(pair.contradictions == [adjusted] && mixed.inseparable(pair).isEmpty)
        let nested = try Self.entangled { $0 == "a" ? 10 : 0 }
        #expect(try nested.inseparable(#require(nested.pairs.first)) == ["dataset"])
        #expect(nested.entangled.first?.cramersV == 1 && nested.pairs.first?.adjustments.isEmpty == true)
        let apart = try Self.entangled { _ in 5 }
        #expect(apart.entangled.isEmpty && apart.pairs.first?.adjustments.isEmpty == true)
    }

    /// From day 31 on the slow half is rare: the mean falls from 2 to 1.2, though nothing changed within a group.
    @Test func aStepOfSharesIsToldAsOne() throws {
        func made(
            volume: (Int) -> Int = { _ in 40 }, slow: (Int) -> Int = { $0 > 30 ? 1 : 5 },
            _ value: (_ isSlow: Bool, _ day: Int) -> Double
        ) throws -> ReportAnalyses {
            let rows = (1...40).flatMap { day in
                (0..<volume(day)).map { place -> Row in
                    let isSlow = place % 10 < slow(day)
                    let scatter = Double((place * 7 + day * 3) % 11 - 5) / 100
                    return Row(
                        day: november(day), values: [value(isSlow, day) + scatter], groups: [isSlow ? "slow" : "fast"])
                }
            }
            let seconds = try #require(Metric(name: "seconds", unit: "s", direction: .lower))
            return try analyse(table(rows, catalogue([seconds], by: ["tier"])), asOf: november(40))
        }
        let shares = try made { isSlow, _ in isSlow ? 3 : 1 }
        let step = try #require(shares.events.first { $0.kind == .levelShift })
        let told = try #require(shares.makeUps[step.id])
        #expect(step.subject == .metric(Subject(metric: "seconds", group: .all)) && told.dimension == "tier")
        // Shares of slow 0.5 and 0.1, means 3 and 1: (0.1 − 0.5) · (3 − 1).
        #expect(abs(told.drivers.mix + 0.8) < 0.01 && abs(told.drivers.within) < 0.01)
        // Both groups gain 1 as well: within is more than mix, so that nothing is laid to shares.
        let both = try made { isSlow, day in (isSlow ? 3 : 1) - (day > 30 ? 1 : 0) }
        #expect(both.findings.contains { $0.kind == .levelShift } && both.makeUps.isEmpty)
        // Of ten later days nine of 10 records have a mean of 2.8 and one of 400 records 1: the days rise to 2.62, the records
        // fall to 1.33, so that no share of the fall explains the rise.
        let other = try made(
            volume: { $0 <= 30 ? 40 : $0 == 35 ? 400 : 10 }, slow: { $0 <= 30 ? 5 : $0 == 35 ? 0 : 9 }
        ) { isSlow, _ in isSlow ? 3 : 1 }
        let rise = try #require(other.events.first { $0.kind == .levelShift && $0.subject == step.subject })
        #expect(rise.estimate > 0.4 && other.makeUps[rise.id] == nil, "\(rise.estimate)")
    }

    @Test(arguments: [0, 1, 2, 9]) func onlyTheClosestAreAdjustedFor(most: Int) throws {
        // The third dimension is the first but for every tenth record, the second but for every fourth.
        let rows = (0..<400).map { place -> Row in
            let tier = place % 2
            let near = place / 2 % 10 == 0 ? 1 - tier : tier
            let far = place / 2 % 4 == 0 ? 1 - tier : tier
            return Row(
                day: november(1 + place % 20), values: [Double(place * 7 % 11) / 100],
                groups: ["t\(tier)", "far \(far)", "near \(near)"])
        }
        var settings = AnalysisSettings()
        settings.maximumEntangled = most
        let made = try analyse(
            table(rows, catalogue([score("quality")], by: ["tier", "far", "near"])), settings: settings,
            asOf: november(20))
        let found = try #require(made.comparisons.first { $0.dimension == "tier" })
        let closest = Array(["near", "far"].prefix(most))
        #expect(found.entangled.map(\.dimension) == closest)
        #expect(found.pairs.first?.adjustments.map(\.dimension) == closest)
    }

    @Test func placesMove() throws {
        let side = { (value: String, before: Double, now: Double) in
            ChangeDrivers.Side(
                value: value, baseline: Moments([before, before]), current: Moments([now, now]))
        }
        let places = try RankMovement.places(
            [side("a", 3, 1), side("b", 2, 2), side("c", 1, 1.5)], needed: 2, alpha: 0.05)
        #expect(places.map(\.value) == ["b", "c", "a"])
        #expect(places.map(\.gained) == [1, 1, -2])
    }

    /// Two groups of ten that change places. Alternating around their means by ±1: stats.ttest_ind(…, equal_var=False) of means 1
    /// apart has p = 0.048 (scipy 1.17.1), of means 0.1 apart p = 0.83.
    @Test(arguments: [(0.1, 1.0, false), (1.0, 0.1, false), (1.0, 1.0, true)])
    func placesChangeBeyondTiesWhereBothPeriodsTell(before: Double, now: Double, expected: Bool) throws {
        let values = { (mean: Double) in Moments((0..<10).map { mean + ($0 % 2 == 0 ? 1 : -1) }) }
        let places = try RankMovement.places(
            [
                ChangeDrivers.Side(value: "a", baseline: values(before), current: values(0)),
                ChangeDrivers.Side(value: "b", baseline: values(0), current: values(now)),
            ], needed: 2, alpha: 0.05)
        #expect(places.map(\.gained) == [1, -1] && places.map(\.isBeyondTies) == [expected, expected])
    }

    @Test func componentsArePairs() throws {
        var settings = AnalysisSettings()
        settings.minimumGroup = 5
        let a = [0.1, 0.4, 0.3, 0.9, 0.5, .nan, 0.7], b = [0.2, 0.6, 0.3, 0.8, 0.9, 0.4, 0.9]
        let pairs = PairedFigures.all([("a", a), ("b", b)], settings: settings)
        let pair = try #require(pairs.first)
        // scipy.stats.ttest_rel(b, a) on the six pairs: mean of the differences 0.8 / 6.
        #expect(pair.n == 6 && abs(pair.difference - 0.8 / 6) < 1e-12)
        #expect(abs((try pair.test.get()).statistic - 1.8650096164806276) < 1e-9)
        #expect(abs((try pair.test.get()).p - 0.12118808449938528) < 1e-9)
    }
}
