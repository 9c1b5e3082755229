import Model

/// The head of one file: its rows, and where in it the records are.
struct SampledFile {
    let file: ExportFile
    let rows: LooseRows
    let format: ExportFormat
    let records: RecordPath?
    let isLatin1: Bool
    let dialect: ResolvedDialect

    var label: FileLabel { FileLabel(file.name) }

    /// nil for a file in which no table is found.
    init?(_ file: ExportFile, rows limit: Int) throws(IngestError) {
        self.file = file
        var mapping = SourceMapping(table: "")
        let limits = ReadLimits(hashes: false)
        var export = try OpenedExport(file.source, file: file.name, mapping: mapping, limits: limits)
        guard export.format != .junit, export.format != .prometheus else { return nil }
        let head = Array(export.window.buffer[export.window.start..<export.window.end])
        if export.format == .json {
            guard let path = SampledFile.path(JSONTree(head: head)) else { return nil }
            mapping.records = path
        }
        isLatin1 =
            export.format == .csv && !ByteText.isUTF8(head.span, 0..<max(0, head.count - 4)) && head.count > 4
        if isLatin1 { mapping.encoding = .latin1 }
        if mapping.records != nil || isLatin1 {
            if case .standardInput = file.source { return nil }
            export = try OpenedExport(file.source, file: file.name, mapping: mapping, limits: limits)
        }
        var sampled = LooseRows.head(of: export, limit: limit)
        if export.format != .csv, let exploded = SampledFile.explosion(sampled, head, export) {
            mapping.records = exploded
            export = try OpenedExport(file.source, file: file.name, mapping: mapping, limits: limits)
            sampled = LooseRows.head(of: export, limit: limit)
        }
        guard !sampled.rows.isEmpty else { return nil }
        rows = sampled
        format = export.format
        records = mapping.records
        dialect = export.dialect
    }

    /// Where the records of a document are: the elements of the top-level array, of the longest array of objects one
    /// or two keys down, or the values of an object whose values are alike.
    static func path(_ tree: JSONTree?) -> RecordPath? {
        switch tree {
        case .array(let elements): return elements.contains(where: isObject) ? RecordPath(steps: [.elements]) : nil
        case .object(let members):
            var best: (count: Int, steps: [RecordPath.Step])?
            for member in members {
                consider(member.value, [.key(member.key)], &best)
                if case .object(let inner) = member.value {
                    for deeper in inner { consider(deeper.value, [.key(member.key), .key(deeper.key)], &best) }
                }
            }
            if areAlike(members.map(\.value)) { return RecordPath(steps: [.values]) }
            return best.map { RecordPath(steps: $0.steps) }
        default: return nil
        }
    }

    private static func consider(
        _ value: JSONTree, _ steps: [RecordPath.Step], _ best: inout (count: Int, steps: [RecordPath.Step])?
    ) {
        guard case .array(let elements) = value, let first = elements.first, isObject(first),
            elements.count > best?.count ?? 0
        else { return }
        best = (elements.count, steps + [.elements])
    }

    private static func isObject(_ tree: JSONTree) -> Bool {
        if case .object = tree { return true }
        return false
    }

    /// Whether these are at least two objects that share most keys.
    private static func areAlike(_ values: [JSONTree]) -> Bool {
        let keys = values.compactMap { value -> Set<String>? in
            guard case .object(let members) = value else { return nil }
            return Set(members.map(\.key))
        }
        guard keys.count == values.count, keys.count >= 2, let first = keys.first, !first.isEmpty else { return false }
        return keys.dropFirst().dropLast().allSatisfy { $0.intersection(first).count * 2 >= first.count }
    }

    /// A path one step deeper, for records that measure nothing themselves but hold arrays of objects that do.
    private static func explosion(_ rows: LooseRows, _ head: [UInt8], _ export: OpenedExport) -> RecordPath? {
        let measures = rows.columns.contains { name in
            let profile = ColumnProfile(name, [rows.values(of: name)])
            return (profile.isNumeric && !profile.isUnique) || profile.isTruth || profile.isRating
        }
        guard !measures, let first = firstRecord(head, export), case .object(let members) = first else { return nil }
        var best: (count: Int, steps: [RecordPath.Step])?
        for member in members {
            guard case .array(let elements) = member.value, case .object(let fields)? = elements.first else { continue }
            let numbers = fields.count {
                if case .number = $0.value { return !ColumnWords($0.key).has(["id", "index"]) }
                return false
            }
            if numbers > best?.count ?? 0 { best = (numbers, [.key(member.key), .elements]) }
        }
        return best.map { RecordPath(steps: export.steps + $0.steps) }
    }

    private static func firstRecord(_ head: [UInt8], _ export: OpenedExport) -> JSONTree? {
        var tree = JSONTree(head: head)
        for step in export.steps {
            switch (step, tree) {
            case (.key(let key), _): tree = tree?[key]
            case (_, .array(let elements)): tree = elements.first
            case (_, .object(let members)): tree = members.first?.value
            default: return nil
            }
        }
        return tree
    }
}
