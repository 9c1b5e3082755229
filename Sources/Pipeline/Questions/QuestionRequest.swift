import Report

/// The forms in which an answer can be printed.
public typealias AnswerFormat = AnswerSheet.Format

/// One question to any file, as the terminal asks it.
public struct QuestionRequest: Sendable {
    /// What is asked.
    public enum Kind: String, Sendable, CaseIterable {
        /// Whether and how a column moves.
        case trend
        /// How a column is spread.
        case distribution
        /// How groups differ.
        case compare
        /// Which columns go together.
        case correlate
        /// What changed at a day.
        case improve
        /// Which rows are unusual for what came before.
        case anomalies
        /// Where the level shifts.
        case changepoints
        /// What comes next.
        case forecast
        /// Which rows are alike.
        case cluster
    }

    /// What is asked.
    public var kind: Kind
    /// Files, folders, patterns or `-`.
    public var exports: [String] = []
    /// The column of time; nil takes the one that the file seems to have.
    public var time: String?
    /// The columns of values; empty takes the ones that a question allows.
    public var values: [String] = []
    /// The columns to group by.
    public var by: [String] = []
    /// The column that pairs rows of two groups.
    public var pairedBy: String?
    /// `day`, `week`, `month`, `quarter`, `row`, or the number of steps in a season.
    public var period: String?
    /// Steps in a season.
    public var season: Int?
    /// Steps to forecast.
    public var horizon: Int?
    /// The newest days that are read.
    public var days: Int?
    /// The day of a change.
    public var at: String?
    /// The group that was changed, `column=value`.
    public var scope: String?
    /// The change that was hoped for.
    public var expected: Double?
    /// `column=value,value`: only such rows are read.
    public var filters: [String] = []
    /// Only these values of the column of tiers, separated by commas.
    public var tiers: String?
    /// Only these values of the column of datasets, separated by commas.
    public var datasets: String?
    /// The number of clusters.
    public var clusters: Int?
    /// The zone of stamps without one.
    public var timeZone: String?
    /// How stamps are written; nil finds out.
    public var timeFormat: String?
    /// The level of intervals.
    public var level: Double?
    /// The chance with which a comparison should find a difference; nil takes 0.8.
    public var power: Double?
    /// Rows that a group needs.
    public var minimum: Int?
    /// Refuse small data that other commands only warn of.
    public var isStrict = false
    /// How the answer is printed.
    public var format = AnswerFormat.text

    /// A question with nothing but its kind.
    public init(_ kind: Kind) { self.kind = kind }
}
