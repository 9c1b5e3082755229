import Model
import Testing

@testable import Analysis

@Suite struct FindingTests {
    /// Days of two groups with some records each: scatter alone, and what `shift` adds to a group on a day. Nothing is
    /// forecast, since no claim rests on it.
    static func analyses(
        seed: UInt64, days: Int = 40, records: Int = 15, names: [String] = ["north", "south"],
        shift: (Int, Int) -> Double = { _, _ in 0 }
    ) throws -> ReportAnalyses {
        var noise = Noise(seed: seed)
        var rows: [Row] = []
        for day in 1...days {
            for (number, name) in names.enumerated() {
                for _ in 0..<records {
                    let value = 0.5 + 0.1 * (noise.next() + shift(day, number))
                    rows.append(
                        Row(
                            day: november(day),
                            values: [min(1, max(0, value)), min(1, max(0, 0.5 + 0.1 * noise.next()))],
                            groups: [name]))
                }
            }
        }
        var settings = AnalysisSettings()
        settings.forecastDays = 0
        settings.dipSimulations = 20
        return try analyse(
            table(rows, catalogue([score("quality"), score("safety")], by: ["region"])), settings: settings,
            asOf: november(days))
    }

    /// On noise alone a report may be wrong once in twenty; of 80 at most 9 are (scipy.stats.binom.cdf(9, 80, 0.05)
    /// is 0.993). Of 1,500 reports of forty days 55 had a finding, 8 of them above a note.
    @Test func noiseStaysQuiet() throws {
        let loud = try (1...80).count { seed in
            try !Self.analyses(seed: UInt64(seed), days: 36, records: 3).findings.isEmpty
        }
        #expect(loud <= 9)
    }

    /// Many true slopes in a report let no newest day through that is nothing among the newest days.
    @Test func aClaimStandsInItsFamilyToo() throws {
        let names = (0..<12).map { "group \($0)" }
        let made = try Self.analyses(seed: 11, records: 6, names: names) { day, _ in Double(day) / 10 }
        let nights = made.trends.compactMap { $0.sinceSameWeekday.value?.test }
        #expect(nights.count == 26)
        let ordered = nights.map(\.p).sorted()
        for test in nights {
            // Benjamini and Hochberg, 1995: the least m p / rank of this p and all larger ones.
            let own = ordered.enumerated().filter { $0.element >= test.p }.map {
                min(1, 26 * $0.element / Double($0.offset + 1))
            }
            #expect(try #require(test.pAdjusted) >= (own.min() ?? 1) * (1 - 1e-12))
        }
    }

    @Test func aShiftOfTheLastWeekIsFound() throws {
        let made = try Self.analyses(seed: 7) { day, group in day > 33 && group == 1 ? -1 : 0 }
        let south = Subject(metric: "quality", group: .value(dimension: "region", value: "south"))
        let found = try #require(made.findings.first { $0.kind == .recentChange && $0.subject == .metric(south) })
        #expect(abs(found.estimate + 0.1) < 0.05)
        #expect(found.goodness == .worse && found.severity >= .warning)
        #expect(found.interval?.contains(-0.1) == true)
        #expect(found.p <= found.pAdjusted && found.pAdjusted < 0.05)
        let shift = try #require(made.findings.first)
        #expect(shift.kind == .levelShift && shift.subject == .metric(south) && shift.period.start == november(34))
    }

    @Test func groupsThatDifferAreRankedBeforeSmallerEffects() throws {
        let made = try Self.analyses(seed: 3) { _, group in group == 0 ? 0 : 1 }
        let first = try #require(made.findings.first)
        #expect(first.kind == .groupDifference && first.goodness == .neutral && first.severity == .note)
        #expect(
            first.subject == .pair(metric: "quality", dimension: "region", a: "north", b: "south"))
        #expect(zip(made.findings, made.findings.dropFirst()).allSatisfy { $0.weight >= $1.weight })
        #expect(made.trends.allSatisfy { $0.direction != .rising && $0.direction != .falling })
    }

    /// All of one group against none of the other: neither varies, so Welch's test and Hedges' g are not defined. Cohen's h of
    /// 0 and 1 is 2 asin 1 = π; scipy.stats.fisher_exact([[40, 0], [0, 40]]) gives p = 1.86e-23.
    @Test func sharesThatDoNotVaryAreCompared() throws {
        let rows = (1...10).flatMap { day in
            (0..<8).map { Row(day: november(day), values: [$0 < 4 ? 0 : 1], groups: [$0 < 4 ? "north" : "south"]) }
        }
        var settings = AnalysisSettings()
        settings.forecastDays = 0
        let made = try analyse(
            table(rows, catalogue([score("solved")], by: ["region"])), settings: settings, asOf: november(10))
        let found = try #require(made.findings.first { $0.kind == .groupDifference })
        #expect(found.estimate == 1 && abs(found.standardised - .pi) < 1e-12)
        #expect(abs(found.p / 1.86029e-23 - 1) < 1e-4)
    }

    @Test func theSameClaimHasTheSameIdWhateverItsFigures() throws {
        let ids = try [3, 4].map { seed in
            try Self.analyses(seed: seed) { _, group in group == 0 ? 0 : Double(seed) / 3 }.findings.first?.id
        }
        #expect(ids[0] == ids[1] && ids[0]?.count == 16)
    }

    @Test func partsOfASubjectDoNotRunTogether() {
        let topics: [Finding.Topic] = [
            .pair(metric: "m", dimension: "d", a: "ab", b: "c"), .pair(metric: "m", dimension: "d", a: "a", b: "bc"),
            .pair(metric: "m", dimension: "d", a: "2:a", b: ""), .metrics(x: "m", y: "d", group: .all),
            .metric(Subject(metric: "m", group: .value(dimension: "d", value: "all"))),
            .metric(Subject(metric: "m", group: .all)),
        ]
        #expect(Set(topics.map { Finding.id(kind: .trend, subject: $0) }).count == topics.count)
    }

    @Test func hostileNamesOfGroupsGoThrough() throws {
        let names = ["<script>alert(1)</script>", "=1+1\u{0}\n\"'", "\u{202E}evil", "🇩🇪, a;b|c", "", "e\u{301}", "é"]
        let made = try Self.analyses(seed: 5, names: names)
        let comparison = try #require(made.comparison(of: "quality", by: "region"))
        #expect(comparison.groups.count == comparison.ranking.count)
        for name in names where !name.isEmpty { #expect(comparison.groups.contains { $0.value == name }) }
    }

    @Test func theLedgerCountsEveryTestOnce() throws {
        let made = try Self.analyses(seed: 9)
        // Two metrics in three groups with four claims each, weekdays of two metrics, one pair of groups for each metric,
        // one pair of metrics.
        #expect(made.ledger.tests == 2 * 3 * 4 + 2 + 2 + 1)
        #expect(made.ledger.families.map(\.tests) == [6, 6, 6, 0, 6, 2, 0, 2, 1, 0])
        #expect(made.ledger.families.reduce(0) { $0 + $1.rejected } == made.ledger.rejected)
        var p: [Double] = []
        var corrected: [Double?] = []
        var copy = made
        copy.visitClaims { _, test in
            p.append(test.p)
            corrected.append(test.pAdjusted)
        }
        #expect(zip(p, corrected).allSatisfy { $0 <= ($1 ?? -1) * (1 + 1e-12) })
    }

    @Test func theSameInputGivesTheSameValue() throws {
        let (first, second) = (try Self.analyses(seed: 11), try Self.analyses(seed: 11))
        #expect(first == second)
    }
}

/// Normal noise: SplitMix64 (Steele, Lea and Flood 2014) and the sum of twelve uniform numbers less six.
struct Noise {
    private var state: UInt64

    /// Seeds lie far apart in the one long cycle.
    init(seed: UInt64) { state = seed &* 0xD1B5_4A32_D192_ED03 }

    private mutating func uniform() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) / Double(1 << 53)
    }

    mutating func next() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + uniform() } }
}
