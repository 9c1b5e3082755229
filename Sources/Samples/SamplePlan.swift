import Model

/// How large a sample is, what it looks like and from which seed it grows.
///
/// The same plan gives the same bytes (with the same C library: logarithms and exponentials come from it).
public struct SamplePlan: Sendable, Hashable {
    /// How many sessions in all.
    public var sessions: Int
    /// How many days.
    public var days: Int
    /// The last day.
    public var end: Day
    /// The seed.
    public var seed: UInt64
    /// The zone in whose wall-clock time sessions start.
    public var zone: ZoneRules
    /// The format of the session and quality files.
    public var format: Format
    /// How the sessions are split into files.
    public var split: Split
    /// Whether there are sessions of a voice service with incidents, too, as many as conversations.
    public var hasVoice = false
    /// Whether there are points of health metrics and a pipeline log with incidents, too.
    public var hasHealth = false
    /// Whether there are people of a behaviour service with planted cohorts, too.
    public var hasPeople = false

    /// How many learners there are, five of them planted; 0 for none.
    public var learners = 0
    /// The zones in which they live, in turn; empty for UTC.
    public var learnerZones: [ZoneRules] = []

    /// The formats in which a sample comes.
    public enum Format: String, Sendable, Hashable, CaseIterable {
        /// Comma-separated values with a header.
        case csv
        /// One JSON object per line.
        case ndjson
    }

    /// How the rows are split into files.
    public enum Split: String, Sendable, Hashable, CaseIterable {
        /// A file for each day, as a nightly export leaves them.
        case day
        /// A file for each calendar month.
        case month
        /// One file.
        case whole
    }

    /// A plan; nil unless there is at least one session a day on average and the days fit the calendar.
    public init?(
        sessions: Int, days: Int, end: Day, seed: UInt64, zone: ZoneRules = .utc, format: Format = .ndjson,
        split: Split = .day
    ) {
        guard (1...36_500).contains(days), (days...100_000_000).contains(sessions) else { return nil }
        self.sessions = sessions
        self.days = days
        self.end = end
        self.seed = seed
        self.zone = zone
        self.format = format
        self.split = split
    }

    /// The first day.
    public var start: Day { end.advanced(by: 1 - days) }

    /// The day at a share of the window, 0 for the first.
    public func day(at share: Double) -> Day { start.advanced(by: Int((share * Double(days - 1)).rounded())) }

    /// How many sessions each day has: in proportion to its weekday, by largest remainders, so that the sum is exact.
    func sessionsPerDay() -> [Int] {
        let weights = (0..<days).map { SampleVocabulary.weekdayVolume[start.advanced(by: $0).weekday] }
        let total = weights.reduce(0, +)
        let exact = weights.map { Double(sessions) * $0 / total }
        var counts = exact.map { Int($0) }
        let order = exact.indices.sorted { (exact[$0] - Double(counts[$0]), $1) > (exact[$1] - Double(counts[$1]), $0) }
        for index in order.prefix(sessions - counts.reduce(0, +)) { counts[index] += 1 }
        return counts
    }
}
