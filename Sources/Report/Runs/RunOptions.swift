extension RunIdentity {
    /// The run that a summary names; what it does not name is empty, or nil.
    public init(_ summary: JSONValue) {
        let run = summary["run"]
        self.init(
            id: run["id"].text ?? "", title: run["title"].text ?? "", zone: run["zone"].text ?? "",
            version: run["version"].text ?? "", options: Options(run["options"]))
    }
}

extension RunIdentity.Options {
    var json: JSONValue {
        .object([
            "learners": .string(learners), "language": .string(language), "single_file": .bool(hasOneFile),
            "pdf": .bool(hasPDF),
        ])
    }

    fileprivate init?(_ value: JSONValue) {
        guard let learners = value["learners"].text, let language = value["language"].text else { return nil }
        self.init(
            learners: learners, language: language, hasOneFile: value["single_file"] == .bool(true),
            hasPDF: value["pdf"] == .bool(true))
    }
}
