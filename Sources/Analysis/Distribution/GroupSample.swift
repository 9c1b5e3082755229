import Model
import Partials
import Statistics

/// Whole records of a group, picked from a sample: again a uniform sample of the group.
struct GroupSample {
    private let sample: RecordSample
    private let rows: [Int]

    /// The records of a group: those in the sample of all records if there are `settings.commonSample` of them or that
    /// sample is complete, else the group's own sample; at most `settings.normalitySample`, those whose keys rank lowest.
    ///
    /// Unpacking a group's own sample reads as much as that of all records, which is why the common one goes first.
    init(of group: Group, common: RecordSample, table: PartialTable, period: Period, settings: AnalysisSettings) {
        let shared = common.rows(of: group, in: table.catalogue)
        if common.isComplete || shared.count >= settings.commonSample {
            sample = common
            rows = common.lowest(settings.normalitySample, of: shared)
        } else {
            sample = table.sample(group: group, over: period, limit: settings.normalitySample, withIds: false)
            rows = Array(0..<sample.count)
        }
    }

    /// The values of a metric, by its place in the catalogue, that are there.
    func values(metric index: Int) -> [Double] {
        let column = sample.values(metric: index)
        return rows.lazy.map { column[$0] }.filter(\.isFinite)
    }
}

extension RecordSample {
    /// The rows that belong to a group.
    fileprivate func rows(of group: Group, in catalogue: Catalogue) -> [Int] {
        switch group {
        case .all: Array(0..<count)
        case .value(let dimension, let value): rows(in: catalogue, with: [(dimension, value)])
        case .pair(let first, let firstValue, let second, let secondValue):
            rows(in: catalogue, with: [(first, firstValue), (second, secondValue)])
        }
    }

    private func rows(in catalogue: Catalogue, with wanted: [(dimension: String, value: String)]) -> [Int] {
        wanted.reduce(Array(0..<count)) { kept, part in
            guard let place = catalogue.dimensions.firstIndex(where: { $0.name == part.dimension }),
                let codes = records.dimensions[place],
                let code = records.dictionaries[place].dropFirst().firstIndex(of: part.value)
            else { return [] }
            return kept.filter { Int(codes[$0]) == code }
        }
    }

    /// Those of some rows whose keys rank lowest, at most so many.
    fileprivate func lowest(_ limit: Int, of rows: [Int]) -> [Int] {
        guard rows.count > limit else { return rows }
        let ranked = rows.map { (rank: KeyRank.of(records.keys[$0]), row: $0) }
        return ranked.sorted { $0.rank < $1.rank }.prefix(limit).map(\.row)
    }
}
