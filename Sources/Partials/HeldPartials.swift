import Model

/// Whose records are, and how many people a figure must be of.
public struct RecordPeople: Sendable {
    /// The person of a record by its key, as a number; a record that names nobody is absent.
    public let people: [UInt64: UInt64]
    /// The fewest people that a figure may be of.
    public let k: Int

    /// Names both; nil where no record names anybody.
    public init?(_ people: [UInt64: UInt64], k: Int) {
        guard !people.isEmpty else { return nil }
        self.people = people
        self.k = k
    }
}

extension DayPartials {
    /// The same day with nothing in it that is of fewer than k people; nil where the day itself is.
    ///
    /// A group is left out where 1 to k − 1 people have records in it, and a metric of a group where 1 to k − 1 people have a
    /// value of it. Then the smallest groups besides are left out until what remains of all records, less every group of a
    /// dimension that is told, is of nobody or of k people; of pairs, of the records of each of their two values; of two
    /// dimensions or pairs, of groups of one less those of the other that lie within them (`CrossedParts`), so that offices do not
    /// tell what their countries leave out. So neither a difference within the day nor a sum over days tells of fewer, because
    /// sums are made of what is told. Records lose their ids
    /// and the values of what is left out. People are counted in the samples, which are complete for small groups: of larger
    /// ones fewer may be counted than there are, never more.
    ///
    /// A day whose records name nobody stays as it is. O(records of the sample × metrics × (dimensions + pairs)²).
    public func held(to rule: RecordPeople) -> (partials: DayPartials?, held: HeldBack) {
        var held = HeldBack()
        var records = unpackedSample(withIds: false)
        let people = records.keys.map { rule.people[$0] ?? 0 }
        guard people.contains(where: { $0 != 0 }) else { return (self, held) }
        held.isOfPeople = true
        let divided = HeldGroups(self, records, people: people, k: rule.k)
        let every = Array(people.indices)
        guard divided.isEnough(every) else {
            held[day].reason = .fewPeople
            return (nil, held)
        }
        let isTold = divided.told(of: every, among: groups.map { _ in true })
        var left = HeldBack.Part()
        left.groups = isTold.count { !$0 }
        var cells = cells
        for metric in metrics.indices {
            let column = records.metrics[metric] ?? []
            let rows = every.filter { !column.isEmpty && !column[$0].isNaN }
            // The first group is all records.
            let isTellable =
                rows.count == every.count
                ? isTold
                : divided.isEnough(rows) ? divided.told(of: rows, among: isTold) : groups.map { _ in false }
            for row in groups.indices where !isTellable[row] {
                if isTold[row], cells[row * metrics.count + metric] != nil {
                    left.cells += 1
                    left.metrics[groups[row], default: []].insert(metrics[metric].name)
                }
                cells[row * metrics.count + metric] = nil
            }
            if !isTellable[0] { records.metrics[metric] = column.map { _ in .nan } }
        }
        for (place, name) in dimensions.enumerated() {
            records.dimensions[place] = divided.codes(of: name, isTold: isTold)
        }
        held[day] = left
        return (keeping(isTold, cells: cells, sample: records), held)
    }

    private func keeping(_ isKept: [Bool], cells: [Cell?], sample: RecordBatch) -> DayPartials {
        let rows = groups.indices.filter { isKept[$0] }
        let places = rows.flatMap { row in metrics.indices.map { row * metrics.count + $0 } }
        let tallies = tallies
        return DayPartials(
            day: day,
            shape: DayShape(metrics: metrics, dimensions: dimensions, sizes: sizes, groups: rows.map { groups[$0] }),
            valuesLeftOut: valuesLeftOut, tallies: rows.map { tallies[$0] }, cells: places.map { cells[$0] },
            counts: PackedCounts(
                gathering: counts.bytes, places.map { cells[$0] == nil ? 0..<0 : counts.range(at: $0) }),
            sample: PackedSample(sample))
    }
}

extension RecordPeople {
    /// What may be told of a day, and what is left out of it.
    public func told(of day: DayPartials) -> (partials: DayPartials?, held: HeldBack) { day.held(to: self) }
}

/// The groups of a day with the people of its sampled records.
private struct HeldGroups {
    private let groups: [Group]
    private let sizes: [Int]
    private let records: RecordBatch
    private let dimensions: [String]
    private let people: [UInt64]
    private let k: Int
    /// For each dimension, the place of its group among `groups` by code; −1 where there is none.
    private let places: [[Int]]
    /// For each pair of dimensions with groups, the place of a group by the places of its two values.
    private let pairs: [(first: Int, second: Int, places: [[Int]: Int])]
    /// For each dimension and pair the places of the sampled records' groups; −1 for those in none.
    private var divisions: [[Int]] = []
    /// The number of each group among those of its dimension or pair, from 1.
    private var numbers: [Int] = []

    init(_ day: DayPartials, _ records: RecordBatch, people: [UInt64], k: Int) {
        groups = day.groups
        sizes = day.groups.map { day.recordCount(of: $0) }
        dimensions = day.dimensions
        (self.records, self.people, self.k) = (records, people, k)
        let known = Dictionary(day.groups.enumerated().map { ($1, $0) }) { first, _ in first }
        let places = day.dimensions.enumerated().map { index, name in
            records.dictionaries[index].enumerated().map { code, value in
                code == 0 ? -1 : known[.value(dimension: name, value: value)] ?? -1
            }
        }
        var pairs: [[Int]: [[Int]: Int]] = [:]
        for (place, group) in day.groups.enumerated() {
            guard case .pair(let first, let firstValue, let second, let secondValue) = group,
                let a = day.dimensions.firstIndex(of: first), let b = day.dimensions.firstIndex(of: second),
                let one = known[.value(dimension: first, value: firstValue)],
                let other = known[.value(dimension: second, value: secondValue)]
            else { continue }
            pairs[[a, b], default: [:]][[one, other]] = place
        }
        self.places = places
        self.pairs = pairs.map { (first: $0.key[0], second: $0.key[1], places: $0.value) }.sorted {
            ($0.first, $0.second) < ($1.first, $1.second)
        }
        let byDimension = dimensions.indices.map { index in
            people.indices.map { place(of: $0, dimension: index) }
        }
        divisions =
            byDimension
            + self.pairs.map { pair in
                people.indices.map { pair.places[[byDimension[pair.first][$0], byDimension[pair.second][$0]]] ?? -1 }
            }
        numbers = Array(repeating: 0, count: groups.count)
        for division in divisions {
            for (number, place) in Set(division).filter({ $0 >= 0 }).sorted().enumerated() {
                numbers[place] = number + 1
            }
        }
    }

    /// Whether some records are of nobody or of k people.
    func isEnough(_ rows: some Sequence<Int>) -> Bool {
        var found: [UInt64] = []
        for row in rows where people[row] != 0 && !found.contains(people[row]) {
            found.append(people[row])
            if found.count >= k { return true }
        }
        return found.isEmpty
    }

    /// The codes of a dimension, 0 for values that are not told.
    func codes(of dimension: String, isTold: [Bool]) -> [UInt32]? {
        guard let index = dimensions.firstIndex(of: dimension) else { return nil }
        return records.dimensions[index]?.map { code in
            let place = places[index][Int(code)]
            return place >= 0 && isTold[place] ? code : 0
        }
    }

    /// Which groups may be told of some records, of those that are told of all.
    func told(of rows: [Int], among told: [Bool]) -> [Bool] {
        var isTold = told
        repeat { protectWithin(rows, &isTold) } while separate(rows, &isTold)
        return isTold
    }

    /// Leaves out the smallest group of two dimensions or pairs whose groups differ by too few people; whether there was one.
    private func separate(_ rows: [Int], _ isTold: inout [Bool]) -> Bool {
        let own = rows.map { people[$0] }
        // Those that are not told are one part: all records less the others.
        let parts = divisions.map { division in
            rows.map { row in
                let place = division[row]
                return place >= 0 && isTold[place] ? numbers[place] : 0
            }
        }
        for first in parts.indices {
            for second in parts.indices where second > first {
                let crossed = CrossedParts(parts[first], parts[second], people: own, k: k)
                guard let found = crossed.smallDifference() else { continue }
                func told(_ division: Int, _ isWanted: (Int) -> Bool) -> [Int] {
                    Set(divisions[division].filter { $0 >= 0 && isTold[$0] && isWanted(numbers[$0]) }).sorted()
                }
                let near = told(first) { found.first.contains($0) } + told(second) { found.second.contains($0) }
                let all = near.isEmpty ? told(first) { _ in true } + told(second) { _ in true } : near
                guard let next = all.min(by: { (sizes[$0], $0) < (sizes[$1], $1) }) else { continue }
                isTold[next] = false
                return true
            }
        }
        return false
    }

    /// Leaves out what tells of too few within a dimension, or within a value of a pair.
    private func protectWithin(_ rows: [Int], _ isTold: inout [Bool]) {
        for index in dimensions.indices {
            let parts = rows.map { (row: $0, place: place(of: $0, dimension: index)) }
            protect(parts, &isTold)
        }
        for pair in pairs {
            for place in pair.places where !isTold[place.key[0]] || !isTold[place.key[1]] {
                isTold[place.value] = false
            }
            let parts = rows.map { row -> (row: Int, values: [Int], place: Int) in
                let values = [self.place(of: row, dimension: pair.first), self.place(of: row, dimension: pair.second)]
                return (row, values, pair.places[values] ?? -1)
            }
            var before: [Bool] = []
            while before != isTold {
                before = isTold
                for side in 0...1 {
                    for value in Set(parts.map { $0.values[side] }).sorted() where value >= 0 && isTold[value] {
                        protect(parts.filter { $0.values[side] == value }.map { ($0.row, $0.place) }, &isTold)
                    }
                }
            }
        }
    }

    private func place(of row: Int, dimension: Int) -> Int {
        records.dimensions[dimension].map { places[dimension][Int($0[row])] } ?? -1
    }

    /// Leaves out the parts of a whole that is told: those of too few people, then the smallest until the rest that is in no part
    /// is of enough.
    private func protect(_ parts: [(row: Int, place: Int)], _ isTold: inout [Bool]) {
        let byPlace = Dictionary(grouping: parts.filter { $0.place >= 0 && isTold[$0.place] }, by: \.place)
        for (place, own) in byPlace where !isEnough(own.map(\.row)) { isTold[place] = false }
        var left = byPlace.keys.filter { isTold[$0] }.sorted { (sizes[$0], $0) > (sizes[$1], $1) }
        func rest() -> [Int] { parts.filter { $0.place < 0 || !isTold[$0.place] }.map(\.row) }
        while !isEnough(rest()), let next = left.popLast() {
            isTold[next] = false
        }
    }
}
