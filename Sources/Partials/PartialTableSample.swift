import Model
import Statistics

extension DayPartials {
    /// The records of all samples, in the order of their ranks.
    func unpackedSample(withIds: Bool = true) -> RecordBatch {
        sample.unpacked(metrics: metrics.count, dimensions: dimensions.count, withIds: withIds)
    }

    /// The sample of a group: its records below a rank, in the order of their ranks, and the ranks.
    func sampled(_ group: Group, of all: RecordBatch, below limit: UInt64?) -> (records: RecordBatch, ranks: [UInt64]) {
        let accepts = group.membership(in: all, dimensions: dimensions)
        var places: [Int32] = []
        var ranks: [UInt64] = []
        for place in 0..<all.count {
            let rank = KeyRank.of(all.keys[place])
            if let limit, rank >= limit { break }
            guard accepts(place) else { continue }
            places.append(Int32(place))
            ranks.append(rank)
        }
        return (all.rows(places), ranks)
    }
}

extension Group {
    /// Whether a record belongs to the group, by its place in the batch; `dimensions` names the batch's columns.
    public func membership(in records: RecordBatch, dimensions: [String]) -> (Int) -> Bool {
        func has(_ dimension: String, _ value: String) -> (Int) -> Bool {
            guard let place = dimensions.firstIndex(of: dimension), let column = records.dimensions[place] else {
                return { _ in false }
            }
            let matches = records.dictionaries[place].enumerated().map { $0 > 0 && $1 == value }
            return { matches[Int(column[$0])] }
        }
        switch self {
        case .all: return { _ in true }
        case .value(let dimension, let value): return has(dimension, value)
        case .pair(let first, let firstValue, let second, let secondValue):
            let (isFirst, isSecond) = (has(first, firstValue), has(second, secondValue))
            return { isFirst($0) && isSecond($0) }
        }
    }
}

extension PartialTable {
    /// Whole records of a group over a period, uniformly chosen: all of them while every day's sample is complete and
    /// they are at most `limit`.
    ///
    /// Each day keeps the records with its smallest ranks; what lies below the lowest threshold of all days is a
    /// uniform sample of the period. Columns stand as in `catalogue`. O(records kept on these days); for several groups
    /// `samples` unpacks each day only once.
    ///
    /// - Parameter withIds: Whether the records bring their ids, which costs about as much as everything else.
    public func sample(
        group: Group, over period: Period, limit: Int = 20_000, withIds: Bool = true
    ) -> RecordSample {
        samples(groups: [group], over: period, limit: limit, withIds: withIds)[group]
            ?? RecordSample(population: 0, records: RecordBatch(table: "", catalogue: catalogue))
    }

    /// What `sample` gives, for several groups at once.
    public func samples(
        groups: [Group], over period: Period, limit: Int = 20_000, withIds: Bool = true
    ) -> [Group: RecordSample] {
        let days = entries(over: period)
        var kept: [Group: [DaySample]] = [:]
        var thresholds: [Group: UInt64] = [:]
        for group in groups { thresholds[group] = days.compactMap { $0.threshold(of: group) }.min() }
        for day in days {
            let all = day.unpackedSample(withIds: withIds)
            for group in groups where day.recordCount(of: group) > 0 {
                let (records, ranks) = day.sampled(group, of: all, below: thresholds[group])
                kept[group, default: []].append(DaySample(day: day, records: records, ranks: ranks))
            }
        }
        return Dictionary(
            groups.map { ($0, joined(kept[$0] ?? [], of: $0, limit: limit)) }, uniquingKeysWith: { first, _ in first })
    }

    private func joined(_ days: [DaySample], of group: Group, limit: Int) -> RecordSample {
        var days = days
        var kept = BottomK<Int>(capacity: limit)
        kept.merge(days.enumerated().flatMap { place, day in day.ranks.map { (rank: $0, element: place) } })
        if let cut = kept.threshold {
            for place in days.indices { days[place].keep(below: cut) }
        }
        var sum = SampleColumns(
            metrics: catalogue.metrics.map(\.name), dimensions: catalogue.dimensions.map(\.name))
        for sample in days { sum.append(sample.records, of: sample.day) }
        return RecordSample(
            population: days.reduce(0) { $0 + $1.day.recordCount(of: group) }, records: sum.records,
            isOfPeople: held.isOfPeople)
    }

    /// What is known of a metric in a group over a period with every distinct value counted by itself; nil where the samples do
    /// not hold all records, where these are more than `limit`, and where they are of people, whose values are told in bins.
    /// Cost: that of `sample`.
    public func exactly(metric: String, group: Group, over period: Period, limit: Int = 20_000) -> Partial? {
        guard !held.isOfPeople, let place = catalogue.metrics.firstIndex(where: { $0.name == metric }),
            entries(over: period).allSatisfy({ $0.threshold(of: group) == nil }),
            recordCount(over: period, group: group) <= limit
        else { return nil }
        let sample = sample(group: group, over: period, limit: limit, withIds: false)
        return sample.isComplete
            ? Partial(keepingAll: sample.values(metric: place), bins: catalogue.metrics[place].bins) : nil
    }

    /// On how many days of a period some values of a dimension got no partials because there were too many.
    public func daysWithValuesLeftOut(dimension: String, over period: Period) -> Int {
        entries(over: period).count { day in
            day.dimensions.firstIndex(of: dimension).map { day.valuesLeftOut[$0] > 0 } ?? false
        }
    }
}

/// The sample of a group on one day.
struct DaySample {
    let day: DayPartials
    private(set) var records: RecordBatch
    private(set) var ranks: [UInt64]

    init(day: DayPartials, records: RecordBatch, ranks: [UInt64]) {
        self.day = day
        self.records = records
        self.ranks = ranks
    }

    mutating func keep(below limit: UInt64) {
        let count = ranks.prefix { $0 < limit }.count
        records = records.rows(Array(0..<Int32(count)))
        ranks = Array(ranks.prefix(count))
    }
}
