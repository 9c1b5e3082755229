import Model
import Statistics

extension PartialTable {
    /// The same table with no value and no hour in it that is of fewer than k people over all its days.
    ///
    /// Counts, least and greatest values are told in levels of k people (`ValueLevels`), the same for all days and groups; in
    /// groups neighbouring levels are joined besides until k people of the group are in each. So each extreme, quantile and bar of
    /// all days together is of k people. Records begin in no hour where fewer than k people's do on that weekday, and only those of
    /// all records have hours. Numbers, means and spreads of days stay as they are, and so do the values of sampled records
    /// and the counts that tests are of (`Partial.tested`), none of which may be told by itself.
    ///
    /// A table whose records name nobody stays as it is. O(values and bins of all days and groups + sampled records × metrics).
    public func holdingValues(to rule: RecordPeople?) -> PartialTable {
        guard let rule, held.isOfPeople else { return self }
        let rows = PeopleRows(self, rule)
        // Days of which only series are at hand have no counts; their extremes go to the levels of the others.
        let counted = PartialTable(
            catalogue: catalogue, period: period, days: entries.filter(\.hasCounts), held: held)
        let levels = catalogue.metrics.enumerated().map { index, metric -> ValueLevels? in
            guard let all = counted.merged(metric: metric.name, group: .all, over: period) else { return nil }
            var made = ValueLevels(all.counts, rows: rows.values(metric: index, in: .all), k: rule.k)
            for group in groups where group != .all {
                guard let own = counted.merged(metric: metric.name, group: group, over: period) else { continue }
                made.join(group, own.counts, rows: rows.values(metric: index, in: group), k: rule.k)
            }
            return made
        }
        let byName = Dictionary(zip(catalogue.metrics.map(\.name), levels)) { first, _ in first }
        let hours = rows.toldHours(of: self, k: rule.k)
        return PartialTable(
            catalogue: catalogue, period: period,
            days: entries.map { day in
                day.holding(day.metrics.map { byName[$0.name] ?? nil }, hours: hours[day.day.weekday])
            }, held: held)
    }
}

/// The sampled records of all days with their people, as columns of the table's catalogue.
private struct PeopleRows {
    private let people: [UInt64]
    private let weekdays: [Int]
    private let hours: [Int]
    private let metrics: [[Double]]
    /// The rows of each group.
    private let places: [Group: [Int32]]

    init(_ table: PartialTable, _ rule: RecordPeople) {
        var sum = SampleColumns(
            metrics: table.catalogue.metrics.map(\.name), dimensions: table.catalogue.dimensions.map(\.name))
        var places: [Group: [Int32]] = [:]
        var count: Int32 = 0
        for day in table.entries where day.hasSample {
            let records = day.unpackedSample(withIds: false)
            for group in day.groups {
                let accepts = group.membership(in: records, dimensions: day.dimensions)
                places[group, default: []] += (0..<records.count).filter(accepts).map { count + Int32($0) }
            }
            sum.append(records, of: day)
            count += Int32(records.count)
        }
        people = sum.records.keys.map { rule.people[$0] ?? 0 }
        weekdays = sum.records.days.map { Day(number: $0).weekday }
        hours = sum.records.minutes.map { $0 < 0 ? -1 : Int($0) / 60 }
        metrics = table.catalogue.metrics.indices.map { sum.records.metrics[$0] ?? [] }
        self.places = places
    }

    /// The values of a metric in a group.
    func values(metric: Int, in group: Group) -> [(value: Double, person: UInt64)] {
        guard !metrics[metric].isEmpty else { return [] }
        return (places[group] ?? []).compactMap { row in
            let value = metrics[metric][Int(row)]
            return value.isFinite ? (value, people[Int(row)]) : nil
        }
    }

    /// For each weekday which hours are told: those of nobody or of k people, less the emptiest while those that are not
    /// told are of some people but fewer than k.
    func toldHours(of table: PartialTable, k: Int) -> [[Bool]] {
        var found = Array(repeating: Array(repeating: Set<UInt64>(), count: 24), count: 7)
        for row in people.indices where hours[row] >= 0 && people[row] != 0 {
            found[weekdays[row]][hours[row]].insert(people[row])
        }
        let sizes = table.weekVolume(over: table.period).counts
        return found.indices.map { weekday in
            var isTold = found[weekday].map { $0.isEmpty || $0.count >= k }
            func rest() -> Set<UInt64> {
                isTold.indices.reduce(into: []) { if !isTold[$1] { $0.formUnion(found[weekday][$1]) } }
            }
            while (1..<k).contains(rest().count),
                let next = isTold.indices.filter({ isTold[$0] && !found[weekday][$0].isEmpty }).min(by: {
                    (sizes[weekday][$0], $0) < (sizes[weekday][$1], $1)
                })
            {
                isTold[next] = false
            }
            return isTold
        }
    }
}

extension DayPartials {
    /// The day with its values in levels, one or none for each of its metrics, and with only some of its hours.
    fileprivate func holding(_ levels: [ValueLevels?], hours: [Bool]) -> DayPartials {
        let held = holding(hours: hours)
        guard hasCounts else { return held }
        var cells = cells
        var writer = ByteWriter()
        var ends: [Int] = []
        for (row, group) in groups.enumerated() {
            for metric in metrics.indices {
                let place = row * metrics.count + metric
                if cells[place] != nil {
                    let counts = counts.unpacked(at: place, bins: Bins(metrics[metric].bins))
                    let told = levels[metric].map { $0.held(counts, of: group) } ?? counts
                    CountsCoding.write(told, to: &writer)
                    if levels[metric] != nil, let first = told.entries.first, let last = told.entries.last {
                        cells[place]?.minimum = first.value
                        cells[place]?.maximum = last.value
                    }
                }
                ends.append(writer.bytes.count)
            }
        }
        return DayPartials(
            day: day, shape: shape, valuesLeftOut: valuesLeftOut, tallies: held.tallies, cells: cells,
            counts: PackedCounts(bytes: writer.bytes, ends: ends), sample: sampleHolding(hours), areValuesHeld: true,
            tested: self.counts)
    }

    private func sampleHolding(_ hours: [Bool]) -> PackedSample? {
        guard hasSample else { return nil }
        var records = unpackedSample(withIds: false)
        records.minutes = records.minutes.map { minute in
            minute >= 0 && hours[Int(minute) / 60] ? minute / 60 * 60 : RecordBatch.noMinute
        }
        return PackedSample(records)
    }
}
