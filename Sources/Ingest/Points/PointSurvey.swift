import Model

/// Tells metric points and pipeline logs from other exports by their content.
public enum PointSurvey {
    /// The role of a file of metric points or of a pipeline log; nil for any other. Only the head is looked at. Throws if
    /// the file cannot be opened.
    public static func role(of file: ExportFile) throws(IngestError) -> SourceMapping.Role? {
        if case .standardInput = file.source { return nil }
        let limits = ReadLimits(hashes: false)
        let export = try open(file.source, file: file.name, mapping: SourceMapping(table: ""), limits: limits)
        if export.format == .prometheus { return .points }
        guard export.format != .junit else { return nil }
        let columns = LooseRows.head(of: export, limit: 50).columns
        return PointWords.arePoints(columns) ? .points : PointWords.areStages(columns) ? .stages : nil
    }

    /// How a file of such a role is read.
    public static func mapping(role: SourceMapping.Role, table: String? = nil) -> SourceMapping {
        SourceMapping(table: table ?? (role == .points ? "metric_points" : "pipeline_log"), role: role)
    }

    /// An export with its records found: in a JSON document that nobody has described, the longest array of objects.
    static func open(
        _ source: ByteSource, file: String, mapping: SourceMapping, limits: ReadLimits
    ) throws(IngestError) -> OpenedExport {
        let export = try OpenedExport(source, file: file, mapping: mapping, limits: limits)
        guard export.format == .json, mapping.records == nil else { return export }
        let start = export.window.start
        let head = Array(export.window.buffer[start..<start + min(export.window.count, OpenedExport.headBytes)])
        guard let path = SampledFile.path(JSONTree(head: head)) else { return export }
        var mapping = mapping
        mapping.records = path
        return try OpenedExport(source, file: file, mapping: mapping, limits: limits)
    }
}
