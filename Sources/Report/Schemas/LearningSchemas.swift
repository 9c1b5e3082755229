/// What `exports/learning.json` and `assay learners --format json` hold: every table about learners as rows by the names of columns.
enum LearningSchemas {
    private typealias S = SummarySchema

    /// Columns that hold words or dates, empty where there is none; the others hold numbers or null.
    private static let texts: Set = [
        "learner", "zone", "first_day", "last_day", "at_risk", "day", "span", "period", "unfinished", "topic", "reason",
        "level", "mastered_on", "faded", "goal", "title", "type", "status", "unit", "start", "end", "deadline",
        "completed_on", "expected_on", "earliest", "latest", "achievement", "category", "rarity", "met_on", "goes_on",
        "valid_until", "text", "kind", "subject", "name", "part",
    ]

    private static let tables: [String: JSONValue] = LearningExports.columns.mapValues { columns in
        S.list(
            of: S.object(
                Dictionary(columns.map { ($0, texts.contains($0) ? S.text : S.number) }) { first, _ in first }))
    }

    /// The document with every table.
    static let document: JSONValue = {
        let metadata = S.object([
            "format": .object(["const": .string("assay-learning")]), "version": S.count, "as_of": S.text,
            "from": SchemaCatalogue.nullable("string"), "run": S.text, "program": S.text, "learners": S.count,
            "learners_with_pages": S.count, "learners_in_tables": S.count,
        ])
        return S.object(tables.merging(["metadata": metadata]) { first, _ in first })
    }()

    /// The answers of the command: one table, or the document.
    static let answers: JSONValue = {
        let single = LearnersQuestion.allCases.filter { $0 != .all }.map { question in
            S.object([
                "as_of": S.text,
                question.rawValue: tables[question == .list ? "learners" : question.rawValue] ?? .null,
            ])
        }
        return .object(["anyOf": .array(single + [document])])
    }()
}
