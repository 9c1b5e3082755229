extension SummarySchema {
    /// The part about people.
    static let people: JSONValue = {
        let share = object(["share": number, "interval": interval])
        guard
            case .object(var schema) = object([
                "k": count,
                "cohorts": list(of: object(["name": text, "n": count, "success_rate": share])),
                "tables": list(of: object(["name": text], required: ["name"])),
                "pairs": list(of: object(["a": text, "b": text])),
                "models": list(of: ModelWords.schema),
            ])
        else { return .null }
        schema["type"] = .array([.string("object"), .string("null")])
        return .object(schema)
    }()
}
