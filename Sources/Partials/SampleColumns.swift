import Model

/// Puts sampled records of several days, whose columns and codes may differ, under one list of columns.
struct SampleColumns {
    /// The records so far; every column is present.
    private(set) var records: RecordBatch
    private let metrics: [String]
    private let dimensions: [String]
    private var codes: [[String: UInt32]]

    init(metrics: [String], dimensions: [String]) {
        self.metrics = metrics
        self.dimensions = dimensions
        records = RecordBatch(table: "", metrics: metrics.count, dimensions: dimensions.count)
        for place in records.metrics.indices { records.metrics[place] = [] }
        for place in records.dimensions.indices { records.dimensions[place] = [] }
        codes = Array(repeating: [:], count: dimensions.count)
    }

    /// Adds records whose columns are those of a day.
    mutating func append(_ other: RecordBatch, of day: DayPartials) {
        appendIds(of: other)
        records.keys += other.keys
        records.times += other.times
        records.days += other.days
        records.minutes += other.minutes
        for (place, name) in metrics.enumerated() {
            let column = day.metrics.firstIndex { $0.name == name }.flatMap { other.metrics[$0] }
            records.metrics[place]?.append(contentsOf: column ?? Array(repeating: .nan, count: other.count))
        }
        for (place, name) in dimensions.enumerated() {
            let found = day.dimensions.firstIndex(of: name)
            let map = found.map { codeMap(of: other.dictionaries[$0], dimension: place) } ?? [0]
            let column = found.flatMap { other.dimensions[$0] } ?? Array(repeating: 0, count: other.count)
            records.dimensions[place]?.append(contentsOf: column.map { map[Int($0)] })
        }
    }

    /// A record without an id has an empty one beside records that have one; no ids at all stay none.
    private mutating func appendIds(of other: RecordBatch) {
        let hasIds = other.ids.count == other.count && other.count > 0
        guard hasIds || records.ids.count > 0 else { return }
        while records.ids.count < records.count { records.ids.append([]) }
        for place in 0..<other.count { records.ids.append(hasIds ? other.ids.utf8(at: place) : []) }
    }

    private mutating func codeMap(of texts: [String], dimension: Int) -> [UInt32] {
        texts.enumerated().map { place, text in
            guard place > 0 else { return 0 }
            if let code = codes[dimension][text] { return code }
            let code = UInt32(records.dictionaries[dimension].count)
            records.dictionaries[dimension].append(text)
            codes[dimension][text] = code
            return code
        }
    }
}
