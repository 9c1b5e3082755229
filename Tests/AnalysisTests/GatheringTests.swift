import Model
import Statistics
import Testing

@testable import Analysis

@Suite struct GatheringTests {
    private func finding(
        _ kind: Finding.Kind, _ group: Group, _ estimate: Double, _ interval: ClosedRange<Double>,
        severity: Finding.Severity = .note, start: Int = 1, metric: String = "quality"
    ) -> Finding {
        made(kind, .metric(Subject(metric: metric, group: group)), estimate, interval, severity, start)
    }

    private func made(
        _ kind: Finding.Kind, _ topic: Finding.Topic, _ estimate: Double, _ interval: ClosedRange<Double>,
        _ severity: Finding.Severity = .note, _ start: Int = 1
    ) -> Finding {
        Finding(
            id: Finding.id(kind: kind, subject: topic), kind: kind, subject: topic, estimate: estimate, unit: "",
            interval: Interval(low: interval.lowerBound, high: interval.upperBound, level: 0.95),
            standardised: estimate,
            n: 100, p: 0.001, pAdjusted: 0.01, severity: severity,
            period: Period(from: november(start), through: november(28)), goodness: .neutral)
    }

    private func value(_ name: String) -> Group { .value(dimension: "tier", value: name) }

    /// Which finding each is part of, by places in the list.
    private func holders(_ findings: [Finding]) -> [Int?] {
        Gathering(findings).gathered.map { told in told.partOf.flatMap { id in findings.firstIndex { $0.id == id } } }
    }

    /// A step of everything is told once; the tier that moved twice as far keeps its own finding.
    @Test func aStepOfTheWholeHoldsThoseOfItsParts() {
        let findings = [
            finding(.levelShift, value("c"), -2, -2.3 ... -1.7, start: 10),
            finding(.levelShift, .all, -1, -1.1 ... -0.9, start: 10),
            finding(.levelShift, value("a"), -1.05, -1.3 ... -0.8, start: 12),
            finding(.levelShift, value("b"), -0.8, -1.0 ... -0.6, start: 3),
        ]
        #expect(holders(findings) == [nil, nil, 1, 1])
        #expect(Gathering(findings).gathered.map(\.parts) == [0, 2, 0, 0])
    }

    /// Without a step of all records the weightiest of like steps in groups tells the others; what is larger stands alone.
    @Test func likeStepsOfGroupsAreToldOnce() {
        let findings = [
            finding(.levelShift, value("a"), -1.2, -1.4 ... -1, start: 10),
            finding(.levelShift, value("b"), -1.1, -1.4 ... -0.8, start: 9),
            finding(.levelShift, value("c"), -1, -1.3 ... -0.7, start: 20),
            finding(.levelShift, value("d"), -1, -1.3 ... -0.7, start: 11),
            finding(.levelShift, value("e"), 1, 0.7...1.3, start: 10),
        ]
        #expect(holders(findings) == [nil, 0, nil, 0, nil])
        #expect(Gathering(findings).gathered.map(\.parts) == [2, 0, 0, 0, 0])
    }

    /// Another day, another direction, another metric, another question: other events.
    @Test(arguments: [(19, -1.0, "quality"), (10, 1.0, "quality"), (10, -1.0, "safety")])
    func otherEventsStandAlone(start: Int, estimate: Double, metric: String) {
        let findings = [
            finding(.levelShift, .all, -1, -1.1 ... -0.9, start: 10),
            finding(
                .levelShift, value("a"), estimate, min(estimate, -1.2)...max(estimate, -0.8), start: start,
                metric: metric
            ), finding(.nightChange, value("a"), -1, -1.2 ... -0.8),
        ]
        #expect(holders(findings) == [nil, nil, nil])
    }

    /// What is graver in a part is not told as a note of the whole.
    @Test func aGraverPartStandsAlone() {
        let findings = [
            finding(.trend, value("a"), -0.6, -0.9 ... -0.3, severity: .warning),
            finding(.trend, .all, -0.4, -0.5 ... -0.3),
        ]
        #expect(holders(findings) == [nil, nil])
    }

    /// A line through a step in the middle rises by 6 f (1 − f) = 1.5 times the step: the step is what happened, in the
    /// whole as in the part.
    @Test func aStepHoldsTheSlopeOfItsSubject() {
        let findings = [
            finding(.trend, value("a"), -1.5, -1.9 ... -1.1, severity: .critical),
            finding(.levelShift, .all, -1, -1.1 ... -0.9, start: 14),
            finding(.levelShift, value("a"), -1, -1.2 ... -0.8, start: 14), finding(.trend, .all, 0.4, 0.2...0.6),
        ]
        #expect(holders(findings) == [1, nil, 1, nil])
    }

    /// A pair of dimensions is part of the widest finding that is like it.
    @Test func aPairOfGroupsIsHeldByTheWidestAlike() {
        let pair = Group.pair(first: "tier", firstValue: "a", second: "channel", secondValue: "web")
        let findings = [
            finding(.recentChange, .all, -0.2, -0.3 ... -0.1), finding(.recentChange, value("a"), -1, -1.2 ... -0.8),
            finding(.recentChange, pair, -1.1, -1.4 ... -0.7),
        ]
        #expect(holders(findings) == [nil, nil, 1])
    }

    /// A dimension whose values differ is told by its weightiest pair.
    @Test func onePairTellsAComparison() {
        let pair = { (dimension: String, a: String, b: String) in
            self.made(.groupDifference, .pair(metric: "quality", dimension: dimension, a: a, b: b), 1, 0.9...1.1)
        }
        let findings = [
            pair("tier", "a", "b"), pair("channel", "x", "y"), pair("tier", "a", "c"), pair("tier", "b", "c"),
        ]
        #expect(holders(findings) == [nil, nil, 0, 0])
    }

    /// Groups of a report that steps as a whole: one event, whatever the number of groups.
    @Test func aReportTellsAnEventOnce() throws {
        let names = ["east", "north", "south", "west"]
        let made = try FindingTests.analyses(seed: 5, names: names) { day, _ in day > 20 ? -1 : 0 }
        let steps = made.findings.filter { $0.kind == .levelShift || $0.kind == .trend }
        let told = made.events.filter { $0.kind == .levelShift || $0.kind == .trend }
        #expect(steps.count >= 5 && told.count == 1)
        #expect(told.first?.subject == .metric(Subject(metric: "quality", group: .all)))
        #expect(told.first?.kind == .levelShift && told.first?.parts == steps.count - 1)
    }
}
