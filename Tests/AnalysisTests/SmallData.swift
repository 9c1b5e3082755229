import Model
import Partials

@testable import Analysis

/// One record of a test: its day, its value of each metric (nil is missing) and of each dimension (nil is missing).
struct Row {
    var day: Day
    var values: [Double?]
    var groups: [String?] = []
}

/// A day in November 2026 and after, by its number: 1 is Sunday, 1 November.
func november(_ number: Int) -> Day { Day(number: 20_758).advanced(by: number - 1) }

/// A score on 0 to 1 whose larger values are better.
func score(_ name: String) throws -> Metric {
    guard let metric = Metric(name: name, unit: "score", range: 0...1, direction: .higher) else {
        throw Unusable.name(name)
    }
    return metric
}

/// A catalogue of these metrics and dimensions.
func catalogue(_ metrics: [Metric], by dimensions: [String] = []) throws -> Catalogue {
    let made = try dimensions.map { name in
        guard let dimension = Dimension(name: name) else { throw Unusable.name(name) }
        return dimension
    }
    guard let catalogue = Catalogue(metrics: metrics, dimensions: made) else { throw Unusable.catalogue }
    return catalogue
}

/// What a test cannot be set up with.
enum Unusable: Error {
    case name(String)
    case catalogue
    case period
}

/// The partials of rows, made day by day as a night makes them.
func table(_ rows: [Row], _ catalogue: Catalogue, sizes: SampleSizes = .standard) throws -> PartialTable {
    let byDay = Dictionary(grouping: rows.enumerated(), by: \.element.day)
    let days = byDay.keys.sorted()
    let partials = days.map { day in
        let entries = byDay[day] ?? []
        return DayPartials.make(
            day: day,
            records: batch(
                entries.map(\.element), keys: entries.map { (UInt64($0.offset) + 1) &* 0x9E37_79B9_7F4A_7C15 },
                catalogue),
            catalogue: catalogue, sizes: sizes)
    }
    let first = days.first ?? november(1)
    guard let period = Period(start: first, end: (days.last ?? first).advanced(by: 1)) else { throw Unusable.period }
    return PartialTable(catalogue: catalogue, period: period, days: partials)
}

private func batch(_ rows: [Row], keys: [UInt64], _ catalogue: Catalogue) -> RecordBatch {
    var batch = RecordBatch(table: "test", catalogue: catalogue)
    batch.keys = keys
    batch.times = rows.map { Int64($0.day.number) * 86_400_000_000 }
    batch.days = rows.map(\.day.number)
    batch.minutes = rows.map { _ in RecordBatch.noMinute }
    for index in catalogue.metrics.indices { batch.metrics[index] = rows.map { $0.values[index] ?? .nan } }
    for index in catalogue.dimensions.indices {
        var codes: [String: UInt32] = [:]
        batch.dimensions[index] = rows.map { row in
            guard let text = row.groups[index] else { return 0 }
            if let code = codes[text] { return code }
            let code = UInt32(batch.dictionaries[index].count)
            codes[text] = code
            batch.dictionaries[index].append(text)
            return code
        }
    }
    for row in rows { batch.ids.append("\(row.day.number)".utf8) }
    return batch
}

/// Whether two numbers agree to a relative (near 0 absolute) error.
func near(_ found: Double?, _ expected: Double, _ tolerance: Double = 1e-9) -> Bool {
    guard let found else { return false }
    return abs(found - expected) <= tolerance * max(1e-3, abs(expected))
}
