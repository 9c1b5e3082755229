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
        self.init(masks.enumerated().map { ($1, people[records.keys[$0]] ?? 0) }, asked: asked)
    }

    /// Of each record which reports hold it, and its person; 0 for nobody.
    init(_ records: [(mask: UInt64, person: UInt64)], asked: UInt64) {
        for record in records where record.person != 0 {
            people[Kind(held: record.mask, asked: asked), default: []].insert(record.person)
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

    /// Which of some reports may be told together: in the order of their declaration each with which no cell of the joint partition of
    /// records by all of them (those in none of them as well) is of some people but fewer than k. What differences and sums of
    /// such reports and of all records can tell is a sum of cells, so that no union of several tells what each alone does not.
    func family(of reports: UInt64, k: Int) -> UInt64 {
        (0..<UInt64(CustomReports.most)).reduce(UInt64(0)) { told, report in
            let more = told | reports & 1 << report
            return more == told || isSafe(more, k: k) ? more : told
        }
    }

    /// Whether no cell of the joint partition by some reports is of some people but fewer than k.
    func isSafe(_ reports: UInt64, k: Int) -> Bool {
        let cells = Dictionary(
            people.map { (Kind(held: $0.held & reports, asked: $0.asked & reports), $1) }
        ) { $0.union($1) }
        return cells.allSatisfy { $0.asked == 0 || !(1..<k).contains($1.count) }
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
///
/// A report divides the records into those outside it and its groups, other pages into theirs: no sum of parts of the one less
/// parts of the other may be of few people (`CrossedParts`), neither of all records nor of those with a value of a metric.
struct DayDifferences {
    private let records: RecordBatch
    private let people: [UInt64]
    private let k: Int
    private let metrics: [String]
    private let dimensions: [String]
    /// What other pages show of the day; nil where they leave it out.
    private let shown: DayPartials?

    /// - Parameter shown: what other pages show of the day.
    init(_ records: RecordBatch, catalogue: Catalogue, people rule: RecordPeople, shown: DayPartials?) {
        self.records = records
        people = records.keys.map { rule.people[$0] ?? 0 }
        k = rule.k
        metrics = catalogue.metrics.map(\.name)
        dimensions = catalogue.dimensions.map(\.name)
        self.shown = shown
    }

    /// Whose records are in which reports, of all records and of those with a value of each metric, where some cell of their joint
    /// partition is of few people; none where all may be told together.
    func crowds(_ masks: [UInt64], asked: UInt64) -> [Crowd] {
        var looked: Set<[Int]> = []
        let subjects: [String?] = [nil] + metrics
        return subjects.compactMap { metric in
            let rows = self.rows(metric)
            guard looked.insert(rows).inserted else { return nil }
            let crowd = Crowd(rows.map { (masks[$0], people[$0]) }, asked: asked)
            return crowd.isSafe(asked, k: k) ? nil : crowd
        }
    }

    /// Which other reports a report differs from by few people, by which reports hold each record; nil where it differs so from what
    /// other pages show. O(records × metrics × divisions of the report × those of the other pages).
    func beside(_ masks: [UInt64], report: Int, told: DayPartials?) -> UInt64? {
        guard let told else { return 0 }
        let bit = UInt64(1) << UInt64(report)
        let isIn = masks.map { $0 & bit != 0 }
        let others = (0..<UInt64(64)).filter { $0 != UInt64(report) && masks.reduce(0, |) >> $0 & 1 == 1 }
        var found: UInt64 = 0
        var looked: Set<[Int]> = []
        let subjects: [String?] = [nil] + metrics
        for metric in subjects {
            let rows = self.rows(metric)
            let own = divisions(told, metric, rows).map { parts in zip(rows, parts).map { isIn[$0] ? $1 + 1 : 0 } }
            let pages = shown.map { divisions($0, metric, rows) } ?? []
            // Most metrics have values in all records.
            guard looked.insert(rows + own.flatMap { $0 } + pages.flatMap { $0 }).inserted else { continue }
            let crowd = rows.map { people[$0] }
            for parts in own {
                for page in pages where isFew(parts, page, crowd) { return nil }
                for other in others where found >> other & 1 == 0 {
                    let theirs = rows.map { masks[$0] >> other & 1 == 1 ? 1 : 0 }
                    if isFew(parts, theirs, crowd) { found |= 1 << other }
                }
            }
        }
        return found
    }

    private func isFew(_ first: [Int], _ second: [Int], _ people: [UInt64]) -> Bool {
        CrossedParts(first, second, people: people, k: k).smallDifference() != nil
    }

    /// The records with a value of a metric, or all.
    private func rows(_ metric: String?) -> [Int] {
        guard let metric else { return Array(people.indices) }
        guard let place = metrics.firstIndex(of: metric), let column = records.metrics[place] else { return [] }
        return column.indices.filter { !column[$0].isNaN }
    }

    /// How a day's groups that are told of a metric divide records: not at all, by each dimension, by each pair; 0 for records in
    /// none of them. No division where the metric is not told of all records.
    private func divisions(_ day: DayPartials, _ metric: String?, _ rows: [Int]) -> [[Int]] {
        let isTold = { (group: Group) -> Bool in metric.map { day.moments(metric: $0, group: group) != nil } ?? true }
        guard !rows.isEmpty, isTold(.all) else { return [] }
        var byName: [[String]: [Int]] = [[]: rows.map { _ in 0 }]
        var numbers: [[String]: Int] = [:]
        for group in day.groups where group != .all && isTold(group) {
            let names: [String] =
                switch group {
                case .all: []
                case .value(let dimension, _): [dimension]
                case .pair(let first, _, let second, _): [first, second]
                }
            let isMember = group.membership(in: records, dimensions: dimensions)
            numbers[names, default: 0] += 1
            var parts = byName[names] ?? rows.map { _ in 0 }
            for (place, row) in rows.enumerated() where isMember(row) { parts[place] = numbers[names] ?? 0 }
            byName[names] = parts
        }
        return byName.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    }
}
