import Model

/// Time stamps that are numbers.
enum EpochNumber {
    /// The instant that a number counts from 1970-01-01T00:00Z; nil beyond years 1 to 9999 or for anything else.
    ///
    /// Whole numbers are exact; a fraction of seconds is exact to the microsecond.
    static func read(_ bytes: Span<UInt8>, _ range: Range<Int>, _ unit: TimeFormat.EpochUnit) -> WallTime? {
        guard let number = DecimalNumber.value(bytes, range), abs(number) < 4e18 else { return nil }
        let perSecond = scale(of: unit, for: number)
        let whole = number.rounded(.down)
        let seconds: Int64
        let micros: Int64
        if perSecond == 1 {
            seconds = Int64(whole)
            micros = Int64(((number - whole) * 1e6).rounded())
        } else {
            let count = exactInteger(bytes, range) ?? Int64(whole)
            seconds = floorDivide(count, perSecond)
            let rest = count - seconds * perSecond
            micros = perSecond > 1_000_000 ? rest / (perSecond / 1_000_000) : rest * (1_000_000 / perSecond)
        }
        let carried = seconds + (micros >= 1_000_000 ? 1 : 0)
        let day = floorDivide(carried, 86_400)
        guard (-719_162...2_932_896).contains(day) else { return nil }
        return WallTime(
            day: Int32(day), second: Int32(carried - day * 86_400), microsecond: Int32(micros % 1_000_000), zone: .utc,
            hasClock: true)
    }

    private static func scale(of unit: TimeFormat.EpochUnit, for number: Double) -> Int64 {
        switch unit {
        case .seconds: 1
        case .milliseconds: 1000
        case .microseconds: 1_000_000
        case .nanoseconds: 1_000_000_000
        case .bySize:
            switch abs(number) {
            case ..<1e11: 1
            case ..<1e14: 1000
            case ..<1e17: 1_000_000
            default: 1_000_000_000
            }
        }
    }

    /// The number where it is written with digits alone: nanoseconds do not fit a Double.
    private static func exactInteger(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int64? {
        guard range.count <= 19 else { return nil }
        var value: Int64 = 0
        for index in range {
            let digit = Ascii.digit(bytes[index])
            guard digit <= 9 else { return nil }
            let (product, over) = value.multipliedReportingOverflow(by: 10)
            guard !over else { return nil }
            value = product + Int64(digit)
        }
        return value
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }
}
