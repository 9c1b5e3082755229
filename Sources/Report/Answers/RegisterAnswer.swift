import Analysis
import Model

extension AnswerSheet {
    /// The register of interventions.
    ///
    /// - Parameters:
    ///   - day: the day that it is looked at on.
    ///   - days: after how many days what is open is overdue.
    public init(
        register: [Intervention], measurements: [Measurement], catalogue: Catalogue, on day: Day, overdueAfter days: Int
    ) {
        let sorted = register.sorted { ($0.start, $0.id) < ($1.start, $1.id) }
        let columns = [
            "id", "name", "kind", "metric", "scope", "start", "end", "expected_change", "status", "measurements",
            "overdue",
        ]
        let counts = Dictionary(grouping: measurements, by: \.intervention).mapValues(\.count)
        let rows = sorted.map { entry -> [CSVTable.Cell] in
            [
                .text(entry.id), .text(entry.name), .text(entry.kind), entry.metric.map { .text($0) } ?? .empty,
                .text(Summary.key(entry.scope)), .text(entry.start.iso), entry.end.map { .text($0.iso) } ?? .empty,
                .number(entry.expectedChange), .text(entry.status.rawValue), .int(counts[entry.id] ?? 0),
                .text(entry.isOverdue(on: day, after: days) ? "true" : "false"),
            ]
        }
        let late = sorted.filter { $0.isOverdue(on: day, after: days) }
        let states = Intervention.Status.allCases.compactMap { status -> String? in
            let count = sorted.count { $0.status == status }
            return count == 0 ? nil : "\(count) \(status.rawValue)"
        }
        self.init(
            title: "Interventions",
            sentences: [
                sorted.isEmpty
                    ? "There are no interventions."
                    : "\(NumberWords.count(sorted.count, "intervention", "interventions")): \(states.joined(separator: ", "))."
            ]
                + (late.isEmpty
                    ? []
                    : [
                        "Open for more than \(NumberWords.count(days, "day", "days")): \(late.map(\.id).joined(separator: ", "))."
                    ]),
            tables: sorted.isEmpty
                ? []
                : [
                    TableBlock(
                        caption: "By start",
                        columns: [
                            .init("Id"), .init("Name"), .init("Type"), .init("Metric"), .init("Scope"), .init("Start"),
                            .init("End"),
                            .init("Expected", isNumeric: true), .init("Status"),
                            .init("Measurements", isNumeric: true),
                        ],
                        rows: sorted.map { entry in
                            let metric = entry.metric.flatMap { catalogue.metric(named: $0) }
                            return [
                                TableCell(entry.id), TableCell(entry.name),
                                TableCell(entry.kind.isEmpty ? nil : entry.kind, reason: "no type"),
                                metric.map { TableCell($0.title) } ?? TableCell(nil, reason: "names no known metric"),
                                TableCell(Wording.group(entry.scope, catalogue)), TableCell(entry.start.iso),
                                entry.end.map { TableCell($0.iso) } ?? TableCell(nil, reason: "lasts"),
                                entry.expectedChange.map { TableCell(NumberWords.plain($0)) }
                                    ?? TableCell(nil, reason: "none stated"), TableCell(entry.status.rawValue),
                                TableCell(NumberWords.count(counts[entry.id] ?? 0)),
                            ]
                        })
                ],
            json: .object([
                "interventions": .array(
                    zip(sorted, rows).map { entry, row in
                        var fields: [String: JSONValue] = [:]
                        for (name, cell) in zip(columns, row) { fields[name] = cell.json }
                        fields["overdue"] = .bool(entry.isOverdue(on: day, after: days))
                        return .object(fields)
                    })
            ]),
            csv: CSVTable(columns: columns, rows: rows))
    }
}
