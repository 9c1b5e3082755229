import Model
import Partials
import Statistics

/// Days of records for tests, with three kinds of metrics and two dimensions.
enum SmallDay {
    static let day = Day(number: 20_000)
    static let names = ["alpha", "beta", "gamma \u{1F600}", "delta'; DROP TABLE", "e\u{301}"]

    static let catalogue: Catalogue = {
        let metrics = [
            Metric(name: "score", range: 0...1), Metric(name: "latency"), Metric(name: "errors", range: 0...20),
        ].compactMap { $0 }
        let dimensions = [Dimension(name: "tier"), Dimension(name: "site")].compactMap { $0 }
        guard let made = Catalogue(metrics: metrics, dimensions: dimensions, pairs: [.init(first: 0, second: 1)])
        else { preconditionFailure("the catalogue of the tests") }  // constant input
        return made
    }()

    /// Random records with some missing values.
    static func records(_ count: Int, seed: UInt64) -> RecordBatch {
        var generator = SeededGenerator(seed: seed)
        var batch = RecordBatch(table: "sessions", catalogue: catalogue)
        var columns: [[Double]] = [[], [], []]
        var codes: [[UInt32]] = [[], []]
        for row in 0..<count {
            batch.keys.append(generator.next())
            batch.ids.append("id-\(seed)-\(row)".utf8)
            let minute = Int16.random(in: -1..<1440, using: &generator)
            batch.times.append(Int64(day.number) * 86_400_000_000 + Int64(max(0, minute)) * 60_000_000)
            batch.minutes.append(minute)
            batch.days.append(day.number)
            let isMissing = Int.random(in: 0..<10, using: &generator) == 0
            columns[0].append(isMissing ? .nan : Double(Int.random(in: 0...10_000, using: &generator)) / 10_000)
            columns[1].append(Double.random(in: 0.001...1000, using: &generator))
            columns[2].append(Double(Int.random(in: 0...20, using: &generator)))
            codes[0].append(UInt32.random(in: 0...3, using: &generator))
            codes[1].append(UInt32.random(in: 0...5, using: &generator))
        }
        batch.metrics = columns
        batch.dimensions = codes
        batch.dictionaries = [[""] + names.prefix(3), [""] + names]
        return batch
    }

    static func make(_ records: RecordBatch, sizes: SampleSizes = .standard) -> DayPartials {
        DayPartials.make(day: day, records: records, catalogue: catalogue, sizes: sizes)
    }
}
