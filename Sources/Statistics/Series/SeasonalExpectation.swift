/// What the next value of a stream is expected to be from its last values and, with a period, its season.
struct SeasonalExpectation: Sendable {
    /// How many values set the level where no season does.
    private static let plainSpan = 10
    /// How many seasons are looked back on.
    private static let seasons = 5

    private let period: Int
    /// The last values, gaps included.
    private var values: RecentValues
    /// Value − mean of the season before it, for the last seasons, gaps included.
    private var deviations: LastSteps

    init(period: Int) {
        self.period = period
        values = RecentValues(longest: Swift.max(period, Self.plainSpan), period: period)
        deviations = LastSteps(length: Self.seasons * period)
    }

    /// The expected next value and whether its season took part; nil without values.
    var next: (value: Double, isSeasonal: Bool)? {
        if period > 1, let season = seasonal, let level = values.meanOfPeriod { return (level + season, true) }
        return values.mean(of: Self.plainSpan).map { ($0, false) }
    }

    /// Cost: the root of the period.
    mutating func take(_ value: Double?) {
        if period > 1 {
            let base = values.steps.taken >= period ? values.meanOfPeriod : nil
            deviations.append(base.flatMap { base in value.map { $0 - base } })
        }
        values.append(value)
    }

    /// The median of the deviations at the next place of the season; nil before a whole season of them.
    private var seasonal: Double? {
        let own = (1...Self.seasons).compactMap { back in
            back * period <= deviations.taken ? deviations[deviations.taken - back * period] : nil
        }.sorted()
        guard !own.isEmpty else { return nil }
        let middle = own.count / 2
        return own.count % 2 == 1 ? own[middle] : own[middle - 1] / 2 + own[middle] / 2
    }
}

/// The last steps of a stream by their number from its beginning; those before are forgotten.
private struct LastSteps: Sendable {
    private let length: Int
    private var kept: [Double?] = []
    /// Steps so far.
    private(set) var taken = 0

    init(length: Int) { self.length = length }

    mutating func append(_ value: Double?) {
        if kept.count < length { kept.append(value) } else { kept[taken % length] = value }
        taken += 1
    }

    /// A step among the last `length`.
    subscript(step: Int) -> Double? { kept[step % length] }
}

/// The last values of a stream and the mean over its period.
///
/// A long period is summed in blocks of its root, of which the first and the last are summed afresh each time: nothing is ever
/// taken away from a sum, so that no far value leaves its rounding behind.
private struct RecentValues: Sendable {
    /// Periods up to this length are summed value by value.
    private static let short = 64

    private(set) var steps: LastSteps
    private let period: Int
    private let block: Int
    /// Sum and number of the values of the last blocks, by the number of the block.
    private var blocks: [(sum: Double, count: Int)]
    /// The step since which all values are equal.
    private var alikeSince = 0
    private var last: Double?

    init(longest: Int, period: Int) {
        steps = LastSteps(length: longest)
        self.period = period
        block = Swift.max(1, Int(Double(period).squareRoot()))
        blocks = period > Self.short ? Array(repeating: (0, 0), count: period / block + 3) : []
    }

    mutating func append(_ value: Double?) {
        if !blocks.isEmpty {
            let place = steps.taken / block % blocks.count
            if steps.taken % block == 0 { blocks[place] = (0, 0) }
            if let value { blocks[place] = (blocks[place].sum + value, blocks[place].count + 1) }
        }
        if let value {
            if value != last { alikeSince = last == nil ? 0 : steps.taken }
            last = value
        }
        steps.append(value)
    }

    /// The mean of the last values that are no gaps; nil without any.
    func mean(of span: Int) -> Double? {
        let known = (Swift.max(0, steps.taken - span)..<steps.taken).compactMap { steps[$0] }
        return known.isEmpty ? nil : known.meanFromFirst
    }

    /// The mean over the last period, exact where all its values are equal.
    var meanOfPeriod: Double? {
        let start = Swift.max(0, steps.taken - period)
        guard !blocks.isEmpty else { return mean(of: period) }
        if alikeSince <= start { return (start..<steps.taken).contains { steps[$0] != nil } ? last : nil }
        let (head, tail) = ((start + block - 1) / block, steps.taken / block)
        var (sum, count) = (0.0, 0)
        for number in head..<Swift.max(head, tail) {
            let whole = blocks[number % blocks.count]
            (sum, count) = (sum + whole.sum, count + whole.count)
        }
        let edges = head > tail ? [start..<steps.taken] : [start..<(head * block), (tail * block)..<steps.taken]
        for edge in edges {
            for step in edge {
                if let value = steps[step] { (sum, count) = (sum + value, count + 1) }
            }
        }
        return count > 0 ? sum / Double(count) : nil
    }
}
