/// How a column writes its time stamps.
public enum TimeFormat: Sendable, Hashable {
    /// Decided for the column from the head of each file: the format that reads most of its values.
    case automatic
    /// Year first: `YYYY-MM-DD`, `YYYY/MM/DD` or `YYYYMMDD`, alone or with a clock behind `T` or a blank.
    case yearFirst
    /// `D-M-YYYY` with `-`, `/` or `.`, alone or with a clock.
    case dayFirst
    /// `M/D/YYYY` with `-`, `/` or `.`, alone or with a clock.
    case monthFirst
    /// A number counted from 1970-01-01T00:00Z.
    case epoch(EpochUnit)

    /// What a number counts.
    public enum EpochUnit: Sendable, Hashable, CaseIterable {
        /// By size: below 10¹¹ seconds, below 10¹⁴ milliseconds, below 10¹⁷ microseconds, else nanoseconds.
        case bySize
        /// Seconds; a fraction counts.
        case seconds
        /// Milliseconds.
        case milliseconds
        /// Microseconds.
        case microseconds
        /// Nanoseconds.
        case nanoseconds
    }

    /// The format of that name in a configuration: `auto`, `iso`, `dmy`, `mdy`, `epoch`, `epoch_s`, `epoch_ms`,
    /// `epoch_us`, `epoch_ns`; nil for any other.
    public init?(name: String) {
        guard let format = TimeFormat.names.first(where: { $0.0 == name })?.1 else { return nil }
        self = format
    }

    /// The name in a configuration.
    public var name: String { TimeFormat.names.first { $0.1 == self }?.0 ?? "" }

    /// Every name that a configuration may use.
    public static let names: [(String, TimeFormat)] = [
        ("auto", .automatic), ("iso", .yearFirst), ("dmy", .dayFirst), ("mdy", .monthFirst),
        ("epoch", .epoch(.bySize)), ("epoch_s", .epoch(.seconds)), ("epoch_ms", .epoch(.milliseconds)),
        ("epoch_us", .epoch(.microseconds)), ("epoch_ns", .epoch(.nanoseconds)),
    ]
}

/// On which calendar day a time stamp with a zone of its own lies.
public enum DayRule: String, Sendable, Hashable, CaseIterable {
    /// A stamp with a numeric offset lies on the date that it shows; one in UTC (`Z`) or without a zone follows the
    /// configured zone.
    case written
    /// Every stamp is moved to the configured zone first.
    case zone
}
