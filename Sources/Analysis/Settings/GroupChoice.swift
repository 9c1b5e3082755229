import Model
import Partials

extension AnalysisSettings {
    /// The groups that series, trends and distributions are made of: all records, then of each dimension the values
    /// with at least `minimumGroup` records in a period, at most the `maximumGroups` largest, in the order of values.
    func chosenGroups(of table: PartialTable, in period: Period) -> [Group] {
        [.all]
            + table.catalogue.dimensions.flatMap { dimension in
                let counted = table.groups(of: dimension.name).map {
                    (group: $0, records: table.recordCount(over: period, group: $0))
                }
                let large = counted.filter { $0.records >= minimumGroup }
                let largest = large.sorted { ($1.records, $0.group) < ($0.records, $1.group) }
                return largest.prefix(maximumGroups).map(\.group).sorted()
            }
    }
}
