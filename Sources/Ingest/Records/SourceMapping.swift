/// How the files of one table become records: which columns hold what, and how they are written.
///
/// A column of CSV is named by its header (exactly, else ignoring the case of ASCII letters). A column of JSON is a
/// path of keys with dots, such as `progress.overall`; a key that holds a dot is written `\.`. Inside an exploded
/// record the innermost object is asked first, then those around it. Three names are not columns of the file: `@key`
/// (the key under which `{}` found the record), `@value` (the record itself where it is not an object) and `@file`
/// (the file's name without folders, endings and a date).
public struct SourceMapping: Sendable, Hashable {
    /// What a table holds.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// One row per session, or per whatever the subject of the export is.
        case sessions
        /// Scores of sessions that another table delivers; joined by id.
        case scores
        /// Dated deliberate changes.
        case interventions
        /// Supplied measurements of interventions.
        case measurements
        /// Results of tests.
        case validation
        /// Sessions of learners.
        case learning
        /// What learners want to reach.
        case goals
        /// People, with their sessions, progress and outcomes where the export nests them.
        case people
        /// Sessions of people.
        case activity
        /// How far people have come.
        case progress
        /// What became of people.
        case outcomes
        /// How good the predictions of models were.
        case models
        /// Values of health metrics at irregular times.
        case points
        /// Stages of a pipeline with their start and end.
        case stages
    }

    /// The name of the table.
    public var table: String
    /// What it holds.
    public var role: Role
    /// The format; nil to tell by the name and the first bytes of each file.
    public var format: ExportFormat?
    /// Delimiter, quote and header of CSV.
    public var dialect: CSVDialect
    /// The encoding; nil for UTF-8 unless a byte order mark says otherwise.
    public var encoding: TextEncoding?
    /// Where the records of JSON are; nil for the elements of a top-level array, the lines of NDJSON, or each
    /// top-level value.
    public var records: RecordPath?
    /// The columns that make the id, joined in this order with U+001F; empty where rows have none.
    public var idColumns: [String]
    /// The column with the time stamp; nil where rows have none.
    public var timeColumn: String?
    /// How that column writes time stamps.
    public var timeFormat: TimeFormat
    /// On which day a time stamp lies.
    public var dayRule: DayRule
    /// Texts that stand for a missing number.
    public var missingNumbers: [String]
    /// Texts that stand for a missing value of a dimension; "None" is a value unless it is listed.
    public var missingTexts: [String]
    /// Whether numbers use a decimal comma.
    public var decimalComma: Bool
    /// The column that names the person whose record a row is; nil where rows name nobody. It is replaced by a pseudonym.
    public var personColumn: String?
    /// Whether a row stays whose values are all refused; without it such a row is refused as a whole.
    public var keepsRowsWithoutValues = false
    /// Where metrics come from.
    public var metrics: [MetricColumn]
    /// Where dimensions come from.
    public var dimensions: [DimensionColumn]
    /// For interventions, measurements and test results: the column of each field that is not found by its usual names.
    public var fields: [String: String]

    /// The missing marks that hold unless others are declared.
    public static let usualMissingNumbers = ["", "NA", "N/A", "null", "NULL", "NaN", "nan", "?"]

    /// A mapping of a table without any column yet.
    public init(table: String, role: Role = .sessions) {
        self.table = table
        self.role = role
        format = nil
        dialect = CSVDialect()
        encoding = nil
        records = nil
        idColumns = []
        timeColumn = nil
        timeFormat = .automatic
        dayRule = .written
        missingNumbers = SourceMapping.usualMissingNumbers
        missingTexts = [""]
        decimalComma = false
        metrics = []
        dimensions = []
        fields = [:]
        personColumn = nil
    }

    /// Whether the table makes pages of its own, without any metric.
    public var holdsOwnPages: Bool {
        [.validation, .models, .points, .stages, .learning].contains(role) || role.personKind != nil
    }

    /// Whether the table's rows name people, so that a key of pseudonyms is needed to read them.
    public var holdsPeople: Bool { personColumn != nil || role.personKind != nil }
}

/// The formats of exports.
public enum ExportFormat: String, Sendable, Hashable, CaseIterable {
    /// Comma-separated values and its relatives.
    case csv
    /// One JSON document.
    case json
    /// One JSON object per line.
    case ndjson
    /// A JUnit report, in XML.
    case junit
    /// Prometheus' exposition text.
    case prometheus
    /// Spans of OTLP/JSON, read as sessions.
    case otlp
}

/// Where the values of a metric come from.
public struct MetricColumn: Sendable, Hashable {
    /// The metric's place in the catalogue.
    public var metric: Int
    /// The columns; several are added up, and the sum is missing if one of them is.
    public var columns: [String]
    /// From the column's unit to the metric's; applied to each column.
    public var scale: UnitScale
    /// Words that stand for numbers, such as "Excellent": 5, in any case of ASCII letters. Taken before `scale`.
    public var words: [String: Double]
    /// Whether 0 means that nothing was measured (a survey without an answer).
    public var zeroIsMissing: Bool
    /// Whether the two columns are texts, what was said and what was recognised, and the metric is the word error rate
    /// of the second against the first (`WordErrorRate`).
    public var comparesTexts = false

    /// Names the columns of a metric.
    public init(
        metric: Int, columns: [String], scale: UnitScale = .none, words: [String: Double] = [:],
        zeroIsMissing: Bool = false
    ) {
        self.metric = metric
        self.columns = columns
        self.scale = scale
        self.words = words
        self.zeroIsMissing = zeroIsMissing
    }
}

/// Where the values of a dimension come from.
public struct DimensionColumn: Sendable, Hashable {
    /// The dimension's place in the catalogue.
    public var dimension: Int
    /// The column.
    public var column: String

    /// Names the column of a dimension.
    public init(dimension: Int, column: String) {
        self.dimension = dimension
        self.column = column
    }
}

/// From the unit of a column to that of a metric: (value − offset) × multiplier ÷ divisor.
///
/// Milliseconds to seconds is a divisor of 1000, not a multiplier of 0.001, so that 177 ms are exactly 0.177 s.
public struct UnitScale: Sendable, Hashable, BitwiseCopyable {
    /// Taken away first.
    public var offset: Double
    /// Then multiplied with this.
    public var multiplier: Double
    /// Then divided by this; never 0.
    public var divisor: Double

    /// Leaves values as they are.
    public static let none = UnitScale()

    /// A scale.
    public init(offset: Double = 0, multiplier: Double = 1, divisor: Double = 1) {
        self.offset = offset
        self.multiplier = multiplier
        self.divisor = divisor
    }

    /// The value in the metric's unit.
    @inline(__always)
    public func apply(_ value: Double) -> Double { (value - offset) * multiplier / divisor }
}
