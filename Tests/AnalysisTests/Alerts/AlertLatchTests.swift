import Model
import Testing

@testable import Analysis

/// k of n, hysteresis and gaps, night by night: B breach, - between the limits, G good, ? not judged, X gone.
@Suite struct AlertLatchTests {
    private func states(_ nights: String, _ fill: (inout AlertTerms) -> Void) -> String {
        var terms = AlertTerms(.limit(.above), levels: [AlertLevel(.warning, 1)])
        fill(&terms)
        var latch = AlertLatch(terms)
        return nights.enumerated().map { index, night in
            let judgement: AlertJudgement =
                switch night {
                case "B": .breach
                case "-": .between
                case "G": .clear
                case "X": .gone
                default: .unknown
                }
            latch.take(judgement, on: november(1 + index))
            return latch.state == .firing ? "F" : latch.state == .pending ? "p" : "."
        }.joined()
    }

    @Test(
        arguments: [
            // The k-th breach fires, on its night and not before.
            ("GGBGB", 2, 3, "..ppF"), ("GBGGB", 2, 3, ".pppp"), ("BB", 2, 3, "pF"), ("GGBGGG", 2, 3, "..ppp."),
            ("B", 1, 1, "F"), ("BBGBBB", 3, 3, "pppppF"), ("BBGBBB", 3, 4, "pppF"),
            // A window that is not full yet counts the nights that it has.
            ("BGB", 2, 5, "ppF"),
        ])
    func firesOnTheNightOfTheLastBreach(nights: String, breaches: Int, within: Int, expected: String) {
        let found = states(nights) { ($0.breaches, $0.within) = (breaches, within) }
        #expect(found.hasPrefix(expected.prefix(while: { $0 != "F" })), "\(found)")
        #expect(found.firstIndex(of: "F") == expected.firstIndex(of: "F"), "\(found)")
    }

    /// An earlier tool counted the points in the time of the rule, not the breaches among them.
    @Test func durationCountsBreachesNotPoints() {
        #expect(states("BGGGGG") { ($0.breaches, $0.within) = (3, 6) } == "pppppp")
        #expect(states("BGBGGB") { ($0.breaches, $0.within) = (3, 6) } == "pppppF")
    }

    @Test(
        arguments: [
            ("BGGG", 3, "FFF."), ("BGGBGGG", 3, "FFFFFF."), ("BG", 1, "F."),
            // A night between the limits starts the count anew.
            ("BGG-GGG", 3, "FFFFFF."), ("B-------", 3, "FFFFFFFF"),
        ])
    func endsAfterGoodNightsInARow(nights: String, clear: Int, expected: String) {
        #expect(states(nights) { $0.clearNights = clear } == expected)
    }

    /// No data is not good, nor bad: it neither fires, pends, nor ends.
    @Test func noDataIsNotGood() {
        #expect(states("B??????G") { $0.clearNights = 1 } == "FFFFFFF.")
        #expect(states("BGG??G") { $0.clearNights = 3 } == "FFFFF.")
        #expect(states("?????") { _ in } == ".....")
        #expect(states("B?B") { ($0.breaches, $0.within) = (2, 2) } == "ppF")
    }

    /// After more than `staleDays` nights without a judgement an old breach is no evidence any more.
    @Test func oldBreachesAreForgotten() {
        let terms = { (terms: inout AlertTerms) in
            (terms.breaches, terms.within) = (2, 3)
            terms.staleDays = 3
        }
        #expect(states("B???B", terms) == "ppppF")
        #expect(states("B????B", terms) == "pppp.p")
        #expect(states("B????BB", terms) == "pppp.pF")
    }

    @Test func aGroupThatIsGoneEndsItsAlert() { #expect(states("BX") { _ in } == "F.") }

    /// After an end old breaches do not fire again.
    @Test func anEndedAlertStartsAnew() {
        #expect(
            states("BBGBG") {
                ($0.breaches, $0.within) = (2, 3)
                $0.clearNights = 1
            } == "pF.pp")
    }
}
