import Model

/// A time stamp as written: the date and clock that it shows, and the zone if it names one.
struct WallTime: Equatable {
    /// Which zone the date and clock are in.
    enum Zone: Equatable {
        /// None is written: the configured zone applies.
        case unstated
        /// UTC, written as `Z`, `UTC` or `-00:00`, or meant by an epoch number.
        case utc
        /// Seconds east of UTC.
        case offset(Int32)
    }

    /// The day shown, as `Day.number`.
    var day: Int32
    /// The second of that day, 0 to 86,399.
    var second: Int32
    /// Microseconds behind the second; what is finer is cut off.
    var microsecond: Int32
    var zone: Zone
    /// Whether there is a clock part.
    var hasClock: Bool
}

/// A time stamp placed on the time line and in the local calendar.
struct PlacedTime: Equatable {
    /// Microseconds since 1970-01-01T00:00Z.
    var instant: Int64
    /// The local day.
    var day: Int32
    /// The local minute of the day; `RecordBatch.noMinute` without a clock.
    var minute: Int16
}

extension WallTime {
    /// Where the stamp lies. A date without a clock keeps its day and stands at the start of it.
    func placed(in zone: ZoneRules, rule: DayRule) -> PlacedTime {
        let shown = Int64(day) * 86_400 + Int64(second)
        switch self.zone {
        case .unstated:
            return make(utc: zone.utc(fromLocal: shown), local: shown)
        case .utc:
            return make(utc: shown, local: hasClock ? shown + Int64(zone.offset(atUTC: shown)) : shown)
        case .offset(let seconds):
            let utc = shown - Int64(seconds)
            let moves = rule == .zone && hasClock
            return make(utc: utc, local: moves ? utc + Int64(zone.offset(atUTC: utc)) : shown)
        }
    }

    @inline(__always)
    private func make(utc: Int64, local: Int64) -> PlacedTime {
        let dayNumber = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        let minute = Int16((local - dayNumber * 86_400) / 60)
        return PlacedTime(
            instant: utc * 1_000_000 + Int64(microsecond), day: Int32(dayNumber),
            minute: hasClock ? minute : RecordBatch.noMinute)
    }
}
