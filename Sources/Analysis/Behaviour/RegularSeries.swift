import Statistics

/// Values at equal steps, some of them missing: what season, level shifts, anomalies and forecasts are read from.
///
/// A series begins and ends with a value. Steps without one are bridged by a straight line between their neighbours
/// where a method needs every step; such steps are counted, never judged, and never shown as values.
public struct RegularSeries: Sendable, Hashable {
    /// The values; nil is a gap.
    public let values: [Double?]
    /// How many steps at the beginning of the given values were left out because they had none.
    public let offset: Int
    /// The values with gaps bridged.
    public let bridged: [Double]

    /// Steps without a value.
    public var gaps: Int { values.count { $0 == nil } }

    /// Steps with a value.
    public var n: Int { values.count - gaps }

    /// Cuts gaps at both ends off and bridges those within.
    public init(_ values: [Double?]) {
        let first = values.firstIndex { $0 != nil } ?? values.endIndex
        let last = values.lastIndex { $0 != nil } ?? values.startIndex
        offset = first
        self.values = first <= last && first < values.endIndex ? Array(values[first...last]) : []
        bridged = RegularSeries.bridge(self.values)
    }

    /// Fails below `needed` values, and where more than a fifth of the steps are gaps: a line across them would then
    /// make most of the answer.
    func require(_ needed: Int) throws(Absence) {
        guard n >= needed else { throw n == 0 ? .noRecords : .tooFew(.periods, found: n, needed: needed) }
        guard gaps * 5 <= values.count else {
            throw .undefined("\(gaps) of \(values.count) steps have no value, more than a fifth")
        }
    }

    private static func bridge(_ values: [Double?]) -> [Double] {
        var bridged: [Double] = []
        bridged.reserveCapacity(values.count)
        var index = 0
        while index < values.count {
            if let value = values[index] {
                bridged.append(value)
                index += 1
                continue
            }
            var end = index
            while end < values.count, values[end] == nil { end += 1 }
            let (before, after) = (bridged.last ?? 0, end < values.count ? values[end] ?? 0 : bridged.last ?? 0)
            let steps = Double(end - index + 1)
            for step in 1...(end - index) { bridged.append(before + (after - before) * Double(step) / steps) }
            index = end
        }
        return bridged
    }
}
