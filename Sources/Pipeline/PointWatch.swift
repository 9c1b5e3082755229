import Analysis
import Archive
import Diagnostics
import Model

extension Archive {
    /// What points of health metrics say at the end of a day; nil without any.
    ///
    /// - Parameter isDated: whether the day was asked for. If not, the run describes the newest moment of the data: a delivery of
    ///   the afternoon is not stale because midnight has not come.
    func pointHealth(_ settings: Settings, asOf day: Day, isDated: Bool) throws -> PointHealth? {
        let period = Period(days: settings.analysis.pointDays, through: day)
        let points = HistogramPoints.resolved(try metricPoints(over: period))
        let stages = try stageRuns(over: period)
        let end = settings.zone.utc(fromLocal: Int64(day.number + 1) * 86_400) * 1_000_000
        let newest = (points.map(\.time) + stages.map { $0.ended ?? $0.started }).filter { $0 <= end }.max()
        return PointHealth(
            points, stages: stages, rules: settings.analysis.pointRules, stageLimits: settings.analysis.stageLimits,
            asOf: day, until: isDated ? end : newest ?? end, period: period, zone: settings.zone,
            settings: settings.analysis)
    }
}

extension Settings {
    /// A rule that matches nothing would be silent for ever: it is a mistake of the configuration.
    ///
    /// Asked of what a delivery makes of the archive, before that is kept, so that a mistake leaves nothing behind: of rules
    /// by night, with their overrides and silences, and filters of reports the values that no record ever had, of rules of
    /// points the series.
    func requireMatches(in archive: Archive) throws {
        var problems: [Diagnostic] = []
        var wanted = analysis.alertRules.flatMap(Settings.values)
        for report in reports {
            for condition in report.filter.values {
                wanted += condition.values.map { ("report `\(report.name)`", condition.dimension, $0) }
            }
        }
        let hasRecords = try archive.dayRange() != nil
        for (what, dimension, value) in wanted where try hasRecords && !archive.hasStored(value, of: dimension) {
            problems.append(
                Diagnostic(
                    .error, "\(what) matches nothing: no record has the value `\(value)` of `\(dimension)`",
                    fix: nearestName(to: value, among: try archive.storedValues(of: dimension)).map {
                        "Did you mean `\($0)`?"
                    } ?? "Correct the value, or take it out until there is such a record."))
        }
        let series = HistogramPoints.series(try archive.pointSeries())
        for rule in analysis.pointRules
        where !series.contains(where: { rule.covers(name: $0.name, context: $0.context) }) {
            let names = Set(series.map(\.name)).sorted()
            let isNamed = names.contains(rule.metric)
            let wanted = rule.context.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
            problems.append(
                Diagnostic(
                    .error,
                    "rule `\(rule.id)` under `points` of `health` matches nothing: no point "
                        + (isNamed ? "of `\(rule.metric)` has \(wanted)" : "is called `\(rule.metric)`"),
                    fix: isNamed
                        ? nil
                        : nearestName(to: rule.metric, among: names).map { "Did you mean `\($0)`?" }
                            ?? (names.isEmpty ? "There are no points yet: load some, or take the rule out." : nil)))
        }
        guard problems.isEmpty else { throw Failure(.configuration, problems) }
    }

    /// Every value of a dimension that a rule names.
    private static func values(of rule: AlertRule) -> [(what: String, dimension: String, value: String)] {
        let what = "alert rule `\(rule.id)`"
        let named: String
        var wanted: [(what: String, dimension: String, value: String)] = []
        switch rule.scope {
        case .all: return []
        case .each(let dimension): named = dimension
        case .one(let dimension, let value):
            named = dimension
            wanted.append((what, dimension, value))
        }
        for value in rule.overrides.keys.sorted() { wanted.append(("`overrides` of \(what)", named, value)) }
        for silence in rule.silences {
            guard let value = silence.value else { continue }
            wanted.append(("`\(silence.kind.rawValue)` of \(what)", named, value))
        }
        return wanted
    }
}
