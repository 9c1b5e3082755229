/// The few signs and words that charts write on their own, for another language or house style.
public struct ChartWords: Sendable, Hashable {
    /// Between whole number and fraction.
    public var decimalMark: String
    /// Between groups of three digits, from five digits on.
    public var groupMark: String
    /// Before negative numbers.
    public var minus: String
    /// What a figure without any value says.
    public var noData: String

    /// Chooses signs and words.
    public init(
        decimalMark: String = ".", groupMark: String = "\u{202F}", minus: String = "−", noData: String = "No data"
    ) {
        self.decimalMark = decimalMark
        self.groupMark = groupMark
        self.minus = minus
        self.noData = noData
    }

    /// A point, narrow spaces, a true minus sign, English.
    public static let plain = ChartWords()

    /// The signs and words in force, where a task has bound others with `$current`.
    @TaskLocal public static var current: ChartWords = .plain
}
