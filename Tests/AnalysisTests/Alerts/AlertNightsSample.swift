import Model
import Partials
import Statistics

@testable import Analysis

/// Nights of a test: what an alert rule sees of them.
enum AlertSample {
    /// Response time, where less is better, and a score, where more is.
    static func catalogue() throws -> Catalogue {
        guard let time = Metric(name: "response_time", unit: "s", direction: .lower),
            let solved = Metric(name: "solved", direction: .higher, isProportion: true),
            let tier = Dimension(name: "tier"),
            let made = Catalogue(metrics: [time, try score("quality"), solved], dimensions: [tier])
        else { throw Unusable.catalogue }
        return made
    }

    /// Records of nights from 1 November on: `values[i]` are those of one metric on night i; an empty night has no record.
    static func table(_ values: [[Double]], of metric: Int = 0, tier: String = "a") throws -> PartialTable {
        let rows = values.enumerated().flatMap { night, values in
            values.map { value in
                var cells: [Double?] = [nil, nil, nil]
                cells[metric] = value
                return Row(day: november(1 + night), values: cells, groups: [tier])
            }
        }
        return try AnalysisTests.table(rows, catalogue())
    }

    /// Night means around a level, with a weekday pattern if asked for, 40 records a night.
    static func noisy(
        nights: Int, seed: UInt64, mean: Double = 2, sd: Double = 0.2, weekdays: Double = 0,
        shift: (Int) -> Double = { _ in 0 }
    ) -> [[Double]] {
        var random = SeededGenerator(seed: seed)
        return (0..<nights).map { night in
            let level = mean + (november(1 + night).weekday >= 5 ? weekdays : 0) + shift(night) + 0.03 * random.normal()
            return (0..<40).map { _ in level + sd * random.normal() }
        }
    }

    /// The result of a rule on all records on the last night, or on an earlier one.
    static func result(
        _ terms: AlertTerms, _ table: PartialTable, metric: String? = "response_time", scope: AlertScope = .all,
        asOf: Day? = nil, silences: [AlertSilence] = []
    ) throws -> AlertResult {
        guard
            let found = try account(terms, table, metric: metric, scope: scope, asOf: asOf, silences: silences).results
                .first
        else { throw Unusable.period }
        return found
    }

    static func account(
        _ terms: AlertTerms, _ table: PartialTable, metric: String? = "response_time", scope: AlertScope = .all,
        asOf: Day? = nil, silences: [AlertSilence] = []
    ) throws -> AlertAccount {
        var settings = AnalysisSettings()
        settings.alertRules = [
            AlertRule(id: "rule", title: "Rule", metric: metric, scope: scope, terms: terms, silences: silences)
        ]
        return AlertAccount(table, asOf: asOf ?? table.days.last ?? november(1), settings: settings)
    }

    /// A limit from above with warning at 2.5 and critical at 4 that needs one night and three good ones.
    static var slow: AlertTerms {
        var terms = AlertTerms(.limit(.above), levels: [AlertLevel(.warning, 2.5), AlertLevel(.critical, 4)])
        terms.minimum = 1
        return terms
    }
}
