/// What the next value of a stream is expected to be from its last values and, with a period, its season.
struct SeasonalExpectation: Sendable {
    /// How many values set the level where no season does.
    private static let plainSpan = 10
    /// How many seasons are looked back on.
    private static let seasons = 5

    private let period: Int
    /// The last values, gaps included, the newest last.
    private var values: [Double?] = []
    /// Value − mean of the season before it, for the last seasons, gaps included.
    private var deviations: [Double?] = []

    init(period: Int) { self.period = period }

    /// The expected next value and whether its season took part; nil without values.
    var next: (value: Double, isSeasonal: Bool)? {
        if period > 1, let season = seasonal, let level = mean(of: period) { return (level + season, true) }
        return mean(of: Self.plainSpan).map { ($0, false) }
    }

    mutating func take(_ value: Double?) {
        if period > 1 {
            let base = values.count >= period ? mean(of: period) : nil
            deviations.append(base.flatMap { base in value.map { $0 - base } })
            if deviations.count > Self.seasons * period {
                deviations.removeFirst(deviations.count - Self.seasons * period)
            }
        }
        values.append(value)
        let length = Swift.max(period, Self.plainSpan)
        if values.count > length { values.removeFirst(values.count - length) }
    }

    /// The median of the deviations at the next place of the season; nil before a whole season of them.
    private var seasonal: Double? {
        let places = stride(from: deviations.count - period, through: 0, by: -period)
        let own = places.compactMap { deviations[$0] }.sorted()
        guard !own.isEmpty else { return nil }
        let middle = own.count / 2
        return own.count % 2 == 1 ? own[middle] : own[middle - 1] / 2 + own[middle] / 2
    }

    /// The mean of the last values that are no gaps; nil without any.
    private func mean(of span: Int) -> Double? {
        let last = values.suffix(span).compactMap(\.self)
        return last.isEmpty ? nil : last.meanFromFirst
    }
}
