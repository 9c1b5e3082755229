import Model
import Partials

/// Whose records reports are of: people by which reports their records are in.
struct Crowd: Sendable {
    /// By which of the reports that look at a day hold a record, and which look at all: the people of such records.
    private var people: [Kind: Set<UInt64>] = [:]

    private struct Kind: Hashable {
        var held: UInt64
        var asked: UInt64
    }

    init() {}

    /// The people of one day's records: `masks` says of each record which reports hold it, `asked` which look at the day.
    init(_ records: RecordBatch, masks: [UInt64], asked: UInt64, people: [UInt64: UInt64]) {
        for (place, mask) in masks.enumerated() {
            guard let person = people[records.keys[place]] else { continue }
            self.people[Kind(held: mask, asked: asked), default: []].insert(person)
        }
    }

    mutating func merge(_ other: Crowd) { people.merge(other.people) { $0.union($1) } }

    /// How many people a report is of; nil where no record of its days names anybody.
    func size(of report: Int) -> Int? {
        let looked = people.keys.contains { $0.asked >> UInt64(report) & 1 == 1 }
        return looked ? union { $0.held >> UInt64(report) & 1 == 1 }.count : nil
    }

    /// Whether a report, its difference to all records of its days, or its difference to another report that lies within
    /// it or around it, is of some people but fewer than k.
    func reveals(_ report: Int, k: Int) -> Bool {
        guard let size = size(of: report) else { return false }
        let bit = UInt64(1) << UInt64(report)
        let isFew = { (people: Set<UInt64>) in (1..<k).contains(people.count) }
        if (0..<k).contains(size) || isFew(union { $0.asked & bit != 0 && $0.held & bit == 0 }) { return true }
        return (0..<UInt64(CustomReports.most)).contains { other in
            let second = UInt64(1) << other
            let kinds = people.keys.filter { $0.asked & bit != 0 && $0.asked & second != 0 }
            guard second != bit, kinds.contains(where: { $0.held & second != 0 }) else { return false }
            let mine = union { kinds.contains($0) && $0.held & bit != 0 && $0.held & second == 0 }
            let theirs = union { kinds.contains($0) && $0.held & bit == 0 && $0.held & second != 0 }
            return mine.isEmpty != theirs.isEmpty && isFew(mine.union(theirs))
        }
    }

    private func union(where isWanted: (Kind) -> Bool) -> Set<UInt64> {
        people.reduce(into: []) { sum, entry in if isWanted(entry.key) { sum.formUnion(entry.value) } }
    }
}

extension RecordPeople {
    /// The people whom some records of a day name.
    func named(in records: RecordBatch, at places: [Int32]) -> Set<UInt64> {
        Set(places.compactMap { people[records.keys[Int($0)]] })
    }
}

/// One day's records for telling whether the figures of a report on that day, taken from others that are published, are of some
/// people but fewer than k.
struct DayDifferences {
    private let people: [UInt64]
    private let k: Int
    /// For each group that other pages show on the day, whether a record is in it.
    private let groups: [(Int) -> Bool]

    /// - Parameter shown: the groups that other pages show on the day.
    init(_ records: RecordBatch, catalogue: Catalogue, people rule: RecordPeople, shown: [Group]) {
        people = records.keys.map { rule.people[$0] ?? 0 }
        k = rule.k
        let dimensions = catalogue.dimensions.map(\.name)
        groups = shown.map { $0.membership(in: records, dimensions: dimensions) }
    }

    /// What a report lies within or around but for few people: all records or a group that is shown (nil), or other reports, by
    /// which reports hold each record. O(records) for each of them that it does, else a few records.
    func beside(_ masks: [UInt64], report: Int) -> UInt64? {
        let bit = UInt64(1) << UInt64(report)
        let others = masks.reduce(0, |) & ~bit
        let everything: (Int) -> Bool = { _ in true }
        guard !([everything] + groups).contains(where: { isFew(masks, bit, $0) }) else { return nil }
        return (0..<UInt64(64)).reduce(0) { found, other in
            guard others >> other & 1 == 1, isFew(masks, bit, { masks[$0] >> other & 1 == 1 }) else { return found }
            return found | 1 << other
        }
    }

    /// Whether the records of a report and some others lie within each other but for some people, fewer than k.
    private func isFew(_ masks: [UInt64], _ bit: UInt64, _ isIn: (Int) -> Bool) -> Bool {
        var (inside, outside) = ([Int](), [Int]())
        for row in masks.indices {
            let isMine = masks[row] & bit != 0
            guard isMine != isIn(row) else { continue }
            if isMine { inside.append(row) } else { outside.append(row) }
            if !inside.isEmpty, !outside.isEmpty { return false }
        }
        return (1..<k).contains(Set((inside + outside).map { people[$0] }.filter { $0 != 0 }).count)
    }
}
