import Diagnostics
import Model

/// A proposal for files that nobody has described: tables, metrics and dimensions, with every assumption in words.
///
/// Serves `assay init`, which writes it down, and a build without configuration, which uses it. Only the head of each
/// file is looked at (`rows` rows, fewer where there are many files, at most 256 KiB), so that what is proposed can be
/// wrong for what follows.
public struct ExportSurvey: Sendable, Hashable {
    /// One table and the files that hold it.
    public struct Table: Sendable, Hashable {
        /// The names of its files, as in `ExportFile.name`.
        public var files: [String]
        /// How they are read; metrics and dimensions point into the survey's catalogue.
        public var mapping: SourceMapping
        /// Every column with what it is taken for: "id", "time", "metric", "dimension" or "ignored".
        public var columns: [Column]
    }

    /// A column and what it is taken for.
    public struct Column: Sendable, Hashable {
        /// The column's name.
        public var name: String
        /// What it is taken for.
        public var use: String
        /// Whether its texts say yes or no, as true and false do.
        public var saysYesOrNo = false
        /// Whether commas that are read as decimal ones may all set thousands apart: 1,234.
        public var hasAmbiguousCommas = false

        /// What is said of such commas.
        public var commaRemark: Remark {
            Remark("the commas in “\(name)” are taken for decimal ones; they could set thousands apart as well (1,234)")
        }
    }

    /// The tables, the one with the sessions first.
    public private(set) var tables: [Table] = []
    /// What the tables measure and how they can be grouped.
    public private(set) var catalogue: Catalogue
    /// What was assumed, ignored or could not be told.
    public private(set) var notes: [Diagnostic] = []

    private var metrics: [Metric] = []
    private var dimensions: [Dimension] = []

    /// Looks at files. Throws if one of them cannot be opened; a file without a table is left out with a note.
    ///
    /// Standard input can be looked at only once: read it into `ByteSource.bytes` first.
    ///
    /// - Parameter asTables: whether every file is a table with columns, whatever its rows may be about: for questions to a file.
    public init(of files: [ExportFile], rows: Int = 1000, asTables: Bool = false) throws(IngestError) {
        guard let empty = Catalogue(metrics: [], dimensions: []) else {
            throw IngestError(.mapping, "an empty catalogue is not valid", file: "")
        }
        catalogue = empty
        var sampled: [SampledFile] = []
        let share = max(100, min(rows, 20_000 / max(1, files.count)))
        var reports: [ExportFile] = []
        var lessons: [(file: ExportFile, mapping: SourceMapping)] = []
        var watched: [(file: ExportFile, role: SourceMapping.Role)] = []
        for file in files {
            if !asTables, try TestResultSurvey.isResults(file) {
                reports.append(file)
            } else if !asTables, let mapping = try LearningSurvey.mapping(of: file) {
                lessons.append((file, mapping))
            } else if !asTables, let role = try PointSurvey.role(of: file) {
                watched.append((file, role))
            } else if let sample = try SampledFile(file, rows: share) {
                sampled.append(sample)
            } else {
                note("no table was found in it; it is left out", file.name)
            }
        }
        var proposals = ExportSurvey.group(sampled).map { TableProposal($0, role: asTables ? .sessions : nil) }
        join(&proposals)
        for proposal in proposals { add(proposal) }
        add(reports)
        add(lessons)
        for role in [SourceMapping.Role.points, .stages] { add(watched.filter { $0.role == role }.map(\.file), role) }
        guard let full = Catalogue(metrics: metrics, dimensions: dimensions) else {
            throw IngestError(.mapping, "two columns would have the same name", file: files.first?.name ?? "")
        }
        catalogue = full
    }

    private mutating func note(_ remark: Remark, _ file: String, _ severity: Diagnostic.Severity = .note) {
        note([remark], file, severity)
    }

    private mutating func note(_ remarks: [Remark], _ file: String, _ severity: Diagnostic.Severity = .note) {
        notes.append(Diagnostic(severity, remarks, at: Diagnostic.Place(file: file)))
    }

    /// Files with the same name but for a date, or with the same columns, hold the same table.
    private static func group(_ files: [SampledFile]) -> [[SampledFile]] {
        var groups: [[SampledFile]] = []
        for file in files {
            let columns = Set(file.rows.columns)
            let place = groups.firstIndex { group in
                group.contains { $0.label.name == file.label.name || Set($0.rows.columns) == columns }
            }
            if let place { groups[place].append(file) } else { groups.append([file]) }
        }
        return groups
    }

    /// Finds the table of sessions and those that carry scores for it; the sessions come first.
    private mutating func join(_ proposals: inout [TableProposal]) {
        let subjects = proposals.indices.filter { proposals[$0].role == .sessions && proposals[$0].idColumn != nil }
        func weight(_ index: Int) -> Int {
            let words = ColumnWords(proposals[index].name)
            let named = words.has(["session", "sessions", "conversation", "conversations", "calls", "cases"]) ? 100 : 0
            return named + proposals[index].columns.count { !$0.isNumeric }
        }
        guard let base = subjects.max(by: { weight($0) < weight($1) }) else { return }
        for index in proposals.indices where index != base && proposals[index].role == .sessions {
            guard let column = proposals[index].reference(to: proposals[base]) else { continue }
            proposals[index].join(proposals[base], by: column)
            note(
                "its “\(column)” is taken to join it to table “\(proposals[base].name)”; the day of a score is the day of its session",
                proposals[index].files[0].file.name)
        }
        proposals.swapAt(0, base)
        proposals.sort { order($0.role) < order($1.role) }
        func order(_ role: SourceMapping.Role) -> Int { SourceMapping.Role.allCases.firstIndex(of: role) ?? 0 }
    }

    private mutating func add(_ proposal: TableProposal) {
        var mapping = proposal.mapping()
        let file = proposal.files[0].file.name
        var columns: [Column] = []
        var groupings: [Int] = []
        let isRegister = ![.sessions, .scores].contains(proposal.role)
        if isRegister { note("it is taken as the register of \(word: proposal.role.rawValue)", file) }
        let texts = isRegister ? [] : comparedTexts(proposal)
        for profile in isRegister ? [] : proposal.columns {
            if texts.contains(profile.name) {
                columns.append(Column(name: profile.name, use: "metric"))
                continue
            }
            if profile.name == mapping.personColumn {
                columns.append(Column(name: profile.name, use: "person"))
                note("“\(profile.name)” names people; it is replaced by pseudonyms", file)
                continue
            }
            let column = Column(
                name: profile.name, use: use(of: profile, proposal, &mapping, file), saysYesOrNo: profile.isTruth,
                hasAmbiguousCommas: proposal.hasDecimalComma && profile.mayGroupThousands)
            if column.use == Self.grouping { groupings.append(columns.count) }
            if column.use == "metric", column.hasAmbiguousCommas {
                note([column.commaRemark], file, .warning)
            }
            columns.append(column)
        }
        group(by: groupings, of: proposal, &columns, &mapping, file)
        addErrorRate(texts, &mapping, file)
        if !isRegister { addWhole(proposal, &mapping, file) }
        if Set(proposal.files.map(\.label.name)).count > 1, !isRegister {
            addDimension("file", column: "@file", &mapping)
            note("files with the same columns are one table; “file” tells them apart", file)
        }
        if !isRegister { describe(proposal, mapping, file) }
        tables.append(Table(files: proposal.files.map(\.file.name), mapping: mapping, columns: columns))
    }

    /// The columns of what was said and what was recognised, unless an error rate is given; none without both.
    private func comparedTexts(_ proposal: TableProposal) -> [String] {
        let named = { (names: [String]) in
            names.lazy.compactMap { name in proposal.columns.first { $0.name.lowercased() == name }?.name }.first
        }
        guard let said = named(["reference_text", "reference", "ref_text", "ground_truth"]),
            let heard = named(["hypothesis_text", "hypothesis", "hyp_text", "recognized_text", "recognised_text"]),
            named(["wer", "word_error_rate"]) == nil
        else { return [] }
        return [said, heard]
    }

    private mutating func addErrorRate(_ texts: [String], _ mapping: inout SourceMapping, _ file: String) {
        guard texts.count == 2,
            let metric = Metric(name: free("word_error_rate", mapping.table), direction: .lower)
        else { return }
        var column = MetricColumn(metric: metrics.count, columns: texts)
        column.comparesTexts = true
        metrics.append(metric)
        mapping.metrics.append(column)
        note("“\(texts[1])” is compared with “\(texts[0])” word by word, as “\(metric.name)”", file)
    }

    /// The latency of the whole answer as the sum of its components, where the export has two of them or more in one unit and
    /// no whole.
    private mutating func addWhole(_ proposal: TableProposal, _ mapping: inout SourceMapping, _ file: String) {
        let components = mapping.metrics.filter { $0.columns.count == 1 && proposal.latencies.contains($0.columns[0]) }
        let units = Set(components.map { metrics[$0.metric].unit })
        let known = ["total", "response", "whole", "overall"]
        let hasWhole = proposal.columns.contains { column in
            let words = ColumnWords(column.name)
            return words.words == ["latency"] || (words.has(Set(known)) && words.has(["latency", "ms", "time", "s"]))
        }
        guard components.count >= 2, units.count == 1, !hasWhole, let unit = units.first,
            let metric = Metric(name: free("latency_sum", mapping.table), unit: unit, direction: .lower)
        else { return }
        let columns = components.map { $0.columns[0] }
        mapping.metrics.append(MetricColumn(metric: metrics.count, columns: columns, zeroIsMissing: true))
        metrics.append(metric)
        let parts = columns.joined(separator: ", ")
        note("“\(metric.name)” is taken as the sum of \(parts)", file)
    }

    /// Files with results of tests are one table.
    private mutating func add(_ reports: [ExportFile]) {
        guard let first = reports.first else { return }
        let name = tables.contains { $0.mapping.table == "validation" } ? "test_results" : "validation"
        note(
            reports.count == 1
                ? Remark("it is taken as results of tests")
                : Remark("it and \(reports.count - 1) more are taken as results of tests"), first.name)
        tables.append(Table(files: reports.map(\.name), mapping: TestResultSurvey.mapping(table: name), columns: []))
    }

    /// Files of learning sessions and of goals are a table for each place of their records.
    private mutating func add(_ lessons: [(file: ExportFile, mapping: SourceMapping)]) {
        for (file, mapping) in lessons {
            note(
                mapping.role == .goals
                    ? Remark("it is taken as goals of learners") : Remark("it is taken as learning sessions"), file.name
            )
            let known = tables.firstIndex { $0.mapping.role == mapping.role && $0.mapping.records == mapping.records }
            if let known {
                tables[known].files.append(file.name)
                continue
            }
            var mapping = mapping
            let taken = tables.count { $0.mapping.table.hasPrefix(mapping.table) }
            if taken > 0 { mapping.table += "_\(taken + 1)" }
            tables.append(Table(files: [file.name], mapping: mapping, columns: []))
        }
    }

    /// Files of metric points, or of pipeline logs, are one table.
    private mutating func add(_ files: [ExportFile], _ role: SourceMapping.Role) {
        guard let first = files.first else { return }
        let kind = role == .points ? "points of health metrics" : "a log of pipeline stages"
        note(
            files.count == 1
                ? Remark("it is taken as \(word: kind)")
                : Remark("it and \(files.count - 1) more are taken as \(word: kind)"), first.name)
        tables.append(Table(files: files.map(\.name), mapping: PointSurvey.mapping(role: role), columns: []))
    }

    private mutating func describe(_ proposal: TableProposal, _ mapping: SourceMapping, _ file: String) {
        if Set(proposal.files.map(\.format)).count > 1 {
            note("the table comes in several formats; rows with the same id count once", file)
        }
        if let records = mapping.records { note("its records are taken from “\(records)”", file) }
        if mapping.encoding == .latin1 { note("it is not UTF-8 and is read as Latin-1", file, .warning) }
        if mapping.decimalComma { note("numbers are taken to have a decimal comma", file) }
        if mapping.idColumns.isEmpty { note("no id column was found; equal rows are told apart by their order", file) }
        if let column = mapping.timeColumn, proposal.timeColumn == nil {
            note("no time column was found; its rows count on the day in the file’s name, “\(column)”", file)
        } else if let column = mapping.timeColumn {
            note("“\(column)” is taken as the time, written as \(mapping.timeFormat.name)", file)
            if proposal.columns.first(where: { $0.name == column })?.time?.isAmbiguous == true {
                note("day and month of “\(column)” could be the other way round", file, .warning)
            }
        } else if proposal.joined == nil {
            note("no time column was found; its rows count on the day of the delivery", file, .warning)
        }
    }

    private mutating func use(
        of profile: ColumnProfile, _ proposal: TableProposal, _ mapping: inout SourceMapping, _ file: String
    ) -> String {
        if profile.name == proposal.idColumn { return "id" }
        if profile.name == proposal.timeColumn { return "time" }
        let words = ColumnWords(profile.name)
        let isReference = words.words.last.map { ["id", "ids", "uuid", "index", "rownames"].contains($0) } ?? true
        if profile.filled == 0 || profile.isTime || isReference || profile.name == "@key" { return "ignored" }
        if profile.isNumeric, proposal.isStamp(profile) {
            note(
                "“\(profile.name)” holds times of the same days as “\(proposal.timeColumn ?? "")”; it is not measured",
                file)
            return "ignored"
        }
        if !profile.isTruth, PersonWords.name(profile.name) || words.isNumberOfSomebody {
            note("“\(profile.name)” may hold names or texts of people, so that nothing is grouped by it", file)
            return "ignored"
        }
        if profile.isTruth || profile.isRating || profile.isNumeric {
            guard
                let guess = MetricGuess(
                    profile, name: free(words.key, mapping.table), index: metrics.count,
                    isVoice: proposal.latencies.count >= 2)
            else { return "ignored" }
            metrics.append(guess.metric)
            mapping.metrics.append(guess.column)
            note(guess.assumptions, file)
            return "metric"
        }
        guard profile.isGroup, proposal.joined == nil || !dimensions.contains(where: { $0.name == words.key }) else {
            return "ignored"
        }
        if words.nameSomebody || mapping.personColumn != nil && profile.isProse {
            note("“\(profile.name)” may hold names or texts of people, so that nothing is grouped by it", file)
            return "ignored"
        }
        return Self.grouping
    }

    /// What a column is used for that records are grouped by.
    private static let grouping = "dimension"
    /// Columns that records are grouped by where nobody has said which: every metric is told and compared for each group of
    /// each, so that thirty of them would make a report that nobody reads.
    static let mostDimensions = 8

    /// Groups by these columns, or by those with the fewest values where there are too many; a column with the same value
    /// throughout comes last.
    private mutating func group(
        by places: [Int], of proposal: TableProposal, _ columns: inout [Column], _ mapping: inout SourceMapping,
        _ file: String
    ) {
        let values = Dictionary(proposal.columns.map { ($0.name, $0.distinct.count) }) { first, _ in first }
        func weight(_ place: Int) -> Int { values[columns[place].name].map { $0 > 1 ? $0 : .max } ?? .max }
        let taken = Set(
            places.sorted { (weight($0), $0) < (weight($1), $1) }.prefix(max(0, Self.mostDimensions - dimensions.count))
        )
        for place in places {
            if taken.contains(place) {
                addDimension(ColumnWords(columns[place].name).key, column: columns[place].name, &mapping)
            } else {
                columns[place].use = "ignored"
            }
        }
        let left = places.filter { !taken.contains($0) }.map { columns[$0].name }.joined(separator: ", ")
        guard !left.isEmpty else { return }
        note(
            "nothing is grouped by \(left): \(Self.mostDimensions) columns with fewer values are; name others under “dimensions” to have them",
            file)
    }

    private mutating func addDimension(_ name: String, column: String, _ mapping: inout SourceMapping) {
        guard let dimension = Dimension(name: free(name, mapping.table)) else { return }
        mapping.dimensions.append(DimensionColumn(dimension: dimensions.count, column: column))
        dimensions.append(dimension)
    }

    /// The name, or one with the table before it or a number behind it if it is taken.
    private func free(_ name: String, _ table: String) -> String {
        let taken = Set(metrics.map(\.name) + dimensions.map(\.name))
        if !taken.contains(name) { return name }
        let longer = String("\(table)_\(name)".prefix(60))
        var candidate = longer
        var number = 2
        while taken.contains(candidate) {
            candidate = "\(longer)_\(number)"
            number += 1
        }
        return candidate
    }
}

extension ExportSurvey {
    /// Whether a date, month, week or quarter stands in the name of a file, so that the next one will have another.
    public static func isDated(_ name: String) -> Bool { FileLabel(name).isDated }
}
