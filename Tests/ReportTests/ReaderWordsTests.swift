import Model
import Testing

@testable import Analysis
@testable import Report

/// Names, digits and spans as readers meet them.
@Suite struct ReaderWordsTests {
    @Test func aValueThatNamesItsDimensionIsNotNamedTwice() {
        #expect(Wording.named("Opened by  267", of: "Opened by") == "Opened by  267")
        #expect(Wording.named("professional", of: "Tier") == "Tier professional")
    }

    @Test func capitalsOfTheFieldStayWithinASentence() {
        #expect(Wording.within("STT latency") == "STT latency")
        #expect(Wording.within("Total latency") == "total latency")
    }

    @Test func aKeyIsSaidInWords() { #expect(Wording.title(ofKey: "process_change") == "Process change") }

    /// 0.3 beside 0.33 and 0.36 has two decimals, too.
    @Test func aRowOfNumbersHasTheSameDecimals() {
        #expect(NumberWords.evenly([0.33, 0.3, 0.36]) == ["0.33", "0.30", "0.36"])
        #expect(NumberWords.evenly([6, 7]) == ["6", "7"])
    }

    /// 0.7564 − 0.7557 beside both; 1062 ms − 1048 ms has no decimals, as both have none.
    @Test func aDifferenceHasTheDecimalsOfItsMeans() throws {
        let score = MetricWords(metric: try #require(Metric(name: "score", unit: "score")))
        let latency = MetricWords(metric: try #require(Metric(name: "latency", unit: "ms")))
        #expect(score.difference(0.000743, between: 0.7557, 0.7564) == "+0.0007")
        #expect(latency.difference(14.14, between: 1048, 1062) == "+14\u{202F}ms")
    }

    /// −2965.6 robust standard deviations are no measure of anything: the values hardly scatter.
    @Test func aScoreOfThousandsIsSaid() {
        let far = NumberWords.score(-2965.6)
        #expect(far.text == nil && far.reason == "hardly any scatter" && far.sortKey == -2965.6)
        #expect(NumberWords.score(4.54).text == "4.5")
    }

    /// A yes or no has bars at 0 and at 100 %, and an axis that ends there.
    @Test func aProportionIsDrawnWithinWhatItCanBe() throws {
        let words = MetricWords(metric: try #require(Metric(name: "solved", isProportion: true)))
        let bars = words.bars(
            HistogramFigures(
                bins: [HistogramBin(low: -0.5, high: 0.5, count: 541), HistogramBin(low: 0.5, high: 1.5, count: 1959)],
                rule: .distinctValues))
        #expect(bars.map(\.from) == [0, 97] && bars.map(\.to) == [3, 100] && bars.map(\.height) == [541, 1959])
        #expect(words.barScale == .linear(domain: 0...100, includesZero: true))
        #expect(words.barEnd(1) == "100.0\u{202F}%" && words.spread(0.412) == "41.2 points")
    }

    /// What is too little is counted in days where the periods are days.
    @Test func periodsThatAreDaysAreCalledDays() {
        let absence = Absence.tooFew(.periods, found: 3, needed: 5)
        #expect(Wording.absence(absence.ofDays) == "3 days, too few to say; needs 5")
        #expect(Absence.constant.ofDays == .constant)
        #expect(Wording.shortfall(.tooFew(.days, found: 3, needed: 7)) == "3 days of 7")
    }
}
