import Model

extension AnswerSheet {
    /// The register of interventions.
    public init(register: [Intervention], measurements: [Measurement], catalogue: Catalogue) {
        let sorted = register.sorted { ($0.start, $0.id) < ($1.start, $1.id) }
        let columns = [
            "id", "name", "kind", "metric", "scope", "start", "end", "expected_change", "status", "measurements",
        ]
        let counts = Dictionary(grouping: measurements, by: \.intervention).mapValues(\.count)
        let rows = sorted.map { entry -> [CSVTable.Cell] in
            [
                .text(entry.id), .text(entry.name), .text(entry.kind), entry.metric.map { .text($0) } ?? .empty,
                .text(Summary.key(entry.scope)), .text(entry.start.iso), entry.end.map { .text($0.iso) } ?? .empty,
                .number(entry.expectedChange), .text(entry.status.rawValue), .int(counts[entry.id] ?? 0),
            ]
        }
        let states = Intervention.Status.allCases.compactMap { status -> String? in
            let count = sorted.count { $0.status == status }
            return count == 0 ? nil : "\(count) \(status.rawValue)"
        }
        self.init(
            title: "Interventions",
            sentences: [
                sorted.isEmpty
                    ? "The register is empty."
                    : "\(NumberWords.count(sorted.count, "intervention", "interventions")): \(states.joined(separator: ", "))."
            ],
            tables: sorted.isEmpty
                ? []
                : [
                    TableBlock(
                        caption: "By start",
                        columns: [
                            .init("Id"), .init("Name"), .init("Metric"), .init("Scope"), .init("Start"), .init("End"),
                            .init("Expected", isNumeric: true), .init("Status"),
                            .init("Measurements", isNumeric: true),
                        ],
                        rows: sorted.map { entry in
                            let metric = entry.metric.flatMap { catalogue.metric(named: $0) }
                            return [
                                TableCell(entry.id), TableCell(entry.name),
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
                        return .object(fields)
                    })
            ]),
            csv: CSVTable(columns: columns, rows: rows))
    }
}
