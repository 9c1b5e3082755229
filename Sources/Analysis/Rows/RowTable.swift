import Model
import Partials
import Statistics

/// Rows that are all at hand, as a command reads them from a file.
public struct RowTable: Sendable {
    /// What the columns mean.
    public let catalogue: Catalogue
    /// The rows in their order.
    public let rows: RecordBatch
    /// Whether the rows have days; without, their places stand for days and nothing is asked of weekdays and months.
    public let hasTime: Bool
    /// The rows of each group.
    private let groups: [Group: [Int32]]

    /// Gathers rows by the values of each dimension.
    public init(_ rows: RecordBatch, catalogue: Catalogue, hasTime: Bool = true) {
        self.hasTime = hasTime
        self.catalogue = catalogue
        self.rows = rows
        var groups: [Group: [Int32]] = [.all: Array(0..<Int32(rows.count))]
        for (place, dimension) in catalogue.dimensions.enumerated() {
            guard let codes = rows.dimensions[place] else { continue }
            var found = [[Int32]](repeating: [], count: rows.dictionaries[place].count)
            for (row, code) in codes.enumerated() where code > 0 { found[Int(code)].append(Int32(row)) }
            for (code, members) in found.enumerated() where !members.isEmpty {
                groups[.value(dimension: dimension.name, value: rows.dictionaries[place][code])] = members
            }
        }
        self.groups = groups
    }

    /// The values of a dimension that occur, in the order of their bytes.
    public func groups(of dimension: String) -> [Group] {
        groups.keys.filter { if case .value(dimension, _) = $0 { true } else { false } }.sorted()
    }

    /// The values of a subject in the order of rows, NaN for missing ones.
    public func values(of subject: Subject) -> [Double] {
        guard let place = catalogue.metrics.firstIndex(where: { $0.name == subject.metric }),
            let column = rows.metrics[place]
        else { return [] }
        if subject.group == .all { return column }
        return (groups[subject.group] ?? []).map { column[Int($0)] }
    }

    /// The days from the first row's to the last row's; nil where no row has a day.
    public var period: Period? {
        let known = rows.days.filter { $0 != RecordBatch.noDay }
        guard let first = known.min(), let last = known.max() else { return nil }
        return Period(from: Day(number: first), through: Day(number: last))
    }

    /// How many rows a group has.
    func count(of group: Group) -> Int { groups[group]?.count ?? 0 }

    /// Every row as a sample of all of them.
    var sample: RecordSample { RecordSample(population: rows.count, records: rows) }
}

extension RowTable: MeasuredTable {
    func days(of subject: Subject) -> [DayFigures] {
        guard let place = catalogue.metrics.firstIndex(where: { $0.name == subject.metric }),
            let column = rows.metrics[place]
        else { return [] }
        var found: [Int32: (values: [Double], missing: Int)] = [:]
        for row in groups[subject.group] ?? [] {
            let (day, value) = (rows.days[Int(row)], column[Int(row)])
            guard day != RecordBatch.noDay else { continue }
            if value.isFinite {
                found[day, default: ([], 0)].values.append(value)
            } else {
                found[day, default: ([], 0)].missing += 1
            }
        }
        return found.keys.sorted().map { day in
            let entry = found[day] ?? ([], 0)
            return DayFigures(day: Day(number: day), moments: Moments(exactly: entry.values), missing: entry.missing)
        }
    }

    func partial(of subject: Subject, over period: Period) -> Partial? {
        guard let place = catalogue.metrics.firstIndex(where: { $0.name == subject.metric }),
            let column = rows.metrics[place]
        else { return nil }
        let bounds = period.start.number..<max(period.start.number, period.end.number)
        let used = (groups[subject.group] ?? []).filter { bounds.contains(rows.days[Int($0)]) }
        return Partial(keepingAll: used.map { column[Int($0)] }, bins: catalogue.metrics[place].bins)
    }

    /// All that is known of a subject, whatever the days; nil without values.
    func partial(of subject: Subject) -> Partial? {
        guard let metric = catalogue.metric(named: subject.metric) else { return nil }
        return Partial(keepingAll: values(of: subject), bins: metric.bins)
    }
}
