import Model

/// A mapping made ready for reading: every column that is wanted has a slot, and everything else points to slots.
struct ColumnPlan {
    /// The wanted columns by slot, each once.
    private(set) var columns: [String] = []
    let table: String
    private(set) var idSlots: [Int] = []
    private(set) var timeSlot: Int?
    /// Where the id of a record's person stands.
    private(set) var personSlot: Int?
    private(set) var metrics: [MetricPlan] = []
    /// The words of each metric.
    private(set) var words: [WordTable] = []
    /// The slots that metrics are made from; each metric has a stretch of it.
    private(set) var parts: [Int] = []
    private(set) var dimensions: [DimensionPlan] = []
    let missingNumbers: MissingMarks
    let missingTexts: MissingMarks
    let decimalMark: UInt8
    let dayRule: DayRule
    let keepsRowsWithoutValues: Bool
    var timeFormat: TimeFormat

    /// Plans the reading of a table's records; mistakes of the mapping are found here.
    init(_ mapping: SourceMapping, catalogue: Catalogue, file: String) throws(IngestError) {
        table = mapping.table
        missingNumbers = MissingMarks(mapping.missingNumbers)
        missingTexts = MissingMarks(mapping.missingTexts)
        decimalMark = mapping.decimalComma ? Ascii.comma : Ascii.dot
        dayRule = mapping.dayRule
        keepsRowsWithoutValues = mapping.keepsRowsWithoutValues
        timeFormat = mapping.timeFormat
        idSlots = mapping.idColumns.map { slot(of: $0) }
        timeSlot = mapping.timeColumn.map { slot(of: $0) }
        personSlot = mapping.personColumn.map { slot(of: $0) }
        for column in mapping.metrics {
            guard catalogue.metrics.indices.contains(column.metric), !column.columns.isEmpty,
                column.scale.divisor != 0, !column.comparesTexts || column.columns.count == 2
            else { throw IngestError(.mapping, "a metric of table “\(table)” has no valid column", file: file) }
            add(column, catalogue.metrics[column.metric])
        }
        for column in mapping.dimensions {
            guard catalogue.dimensions.indices.contains(column.dimension) else {
                throw IngestError(.mapping, "a dimension of table “\(table)” is not in the catalogue", file: file)
            }
            let values = catalogue.dimensions[column.dimension].values
            dimensions.append(
                DimensionPlan(dimension: column.dimension, slot: slot(of: column.column), values: values))
        }
    }

    private mutating func slot(of column: String) -> Int {
        if let known = columns.firstIndex(of: column) { return known }
        columns.append(column)
        return columns.count - 1
    }

    private mutating func add(_ column: MetricColumn, _ metric: Metric) {
        let first = parts.count
        parts += column.columns.map { slot(of: $0) }
        metrics.append(
            MetricPlan(
                metric: column.metric, firstPart: first, partCount: column.columns.count, scale: column.scale,
                zeroIsMissing: column.zeroIsMissing, hasWords: !column.words.isEmpty,
                isScaled: column.scale != .none, isProportion: metric.isProportion, comparesTexts: column.comparesTexts,
                isPlain: column.columns.count == 1 && column.words.isEmpty && !column.zeroIsMissing
                    && !metric.isProportion && !missingNumbers.includesNumbers,
                // Squares and cubes of larger numbers would leave the range of a Double.
                lower: metric.range?.lowerBound ?? -1e140, upper: metric.range?.upperBound ?? 1e140))
        words.append(WordTable(column.words))
    }

    /// Cells before a record is read: everything absent but what the file's name says.
    var blankCells: [Cell] {
        columns.map { column in
            switch column {
            case "@file": Cell(kind: .fileStem)
            case "@date": Cell(kind: .fileDate)
            default: Cell()
            }
        }
    }

    /// Whether a column does not stand in the file.
    static func isPseudoColumn(_ column: String) -> Bool { column == "@file" || column == "@date" }
}

/// How a metric is made from cells.
struct MetricPlan: BitwiseCopyable {
    let metric: Int
    let firstPart: Int
    let partCount: Int
    let scale: UnitScale
    let zeroIsMissing: Bool
    let hasWords: Bool
    let isScaled: Bool
    let isProportion: Bool
    /// Whether it is the word error rate of two texts.
    let comparesTexts: Bool
    /// Whether it is one column of numbers to be taken as they are, if they are numbers.
    let isPlain: Bool
    let lower: Double
    let upper: Double

    /// Stands where there is no metric.
    static let none = MetricPlan(
        metric: 0, firstPart: 0, partCount: 0, scale: .none, zeroIsMissing: false, hasWords: false, isScaled: false,
        isProportion: false, comparesTexts: false, isPlain: false, lower: 0, upper: 0)
}

/// How a dimension is made from a cell.
struct DimensionPlan {
    let dimension: Int
    let slot: Int
    let values: [String]?
}
