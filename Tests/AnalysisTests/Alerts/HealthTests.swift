import Model
import Partials
import Testing

@testable import Analysis

@Suite struct HealthTests {
    private func settings(_ rows: [HealthRow]) -> AnalysisSettings {
        var settings = AnalysisSettings()
        settings.healthRows = rows
        settings.unusualDayPoints = 0
        return settings
    }

    private let latency = HealthRow(
        id: "latency", title: "Latency", metric: "response_time", bad: .above,
        steps: [.init(limit: 2, points: 10), .init(limit: 3, points: 20)])

    /// The ladder that users know: −10 above 2 s, −20 above 3 s, not both.
    @Test(arguments: [(2.0, 100.0), (2.5, 90), (3.5, 80)])
    func deductionsAreALadder(value: Double, expected: Double) throws {
        let table = try AlertSample.table([[value, value]])
        let score = try #require(
            HealthScore(table, unusual: .success(0), asOf: november(1), settings: settings([latency])))
        #expect(score.value == expected)
        #expect(score.deductions[0].value.value == value && score.deductions[0].n == 2)
    }

    @Test func whatCannotBeJudgedCostsNothingAndIsSaid() throws {
        let other = HealthRow(
            id: "quality", title: "Quality", metric: "quality", bad: .below, steps: [.init(limit: 0.8, points: 30)])
        let table = try AlertSample.table([[9]])
        let score = try #require(
            HealthScore(table, unusual: .success(0), asOf: november(1), settings: settings([latency, other])))
        #expect(score.value == 80 && score.unjudged == 1)
        #expect(HealthScore(table, unusual: .success(0), asOf: november(1), settings: settings([])) == nil)
    }

    @Test func unusualDaysCostFivePointsEachAndTheScoreEndsAtZero() throws {
        var settings = settings([latency])
        settings.unusualDayPoints = 5
        let table = try AlertSample.table([[9]])
        #expect(HealthScore(table, unusual: .success(3), asOf: november(1), settings: settings)?.value == 65)
        #expect(HealthScore(table, unusual: .success(30), asOf: november(1), settings: settings)?.value == 0)
        #expect(HealthScore(table, unusual: .failure(.noRecords), asOf: november(1), settings: settings)?.unjudged == 1)
    }

    /// 60 days of three records about 5 s; of the last seven one lies 15 s higher and two 15 s lower: long ones alone are bad.
    @Test func unusuallyGoodDaysCostNothing() throws {
        var noise = Noise(seed: 4)
        let days = (1...60).map { day -> [Double] in
            let level = 50 + (day == 57 ? 15.0 : day == 55 || day == 59 ? -15 : 0)
            return (0..<3).map { _ in level + noise.next() }
        }
        var settings = settings([latency])
        settings.unusualDayPoints = 5
        let made = try analyse(AlertSample.table(days), settings: settings, asOf: november(60))
        #expect(try made.trends.first?.behaviour.anomalies.get().map(\.index) == [54, 56, 58])
        let row = try #require(made.healthScore?.deductions.first { $0.id == "unusual_days" })
        #expect(row.value.value == 1 && row.points == 5)
    }

    private func status(_ rules: [AlertRule], _ table: PartialTable, asOf: Day) throws -> HealthStatus {
        var settings = AnalysisSettings()
        settings.alertRules = rules
        let account = AlertAccount(table, asOf: asOf, settings: settings)
        return try #require(HealthStatus(account, catalogue: table.catalogue))
    }

    private func rule(_ id: String, component: String, limit: Double, staleDays: Int = 1) -> AlertRule {
        var terms = AlertTerms(.limit(.above), levels: [AlertLevel(.warning, limit), AlertLevel(.critical, 2 * limit)])
        terms.minimum = 1
        terms.clearNights = 1
        terms.staleDays = staleDays
        return AlertRule(id: id, title: id, metric: "response_time", terms: terms, component: component)
    }

    /// An earlier tool's overall state was always a warning, whatever the components said.
    @Test func theWholeIsAsBadAsItsWorstComponent() throws {
        let table = try AlertSample.table([1, 3, 5, 1].map { [$0] })
        let found = try status(
            [rule("a", component: "Front", limit: 2), rule("b", component: "Back", limit: 100)], table,
            asOf: november(4))
        #expect(found.components.map(\.name) == ["Front", "Back"])
        #expect(found.overall.nights.map(\.level) == [.healthy, .warning, .critical, .healthy])
        #expect(found.components[1].nights.allSatisfy { $0.level == .healthy })
        #expect(found.overall.good == 2 && found.overall.known == 4)
    }

    @Test func withoutDataTheStatusIsUnknownNotHealthy() throws {
        let table = try AlertSample.table([[1], [], [], [1]])
        let found = try status([rule("a", component: "Front", limit: 2)], table, asOf: november(4))
        #expect(found.overall.nights.map(\.level) == [.healthy, .healthy, .unknown, .healthy])
        #expect(found.overall.known == 3)
        #expect(HealthLevel.unknown < .warning && HealthLevel.healthy < .unknown)
    }
}
