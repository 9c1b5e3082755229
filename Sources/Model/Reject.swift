/// A row, or a single cell, that was refused, with its place and cause.
public struct Reject: Sendable, Hashable {
    /// The file's name as the user gave it, below the folder of the delivery.
    public let file: String
    /// The line, counted from 1; for JSON the line on which the record starts.
    public let line: Int
    /// Where on the line it starts, counted from 1 in bytes; nil where only the line is known.
    public let position: Int?
    /// The column or field that is at fault; nil if the whole row is.
    public let column: String?
    /// Why.
    public let cause: Cause
    /// What was found, shortened to 80 bytes.
    public let found: String
    /// Whether the row was refused; otherwise only the cell was, and the row counts without it.
    public let isWholeRow: Bool

    /// Why a row or cell is refused; the raw value is the name in JSON and in the archive.
    public enum Cause: String, Sendable, Hashable, CaseIterable {
        /// Not readable in its format.
        case malformed
        /// Another number of fields than the header has.
        case wrongColumnCount = "wrong_column_count"
        /// No readable date or time.
        case badDate = "bad_date"
        /// A day after the as-of date.
        case futureDate = "future_date"
        /// A value that a closed dimension does not know.
        case unknownValue = "unknown_value"
        /// A number outside the metric's range.
        case outOfRange = "out_of_range"
        /// Text where a number is expected.
        case notANumber = "not_a_number"
        /// A row without the id that joins it.
        case missingId = "missing_id"
        /// A row without the value that it is there for.
        case missingValue = "missing_value"
        /// Bytes that are not UTF-8.
        case badEncoding = "bad_encoding"
        /// A record that refers to one which is not there.
        case unknownReference = "unknown_reference"
    }

    /// The place as people and editors write it: `file:line`, or `file:line:position`.
    public var place: String { "\(file):\(line)" + (position.map { ":\($0)" } ?? "") }

    /// Describes a refusal.
    public init(
        file: String, line: Int, position: Int? = nil, column: String?, cause: Cause, found: String, isWholeRow: Bool
    ) {
        self.file = file
        self.line = line
        self.position = position
        self.column = column
        self.cause = cause
        self.found = String(decoding: found.utf8.prefix(80), as: UTF8.self)
        self.isWholeRow = isWholeRow
    }
}
