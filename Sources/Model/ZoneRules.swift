/// The offsets of a time zone from UTC over time: a value, so that the core needs no zone database.
///
/// `transitions[i]` is the instant (seconds since 1970-01-01T00:00Z) from which `offsets[i + 1]` seconds apply;
/// before the first, `offsets[0]`.
public struct ZoneRules: Sendable, Hashable {
    /// The zone's name as the configuration gives it, such as `Europe/Berlin`.
    public let name: String
    /// Instants of change, ascending.
    public let transitions: [Int64]
    /// Seconds east of UTC, one more than `transitions`.
    public let offsets: [Int32]

    /// UTC.
    public static let utc = ZoneRules(name: "UTC", offset: 0)

    /// A zone that never changes.
    public init(name: String, offset: Int32) {
        self.name = name
        transitions = []
        offsets = [offset]
    }

    /// A zone with changes; nil if the counts do not fit or the transitions do not ascend.
    public init?(name: String, transitions: [Int64], offsets: [Int32]) {
        guard offsets.count == transitions.count + 1 else { return nil }
        guard zip(transitions, transitions.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
        self.name = name
        self.transitions = transitions
        self.offsets = offsets
    }

    /// Seconds east of UTC at an instant.
    public func offset(atUTC seconds: Int64) -> Int32 {
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        return offsets[low]
    }

    /// The instant of a wall-clock time, given as seconds since 1970-01-01T00:00 of that wall clock.
    ///
    /// A time that the clocks skip is read with the offset before the change; a time that they show twice is the first.
    public func utc(fromLocal local: Int64) -> Int64 {
        let before = offset(atUTC: local - 86_400)
        let early = local - Int64(before)
        if offset(atUTC: early) == before { return early }
        let after = offset(atUTC: local + 86_400)
        let late = local - Int64(after)
        return offset(atUTC: late) == after ? late : early
    }
}
