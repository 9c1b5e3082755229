/// The clock part of a time stamp while it is being read: what follows the minutes or seconds.
struct Clock {
    var hour: Int
    var minute: Int
    var second = 0
    private var microsecond = 0

    init(hour: Int, minute: Int) {
        self.hour = hour
        self.minute = minute
    }

    /// Reads fraction, `AM`/`PM` and zone up to the end and checks the whole; nil if anything does not fit.
    @inline(__always)
    mutating func finish(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, day: Int32) -> WallTime? {
        var at = start
        if at < end, bytes[at] == Ascii.dot || bytes[at] == Ascii.comma {
            at += 1
            guard fraction(bytes, &at, end) else { return nil }
        }
        var zone = WallTime.Zone.unstated
        if at < end {
            guard halfOfDay(bytes, &at, end), let found = Self.zone(bytes, at, end) else { return nil }
            zone = found
        }
        return checked(day: day, zone: zone)
    }

    private func checked(day: Int32, zone: WallTime.Zone) -> WallTime? {
        var day = day
        var hour = hour
        var second = second
        guard minute <= 59, second <= 60, hour <= 24 else { return nil }
        if hour == 24 {
            guard minute == 0, second == 0, microsecond == 0 else { return nil }
            hour = 0
            day += 1
        }
        if second == 60 {
            guard minute == Self.leapMinute(zone) else { return nil }
            second = 59
        }
        return WallTime(
            day: day, second: Int32(hour * 3600 + minute * 60 + second), microsecond: Int32(microsecond), zone: zone,
            hasClock: true)
    }

    /// The minute of the hour at whose end UTC can have a leap second.
    private static func leapMinute(_ zone: WallTime.Zone) -> Int {
        guard case .offset(let seconds) = zone else { return 59 }
        return ((59 + Int(seconds) / 60) % 60 + 60) % 60
    }

    private mutating func fraction(_ bytes: Span<UInt8>, _ at: inout Int, _ end: Int) -> Bool {
        let start = at
        while at < end, Ascii.digit(bytes[at]) <= 9 {
            if at - start < 6 { microsecond = microsecond * 10 + Ascii.digit(bytes[at]) }
            at += 1
        }
        guard (1...9).contains(at - start) else { return false }
        for _ in min(at - start, 6)..<6 { microsecond *= 10 }
        return true
    }

    /// `AM` or `PM`, if there is one; false if the hour does not go with it.
    private mutating func halfOfDay(_ bytes: Span<UInt8>, _ at: inout Int, _ end: Int) -> Bool {
        let start = bytes[at] == Ascii.space ? at + 1 : at
        guard end - start >= 2, Ascii.lower(bytes[start + 1]) == 0x6D else { return true }
        let letter = Ascii.lower(bytes[start])
        guard letter == 0x61 || letter == 0x70 else { return true }
        guard (1...12).contains(hour) else { return false }
        hour = hour % 12 + (letter == 0x70 ? 12 : 0)
        at = start + 2
        return true
    }

    /// The zone that fills the rest; nil if the rest is something else.
    @inline(__always)
    static func zone(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> WallTime.Zone? {
        if start == end { return .unstated }
        var at = bytes[start] == Ascii.space ? start + 1 : start
        guard at < end else { return nil }
        let sign = bytes[at]
        guard sign == Ascii.plus || sign == Ascii.minus else { return namedZone(bytes, at..<end) }
        at += 1
        guard let hours = Digits.fixed(bytes, &at, end, 2), hours <= 18 else { return nil }
        var minutes = 0
        if at < end {
            if bytes[at] == Ascii.colon { at += 1 }
            guard let found = Digits.fixed(bytes, &at, end, 2), found <= 59 else { return nil }
            minutes = found
        }
        guard at == end else { return nil }
        let seconds = Int32(hours * 3600 + minutes * 60)
        if sign == Ascii.minus { return seconds == 0 ? .utc : .offset(-seconds) }
        return .offset(seconds)
    }

    private static func namedZone(_ bytes: Span<UInt8>, _ range: Range<Int>) -> WallTime.Zone? {
        let isUTC =
            ByteText.equalsIgnoringCase(bytes, range, [0x7A])
            || ByteText.equalsIgnoringCase(bytes, range, [0x75, 0x74, 0x63])
            || ByteText.equalsIgnoringCase(bytes, range, [0x67, 0x6D, 0x74])
        return isUTC ? .utc : nil
    }
}
