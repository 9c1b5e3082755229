import Model

/// Tells results of tests from other exports by their content.
public enum TestResultSurvey {
    /// Whether a file looks like results of tests: a JUnit report, or records with a test's name and a status of which at
    /// least half are known words. Only the head is looked at. Throws if the file cannot be opened.
    public static func isResults(_ file: ExportFile) throws(IngestError) -> Bool {
        if case .standardInput = file.source { return false }
        let export = try OpenedExport(
            file.source, file: file.name, mapping: SourceMapping(table: ""), limits: ReadLimits(hashes: false))
        let start = export.window.start
        let head = Array(export.window.buffer[start..<start + min(export.window.count, OpenedExport.headBytes)])
        let rows: LooseRows
        switch export.format {
        case .junit: return JUnitRows.isReport(head.span)
        case .csv: rows = LooseRows.head(of: export, limit: 100)
        case .ndjson:
            guard let end = head.lastIndex(of: Ascii.lineFeed) ?? head.indices.last else { return false }
            rows = ResultTree.readLines(Array(head[...end].prefix(1 << 16)))
        case .json: rows = ResultTree.head(head)
        case .prometheus, .otlp: return false
        }
        return ResultWords.areResults(rows.columns) { rows.values(of: $0) }
    }

    /// The mapping of a table that was found by its content.
    public static func mapping(table: String = "validation") -> SourceMapping {
        SourceMapping(table: table, role: .validation)
    }
}
