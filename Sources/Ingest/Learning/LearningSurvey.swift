import Model

/// Tells learning sessions and goals from other exports by their columns.
public enum LearningSurvey {
    /// The mapping of a file that looks like learning sessions (a learner, a start and topics) or goals (a goal's id, type
    /// and target); nil for others. Only the head is looked at; in nested JSON the records are the objects of the list
    /// that lies deepest around such columns. Throws if the file cannot be opened.
    public static func mapping(of file: ExportFile) throws(IngestError) -> SourceMapping? {
        if case .standardInput = file.source { return nil }
        let export = try OpenedExport(
            file.source, file: file.name, mapping: SourceMapping(table: ""), limits: ReadLimits(hashes: false))
        switch export.format {
        case .junit, .prometheus, .otlp: return nil
        case .csv, .ndjson: return mapping(LooseRows.head(of: export, limit: 20).columns, records: nil)
        case .json:
            let start = export.window.start
            let head = Array(export.window.buffer[start..<start + min(export.window.count, OpenedExport.headBytes)])
            guard let tree = JSONTree(head: head) else { return nil }
            return nested(tree, steps: [], outer: [])
        }
    }

    private static func mapping(_ columns: [String], records: RecordPath?) -> SourceMapping? {
        let role: SourceMapping.Role? =
            LearningWords.areGoals(columns) ? .goals : LearningWords.areSessions(columns) ? .learning : nil
        guard let role else { return nil }
        var mapping = SourceMapping(table: role.rawValue, role: role)
        mapping.records = records
        return mapping
    }

    /// Looks for the list of records: an object deeper down is preferred to the one that holds it.
    private static func nested(_ tree: JSONTree, steps: [RecordPath.Step], outer: [String]) -> SourceMapping? {
        guard steps.count < 8 else { return nil }
        switch tree {
        case .array(let elements):
            guard let first = elements.first, case .object = first else { return nil }
            return nested(first, steps: steps + [.elements], outer: outer)
        case .object(let members):
            let own = outer + members.map(\.key)
            for member in members {
                if case .object(let parts) = member.value {
                    // Objects by the id of a learner.
                    if members.count > 0, members.allSatisfy({ if case .object = $0.value { true } else { false } }),
                        let found = nested(member.value, steps: steps + [.values], outer: own + ["@key"])
                    {
                        return found
                    }
                    if !parts.isEmpty,
                        let found = nested(member.value, steps: steps + [.key(member.key)], outer: own)
                    {
                        return found
                    }
                } else if let found = nested(member.value, steps: steps + [.key(member.key)], outer: own) {
                    return found
                }
            }
            // An object inside a record, such as the parts of its quality, is no record.
            let isListed = steps.last == .elements || steps.last == .values
            return isListed ? mapping(own, records: RecordPath(steps: steps)) : nil
        default: return nil
        }
    }
}
