import Model

/// Records by weekday and hour.
public struct WeekVolume: Sendable, Hashable {
    /// Records by weekday (0 Monday) and local hour, 7 × 24.
    public let counts: [[Int]]
    /// Records by weekday whose time has no clock part.
    public let withoutHour: [Int]
    /// How many days of each weekday have records.
    public let days: [Int]

    /// Records that have been counted.
    public init(counts: [[Int]], withoutHour: [Int], days: [Int]) {
        (self.counts, self.withoutHour, self.days) = (counts, withoutHour, days)
    }
}

extension PartialTable {
    /// Records of a group on a day by local hour, 24 of them.
    public func hourCounts(day: Day, group: Group = .all) -> [Int] {
        let index = entries.partitioningIndex { $0.day >= day }
        guard index < entries.count, entries[index].day == day else { return Array(repeating: 0, count: 24) }
        return entries[index].hourCounts(of: group)
    }

    /// Records of a group over a period by weekday and local hour.
    public func weekVolume(group: Group = .all, over period: Period) -> WeekVolume {
        var counts = Array(repeating: Array(repeating: 0, count: 24), count: 7)
        var withoutHour = Array(repeating: 0, count: 7)
        var days = Array(repeating: 0, count: 7)
        for entry in entries(over: period) {
            let records = entry.recordCount(of: group)
            guard records > 0 else { continue }
            let weekday = entry.day.weekday
            let hours = entry.hourCounts(of: group)
            for hour in 0..<24 { counts[weekday][hour] += hours[hour] }
            withoutHour[weekday] += records - hours.reduce(0, +)
            days[weekday] += 1
        }
        return WeekVolume(counts: counts, withoutHour: withoutHour, days: days)
    }
}
