/// How many records a day keeps for questions that need whole records.
///
/// 512 records give a share of one half within ± 4.4 points and a correlation of 0 within ± 0.09 (95 %), for a single
/// day; over a month the sample is about thirty times as large.
public struct SampleSizes: Sendable, Hashable {
    /// For all records of the day.
    public let all: Int
    /// For each value of each dimension, and for each pair of values of a declared pair.
    public let group: Int
    /// How many values of one dimension get partials on one day; of more, those with the most records do.
    public let valuesPerDimension: Int

    /// 512 records of all, 128 of each group, 256 values of a dimension.
    public static let standard = SampleSizes(all: 512, group: 128, valuesPerDimension: 256)

    /// Sizes of at least 1.
    public init(all: Int, group: Int, valuesPerDimension: Int) {
        self.all = max(1, all)
        self.group = max(1, group)
        self.valuesPerDimension = max(1, valuesPerDimension)
    }
}
