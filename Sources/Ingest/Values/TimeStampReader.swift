import Model

/// Reads time stamps from bytes. Keeps the last date, because neighbours in an export share it.
///
/// Accepted clocks are `HH:MM`, `HH:MM:SS` and `HH:MM:SS.f` with one to nine digits, an hour of one or two digits,
/// `AM` or `PM` behind it, and a zone `Z`, `UTC`, `±HH`, `±HHMM` or `±HH:MM`. `24:00:00` is the start of the next day.
/// Second 60 is read as second 59 where a leap second can be (the last minute of an hour), elsewhere it is refused.
/// Dates that do not exist are refused.
struct TimeStampReader: Sendable {
    private var lastDate = Int32.min
    private var lastDay: Int32 = 0
    private var lastHead: UInt64 = 0
    private var lastTail: UInt16 = 0
    private var lastCanonicalDay: Int32 = 0

    /// The stamp in that stretch of bytes; nil if it is not one of that format.
    @inline(__always)
    mutating func read(_ bytes: Span<UInt8>, _ range: Range<Int>, as format: TimeFormat) -> WallTime? {
        switch format {
        case .yearFirst, .automatic:
            canonical(bytes, range) ?? yearFirst(bytes, ByteText.trimmed(bytes, range))
        case .dayFirst: yearLast(bytes, ByteText.trimmed(bytes, range), dayFirst: true)
        case .monthFirst: yearLast(bytes, ByteText.trimmed(bytes, range), dayFirst: false)
        case .epoch(let unit): EpochNumber.read(bytes, ByteText.trimmed(bytes, range), unit)
        }
    }

    /// `YYYY-MM-DDTHH:MM:SS` with nothing, `Z` or `±HH:MM` behind it: what programs write, in few steps. nil for
    /// anything that must be looked at more closely.
    @inline(__always)
    private mutating func canonical(_ bytes: Span<UInt8>, _ range: Range<Int>) -> WallTime? {
        let at = range.lowerBound
        guard range.count == 25 || range.count == 20 || range.count == 19, at >= 0, range.upperBound <= bytes.count
        else { return nil }
        // The bounds have been checked for all of the places below.
        guard unsafe bytes[unchecked: at + 10] == 0x54 || bytes[unchecked: at + 10] == Ascii.space,
            unsafe bytes[unchecked: at + 13] == Ascii.colon, unsafe bytes[unchecked: at + 16] == Ascii.colon
        else { return nil }
        let hour = Digits.two(bytes, at + 11)
        let minute = Digits.two(bytes, at + 14)
        let second = Digits.two(bytes, at + 17)
        guard hour <= 23, minute <= 59, second <= 59, let day = canonicalDay(bytes, at) else { return nil }
        var zone = WallTime.Zone.unstated
        if range.count > 19 {
            guard let found = canonicalZone(bytes, at + 19, range.count) else { return nil }
            zone = found
        }
        return WallTime(
            day: day, second: Int32(truncatingIfNeeded: hour * 3600 + minute * 60 + second), microsecond: 0, zone: zone,
            hasClock: true)
    }

    @inline(__always)
    private func canonicalZone(_ bytes: Span<UInt8>, _ at: Int, _ length: Int) -> WallTime.Zone? {
        let sign = unsafe bytes[unchecked: at]
        if length == 20 { return sign == 0x5A ? .utc : nil }
        guard sign == Ascii.plus, unsafe bytes[unchecked: at + 3] == Ascii.colon else { return nil }
        let hours = Digits.two(bytes, at + 1)
        let minutes = Digits.two(bytes, at + 4)
        return hours <= 18 && minutes <= 59 ? .offset(Int32(truncatingIfNeeded: hours * 3600 + minutes * 60)) : nil
    }

    /// The day of ten bytes `YYYY-MM-DD`; the bytes of the last one are kept.
    @inline(__always)
    private mutating func canonicalDay(_ bytes: Span<UInt8>, _ at: Int) -> Int32? {
        let head = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)
        let tail = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: at + 8, as: UInt16.self)
        if head == lastHead, tail == lastTail { return lastCanonicalDay }
        guard unsafe bytes[unchecked: at + 4] == Ascii.minus, unsafe bytes[unchecked: at + 7] == Ascii.minus else {
            return nil
        }
        let (century, rest) = (Digits.two(bytes, at), Digits.two(bytes, at + 2))
        let (month, day) = (Digits.two(bytes, at + 5), Digits.two(bytes, at + 8))
        guard century <= 99, rest <= 99, let known = Day(year: century * 100 + rest, month: month, day: day) else {
            return nil
        }
        lastHead = head
        lastTail = tail
        lastCanonicalDay = known.number
        return known.number
    }

    private mutating func yearFirst(_ bytes: Span<UInt8>, _ range: Range<Int>) -> WallTime? {
        var at = range.lowerBound
        let end = range.upperBound
        guard end - at >= 8, let year = Digits.fixed(bytes, &at, end, 4) else { return nil }
        let separator = bytes[at]
        guard separator == Ascii.minus || separator == Ascii.slash else { return compact(bytes, range, year) }
        at += 1
        guard let month = Digits.oneOrTwo(bytes, &at, end), at < end, bytes[at] == separator else { return nil }
        at += 1
        guard let day = Digits.oneOrTwo(bytes, &at, end), let number = dayNumber(year, month, day) else { return nil }
        return clock(bytes, at, end, number)
    }

    private mutating func compact(_ bytes: Span<UInt8>, _ range: Range<Int>, _ year: Int) -> WallTime? {
        var at = range.lowerBound + 4
        let end = range.upperBound
        guard let month = Digits.fixed(bytes, &at, end, 2), let day = Digits.fixed(bytes, &at, end, 2),
            let number = dayNumber(year, month, day)
        else { return nil }
        guard at < end, Ascii.lower(bytes[at]) == 0x74, end - at >= 5, bytes[at + 3] != Ascii.colon else {
            return clock(bytes, at, end, number)
        }
        at += 1
        guard let hour = Digits.fixed(bytes, &at, end, 2), let minute = Digits.fixed(bytes, &at, end, 2) else {
            return nil
        }
        var time = Clock(hour: hour, minute: minute)
        if at < end, Ascii.digit(bytes[at]) <= 9 {
            guard let second = Digits.fixed(bytes, &at, end, 2) else { return nil }
            time.second = second
        }
        return time.finish(bytes, at, end, day: number)
    }

    private mutating func yearLast(_ bytes: Span<UInt8>, _ range: Range<Int>, dayFirst: Bool) -> WallTime? {
        var at = range.lowerBound
        let end = range.upperBound
        guard let first = Digits.oneOrTwo(bytes, &at, end), at < end else { return nil }
        let separator = bytes[at]
        guard separator == Ascii.minus || separator == Ascii.slash || separator == Ascii.dot else { return nil }
        at += 1
        guard let second = Digits.oneOrTwo(bytes, &at, end), at < end, bytes[at] == separator else { return nil }
        at += 1
        guard let year = Digits.fixed(bytes, &at, end, 4) else { return nil }
        let (day, month) = dayFirst ? (first, second) : (second, first)
        guard let number = dayNumber(year, month, day) else { return nil }
        return clock(bytes, at, end, number)
    }

    /// What follows the date: nothing, or a separator and a clock.
    private func clock(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ day: Int32) -> WallTime? {
        if start == end { return WallTime(day: day, second: 0, microsecond: 0, zone: .unstated, hasClock: false) }
        var at = start + 1
        let separator = bytes[start]
        if separator == Ascii.comma, at < end, bytes[at] == Ascii.space {
            at += 1
        } else {
            guard separator == Ascii.space || Ascii.lower(separator) == 0x74 else { return nil }
        }
        guard let hour = Digits.oneOrTwo(bytes, &at, end), at < end, bytes[at] == Ascii.colon else { return nil }
        at += 1
        guard let minute = Digits.fixed(bytes, &at, end, 2) else { return nil }
        var time = Clock(hour: hour, minute: minute)
        if at < end, bytes[at] == Ascii.colon {
            at += 1
            guard let second = Digits.fixed(bytes, &at, end, 2) else { return nil }
            time.second = second
        }
        return time.finish(bytes, at, end, day: day)
    }

    @inline(__always)
    private mutating func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int32? {
        let date = Int32(truncatingIfNeeded: year << 14 | month << 7 | day)
        if date == lastDate { return lastDay }
        guard let known = Day(year: year, month: month, day: day) else { return nil }
        lastDate = date
        lastDay = known.number
        return lastDay
    }
}

/// Short runs of digits.
enum Digits {
    /// Two digits at a place that the caller has checked to be there; 100 or more if they are not digits.
    @inline(__always)
    static func two(_ bytes: Span<UInt8>, _ at: Int) -> Int {
        let tens = Ascii.digit(unsafe bytes[unchecked: at])
        let ones = Ascii.digit(unsafe bytes[unchecked: at + 1])
        return tens <= 9 && ones <= 9 ? tens * 10 + ones : 100
    }

    /// Exactly that many digits.
    @inline(__always)
    static func fixed(_ bytes: Span<UInt8>, _ at: inout Int, _ end: Int, _ count: Int) -> Int? {
        guard end - at >= count else { return nil }
        var value = 0
        for offset in 0..<count {
            let digit = Ascii.digit(bytes[at + offset])
            guard digit <= 9 else { return nil }
            value = value * 10 + digit
        }
        at += count
        return value
    }

    /// One digit or two, as many as there are.
    @inline(__always)
    static func oneOrTwo(_ bytes: Span<UInt8>, _ at: inout Int, _ end: Int) -> Int? {
        guard at < end, Ascii.digit(bytes[at]) <= 9 else { return nil }
        var value = Ascii.digit(bytes[at])
        at += 1
        if at < end, Ascii.digit(bytes[at]) <= 9 {
            value = value * 10 + Ascii.digit(bytes[at])
            at += 1
        }
        return value
    }
}
