import Analysis
import Archive
import Diagnostics
import Model

/// What rules and reports of a configuration can name: values of dimensions and series of points, stored in an archive or read
/// from files that are not stored yet.
struct NamedValues {
    /// What is stored; nil where there is no archive.
    var archive: Archive?
    /// Whether files hold any record.
    private var hasRecords = false
    /// Values of dimensions in records of files.
    private var values: [String: Set<String>] = [:]
    /// Series of points in files.
    private var series: [(name: String, context: String)] = []

    init(_ archive: Archive?) { self.archive = archive }

    /// Adds records of a file, with the dimensions of their columns.
    mutating func add(_ records: RecordBatch, of dimensions: [Dimension]) {
        hasRecords = hasRecords || records.count > 0
        for (index, dimension) in dimensions.enumerated() {
            guard let column = records.dimensions[index] else { continue }
            let names = records.dictionaries[index]
            values[dimension.name, default: []].formUnion(Set(column).lazy.filter { $0 > 0 }.map { names[Int($0)] })
        }
    }

    /// Adds points of a file.
    mutating func add(_ points: [MetricPoint]) {
        var seen: Set<[String]> = []
        for point in points where seen.insert([point.name, point.context]).inserted {
            series.append((point.name, point.context))
        }
    }

    /// Whether there is any record, so that a value that none has is a slip and not a matter of time.
    func holdsRecords() throws -> Bool { try hasRecords || archive?.dayRange() != nil }

    /// Whether any record has a value.
    func has(_ value: String, of dimension: String) throws -> Bool {
        try values[dimension]?.contains(value) ?? false || archive?.hasStored(value, of: dimension) ?? false
    }

    /// Every value of a dimension.
    func all(of dimension: String) throws -> [String] {
        try Set(archive?.storedValues(of: dimension) ?? []).union(values[dimension] ?? []).sorted()
    }

    /// Every series of points, those of histograms as their percentiles.
    func pointSeries() throws -> [(name: String, context: String)] {
        HistogramPoints.series(try (archive?.pointSeries() ?? []) + series)
    }
}

extension Settings {
    /// A rule that matches nothing would be silent for ever: it is a mistake of the configuration.
    ///
    /// A build asks it of what a delivery makes of the archive, before that is kept, so that a mistake leaves nothing behind; a
    /// check of the archive and the files together. Asked are of rules by night, with their overrides and silences, and filters
    /// of reports the values that no record ever had, of rules of points the series.
    func requireMatches(in known: NamedValues) throws {
        let problems = try unmatchedValues(known) + unmatchedPoints(known)
        guard problems.isEmpty else { throw Failure(.configuration, problems) }
    }

    private func unmatchedValues(_ known: NamedValues) throws -> [Diagnostic] {
        guard try known.holdsRecords() else { return [] }
        var wanted = analysis.alertRules.flatMap(Settings.values)
        for report in reports {
            for condition in report.filter.values {
                wanted += condition.values.map { ("report `\(report.name)`", condition.dimension, $0) }
            }
        }
        return try wanted.compactMap { what, dimension, value in
            guard try !known.has(value, of: dimension) else { return nil }
            return Diagnostic(
                .error, "\(what) matches nothing: no record has the value `\(value)` of `\(dimension)`",
                fix: nearestName(to: value, among: try known.all(of: dimension)).map { "Did you mean `\($0)`?" }
                    ?? "Correct the value, or take it out until there is such a record.")
        }
    }

    private func unmatchedPoints(_ known: NamedValues) throws -> [Diagnostic] {
        let series = try known.pointSeries()
        let unmatched = analysis.pointRules.filter { rule in
            !series.contains { rule.covers(name: $0.name, context: $0.context) }
        }
        return unmatched.map { rule in
            let names = Set(series.map(\.name)).sorted()
            let isNamed = names.contains(rule.metric)
            let wanted = rule.context.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
            return Diagnostic(
                .error,
                "rule `\(rule.id)` under `points` of `health` matches nothing: no point "
                    + (isNamed ? "of `\(rule.metric)` has \(wanted)" : "is called `\(rule.metric)`"),
                fix: isNamed
                    ? nil
                    : nearestName(to: rule.metric, among: names).map { "Did you mean `\($0)`?" }
                        ?? (names.isEmpty ? "There are no points yet: load some, or take the rule out." : nil))
        }
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
